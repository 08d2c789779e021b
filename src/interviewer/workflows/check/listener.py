"""Listens to the sound of a check: voice, room, clipping, and the sentence read aloud."""

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from interviewer.workflows.check.verdicts import Hint
from interviewer.workflows.conduct.ears import SOUND_RATE, Ears

if TYPE_CHECKING:
    from numpy.typing import NDArray

MUTED: Final = "No sound comes from the microphone: is it muted?"
SPEAK: Final = "Say a few words to try the microphone."
CLIPPING: Final = "Your voice clips: move back, or turn the microphone down."
QUIET: Final = "Your voice is too quiet: come nearer, or turn the microphone up."
NOISE: Final = "The room is loud: a quieter place or a headset helps."
GOOD: Final = "Your voice is clear."

CLIPPED: Final = 0.99
"""Share of full scale from which a sample counts as clipped."""

MANY_CLIPPED: Final = round(0.001 * SOUND_RATE)
"""Clipped samples that are worth a word: a millisecond in all."""

LEAST_VOICE: Final = -42.0
"""dBFS that the loudest parts of a voice should reach. ITU-T P.56 levels of speech lie around -26;
16 dB below that, a room's own noise comes close to the voice."""

CLEAR: Final = 15.0
"""dB by which a voice should stand out of the room: what ANSI/ASA S12.60 asks for where people are
to be understood. With less, white and pink noise moved the measured spectral balance of a voice by
2 dB and more, which is much against the 1.2 dB it usually varies by."""

_SPEECH: Final = 0.5
_NO_SPEECH: Final = 0.1
_SILENT: Final = -90.0  # dBFS; no microphone that is switched on is so quiet
_WINDOW: Final = 0.032
_ENOUGH_VOICE: Final = round(0.6 / _WINDOW)
_ENOUGH_ROOM: Final = round(1.0 / _WINDOW)
_REMEMBERED: Final = round(5.0 / _WINDOW)
_LATELY: Final = 3.0
"""Seconds for which clipping is remembered."""

_LONGEST: Final = 40.0
"""Seconds of reading that are kept at most."""

Levels = Sequence[float]


@dataclass(slots=True)
class Reading:
    """What was heard while the sentence was to be read; in memory only.

    Attributes:
        begins: Seconds of sound before it.
        windows: Samples at 16 kHz, full scale 1, each of shape (512,).
        probabilities: Of speech, one for each window.
        clipped: How many samples at 48 kHz were clipped.
    """

    begins: float
    windows: "list[NDArray[np.float32]]" = field(default_factory=list)
    probabilities: list[float] = field(default_factory=list)
    clipped: int = 0


class Listener:
    """Hears the microphone; writes nothing down."""

    def __init__(self) -> None:
        self._ears = Ears(self._heard)
        # Guards all below; told when time has gone on.
        self._changed = threading.Condition()
        self._given = 0
        self._reached = 0.0
        self._voice: deque[float] = deque(maxlen=_REMEMBERED)
        self._room: deque[float] = deque(maxlen=_REMEMBERED)
        self._last: deque[float] = deque(maxlen=round(2.0 / _WINDOW))
        self._clips: deque[tuple[float, int]] = deque(maxlen=1000)
        self._reading: Reading | None = None

    @property
    def problem(self) -> BaseException | None:
        """What stopped the ears; None while they hear."""
        return self._ears.problem

    def start(self) -> None:
        """Begin to listen."""
        self._ears.start()

    def hear(self, block: "NDArray[np.float32]") -> None:
        """Take the next samples, one channel at 48 kHz."""
        clipped = int(np.count_nonzero(np.abs(block) >= CLIPPED))
        with self._changed:
            self._given += len(block)
            if clipped:
                self._clips.append((self._given / SOUND_RATE, clipped))
                if self._reading is not None:
                    self._reading.clipped += clipped
        self._ears.put(block)

    def begin(self) -> None:
        """Keep what is heard from now on."""
        with self._changed:
            self._reading = Reading(self._given / SOUND_RATE)

    def end(self, patience: float = 10.0) -> Reading:
        """What was heard since `begin`; waits until the ears have heard all of it."""
        with self._changed:
            until = self._given / SOUND_RATE - 3 * _WINDOW  # the resampler holds some back
            self._changed.wait_for(
                lambda: self._reached >= until or self.problem is not None, patience
            )
            reading, self._reading = self._reading, None
            return reading if reading is not None else Reading(0.0)

    def hints(self) -> tuple[Sequence[Hint], Sequence[Hint]]:
        """What is wrong, the most important first, and what is right."""
        with self._changed:
            voice, room, last = tuple(self._voice), tuple(self._room), tuple(self._last)
            recent = self._given / SOUND_RATE - _LATELY
            clipped = sum(count for at, count in self._clips if at >= recent)
            is_full = len(last) == self._last.maxlen
        if is_full and max(last) <= _SILENT:
            return [Hint(MUTED)], []
        wrong = [Hint(CLIPPING)] if clipped >= MANY_CLIPPED else []
        if len(voice) < _ENOUGH_VOICE:
            return wrong or ([Hint(SPEAK)] if is_full else []), []
        if is_quiet(voice):
            wrong.append(Hint(QUIET))
        elif len(room) >= _ENOUGH_ROOM and clearness(voice, room) < CLEAR:
            wrong.append(Hint(NOISE))
        return wrong, [] if wrong else [Hint(GOOD, good=True)]

    def close(self) -> None:
        """Listen no more."""
        self._ears.finish(patience=1.0)

    def _heard(
        self, start: float, end: float, probability: float, window: "NDArray[np.float32]"
    ) -> None:
        level = level_of(window)
        with self._changed:
            self._last.append(level)
            if probability >= _SPEECH:
                self._voice.append(level)
            elif probability < _NO_SPEECH:
                self._room.append(level)
            reading = self._reading
            if reading is not None and reading.begins <= start < reading.begins + _LONGEST:
                reading.windows.append(window)
                reading.probabilities.append(probability)
            self._reached = end
            self._changed.notify_all()


def level_of(window: "NDArray[np.float32]") -> float:
    """Root mean square level in dB of full scale, at least -100."""
    power = float(np.mean(np.square(window, dtype=np.float64)))
    return max(-100.0, 10 * float(np.log10(max(power, 1e-10))))


def is_quiet(voice: Levels) -> bool:
    """Whether even the loudest twentieth of a voice's levels in dBFS is too quiet."""
    return float(np.percentile(voice, 95)) < LEAST_VOICE


def clearness(voice: Levels, room: Levels) -> float:
    """By how many dB a voice stands out of the room: vowels against the usual level without."""
    return float(np.percentile(voice, 75) - np.median(room))
