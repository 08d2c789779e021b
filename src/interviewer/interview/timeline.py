"""From the events of a session to the answers they bound."""

from dataclasses import dataclass

from interviewer.interview.documents.session import EventKind, Question, Session


@dataclass(frozen=True, slots=True)
class Answer:
    """The stretch of a recording in which one question was answered.

    Attributes:
        index: Position among the answers of the session, from 0.
        question: What was asked; None where the recording does not say.
        take: Which attempt at the question this is, from 1.
        start: Where the candidate may begin to speak, in seconds.
        end: Where the answer was over, in seconds.
        question_end: When the question had been asked, in seconds; None where that is unknown, and
            then no response latency can be observed.
    """

    index: int
    question: Question | None
    take: int
    start: float
    end: float
    question_end: float | None

    @property
    def duration(self) -> float:
        """Length of the stretch in seconds."""
        return max(0.0, self.end - self.start)


def answers_of(session: Session) -> tuple[Answer, ...]:
    """Read the answers off a session's events.

    An answer begins with `question_ended` (its end is then known) or `answer_started`, and ends
    with `answer_ended`, the next question, or the recording. A session without such events is one
    answer from start to end.
    """
    answers: list[Answer] = []
    opened: tuple[float, int | None, int, float | None] | None = None

    def close(at: float) -> None:
        nonlocal opened
        if opened is None:
            return
        start, index, take, question_end = opened
        question = session.questions[index] if index is not None else None
        answers.append(Answer(len(answers), question, take, start, max(start, at), question_end))
        opened = None

    for event in sorted(session.events, key=lambda event: event.time):
        match event.kind:
            case EventKind.QUESTION_ASKED | EventKind.ANSWER_ENDED:
                close(event.time)
            case EventKind.QUESTION_ENDED:
                close(event.time)
                opened = (event.time, event.question, event.take, event.time)
            case EventKind.ANSWER_STARTED:
                if opened is None:
                    opened = (event.time, event.question, event.take, None)
    close(session.recording.duration)
    if not answers:
        answers.append(Answer(0, None, 1, 0.0, session.recording.duration, None))
    return tuple(answers)


def boundaries_of(session: Session) -> tuple[float, ...]:
    """Times at which a segment must end, so that no segment spans two answers; ascending."""
    edges = {edge for answer in answers_of(session) for edge in (answer.start, answer.end)}
    return tuple(sorted(edge for edge in edges if 0 < edge < session.recording.duration))
