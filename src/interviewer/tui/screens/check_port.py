"""What the device check needs of microphone and camera."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from interviewer.workflows.check.verdicts import Hint, Taken

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from interviewer.errors import InterviewerError


__all__ = ["Check", "Hint", "Taken"]


class Check(Protocol):
    """Devices that are looked through before the interview.

    Everything but `open`, `close` and the two `end_…` returns at once and may be called about 15
    times a second. Those four may block, and are called on a thread of their own.
    """

    @property
    def is_seen(self) -> bool:
        """Whether a camera was wanted and works."""
        ...

    @property
    def is_heard(self) -> bool:
        """Whether a microphone was wanted and works."""
        ...

    @property
    def sentence(self) -> str:
        """One neutral sentence to read aloud."""
        ...

    @property
    def troubles(self) -> "Sequence[InterviewerError]":
        """Devices that could not be opened or were lost; the interview goes on without them."""
        ...

    def open(self) -> None:
        """Open the devices; what cannot be opened is among `troubles`.

        Raises:
            InterviewerError: There can be no interview.
        """

    def close(self) -> None:
        """Let the devices go, or hand them on to the interview."""

    def picture(self) -> "NDArray[np.uint8] | None":
        """The latest picture, RGB of shape (h, w, 3); None where there is none."""

    def level(self) -> float | None:
        """Mean level of the last 50 ms in dBFS; None without a microphone."""

    def hints(self) -> Sequence[Hint]:
        """What is to be said about framing, light and sound, the most important first."""
        ...

    def begin_gaze(self) -> None:
        """The person looks at the camera from now on."""

    def end_gaze(self) -> Taken:
        """The person has looked at the camera: keep where that is."""
        ...

    def begin_sentence(self) -> None:
        """The person reads the sentence aloud from now on."""

    def end_sentence(self) -> Taken:
        """The sentence was read: keep how the person sounds."""
        ...
