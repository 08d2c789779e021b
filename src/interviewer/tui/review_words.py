"""What the review says of an assessment, with the words of the report. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.content import Content

from interviewer.assessment.progress import FEWEST_EARLIER
from interviewer.interview.documents.assessment import (
    AnswerAssessment,
    Assessment,
    Finding,
    Metric,
    Moment,
    Score,
    Verdict,
)
from interviewer.report.change_view import ChangeView, Reading
from interviewer.report.changes import score_change
from interviewer.report.palette import colour_of
from interviewer.report.wording import (
    band_text,
    clock,
    counted_in_words,
    day_text,
    number,
    sentence,
)

if TYPE_CHECKING:
    from interviewer.assessment.comparison import Comparison

MARKS: Final = {
    Verdict.GOOD: ("● good", "$text-success"),
    Verdict.WATCH: ("◐ watch", "$text-warning"),
    Verdict.ACT: ("▲ act", "$text-error"),
    Verdict.NONE: ("", ""),
}
CELLS: Final = 20
_CHANGE: Final = 7
_VALUE: Final = 7
_UNIT: Final = 13
_USUAL: Final = 12
_FULL, _EMPTY = "▰", "▱"


@dataclass(frozen=True, slots=True)
class Shown:
    """A moment with what it shows.

    Attributes:
        moment: On the recording.
        finding: What it is evidence of.
    """

    moment: Moment
    finding: Finding


def family(name: str) -> str:
    """The theme's colour of a metric or score."""
    return f"$metric-{colour_of(name).name}"


def score_lines(scores: Sequence[Score], comparison: "Comparison | None") -> Content:
    """One line for each score: its value, its change, a bar."""
    widest = max((len(score.label) for score in scores), default=0)
    changes = _changes(comparison)
    lines = [_score(score, widest, changes.get(score.name), told=bool(changes)) for score in scores]
    return Content("\n").join(lines)


def explained(comparison: "Comparison | None") -> str:
    """What the changes are against, and what they say; empty where there are none."""
    changes = _changes(comparison)
    if comparison is None or not changes:
        return ""
    readings = {change.reading for change in changes.values()}
    if Reading.BEYOND in readings:
        said = "↑ and ↓ are beyond your usual ups and downs"
    elif Reading.WITHIN in readings:
        said = "none is beyond your usual ups and downs"
    else:
        missing = max(1, FEWEST_EARLIER - len(comparison.earlier))
        more = counted_in_words(missing, "more attempt")
        said = f"after {more} a change can be told from ups and downs"
    since = day_text(comparison.earlier[0].created_at.astimezone())
    return f"With a sign: points since last time, {since}; {said}."


def _changes(comparison: "Comparison | None") -> dict[str, ChangeView]:
    found = comparison.scores if comparison is not None else ()
    views = {change.name: score_change(change) for change in found}
    return {name: view for name, view in views.items() if view is not None}


def _score(score: Score, widest: int, change: ChangeView | None, *, told: bool) -> Content:
    weight = "bold" if score.name == "overall" else ""
    label = Content.styled(f"{score.label:<{widest}}", weight)
    if score.value is None:
        return label + Content.styled(f"    –  not observed: {score.not_observed}", "$text-muted")
    filled = round(score.value / 100 * CELLS)
    return Content.assemble(
        label,
        (f"  {score.value:3.0f}", "bold"),
        (f"  {change_text(change):>{_CHANGE}}" if told else "", "$text-muted"),
        "  ",
        (_FULL * filled, family(score.name)),
        (_EMPTY * (CELLS - filled), "$border"),
    )


def change_text(change: ChangeView | None) -> str:
    """A change in points; an arrow says that it is beyond the usual ups and downs."""
    if change is None:
        return ""
    if change.reading is not Reading.BEYOND:
        return change.text
    return f"{'↑' if change.rises else '↓'} {change.text}"


def moments(assessment: Assessment) -> list[Shown]:
    """Everything that can be jumped to, in the order of the findings."""
    return [Shown(moment, finding) for finding in assessment.findings for moment in finding.moments]


def moment_line(shown: Shown) -> Content:
    """When it is, and what was said or seen there."""
    moment = shown.moment
    quote = f"“{moment.quote}”" if moment.quote else ""
    return Content.assemble(
        (f"{clock(moment.start):>7}", "bold"),
        f"  {quote or sentence(moment.note)}",
        (f"  {moment.note}" if quote and moment.note else "", "$text-muted"),
    )


def weakest(answers: Sequence[AnswerAssessment]) -> int | None:
    """Position of the answer whose metrics have the lowest mean score; None where none has any."""
    known = [
        (score, position)
        for position, answer in enumerate(answers)
        if answer.question is not None and (score := mean_score(answer)) is not None
    ]
    return min(known)[1] if known else None


def mean_score(answer: AnswerAssessment) -> float | None:
    """Mean of the scores of an answer's metrics; None where nothing of it has a score."""
    scores = [metric.score for metric in answer.metrics if metric.score is not None]
    return sum(scores) / len(scores) if scores else None


def answer_line(answer: AnswerAssessment, *, is_weakest: bool) -> Content:
    """A question in one line."""
    take = f" (take {answer.take})" if answer.take > 1 else ""
    text = answer.question or "Everything that was said"
    return Content.assemble(
        ("◂ weakest " if is_weakest else "", "$text-warning"),
        (f"{answer.index + 1}", "bold"),
        f"  {text}{take}",
    )


def answer_detail(answer: AnswerAssessment) -> Iterator[Content]:
    """Paragraphs about an answer: when, what was said, what was measured."""
    span = f"{clock(answer.start)}–{clock(answer.end)}"
    tone = f" · {answer.tone.value}" if answer.tone is not None else ""
    if answer.question is not None:
        yield Content.styled(answer.question, "bold")
    yield Content.styled(f"{span}{tone}", "$text-muted")
    said = " ".join(word.text for word in answer.words)
    yield Content(said) if said else Content.styled("Nothing was heard.", "$text-muted")
    yield metric_table([each for each in answer.metrics if each.value is not None])


def metric_table(metrics: Sequence[Metric]) -> Content:
    """Name, value, unit, what is usual, and the verdict in a word."""
    if not metrics:
        return Content("")
    widest = max(len(metric.label) for metric in metrics)
    heading = f"{'':<{widest}}  {'value':>{_VALUE}} {'':<{_UNIT}}{'usual':>{_USUAL}}"
    lines = [_metric(metric, widest) for metric in metrics]
    return Content("\n").join([Content.styled(heading, "$text-muted"), *lines])


def _metric(metric: Metric, widest: int) -> Content:
    value = metric.value
    shown = number(value, metric.unit) if isinstance(value, int | float) else str(value)
    usual = band_text(metric.band, metric.unit)
    return Content.assemble(
        (f"{metric.label:<{widest}}", family(metric.name)),
        f"  {shown:>{_VALUE}} ",
        (f"{metric.unit:<{_UNIT}}", "$text-muted"),
        (f"{usual:>{_USUAL}}  ", "$text-muted"),
        MARKS[metric.verdict],
    )


def unobserved(metrics: Sequence[Metric]) -> list[str]:
    """What was not observed, together for each reason, as sentences."""
    reasons: dict[str, list[str]] = {}
    for metric in metrics:
        if metric.value is None:
            reasons.setdefault(metric.not_observed or "no reason known", []).append(metric.label)
    return [
        sentence(f"not observed ({why}): {', '.join(labels).lower()}")
        for why, labels in reasons.items()
    ]
