"""Pictures in characters: each cell shows two pixels, one above the other. Pure.

`▀` fills the upper half of a cell with the text's colour; the lower half is the background. A cell
is about twice as high as wide, so such pixels are about square.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
from rich.color import Color, ColorType
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

if TYPE_CHECKING:
    from numpy.typing import NDArray

UPPER: Final = "▀"

GREYS: Final = (0, 85, 170, 255)
"""The greys of a terminal that has 16 colours (black, bright black, white, bright white), as Rich
takes them to look: each is written as exactly that colour."""

SLIVER: Final = 0.04
"""Share of a side by which a picture may be stretched; nobody sees it."""

_BAYER: Final = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]]) / 16
"""Bayer's ordered dither: which pixel of a 4 x 4 tile becomes lighter first."""

_LUMA: Final = np.array([0.2126, 0.7152, 0.0722])
"""Shares of red, green and blue in lightness (ITU-R BT.709)."""


def fitted(picture: "NDArray[np.uint8]", columns: int, rows: int) -> tuple[int, int]:
    """The largest size in cells in which a whole picture fits, undistorted but for a sliver.

    Args:
        picture: RGB, shape (h, w, 3).
        columns: Cells across; at least 1.
        rows: Cells down; at least 1.

    Returns:
        Columns and rows, each at least 1.
    """
    height, width = picture.shape[:2]
    scale = min(columns / width, 2 * rows / height)
    return (
        _snapped(max(1, round(width * scale)), columns),
        _snapped(max(1, round(height * scale / 2)), rows),
    )


def _snapped(cells: int, room: int) -> int:
    """All the room where next to none would be left: no sliver of background at the edge."""
    return room if cells >= room * (1 - SLIVER) else cells


def scaled(picture: "NDArray[np.uint8]", width: int, height: int) -> "NDArray[np.uint8]":
    """A picture in another size: the mean of what falls on each pixel.

    Args:
        picture: RGB, shape (h, w, 3), not empty.
        width: Pixels across.
        height: Pixels down.

    Returns:
        RGB, shape (height, width, 3). Where it grows, pixels are repeated.
    """
    if picture.shape[:2] == (height, width):
        return picture
    down, across = _edges(picture.shape[0], height), _edges(picture.shape[1], width)
    tall = np.add.reduceat(picture.astype(np.float32), down, axis=0)
    small = np.add.reduceat(tall, across, axis=1)
    area = np.outer(_counts(down, picture.shape[0]), _counts(across, picture.shape[1]))
    return np.rint(small / area[:, :, None]).astype(np.uint8)


def _edges(size: int, parts: int) -> "NDArray[np.int64]":
    """Where each part of a side begins."""
    return np.arange(parts) * size // parts


def _counts(edges: "NDArray[np.int64]", size: int) -> "NDArray[np.int64]":
    """How many pixels `reduceat` sums for each part; a part without any takes one."""
    return np.maximum(1, np.diff(np.append(edges, size)))


def greyed(picture: "NDArray[np.uint8]") -> "NDArray[np.uint8]":
    """A picture in the four greys of a terminal that has 16 colours, dithered.

    Args:
        picture: RGB, shape (h, w, 3).

    Returns:
        RGB, same shape, with values of `GREYS` only.
    """
    light = picture.astype(np.float64) @ _LUMA
    greys = np.array(GREYS)
    below = np.clip(np.searchsorted(greys, light, side="right") - 1, 0, len(greys) - 2)
    share = (light - greys[below]) / (greys[below + 1] - greys[below])
    height, width = light.shape
    tiles = np.tile(_BAYER, (-(-height // 4), -(-width // 4)))[:height, :width]
    chosen = greys[below + (share > tiles)].astype(np.uint8)
    return np.repeat(chosen[:, :, None], 3, axis=2)


def strips(picture: "NDArray[np.uint8]") -> list[Strip]:
    """Lines of half blocks.

    Args:
        picture: RGB, shape (2 x rows, columns, 3).

    Returns:
        One strip of `columns` cells for each row.
    """
    wide = picture.astype(np.uint32)
    packed = (wide[:, :, 0] << 16) | (wide[:, :, 1] << 8) | wide[:, :, 2]
    return [
        _strip(packed[row].tolist(), packed[row + 1].tolist()) for row in range(0, len(packed), 2)
    ]


def _strip(upper: Sequence[int], lower: Sequence[int]) -> Strip:
    """One line; neighbours of equal colours are written as one."""
    segments: list[Segment] = []
    begin = 0
    for column in range(1, len(upper) + 1):
        same = column < len(upper) and (upper[column], lower[column]) == (
            upper[begin],
            lower[begin],
        )
        if not same:
            segments.append(Segment(UPPER * (column - begin), _style(upper[begin], lower[begin])))
            begin = column
    return Strip(segments, len(upper))


@lru_cache(maxsize=16384)
def _style(upper: int, lower: int) -> Style:
    return Style(color=_colour(upper), bgcolor=_colour(lower))


@lru_cache(maxsize=16384)
def _colour(packed: int) -> Color:
    """A colour without a name: writing its name as text takes longer than all the rest."""
    triplet = ColorTriplet(packed >> 16, packed >> 8 & 255, packed & 255)
    return Color("", ColorType.TRUECOLOR, triplet=triplet)
