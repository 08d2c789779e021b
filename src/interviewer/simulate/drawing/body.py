"""Neck, shoulders and clothes."""

from typing import TYPE_CHECKING

from interviewer.simulate.drawing.brush import Canvas
from interviewer.simulate.drawing.shapes import Area, Point, curve, mirrored, mix

if TYPE_CHECKING:
    from interviewer.simulate.drawing.brush import Pixels
    from interviewer.simulate.drawing.looks import Look

_WHITE = (1.0, 1.0, 1.0)
_INK = (0.08, 0.07, 0.08)


def paint_body(look: "Look", area: Area, scale: float) -> "Pixels":
    """Neck, shoulders and clothes over transparent ground, on a canvas of the given area."""
    canvas = Canvas(area, scale, fine=2)
    _neck(canvas, look)
    _garment(canvas, look)
    return canvas.finished()


def _neck(canvas: Canvas, look: "Look") -> None:
    wide = 3.8 + 1.0 * look.jaw
    right: list[Point] = [
        (wide - 1.6, 0.0),
        (wide - 0.2, 4.0),
        (wide, 8.2),
        (wide + 0.35, 10.6),
        (wide + 2.4, 12.4),
    ]
    outline = [*curve([(-x, y) for x, y in right]), *reversed(curve(right))]
    lower: list[Point] = [(6.5, 13.2), (3.0, 16.5), (0.0, 17.5), (-3.0, 16.5), (-6.5, 13.2)]
    outline = [*curve(right), *lower, *reversed(curve(mirrored(right)))]
    skin = mix(look.skin, look.shade, 0.14)
    canvas.fade(outline, (mix(skin, look.shade, 0.25), skin), ((2, 8), (-1, 14)))
    neck = canvas.mask(outline)
    canvas.glow((0.6, 8.6), (4.2, 1.9), look.shade, 0.62, within=neck)
    canvas.glow((3.4, 10.6), (1.1, 2.6), look.shade, 0.30, within=neck)
    for side in (-1.0, 1.0):
        tendon: list[Point] = [(side * 3.0, 9.4), (side * 1.9, 12.0), (side * 0.85, 14.0)]
        canvas.stroke(tendon, (0.1, 0.5, 0.2), look.shade, 0.16, blur=0.28, within=neck)
        bone: list[Point] = [(side * 0.9, 14.1), (side * 3.0, 13.75), (side * 5.4, 13.1)]
        canvas.stroke(bone, (0.4, 0.5, 0.1), look.shade, 0.18, blur=0.22, within=neck)
    canvas.glow((0, 13.9), (0.5, 0.5), look.shade, 0.25, within=neck)


def _garment(canvas: Canvas, look: "Look") -> None:
    cloth = look.cloth
    dark = mix(cloth, _INK, 0.45)
    light = mix(cloth, _WHITE, 0.16)
    opening = {"shirt": 16.4, "blazer": 17.6, "sweater": 14.4}[look.clothes]
    slope: list[Point] = [
        (4.6, 11.0),
        (7.0, 12.0),
        (11.5, 13.2),
        (16.0, 14.6),
        (19.4, 17.2),
        (21.2, 21.5),
        (22.4, 40.0),
    ]
    right = curve(slope)
    neckline = curve(
        [
            (-4.6, 11.0),
            (-3.5, (11.0 + opening) / 2 + 0.8),
            (0.0, opening),
            (3.5, (11.0 + opening) / 2 + 0.8),
            (4.6, 11.0),
        ]
        if look.clothes == "sweater"
        else [
            (-4.6, 11.0),
            (-2.4, (11.0 + opening) / 2),
            (0.0, opening),
            (2.4, (11.0 + opening) / 2),
            (4.6, 11.0),
        ]
    )
    if look.clothes == "blazer":
        _blouse(canvas, look)
    body = [*right, *reversed(mirrored(right)), *neckline]
    canvas.fade(body, (light, mix(cloth, _INK, 0.2)), ((-8, 11), (10, 21)))
    inside = canvas.mask(body)
    canvas.fill(
        [(18.5, 12), (23, 13), (24, 40), (14.5, 40), (16.0, 18)],
        dark,
        0.35,
        blur=1.3,
        within=inside,
    )
    canvas.fill([(-24, 40), (-23, 13), (-20, 15), (-18.0, 40)], dark, 0.22, blur=1.0, within=inside)
    canvas.glow((-9.5, 14.2), (3.0, 0.9), mix(cloth, _WHITE, 0.4), 0.28, tilt=20, within=inside)
    canvas.stroke(neckline, (0.5, 0.9, 0.5), dark, 0.35, blur=0.4, within=inside)
    for side in (-1.0, 1.0):
        seam: list[Point] = [(side * 15.4, 14.6), (side * 14.8, 17.2), (side * 15.2, 22.0)]
        canvas.stroke(seam, (0.06, 0.16, 0.1), dark, 0.35, blur=0.1, within=inside)
    match look.clothes:
        case "sweater":
            canvas.stroke(neckline, (0.85, 0.95, 0.85), mix(cloth, _WHITE, 0.06), blur=0.03)
            low = [(x * 1.08, y + 0.42) for x, y in neckline]
            canvas.stroke(low, (0.05, 0.10, 0.05), dark, 0.5, blur=0.05, within=inside)
        case "blazer":
            _lapels(canvas, look, inside)
        case "shirt":
            _collar(canvas, look, opening)


def _blouse(canvas: Canvas, look: "Look") -> None:
    shirt = look.shirt
    front: list[Point] = [
        (-5, 10.9),
        (-1.6, 15.4),
        (0, 16.2),
        (1.6, 15.4),
        (5, 10.9),
        (7, 40),
        (-7, 40),
    ]
    canvas.fade(front, (shirt, mix(shirt, _INK, 0.22)), ((-3, 11), (3, 22)))
    for side in (-1.0, 1.0):
        wing: list[Point] = [(4.35, 10.3), (5.4, 11.7), (3.5, 15.4), (0.35, 15.9), (2.6, 13.6)]
        wing = [(side * x, y) for x, y in wing]
        canvas.fill([(x, y + 0.25) for x, y in wing], _INK, 0.25, blur=0.25, atop=True)
        canvas.fill(wing, mix(shirt, _WHITE, 0.25), blur=0.03)
    canvas.stroke([(0.0, 16.2), (0.05, 30)], (0.12, 0.12), mix(shirt, _INK, 0.35), 0.5, blur=0.06)


def _lapels(canvas: Canvas, look: "Look", inside: "Pixels") -> None:
    dark = mix(look.cloth, _INK, 0.5)
    for side in (-1.0, 1.0):
        lapel: list[Point] = [
            (5.0, 11.2),
            (7.6, 14.2),
            (6.3, 14.9),
            (6.9, 15.9),
            (1.0, 24),
            (0.0, 18.0),
        ]
        lapel = [(side * x, y) for x, y in lapel]
        canvas.fill([(x + 0.1, y + 0.25) for x, y in lapel], dark, 0.55, blur=0.25, within=inside)
        light = mix(look.cloth, _WHITE, 0.10 if side < 0 else 0.04)
        canvas.fill(lapel, light, blur=0.03, within=inside)


def _collar(canvas: Canvas, look: "Look", opening: float) -> None:
    cloth = look.cloth
    dark = mix(cloth, _INK, 0.4)
    for side in (-1.0, 1.0):
        wing: list[Point] = [(4.5, 10.2), (6.1, 11.9), (4.3, 16.2), (0.6, opening), (2.7, 14.0)]
        wing = [(side * x, y) for x, y in wing]
        canvas.fill([(x + 0.05, y + 0.3) for x, y in wing], dark, 0.4, blur=0.25, atop=True)
        canvas.fill(wing, mix(cloth, _WHITE, 0.35 if side < 0 else 0.2), blur=0.03)
    canvas.stroke([(0, opening), (0.1, 30)], (0.14, 0.14), dark, 0.4, blur=0.06)
