"""Reading session folders."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from interviewer.errors import CannotDoError
from interviewer.interview.documents.assessment import Assessment
from interviewer.interview.documents.base import Document
from interviewer.interview.documents.session import Session

SESSION_FILE = "session.json"
ASSESSMENT_FILE = "assessment.json"

_T = TypeVar("_T", bound=Document)


@dataclass(frozen=True, slots=True)
class Scanned:
    """What one folder holds.

    Attributes:
        folder: The folder.
        session: Its session; None where there is none that can be read.
        assessment: Its assessment; None where there is none that can be read.
        why: Why something could not be read, as a clause; empty if nothing is wrong.
    """

    folder: Path
    session: Session | None = None
    assessment: Assessment | None = None
    why: str = ""


def scan(home: Path) -> Iterator[Scanned]:
    """Read every folder in a directory, in order of name; hidden ones are left alone.

    Raises:
        CannotDoError: The directory is there and cannot be read.
    """
    try:
        folders = sorted(each for each in home.iterdir() if each.is_dir())
    except FileNotFoundError:
        return
    except OSError as error:
        raise CannotDoError(
            f"{home} cannot be read: {(error.strerror or str(error)).lower()}.",
            "Mend its permissions, or set INTERVIEWER_DATA to a place that is yours.",
        ) from error
    for folder in folders:
        if not folder.name.startswith("."):
            yield read(folder)


def is_gone(folder: Path) -> bool:
    """Whether a folder, or the session in it, is no more; what cannot be told is not gone."""
    try:
        (folder / SESSION_FILE).stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def read(folder: Path) -> Scanned:
    """Read one session folder; what cannot be read is said, not raised."""
    try:
        session = _document(Session, folder / SESSION_FILE)
    except _UnreadableError as error:
        return Scanned(folder, why=str(error))
    if session is None:
        return Scanned(folder, why=f"it has no {SESSION_FILE}")
    try:
        assessment = _document(Assessment, folder / ASSESSMENT_FILE)
    except _UnreadableError as error:
        return Scanned(folder, session, why=str(error))
    if assessment is not None and assessment.session != session.id:
        return Scanned(folder, session, why=f"{ASSESSMENT_FILE} is of another session")
    return Scanned(folder, session, assessment)


class _UnreadableError(Exception):
    """A document is there but says nothing to this version."""


def _document(kind: type[_T], path: Path) -> _T | None:
    try:
        return kind.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise _UnreadableError(f"{path.name} cannot be read: {reason}") from error
    except ValidationError as error:
        problem = error.errors()[0]
        where = ".".join(str(part) for part in problem["loc"]) or "the file"
        raise _UnreadableError(f"{path.name}: {where}: {problem['msg'].lower()}") from error
