"""The head without hair: ears, skin, nose, brows, and where light and shadow fall on them."""

import itertools
import random
from typing import TYPE_CHECKING

from interviewer.simulate.drawing.brush import Canvas
from interviewer.simulate.drawing.geometry import EYE_X, EYE_Y, face_outline
from interviewer.simulate.drawing.shapes import curve, mirrored, mix, ribbon

if TYPE_CHECKING:
    from interviewer.simulate.drawing.brush import Pixels
    from interviewer.simulate.drawing.looks import Look
    from interviewer.simulate.drawing.shapes import Point

_SIDES = (-1.0, 1.0)
_WHITE = (1.0, 1.0, 1.0)


def paint_skin(canvas: Canvas, look: "Look") -> "Pixels":
    """Paint ears, face, nose and brows.

    Returns:
        The mask of the face, so that a beard can stay inside of it.
    """
    for side in _SIDES:
        _ear(canvas, look, side)
    outline = curve(face_outline(look.jaw), closed=True)
    face = canvas.mask(outline)
    light = mix(look.skin, _WHITE, 0.10)
    canvas.fade(outline, (light, mix(look.skin, look.shade, 0.10)), ((-3, -8), (3, 10)))
    _modelling(canvas, look, face)
    _nose(canvas, look, face)
    for side in _SIDES:
        _brow(canvas, look, side)
    return face


def _ear(canvas: Canvas, look: "Look", side: float) -> None:
    outer: list[Point] = [
        (6.5, -2.9),
        (7.35, -3.35),
        (7.95, -2.7),
        (7.95, -1.2),
        (7.6, 0.4),
        (7.2, 1.55),
        (6.7, 1.7),
        (6.3, 0.6),
    ]
    shape = curve([(side * x, y) for x, y in outer], closed=True)
    base = mix(mix(look.skin, look.shade, 0.16), look.blush, 0.22)
    canvas.fill(shape, base)
    inside = canvas.mask(shape)
    canvas.glow((side * 7.15, -0.9), (0.28, 1.0), look.shade, 0.5, within=inside)
    rim: list[Point] = [(6.9, -2.6), (7.45, -2.75), (7.6, -1.6), (7.3, 0.0)]
    rim = [(side * x, y) for x, y in rim]
    canvas.stroke(rim, (0.1, 0.22, 0.08), look.shade, 0.38, blur=0.08, within=inside)
    canvas.glow((side * 7.0, 1.2), (0.3, 0.4), mix(look.skin, _WHITE, 0.2), 0.35, within=inside)


def _modelling(canvas: Canvas, look: "Look", face: "Pixels") -> None:
    """Light from the upper left of the picture."""
    shade, skin = look.shade, look.skin
    light = mix(skin, _WHITE, 0.35)
    # The face turns away from the light along its edge.
    rim = [*face_outline(look.jaw)]
    for width, alpha in ((2.2, 0.20), (1.0, 0.16)):
        canvas.stroke([*rim, rim[0]], (width, width), shade, alpha, blur=width * 0.42, within=face)
    right: list[Point] = [(7.2, -7), (6.2, -4), (5.7, 0), (5.2, 4), (3.2, 8), (7.4, 8)]
    canvas.fill(curve(right, closed=True), shade, 0.22, blur=0.9, within=face)
    canvas.glow((-1.2, -6.6), (2.9, 1.5), light, 0.50, within=face)
    canvas.glow((-4.3, 0.6), (1.25, 1.0), light, 0.36, tilt=-25, within=face)
    canvas.glow((4.0, 0.5), (1.1, 0.9), light, 0.17, tilt=25, within=face)
    canvas.glow((-0.4, 8.2), (1.1, 0.7), light, 0.26, within=face)
    for side in _SIDES:
        canvas.glow((side * 4.4, 1.7), (1.5, 1.1), look.blush, 0.24, tilt=side * -25, within=face)
        # Temples, and the hollow under the cheekbone.
        canvas.glow((side * 6.3, -4.6), (0.9, 2.2), shade, 0.16, within=face)
        canvas.glow((side * 5.3, 4.3), (1.0, 1.7), shade, 0.13, tilt=side * 28, within=face)
        # Sockets: deeper towards the nose and under the brow.
        canvas.glow((side * EYE_X, EYE_Y - 0.85), (1.45, 0.55), shade, 0.25, within=face)
        canvas.glow((side * 1.35, EYE_Y - 0.35), (0.45, 0.85), shade, 0.25, within=face)
        canvas.glow((side * 3.0, EYE_Y + 1.15), (1.25, 0.32), shade, 0.15, within=face)
    canvas.glow((0.0, 6.15), (1.15, 0.32), shade, 0.30, within=face)
    canvas.glow((0.0, 2.75), (0.26, 0.5), shade, 0.15, within=face)
    canvas.glow((0.3, 10.0), (3.6, 0.75), shade, 0.26, within=face)


def _nose(canvas: Canvas, look: "Look", face: "Pixels") -> None:
    shade = look.shade
    dark = mix(shade, (0.05, 0.05, 0.1), 0.45)
    light = mix(look.skin, _WHITE, 0.5)
    bridge: list[Point] = [(0.75, -3.4), (0.72, -1.6), (0.95, 0.2), (1.35, 1.2)]
    canvas.stroke(bridge, (0.5, 0.55, 0.7, 0.4), shade, 0.30, blur=0.3, within=face)
    canvas.stroke(mirrored(bridge), (0.3, 0.35, 0.4), shade, 0.15, blur=0.3, within=face)
    canvas.stroke(
        [(-0.12, -3.4), (-0.15, -1.2), (-0.16, 0.5)], (0.3, 0.42, 0.55), light, 0.34, blur=0.2
    )
    canvas.glow((0, 1.15), (0.95, 0.75), look.blush, 0.2, within=face)
    canvas.glow((-0.22, 0.72), (0.36, 0.34), light, 0.6, within=face)
    canvas.glow((0, 2.25), (1.25, 0.26), shade, 0.42, within=face)
    for side in _SIDES:
        wing: list[Point] = [
            (1.18, 0.72),
            (1.62, 1.0),
            (1.72, 1.45),
            (1.45, 1.82),
            (1.12, 1.86),
        ]
        wing = [(side * x, y) for x, y in wing]
        strength = 0.42 if side > 0 else 0.28
        canvas.stroke(wing, (0.04, 0.16, 0.2, 0.04), shade, strength, blur=0.1, within=face)
        nostril: list[Point] = [(0.5, 1.78), (0.85, 1.62), (1.2, 1.74), (0.95, 1.93)]
        canvas.fill(curve([(side * x, y) for x, y in nostril], closed=True), dark, 0.72, blur=0.06)
    underside: list[Point] = [(-0.6, 1.9), (-0.25, 2.06), (0.0, 2.1), (0.25, 2.06), (0.6, 1.9)]
    canvas.stroke(underside, (0.04, 0.13, 0.04), shade, 0.5, blur=0.06, within=face)


def _brow(canvas: Canvas, look: "Look", side: float) -> None:
    middle: list[Point] = [(1.45, -4.62), (2.6, -5.05), (4.0, -5.3), (5.1, -4.95), (5.75, -4.4)]
    line = [(side * x, y) for x, y in middle]
    weight = 0.42 + 0.42 * look.brow
    paint = mix(look.hair, look.skin, 0.10)
    canvas.stroke(
        line, (weight * 0.75, weight, weight * 0.85, 0.5 * weight, 0.06), paint, 0.55, blur=0.09
    )
    # Single hairs break the edge of the shape; they lie flatter towards the temple.
    chance = random.Random(7)  # noqa: S311  # not a secret: the brow must look the same each time
    hairs = []
    for _ in range(70):
        share = chance.random()
        x = 1.5 + 3.9 * share
        y = _along(middle, x) + chance.uniform(-0.32, 0.34) * weight * (1 - 0.6 * share)
        slope = _along(middle, min(x + 0.3, 5.7)) - _along(middle, x)
        length = 0.42 - 0.1 * share
        lift = (0.9 - 1.0 * share) * length
        end = (side * (x + length * (0.5 + 0.6 * share)), y + slope * 1.2 - lift)
        hairs.append(ribbon(curve([(side * x, y), end]), (0.075, 0.02)))
    canvas.hatch(hairs, look.hair, 0.55, blur=0.02)


def _along(line: "list[Point]", x: float) -> float:
    """Height of a line at x."""
    for (x0, y0), (x1, y1) in itertools.pairwise(line):
        if x0 <= x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return line[-1][1] if x > line[-1][0] else line[0][1]
