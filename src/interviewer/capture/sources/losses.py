"""Sound that a device lost, replaced by silence of the same length, so that time stays right."""

from typing import TYPE_CHECKING, Final

import numpy as np

from interviewer.capture.arrivals import Arrivals

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NOTICED: Final = 0.1
"""Seconds of lateness that are looked into although the device says nothing. A busy computer holds
up every block by some tens of milliseconds for a while; and a shorter loss does no harm, because
pictures are placed by the sound that has come."""
_LEAST: Final = 0.005
"""Seconds; drivers are not more punctual than this, so no loss can be measured better."""
_SETTLED: Final = 1.0
"""Seconds without any catching up after which late sound is believed to stay late."""
_LONGEST_WAIT: Final = 2.0
"""Seconds that sound is kept back at most; the microphone counts as lost after 3."""
_LONGEST_LOSS: Final = 10.0
"""Seconds; a longer gap is a computer that slept, and no time of the interview."""


class Unbroken:
    """Finds out how much is missing where sound comes late, and fills it.

    Late sound is kept back until it is clear why it is late. If it catches up, it had only been
    waiting somewhere and is whole. If it stays late, as much was lost in front of it. A device's
    own word for a loss (an overflow) has no length, and some losses have no word: a sound system
    that changes from one device to another just gives nothing for a while.

    Args:
        rate: Samples per second.

    Attributes:
        filled: Samples of silence put in.
    """

    def __init__(self, rate: int) -> None:
        self.filled = 0
        self._rate = rate
        self._arrivals = Arrivals()
        self._taken = 0
        self._held: list[NDArray[np.float32]] = []
        self._held_since = 0.0
        self._overflow = False
        self._least_late = 0.0
        self._least_at = 0.0

    def add(
        self, block: "NDArray[np.float32]", now: float, *, overflow: bool
    ) -> "list[NDArray[np.float32]]":
        """Take the next block.

        Args:
            block: Of shape (samples,) or (samples, channels).
            now: When it came, in seconds of a monotonic clock.
            overflow: Whether the device says that it lost something before it.

        Returns:
            What can be used now, in order; empty while that is not clear.
        """
        if not len(block):
            return []
        self._taken += len(block)
        late = self._arrivals.add(now, self._taken / self._rate)
        if not self._held:
            if late <= _NOTICED and not overflow:
                return [block]
            self._held_since = now
            self._overflow = False
        self._overflow = self._overflow or overflow
        if overflow or not self._held or late < self._least_late - _LEAST:
            # What was measured before an overflow says nothing of what is missing after it.
            self._least_late, self._least_at = late, now
        self._least_late = min(self._least_late, late)
        self._held.append(block)
        if self._least_late <= (_LEAST if self._overflow else _NOTICED):
            return self.rest()
        if now - self._least_at < _SETTLED and now - self._held_since < _LONGEST_WAIT:
            return []
        return self._filled()

    def rest(self) -> "list[NDArray[np.float32]]":
        """What is still kept back."""
        held, self._held = self._held, []
        return held

    def _filled(self) -> "list[NDArray[np.float32]]":
        """Everything that was kept back, behind as much silence as is missing."""
        held = self.rest()
        if self._least_late > _LONGEST_LOSS:
            self._arrivals.forget()
            return held
        missing = round(self._least_late * self._rate)
        self._taken += missing
        self.filled += missing
        return [np.zeros((missing, *held[0].shape[1:]), held[0].dtype), *held]
