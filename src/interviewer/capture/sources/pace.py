"""The clock that paced sources share, so that what was filmed together is played together."""

import threading
import time
from typing import Final

_LOOK_UP: Final = 0.05
"""Seconds; how soon a source that still waits for the beginning notices that it was stopped."""


class Pace:
    """Source time: 0 until `begin`, then real time times `speed`.

    Args:
        speed: Seconds of source time in one second.
    """

    def __init__(self, speed: float = 1.0) -> None:
        self.speed = speed
        self._zero = 0.0
        self._begun = threading.Event()

    def begin(self) -> None:
        """Let time 0 be now. Beginning again does nothing."""
        if not self._begun.is_set():
            self._zero = time.monotonic()
            self._begun.set()

    def now(self) -> float:
        """Seconds of source time since the beginning; 0 before it."""
        if not self._begun.is_set():
            return 0.0
        return (time.monotonic() - self._zero) * self.speed

    def wait_until(self, time: float, stopped: threading.Event) -> bool:
        """Wait for a moment of source time.

        Args:
            time: In seconds; a moment that has passed is not waited for.
            stopped: Ends the waiting.

        Returns:
            True when the moment has come, False if `stopped` was set first.
        """
        while not self._begun.wait(_LOOK_UP):
            if stopped.is_set():
                return False
        while (left := time - self.now()) > 0:
            if stopped.wait(left / self.speed):
                return False
        return not stopped.is_set()
