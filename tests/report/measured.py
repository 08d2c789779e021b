"""Hand-made metrics, scores and findings, in the units and with the names of the real ones."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from interviewer.interview.documents.assessment import (
    AnswerAssessment,
    Band,
    Finding,
    Metric,
    Moment,
    Score,
    ScorePart,
    Verdict,
)

INTERVIEWS = "137 mock interviews of 69 students (Naim et al. 2018), 10th to 90th percentile"
NO_VIDEO = "the recording has no video"
NO_SPEECH = "nobody spoke"


@dataclass(frozen=True)
class Row:
    name: str
    label: str
    unit: str
    value: float | str
    band: tuple[float | None, float | None] | None = None
    verdict: Verdict = Verdict.NONE
    source: str = INTERVIEWS
    confidence: float = 0.85
    seen: bool = field(default=False)


GOOD, WATCH, ACT = Verdict.GOOD, Verdict.WATCH, Verdict.ACT
ROWS = (
    Row("words_per_minute", "Pace", "wpm", 154.0, (120, 185), GOOD),
    Row("articulation_rate", "Articulation rate", "syll/s", 4.6, (3.5, 6.0), GOOD, "Jacewicz 2010"),
    Row("words", "Words", "", 312.0),
    Row("fillers_per_100_words", "Fillers", "per 100 words", 4.1, (None, 3.5), WATCH),
    Row("pause_share", "Share of pauses", "%", 18.4, (None, 30), GOOD, "Goldman-Eisler 1968"),
    Row("longest_pause", "Longest pause", "s", 2.8, (None, 2.0), WATCH, "Ziano and Wang 2021"),
    Row("response_latency", "Time to first sound", "s", 1.2, (0.2, 2.0), GOOD, "Levinson 2015"),
    Row("answer_length", "Answer length", "s", 40.0, (30, 60), GOOD, "the question's own target"),
    Row("pitch_level", "Pitch", "Hz", 182.3),
    Row("pitch_variation", "Pitch variation", "st", 2.6, (2.0, 4.5), GOOD, "LibriSpeech"),
    Row("loudness_variation", "Loudness variation", "dB", 5.2, (3.4, 7.2), GOOD, confidence=0.6),
    Row("tone", "Tone", "", "calm", confidence=0.55),
    Row("tone_tense", "Calm to tense", "deviations", -0.4, confidence=0.5),
    Row("tone_stability", "Tone stability", "%", 71.0, (60, None), GOOD, "own", confidence=0.4),
    Row("eye_contact_share", "Eye contact", "%", 41.0, (60, None), ACT, "Rogers 2018", seen=True),
    Row("smile_share", "Smiling", "%", 12.0, seen=True),
)


def measures(
    *,
    video: bool = True,
    speech: bool = True,
    factor: float = 1.0,
    fillers: Sequence[Moment] = (),
    length: float | None = None,
    target: tuple[float, float] | None = (30, 60),
) -> tuple[Metric, ...]:
    """All metrics; `factor` moves the numbers so that answers differ."""
    return tuple(
        _metric(row, video if row.seen else speech, factor, fillers, length, target) for row in ROWS
    )


def _metric(  # noqa: PLR0917 - a table's row and what varies it
    row: Row,
    observed: bool,
    factor: float,
    fillers: Sequence[Moment],
    length: float | None,
    target: tuple[float, float] | None,
) -> Metric:
    value: float | str | None = row.value
    band = row.band
    if row.name == "answer_length":
        value, band = length if length is not None else row.value, target
    elif isinstance(value, float):
        value *= factor
    absent = NO_VIDEO if row.seen else NO_SPEECH
    return Metric(
        name=row.name,
        label=row.label,
        unit=row.unit,
        value=value if observed else None,
        band=Band(low=band[0], high=band[1], source=row.source) if band else None,
        verdict=row.verdict if observed else Verdict.NONE,
        confidence=row.confidence if observed else 0.0,
        evidence=tuple(fillers) if observed and row.name.startswith("fillers") else (),
        not_observed=None if observed else absent,
    )


def scores(*, video: bool = True, speech: bool = True) -> tuple[Score, ...]:
    heard = None if speech else NO_SPEECH
    return (
        _score("confidence", "Confidence", 68.0, heard),
        _score("clarity", "Clarity", 76.2, heard),
        _score("eye_contact", "Eye contact", 41.0, None if video else NO_VIDEO),
        _score("tone_stability", "Tone stability", 63.0, heard, confidence=0.3),
        _score("pace", "Pace", 88.0, heard),
        _score("overall", "Overall", 71.4, heard),
    )


def _score(
    name: str, label: str, value: float, absent: str | None, *, confidence: float = 0.8
) -> Score:
    if absent is not None:
        return Score(name=name, label=label, value=None, not_observed=absent)
    parts = (
        ScorePart(metric="words_per_minute", weight=0.5, score=88),
        ScorePart(metric="fillers_per_100_words", weight=0.3, score=52),
        ScorePart(metric="pause_share", weight=0.2, score=100),
    )
    return Score(name=name, label=label, value=value, confidence=confidence, parts=parts)


def findings(
    answers: Sequence[AnswerAssessment], pauses: Sequence[Moment], fillers: Sequence[Moment]
) -> tuple[Finding, ...]:
    first, last = answers[0].start, answers[-1].start
    return (
        Finding(
            kind="improve",
            metric="eye_contact_share",
            title="Look at the lens when you make your point",
            text="You looked at the camera 41 % of the time; usual is 60 % and more",
            why="Of what can be seen, eye contact is tied most closely to interview ratings "
            "(Martín-Raugh et al. 2023, 63 studies).",
            exercise="Put a dot beside the lens and say the last sentence of each answer to it.",
            moments=(
                Moment(
                    start=first + 4,
                    end=first + 9,
                    quote="the features are computed the same way",
                    note="looked down",
                ),
                Moment(start=last + 6, end=last + 12, note="looked away, 6.0 s"),
            ),
        ),
        Finding(
            kind="improve",
            metric="fillers_per_100_words",
            title="Replace fillers by silence",
            text="You used fillers 4.1 per 100 words; usual is up to 3.5 per 100 words.",
            why="In 137 mock interviews the rate of um and uh went with lower ratings (r = -.31).",
            exercise="When an “um” is coming, close your mouth and breathe in: a silent second "
            "reads as thought. Answer one question again and count what is left.",
            moments=tuple(fillers[:7]),
        ),
        Finding(
            kind="improve",
            metric="longest_pause",
            title="Bridge your long silences",
            text="Your longest pause was 2.8 s; usual is up to 2.0 s.",
            exercise="When you are stuck, say what you are doing: “let me think about that”.",
            moments=tuple(pauses[:3]),
        ),
        Finding(
            kind="improve",
            metric="answer_length",
            title="Stop when the point is made",
            text="Two answers ended with a repeat of their first sentence.",
            exercise="End on the example.",
        ),
        Finding(
            kind="strength",
            metric="words_per_minute",
            title="A steady pace",
            text="You spoke at 154 wpm; usual is 120 to 185 wpm.",
            moments=(Moment(start=first + 2, end=first + 12, quote="the first thing"),),
        ),
        Finding(
            kind="strength",
            metric="response_latency",
            title="You began without delay",
            text="Your first sound came 1.2 s after the question; usual is 0.2 to 2.0 s.",
        ),
        Finding(
            kind="strength",
            metric="tone_stability",
            title="Your tone held",
            text="It stayed alike for 71 % of the time.",
        ),
    )
