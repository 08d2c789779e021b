"""The sessions on this computer, and how the newest compares with those before it."""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.errors import InputError, InterviewerError
from interviewer.paths import data_home, make_private, sessions_home

if TYPE_CHECKING:
    from interviewer.assessment.comparison import Comparison
    from interviewer.assessment.progress import Change
    from interviewer.history.history import History
    from interviewer.history.rows import Rebuilt, SessionRow
    from interviewer.interview.documents.assessment import Assessment
    from interviewer.interview.documents.session import Session

EARLIER = 20
"""Earlier sessions that a comparison looks at: enough to tell a habit, few enough to be recent."""

BEGIN = "Record one, or run `interviewer demo` or `interviewer analyze FILE`."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Listed:
    """Sessions, newest first, with what is worth knowing about the index."""

    sessions: tuple["SessionRow", ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """The newest session's scores against those before it."""

    session: "SessionRow"
    earlier: int
    changes: tuple["Change", ...]
    notes: tuple[str, ...]


def remember(session: "Session", assessment: "Assessment", folder: Path) -> tuple[str, ...]:
    """Write a session to the index; the session itself never fails for the index's sake.

    Returns:
        What a person should know, in sentences.
    """
    try:
        with _history() as history:
            history.add(session, assessment, folder)
            return history.notes
    except InterviewerError as error:
        log.warning("the session was not indexed: %s", error.message)
        return (f"{error.message} The session is kept; `interviewer history rebuild` lists it.",)


def listed(domain: str | None = None, level: str | None = None, limit: int | None = None) -> Listed:
    """The sessions of this computer, newest first.

    Raises:
        InterviewerError: The index cannot be read.
    """
    with _history() as history:
        rows = history.sessions(domain=domain, level=level, limit=limit)
        return Listed(tuple(rows), history.notes)


def last() -> Path:
    """The folder of the newest session.

    Raises:
        InputError: There is none.
    """
    with _history() as history:
        row = history.last()
    if row is None:
        raise InputError("There is no session yet.", BEGIN)
    return row.folder


def progress(domain: str | None = None) -> Progress:
    """Compare the newest session with those of the same candidate and domain before it.

    Args:
        domain: Slug of the domain; None for that of the newest session of all.

    Raises:
        InputError: There is no session.
    """
    from interviewer.assessment.progress import compare

    with _history() as history:
        rows = history.sessions(domain=domain, limit=1)
        if not rows:
            raise InputError("There is no session yet.", BEGIN)
        (row,) = rows
        earlier = history.earlier(row.id, limit=EARLIER)
        changes = compare(row.scores, [before.scores for before in earlier])
        return Progress(row, len(earlier), tuple(changes), history.notes)


def comparison(session: "Session", assessment: "Assessment") -> "Comparison | None":
    """Compare a session with the earlier ones of the same candidate and domain.

    What was recorded after it takes no part, so that the report of an old session stays what it
    was. A recording that names neither candidate nor domain is compared with none: nothing says
    that another such recording is of the same person.

    Args:
        session: The session; it must be in the index, as an analysis leaves it.
        assessment: Its assessment.

    Returns:
        The changes; None where there is no earlier one, or the index cannot be read.
    """
    from interviewer.assessment.comparison import Attempt, compared

    if session.candidate is None and session.domain is None:
        return None
    try:
        with _history() as history:
            rows = history.earlier(session.id, limit=EARLIER)
            numbers = history.values([row.id for row in rows])
    except InterviewerError as error:
        log.warning("the session is not compared with earlier ones: %s", error.message)
        return None
    return compared(
        assessment,
        [
            Attempt(row.id, row.title, row.created_at, row.scores, metrics, row.level)
            for row, metrics in zip(rows, numbers, strict=True)
        ],
    )


def rebuild() -> "Rebuilt":
    """Build the index anew from the session folders.

    Raises:
        CannotDoError: It cannot be written.
    """
    with _history() as history:
        return history.rebuild()


def _history() -> "History":
    from interviewer.history.history import History

    return History(make_private(data_home()) / "history.db", sessions_home())
