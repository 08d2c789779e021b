"""Voice: pitch, voicing, level and spectral balance, frame by frame."""

from typing import Final

import numpy as np
import numpy.typing as npt

from interviewer.analysis.activity import SAMPLE_RATE, Samples
from interviewer.interview.documents.observations import VoiceObservation

HOP: Final = 256  # samples from one frame to the next: 16 ms, the pitch detector's own
CONTEXT: Final = 11 * HOP
"""Samples beside a segment that can change its pitch frames: the reach of the pitch detector."""

_WINDOW: Final = 512  # samples that level and balance are measured over, around a frame's centre

# The fundamental of speech: deep male creak to a shouting child or an excited high voice. Limits as
# in Praat's advice for pitch ranges (75-300 Hz male, 100-600 Hz female), widened at the bottom.
_LOWEST: Final = 60.0
_HIGHEST: Final = 500.0
# SwiftF0's confidence is calibrated so that a frame is voiced from 0.5 on.
VOICED: Final = 0.5

# Alpha ratio of the Geneva minimalistic acoustic parameter set (Eyben et al., IEEE Transactions on
# Affective Computing 7(2), 2016): energy of 1-5 kHz against 50 Hz-1 kHz, here high minus low.
_BALANCE_EDGES: Final = (50.0, 1000.0, 5000.0)
_QUIETEST: Final = 1e-10  # power; -100 dB


class VoiceObserver:
    """Measures the voice; holds the loaded pitch detector."""

    def __init__(self) -> None:
        from swift_f0 import SwiftF0

        self._pitch = SwiftF0(threads=1, spin=False)

    def observe(
        self, samples: Samples, start: float, *, before: int = 0, after: int = 0
    ) -> VoiceObservation:
        """Measure one segment.

        Args:
            samples: Mono samples at 16 kHz, full scale 1, shape `(before + n + after,)`.
            start: Time of the segment in seconds.
            before: How many samples at the beginning belong to what comes before the segment.
            after: How many at the end belong to what comes after it. With `CONTEXT` samples on
                both sides every frame is the same as in one observation of the whole recording;
                without, frames within 0.18 s of the segment's edges may differ in pitch and
                voicing, and the outermost frame in level and balance.

        Returns:
            `n / HOP` frames, rounded to a whole number; frame i is centred at
            `start + (i + 0.5) * hop`. Level in dB of full scale over 32 ms (a sine of amplitude 1
            has -3 dB), at least -100; balance likewise, 0 where there is no sound at all.
        """
        length = len(samples) - before - after
        count = round(length / HOP)
        first = before + HOP // 2
        f0, voicing = self._pitch_at(samples, first, count)
        level, balance = _spectrum_at(samples, first, count) if count else (np.zeros(0),) * 2
        return VoiceObservation(
            start=start,
            end=round(start + length / SAMPLE_RATE, 3),
            hop=HOP / SAMPLE_RATE,
            f0=tuple(
                round(float(pitch), 1) if confidence >= VOICED else None
                for pitch, confidence in zip(f0, voicing, strict=True)
            ),
            voicing=tuple(round(float(value), 3) for value in voicing),
            level=tuple(round(float(value), 1) for value in level),
            balance=tuple(round(float(value), 1) for value in balance),
        )

    def _pitch_at(
        self, samples: Samples, first: int, count: int
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Pitch in Hz and voicing at `count` frames, the first centred at sample `first`."""
        if count == 0:
            return np.zeros(0), np.zeros(0)
        # The detector centres frame k at sample k * HOP and gives one frame for each whole HOP.
        offset = first % HOP
        frames = first // HOP
        lead = max(0, frames - CONTEXT // HOP)
        heard = samples[offset + lead * HOP :]
        missing = (frames - lead + count) * HOP - len(heard)
        result = self._pitch.detect(
            np.pad(heard, (0, max(0, missing))), SAMPLE_RATE, fmin=_LOWEST, fmax=_HIGHEST
        )
        part = slice(frames - lead, frames - lead + count)
        return result.pitch_hz[part], np.clip(result.confidence[part], 0.0, 1.0)


def _spectrum_at(
    samples: Samples, first: int, count: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Level and balance in dB of the window around each frame's centre, shapes `(count,)`."""
    import librosa

    # The window of the first frame may begin before the samples, that of the last end after them.
    start = first - _WINDOW // 2
    wanted = (count - 1) * HOP + _WINDOW
    heard = np.pad(samples[max(0, start) :], (max(0, -start), 0))
    heard = np.pad(heard[:wanted], (0, max(0, wanted - len(heard))))
    frames = librosa.util.frame(heard, frame_length=_WINDOW, hop_length=HOP)
    level = _decibels(np.mean(np.square(frames, dtype=np.float64), axis=0))
    spectrum = librosa.stft(heard, n_fft=_WINDOW, hop_length=HOP, window="hann", center=False)
    power = np.square(np.abs(spectrum)) / _WINDOW**2
    frequencies = librosa.fft_frequencies(sr=SAMPLE_RATE, n_fft=_WINDOW)
    lowest, middle, highest = _BALANCE_EDGES
    low = power[(frequencies >= lowest) & (frequencies < middle)].sum(axis=0)
    high = power[(frequencies >= middle) & (frequencies < highest)].sum(axis=0)
    return level, _decibels(high) - _decibels(low)


def _decibels(power: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return 10 * np.log10(np.maximum(power, _QUIETEST))
