"""What a live interview hears and sees through, whether a device, a stream or a file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SOUND_RATE: Final = 48_000
"""Samples per second that every microphone gives."""


@dataclass(frozen=True, slots=True)
class Over:
    """Why a source gives nothing more.

    Attributes:
        lost: True if a device or stream was lost or never came; False if a file has ended.
        message: One sentence for a person.
    """

    lost: bool
    message: str


class Microphone(Protocol):
    """Gives sound from a thread of its own.

    Attributes:
        name: For a person.
    """

    name: str

    def start(
        self, take: "Callable[[NDArray[np.float32]], None]", over: Callable[[Over], None]
    ) -> None:
        """Begin to give sound; only once.

        Args:
            take: Called with one block after the other, each of shape (samples,), one channel at
                `SOUND_RATE`, full scale from -1 to 1.
            over: Called at most once, when nothing more will come; never after `stop`.
        """
        ...  # pragma: no cover - a protocol has no body

    def stop(self) -> None:
        """End; returns within 2 s, and nothing is called after it. Stopping again does nothing."""
        ...  # pragma: no cover - a protocol has no body


class Camera(Protocol):
    """Gives pictures from a thread of its own.

    Attributes:
        name: For a person.
        size: Width and height of its pictures in pixels.
        fps: Pictures per second that it is believed to give.
    """

    name: str
    size: tuple[int, int]
    fps: float

    def start(
        self,
        take: "Callable[[NDArray[np.uint8], float | None], None]",
        over: Callable[[Over], None],
    ) -> None:
        """Begin to give pictures; only once.

        Args:
            take: Called with each picture, of shape (height, width, 3), blue first, which is the
                taker's to keep, and with its time in seconds or None for now.
            over: Called at most once, when nothing more will come; never after `stop`.
        """
        ...  # pragma: no cover - a protocol has no body

    def stop(self) -> None:
        """End; returns within 2 s, and nothing is called after it. Stopping again does nothing."""
        ...  # pragma: no cover - a protocol has no body
