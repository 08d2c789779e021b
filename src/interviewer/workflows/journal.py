"""The journal of an interview under way: what a crash must not lose, written line by line.

A session folder with a journal is unfinished. The process that conducts the interview holds a lock
on it, which the system gives up however that process ends; so a journal that nobody holds is what
a crash left, or an interview that was broken off before its report.
"""

import contextlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pydantic import ValidationError

from interviewer.errors import InputError
from interviewer.interview.documents.base import Document
from interviewer.interview.documents.session import Event, Session
from interviewer.locks import Held, try_alone
from interviewer.paths import PRIVATE_FILE, write_error
from interviewer.workflows.folders import JOURNAL


class Header(Document):
    """The first line: the session as far as it is known before it begins.

    Its recording has no hash and no length yet.
    """

    session: Session
    keep: bool
    """Whether the recording stays after it was observed."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What a journal says."""

    header: Header
    events: tuple[Event, ...]


class Journal:
    """Appends to a journal; every line is on the disk when `add` returns.

    Args:
        folder: The session's folder.
        held: The lock on the journal.
    """

    def __init__(self, folder: Path, held: Held) -> None:
        self._path = folder / JOURNAL
        self._held = held

    @classmethod
    def begin(cls, folder: Path, header: Header) -> Self:
        """Start the journal of a new session.

        Raises:
            InputError: There is one already.
            CannotDoError: It cannot be written.
        """
        path = folder / JOURNAL
        # It is written and held under another name first, so that nobody meets it half made.
        new = folder / f".{JOURNAL}.{os.getpid()}.part"
        try:
            os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE))
            held = try_alone(new)
            _append(new, [header.model_dump_json()])
            if path.exists():
                raise InputError(
                    f"{folder} holds an interview that was not completed.",
                    "Run `interviewer recover` first.",
                )
            new.rename(path)
        except OSError as error:
            raise write_error(path, error) from error
        finally:
            with contextlib.suppress(OSError):
                new.unlink(missing_ok=True)
        if held is None:
            raise InputError(f"Another process conducts the interview in {folder}.")
        return cls(folder, held)

    def add(self, events: Iterable[Event]) -> None:
        """Write events, in order of time.

        Raises:
            CannotDoError: The disk is full or the place cannot be written.
        """
        lines = [event.model_dump_json() for event in events]
        if lines:
            _append(self._path, lines)

    def close(self) -> None:
        """Leave the journal to whoever completes the session."""
        self._held.let_go()


def _append(path: Path, lines: list[str]) -> None:
    """Write lines through to the disk, all of them or none."""
    before = path.stat().st_size
    try:
        with path.open("ab") as file:
            file.write(("\n".join(lines) + "\n").encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        with contextlib.suppress(OSError):
            os.truncate(path, before)
        raise write_error(path, error) from error


def take_up(folder: Path) -> Held | None:
    """Hold the journal of an unfinished session.

    Returns:
        None where another process conducts its interview, or completes it.

    Raises:
        FileNotFoundError: There is none: the session is complete.
        CannotDoError: It cannot be opened for writing.
    """
    try:
        return try_alone(folder / JOURNAL)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise write_error(folder / JOURNAL, error) from error


def is_unfinished(folder: Path) -> bool:
    """Whether a session folder has a journal, held by somebody or not."""
    return (folder / JOURNAL).exists()


def read_journal(folder: Path) -> Noted:
    """Read what was noted; a last line that was cut off is left out.

    Raises:
        InputError: There is no journal, or it cannot be understood.
    """
    path = folder / JOURNAL
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {(error.strerror or str(error)).lower()}."
        ) from error
    try:
        header = Header.model_validate_json(lines[0])
    except ValidationError as error:
        raise InputError(
            f"{path} does not say which interview it belongs to.",
            f"The recording, if there is one, is in {folder}: `interviewer analyze` reads it.",
        ) from error
    events: list[Event] = []
    # What follows the last line break was cut off by a crash.
    for line in lines[1:-1]:
        try:
            events.append(Event.model_validate(json.loads(line)))
        except ValueError:
            break
    return Noted(header, tuple(events))


def forget(folder: Path) -> None:
    """The session is complete: its journal goes."""
    try:
        (folder / JOURNAL).unlink(missing_ok=True)
    except OSError as error:
        raise write_error(folder / JOURNAL, error) from error
