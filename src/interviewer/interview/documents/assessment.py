"""`assessment.json`: metrics, scores, findings and the annotated transcript."""

from enum import StrEnum
from typing import Final, Literal

from pydantic import Field

from interviewer.interview.documents.base import Document, Seconds, Share, Span

ASSESSMENT_VERSION: Final = 1


class Verdict(StrEnum):
    """Where a value lies against its band."""

    GOOD = "good"
    WATCH = "watch"
    ACT = "act"
    NONE = "none"


class Moment(Document):
    """A stretch that a person can jump to, with what was said or seen there."""

    start: Seconds
    end: Seconds
    quote: str = Field(default="", description="Words spoken there, or empty.")
    note: str = Field(default="", description="What is to be noticed there.")


class Band(Document):
    """The usual or advisable range of a metric, and who says so."""

    low: float | None = None
    high: float | None = None
    source: str


class Metric(Document):
    """One number that explains itself."""

    name: str = Field(description="Stable identifier, such as `words_per_minute`.")
    label: str = Field(description="What a person reads.")
    unit: str = Field(description="Such as `wpm`, `%`, `Hz`, `st`; empty for a bare count.")
    value: float | str | None = Field(description="None where it was not observed.")
    band: Band | None = None
    verdict: Verdict = Verdict.NONE
    score: float | None = Field(default=None, ge=0, le=100)
    confidence: Share = 0.0
    evidence: tuple[Moment, ...] = ()
    not_observed: str | None = Field(
        default=None, description="Why there is no value, as a short clause."
    )


class ScorePart(Document):
    """What one metric gave to a score."""

    metric: str
    weight: float = Field(ge=0)
    score: float = Field(ge=0, le=100)


class Score(Document):
    """A 0 to 100 summary of metrics, with the parts it was made of."""

    name: str
    label: str
    value: float | None = Field(ge=0, le=100)
    confidence: Share = 0.0
    parts: tuple[ScorePart, ...] = ()
    not_observed: str | None = None


class ToneLabel(StrEnum):
    """What the two axes read as."""

    CALM = "calm"
    NERVOUS = "nervous"
    CONFIDENT = "confident"
    FLAT = "flat"
    MIXED = "mixed"


class ToneWindow(Document):
    """Tone over a few seconds: two axes against the reference, and the label they read as."""

    start: Seconds
    end: Seconds
    tense: float = Field(description="Calm (negative) to tense (positive), in deviations.")
    engaged: float = Field(description="Subdued (negative) to engaged (positive), in deviations.")
    label: ToneLabel
    confidence: Share


class Sample(Document):
    """One point of a curve; `value` is None where it was not observed."""

    time: Seconds
    value: float | None


class TimelineData(Document):
    """Curves and marks over the whole session."""

    tone: tuple[ToneWindow, ...] = ()
    tone_reference: str = Field(
        default="", description="What tone was measured against: the session itself or a baseline."
    )
    pace: tuple[Sample, ...] = Field(default=(), description="Words per minute.")
    pitch: tuple[Sample, ...] = Field(default=(), description="Fundamental frequency in Hz.")
    level: tuple[Sample, ...] = Field(default=(), description="Level of speech in dBFS.")
    smile: tuple[Sample, ...] = Field(default=(), description="Smile, 0 to 1.")
    eye_contact: tuple[Sample, ...] = Field(default=(), description="Share of looks, 0 to 1.")
    speech: tuple[Span, ...] = ()
    pauses: tuple[Moment, ...] = ()
    fillers: tuple[Moment, ...] = ()


class WordMark(StrEnum):
    """What a transcript word was recognised as, besides a word."""

    FILLER = "filler"
    REPETITION = "repetition"


class TranscriptWord(Document):
    """A spoken word with what is to be marked on it."""

    text: str
    start: Seconds
    end: Seconds
    probability: Share
    mark: WordMark | None = None


class AnswerAssessment(Document):
    """One answer: what was asked, what was said, and its metrics."""

    index: int = Field(ge=0)
    question: str | None
    question_id: str | None = None
    take: int = Field(ge=1)
    start: Seconds
    end: Seconds
    question_end: Seconds | None
    first_voice: Seconds | None = Field(
        default=None, description="Start of the first sound, a filler included."
    )
    first_word: Seconds | None = Field(
        default=None, description="Start of the first word that is no filler."
    )
    last_word: Seconds | None = None
    words: tuple[TranscriptWord, ...]
    metrics: tuple[Metric, ...]
    tone: ToneLabel | None = None


class Finding(Document):
    """Something to work on, or something that went well, with what shows it."""

    kind: Literal["improve", "strength"]
    metric: str
    title: str = Field(description="A few words.")
    text: str = Field(description="What was observed, with its number and what is usual.")
    why: str = Field(default="", description="Why it matters, with a source.")
    exercise: str = Field(default="", description="What to do next; empty for a strength.")
    moments: tuple[Moment, ...] = ()


class Assessment(Document):
    """The whole of it; a pure function of the session and its observations."""

    schema_version: Literal[1] = ASSESSMENT_VERSION
    session: str = Field(description="The session's id.")
    title: str
    duration: Seconds
    language: str | None
    verdict: str = Field(description="One sentence.")
    scores: tuple[Score, ...]
    metrics: tuple[Metric, ...]
    answers: tuple[AnswerAssessment, ...]
    findings: tuple[Finding, ...]
    timeline: TimelineData
    limits: tuple[str, ...] = Field(default=(), description="What this cannot tell, in sentences.")
