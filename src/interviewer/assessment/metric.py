"""How a metric is made: observed with its confidence and verdict, or with the reason why not."""

from collections.abc import Sequence
from typing import Final

from interviewer.assessment.norms import NORMS, curve_score, verdict_of
from interviewer.interview.documents.assessment import Band, Metric, Moment, Verdict

MOST_MOMENTS: Final = 12
TOO_LITTLE: Final = "too little speech"
NOT_COVERED: Final = "language not covered"

_DIGITS: Final = 3


def measured(
    name: str,
    value: float,
    amount: float,
    *,
    evidence: Sequence[Moment] = (),
    normed: bool = True,
    too_little: str = TOO_LITTLE,
) -> Metric:
    """A metric from the norms' table.

    Args:
        name: Of the metric.
        value: In its unit.
        amount: How much data it was measured on, as the table counts it.
        evidence: Moments that show it; the caller puts the most telling first.
        normed: False where the norm does not apply, such as to another language.
        too_little: Said instead of a value where `amount` is less than the table asks for.

    Returns:
        The metric; its confidence grows with `amount` up to 1.
    """
    norm = NORMS[name]
    value, amount = _tidy(value), _tidy(amount)
    if amount < norm.least:
        return missing(name, too_little)
    band = norm.band if normed else None
    score = curve_score(name, value) if normed else None
    return judged(
        name, value, min(1.0, amount / norm.enough), band=band, score=score, evidence=evidence
    )


def judged(
    name: str,
    value: float,
    confidence: float,
    *,
    band: Band | None = None,
    score: float | None = None,
    evidence: Sequence[Moment] = (),
) -> Metric:
    """A metric whose band or score does not come from the norms' table."""
    norm = NORMS[name]
    value = _tidy(value)
    score = None if score is None else _tidy(score)
    shown = sorted(evidence[:MOST_MOMENTS], key=lambda moment: (moment.start, moment.end))
    return Metric(
        name=name,
        label=norm.label,
        unit=norm.unit,
        value=value,
        band=band,
        verdict=verdict_of(value, band, score),
        score=score,
        confidence=_tidy(min(1.0, max(0.0, confidence))),
        evidence=tuple(shown),
    )


def _tidy(value: float) -> float:
    """Round in two steps, so that the last digits of a sum never decide."""
    return round(round(value, _DIGITS + 6), _DIGITS)


def labelled(name: str, value: str, confidence: float, evidence: Sequence[Moment] = ()) -> Metric:
    """A metric whose value is a word."""
    norm = NORMS[name]
    return Metric(
        name=name,
        label=norm.label,
        unit=norm.unit,
        value=value,
        confidence=round(confidence, _DIGITS),
        evidence=tuple(evidence[:MOST_MOMENTS]),
    )


def missing(name: str, reason: str) -> Metric:
    """A metric that was not observed; it takes no part in anything."""
    norm = NORMS[name]
    return Metric(
        name=name,
        label=norm.label,
        unit=norm.unit,
        value=None,
        band=norm.band,
        verdict=Verdict.NONE,
        not_observed=reason,
    )
