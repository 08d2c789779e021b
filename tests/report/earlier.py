"""Hand-made attempts before a case, one every four days."""

from datetime import timedelta

from interviewer.assessment.comparison import Attempt, compared


def attempt(case, back, *, scores=None, metrics=None, level="hard"):
    """The attempt `back` times before a case: its values, moved."""
    known = {score.name: score.value for score in case.assessment.scores}
    numbers = {
        metric.name: metric.value
        for metric in case.assessment.metrics
        if not isinstance(metric.value, str)
    }
    return Attempt(
        id=f"before-{back}",
        title=f"Attempt <b>{back}</b>",
        created_at=case.session.created_at - timedelta(days=4 * back),
        scores=known | (scores or {}),
        metrics=numbers | (metrics or {}),
        level=level,
    )


def attempts(case, count):
    """Eye contact was lower and fillers were more, by far; everything else went up and down."""
    return [
        attempt(
            case,
            back,
            scores={
                score.name: score.value and score.value + (3, -2, 4, -5)[back % 4]
                for score in case.assessment.scores
            }
            | ({"eye_contact": 15.0 + back % 3} if _seen(case) else {}),
            metrics={"fillers_per_100_words": 9.0 + 0.2 * (back % 3), "pitch_level": 180.0 + back},
        )
        for back in range(1, count + 1)
    ]


def comparison(case, count):
    return compared(case.assessment, attempts(case, count))


def _seen(case):
    return any(s.name == "eye_contact" and s.value is not None for s in case.assessment.scores)
