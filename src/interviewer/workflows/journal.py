"""The journal of an interview under way: what a crash must not lose, written line by line.

A session folder with a journal is unfinished. The process that conducts the interview holds a lock
on it, which the system gives up however that process ends; so a journal that nobody holds is what
a crash left, or an interview that was broken off before its report.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from pydantic import ValidationError

from interviewer.errors import InputError
from interviewer.interview.documents.base import Document
from interviewer.interview.documents.session import Event, Session
from interviewer.locks import Held, try_alone
from interviewer.paths import PRIVATE_FILE, write_error

JOURNAL: Final = "journal.jsonl"


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
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE))
            held = try_alone(path)
        except FileExistsError as error:
            raise InputError(
                f"{folder} holds an interview that was not completed.",
                "Run `interviewer recover` first.",
            ) from error
        except OSError as error:
            raise write_error(path, error) from error
        if held is None:
            raise InputError(f"Another process conducts the interview in {folder}.")
        journal = cls(folder, held)
        journal._append([header.model_dump_json()])
        return journal

    def add(self, events: Iterable[Event]) -> None:
        """Write events, in order of time.

        Raises:
            CannotDoError: The disk is full or the place cannot be written.
        """
        lines = [event.model_dump_json() for event in events]
        if lines:
            self._append(lines)

    def close(self) -> None:
        """Leave the journal to whoever completes the session."""
        self._held.let_go()

    def _append(self, lines: list[str]) -> None:
        try:
            with self._path.open("ab") as file:
                file.write(("\n".join(lines) + "\n").encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise write_error(self._path, error) from error


def take_up(folder: Path) -> Held | None:
    """Hold the journal of an unfinished session; None where its interview is still going on."""
    try:
        return try_alone(folder / JOURNAL)
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
