"""From a comparison with earlier attempts to what the report shows of it."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from interviewer.assessment.comparison import Comparison
from interviewer.assessment.progress import FEWEST_EARLIER, Change, usual_reach
from interviewer.interview.documents.assessment import Assessment, Metric
from interviewer.interview.documents.session import Session
from interviewer.report.change_view import (
    SAME,
    ChangedView,
    ChangeView,
    ComparisonView,
    Reading,
    TrendView,
)
from interviewer.report.palette import colour_of
from interviewer.report.wording import (
    counted,
    counted_in_words,
    day_text,
    difference,
    domain_name,
    in_minutes,
    listed,
    points,
    quantity,
)

_MOST_ROWS: Final = 6
_LARGEST_SCORE: Final = 100.0


@dataclass(frozen=True, slots=True)
class _Row:
    """A measure with its change, and how large that is."""

    metric: Metric
    change: Change
    size: float
    judged: bool


def comparison_view(
    session: Session, assessment: Assessment, comparison: Comparison
) -> ComparisonView:
    """Everything the report shows of a comparison."""
    rows = _ranked(assessment.metrics, comparison)
    shown = rows[:_MOST_ROWS]
    zone = session.created_at.tzinfo
    days = [day_text(attempt.created_at.astimezone(zone)) for attempt in comparison.earlier]
    changes = [*comparison.scores, *comparison.metrics]
    return ComparisonView(
        since=days[0],
        first=days[-1],
        lead=_lead(session, days),
        notes=(*_missed(assessment, comparison), *_notes(session, comparison)),
        told=any(change.beyond_noise is not None for change in changes),
        trends=_trends(assessment, comparison),
        rows=tuple(_changed(row) for row in shown),
        rest=_rest(rows, shown),
    )


def score_change(change: Change) -> ChangeView | None:
    """The change of a score in points; None where there is nothing to compare."""
    if change.value is None or change.previous is None:
        return None
    step = round(change.value) - round(change.previous)
    return ChangeView(
        text=points(step) if step else SAME,
        rises=step > 0,
        reading=reading_of(change) if step else _calm(change),
        better=step > 0 if step else None,
    )


def reading_of(change: Change) -> Reading:
    """What a change says of itself."""
    if change.beyond_noise is None:
        return Reading.UNKNOWN
    return Reading.BEYOND if change.beyond_noise else Reading.WITHIN


def _calm(change: Change) -> Reading:
    """A change that is not seen is not called one."""
    return Reading.UNKNOWN if change.usual_spread is None else Reading.WITHIN


def _lead(session: Session, days: Sequence[str]) -> str:
    place = f" in {domain_name(session.domain)}" if session.domain else ""
    if len(days) == 1:
        return f"This attempt against your earlier one{place}, of {days[0]}."
    when = f"all of {days[0]}" if days[0] == days[-1] else f"from {days[-1]} to {days[0]}"
    return f"This attempt against your {len(days)} earlier ones{place}, {when}."


def _notes(session: Session, comparison: Comparison) -> Iterator[str]:
    count = len(comparison.earlier)
    if count < FEWEST_EARLIER:
        missing = counted_in_words(FEWEST_EARLIER - count, "more attempt")
        yield (
            "These are plain differences, and everybody varies a little from one attempt to the "
            f"next. After {missing} a real change can be told from that."
        )
    else:
        yield (
            "Of twenty measures that did not change, about one lies beyond the usual ups and downs "
            "by chance, so trust what shows up again. A change within them may still be real."
        )
    others = sum(attempt.level != session.level for attempt in comparison.earlier)
    if others:
        whose = f"{others} of the {count} earlier attempts" if count > 1 else "The earlier attempt"
        yield f"{whose} had questions of another level."
    if session.candidate is None:
        yield "These attempts name nobody; they are taken to be one person's."


def _missed(assessment: Assessment, comparison: Comparison) -> Iterator[str]:
    """Which scores have their change not since last time, but since some time before."""
    changed = {change.name for change in comparison.scores if change.delta is not None}
    newest = comparison.earlier[0].scores
    labels = [
        score.label
        for score in assessment.scores
        if score.name in changed and newest.get(score.name) is None
    ]
    if labels:
        yield f"{listed(labels)}: not observed last time; the change is since it last was."


def _trends(assessment: Assessment, comparison: Comparison) -> tuple[TrendView, ...]:
    changes = {change.name: change for change in comparison.scores}
    ordered = sorted(assessment.scores, key=lambda score: score.name != "overall")
    trends = []
    for score in ordered:
        before = [attempt.scores.get(score.name) for attempt in comparison.earlier]
        if score.value is None and all(value is None for value in before):
            continue
        trends.append(
            TrendView(
                name=score.name,
                label=score.label,
                colour=colour_of(score.name).name,
                values=(*reversed(before), score.value),
                expected=_expected([value for value in before if value is not None]),
                change=score_change(changes[score.name]),
            )
        )
    return tuple(trends)


def _expected(before: Sequence[float]) -> tuple[float, float] | None:
    """Where a score would lie by its usual ups and downs alone; `before` is newest first."""
    reach = usual_reach(before)
    if reach is None:
        return None
    return max(0.0, before[0] - reach), min(_LARGEST_SCORE, before[0] + reach)


def _ranked(metrics: Sequence[Metric], comparison: Comparison) -> list[_Row]:
    """The measures whose change can be seen, the largest first.

    A change is as large as it is in units of the usual change; where that is not known, of the
    usual range, and those come after. Bare counts are left out: they grow with the time spoken.
    """
    changes = {change.name: change for change in comparison.metrics}
    rows = []
    for metric in metrics:
        change = changes.get(metric.name)
        if change is None or change.value is None or change.previous is None or not metric.unit:
            continue
        if not difference(change.value, change.previous, metric.unit):
            continue
        size, judged = _size(metric, change)
        if size is not None:
            rows.append(_Row(metric, change, size, judged))
    return sorted(rows, key=lambda row: (not row.judged, -row.size))


def _size(metric: Metric, change: Change) -> tuple[float | None, bool]:
    delta = abs(change.delta or 0.0)
    if change.usual_spread:
        return delta / change.usual_spread, True
    if metric.band is None:
        return None, False
    edges = [edge for edge in (metric.band.low, metric.band.high) if edge is not None]
    width = max(edges) - min(edges) if len(edges) > 1 else abs(edges[0]) if edges else 0.0
    return (delta / width if width else math.inf), False


def _changed(row: _Row) -> ChangedView:
    metric, change = row.metric, row.change
    value, previous = change.value or 0.0, change.previous or 0.0
    unit = metric.unit
    minutes = in_minutes(unit, value, previous)
    now, shown_unit = quantity(value, unit, minutes=minutes)
    spread = change.usual_spread
    return ChangedView(
        label=metric.label,
        colour=colour_of(metric.name).name,
        unit=shown_unit,
        before=quantity(previous, unit, minutes=minutes)[0],
        now=now,
        change=ChangeView(
            text=difference(value, previous, unit),
            rises=value > previous,
            reading=reading_of(change),
            better=_better(change),
        ),
        usual="" if spread is None else f"\N{PLUS-MINUS SIGN}{quantity(spread, unit)[0]}",
        best="" if change.best is None else quantity(change.best, unit, minutes=minutes)[0],
    )


def _better(change: Change) -> bool | None:
    """Whether it is now nearer to the best than it was; None where better has no direction."""
    if change.best is None or change.value is None or change.previous is None:
        return None
    return abs(change.value - change.best) < abs(change.previous - change.best)


def _rest(rows: Sequence[_Row], shown: Sequence[_Row]) -> str:
    if not rows:
        return "No measure changed."
    if len(shown) < len(rows):
        return f"{counted(len(rows) - len(shown), 'further measure')} changed less."
    return ""
