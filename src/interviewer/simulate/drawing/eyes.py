"""The eyes: eyeball and iris below, lids and lashes above, put together anew for each frame."""

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from interviewer.simulate.drawing.brush import Canvas, as_bytes, floats, over
from interviewer.simulate.drawing.geometry import EYE
from interviewer.simulate.drawing.shapes import Area, colour, curve, mix

if TYPE_CHECKING:
    from interviewer.simulate.drawing.brush import Frame, Pixels
    from interviewer.simulate.drawing.looks import Look
    from interviewer.simulate.drawing.shapes import Point

_WHITE = (1.0, 1.0, 1.0)
_INK = (0.05, 0.04, 0.06)
_IRIS = 0.65
_IRIS_CANVAS = Area(-0.8, -0.8, 0.8, 0.8)
_REACH_X, _REACH_Y = 0.78, 0.66
"""How far the iris travels for a gaze of 1, in centimetres."""
_IRIS_Y = -0.06
_LID_UP, _LID_DOWN = 0.18, 0.50
_STEPS = 20
_SQUINT_STEPS = 4
_FINE = 3


class Eye:
    """One eye of a look.

    Args:
        look: The appearance.
        scale: Pixels per centimetre.
        side: 1 for the eye on the right of the picture, -1 for the other.
        skin: What lies below, shape (height, width, 4), premultiplied, 0 to 1.
        glasses: What lies above, of the same shape, or None.
    """

    def __init__(
        self,
        look: "Look",
        scale: float,
        side: float,
        skin: "Pixels",
        glasses: "Pixels | None" = None,
    ) -> None:
        self._skin = skin
        self._glasses = glasses
        self._look = look
        self._scale = scale
        self._side = side
        self._ball = self._paint_ball()
        self._iris = self._paint_iris()
        self._shine = self._paint_shine()
        self._lids = lru_cache(maxsize=None)(self._paint_lids)
        # The lids of a plain face are seen most: no frame has to wait for them.
        for step in range(_STEPS + 1):
            self._lids(step, 0)

    def draw(self, gaze_x: float, gaze_y: float, openness: float, squint: float) -> "Frame":
        """Put the eye onto its skin.

        Args:
            gaze_x: -1 to 1; positive to the right of the picture.
            gaze_y: -1 to 1; positive is up.
            openness: 0 closed, 1 as usual; up to 1.2 is wide.
            squint: 0 to 1, how far the lower lid is raised.

        Returns:
            The piece of the head's painting with the eye in it, 0 to 255.
        """
        # The upper lid rides on the eyeball: it sinks when the eye looks down.
        follow = openness * (1 + (_LID_UP if gaze_y > 0 else _LID_DOWN) * gaze_y)
        step = round(min(max(follow, 0.0), 1.2) * _STEPS)
        lids, opening = self._lids(step, round(squint * _SQUINT_STEPS))
        below = self._skin
        if step > 0:
            below = below + (self._seen_ball(gaze_x, gaze_y) - below) * opening
        drawn = over(below, lids)
        return as_bytes(drawn if self._glasses is None else over(drawn, self._glasses))

    def _seen_ball(self, gaze_x: float, gaze_y: float) -> "Pixels":
        import cv2

        height, width = self._ball.shape[:2]
        half = self._iris.shape[0] / 2
        shift_x = (gaze_x * _REACH_X - EYE.left) * self._scale - half
        shift_y = (-gaze_y * _REACH_Y - EYE.top + _IRIS_Y) * self._scale - half
        place = np.array([[1, 0, shift_x], [0, 1, shift_y]], dtype=np.float64)
        iris = cv2.warpAffine(self._iris, place, (width, height), flags=cv2.INTER_LINEAR)
        return over(over(self._ball, floats(iris)), self._shine)

    def _paint_ball(self) -> "Pixels":
        canvas = Canvas(EYE, self._scale, fine=_FINE)
        everywhere: list[Point] = [(-2.2, -1.6), (2.2, -1.6), (2.2, 1.6), (-2.2, 1.6)]
        white, side = colour("#f3eeea"), self._side
        shade = mix(colour("#9c8f93"), self._look.shade, 0.35)
        canvas.fill(everywhere, white)
        canvas.fade(everywhere, (shade, white), ((0, -0.75), (0, 0.15)), 0.75)
        canvas.glow((side * 1.45, 0.1), (0.35, 0.6), shade, 0.7)
        canvas.glow((-side * 1.3, 0.1), (0.30, 0.5), mix(shade, self._look.blush, 0.5), 0.6)
        return canvas.finished()

    def _paint_iris(self) -> "Pixels":
        canvas = Canvas(_IRIS_CANVAS, self._scale, fine=4)
        iris = self._look.iris
        rim = mix(iris, _INK, 0.62)
        canvas.fill(_circle(_IRIS), rim, blur=0.02)
        canvas.fade(
            _circle(_IRIS * 0.88),
            (mix(iris, _INK, 0.25), mix(iris, _WHITE, 0.22)),
            ((0, -_IRIS), (0, _IRIS)),
            blur=0.03,
        )
        canvas.fill(_circle(_IRIS * 0.62), mix(iris, _INK, 0.15), 0.45, blur=0.06)
        canvas.fill(_circle(_IRIS * 0.42), _INK, blur=0.015)
        return canvas.finished()

    def _paint_shine(self) -> "Pixels":
        """Light of the window: it stays where it is when the eye moves."""
        canvas = Canvas(EYE, self._scale, fine=_FINE)
        canvas.fill(_circle(0.13, (-0.22, -0.26)), _WHITE, 0.95, blur=0.02)
        canvas.fill(_circle(0.06, (0.22, 0.16)), _WHITE, 0.4, blur=0.03)
        return canvas.finished()

    def _paint_lids(self, step: int, squint_step: int) -> tuple["Pixels", "Pixels"]:
        """Lids at one of few positions: a layer above everything, and where the eyeball shows."""
        look, side = self._look, self._side
        openness = step / _STEPS
        squint = squint_step / _SQUINT_STEPS
        upper, lower = _lid_lines(openness, squint)
        upper = [(side * x, y) for x, y in upper]
        lower = [(side * x, y) for x, y in lower]
        canvas = Canvas(EYE, self._scale, fine=_FINE)
        lid = mix(look.skin, look.shade, 0.18)
        wide_upper, _ = _lid_lines(1.05, 0)
        crease = [(side * x * 1.02, y - 0.30 - 0.06 * (1 - abs(x) / 1.5)) for x, y in wide_upper]
        if openness < 1:
            # The lid comes down over the eyeball; above it the socket stays as it is.
            cover = curve([*crease[1:-1], *reversed(upper)], closed=True)
            canvas.fade(cover, (lid, mix(lid, look.skin, 0.55)), ((0, -0.8), (0, 0.35)), blur=0.05)
        # A closing lid draws its crease smooth.
        fold = 0.15 + 0.42 * min(openness, 1.0)
        canvas.stroke(crease, (0.03, 0.11, 0.10, 0.03), look.shade, fold, blur=0.05)
        bags = [(x * 0.96, y + 0.34) for x, y in lower[1:-1]]
        canvas.stroke(bags, (0.03, 0.14, 0.03), look.shade, 0.16 + 0.22 * squint, blur=0.08)
        canvas.stroke(lower, (0.05, 0.07, 0.09), mix(look.shade, _INK, 0.25), 0.6, blur=0.03)
        lash = mix(_INK, look.hair, 0.25)
        weight = 0.13 + 0.09 * look.lash
        tail = [*upper[:-1], (upper[-1][0] + side * 0.14, upper[-1][1] - 0.10 * look.lash)]
        canvas.stroke(tail, (0.05, weight, weight * 1.15, 0.05), lash, 0.95, blur=0.02)
        layer = canvas.finished()
        opening = Canvas(EYE, self._scale, fine=_FINE)
        if openness > 0:
            opening.fill([*curve(upper), *reversed(curve(lower))], _WHITE, blur=0.02)
        return layer, opening.finished()[..., 3:]


def _lid_lines(openness: float, squint: float) -> "tuple[list[Point], list[Point]]":
    """Upper and lower lid line from the nose outwards."""
    lower: list[Point] = [(-1.5, 0.22), (-0.8, 0.48), (0.1, 0.60), (0.9, 0.42), (1.48, -0.06)]
    upper: list[Point] = [(-1.5, 0.22), (-0.9, -0.42), (0.0, -0.74), (0.9, -0.56), (1.48, -0.06)]
    raised = 0.26 * squint
    bottom = [(x, y - raised * (1 - (x / 1.5) ** 2)) for x, y in lower]
    # Closed, the upper lid covers the lower one.
    shut = [(x, y + 0.04 * (1 - (x / 1.5) ** 2)) for x, y in bottom]
    top = [
        (x, low + (high - low) * openness) for (x, high), (_, low) in zip(upper, shut, strict=True)
    ]
    return top, bottom


def _circle(radius: float, centre: "Point" = (0.0, 0.0)) -> "list[Point]":
    turn = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    return [(centre[0] + radius * np.cos(a), centre[1] + radius * np.sin(a)) for a in turn]
