"""From the documents of a session to rows, and into the tables."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from interviewer.errors import InputError
from interviewer.interview.documents.assessment import AnswerAssessment, Assessment, Metric
from interviewer.interview.documents.session import Session
from interviewer.interview.timeline import answers_of

Value = str | float | None
Row = tuple[Value, ...]

# An update in place, not a replacement: what later steps of the schema add to a session stays.
INSERT_SESSION = """
INSERT INTO session (id, title, created_at, duration, domain, level, candidate, language, folder,
                     answers, assessment_version)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET
  title = excluded.title, created_at = excluded.created_at, duration = excluded.duration,
  domain = excluded.domain, level = excluded.level, candidate = excluded.candidate,
  language = excluded.language, folder = excluded.folder, answers = excluded.answers,
  assessment_version = excluded.assessment_version
"""
INSERT_SCORE = "INSERT OR REPLACE INTO score VALUES (?, ?, ?, ?, ?)"
INSERT_METRIC = "INSERT OR REPLACE INTO metric VALUES (?, ?, ?, ?, ?, ?, ?)"
INSERT_ANSWER = "INSERT INTO answer VALUES (?, ?, ?, ?, ?, ?, ?)"
INSERT_ANSWER_METRIC = "INSERT OR REPLACE INTO answer_metric VALUES (?, ?, ?, ?, ?, ?, ?, ?)"

_LARGEST: Final = 2**63 - 1  # what SQLite holds as an integer


@dataclass(frozen=True, slots=True)
class Record:
    """One session as rows, each in the order of its table's columns."""

    session: Row
    scores: tuple[Row, ...]
    metrics: tuple[Row, ...]
    answers: tuple[Row, ...]
    answer_metrics: tuple[Row, ...]


def record_of(session: Session, assessment: Assessment | None, folder: str) -> Record:
    """Take from the documents what the index keeps.

    Args:
        session: The session.
        assessment: Its assessment; None where there is none.
        folder: The session folder, as it is to be stored.

    Raises:
        InputError: The date of the session, the name of its folder or a number cannot be stored.
    """
    answers = _answers(session, assessment)
    head: Row = (
        session.id,
        session.title,
        instant(session.created_at),
        assessment.duration if assessment else session.recording.duration,
        session.domain,
        session.level,
        session.candidate,
        assessment.language if assessment else None,
        _storable(folder),
        len(answers),
        assessment.schema_version if assessment else None,
    )
    scores: tuple[Row, ...] = ()
    metrics: tuple[Row, ...] = ()
    marks: tuple[Row, ...] = ()
    if assessment:
        scores = tuple(
            (session.id, score.name, score.label, score.value, score.confidence)
            for score in assessment.scores
        )
        metrics = tuple((session.id, *_metric(metric)) for metric in assessment.metrics)
        marks = tuple(_answer_metrics(session.id, enumerate(assessment.answers)))
    return Record(head, scores, metrics, answers, marks)


def write(connection: sqlite3.Connection, record: Record) -> None:
    """Write a session, in place of what was known of it; call it inside a transaction."""
    connection.execute(INSERT_SESSION, record.session)
    key = record.session[:1]
    connection.execute("DELETE FROM score WHERE session = ?", key)
    connection.execute("DELETE FROM metric WHERE session = ?", key)
    connection.execute("DELETE FROM answer WHERE session = ?", key)
    connection.executemany(INSERT_SCORE, record.scores)
    connection.executemany(INSERT_METRIC, record.metrics)
    connection.executemany(INSERT_ANSWER, record.answers)
    connection.executemany(INSERT_ANSWER_METRIC, record.answer_metrics)


def instant(moment: datetime) -> str:
    """A time in UTC as text of fixed width, so that the order of texts is the order of times.

    A time without an offset is taken as local time.

    Raises:
        InputError: It lies outside of the years that can be stored.
    """
    try:
        return moment.astimezone(UTC).isoformat(timespec="microseconds")
    except (OverflowError, ValueError, OSError) as error:
        raise InputError(
            f"The date {moment.isoformat()} is out of range.", "Give a date in this century."
        ) from error


def _storable(folder: str) -> str:
    try:
        folder.encode()
    except UnicodeEncodeError as error:
        raise InputError(
            f"The name of the folder {folder!r} is not text.", "Rename the folder."
        ) from error
    return folder


def _countable(take: int) -> int:
    if take > _LARGEST:
        raise InputError(
            "The number of a take is too large to be stored.", "Mend the session's documents."
        )
    return take


def _answers(session: Session, assessment: Assessment | None) -> tuple[Row, ...]:
    if assessment:
        return tuple(
            (session.id, index, a.question_id, a.question, _countable(a.take), a.start, a.end)
            for index, a in enumerate(assessment.answers)
        )
    rows: list[Row] = []
    for index, answer in enumerate(answers_of(session)):
        asked = answer.question
        question: Row = (asked.id, asked.text) if asked else (None, None)
        rows.append(
            (session.id, index, *question, _countable(answer.take), answer.start, answer.end)
        )
    return tuple(rows)


def _answer_metrics(session: str, answers: Iterable[tuple[int, AnswerAssessment]]) -> Iterable[Row]:
    for index, answer in answers:
        for metric in answer.metrics:
            if metric.score is not None:
                yield (session, index, *_metric(metric))


def _metric(metric: Metric) -> Row:
    return (
        metric.name,
        metric.label,
        metric.unit,
        metric.value,
        metric.score,
        metric.confidence,
    )


def stored_folder(folder: Path, base: Path) -> str:
    """A folder as it is stored: relative where it lies under the database's directory.

    So an index that is moved together with its sessions still finds them.
    """
    folder, base = folder.absolute(), base.absolute()
    return (folder.relative_to(base) if folder.is_relative_to(base) else folder).as_posix()
