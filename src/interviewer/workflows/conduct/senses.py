"""What a screen shows of camera and microphone: the newest picture, small, and the level."""

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

WIDEST: Final = 320
"""Pixels across the picture that is shown."""

SILENT: Final = -100.0
"""dBFS below which nothing is told apart."""

_MOMENT: Final = 2400
"""Samples of the level: 50 ms at 48 kHz."""


class Senses:
    """Keeps the newest of both; written by the sources' threads, read by the screen's."""

    def __init__(self) -> None:
        self.level = SILENT
        self._sound: NDArray[np.float32] = np.zeros(0, dtype=np.float32)
        self._frame: NDArray[np.uint8] | None = None
        self._small: NDArray[np.uint8] | None = None
        self._made_from: NDArray[np.uint8] | None = None

    def hear(self, block: "NDArray[np.float32]") -> None:
        """Take the next samples, one channel at 48 kHz."""
        self._sound = np.concatenate((self._sound, block))[-_MOMENT:]
        power = float(np.mean(np.square(self._sound, dtype=np.float64))) if len(self._sound) else 0
        self.level = SILENT if power <= 0 else max(SILENT, 10 * float(np.log10(power)))

    def see(self, frame: "NDArray[np.uint8]") -> None:
        """Take a picture, blue first; it is made small only when somebody looks."""
        self._frame = frame

    def picture(self) -> "NDArray[np.uint8] | None":
        """The newest picture, RGB; the same object as before where there is no newer one."""
        import cv2

        frame = self._frame
        if frame is None or frame is self._made_from:
            return self._small
        height, width = frame.shape[:2]
        scale = min(1.0, WIDEST / width)
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        small = cv2.resize(frame, size, interpolation=cv2.INTER_AREA)
        self._small = np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2RGB), dtype=np.uint8)
        self._made_from = frame
        return self._small
