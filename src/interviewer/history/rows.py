"""What the history gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path


class Kind(StrEnum):
    """What a number of a session is; a metric and a score may have the same name."""

    METRIC = "metric"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session as the index knows it.

    Attributes:
        id: The session's id.
        title: What a person calls it.
        created_at: When it was recorded, in UTC.
        duration: Length of the recording in seconds.
        domain: Slug of the domain, if any.
        level: Level of the questions, if any.
        candidate: Who was interviewed, if it was said.
        language: ISO 639-1 code of what was spoken; None where it is not known.
        folder: The session folder; it may have been moved or deleted since.
        answers: Number of answers.
        assessment_version: Version of the assessment; None where there is none.
        scores: Name of each score to its value, 0 to 100, or None where it was not observed.
    """

    id: str
    title: str
    created_at: datetime
    duration: float
    domain: str | None
    level: str | None
    candidate: str | None
    language: str | None
    folder: Path
    answers: int
    assessment_version: int | None
    scores: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Measure:
    """One metric or score of a session, or one metric of an answer.

    Attributes:
        kind: Metric or score.
        name: Stable identifier.
        label: What a person reads.
        unit: Unit of the value; empty for a score or a bare count.
        value: None where it was not observed.
        score: 0 to 100, or None; of a score, its value.
        confidence: 0 to 1.
    """

    kind: Kind
    name: str
    label: str
    unit: str
    value: float | str | None
    score: float | None
    confidence: float


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer of a session.

    Attributes:
        index: Position among the answers of the session, from 0.
        question_id: Identifier of the question, if known.
        question: Its text, if known.
        take: Which attempt at the question this is, from 1.
        start: Seconds on the recording.
        end: Seconds on the recording.
        measures: The metrics of this answer that have a score.
    """

    index: int
    question_id: str | None
    question: str | None
    take: int
    start: float
    end: float
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a series over sessions."""

    created_at: datetime
    session: str
    value: float


@dataclass(frozen=True, slots=True)
class Trouble:
    """A folder that could not be read as it should be, and why, as a clause."""

    folder: Path
    why: str


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild did.

    Attributes:
        found: Folders that were looked at.
        added: Sessions written to the index, new or anew.
        removed: Sessions forgotten, because their folder is no more.
        skipped: Folders that hold no session that can be read; what the index knew of them stays.
        unscored: Folders whose session is indexed without scores, because their assessment cannot
            be read.
    """

    found: int = 0
    added: int = 0
    removed: int = 0
    skipped: tuple[Trouble, ...] = field(default=())
    unscored: tuple[Trouble, ...] = field(default=())
