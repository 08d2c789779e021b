"""Hearing a candidate through the interviewer's own voice.

Without headphones the microphone hears the question too. What is being said is known, so it can be
told what of the sound the question explains: from when on (the lag of the best correlation), how
loud (a gain for each band of frequency), and for how long (the room's decay). A voice that lies in
many bands clearly above that is the candidate's.

Energies are compared, and no waveform is subtracted as in an echo canceller: they need no time to
converge, and bear a loudspeaker that distorts and clocks that drift.
"""

from typing import TYPE_CHECKING, Final

import numpy as np

from interviewer.capture.echo import (
    ABOVE,
    DECAY_SECONDS,
    EARLIEST,
    LATEST,
    RATE,
    TINY,
    band_energies,
    explain,
    find_delay,
    placed,
    reverberant,
    smoothed,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LOOK_EVERY: Final = 8
"""Windows between two searches for the delay (0.26 s)."""
_JUDGE_EVERY: Final = 3
"""Windows between two judgements (0.1 s), to save time."""
_LOOK_BACK: Final = 156
"""Windows that a search looks at (5 s): clocks that differ by 100 ppm drift 0.5 ms in it."""
_SURE: Final = LATEST + 0.6
"""Seconds of question after which a leak would have been found; until then a voice may be it."""

_VOICE: Final = 0.5
"""Speech probability of a voice: Silero's published threshold."""
_NOISE_QUANTILE: Final = 0.1
_NOISE_MARGIN: Final = 2.0
"""A low quantile of noise lies below its mean (minimum statistics, Martin, 2001)."""

# Measured with real speakers over a synthetic voice in synthetic rooms: the share of bands that are
# not explained is at most 0.04 on average over a leak alone, also of a loudspeaker that distorts;
# when a candidate who is as loud as the leak speaks too, it is 0.1 to 0.3.
_ENOUGH: Final = 0.06
_FAINT: Final = 0.04
"""For a single window less is enough, where the mean is."""
_CLEAR: Final = 0.2
"""Share from which on a voice stands out by itself."""
_FEW, _MANY = 3, 7
"""Windows over which the share is smoothed, where the voice is clear and where it is not."""
_LOUD: Final = 0.4
"""More counts no more: the moment between two words of the question must not speak for all."""

_PATTERNS: Final = ((30, 24), (62, 40))
"""Windows of a voice among the last ones: 0.77 s within 0.96 s, or 1.28 s within 2 s with a pause.
A backchannel ("mhm", "okay") or a cough is shorter."""
_REACH: Final = 70
"""Windows back in which the beginning is looked for (2.2 s)."""
_DRIFT: Final = 0.4
"""Share of the latest mean that a window must exceed to speak for the candidate."""

_FADE_DB: Final = 20.0
"""A leak this far below its level is not taken for a voice any more."""


class Leak:
    """Hears a candidate through the interviewer's own voice.

    Args:
        reference: What is being said, mono at 16 kHz, shape `(n,)`.
        started: Recording time at which it was handed to the speaker, in seconds.
    """

    def __init__(self, reference: "NDArray[np.float32]", started: float) -> None:
        self._reference = np.asarray(reference, dtype=np.float32)
        self._started = started
        self._shape = reverberant(self._reference)
        self._sound: list[NDArray[np.float32]] = []
        self._starts: list[float] = []
        self._energies: list[NDArray[np.float64]] = []
        self._voiced: list[bool] = []
        self._delay: float | None = None
        self._clarity = 0.0
        self._over: float | None = None

    @property
    def over(self) -> float | None:
        """Recording time at which the candidate began to talk over the question, in seconds.

        None as long as nobody does; once decided it stays. A voice that begins after the question
        is not over it.
        """
        return self._over

    @property
    def delay(self) -> float | None:
        """Seconds from handing over to the microphone; None while unknown or nothing leaks."""
        return self._delay

    def feed(self, samples: "NDArray[np.float32]", start: float, probability: float) -> None:
        """Hear the next window.

        Args:
            samples: Of the microphone, mono at 16 kHz, shape `(WINDOW,)`.
            start: Their recording time in seconds.
            probability: Of speech in them, 0 to 1.
        """
        if start < self._started + EARLIEST:
            return
        self._sound.append(samples)
        self._starts.append(start)
        self._energies.append(band_energies(samples[np.newaxis])[0])
        self._voiced.append(probability >= _VOICE)
        if len(self._sound) % _LOOK_EVERY == 0:
            self._look()
        if self._over is None and len(self._sound) % _JUDGE_EVERY == 0:
            self._judge()

    def end(self, latency: float) -> float:
        """When the question has died away on the microphone.

        Args:
            latency: Seconds from handing over to the loudspeaker, used where nothing leaks.

        Returns:
            Recording time in seconds; later calls may know better.
        """
        length = len(self._reference) / RATE
        if self._delay is None:
            return self._started + length + latency
        return self._started + length + self._delay + self._fading()

    def _look(self) -> None:
        """Search for the delay; a clearer find replaces an earlier one."""
        sound = np.concatenate(self._sound[-_LOOK_BACK:])
        begin = self._starts[-min(_LOOK_BACK, len(self._starts))] - self._started
        found = find_delay(self._reference, sound, begin)
        if found is not None and found[1] > self._clarity:
            self._delay, self._clarity = found

    def _judge(self) -> None:
        """Decide whether the candidate talks over the question."""
        if self._delay is None and self._starts[-1] - self._started < _SURE:
            return
        voiced = np.array(self._voiced)
        if not _matches(voiced):
            return
        heard, explained = self._levels()
        unexplained = np.minimum(np.mean(heard > ABOVE * explained, axis=1), _LOUD)
        share = np.where(voiced, unexplained, 0.0)
        theirs = _of_the_candidate(share)
        if _matches(theirs):
            over = self._starts[_beginning(share)]
            if over < self._started + len(self._reference) / RATE + (self._delay or 0.0):
                self._over = over

    def _levels(self) -> "tuple[NDArray[np.float64], NDArray[np.float64]]":
        """Energies heard and explained, each of shape `(n, BANDS)`."""
        heard = np.array(self._energies)
        noise = self._noise(heard)
        if self._delay is None:
            return heard, np.broadcast_to(noise, heard.shape)
        times = np.array(self._starts) - self._started - self._delay
        return heard, explain(heard, placed(self._shape, times), noise)

    @staticmethod
    def _noise(heard: "NDArray[np.float64]") -> "NDArray[np.float64]":
        noise: NDArray[np.float64] = np.quantile(heard, _NOISE_QUANTILE, axis=0)
        return _NOISE_MARGIN * noise + TINY

    def _fading(self) -> float:
        """Seconds until the leak has fallen by `_FADE_DB`, or into the room's noise."""
        heard, explained = self._levels()
        above = explained.sum(axis=1).max() / self._noise(heard).sum()
        fall = min(max(10 * np.log10(above), 0.0), _FADE_DB)
        return float(fall / 60 * DECAY_SECONDS)


def _matches(windows: "NDArray[np.bool_]") -> bool:
    """Whether the last windows hold as much voice as talk does, and a backchannel does not."""
    return any(
        len(windows) >= span and np.count_nonzero(windows[-span:]) >= needed
        for span, needed in _PATTERNS
    )


def _of_the_candidate(share: "NDArray[np.float64]") -> "NDArray[np.bool_]":
    """The windows in which the candidate speaks, from the shares of unexplained bands.

    Where leak and voice are equally loud, the voice shows in some windows only, and they speak for
    their neighbours. A clear voice needs no such help, which would lengthen it. Where the latest
    windows are no clearer than a leak alone, none is the candidate's.
    """
    latest = share[-_PATTERNS[0][0] :]
    if latest.mean() < _ENOUGH:
        return np.zeros(len(share), dtype=np.bool_)
    clear = np.quantile(smoothed(latest, _MANY), 0.75) >= _CLEAR
    return smoothed(share, _FEW if clear else _MANY) > _FAINT


def _beginning(share: "NDArray[np.float64]") -> int:
    """The window in which the candidate began: the point of change (cumulative sum, Page 1954)."""
    drift = _DRIFT * share[-_PATTERNS[0][0] :].mean()
    lately = share[-_REACH:] - drift
    gained = np.cumsum(lately[::-1])[::-1]
    return len(share) - len(lately) + int(np.argmax(gained))
