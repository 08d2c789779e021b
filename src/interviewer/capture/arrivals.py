"""When sound was heard, told from when it came: it may come late, but never early."""

from collections import deque
from typing import Final

WINDOW: Final = 5.0
"""Seconds that are looked back: long enough for some sound that was not held up, and short enough
that two clocks which differ by 100 parts in a million, as those of sound cards may, drift apart by
no more than half a millisecond."""


class Arrivals:
    """The clock of a source of sound, free of the jitter with which its blocks arrive.

    A block that has just ended can come at once or be held up on its way, alone or with others
    that then come in a burst. What was held up least tells what the others should have been (the
    minimum filter of network clocks, RFC 5905, section 10).
    """

    def __init__(self) -> None:
        self._lags: deque[tuple[float, float]] = deque()

    def add(self, now: float, taken: float) -> float:
        """A block has come.

        Args:
            now: When, in seconds of any monotonic clock.
            taken: Seconds of sound so far, with this block.

        Returns:
            Seconds by which it came later than the most punctual one before; 0 if it is that one.
        """
        lag = now - taken
        late = max(0.0, lag - self._lags[0][1]) if self._lags else 0.0
        while self._lags and self._lags[0][0] < now - WINDOW:
            self._lags.popleft()
        # Only what is a least lag of the time from there on can ever be the least again.
        while self._lags and self._lags[-1][1] >= lag:
            self._lags.pop()
        self._lags.append((now, lag))
        return late

    def taken_at(self, now: float) -> float | None:
        """Seconds of sound there would be by now if none were held up; None before the first."""
        return now - self._lags[0][1] if self._lags else None

    def forget(self) -> None:
        """Begin anew."""
        self._lags.clear()
