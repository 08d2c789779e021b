"""The room behind the candidate, out of focus."""

import random
from typing import TYPE_CHECKING

import numpy as np

from interviewer.simulate.drawing.brush import Canvas, floats
from interviewer.simulate.drawing.shapes import Area, colour, mix

if TYPE_CHECKING:
    from interviewer.simulate.drawing.brush import Pixels
    from interviewer.simulate.drawing.looks import Look
    from interviewer.simulate.drawing.shapes import Point

_WHITE = (1.0, 1.0, 1.0)
_INK = (0.08, 0.07, 0.08)


def paint_room(look: "Look", width: int, height: int) -> "Pixels":
    """A wall with light from a window, shelf, plant and picture, all out of focus.

    Returns:
        Shape (height, width, 4), opaque, 0 to 1. Painted on a plane 32 by 18, whatever the size.
    """
    import cv2

    area = Area(0, 0, 32, 18)
    canvas = Canvas(area, 20, fine=1)
    wall = look.wall
    everywhere: list[Point] = [(-1, -1), (33, -1), (33, 19), (-1, 19)]
    canvas.fade(
        everywhere,
        (mix(wall, _WHITE, 0.30), mix(wall, colour("#5d5a60"), 0.38)),
        ((2, 1), (31, 16)),
    )
    canvas.glow((4, 3), (6, 6), (0.90, 0.97, 1.0), 0.45, tilt=20)
    _shelf(canvas)
    _picture(canvas, look)
    _plant(canvas)
    soft = cv2.GaussianBlur(canvas.pixels, (0, 0), 5.5)
    picture = floats(cv2.resize(soft, (width, height), interpolation=cv2.INTER_CUBIC))
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    picture[..., :3] *= (1 - 0.16 * (x * x * 0.8 + y * y * 0.5)).astype(np.float32)[..., None]
    return np.clip(picture, 0, 1)


def _shelf(canvas: Canvas) -> None:
    wood = colour("#a9835c")
    chance = random.Random(21)  # noqa: S311  # the books must stand the same each time
    spines = ["#7d8f9b", "#b7674f", "#e3d6bd", "#4e6a61", "#c9a35a", "#8b5a64", "#dcdcd6"]
    for top in (4.4, 9.0):
        x = 0.2
        while x < 6.2:  # noqa: PLR2004  # the shelf's right end
            wide, tall = chance.uniform(0.4, 0.8), chance.uniform(1.9, 2.8)
            spine = colour(chance.choice(spines))
            box: list[Point] = [
                (x, top - tall),
                (x + wide, top - tall),
                (x + wide, top),
                (x, top),
            ]
            canvas.fill(box, mix(spine, _INK, 0.12))
            x += wide + (chance.uniform(0.6, 1.2) if chance.random() < 0.15 else 0.04)  # noqa: PLR2004
        board: list[Point] = [(-1, top), (7.0, top), (7.0, top + 0.32), (-1, top + 0.32)]
        canvas.fill(board, wood)
        shadow: list[Point] = [(-1, top + 0.3), (7.0, top + 0.3), (7.0, top + 0.9), (-1, top + 0.9)]
        canvas.fill(shadow, _INK, 0.16, blur=0.25)


def _picture(canvas: Canvas, look: "Look") -> None:
    outer: list[Point] = [(23.2, 1.6), (27.4, 1.6), (27.4, 7.2), (23.2, 7.2)]
    canvas.fill([(x + 0.2, y + 0.3) for x, y in outer], _INK, 0.22, blur=0.3)
    canvas.fill(outer, colour("#f4f1ea"))
    inner: list[Point] = [(23.8, 2.3), (26.8, 2.3), (26.8, 6.5), (23.8, 6.5)]
    canvas.fade(inner, (colour("#cfd9dc"), colour("#e9d9c0")), ((25, 2), (25, 6.5)))
    hill: list[Point] = [
        (23.8, 5.3),
        (24.8, 4.4),
        (25.6, 5.0),
        (26.8, 4.0),
        (26.8, 6.5),
        (23.8, 6.5),
    ]
    canvas.fill(hill, mix(look.cloth, _WHITE, 0.35))


def _plant(canvas: Canvas) -> None:
    green, light = colour("#4d6f52"), colour("#8aa872")
    chance = random.Random(5)  # noqa: S311  # the plant must look the same each time
    for _ in range(26):
        lean = chance.uniform(-1.0, 1.0)
        reach = chance.uniform(3.2, 6.6)
        tip = (29.3 + lean * 3.0, 14.2 - reach * (1 - 0.35 * abs(lean)))
        middle = (29.3 + lean * 1.1, 14.0 - reach * 0.55)
        paint = mix(green, light, chance.random())
        canvas.stroke([(29.3, 14.6), middle, tip], (0.15, 0.75, 0.05), paint, 0.9)
    pot: list[Point] = [(27.9, 14.2), (30.7, 14.2), (30.3, 18.5), (28.3, 18.5)]
    canvas.fade(pot, (colour("#e7e1d8"), colour("#a89f96")), ((28, 15), (31, 16)))
