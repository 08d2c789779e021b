"""Observations of segments, joined to series over the whole recording."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from interviewer.assessment.grid import HAIR, Floats, places
from interviewer.assessment.words import Token, tokens_of
from interviewer.interview.documents.base import Span
from interviewer.interview.documents.observations import (
    FaceFrame,
    Observations,
    VoiceObservation,
)

Point = tuple[float, float | None]
"""One point of a curve: seconds, and the value or None."""

SHORTEST_PAUSE: Final = 0.25
"""Seconds of silence from which a pause counts: shorter ones belong to articulation
(Goldman-Eisler, Psycholinguistics, 1968; De Jong & Bosker, DiSS 2013)."""

_SHORTEST_VOICE: Final = 0.05  # seconds; shorter voiced runs are no syllable


@dataclass(frozen=True, slots=True)
class VoiceFrames:
    """Frames of the voice in order of time.

    Attributes:
        time: Centre of each frame in seconds, shape `(n,)`.
        step: Seconds each frame stands for, shape `(n,)`.
        pitch: Semitones above 1 Hz, NaN where unvoiced, shape `(n,)`.
        level: In dB of full scale, shape `(n,)`.
        balance: Level above 1 kHz minus level below it in dB, shape `(n,)`.
    """

    time: Floats
    step: Floats
    pitch: Floats
    level: Floats
    balance: Floats

    def __len__(self) -> int:
        return len(self.time)

    def between(self, start: float, end: float) -> "VoiceFrames":
        """The frames whose centres lie in a stretch."""
        first, last = places(self.time, np.array([start, end]))
        return self.where(slice(int(first), int(last)))

    def voiced(self) -> "VoiceFrames":
        """The voiced frames only."""
        return self.where(~np.isnan(self.pitch))

    def within(self, spans: Iterable[Span]) -> "VoiceFrames":
        """The frames whose centres lie in one of several spans in order."""
        edges = np.array([edge for span in spans for edge in (span.start, span.end)])
        inside = np.searchsorted(edges - HAIR, self.time, side="right") % 2 == 1
        return self.where(inside)

    def where(self, chosen: slice | npt.NDArray[np.bool_]) -> "VoiceFrames":
        """The frames that an index chooses."""
        return VoiceFrames(
            self.time[chosen],
            self.step[chosen],
            self.pitch[chosen],
            self.level[chosen],
            self.balance[chosen],
        )


@dataclass(frozen=True, slots=True)
class Series:
    """All that was observed, over the whole recording.

    Attributes:
        tokens: Words in order of time.
        middles: Of the words, in seconds, shape `(n,)`.
        speech: Where somebody spoke, gaps shorter than a pause closed.
        voice: Frames of the voice.
        looks: Looks at the picture in order of time.
        language: ISO 639-1 code of most words; None where nobody spoke.
    """

    tokens: tuple[Token, ...]
    middles: Floats
    speech: tuple[Span, ...]
    voice: VoiceFrames
    looks: tuple[FaceFrame, ...]
    language: str | None


def series_of(observations: Observations) -> Series:
    """Join the observations of all segments; where segments were cut does not matter."""
    tokens = tokens_of(word for segment in observations.speech for word in segment.words)
    middles = np.array([token.middle for token in tokens], dtype=np.float64)
    voice = _voice_frames(observations.voice)
    if observations.speech:
        spans = [span for segment in observations.speech for span in segment.speech]
        speech = closed(spans)
    else:
        speech = _voiced_spans(voice)
    looks = [frame for segment in observations.face for frame in segment.frames]
    looks.sort(key=lambda frame: frame.time)
    return Series(tokens, middles, speech, voice, tuple(looks), _language_of(observations))


def closed(spans: Iterable[Span], gap: float = SHORTEST_PAUSE) -> tuple[Span, ...]:
    """Put spans in order and join those with less than `gap` seconds between them."""
    joined: list[tuple[float, float]] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if joined and span.start - joined[-1][1] < gap - HAIR:
            joined[-1] = (joined[-1][0], max(joined[-1][1], span.end))
        elif span.end > span.start:
            joined.append((span.start, span.end))
    return tuple(Span(start=start, end=end) for start, end in joined)


def clipped(spans: Iterable[Span], start: float, end: float) -> tuple[Span, ...]:
    """The parts of spans that lie in a stretch."""
    return tuple(
        Span(start=max(span.start, start), end=min(span.end, end))
        for span in spans
        if min(span.end, end) > max(span.start, start)
    )


def median(values: Floats) -> float:
    """Median of at least one value without NaN; several times faster than NumPy's on few values."""
    middle = len(values) // 2
    if len(values) % 2:
        return float(np.partition(values, middle)[middle])
    low, high = np.partition(values, (middle - 1, middle))[middle - 1 : middle + 1]
    return float((low + high) / 2)


def medians(values: Floats, bounds: npt.NDArray[np.intp]) -> Floats:
    """Medians of consecutive parts of a series, all at once.

    Args:
        values: Without NaN, shape `(n,)`.
        bounds: Where each part begins and the last ends, ascending, shape `(m + 1,)`.

    Returns:
        Shape `(m,)`; NaN for an empty part.
    """
    counts = np.diff(bounds)
    inside = values[bounds[0] : bounds[-1]]
    part = np.repeat(np.arange(len(counts)), counts)
    ordered = inside[np.lexsort((inside, part))]
    first = bounds[:-1] - bounds[0]
    found = np.full(len(counts), np.nan)
    some = counts > 0
    low = ordered[(first + (counts - 1) // 2)[some]]
    high = ordered[(first + counts // 2)[some]]
    found[some] = (low + high) / 2
    return found


def _voice_frames(segments: Iterable[VoiceObservation]) -> VoiceFrames:
    columns: list[list[Floats]] = [[] for _ in range(5)]
    for segment in sorted(segments, key=lambda segment: segment.start):
        count = min(len(segment.f0), len(segment.level), len(segment.balance))
        f0 = np.array(segment.f0[:count], dtype=np.float64)
        f0[~(f0 > 0)] = np.nan
        time: Floats = segment.start + (np.arange(count, dtype=np.float64) + 0.5) * segment.hop
        columns[0].append(time)
        columns[1].append(np.full(count, segment.hop))
        columns[2].append(12 * np.log2(f0))
        columns[3].append(np.array(segment.level[:count], dtype=np.float64))
        columns[4].append(np.array(segment.balance[:count], dtype=np.float64))
    frames = VoiceFrames(*(np.concatenate(column) if column else np.empty(0) for column in columns))
    if np.all(np.diff(frames.time) >= 0):
        return frames
    order = np.argsort(frames.time, kind="stable")
    return VoiceFrames(
        frames.time[order],
        frames.step[order],
        frames.pitch[order],
        frames.level[order],
        frames.balance[order],
    )


def _voiced_spans(voice: VoiceFrames) -> tuple[Span, ...]:
    """Speech as voiced runs, for recordings in which nobody listened for words."""
    voiced = voice.voiced()
    if not len(voiced):
        return ()
    starts = voiced.time - voiced.step / 2
    ends = voiced.time + voiced.step / 2
    breaks = np.flatnonzero(starts[1:] - ends[:-1] > voiced.step[1:] / 2) + 1
    runs = [
        Span(start=max(0.0, float(starts[part[0]])), end=float(ends[part[-1]]))
        for part in np.split(np.arange(len(voiced)), breaks)
    ]
    return closed(run for run in runs if run.duration >= _SHORTEST_VOICE)


def _language_of(observations: Observations) -> str | None:
    """The language of most words; by length of speech where no word was understood."""
    votes: Counter[str] = Counter()
    for segment in observations.speech:
        if segment.language:
            votes[segment.language] += len(segment.words)
    if not votes:
        return None
    return max(sorted(votes), key=lambda language: votes[language])
