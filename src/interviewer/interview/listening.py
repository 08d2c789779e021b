"""Turn-taking by ear: when an answer began, and when it is over.

An interview without a screen has only the voice to go by. Ending an answer too early costs the
candidate the rest of it and their calm; ending it late costs seconds. So silence is judged with
patience, by how much has been said:

- Less than 3 s of voice ("hmm, good question") is an opening, not an answer: 2 x patience.
- Until the answer has the length of a good one (`low`): 1.5 x patience. Who has said little is
  thinking.
- From `low` to `high` the silence needed falls from 1.5 to 1 x patience: the longer the answer, the
  likelier it is complete.
- Beyond `high`: 0.7 x patience. All has been said, and the person waits.
- Who has paused long before and gone on is given 1.25 times that pause, at most 1.5 x patience: how
  long people pause is a habit of the person (Goldman-Eisler, Psycholinguistics, 1968).

With the default of 5 s, somebody who thinks for 6 s in the middle of an answer is not cut off, and
somebody who is done waits 3.5 to 7.5 s. Silence alone cannot tell the two apart: pauses within a
turn are as long as gaps between turns (Heldner & Edlund, J. Phonetics 38, 2010), and teachers who
wait 3 s and more get longer and better answers (Rowe, J. Teacher Education 37, 1986).
"""

from collections import deque
from dataclasses import dataclass
from typing import Final

ENTER: Final = 0.5
LEAVE: Final = 0.35
"""Hysteresis of the speech probability: the published defaults of Silero VAD."""

BRIDGE: Final = 0.1
"""Seconds of silence inside a run of voice: the shortest silence of Silero's defaults."""

SHORTEST: Final = 0.2
"""Seconds of voice that count as speech; a click or a short cough has less. An "um" has more, and
holds the turn."""

CARRIED: Final = 0.4
"""The same for a run that was under way when the question ended: its beginning is the interviewer's
last word, which the detector lets go of up to 0.3 s late."""

TRAIL: Final = 0.6
"""Seconds kept after the last voice, so that a breath or a weak last consonant is not cut off."""

OPENING: Final = 3.0
"""Seconds of voice up to which an answer has only been opened."""

MEMORY: Final = 5.0
"""Seconds of windows remembered: the end of a question is known some time after it."""

_IN_OPENING, _BELOW, _ABOVE = 2.0, 1.5, 0.7
_OWN_PAUSE: Final = 1.25


@dataclass(frozen=True, slots=True)
class Onset:
    """The candidate began to speak.

    Attributes:
        time: Where the voice began on the recording, in seconds; earlier than it was noticed.
    """

    time: float


@dataclass(frozen=True, slots=True)
class Ended:
    """The answer is over.

    Attributes:
        time: The last voice and `TRAIL` after it, in seconds; earlier than it was decided.
    """

    time: float


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Nobody began to speak.

    Attributes:
        time: When waiting was given up, in seconds.
    """

    time: float


Heard = Onset | Ended | Unanswered


@dataclass(slots=True)
class _Run:
    """A run of voice that is under way.

    Attributes:
        start: Where it began.
        end: Where its last window with voice ended.
        voiced: Seconds of voice in it.
        needed: Seconds of voice that make it speech.
        loud: Whether the last window had voice.
    """

    start: float
    end: float
    voiced: float
    needed: float
    loud: bool = True

    @property
    def is_speech(self) -> bool:
        return self.voiced >= self.needed


@dataclass(slots=True)
class _Awaited:
    """The answer that is awaited or under way.

    Attributes:
        since: Where it may begin.
        low: Shortest good answer in seconds.
        high: Longest good answer in seconds.
        onset: Where it began; None before.
        last: The end of its last voice.
        voiced: Seconds of voice in it.
        pause: Its longest pause after which it went on.
    """

    since: float
    low: float
    high: float
    onset: float | None
    last: float
    voiced: float = 0.0
    pause: float = 0.0


class Listener:
    """Hears when an answer begins and when it has ended.

    Args:
        patience: Seconds of silence that end an answer of good length; see the module.
        unanswered: Seconds after the question in which somebody must have begun to speak.

    Raises:
        ValueError: The patience is too short to keep `TRAIL` seconds after the voice.
    """

    def __init__(self, patience: float = 5.0, unanswered: float = 45.0) -> None:
        if patience * _ABOVE <= TRAIL:
            raise ValueError(f"a patience of {patience} s ends answers within words")
        self._patience = patience
        self._unanswered = unanswered
        self._awaited: _Awaited | None = None
        self._run: _Run | None = None
        self._carried = False
        self._position = 0.0
        self._memory: deque[tuple[float, float, float]] = deque()
        self._news: deque[Heard] = deque()

    def begin(
        self, time: float, low: float, high: float, *, voice_since: float | None = None
    ) -> None:
        """Await an answer.

        Windows heard already that lie after `time`, up to `MEMORY` seconds of them, are heard
        again, so it does no harm to learn late that the question had ended.

        Args:
            time: The question's end; no `Onset` lies before it.
            low: Shortest good answer in seconds.
            high: Longest good answer in seconds.
            voice_since: Where the candidate began to talk over the question. The answer is then
                under way, and no `Onset` will be heard.
        """
        spoken = 0.0 if voice_since is None else max(0.0, time - voice_since)
        self._awaited = _Awaited(time, low, high, voice_since, time, spoken)
        self._news.clear()
        self._run = None
        self._carried = False
        for window in self._memory:
            self._follow(*window)

    def hear(self, start: float, end: float, probability: float) -> Heard | None:
        """Hear the next window.

        Args:
            start: Where it begins on the recording, in seconds.
            end: Where it ends; windows come in order of time.
            probability: Of speech in it, 0 to 1.

        Returns:
            What has become clear now; None where nothing has.
        """
        # Rounding may let a window begin a hair before the end of the one before it.
        start = max(start, self._position)
        self._memory.append((start, end, probability))
        while self._memory[0][1] < end - MEMORY:
            self._memory.popleft()
        self._position = end
        self._follow(start, end, probability)
        return self._news.popleft() if self._news else None

    def settled(self, now: float) -> float:
        """Up to where everything is decided.

        Args:
            now: The recording's length so far, in seconds.

        Returns:
            Seconds on the recording: until the next `begin`, nothing will be heard of with a time
            before this.
        """
        if self._news:
            return min(now, self._news[0].time)
        awaited = self._awaited
        if awaited is None:
            return now
        if awaited.onset is not None:
            return min(now, awaited.last + TRAIL)
        undecided = self._run.start if self._run is not None else self._position
        return min(now, max(undecided, awaited.since))

    def rest(self) -> None:
        """Await nothing; windows are still remembered for the next `begin`."""
        self._awaited = None
        self._run = None
        self._news.clear()

    def _follow(self, start: float, end: float, probability: float) -> None:
        awaited = self._awaited
        if awaited is None:
            return
        if end <= awaited.since:
            self._carried = probability >= LEAVE
            return
        self._extend(awaited, max(start, awaited.since), end, probability)
        if self._run is not None and self._run.is_speech:
            self._voice(awaited, self._run)
        elif self._run is None:
            self._silence(awaited, end)

    def _extend(self, awaited: _Awaited, start: float, end: float, probability: float) -> None:
        """Begin, lengthen or end the run of voice."""
        run = self._run
        if run is None:
            if probability >= ENTER:
                carried = self._carried and start == awaited.since
                self._run = _Run(start, end, end - start, CARRIED if carried else SHORTEST)
            return
        run.loud = probability >= (LEAVE if run.loud else ENTER)
        if run.loud:
            run.voiced += end - start
            run.end = end
        elif end - run.end >= BRIDGE:
            self._run = None

    def _voice(self, awaited: _Awaited, run: _Run) -> None:
        """Count what the run has added to the answer."""
        if awaited.onset is None:
            awaited.onset = run.start
            awaited.last = run.start
            self._news.append(Onset(run.start))
        if run.start > awaited.last:
            awaited.pause = max(awaited.pause, run.start - awaited.last)
        awaited.voiced += run.end - max(run.start, awaited.last)
        awaited.last = run.end

    def _silence(self, awaited: _Awaited, end: float) -> None:
        """Give up waiting when the silence has lasted long enough."""
        if awaited.onset is None:
            if end - awaited.since >= self._unanswered:
                self._close(Unanswered(awaited.since + self._unanswered))
        elif end - awaited.last >= self._allowed(awaited, awaited.onset):
            self._close(Ended(awaited.last + TRAIL))

    def _close(self, heard: Heard) -> None:
        self._news.append(heard)
        self._awaited = None
        self._run = None

    def _allowed(self, awaited: _Awaited, onset: float) -> float:
        """Seconds of silence that end the answer; see the module for the reasons."""
        if awaited.voiced < OPENING:
            return _IN_OPENING * self._patience
        length = awaited.last - onset
        if length < awaited.low:
            return _BELOW * self._patience
        if length > awaited.high:
            base = _ABOVE
        else:
            done = (length - awaited.low) / max(awaited.high - awaited.low, 1e-9)
            base = _BELOW + (1.0 - _BELOW) * done
        own = min(_OWN_PAUSE * awaited.pause, _BELOW * self._patience)
        return max(base * self._patience, own)
