"""From the events of a session to the answers they bound."""

from dataclasses import dataclass, replace

from interviewer.interview.documents.session import Event, EventKind, Question, Session


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


@dataclass(frozen=True, slots=True)
class _Open:
    """An answer whose end has not been met yet."""

    start: float
    question: int | None
    take: int
    question_end: float | None
    voiced: bool

    def closed(self, index: int, at: float, session: Session) -> Answer:
        question = session.questions[self.question] if self.question is not None else None
        end = max(self.start, at)
        return Answer(index, question, self.take, self.start, end, self.question_end)


def answers_of(session: Session) -> tuple[Answer, ...]:
    """Read the answers off a session's events.

    An answer begins with `question_ended` (its end is then known) or `answer_started`, and ends
    with `answer_ended`, the next question, or the recording. Where the question is repeated, the
    answer begins anew with the end of the repetition. A skipped question gives no answer; nor does
    one at which nothing had been said when it was asked anew for another take, or when the
    interview was stopped. A session without events is one answer from start to end.
    """
    answers: list[Answer] = []
    opened: _Open | None = None
    for event in sorted(session.events, key=lambda event: event.time):
        if opened is not None and _closes(event.kind, opened):
            answers.append(opened.closed(len(answers), event.time, session))
        opened = _after(event, opened)
    if opened is not None:
        answers.append(opened.closed(len(answers), session.recording.duration, session))
    if not session.events:
        answers.append(Answer(0, None, 1, 0.0, session.recording.duration, None))
    return tuple(answers)


def _closes(kind: EventKind, opened: _Open) -> bool:
    """Whether an event ends the open answer, rather than going on with it or dropping it."""
    match kind:
        case EventKind.QUESTION_ASKED | EventKind.QUESTION_ENDED | EventKind.ANSWER_ENDED:
            return True
        case EventKind.ANSWER_REDONE | EventKind.STOPPED:
            return opened.voiced
        case _:
            return False


def _after(event: Event, opened: _Open | None) -> _Open | None:
    """What is open after an event."""
    match event.kind:
        case EventKind.QUESTION_ENDED:
            return _Open(event.time, event.question, event.take, event.time, voiced=False)
        case EventKind.ANSWER_STARTED:
            begun = opened or _Open(event.time, event.question, event.take, None, voiced=True)
            return replace(begun, voiced=True)
        case EventKind.PAUSED | EventKind.RESUMED:
            return opened
        case _:
            return None


def boundaries_of(session: Session) -> tuple[float, ...]:
    """Times at which a segment must end, so that no segment spans two answers; ascending.

    A boundary, once there, stays whatever happens later: an answer that is dropped, because its
    question is asked again, keeps its edges. So what was cut during an interview need not be cut
    anew after it.
    """
    edges: set[float] = set()
    opened: _Open | None = None
    for event in sorted(session.events, key=lambda event: event.time):
        after = _after(event, opened)
        closes = opened is not None and (after is None or _closes(event.kind, opened))
        if closes or (opened is None and after is not None):
            edges.add(event.time)
        opened = after
    return tuple(sorted(edge for edge in edges if 0 < edge < session.recording.duration))
