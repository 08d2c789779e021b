"""Session folders with known content."""

from datetime import UTC, datetime, timedelta

from interviewer.interview.documents.assessment import (
    AnswerAssessment,
    Assessment,
    Metric,
    Score,
    TimelineData,
)
from interviewer.interview.documents.session import (
    Event,
    EventKind,
    Question,
    Recording,
    Session,
)

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def session_of(identity="one", *, at=NOON, hours=0, domain="ds", level="easy", candidate=None):
    return Session(
        id=identity,
        title=f"Title of {identity}",
        created_at=at + timedelta(hours=hours),
        candidate=candidate,
        domain=domain,
        level=level,
        recording=Recording(
            path="recording.mp4", sha256="0" * 64, duration=60.0, has_audio=True, has_video=True
        ),
        questions=(Question(id="q1", text="Why?"), Question(id="q2", text="How?")),
        events=(
            Event(time=2.0, kind=EventKind.QUESTION_ENDED, question=0),
            Event(time=20.0, kind=EventKind.ANSWER_ENDED, question=0),
            Event(time=25.0, kind=EventKind.QUESTION_ENDED, question=1),
            Event(time=50.0, kind=EventKind.ANSWER_ENDED, question=1),
        ),
    )


def metric_of(name, value, *, unit="", score=None, confidence=0.5):
    return Metric(
        name=name, label=name.title(), unit=unit, value=value, score=score, confidence=confidence
    )


def assessment_of(session, *, overall=70.0, pace=140.0, title=None):
    answer = AnswerAssessment(
        index=0,
        question="Why?",
        question_id="q1",
        take=2,
        start=2.0,
        end=20.0,
        question_end=2.0,
        first_voice=None,
        words=(),
        metrics=(
            metric_of("words_per_minute", 150.0, unit="wpm", score=90.0),
            metric_of("fillers", 3.0),
        ),
    )
    return Assessment(
        session=session.id,
        title=title or session.title,
        duration=60.0,
        language="en",
        verdict="Fine.",
        scores=(
            Score(name="overall", label="Overall", value=overall, confidence=0.8),
            Score(name="tone_stability", label="Tone stability", value=None),
        ),
        metrics=(
            metric_of("words_per_minute", pace, unit="wpm", score=95.0, confidence=0.9),
            metric_of("tone_stability", 41.0, unit="%"),
            metric_of("tone", "calm"),
            metric_of("smile_share", None),
        ),
        answers=(answer,),
        findings=(),
        timeline=TimelineData(),
    )


def write_folder(home, session, assessment=None):
    folder = home / "sessions" / session.id
    folder.mkdir(parents=True)
    (folder / "session.json").write_text(session.model_dump_json())
    if assessment:
        (folder / "assessment.json").write_text(assessment.model_dump_json())
    return folder
