"""From one state of an interview to the next: no clock, no device, only what it is told."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from interviewer.interview.documents.session import Event, EventKind
from interviewer.interview.state import (
    Action,
    Interview,
    Phase,
    Refusal,
    Signal,
    Step,
    possible,
)

NEARLY: Final = 0.8
"""Share of a time at which its end is announced."""

_PER_TAKE: Final = frozenset({Signal.QUESTION_NEARLY_OVER, Signal.QUESTION_OVER})
_IN_ANSWER: Final = (Phase.THINKING, Phase.ANSWERING)
_IN_QUESTION: Final = (Phase.ASKING, *_IN_ANSWER)


def advance(interview: Interview, action: Action, time: float) -> Step | Refusal:
    """Do one thing.

    Args:
        interview: The state before it.
        action: What was commanded or reported.
        time: When, in seconds on the recording's timeline, which stands still during a pause. It
            may lie before an earlier tick, because a voice is noticed after it began; what would
            lie before the latest event is taken to happen at that event.

    Returns:
        The step, or a refusal that says what is possible.

    Raises:
        ValueError: The time is not a finite number from 0 on.
    """
    if not (math.isfinite(time) and time >= 0):
        raise ValueError(f"{time} is not a time on a recording")
    now = max(time, interview.event_time)
    moved = replace(interview, time=max(now, interview.time))
    allowed = possible(moved)
    if action not in allowed:
        return Refusal(action, interview.phase, allowed)
    step = _DO[action](moved, now)
    if not step.events:
        return step
    return replace(step, interview=replace(step.interview, event_time=step.events[-1].time))


def _start(interview: Interview, now: float) -> Step:
    return _ask(replace(interview, started=now), 0, 1, now)


def _proceed(interview: Interview, now: float) -> Step:
    """Ask the next question; without one, or without time for one, the interview is over."""
    if interview.upcoming is None:
        return Step(replace(interview, phase=Phase.FINISHED))
    return _ask(interview, interview.index + 1, 1, now)


def _ask(interview: Interview, index: int, take: int, now: float) -> Step:
    asking = replace(
        interview,
        phase=Phase.ASKING,
        index=index,
        take=take,
        question_end=None,
        voice=None,
        given=interview.given - _PER_TAKE,
    )
    return Step(asking, (_event(asking, EventKind.QUESTION_ASKED, now),))


def _asked(interview: Interview, now: float) -> Step:
    """End the question; who talked over it is answering already."""
    ended = _event(interview, EventKind.QUESTION_ENDED, now)
    if interview.voice is None:
        return Step(replace(interview, phase=Phase.THINKING, question_end=now), (ended,))
    answering = replace(interview, phase=Phase.ANSWERING, question_end=now, voice=now)
    return Step(answering, (ended, _event(answering, EventKind.ANSWER_STARTED, now)))


def _voice(interview: Interview, now: float) -> Step:
    """Begin the answer; a voice during the question waits for its end, a later one is no news."""
    match interview.phase:
        case Phase.ASKING if interview.voice is None:
            return Step(replace(interview, voice=now))
        case Phase.THINKING:
            answering = replace(interview, phase=Phase.ANSWERING, voice=now)
            return Step(answering, (_event(answering, EventKind.ANSWER_STARTED, now),))
        case _:
            return Step(interview)


def _answered(interview: Interview, now: float) -> Step:
    event = _event(interview, EventKind.ANSWER_ENDED, now)
    return Step(replace(interview, phase=Phase.BETWEEN), (event,))


def _repeat(interview: Interview, now: float) -> Step:
    again = replace(
        interview,
        phase=Phase.ASKING,
        question_end=None,
        voice=None,
        given=interview.given - _PER_TAKE,
    )
    return Step(again, (_event(again, EventKind.QUESTION_REPEATED, now),))


def _redo(interview: Interview, now: float) -> Step:
    """Close the take if something was said in it, and ask again for the next one."""
    closing = _closing(interview, now)
    asking = _ask(interview, interview.index, interview.take + 1, now)
    redone = _event(asking.interview, EventKind.ANSWER_REDONE, now)
    return Step(asking.interview, (*closing, redone, *asking.events))


def _stop(interview: Interview, now: float) -> Step:
    closing = _closing(interview, now)
    stopped = _event(interview, EventKind.STOPPED, now)
    finished = replace(interview, phase=Phase.FINISHED, paused_in=None)
    return Step(finished, (*closing, stopped))


def _closing(interview: Interview, now: float) -> tuple[Event, ...]:
    return _answered(interview, now).events if interview.doing is Phase.ANSWERING else ()


def _skip(interview: Interview, now: float) -> Step:
    event = _event(interview, EventKind.QUESTION_SKIPPED, now)
    return Step(replace(interview, phase=Phase.BETWEEN), (event,))


def _pause(interview: Interview, now: float) -> Step:
    paused = replace(interview, phase=Phase.PAUSED, paused_in=interview.phase)
    return Step(paused, (_event(interview, EventKind.PAUSED, now),))


def _resume(interview: Interview, now: float) -> Step:
    """Go on where the pause began; a question that was being asked is then said again."""
    going_on = replace(interview, phase=interview.doing, paused_in=None)
    return Step(going_on, (_event(interview, EventKind.RESUMED, now),))


def _tick(interview: Interview, _now: float) -> Step:
    """Say what has become due; an answer under way is never cut off."""
    if interview.started is None or interview.phase is Phase.PAUSED:
        return Step(interview)
    due = _due(
        Signal.TOTAL_NEARLY_OVER, Signal.TOTAL_OVER, interview.elapsed, interview.plan.seconds
    )
    if interview.phase in _IN_ANSWER:
        due |= _due(
            Signal.QUESTION_NEARLY_OVER,
            Signal.QUESTION_OVER,
            interview.answer_elapsed,
            interview.current.seconds,
        )
    fresh = tuple(signal for signal in Signal if signal in due - interview.given)
    return Step(replace(interview, given=interview.given | due), signals=fresh)


def _due(nearly: Signal, over: Signal, elapsed: float, limit: float) -> frozenset[Signal]:
    if elapsed >= limit:
        return frozenset({nearly, over})
    return frozenset({nearly}) if elapsed >= NEARLY * limit else frozenset()


def _event(interview: Interview, kind: EventKind, now: float) -> Event:
    if interview.doing not in _IN_QUESTION:
        return Event(time=now, kind=kind)
    return Event(time=now, kind=kind, question=interview.index, take=interview.take)


_DO: Final[dict[Action, Callable[[Interview, float], Step]]] = {
    Action.START: _start,
    Action.ASKED: _asked,
    Action.VOICE: _voice,
    Action.DONE: _answered,
    Action.REPEAT: _repeat,
    Action.REDO: _redo,
    Action.SKIP: _skip,
    Action.PROCEED: _proceed,
    Action.PAUSE: _pause,
    Action.RESUME: _resume,
    Action.STOP: _stop,
    Action.TICK: _tick,
}
