"""What is asked of the tables."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from interviewer.history.database import transaction
from interviewer.history.records import instant
from interviewer.history.rows import AnswerRow, Kind, Measure, Point, SessionRow

# `IS` compares NULL with NULL as equal: a session that names no candidate, or no domain, is
# compared with those that name none.
_SESSIONS: Final = """
  SELECT id, title, created_at, duration, domain, level, candidate, language, folder, answers,
    assessment_version
  FROM session
  WHERE (:id IS NULL OR id = :id)
    AND (:domain IS NULL OR domain = :domain)
    AND (:level IS NULL OR level = :level)
    AND (:since IS NULL OR created_at >= :since)
    AND (:until IS NULL OR created_at < :until)
    AND (:before IS NULL OR EXISTS (
      SELECT 1 FROM session AS later
      WHERE later.id = :before
        AND session.created_at < later.created_at
        AND session.candidate IS later.candidate
        AND (:any_domain OR session.domain IS later.domain)))
  ORDER BY created_at DESC, id DESC
  LIMIT :limit
"""
_MEASURES: Final = """
SELECT 'score', name, label, '', value, value, confidence FROM score WHERE session = :id
UNION ALL
SELECT 'metric', name, label, unit, value, score, confidence FROM metric WHERE session = :id
"""
_ANSWERS: Final = (
    'SELECT position, question_id, question, take, start, "end" FROM answer WHERE session = ? '
    "ORDER BY position"
)
_ANSWER_METRICS: Final = (
    "SELECT position, name, label, unit, value, score, confidence FROM answer_metric "
    "WHERE session = ? ORDER BY position, name"
)
_VALUES: Final = {
    Kind.SCORE: """
      SELECT session, name, value FROM score
      WHERE session IN (SELECT value FROM json_each(?))""",
    Kind.METRIC: """
      SELECT session, name, metric.value FROM metric
      WHERE session IN (SELECT value FROM json_each(?)) AND typeof(metric.value) <> 'text'""",
}
_SCORES: Final = "SELECT name, value FROM score WHERE session = ?"
_SERIES: Final = {
    Kind.SCORE: """
      SELECT created_at, id, value FROM score JOIN session ON id = score.session
      WHERE name = ? AND value IS NOT NULL ORDER BY created_at, id""",
    Kind.METRIC: """
      SELECT created_at, id, value FROM metric JOIN session ON id = metric.session
      WHERE name = ? AND typeof(value) IN ('real', 'integer') ORDER BY created_at, id""",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which sessions are asked for; what is None does not restrict.

    Attributes:
        id: Only this one.
        domain: Only those of this domain.
        level: Only those of this level.
        since: Only those recorded at this time or later.
        until: Only those recorded before this time.
        before: Only those that are earlier than this session, and of the same candidate.
        any_domain: With `before`, also those of other domains.
        limit: At most so many.
    """

    id: str | None = None
    domain: str | None = None
    level: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: str | None = None
    any_domain: bool = False
    limit: int | None = None

    def parameters(self) -> dict[str, str | int | None]:
        """What the query is given."""
        return {
            "id": self.id,
            "domain": self.domain,
            "level": self.level,
            "since": instant(self.since) if self.since else None,
            "until": instant(self.until) if self.until else None,
            "before": self.before,
            "any_domain": self.any_domain,
            "limit": -1 if self.limit is None else max(0, self.limit),
        }


def sessions(connection: sqlite3.Connection, wanted: Wanted, base: Path) -> list[SessionRow]:
    """Sessions with their scores, newest first; `base` is what relative folders start from."""
    with transaction(connection, "DEFERRED"):
        rows = connection.execute(_SESSIONS, wanted.parameters()).fetchall()
        return [_session(row, dict(connection.execute(_SCORES, row[:1])), base) for row in rows]


def measures(connection: sqlite3.Connection, session_id: str) -> tuple[Measure, ...]:
    """All scores and metrics of a session, ordered by kind and name."""
    rows = connection.execute(_MEASURES, {"id": session_id}).fetchall()
    return tuple(sorted((Measure(Kind(kind), *rest) for kind, *rest in rows), key=_order))


def answers(connection: sqlite3.Connection, session_id: str) -> tuple[AnswerRow, ...]:
    """The answers of a session with their scored metrics, in order."""
    with transaction(connection, "DEFERRED"):
        rows = connection.execute(_ANSWERS, (session_id,)).fetchall()
        found = connection.execute(_ANSWER_METRICS, (session_id,)).fetchall()
    metrics: dict[int, list[Measure]] = {row[0]: [] for row in rows}
    for position, *rest in found:
        metrics[position].append(Measure(Kind.METRIC, *rest))
    return tuple(
        AnswerRow(index, question_id, question, take, start, end, tuple(metrics[index]))
        for index, question_id, question, take, start, end in rows
    )


def values(
    connection: sqlite3.Connection, session_ids: Sequence[str], kind: Kind
) -> list[dict[str, float | None]]:
    """Names and numbers of several sessions, in their order."""
    found: dict[str, dict[str, float | None]] = {each: {} for each in session_ids}
    # One list as JSON, because a query takes a limited number of parameters.
    wanted = (json.dumps(list(found)),)
    for session, name, value in connection.execute(_VALUES[kind], wanted):
        found[session][name] = value
    return [dict(found[each]) for each in session_ids]


def series(connection: sqlite3.Connection, name: str, kind: Kind) -> list[Point]:
    """One number over all sessions, oldest first."""
    rows = connection.execute(_SERIES[kind], (name,))
    return [Point(datetime.fromisoformat(at), session, value) for at, session, value in rows]


def remove(connection: sqlite3.Connection, session_id: str) -> bool:
    """Delete a session with all that belongs to it; whether there was one."""
    with transaction(connection):
        deleted = connection.execute("DELETE FROM session WHERE id = ?", (session_id,)).rowcount
    # What was deleted is still in the log until the log is merged into the file.
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return deleted > 0


def _session(row: Sequence[str], scores: dict[str, float | None], base: Path) -> SessionRow:
    identity, title, created_at, duration, domain, level, candidate, language, folder, *rest = row
    answers_given, version = rest
    return SessionRow(
        id=identity,
        title=title,
        created_at=datetime.fromisoformat(created_at),
        duration=float(duration),
        domain=domain,
        level=level,
        candidate=candidate,
        language=language,
        folder=base / folder,
        answers=int(answers_given),
        assessment_version=None if version is None else int(version),
        scores=scores,
    )


def _order(measure: Measure) -> tuple[str, str]:
    return (measure.kind, measure.name)
