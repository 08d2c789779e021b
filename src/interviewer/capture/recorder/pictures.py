"""Pictures as a camera hands them over, in the form the encoder takes."""

from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Colours = Literal["bgr", "rgb"]

_CHANNELS = 3

# Black in video levels (ITU-R BT.601): luma 16, both chroma 128.
_BLACK_LUMA, _NO_CHROMA = 16, 128


def is_picture(frame: "NDArray[np.uint8]") -> bool:
    """Whether this is a colour picture of at least one pixel."""
    return frame.dtype == np.uint8 and frame.shape[2:] == (_CHANNELS,) and frame.size > 0


def even(size: tuple[int, int]) -> tuple[int, int]:
    """The nearest smaller size that halved chroma planes can have."""
    return max(2, size[0] - size[0] % 2), max(2, size[1] - size[1] % 2)


def black(size: tuple[int, int]) -> "NDArray[np.uint8]":
    """A black picture, as planes of shape (height * 3 / 2, width)."""
    width, height = size
    planes = np.full((height * 3 // 2, width), _NO_CHROMA, dtype=np.uint8)
    planes[:height] = _BLACK_LUMA
    return planes


def to_planes(
    frame: "NDArray[np.uint8]", size: tuple[int, int], colours: Colours
) -> "NDArray[np.uint8]":
    """Convert to YUV 4:2:0; a picture of another size is fitted in, with black borders.

    Args:
        frame: Of shape (height, width, 3).
        size: Width and height that come out, both even.
        colours: The order of the three channels.

    Returns:
        Planes of shape (height * 3 / 2, width).
    """
    import cv2

    width, height = size
    if frame.shape[:2] != (height, width):
        frame = _fitted(frame, width, height)
    code = cv2.COLOR_BGR2YUV_I420 if colours == "bgr" else cv2.COLOR_RGB2YUV_I420
    return np.asarray(cv2.cvtColor(frame, code), dtype=np.uint8)


def _fitted(frame: "NDArray[np.uint8]", width: int, height: int) -> "NDArray[np.uint8]":
    import cv2

    scale = min(width / frame.shape[1], height / frame.shape[0])
    wide = min(width, max(1, round(frame.shape[1] * scale)))
    high = min(height, max(1, round(frame.shape[0] * scale)))
    small = cv2.resize(frame, (wide, high), interpolation=cv2.INTER_AREA)
    canvas = np.zeros((height, width, 3), dtype=np.uint8)
    top, left = (height - high) // 2, (width - wide) // 2
    canvas[top : top + high, left : left + wide] = small
    return canvas
