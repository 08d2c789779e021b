"""From the metrics and scores of an assessment to the rows that show them."""

from collections.abc import Sequence
from typing import Final

from interviewer.assessment.norms import GOOD_FROM, WATCH_FROM
from interviewer.interview.documents.assessment import (
    AnswerAssessment,
    Band,
    Metric,
    Score,
    Verdict,
)
from interviewer.report.change_view import ChangeView
from interviewer.report.moments import moment_views
from interviewer.report.palette import colour_of
from interviewer.report.view import MetricView, PartView, ScoreView
from interviewer.report.wording import (
    NOT_OBSERVED,
    band_text,
    confidence_word,
    in_minutes,
    listed,
    number,
    quantity,
)

_UNKNOWN: Final = "nothing was measured"


def reason_of(value: object, not_observed: str | None) -> str:
    """Why there is no value, as a clause; empty where there is one."""
    if value is not None:
        return ""
    return (not_observed or _UNKNOWN).strip().rstrip(".")


def sources_of(metrics: Sequence[Metric]) -> tuple[str, ...]:
    """Who says what is usual, each once, in the order of the metrics."""
    named = (metric.band.source.strip() for metric in metrics if metric.band)
    return tuple(dict.fromkeys(source for source in named if source))


def metric_view(
    metric: Metric, answers: Sequence[AnswerAssessment] = (), sources: Sequence[str] = ()
) -> MetricView:
    """One metric as a row, with links to the moments that show it.

    Args:
        metric: The metric.
        answers: Where its moments may lie.
        sources: The numbered list in which its source is looked up.
    """
    band = metric.band
    edges = (band.low, band.high) if band else (None, None)
    unit, value = metric.unit, None
    measured = metric.value if isinstance(metric.value, float | int) else None
    minutes = in_minutes(metric.unit, measured, *edges)
    if measured is not None:
        value, unit = quantity(measured, metric.unit, minutes=minutes)
    elif metric.value is not None:
        value = str(metric.value)
    elif minutes:
        unit = "min"
    if unit and metric.label.endswith(unit):
        unit = ""
    observed = metric.value is not None
    return MetricView(
        name=metric.name,
        label=metric.label,
        colour=colour_of(metric.name).name,
        value=value,
        unit=unit,
        usual=band_text(band, metric.unit, minutes=minutes),
        source=_position(sources, band),
        verdict=metric.verdict if observed else Verdict.NONE,
        confidence=confidence_word(metric.confidence) if observed else "",
        reason=reason_of(metric.value, metric.not_observed),
        moments=moment_views(answers, metric.evidence),
    )


def _position(sources: Sequence[str], band: Band | None) -> int:
    source = band.source.strip() if band else ""
    return sources.index(source) + 1 if source in sources else 0


def absence_notes(rows: Sequence[MetricView | ScoreView]) -> list[str]:
    """A sentence for each reason why some rows were not observed."""
    absent: dict[str, list[str]] = {}
    for row in rows:
        if row.value is None:
            absent.setdefault(row.reason, []).append(row.label)
    return [f"{listed(names)}: {NOT_OBSERVED}, {why}." for why, names in absent.items()]


def score_notes(scores: Sequence[ScoreView]) -> tuple[str, ...]:
    """What must be known to read the scores: which were not observed and why, which are unsure."""
    notes = absence_notes(scores)
    unsure = [score.label for score in scores if score.confidence == "low"]
    if unsure:
        notes.append(f"{listed(unsure)}: measured on little, so read it as a hint.")
    return tuple(notes)


def score_view(score: Score, labels: dict[str, str], change: ChangeView | None = None) -> ScoreView:
    """One score as a row.

    Args:
        score: The score.
        labels: What a person reads, by the name of a metric or score.
        change: Since last time; None where there is nothing to compare.
    """
    total = sum(part.weight for part in score.parts)
    parts = tuple(
        PartView(
            label=labels.get(part.metric, part.metric.replace("_", " ")),
            score=number(round(part.score)),
            share=f"{100 * part.weight / total:.0f}" if total else "0",
        )
        for part in score.parts
    )
    return ScoreView(
        name=score.name,
        label=score.label,
        colour=colour_of(score.name).name,
        value=score.value,
        verdict=score_verdict(score.value),
        confidence=confidence_word(score.confidence) if score.value is not None else "",
        reason=reason_of(score.value, score.not_observed),
        parts=parts,
        change=change,
    )


def score_verdict(value: float | None) -> Verdict:
    """How a score reads."""
    if value is None:
        return Verdict.NONE
    if value >= GOOD_FROM:
        return Verdict.GOOD
    return Verdict.WATCH if value >= WATCH_FROM else Verdict.ACT
