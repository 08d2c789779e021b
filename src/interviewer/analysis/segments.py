"""The one cutter: a stream of sound into segments that end in pauses, live and later alike."""

import bisect
import logging
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from interviewer.analysis.activity import SAMPLE_RATE, WINDOW, Samples, VoiceActivity
from interviewer.analysis.cuts import PauseScan, quietest
from interviewer.analysis.spans import (
    FRAMES_PER_WINDOW,
    WINDOW_SECONDS,
    frame_levels,
    speech_spans,
)
from interviewer.interview.documents.base import Span

CUTTER_VERSION: Final = 1
"""Raised whenever the same recording would be cut otherwise than before."""

# A decision about a moment waits until this much more has been heard. It gives a boundary that is
# reported a little late its place, and every segment the samples past its end that the
# observation of pitch looks at.
SETTLE: Final = 0.5
_SETTLE_WINDOWS: Final = math.ceil(SETTLE / WINDOW_SECONDS)
_PIECE: Final = 30 * SAMPLE_RATE  # silence is added in pieces, so that memory stays small

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the recording that is observed by itself.

    Attributes:
        start: In seconds, a whole number of milliseconds.
        end: In seconds; at most 30 s after `start`.
        speech: Where speech was heard in it, in order.
    """

    start: float
    end: float
    speech: tuple[Span, ...]

    @property
    def duration(self) -> float:
        """Length in seconds, a whole number of milliseconds."""
        return round(self.end - self.start, 3)


class Activity(Protocol):
    """Hears how likely each window of a stream is speech."""

    def feed(self, samples: Samples) -> npt.NDArray[np.float32]:
        """Take samples of shape `(n,)`; return the probabilities of the completed windows."""
        ...


class Cutter:
    """Cuts a stream into segments that tile it without gaps.

    A segment ends in the middle of a pause once it is long enough, at the quietest moment of its
    last seconds before it would exceed 30 s, and at every boundary. Silence before speech becomes
    segments of its own. What is returned is final.

    The segments are a function of the samples and the boundaries alone. A boundary may be given
    ahead, or up to `SETTLE` seconds after the stream has passed it.

    Args:
        boundaries: Times in seconds, known ahead, at which a segment must end.
        activity: Hears speech; Silero voice activity detection if not given.
    """

    def __init__(
        self, boundaries: Iterable[float] = (), *, activity: Activity | None = None
    ) -> None:
        self._activity: Activity = VoiceActivity() if activity is None else activity
        self._boundaries = sorted({round(time, 3) for time in boundaries})
        self._pending: Samples = np.zeros(0, dtype=np.float32)
        self._probabilities: list[float] = []
        self._levels: list[npt.NDArray[np.float32]] = []
        self._base = 0  # the window that the kept lists begin with
        self._next = 0  # the window to be decided next
        self._start = 0.0
        self._scan = PauseScan(0.0)

    def feed(self, samples: Samples) -> list[Segment]:
        """Take the next samples.

        Args:
            samples: Mono samples at 16 kHz, full scale 1, shape `(n,)`; any `n`.

        Returns:
            The segments that ended, in order.
        """
        self._hear(samples)
        return self._decide(self._base + len(self._levels) - _SETTLE_WINDOWS)

    def boundary(self, time: float) -> None:
        """A question or an answer ended: no segment may span this moment.

        Args:
            time: In seconds. Inside a segment that is already final it has no effect.
        """
        at = round(time, 3)
        if at <= self._start:
            if at not in self._boundaries:
                _log.warning("boundary at %.3f s came after its segment was final", at)
            return
        if at not in self._boundaries:
            bisect.insort(self._boundaries, at)
            self._restart(self._start)

    def finish(self, duration: float) -> list[Segment]:
        """End the stream.

        Args:
            duration: Length of the recording in seconds. What lies past the samples is silence;
                samples past it are not observed.

        Returns:
            The remaining segments, so that all together tile 0 to `duration`.
        """
        end = round(duration, 3)
        windows = math.ceil(round(end / WINDOW_SECONDS, 6))
        missing = (windows - self._base - len(self._levels)) * WINDOW - len(self._pending)
        segments: list[Segment] = []
        while missing > 0:
            silence = np.zeros(min(missing, _PIECE), dtype=np.float32)
            segments.extend(self.feed(silence))
            missing -= len(silence)
        self._boundaries = [time for time in self._boundaries if time < end]
        segments.extend(self._decide(windows, end))
        if end > self._start:
            segments.append(self._cut(end))
        return segments

    def _hear(self, samples: Samples) -> None:
        """Keep what the decisions need: probabilities and levels of whole windows."""
        stream = np.concatenate((self._pending, samples))
        whole = len(stream) // WINDOW * WINDOW
        self._pending = stream[whole:]
        self._levels.extend(frame_levels(stream[:whole]).reshape(-1, FRAMES_PER_WINDOW))
        self._probabilities.extend(self._activity.feed(samples).tolist())

    def _decide(self, until: int, end: float = math.inf) -> list[Segment]:
        """Decide about the windows before `until`; no cut is made at or after `end`."""
        segments: list[Segment] = []
        while self._next < until:
            cut = self._cut_by(self._next)
            if cut is not None and cut < end:
                segments.append(self._cut(cut))
            else:
                self._next += 1
        return segments

    def _cut_by(self, window: int) -> float | None:
        """The cut that this window asks for, if any."""
        over = (window + 1) * WINDOW_SECONDS
        index = bisect.bisect_right(self._boundaries, self._start)
        if index < len(self._boundaries) and self._boundaries[index] <= over:
            return self._boundaries[index]
        cut = self._scan.step(window, self._probabilities[window - self._base])
        if cut is None and over + WINDOW_SECONDS > self._scan.limit:
            cut = quietest(self._scan, self._base, self._probabilities, self._levels)
        return None if cut is None else round(cut, 3)

    def _cut(self, end: float) -> Segment:
        """Make the segment from the last cut to `end` final."""
        windows = math.ceil(round(end / WINDOW_SECONDS, 6)) - self._base
        speech = speech_spans(
            np.array(self._probabilities[:windows], dtype=np.float32),
            np.concatenate(self._levels[:windows]),
            self._base * WINDOW_SECONDS,
            self._start,
            end,
        )
        segment = Segment(self._start, end, speech)
        self._restart(end)
        return segment

    def _restart(self, start: float) -> None:
        """Decide anew from `start` on, and forget what lies before it."""
        self._start = start
        self._next = int(round(start / WINDOW_SECONDS, 6))
        forget = self._next - self._base
        del self._probabilities[:forget]
        del self._levels[:forget]
        self._base = self._next
        self._scan = PauseScan(start)
