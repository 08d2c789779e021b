"""Decoded pictures as arrays: upright, square pixels, blue first."""

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from av.stream import Stream
    from av.video.frame import VideoFrame
    from numpy.typing import NDArray

USUAL_FPS: Final = 30.0
"""Pictures per second of most cameras, where one says nothing that can be true."""
_FASTEST: Final = 240.0
_SLIMMEST, _WIDEST = 0.25, 4.0
"""Beyond these a stated pixel shape is an error of the file."""


class Developer:
    """Turns decoded frames of one stream into pictures.

    Args:
        stream: Where the frames come from.
    """

    def __init__(self, stream: "Stream") -> None:
        from av.video.reformatter import VideoReformatter

        stated = getattr(stream, "sample_aspect_ratio", None)
        self._pixel = float(stated) if stated and _SLIMMEST <= stated <= _WIDEST else 1.0
        self._reformatter = VideoReformatter()

    def picture(self, frame: "VideoFrame") -> "NDArray[np.uint8]":
        """The picture, of shape (height, width, 3)."""
        flat = self._reformatter.reformat(
            frame, width=max(1, round(frame.width * self._pixel)), format="bgr24"
        )
        picture = flat.to_ndarray().astype(np.uint8, copy=False)
        quarters = round(frame.rotation / 90) % 4
        return np.ascontiguousarray(np.rot90(picture, quarters)) if quarters else picture


def believed_fps(stated: float | None) -> float:
    """The stated rate of pictures, or the usual one if it cannot be true."""
    return float(stated) if stated and 1 <= stated <= _FASTEST else USUAL_FPS


def size_of(picture: "NDArray[np.uint8]") -> tuple[int, int]:
    """Width and height in pixels."""
    return picture.shape[1], picture.shape[0]
