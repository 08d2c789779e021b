"""Where a segment may end: the rules of the cutter."""

from typing import Final

import numpy as np
import numpy.typing as npt

from interviewer.analysis.spans import ENTER, LEAVE, WINDOW_SECONDS

LONGEST: Final = 30.0  # the window of Whisper, in seconds
_LAST_CHANCE: Final = 10.0  # without a pause, the cut falls into these last seconds

# (length of the segment so far, pause that ends it), both in seconds. Every segment costs one pass
# of the encoder over 30 s, however short it is: on mixed speech, ending segments from 5 s on took
# 1.7 times as long as from 15 s on, and lost more words; beyond 15 s nothing was gained. A long
# pause ends a shorter segment too: what comes after it needs little of what came before, and word
# times run astray in silence.
_PAUSES: Final = ((15.0, 0.5), (4.0, 2.0), (0.0, 4.0))
_LEAD: Final = 0.3  # silence that is left before the first speech after a long silence
_IDLE: Final = 2.0  # silence at a segment's beginning that is worth a segment of its own


class PauseScan:
    """Walks over the windows of a segment, from its start, looking for a pause to end it in.

    Args:
        start: Where the segment starts, in seconds.

    Attributes:
        start: The same.
        limit: Where the segment must have ended, in seconds.
        heard: Whether speech was heard so far.
    """

    def __init__(self, start: float) -> None:
        self.start = start
        self.limit = start + LONGEST
        self.heard = False
        self._active = False
        self._silent_since = start

    def step(self, window: int, probability: float) -> float | None:
        """Look at the next window.

        Args:
            window: Its index in the stream.
            probability: Of speech in it.

        Returns:
            The time at which the segment ends, or None if it goes on.
        """
        begin = max(self.start, window * WINDOW_SECONDS)
        over = (window + 1) * WINDOW_SECONDS
        if not self._active and probability >= ENTER:
            self._active = True
            if not self.heard and begin - self.start >= _IDLE:
                return begin - _LEAD
            self.heard = True
        elif self._active and probability < LEAVE:
            self._active = False
            self._silent_since = begin
        if self.heard and not self._active:
            for length, pause in _PAUSES:
                enough = self._silent_since - self.start >= length
                if enough and over - self._silent_since >= pause:
                    return self._silent_since + pause / 2
        return None


def quietest(
    scan: PauseScan,
    base: int,
    probabilities: list[float],
    levels: list[npt.NDArray[np.float32]],
) -> float:
    """Choose where to cut a segment in which no pause came in time.

    Args:
        scan: The walk over the segment.
        base: Index in the stream of the first window of the lists.
        probabilities: Of speech per window; only those before the segment's limit are looked at.
        levels: Of the frames of each window in dB.

    Returns:
        The middle of the longest stretch without speech in the segment's last ten seconds; without
        such a stretch, the middle of the quietest window. The limit itself if nothing was heard.
    """
    last = int(round(scan.limit / WINDOW_SECONDS, 6)) - base
    if not scan.heard:
        return (base + last) * WINDOW_SECONDS
    first = last - int(_LAST_CHANCE / WINDOW_SECONDS)
    best = (0, first)
    run = 0
    for index in range(first, last):
        run = run + 1 if probabilities[index] < LEAVE else 0
        best = max(best, (run, index))
    length, end = best
    if length:
        return (base + end + 1 - length / 2) * WINDOW_SECONDS
    means = [float(np.mean(levels[index])) for index in range(first, last)]
    return (base + first + int(np.argmin(means)) + 0.5) * WINDOW_SECONDS
