"""The cues of tone: seven measures of each few seconds of speech."""

from dataclasses import dataclass
from math import ceil
from typing import Final

import numpy as np

from interviewer.assessment.grid import HAIR, Floats, places, seconds_between
from interviewer.assessment.series import VoiceFrames, median
from interviewer.assessment.spoken import Spoken
from interviewer.assessment.voice import pitch_spread

CUES: Final = (
    "pitch_level",  # median, st above 1 Hz
    "pitch_range",  # standard deviation, st
    "loudness",  # median level of voiced frames, dB
    "balance",  # median spectral balance of voiced frames, dB
    "rate",  # syllables (other languages: words) per second of speech without fillers
    "pauses",  # share of the window
    "fillers",  # per 10 s
)

TYPICAL: Final = np.array([1.0, 0.5, 1.2, 1.2, 0.6, 0.08, 1.0])
"""How much each cue of one speaker usually varies from window to window (standard deviation, in
the cue's unit): measured on 105 readers (LibriSpeech) and four spontaneous speakers for pitch,
loudness, balance and pauses; rate after Miller, Grosjean & Lomanto, Phonetica 41 (1984); fillers
as rare events at 3.5 per 100 words."""

_LONGEST: Final = 10.0  # seconds of a window
_SHORTEST: Final = 5.0
_LEAST_SPEECH: Final = 2.5  # seconds of speech in a window
_LEAST_FLUENT: Final = 1.0  # seconds of speech without fillers in a window
_LEAST_VOICED: Final = 1.0  # seconds of voiced frames in a window


@dataclass(frozen=True, slots=True)
class Window:
    """A few seconds of one answer.

    Attributes:
        start: In seconds.
        end: In seconds.
        answer: Index of the answer it lies in.
        cues: In the order of `CUES`, NaN where not observed, shape `(7,)`.
        speech: Seconds of speech in it.
    """

    start: float
    end: float
    answer: int
    cues: Floats
    speech: float

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return self.end - self.start


def windows_of(spoken: Spoken) -> list[Window]:
    """Cut an answer's stretch into equal windows of 5 to 10 s, and measure each.

    Windows with less than 2.5 s of speech or 1 s of voiced frames are left out, and so is an
    answer that is shorter than 5 s.
    """
    stretch = spoken.stretch
    if stretch is None or stretch.duration < _SHORTEST - HAIR or not len(spoken.voice):
        return []
    edges = np.linspace(stretch.start, stretch.end, ceil(stretch.duration / _LONGEST - HAIR) + 1)
    speech = seconds_between(spoken.speech, edges)
    fluent = speech - seconds_between(spoken.filler_sounds, edges)
    frames = places(spoken.voice.time, edges)
    syllables = _syllables_between(spoken, edges)
    fillers = np.diff(places(np.sort(_filler_times(spoken)), edges))
    found: list[Window] = []
    for index in range(len(edges) - 1):
        duration = float(edges[index + 1] - edges[index])
        if speech[index] < _LEAST_SPEECH - HAIR:
            continue
        voice = voice_cues(spoken.voice.where(slice(int(frames[index]), int(frames[index + 1]))))
        if voice is None:
            continue
        cues = np.full(len(CUES), np.nan)
        cues[:4] = voice
        if spoken.tokens and fluent[index] > _LEAST_FLUENT - HAIR:
            cues[4] = syllables[index] / fluent[index]
        cues[5] = 1 - min(1.0, speech[index] / duration)
        if spoken.english and spoken.tokens:
            cues[6] = 10 * fillers[index] / duration
        start, end = float(edges[index]), float(edges[index + 1])
        found.append(Window(start, end, spoken.answer.index, cues, float(speech[index])))
    return found


def voice_cues(voice: VoiceFrames) -> tuple[float, float, float, float] | None:
    """The first four cues, of voiced frames; None with less than a second of them."""
    if not len(voice) or float(voice.step.sum()) < _LEAST_VOICED - HAIR:
        return None
    middle = median(voice.pitch)
    return (
        middle,
        pitch_spread(voice.pitch, middle),
        median(voice.level),
        median(voice.balance),
    )


def _syllables_between(spoken: Spoken, edges: Floats) -> Floats:
    order = sorted(zip((token.middle for token in spoken.content), spoken.weights, strict=True))
    middles = np.array([middle for middle, _ in order], dtype=np.float64)
    counted = np.cumsum([0.0] + [weight for _, weight in order])
    return np.diff(counted[places(middles, edges)])


def _filler_times(spoken: Spoken) -> Floats:
    times = [spoken.tokens[filler.words[0]].middle for filler in spoken.fillers]
    return np.array(times, dtype=np.float64)
