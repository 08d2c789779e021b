"""Where an interview stands, what can be done there, and what a step yields."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from interviewer.interview.documents.session import Event
from interviewer.interview.plan import Plan, PlannedQuestion

REPEAT_WITHIN: Final = 15.0
"""Seconds after the first voice in which the question can still be repeated.

Asking for it aloud starts an answer, so a repeat must be possible then; but it drops what was said,
so it must not be possible once an answer is well under way."""


LEAST: Final = 0.5
"""Share of the shortest good answer that there must be time for when a question is asked."""


class Phase(StrEnum):
    """What is going on."""

    READY = "ready"
    ASKING = "asking"
    THINKING = "thinking"
    ANSWERING = "answering"
    BETWEEN = "between"
    PAUSED = "paused"
    FINISHED = "finished"


class Action(StrEnum):
    """What the candidate commands, or the conductor of the interview reports."""

    START = "start"
    ASKED = "asked"
    """The question has been said to its end."""
    VOICE = "voice"
    """The candidate began to speak. During the question it means: talked over it."""
    DONE = "done"
    """The answer is over."""
    REPEAT = "repeat"
    """Ask the same question again within the same take."""
    REDO = "redo"
    """Ask the same question again for a new take."""
    SKIP = "skip"
    PROCEED = "proceed"
    """Leave the pause between questions: ask the next one, or finish."""
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    TICK = "tick"
    """Time has passed."""


class Signal(StrEnum):
    """What the clock says, once for each take or once for the interview."""

    QUESTION_NEARLY_OVER = "question_nearly_over"
    QUESTION_OVER = "question_over"
    TOTAL_NEARLY_OVER = "total_nearly_over"
    TOTAL_OVER = "total_over"


@dataclass(frozen=True, slots=True)
class Interview:
    """The whole state of an interview; all times are seconds on the recording's timeline.

    Attributes:
        plan: What is asked, and the time for it.
        phase: What is going on.
        time: The latest time that was heard of.
        event_time: Time of the latest event; no later event lies before it.
        started: When the interview began; None before.
        index: The question under way, or the last one, in the plan.
        take: Which attempt at it this is, from 1.
        question_end: When this take's question had been asked; None until then.
        voice: When the candidate first spoke in this take; None until then.
        paused_in: The phase that goes on after a pause; None outside a pause.
        given: Signals that need not be given again.
    """

    plan: Plan
    phase: Phase = Phase.READY
    time: float = 0.0
    event_time: float = 0.0
    started: float | None = None
    index: int = 0
    take: int = 1
    question_end: float | None = None
    voice: float | None = None
    paused_in: Phase | None = None
    given: frozenset[Signal] = frozenset()

    @property
    def current(self) -> PlannedQuestion:
        """The question under way, the last one, or before the start the first."""
        return self.plan.questions[self.index]

    @property
    def doing(self) -> Phase:
        """The phase, or the one that a pause interrupts."""
        return self.paused_in or self.phase

    @property
    def elapsed(self) -> float:
        """Seconds since the interview began."""
        return 0.0 if self.started is None else max(0.0, self.time - self.started)

    @property
    def remaining(self) -> float:
        """Seconds left of the whole interview; never negative."""
        return max(0.0, self.plan.seconds - self.elapsed)

    @property
    def answer_elapsed(self) -> float:
        """Seconds since this take's question had been asked; 0 while no answer is due."""
        if self.question_end is None or self.doing not in {Phase.THINKING, Phase.ANSWERING}:
            return 0.0
        return max(0.0, self.time - self.question_end)

    @property
    def upcoming(self) -> PlannedQuestion | None:
        """The question that follows.

        None after the last one, and when the time that is left would not do for half of the
        shortest good answer: a question is not asked only to be broken off.
        """
        if self.phase is Phase.FINISHED:
            return None
        if self.started is None:
            return self.plan.questions[0]
        following = self.index + 1
        if following >= len(self.plan.questions):
            return None
        asked = self.plan.questions[following].asked
        needed = asked.asking + LEAST * asked.target.low
        return self.plan.questions[following] if self.remaining >= needed else None


@dataclass(frozen=True, slots=True)
class Step:
    """What an action led to.

    Attributes:
        interview: The state after it.
        events: To be appended to the session, in this order.
        signals: What the clock says now.
    """

    interview: Interview
    events: tuple[Event, ...] = ()
    signals: tuple[Signal, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """An action that is not possible now; nothing has changed.

    Attributes:
        action: What was asked for.
        phase: What is going on.
        possible: What can be done instead.
    """

    action: Action
    phase: Phase
    possible: tuple[Action, ...]

    @property
    def message(self) -> str:
        """One sentence for a person."""
        others = [action.value for action in self.possible if action is not Action.TICK]
        now = f"possible now: {', '.join(others)}" if others else "nothing more is possible"
        return f"{self.action.value} is not possible while {_WHILE[self.phase]}; {now}."


_WHILE: Final = {
    Phase.READY: "the interview has not begun",
    Phase.ASKING: "the question is being asked",
    Phase.THINKING: "the answer has not begun",
    Phase.ANSWERING: "an answer is under way",
    Phase.BETWEEN: "no question is under way",
    Phase.PAUSED: "the interview is paused",
    Phase.FINISHED: "the interview is over",
}

_POSSIBLE: Final[dict[Phase, tuple[Action, ...]]] = {
    Phase.READY: (Action.START, Action.STOP, Action.TICK),
    Phase.ASKING: (
        *(Action.ASKED, Action.VOICE, Action.REPEAT),
        *(Action.SKIP, Action.PAUSE, Action.STOP, Action.TICK),
    ),
    Phase.THINKING: (
        *(Action.VOICE, Action.DONE, Action.REPEAT, Action.REDO),
        *(Action.SKIP, Action.PAUSE, Action.STOP, Action.TICK),
    ),
    Phase.ANSWERING: (
        *(Action.VOICE, Action.DONE, Action.REPEAT, Action.REDO),
        *(Action.SKIP, Action.PAUSE, Action.STOP, Action.TICK),
    ),
    Phase.BETWEEN: (Action.PROCEED, Action.REDO, Action.PAUSE, Action.STOP, Action.TICK),
    Phase.PAUSED: (Action.RESUME, Action.STOP, Action.TICK),
    Phase.FINISHED: (),
}


def possible(interview: Interview) -> tuple[Action, ...]:
    """What can be done now.

    When the total time is over, no question is begun again. Long into an answer, the question is
    not repeated, because a repetition drops what was said before it.
    """
    spoken = interview.time - interview.voice if interview.voice is not None else 0.0
    late = interview.phase is Phase.ANSWERING and spoken > REPEAT_WITHIN
    over = interview.started is not None and interview.remaining <= 0
    gone = {Action.REPEAT} if late else set()
    gone |= {Action.REDO} if over else set()
    return tuple(action for action in _POSSIBLE[interview.phase] if action not in gone)
