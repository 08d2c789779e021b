"""The voice: pitch level, pitch variation, loudness variation, and their curves."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from interviewer.assessment.grid import HAIR, Floats, places, whole
from interviewer.assessment.metric import TOO_LITTLE, measured, missing
from interviewer.assessment.series import Point, median, medians
from interviewer.assessment.spoken import Spoken
from interviewer.interview.documents.assessment import Metric, Moment

OCTAVE: Final = 12.0
"""Semitones from the median beyond which a frame is an error of the pitch detector, not of the
speaker: errors come as whole octaves."""

_QUIET: Final = 30.0  # dB below the median: breath and room, not voice
_LEAST_VOICED: Final = 0.1  # seconds that make a point of a curve
_FLAT_WINDOW: Final = 10.0  # seconds
_FLAT_VOICED: Final = 2.0  # seconds


def voice_metrics(answers: Sequence[Spoken]) -> list[Metric]:
    """`pitch_level`, `pitch_variation` and `loudness_variation` over some answers.

    All three look at voiced frames within speech: the median of the fundamental frequency in Hz;
    its standard deviation in semitones within an octave of that median; the standard deviation
    of the level in dB.
    """
    voices = [spoken.voice for spoken in answers if len(spoken.voice)]
    if not voices:
        names = ("pitch_level", "pitch_variation", "loudness_variation")
        return [missing(name, TOO_LITTLE) for name in names]
    pitch = np.concatenate([voice.pitch for voice in voices])
    level = np.concatenate([voice.level for voice in voices])
    seconds = float(sum(voice.step.sum() for voice in voices))
    middle = median(pitch)
    loudness = level[level > median(level) - _QUIET]
    flat = _flattest(answers, middle)
    return [
        measured("pitch_level", float(2 ** (middle / 12)), seconds),
        measured("pitch_variation", pitch_spread(pitch, middle), seconds, evidence=flat),
        measured("loudness_variation", float(np.std(loudness)), seconds),
    ]


def pitch_spread(pitch: Floats, middle: float) -> float:
    """Standard deviation of pitch in semitones, octave errors left out.

    Args:
        pitch: Voiced frames in semitones, shape `(n,)`.
        middle: The speaker's median in semitones.
    """
    kept = pitch[np.abs(pitch - middle) < OCTAVE]
    return float(np.std(kept)) if len(kept) else 0.0


def voice_curves(spoken: Spoken) -> tuple[list[Point], list[Point]]:
    """Each second's median fundamental frequency in Hz and level in dB; None where unvoiced."""
    stretch, voice = spoken.stretch, spoken.voice
    if stretch is None or not len(voice):
        return [], []
    edges = stretch.start + np.arange(whole(stretch.duration) + 1, dtype=np.float64)
    bounds = places(voice.time, edges)
    voiced = np.diff(np.concatenate(([0.0], np.cumsum(voice.step)))[bounds]) >= _LEAST_VOICED - HAIR
    times = np.round(edges[:-1] + 0.5, 3)
    frequency = np.round(2 ** (medians(voice.pitch, bounds) / 12), 1)
    level = np.round(medians(voice.level, bounds), 1)
    return _points(times, frequency, voiced), _points(times, level, voiced)


def _points(times: Floats, values: Floats, seen: npt.NDArray[np.bool_]) -> list[Point]:
    return [
        (time, value if there else None)
        for time, value, there in zip(times.tolist(), values.tolist(), seen.tolist(), strict=True)
    ]


def _flattest(answers: Sequence[Spoken], middle: float) -> list[Moment]:
    """The ten seconds in which pitch varied least."""
    found: list[tuple[float, float, float, Spoken]] = []
    for spoken in answers:
        stretch, voice = spoken.stretch, spoken.voice
        if stretch is None or stretch.duration < 2 * _FLAT_WINDOW - HAIR:
            continue
        edges = np.linspace(stretch.start, stretch.end, whole(stretch.duration / _FLAT_WINDOW) + 1)
        bounds = places(voice.time, edges).tolist()
        for index, (first, last) in enumerate(pairwise(bounds)):
            if last > first and float(voice.step[first:last].sum()) >= _FLAT_VOICED - HAIR:
                spread = pitch_spread(voice.pitch[first:last], middle)
                found.append((spread, float(edges[index]), float(edges[index + 1]), spoken))
    if not found:
        return []
    spread, start, end, spoken = min(found, key=lambda item: (item[0], item[1]))
    return [spoken.moment(start, end, f"flattest ten seconds: {spread:.1f} semitones")]
