"""Time: how soon an answer begins, how it pauses, how long it is."""

from collections.abc import Sequence
from statistics import fmean, median
from typing import Final

from interviewer.assessment.grid import HAIR
from interviewer.assessment.metric import NOT_COVERED, TOO_LITTLE, judged, measured, missing
from interviewer.assessment.norms import along, verdict_of
from interviewer.assessment.spoken import Spoken
from interviewer.interview.documents.assessment import Band, Metric, Moment
from interviewer.interview.documents.base import Span
from interviewer.interview.documents.session import TargetBand

LONG_PAUSE: Final = 1.0
"""Seconds from which a pause is long: Campione & Véronis, Speech Prosody 2002."""

NOBODY: Final = "nobody spoke"
NO_QUESTION_END: Final = "the end of the question is not known"

_PERFECT: Final = 100.0

# Score of an answer's length as a multiple of the nearer end of its target.
_SHORT: Final = ((0.0, 0.0), (0.25, 15.0), (0.5, 50.0), (0.8, 75.0), (1.0, 100.0))
_LONG: Final = ((1.0, 100.0), (1.25, 75.0), (1.5, 55.0), (2.0, 25.0), (3.0, 0.0))


def is_long(pause: Span) -> bool:
    """Whether a pause lasts at least one second."""
    return pause.duration >= LONG_PAUSE - HAIR


def long_pauses(spoken: Spoken) -> list[Span]:
    """Pauses of at least one second."""
    return [pause for pause in spoken.pauses if is_long(pause)]


def pause_moment(spoken: Spoken, pause: Span) -> Moment:
    """A pause as a moment to jump to."""
    return spoken.moment(pause.start, pause.end, f"pause of {pause.duration:.1f} s")


def pause_metrics(answers: Sequence[Spoken]) -> list[Metric]:
    """`pauses`, `pause_share`, `mean_pause` and `longest_pause` over some answers."""
    names = ("pauses", "pause_share", "mean_pause", "longest_pause")
    total = sum(spoken.stretch_seconds for spoken in answers)
    if total <= 0:
        return [missing(name, NOBODY) for name in names]
    every = [(pause, spoken) for spoken in answers for pause in spoken.pauses]
    every.sort(key=lambda pair: (-pair[0].duration, pair[0].start))
    long = [(pause, spoken) for pause, spoken in every if is_long(pause)]
    shown = [pause_moment(spoken, pause) for pause, spoken in long[:12]]
    silence = sum(pause.duration for pause, _ in every)
    longest = [pause_moment(spoken, pause) for pause, spoken in every[:1]]
    mean = (
        measured("mean_pause", silence / len(every), len(every), too_little="too few pauses")
        if every
        else missing("mean_pause", "no pauses" if total >= 1 else TOO_LITTLE)
    )
    return [
        measured("pauses", len(long), total, evidence=shown),
        measured("pause_share", 100 * silence / total, total, evidence=shown),
        mean,
        measured("longest_pause", every[0][0].duration if every else 0.0, total, evidence=longest),
    ]


def latency_metrics(answers: Sequence[Spoken], *, english: bool) -> list[Metric]:
    """`response_latency` and `response_latency_content`: medians over some answers.

    The first counts to the first sound, the second to the first word that is no filler; both from
    the end of the question.
    """
    asked = [spoken for spoken in answers if spoken.answer.question_end is not None]
    content = (
        _latency("response_latency_content", asked, [spoken.first_word for spoken in asked])
        if english or not any(spoken.tokens for spoken in asked)
        else missing("response_latency_content", NOT_COVERED)
    )
    return [_latency("response_latency", asked, [spoken.first_voice for spoken in asked]), content]


def _latency(name: str, asked: Sequence[Spoken], heard: Sequence[float | None]) -> Metric:
    if not asked:
        return missing(name, NO_QUESTION_END)
    waits = [
        (at - spoken.answer.question_end, at, spoken)
        for spoken, at in zip(asked, heard, strict=True)
        if at is not None and spoken.answer.question_end is not None
    ]
    if not waits:
        return missing(name, NOBODY)
    value = max(0.0, median(wait for wait, _, _ in waits))
    slowest = sorted(waits, key=lambda item: (-item[0], item[1]))
    shown = [
        spoken.moment(spoken.answer.start, at, f"{wait:.1f} s after the question")
        for wait, at, spoken in slowest[:12]
    ]
    return measured(name, value, len(waits), evidence=shown)


def length_metrics(answers: Sequence[Spoken]) -> list[Metric]:
    """`answer_length`: mean seconds from the first to the last word, against the targets.

    The score is the mean of the scores of the answers whose question has a target; the band is
    the target that these questions share, none if they differ.
    """
    lengths = [
        (spoken.stretch.duration, spoken) for spoken in answers if spoken.stretch is not None
    ]
    if not lengths:
        return [missing("answer_length", NOBODY)]
    aimed = [
        (seconds, spoken.answer.question.target, spoken)
        for seconds, spoken in lengths
        if spoken.answer.question is not None and spoken.answer.question.target is not None
    ]
    scores = [length_score(seconds, target) for seconds, target, _ in aimed]
    targets = {(target.low, target.high) for _, target, _ in aimed}
    band = None
    if len(targets) == 1 and len(aimed) == len(lengths):
        low, high = targets.pop()
        band = Band(low=low, high=high, source="the question's own target")
    order = sorted(zip(scores, aimed, strict=True), key=lambda pair: pair[0])
    shown = [
        _length_moment(spoken, seconds, target)
        for score, (seconds, target, spoken) in order[:12]
        if score < _PERFECT
    ]
    value = fmean(seconds for seconds, _ in lengths)
    score = fmean(scores) if scores else None
    metric = judged("answer_length", value, 1.0, band=band, score=score, evidence=shown)
    if len(lengths) > 1:  # a mean within the target may hide a short and a long answer
        metric = metric.model_copy(update={"verdict": verdict_of(value, None, score)})
    return [metric]


def length_score(seconds: float, target: TargetBand) -> float:
    """100 within the target, less the farther outside it."""
    if seconds < target.low:
        return along(_SHORT, seconds / target.low) or 0.0
    if seconds > target.high and target.high > 0:
        return along(_LONG, seconds / target.high) or 0.0
    return 100.0


def _length_moment(spoken: Spoken, seconds: float, target: TargetBand) -> Moment:
    start, end = spoken.answer.start, spoken.answer.end
    if spoken.stretch is not None:
        start, end = spoken.stretch.start, spoken.stretch.end
    note = f"{seconds:.0f} s; target {target.low:.0f}-{target.high:.0f} s"
    return Moment(start=start, end=end, note=note)
