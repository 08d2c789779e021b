"""How a question is asked: shown and given the time to be read, or said aloud."""

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Protocol

from interviewer.interview.listening import Listener, Onset
from interviewer.interview.plan import PlannedQuestion
from interviewer.workflows.conduct.ears import RATE, Resampler

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from interviewer.capture.leak import Leak
    from interviewer.capture.speaker import Saying, Speaker
    from interviewer.capture.voices import Voice

    Samples = NDArray[np.float32]

UNDECIDED: Final = 2.6
"""Seconds after which it is clear whether a candidate talked over a question that is said aloud."""

log = logging.getLogger(__name__)


class Asking(Protocol):
    """One question being asked; used by one thread at a time."""

    until: float
    """When it will have been asked, as far as is known, in seconds on the recording."""

    def hear(self, start: float, end: float, probability: float, window: "Samples") -> float | None:
        """Take the next window of the microphone.

        Returns:
            When the candidate began to talk over the question; None as long as nobody does.
        """

    def ended(self, now: float) -> float | None:
        """When the question had been asked; None while it is not yet."""

    def settled(self, now: float) -> float:
        """No talking over the question will be found to have begun before this time."""

    def stop(self) -> None:
        """Fall silent."""


class Shown:
    """A question that is only shown.

    Args:
        at: When it appeared.
        seconds: Time to read it.
    """

    def __init__(self, at: float, seconds: float) -> None:
        self.until = at + seconds
        self._listener = Listener()
        self._listener.begin(at, 0.0, 0.0)

    def hear(self, start: float, end: float, probability: float, window: "Samples") -> float | None:  # noqa: ARG002
        """Nobody else speaks, so any voice is the candidate's."""
        heard = self._listener.hear(start, end, probability)
        return heard.time if isinstance(heard, Onset) else None

    def ended(self, now: float) -> float | None:
        """The time to read it is over."""
        return self.until if now >= self.until else None

    def settled(self, now: float) -> float:
        """The time of the last window without voice."""
        return min(self._listener.settled(now), self.until)

    def stop(self) -> None:
        """There is nothing to stop."""


class Said:
    """A question that is said aloud, and perhaps heard by the microphone.

    Args:
        at: When it began.
        seconds: How long it takes.
        saying: The sound on its way.
        leak: Hears the candidate through it.
        latency: Seconds from handing sound over to hearing it.
    """

    def __init__(
        self, at: float, seconds: float, saying: "Saying", leak: "Leak", latency: float
    ) -> None:
        self.until = at + seconds + latency
        self._at = at
        self._saying = saying
        self._leak = leak
        self._latency = latency

    def hear(self, start: float, end: float, probability: float, window: "Samples") -> float | None:  # noqa: ARG002
        """What is not the interviewer's own voice is the candidate's."""
        self._leak.feed(window, start, probability)
        return self._leak.over

    def ended(self, now: float) -> float | None:
        """The sound has been played and has died away in the room."""
        if not self._saying.done.is_set():
            return None
        away = self._leak.end(self._latency)
        return away if now >= away else None

    def settled(self, now: float) -> float:
        """Some time ago: talking over is recognised late."""
        return max(self._at, now - UNDECIDED)

    def stop(self) -> None:
        """Fall silent within some hundredths of a second."""
        self._saying.stop()


class Asker(Protocol):
    """Asks questions.

    Attributes:
        muted: Whether questions are only shown, though they could be said.
    """

    muted: bool
    position: Callable[[], float] | None
    """Tells the time on the recording, once there is one; the ears are a little behind it."""

    def prepare(self, planned: PlannedQuestion) -> None:
        """Make ready to ask a question soon; returns at once."""

    def ask(self, planned: PlannedQuestion, at: float) -> Asking:
        """Begin to ask.

        Args:
            planned: The question.
            at: Now, in seconds on the recording.
        """

    def close(self) -> None:
        """Ask no more."""


class ShowingAsker:
    """Leaves the showing to whoever listens to the interview, and counts the time to read."""

    muted = True
    position: Callable[[], float] | None = None

    def prepare(self, planned: PlannedQuestion) -> None:
        """Nothing has to be made ready."""

    def ask(self, planned: PlannedQuestion, at: float) -> Asking:
        """Give as much time as saying it would take: people read at their own pace."""
        return Shown(at, planned.asked.asking)

    def close(self) -> None:
        """There is nothing to close."""


class SpeakingAsker:
    """Says the questions.

    Args:
        voice: Who speaks.
        speaker: Through what.
        leak: Makes what hears the candidate through a question, from the question's samples at
            16 kHz and the time at which it began.
        noted: Told once, in a sentence, if a question could not be said.
    """

    def __init__(
        self,
        voice: "Voice",
        speaker: "Speaker",
        leak: "Callable[[Samples, float], Leak]",
        noted: Callable[[str], None],
    ) -> None:
        self._voice = voice
        self._speaker = speaker
        self._leak = leak
        self._noted = noted
        self.muted = False
        self.position: Callable[[], float] | None = None
        self._has_noted = False
        self._lock = threading.Lock()
        self._made: dict[str, tuple[Samples, int]] = {}

    def prepare(self, planned: PlannedQuestion) -> None:
        """Make the sound on a thread of its own."""
        threading.Thread(target=self._sound, args=(planned,), name="voice", daemon=True).start()

    def ask(self, planned: PlannedQuestion, at: float) -> Asking:
        """Say it; where that fails, or is not wanted, it is only shown."""
        if self.muted:
            return Shown(at, planned.asked.asking)
        sound = self._sound(planned)
        if sound is None or not sound[0].size:
            return Shown(at, planned.asked.asking)
        samples, rate = sound
        reference = Resampler(rate, RATE)(samples)
        begun = at if self.position is None else max(at, self.position())
        saying = self._speaker.say(samples, rate)
        leak = self._leak(reference, begun)
        if saying.done.is_set():
            self._note_once("The loudspeaker is gone; the questions are only shown.")
            return Shown(at, planned.asked.asking)
        return Said(begun, len(samples) / rate, saying, leak, self._speaker.latency)

    def close(self) -> None:
        """Give the loudspeaker back."""
        self._speaker.close()

    def _note_once(self, sentence: str) -> None:
        if not self._has_noted:
            self._has_noted = True
            self._noted(sentence)

    def _sound(self, planned: PlannedQuestion) -> "tuple[Samples, int] | None":
        """The question as sound, made once; None where it cannot be made."""
        text = planned.asked.said
        with self._lock:
            if text not in self._made:
                try:
                    samples = self._voice.say(text)
                except Exception as error:  # noqa: BLE001 - a voice that fails must not end it
                    log.warning("a question could not be said: %s", error)
                    self._note_once("The voice failed; the questions are only shown.")
                    return None
                self._made = {text: (samples, self._voice.sample_rate)}
            return self._made[text]
