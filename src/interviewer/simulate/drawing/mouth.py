"""The mouth: painted once for each pair of smile and opening that a film needs."""

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from interviewer.simulate.drawing.brush import Canvas, as_bytes, over
from interviewer.simulate.drawing.geometry import MOUTH
from interviewer.simulate.drawing.shapes import colour, mix

if TYPE_CHECKING:
    from interviewer.simulate.drawing.brush import Frame, Pixels
    from interviewer.simulate.drawing.looks import Look
    from interviewer.simulate.drawing.shapes import Point

_WHITE = (1.0, 1.0, 1.0)
_SMILE_STEPS = 10
_OPEN_STEPS = 10
_HALF = 9
"""Points of a lip's line on each side of its middle."""
_CAVITY = colour("#3a1214")
_TEETH = colour("#f4efe8")
_TONGUE = colour("#9c4a4a")


class Mouth:
    """The mouth of a look.

    Args:
        look: The appearance.
        scale: Pixels per centimetre.
        skin: What lies below, shape (height, width, 4), premultiplied, 0 to 1.
    """

    def __init__(self, look: "Look", scale: float, skin: "Pixels") -> None:
        self._look = look
        self._scale = scale
        self._skin = skin
        self._paint = lru_cache(maxsize=None)(self._painted)
        # Talking without a smile is what is seen most: no frame has to wait for it.
        for step in range(_OPEN_STEPS + 1):
            self._paint(0, step)

    def draw(self, smile: float, opening: float) -> "Frame":
        """The piece of the head's painting with the mouth in it, 0 to 255.

        Args:
            smile: 0 to 1.
            opening: 0 closed to 1 wide open.
        """
        return self._paint(round(smile * _SMILE_STEPS), round(opening * _OPEN_STEPS))

    def _painted(self, smile_step: int, open_step: int) -> "Frame":
        smile, opening = smile_step / _SMILE_STEPS, open_step / _OPEN_STEPS
        canvas = Canvas(MOUTH, self._scale)
        shape = _Shape(smile, opening)
        self._folds(canvas, shape, smile)
        self._inside(canvas, shape)
        self._lips(canvas, shape)
        return as_bytes(over(self._skin, canvas.finished()))

    def _folds(self, canvas: Canvas, shape: "_Shape", smile: float) -> None:
        look = self._look
        for side in (-1.0, 1.0):
            fold: list[Point] = [
                (1.75, 1.9),
                (2.45 + 0.2 * smile, 2.55),
                (3.0 + 0.45 * smile, 3.6 - 0.1 * smile),
                (3.05 + 0.55 * smile, 4.7 - 0.3 * smile),
            ]
            canvas.stroke(
                [(side * x, y) for x, y in fold],
                (0.05, 0.3, 0.3, 0.08),
                look.shade,
                0.10 + 0.36 * smile,
                blur=0.16,
            )
            if smile > 0:
                cheek = (side * 4.0, 2.2 - 0.3 * smile)
                canvas.glow(cheek, (0.75, 0.5), look.blush, 0.28 * smile, atop=False)
                light = mix(look.skin, _WHITE, 0.4)
                canvas.glow(
                    (cheek[0] - 0.25, cheek[1] - 0.35), (0.5, 0.3), light, 0.30 * smile, atop=False
                )
            corner = (side * (shape.corner_x + 0.18), shape.corner_y + 0.03)
            canvas.glow(corner, (0.28, 0.3), look.shade, 0.30 + 0.2 * smile, atop=False)
        canvas.glow((0, shape.bottom + 0.55), (0.95, 0.24), look.shade, 0.22, atop=False)

    def _inside(self, canvas: Canvas, shape: "_Shape") -> None:
        if shape.gap < 0.05:  # noqa: PLR2004  # closer than that, the line between the lips is enough
            return
        hole = [*shape.upper_inner(), *reversed(shape.lower_inner())]
        canvas.fill(hole, _CAVITY, blur=0.02)
        within = canvas.mask(hole)
        tongue_y = shape.middle + shape.gap * 1.02
        canvas.glow((0, tongue_y), (1.0, 0.32 * shape.gap), _TONGUE, 0.8, within=within)
        top = shape.upper_inner()
        depth = min(0.62, 0.25 + 0.42 * shape.gap)
        teeth = [*top, *reversed([(x * 0.93, y + depth) for x, y in top])]
        canvas.fill(teeth, mix(_TEETH, _CAVITY, 0.10), blur=0.05, within=within)
        for side in (-1.0, 1.0):
            edge = (side * shape.corner_x, shape.corner_y)
            canvas.glow(edge, (0.55, 0.5), _CAVITY, 0.75, within=within)
        canvas.stroke(top, (0.2, 0.3, 0.2), _CAVITY, 0.45, blur=0.1, within=within)

    def _lips(self, canvas: Canvas, shape: "_Shape") -> None:
        lips, look = self._look.lips, self._look
        dark, light = mix(lips, look.shade, 0.45), mix(lips, _WHITE, 0.28)
        upper = [*shape.upper_outer(), *reversed(shape.upper_inner())]
        lower = [*shape.lower_inner(), *reversed(shape.lower_outer())]
        canvas.fade(upper, (lips, dark), ((0, shape.top), (0, shape.middle)), 0.92, blur=0.05)
        canvas.fade(
            lower,
            (mix(lips, light, 0.35), mix(lips, dark, 0.35)),
            ((0, shape.lower_top), (0, shape.bottom)),
            0.92,
            blur=0.06,
        )
        within = canvas.mask(lower)
        canvas.glow(
            (-0.35, shape.lower_top + 0.36), (0.6, 0.16), light, 0.55, atop=True, within=within
        )
        line = shape.upper_inner()
        shut = max(0.0, 1 - shape.gap / 0.25)
        ink = mix(look.shade, _CAVITY, 0.6)
        canvas.stroke(line, (0.05, 0.12, 0.13, 0.12, 0.05), ink, 0.25 + 0.55 * shut, blur=0.035)


class _Shape:
    """The lines of a mouth, from the corner on the left of the picture to the one on the right."""

    def __init__(self, smile: float, opening: float) -> None:
        self.corner_x = 2.4 + 0.98 * smile - 0.22 * opening
        self.corner_y = 4.30 - 0.94 * smile + 0.25 * opening
        self.gap = 1.25 * opening + 0.62 * smile**1.5 * (1 - 0.6 * opening)
        self.middle = 4.42 + 0.06 * smile - 0.08 * opening
        self.top = 3.68 + 0.12 * smile - 0.10 * opening
        self.lower_top = self.middle + self.gap
        self.bottom = self.lower_top + 0.98 - 0.20 * smile
        self._smile = smile
        self._open = opening

    def upper_outer(self) -> "list[Point]":
        """Edge of the upper lip, with the bow in its middle."""
        bow = 0.15 * (1 - 0.5 * self._smile)
        line = self._arc(self.top, 1.55, 1.0)
        return [(x, y + bow * math.exp(-((x / 0.34) ** 2))) for x, y in line]

    def upper_inner(self) -> "list[Point]":
        """Where the upper lip ends below."""
        dip = 0.035 * (1 - self._smile)
        line = self._arc(self.middle, 2.0, 1.0)
        return [
            (x, y + dip * (math.exp(-((x / 0.4) ** 2)) - math.exp(-(((abs(x) - 0.9) / 0.5) ** 2))))
            for x, y in line
        ]

    def lower_inner(self) -> "list[Point]":
        """Where the lower lip begins."""
        return self._arc(self.lower_top, 2.2, 1.0 - 0.32 * self._open)

    def lower_outer(self) -> "list[Point]":
        """Edge of the lower lip."""
        return self._arc(self.bottom, 2.3, 0.9 - 0.12 * self._smile - 0.2 * self._open)

    def _arc(self, middle: float, power: float, fullness: float) -> "list[Point]":
        """A line from corner to corner through the middle."""
        shares = [i / _HALF for i in range(-_HALF, _HALF + 1)]
        return [
            (
                share * self.corner_x,
                self.corner_y + (middle - self.corner_y) * (1 - abs(share) ** power) ** fullness,
            )
            for share in shares
        ]
