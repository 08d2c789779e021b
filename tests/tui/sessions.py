"""Sessions that were measured, by hand."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from interviewer.assessment.comparison import Attempt, compared
from interviewer.history.rows import SessionRow
from interviewer.interview.documents.assessment import (
    AnswerAssessment,
    Assessment,
    Band,
    Finding,
    Metric,
    Moment,
    Score,
    TimelineData,
    TranscriptWord,
    Verdict,
)
from interviewer.tui.backstage import Reviewed

WHEN = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
QUESTIONS = (
    "Your churn model scores 0.97 AUC in validation and 0.71 in production. What do you do?",
    "How would you explain a [bold]confidence interval[/] to a product manager?",
)


def metric(value, score, name="words_per_minute", label="Pace"):
    return Metric(
        name=name,
        label=label,
        unit="wpm",
        value=value,
        band=Band(low=120, high=185, source="own"),
        verdict=Verdict.GOOD if value else Verdict.NONE,
        score=score,
        not_observed=None if value else "nobody spoke",
    )


def answer(index, score, text="So I would look first"):
    words = [
        TranscriptWord(text=word, start=10 * index + n, end=10 * index + n + 0.5, probability=0.9)
        for n, word in enumerate(text.split())
    ]
    return AnswerAssessment(
        index=index,
        question=QUESTIONS[index],
        take=1,
        start=10.0 * index,
        end=10.0 * index + 9,
        question_end=10.0 * index,
        words=tuple(words),
        metrics=(metric(150.0 + index, score),),
    )


FINDINGS = (
    Finding(
        kind="improve",
        metric="fillers",
        title="Replace fillers by silence",
        text="You used 4.1 per 100 words; usual is up to 3.5.",
        exercise="Close your mouth and breathe in.",
        moments=(
            Moment(start=65, end=66, quote="um [x]", note="filler"),
            Moment(start=71, end=74, note="pause of 2.8 s"),
        ),
    ),
    Finding(kind="strength", metric="pace", title="A steady pace", text="154 wpm is usual."),
)


def assessment(*, scores=None, answers=None, findings=FINDINGS):
    values = scores or {"overall": 71.0, "eye_contact": None}
    labels = {"overall": "Overall", "eye_contact": "Eye contact"}
    return Assessment(
        session="s-now",
        title="Data science",
        duration=372,
        language="en",
        verdict="You kept a steady pace; work next on fillers.",
        scores=tuple(
            Score(
                name=name,
                label=labels[name],
                value=value,
                not_observed=None if value is not None else "no camera",
            )
            for name, value in values.items()
        ),
        metrics=(metric(154.0, 90.0), metric(None, None, "eye_contact_share", "Looks")),
        answers=(answer(0, 80.0), answer(1, 40.0)) if answers is None else answers,
        findings=findings,
        timeline=TimelineData(),
    )


def reviewed(folder=Path("/nowhere"), *, earlier=0, **options):
    made = assessment(**{k: options.pop(k) for k in ("answers", "findings") if k in options})
    attempts = [
        Attempt(
            f"s{back}", "Earlier", WHEN - timedelta(days=back), {"overall": 60.0 + back % 2}, {}
        )
        for back in range(1, earlier + 1)
    ]
    return Reviewed(made, compared(made, attempts), folder, **options)


def rows(count, domain="ds"):
    """Newest first; overall rises by 2 points from 50, every third has no eye contact."""
    found = [
        SessionRow(
            id=f"s{number}",
            title=f"Session {number} [b]",
            created_at=WHEN + timedelta(days=number),
            duration=900.0,
            domain=domain,
            level="hard",
            candidate="Ada",
            language="en",
            folder=Path(f"/nowhere/{number}"),
            answers=5,
            assessment_version=1,
            scores={"overall": 50.0 + 2 * number, "eye_contact": None if number % 3 == 0 else 40.0},
        )
        for number in range(count)
    ]
    return tuple(found[::-1])
