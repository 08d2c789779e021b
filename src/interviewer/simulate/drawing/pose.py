"""Bending the painted head: turn, nod, tilt, jaw, cheeks and brows as one inverse warp.

The head is painted from the front. To turn it, each point gets a depth, and a pixel of the frame is
followed back through the rotation to the point of the painting that would be seen there. The maps
are computed on a coarse grid and enlarged, for they are smooth.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from interviewer.simulate.drawing.brush import floats

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from interviewer.simulate.drawing.shapes import Area, Point

    Floats = NDArray[np.float32]

_GRID: Final = 0.7
"""Distance of the grid's points in centimetres."""
_PIVOT_Y: Final = 5.0
"""The head turns about the upper end of the neck."""
_ROUNDS: Final = 6
_DEPTH: Final = 8.2
_DEPTH_X: Final = 8.7
_DEPTH_Y: Final = 14.5
_NOSE: Final = 4.0
_NOSE_NODDING: Final = 0.75
"""A share of it; more would stretch the painted nose over the mouth."""
_YAW_POWER: Final = 2.0
_PITCH_POWER: Final = 4.0
"""Nodding with a round face would draw the brows down as in anger."""
_YAW_GAIN: Final = 1.25
_PITCH_GAIN: Final = 1.7
"""A flat painting shows less of a turn than a head: these make the landmarker see it whole."""


@dataclass(frozen=True, slots=True)
class Bend:
    """How the head is held; angles in degrees, signs as in `FaceFrame`.

    Attributes:
        yaw: Positive to the candidate's own left, the right of the picture.
        pitch: Positive is up.
        roll: Positive tilts to the candidate's own left.
        shift: Where the head has moved to, in centimetres.
        jaw: How far the chin has dropped, in centimetres.
        cheeks: 0 to 1, how far a smile has lifted the cheeks.
        brows: How far the brows are raised, in centimetres.
    """

    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    shift: "Point" = (0.0, 0.0)
    jaw: float = 0.0
    cheeks: float = 0.0
    brows: float = 0.0


class Warp:
    """Maps from the frame's pixels around the head to the painting's pixels.

    Args:
        area: The head's canvas.
        scale: Pixels per centimetre.
        size: Width and height of the canvas in pixels.
    """

    def __init__(self, area: "Area", scale: float, size: tuple[int, int]) -> None:
        self._area = area
        self._scale = scale
        self._size = size
        width, height = area.right - area.left, area.bottom - area.top
        columns, rows = round(width / _GRID), round(height / _GRID)
        # Cell centres, which is how `cv2.resize` places them when it enlarges the grid.
        x = (np.arange(columns, dtype=np.float32) + 0.5) * np.float32(width / columns) + area.left
        y = (np.arange(rows, dtype=np.float32) + 0.5) * np.float32(height / rows) + area.top
        self._x, self._y = np.meshgrid(x.astype(np.float32), y.astype(np.float32))

    def maps(self, bend: Bend) -> tuple["Floats", "Floats"]:
        """For each pixel of the canvas, the pixel of the painting that is seen there.

        Returns:
            Two arrays of the canvas's shape for `cv2.remap`.
        """
        import cv2

        x, y = self._inverse(bend)
        half = np.float32(0.5)
        pixel_x = (x - np.float32(self._area.left)) * np.float32(self._scale) - half
        pixel_y = (y - np.float32(self._area.top)) * np.float32(self._scale) - half
        return (
            floats(cv2.resize(pixel_x, self._size, interpolation=cv2.INTER_LINEAR)),
            floats(cv2.resize(pixel_y, self._size, interpolation=cv2.INTER_LINEAR)),
        )

    def _inverse(self, bend: Bend) -> tuple["Floats", "Floats"]:
        yaw, pitch, roll = (
            np.float32(np.deg2rad(angle))
            for angle in (bend.yaw * _YAW_GAIN, bend.pitch * _PITCH_GAIN, bend.roll)
        )
        pivot = np.float32(_PIVOT_Y)
        # Undo the tilt and the shift exactly.
        dx = self._x - np.float32(bend.shift[0])
        dy = self._y - np.float32(bend.shift[1]) - pivot
        u = dx * np.cos(roll) + dy * np.sin(roll)
        v = dy * np.cos(roll) - dx * np.sin(roll)
        # Undo turn and nod by iteration, for the depth depends on where the point comes from.
        x, y = u, v + pivot
        for _ in range(_ROUNDS):
            ball, plate = _round(x, y, _YAW_POWER), _round(x, y, _PITCH_POWER)
            nose = _nose(x, y)
            x = (u - (ball + nose) * np.sin(yaw)) / np.cos(yaw)
            ahead = (plate + np.float32(_NOSE_NODDING) * nose) * np.cos(yaw) - x * np.sin(yaw)
            y = (v + ahead * np.sin(pitch)) / np.cos(pitch) + pivot
        return x, y - _expression(x, y, bend)


def _round(x: "Floats", y: "Floats", power: float) -> "Floats":
    """How far the face, without its nose, lies before the axis of turning, in centimetres.

    Behind the face's edge it runs out to nothing, so that hair and ears turn only a little.

    Args:
        x: Across the face.
        y: Down the face.
        power: 2 is round as a ball; more is flatter in front and steeper at the sides.
    """
    across = np.minimum(np.abs(x) / np.float32(_DEPTH_X), 1)
    along = np.minimum(np.abs(y + np.float32(0.5)) / np.float32(_DEPTH_Y), 1)
    result: Floats = np.float32(_DEPTH) * (1 - across**power) * (1 - along**3)
    return result


def _nose(x: "Floats", y: "Floats") -> "Floats":
    """How far the nose stands out, in centimetres."""
    result: Floats = np.float32(_NOSE) * np.exp(
        -((x / np.float32(1.6)) ** 2) - ((y - np.float32(0.9)) / np.float32(2.1)) ** 2
    )
    return result


def _expression(x: "Floats", y: "Floats", bend: Bend) -> "Floats":
    """How far down a point has moved by jaw, cheeks and brows, in centimetres."""
    down = np.zeros_like(x)
    if bend.jaw:
        drop = np.clip((y - np.float32(4.6)) / np.float32(3.4), 0, 1)
        side = np.clip((np.float32(9.0) - np.abs(x)) / np.float32(4.0), 0, 1)
        down += np.float32(bend.jaw) * drop * drop * (3 - 2 * drop) * side
    if bend.cheeks:
        for centre in (-3.9, 3.9):
            down -= np.float32(0.28 * bend.cheeks) * np.exp(
                -(((x - np.float32(centre)) / np.float32(1.5)) ** 2)
                - ((y - np.float32(1.4)) / np.float32(1.7)) ** 2
            )
    if bend.brows:
        down -= np.float32(bend.brows) * np.exp(
            -((x / np.float32(6.0)) ** 4) - ((y + np.float32(4.9)) / np.float32(1.1)) ** 2
        )
    return down.astype(np.float32)
