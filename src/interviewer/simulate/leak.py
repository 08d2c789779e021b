"""What the interviewer's loudspeaker leaves on the candidate's microphone."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from interviewer.simulate.sound import RATE, SPEECH_LEVEL_DB, resampled, speech_level

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SIXTY_DB: Final = 3.0
"""60 dB are three powers of ten of the amplitude: RT60 is the time of such a decay (ISO 3382)."""
_CUT_FADE: Final = RATE // 400


@dataclass(frozen=True, slots=True)
class Leak:
    """The way from the loudspeaker to the microphone.

    Attributes:
        level_db: Level against the candidate's speech, which is at `SPEECH_LEVEL_DB`.
        delay: Seconds from the moment that something is played to its arrival: the sound card's
            buffers and the way through the air.
        decay: Reverberation time RT60 of the room in seconds; 0 for none.
    """

    level_db: float = -20.0
    delay: float = 0.12
    decay: float = 0.3


@dataclass(slots=True)
class _Said:
    """Something said: its first sample on the microphone, dry and as it arrives there."""

    first: int
    dry: "NDArray[np.float32]"
    heard: "NDArray[np.float32]"


class Loudspeaker:
    """All that is said, as it arrives at the microphone; times in seconds of the recording.

    It is not safe for threads: whoever has several of them locks.

    Args:
        leak: The way of the sound.
        seed: Of the room's reverberation.
    """

    def __init__(self, leak: Leak, seed: int) -> None:
        self._delay = round(leak.delay * RATE)
        self._level = 10 ** ((SPEECH_LEVEL_DB + leak.level_db) / 20)
        self._room = _room(leak.decay, seed)
        self._said: list[_Said] = []

    def arriving(self, samples: "NDArray[np.float32]", rate: int) -> "Arriving":
        """Work out how something will sound at the microphone; this takes a moment.

        Args:
            samples: Mono, shape (n,), at any level.
            rate: Their samples per second.
        """
        dry = resampled(np.asarray(samples, dtype=np.float32).reshape(-1), rate)
        present = speech_level(_convolved(dry, self._room)[: dry.size])
        if present == 0:
            return Arriving(dry[:0], dry[:0])
        dry = dry * np.float32(self._level / present)
        return Arriving(dry, _convolved(dry, self._room))

    def play(self, arriving: "Arriving", at: float, now: int) -> None:
        """Say something from a moment on; what would have arrived before `now` is not heard.

        Args:
            arriving: What is said.
            at: When it is played.
            now: Samples that the microphone has given already.
        """
        first = round(at * RATE) + self._delay
        self._said = [said for said in self._said if said.first + said.heard.size > now]
        heard = arriving.heard
        missed = min(heard.size, max(0, now - first))
        if missed:
            heard = heard.copy()
            heard[:missed] = 0
            fade = heard[missed : missed + _CUT_FADE]
            fade *= np.linspace(0, 1, fade.size, dtype=np.float32)
        self._said.append(_Said(first, arriving.dry, heard))

    def hush(self, at: float, now: int) -> None:
        """Say nothing more from a moment on; the room goes on to sound for its time.

        Args:
            at: When playing stops.
            now: Samples that the microphone has given already: they stay as they are.
        """
        stop = max(round(at * RATE) + self._delay, now + _CUT_FADE)
        for said in self._said:
            cut = max(0, stop - said.first)
            if cut < said.dry.size:
                said.dry, said.heard = self._cut(said, cut)

    def sound(self, start: int, count: int) -> "NDArray[np.float32]":
        """What arrives, shape (count,), from the sample `start` on."""
        total = np.zeros(count, dtype=np.float32)
        for said in self._said:
            first = max(start, said.first)
            last = min(start + count, said.first + said.heard.size)
            if first < last:
                part = said.heard[first - said.first : last - said.first]
                total[first - start : last - start] += part
        return total

    def _cut(self, said: _Said, cut: int) -> "tuple[NDArray[np.float32], NDArray[np.float32]]":
        # A room answers only to what was before: nothing changes ahead of the fade.
        fade = min(_CUT_FADE, cut)
        dry = said.dry[:cut].copy()
        dry[cut - fade :] *= np.linspace(1, 0, fade, dtype=np.float32)
        kept = cut - fade
        since = max(0, kept - self._room.size)
        rest = _convolved(dry[since:], self._room)[kept - since :]
        return dry, np.concatenate([said.heard[:kept], rest])


@dataclass(frozen=True, slots=True)
class Arriving:
    """Something to be said, at the level of the microphone: dry, and with the room."""

    dry: "NDArray[np.float32]"
    heard: "NDArray[np.float32]"


def _room(decay: float, seed: int) -> "NDArray[np.float32]":
    """A room's response: the direct sound, then noise that falls by 60 dB in `decay` seconds.

    Direct sound and reverberation are equally strong, as they are at the critical distance; that
    is where a loudspeaker a step or two away stands in a furnished room.
    """
    size = round(decay * RATE)
    if size == 0:
        return np.ones(1, dtype=np.float32)
    time = np.arange(size) / RATE
    tail = np.random.default_rng(seed).standard_normal(size) * 10 ** (-_SIXTY_DB * time / decay)
    tail[0] = 0
    tail /= np.sqrt(np.sum(tail**2))
    tail[0] = 1
    return tail.astype(np.float32)


def _convolved(
    samples: "NDArray[np.float32]", response: "NDArray[np.float32]"
) -> "NDArray[np.float32]":
    """The full convolution, shape (samples + response - 1,), by way of the spectrum."""
    if samples.size == 0:
        return samples
    size = samples.size + response.size - 1
    length = 1 << (size - 1).bit_length()
    spectrum = np.fft.rfft(samples, length) * np.fft.rfft(response, length)
    heard: NDArray[np.float32] = np.fft.irfft(spectrum, length)[:size].astype(np.float32)
    return heard
