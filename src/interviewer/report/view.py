"""What the report shows, as plain values: words already written, numbers already rounded."""

from dataclasses import dataclass
from enum import StrEnum

from interviewer.interview.documents.assessment import Assessment, ToneLabel, Verdict
from interviewer.interview.documents.session import Session
from interviewer.report.change_view import ChangeView, ComparisonView


@dataclass(frozen=True, slots=True)
class ReportInput:
    """The two documents that a report is a function of."""

    session: Session
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class MomentView:
    """A link to a stretch of the recording.

    Attributes:
        clock: Its start, as on the player.
        seconds: Its start on the recording, in seconds.
        answer: Short name of the answer it lies in, such as `Q2`.
        anchor: Id of the spoken word it starts at, or of the answer.
        answer_anchor: Id of the answer.
        label: What it is a moment of; empty where that is clear.
        quote: Words spoken there, or empty.
        note: What is to be noticed there, or empty.
    """

    clock: str
    seconds: float
    answer: str
    anchor: str
    answer_anchor: str
    label: str
    quote: str
    note: str


@dataclass(frozen=True, slots=True)
class MetricView:
    """One measurement as a row: `value` is None where it was not observed, and `reason` says why.

    `source` is the number of the source of its usual range, from 1; 0 where there is none.
    """

    name: str
    label: str
    colour: str
    value: str | None
    unit: str
    usual: str
    source: int
    verdict: Verdict
    confidence: str
    reason: str
    moments: tuple[MomentView, ...]


@dataclass(frozen=True, slots=True)
class PartView:
    """What one metric gave to a score: its own score, and its share of the weight in percent."""

    label: str
    score: str
    share: str


@dataclass(frozen=True, slots=True)
class ScoreView:
    """One score of 0 to 100; `value` is None where it was not observed, and `reason` says why.

    `change` is since last time; None where there is nothing to compare.
    """

    name: str
    label: str
    colour: str
    value: float | None
    verdict: Verdict
    confidence: str
    reason: str
    parts: tuple[PartView, ...]
    change: ChangeView | None = None


@dataclass(frozen=True, slots=True)
class FindingView:
    """Something to work on, or that went well; `number` counts within its kind, from 1."""

    number: int
    anchor: str
    colour: str
    title: str
    text: str
    why: str
    exercise: str
    moments: tuple[MomentView, ...]


class TokenKind(StrEnum):
    """What a piece of the transcript is."""

    TEXT = "text"
    FILLER = "filler"
    REPETITION = "repetition"
    PAUSE = "pause"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the transcript; `space` stands before it, `anchor` is its id or empty."""

    kind: TokenKind
    text: str
    space: str
    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of the transcript with the time at which it begins."""

    clock: str
    seconds: float
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer.

    Attributes:
        number: From 1, in the order of the recording.
        anchor: Id of its section.
        question: What was asked; None where the recording does not say.
        facts: Its length, latency, tone and the like, as pairs of a name and words.
        moments: The ones worth jumping to, in order of time.
        metrics: What was observed.
        absent: What was not observed and why, in sentences.
        more_moments: How many further ones are not listed.
        paragraphs: The transcript; empty where nothing was heard.
        silence: Why there is no transcript; empty where there is one.
    """

    number: int
    anchor: str
    question: str | None
    take: int
    start: str
    seconds: float
    facts: tuple[tuple[str, str], ...]
    metrics: tuple[MetricView, ...]
    absent: tuple[str, ...]
    moments: tuple[MomentView, ...]
    more_moments: int
    paragraphs: tuple[Paragraph, ...]
    silence: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `start` to `end` in seconds, with a name."""

    start: float
    end: float
    label: str


@dataclass(frozen=True, slots=True)
class Curve:
    """One row of the timeline.

    Attributes:
        times: Seconds, ascending.
        values: As many values; None where it was not observed.
        bottom: Value at the foot of the row.
        top: Value at its head.
        usual: Edges of the usual band; either may be None.
        reason: Why the row is empty; empty where it is not.
    """

    label: str
    unit: str
    colour: str
    times: tuple[float, ...]
    values: tuple[float | None, ...]
    bottom: float
    top: float
    usual: tuple[float | None, float | None]
    usual_text: str
    reason: str


@dataclass(frozen=True, slots=True)
class ToneStretch:
    """Tone from `start` to `end` in seconds: its label and both axes in deviations."""

    start: float
    end: float
    label: ToneLabel
    tense: float
    engaged: float


@dataclass(frozen=True, slots=True)
class TimelineView:
    """The whole session on one axis of time."""

    duration: float
    answers: tuple[Stretch, ...]
    steps: tuple[tuple[int, float], ...]
    tone: tuple[ToneStretch, ...]
    tone_reason: str
    curves: tuple[Curve, ...]
    speech: tuple[Stretch, ...]
    pauses: tuple[Stretch, ...]
    fillers: tuple[Stretch, ...]
    speech_reason: str


@dataclass(frozen=True, slots=True)
class TimingView:
    """One answer's length against its target, and its latency, in seconds; None: not observed."""

    label: str
    length: float | None
    target: tuple[float | None, float | None]
    first_voice: float | None
    first_word: float | None


@dataclass(frozen=True, slots=True)
class ReportView:
    """The whole report; `comparison` is None where there are no earlier attempts."""

    title: str
    facts: tuple[str, ...]
    language: str | None
    direction: str
    has_audio: bool
    has_video: bool
    verdict: str
    scores: tuple[ScoreView, ...]
    score_notes: tuple[str, ...]
    steps: tuple[FindingView, ...]
    strengths: tuple[FindingView, ...]
    nothing_to_improve: str
    timeline: TimelineView
    timing: tuple[TimingView, ...]
    latency_usual: tuple[float | None, float | None]
    latency_usual_text: str
    answers: tuple[AnswerView, ...]
    metrics: tuple[MetricView, ...]
    sources: tuple[str, ...]
    tone_reference: str
    limits: tuple[str, ...]
    comparison: ComparisonView | None = None
