"""One decoded picture: upright, square pixels, small, as an RGB array."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

if TYPE_CHECKING:
    from av.sidedata.sidedata import SideDataContainer
    from av.video.frame import VideoFrame
    from av.video.reformatter import VideoReformatter
    from av.video.stream import VideoStream
    from numpy.typing import NDArray

# Beyond these a stated pixel shape is an error of the file.
_SLIMMEST, _WIDEST = 0.25, 4.0


@dataclass(frozen=True, slots=True)
class Turn:
    """How a stored picture is brought upright: swap rows and columns first, then mirror.

    Attributes:
        swap: Rows become columns.
        flip_rows: Top and bottom change places.
        flip_columns: Left and right change places.
    """

    swap: bool = False
    flip_rows: bool = False
    flip_columns: bool = False

    @property
    def degrees(self) -> int:
        """The turn clockwise: 0, 90, 180 or 270; a mere mirror is 0."""
        if self.swap:
            return 90 if self.flip_columns else 270
        return 180 if self.flip_rows and self.flip_columns else 0

    def applied_to(self, picture: "NDArray[np.uint8]") -> "NDArray[np.uint8]":
        """The picture upright, of shape (height, width, 3)."""
        if self.swap:
            picture = picture.transpose(1, 0, 2)
        if self.flip_rows:
            picture = picture[::-1]
        if self.flip_columns:
            picture = picture[:, ::-1]
        return np.ascontiguousarray(picture)


def turn_of(frame: "VideoFrame") -> Turn:
    """Read the display matrix of a picture (ISO/IEC 14496-12, 8.2.2: [a b u; c d v; x y w])."""
    matrix = cast("SideDataContainer", frame.side_data).get("DISPLAYMATRIX")
    if matrix is None:
        return Turn()
    a, b, _, c, d = np.frombuffer(matrix, dtype=np.int32)[:5]
    if abs(int(b)) > abs(int(a)):
        return Turn(swap=True, flip_rows=bool(b < 0), flip_columns=bool(c < 0))
    return Turn(flip_rows=bool(d < 0), flip_columns=bool(a < 0))


def pixel_shape(stream: "VideoStream") -> float:
    """Width of a pixel over its height; 1 where the file does not say or cannot mean it."""
    stated = stream.sample_aspect_ratio
    if not stated or not _SLIMMEST <= stated <= _WIDEST:
        return 1.0
    return float(stated)


def to_rgb(
    frame: "VideoFrame", reformatter: "VideoReformatter", *, max_side: int, pixel: float = 1.0
) -> "NDArray[np.uint8]":
    """Scale and convert in one step, then turn.

    Args:
        frame: The decoded picture.
        reformatter: Kept by the caller, so that its tables are computed once.
        max_side: Longest side of the result in pixels; a smaller picture is not enlarged.
        pixel: Width of a stored pixel over its height.

    Returns:
        An array of shape (height, width, 3), RGB.
    """
    width = frame.width * pixel
    scale = min(1.0, max_side / max(width, frame.height))
    small = reformatter.reformat(
        frame,
        width=max(1, round(width * scale)),
        height=max(1, round(frame.height * scale)),
        format="rgb24",
        interpolation="BILINEAR",
    )
    return turn_of(frame).applied_to(small.to_ndarray().astype(np.uint8, copy=False))
