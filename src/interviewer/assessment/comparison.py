"""A session against the earlier attempts of the same candidate in the same domain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from interviewer.assessment.progress import Change, compare, direction_of
from interviewer.interview.documents.assessment import Assessment


@dataclass(frozen=True, slots=True)
class Attempt:
    """An earlier session as a comparison needs it.

    Attributes:
        id: The session's id.
        title: What a person calls it.
        created_at: When it was recorded, with its offset from UTC.
        scores: Name of each score to its value, 0 to 100; None where it was not observed.
        metrics: Name of each metric that is a number to its value, in the metric's unit; None
            where it was not observed.
        level: Level of its questions, if any.
    """

    id: str
    title: str
    created_at: datetime
    scores: Mapping[str, float | None]
    metrics: Mapping[str, float | None]
    level: str | None = None

    @property
    def observed(self) -> bool:
        """Whether there is anything to compare with."""
        return any(value is not None for value in (*self.scores.values(), *self.metrics.values()))


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed.

    Attributes:
        earlier: What was compared with, newest first.
        scores: One change per score, in the order of the assessment.
        metrics: One change per metric whose value is a number or was not observed, in the order
            of the assessment.
    """

    earlier: tuple[Attempt, ...]
    scores: tuple[Change, ...]
    metrics: tuple[Change, ...]


def compared(assessment: Assessment, earlier: Sequence[Attempt]) -> Comparison | None:
    """Compare an assessment with earlier attempts.

    Args:
        assessment: Of the session in question.
        earlier: Attempts before it, newest first; those in which nothing was observed are left out.

    Returns:
        The changes; None where there is nothing to compare with.
    """
    before = tuple(attempt for attempt in earlier if attempt.observed)
    if not before:
        return None
    numbers = {
        metric.name: metric.value
        for metric in assessment.metrics
        if not isinstance(metric.value, str)
    }
    return Comparison(
        earlier=before,
        scores=tuple(
            compare(
                {score.name: score.value for score in assessment.scores},
                [attempt.scores for attempt in before],
            )
        ),
        metrics=tuple(
            compare(
                numbers,
                [attempt.metrics for attempt in before],
                {metric.name: direction_of(metric.band) for metric in assessment.metrics},
            )
        ),
    )
