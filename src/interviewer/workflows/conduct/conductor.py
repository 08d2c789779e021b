"""Leads the interview: the states of `interview/`, with a voice, ears and a journal.

It knows no device and no clock: sound comes in windows that carry their time on the recording, and
without a microphone somebody tells it what time it is.
"""

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Protocol

from interviewer.errors import InterviewerError
from interviewer.interview.documents.session import Event, EventKind, Question, Session
from interviewer.interview.listening import Ended, Listener, Onset, Unanswered
from interviewer.interview.machine import advance
from interviewer.interview.plan import Plan
from interviewer.interview.state import Action, Interview, Phase, Refusal, Signal, Step
from interviewer.interview.timeline import boundaries_of
from interviewer.workflows.conduct.asking import Asker, Asking
from interviewer.workflows.conduct.told import Told, safely

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BREATH: Final = 1.2
"""Seconds from the end of an answer to the next question, where silence has ended it."""

TIME_FOR_A_KEY: Final = 3.0
"""The same where the candidate has ended it: time to ask for another take."""

OVERTIME: Final = 60.0
"""Seconds beyond the chosen time that an answer under way is given, where nobody sits at a key."""

_IN_ANSWER: Final = (Phase.THINKING, Phase.ANSWERING)


class Follower(Protocol):
    """Is told when questions are asked: a simulated candidate, who waits for them."""

    def asked(self, question: Question, at: float, until: float) -> None:
        """The asking begins, and will take until about then."""

    def question_over(self, at: float) -> None:
        """The question has been asked."""


class Keeper(Protocol):
    """Keeps what happened."""

    def add(self, events: Sequence[Event]) -> None:
        """Keep events; they are safe when this returns."""


class Conductor:
    """An interview under way. Everything may be called from any thread.

    Args:
        plan: What is asked.
        begun: The session as far as it is known before it begins.
        keeper: Keeps the events.
        asker: Asks the questions.
        told: Hears what happens.
        follower: Told when questions are asked; None for nobody.
        has_ears: Whether `hear` will be called; without it answers end by the clock.
        automatic: Whether silence ends an answer; otherwise only the candidate does.
        patience: Seconds of silence that end an answer of good length.

    Attributes:
        finished: Set when no more is asked.
        problem: What ended the interview early; None where nothing did.
        asker: Asks the questions.
    """

    def __init__(
        self,
        plan: Plan,
        begun: Session,
        keeper: Keeper,
        asker: Asker,
        told: Told,
        *,
        follower: Follower | None = None,
        has_ears: bool = True,
        automatic: bool = True,
        patience: float = 5.0,
    ) -> None:
        self.finished = threading.Event()
        self.problem: InterviewerError | None = None
        self.asker = asker
        self._lock = threading.RLock()
        self._state = Interview(plan)
        self._session = begun
        self._keeper = keeper
        self._told = told
        self._follower = follower
        self._has_ears = has_ears
        self._automatic = automatic
        self._listener = Listener(patience)
        self._asking: Asking | None = None
        self._next_at = 0.0
        asker.prepare(plan.questions[0])

    @property
    def interview(self) -> Interview:
        """Where it stands."""
        return self._state

    def do(self, action: Action, now: float) -> Step | Refusal:
        """Do one thing at a time on the recording, in seconds; see `machine.advance`."""
        with self._lock:
            if self.problem is not None:
                return Refusal(action, self._state.phase, ())
            step = advance(self._state, action, now)
            if isinstance(step, Refusal):
                return step
            before, self._state = self._state, step.interview
            try:
                self._keeper.add(step.events)
            except InterviewerError as error:
                self._fail(error)
                return step
            self._session = self._session.model_copy(
                update={"events": (*self._session.events, *step.events)}
            )
            for event in step.events:
                self._react(event, before)
            for signal in step.signals:
                self._signalled(signal)
            if self._state.phase is Phase.FINISHED and not self.finished.is_set():
                stopped = any(event.kind is EventKind.STOPPED for event in step.events)
                safely(self._told.finished, self._state, not stopped)
                self.finished.set()
            return step

    def hear(
        self, start: float, end: float, probability: float, window: "NDArray[np.float32]"
    ) -> None:
        """Take the next window of the microphone, then do what has become due."""
        with self._lock:
            match self._state.phase:
                case Phase.ASKING if self._asking is not None:
                    self._listener.hear(start, end, probability)
                    since = self._asking.hear(start, end, probability, window)
                    if since is not None:
                        self._asking.stop()
                        self.do(Action.VOICE, since)
                        self.do(Action.ASKED, since)
                case Phase.THINKING | Phase.ANSWERING:
                    self._listen(start, end, probability)
                case _:
                    self._listener.hear(start, end, probability)
            self.tick(end)

    def tick(self, now: float) -> None:
        """Do what has become due by a time on the recording, in seconds."""
        with self._lock:
            self.do(Action.TICK, now)
            phase = self._state.phase
            if phase is Phase.ASKING and self._asking is not None:
                asked = self._asking.ended(now)
                if asked is not None:
                    self.do(Action.ASKED, asked)
            elif phase is Phase.BETWEEN and now >= self._next_at:
                self.do(Action.PROCEED, now)
            elif self._automatic:
                self._move_on(now)

    def mute(self, *, on: bool) -> None:
        """Switch the voice off or on; what is being said falls silent, and is still shown."""
        with self._lock:
            self.asker.muted = on
            if on and self._asking is not None:
                self._asking.stop()

    def settled(self, now: float) -> tuple[float, tuple[float, ...]]:
        """What is certain about the recording so far.

        Args:
            now: The time on the recording, in seconds.

        Returns:
            A time before which nothing will be found to have happened any more, and all times
            before it at which an answer begins or ends.
        """
        with self._lock:
            until = max(self._state.event_time, min(now, self._undecided(now)))
            recording = self._session.recording.model_copy(update={"duration": until})
            so_far = self._session.model_copy(update={"recording": recording})
            return until, boundaries_of(so_far)

    def _undecided(self, now: float) -> float:
        if self._state.phase is Phase.ASKING and self._asking is not None:
            return self._asking.settled(now)
        if self._state.phase in _IN_ANSWER and self._has_ears:
            return self._listener.settled(now)
        return now

    def _listen(self, start: float, end: float, probability: float) -> None:
        match self._listener.hear(start, end, probability):
            case Onset(time=time):
                self.do(Action.VOICE, time)
            case Ended(time=time) if self._automatic:
                self.do(Action.DONE, time)
            case Unanswered(time=time) if self._automatic:
                self.do(Action.SKIP, time)
            case _:
                pass

    def _move_on(self, now: float) -> None:
        """Where nobody sits at a key, the clock ends what would not end by itself."""
        state = self._state
        if state.started is None or state.phase not in _IN_ANSWER:
            return
        if state.elapsed > state.plan.seconds + OVERTIME:
            self.do(Action.STOP, now)
        elif state.remaining <= 0 and state.phase is Phase.THINKING:
            self.do(Action.SKIP if self._has_ears else Action.DONE, now)
        elif not self._has_ears and state.answer_elapsed >= state.current.seconds:
            self.do(Action.DONE, now)

    def _react(self, event: Event, before: Interview) -> None:
        state = self._state
        match event.kind:
            case EventKind.QUESTION_ASKED | EventKind.QUESTION_REPEATED:
                self._ask(event.time)
            case EventKind.QUESTION_ENDED:
                band = state.current.asked.target
                self._listener.begin(event.time, band.low, band.high, voice_since=before.voice)
                self._asking = None
                if self._follower is not None:
                    self._follower.question_over(event.time)
                if state.upcoming is not None:
                    self.asker.prepare(state.upcoming)
                safely(self._told.awaiting, state)
            case EventKind.ANSWER_STARTED:
                safely(self._told.answering, state)
            case EventKind.ANSWER_ENDED:
                self._rest(event.time)
                asked_at = before.question_end if before.question_end is not None else event.time
                safely(self._told.answered, before, max(0.0, event.time - asked_at))
            case EventKind.QUESTION_SKIPPED:
                self._rest(event.time)
                safely(self._told.skipped, before)
            case EventKind.STOPPED | EventKind.PAUSED:
                self._rest(event.time)
            case EventKind.RESUMED if state.phase is Phase.ASKING:
                self._ask(event.time)
            case _:
                pass

    def _ask(self, at: float) -> None:
        if self._asking is not None:
            self._asking.stop()
        self._listener.rest()
        safely(self._told.asking, self._state)
        self._asking = self.asker.ask(self._state.current, at)
        if self._follower is not None:
            self._follower.asked(self._state.current.question, at, self._asking.until)

    def _rest(self, at: float) -> None:
        if self._asking is not None:
            self._asking.stop()
            self._asking = None
        self._listener.rest()
        self._next_at = at + (BREATH if self._automatic else TIME_FOR_A_KEY)

    def _signalled(self, signal: Signal) -> None:
        safely(self._told.signalled, self._state, signal)

    def _fail(self, error: InterviewerError) -> None:
        """Without a journal the interview cannot be led safely: it ends here."""
        if self.problem is None:
            self.problem = error
        if self._asking is not None:
            self._asking.stop()
        self.finished.set()
