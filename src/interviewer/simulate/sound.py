"""Sound at one rate: resampling, loudness, the room's noise."""

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

RATE: Final = 48_000
"""Samples per second of everything in this room."""
SPEECH_LEVEL_DB: Final = -25.0
"""Root mean square level of speech, in dB of full scale, as a close microphone gives it."""
NOISE_LEVEL_DB: Final = -60.0
"""Root mean square level of the quiet room."""

_NOISE_SECONDS: Final = 4
_FRAME: Final = RATE // 50
_ACTIVE_DB: Final = -25.0
"""Frames quieter than this against the loudest do not count as speech."""
_KNEE: Final = 0.8
_FADE: Final = RATE // 400


def resampled(samples: "Samples", rate: int) -> "Samples":
    """Bring sound to `RATE`.

    Args:
        samples: Mono, shape (n,).
        rate: Its samples per second; a wrong one changes pitch and speed together.
    """
    import av

    if rate == RATE or samples.size == 0:
        return samples
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="flt", layout="mono")
    frame.sample_rate = rate
    out = [*resampler.resample(frame), *resampler.resample(None)]
    joined: Samples = np.concatenate([part.to_ndarray().reshape(-1) for part in out])
    wanted = round(samples.size * RATE / rate)
    return np.pad(joined, (0, max(0, wanted - joined.size)))[:wanted].astype(np.float32)


def faded(samples: "Samples") -> "Samples":
    """Soften both ends over 2.5 ms, so that a cut does not click."""
    length = min(_FADE, samples.size // 2)
    if length == 0:
        return samples
    soft = samples.copy()
    ramp = np.linspace(0, 1, length, dtype=np.float32)
    soft[:length] *= ramp
    soft[-length:] *= ramp[::-1]
    return soft


def speech_level(samples: "Samples") -> float:
    """Root mean square of the frames in which somebody speaks; 0 where nobody does."""
    level = frame_levels(samples)
    if level.size == 0 or level.max() <= 0:
        return 0.0
    active = level[level >= level.max() * 10 ** (_ACTIVE_DB / 20)]
    return float(np.sqrt(np.mean(active**2)))


def levelled(samples: "Samples", gain: float) -> "Samples":
    """Bring speech to `SPEECH_LEVEL_DB` plus a gain in dB; peaks above 0.8 are rounded off."""
    present = speech_level(samples)
    if present == 0:
        return samples
    loud = samples * np.float32(10 ** ((SPEECH_LEVEL_DB + gain) / 20) / present)
    over = np.abs(loud) > _KNEE
    room = 1 - _KNEE
    loud[over] = np.sign(loud[over]) * (_KNEE + room * np.tanh((np.abs(loud[over]) - _KNEE) / room))
    return loud.astype(np.float32)


def frame_levels(samples: "Samples") -> "NDArray[np.float64]":
    """Root mean square of each 20 ms, shape (n,)."""
    frames = samples[: samples.size // _FRAME * _FRAME].reshape(-1, _FRAME).astype(np.float64)
    levels: NDArray[np.float64] = np.sqrt(np.mean(frames**2, axis=1))
    return levels


def room_noise(seed: int) -> "Samples":
    """Four seconds of the hiss of a quiet room, made so that it can be repeated."""
    count = _NOISE_SECONDS * RATE
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(count))
    frequency = np.fft.rfftfreq(count, 1 / RATE)
    # Rooms are louder at low frequencies; below 60 Hz microphones cut off.
    spectrum *= 1 / np.sqrt(1 + (frequency / 300) ** 2) * (frequency > 60)  # noqa: PLR2004  # in Hz
    noise = np.fft.irfft(spectrum, count)
    noise *= 10 ** (NOISE_LEVEL_DB / 20) / np.sqrt(np.mean(noise**2))
    return noise.astype(np.float32)
