"""When the next moment of a live source is due."""

import time
from collections.abc import Callable
from typing import Final

CATCH_UP: Final = 0.2
"""Seconds of the wall clock that a source makes good after it was held up; it forgets the rest.

A busy machine holds a thread up for some tens of milliseconds, and a key frame of an encoder for
about a hundred: after these the source should be on time again. What is given in a burst has to
wait somewhere, and those who take live pictures have room for about half a second of them.
"""


class Pace:
    """Ties a position in seconds to the wall clock: never ahead of it, and not far behind.

    Args:
        speed: Seconds of position for each second of the clock.
        clock: Monotonic seconds.
    """

    def __init__(self, speed: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._speed = speed
        self._clock = clock
        self._origin = clock()

    def wait(self, position: float) -> float:
        """Seconds of the clock until a position is due; 0 or less when it is.

        Asked once it is late by more than `CATCH_UP`, everything after it comes later too.
        """
        left = self._origin + position / self._speed - self._clock()
        if left < -CATCH_UP:
            self._origin += -CATCH_UP - left
        return left

    def restart(self, position: float) -> None:
        """Time stood still: the position is due now."""
        self._origin = self._clock() - position / self._speed
