"""Cuts a recording into segments while it is written: the same ones as afterwards."""

from collections.abc import Iterable, Sequence

import numpy as np

from interviewer.analysis.activity import SAMPLE_RATE, Samples
from interviewer.analysis.job import Job
from interviewer.analysis.media import GrowingSound
from interviewer.analysis.segments import Cutter, Segment


class GrowingCut:
    """Feeds the one cutter from a growing recording, no further than boundaries are known.

    The segments are those that `segments_of` cuts from the complete recording, because the cutter
    gets the same samples. A recording that is only looked at counts as silent, as it does there.

    Args:
        job: What is recorded; its duration and its boundaries are not looked at.

    Attributes:
        segments: All segments so far.
        boundaries: Those that the cutter knows.
    """

    def __init__(self, job: Job) -> None:
        self.segments: list[Segment] = []
        self.boundaries: set[float] = set()
        self._sound = GrowingSound(job.recording, rate=SAMPLE_RATE)
        self._hears = job.recogniser is not None
        self._cutter = Cutter()
        self._fed = 0

    @property
    def fed(self) -> float:
        """How far the recording was taken in, in seconds."""
        return self._fed / SAMPLE_RATE

    @property
    def reached(self) -> float:
        """Where the last segment ends, in seconds."""
        return self.segments[-1].end if self.segments else 0.0

    @property
    def readable(self) -> float:
        """Seconds of the recording that are on the disk."""
        return self._sound.readable

    def advance(self, until: float, boundaries: Sequence[float]) -> list[Segment]:
        """Take in what has been written.

        Args:
            until: No further than this, in seconds.
            boundaries: At least all before `until`.

        Returns:
            The segments that ended.

        Raises:
            InputError: The recording cannot be read.
            OSError: The same, as the system says it.
        """
        self._tell(time for time in boundaries if time < until)
        new: list[Segment] = []
        if self._hears:
            for samples in self._sound.read(until):
                new += self._feed(samples)
        else:
            self._sound.look()
            new += self._silence(min(until, self.readable))
        self.segments += new
        return new

    def finish(self, duration: float, boundaries: Sequence[float]) -> list[Segment]:
        """Take in the rest of the recording, which is complete now.

        Args:
            duration: Its length in seconds; not less than `fed`.
            boundaries: All of them.

        Returns:
            The remaining segments.

        Raises:
            InputError: The recording cannot be read.
            OSError: The same, as the system says it.
        """
        self._tell(boundaries)
        new: list[Segment] = []
        if self._hears:
            for samples in self._sound.finish(duration):
                new += self._feed(samples)
        new += self._cutter.finish(duration)
        self.segments += new
        return new

    def close(self) -> None:
        """Release the recording."""
        self._sound.close()

    def _tell(self, boundaries: Iterable[float]) -> None:
        for time in sorted({round(time, 3) for time in boundaries} - self.boundaries):
            self.boundaries.add(time)
            if time > 0:
                self._cutter.boundary(time)

    def _silence(self, until: float) -> list[Segment]:
        missing = max(0, round(until * SAMPLE_RATE) - self._fed)
        return self._feed(np.zeros(missing, dtype=np.float32)) if missing else []

    def _feed(self, samples: Samples) -> list[Segment]:
        self._fed += len(samples)
        return self._cutter.feed(samples)
