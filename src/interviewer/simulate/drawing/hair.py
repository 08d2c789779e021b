"""Hair behind and before the face, and the beard."""

import math
import random
from typing import TYPE_CHECKING, Final

from interviewer.simulate.drawing.brush import Canvas
from interviewer.simulate.drawing.cuts import CUTS
from interviewer.simulate.drawing.shapes import curve, mix, ribbon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from interviewer.simulate.drawing.brush import Pixels
    from interviewer.simulate.drawing.looks import Look
    from interviewer.simulate.drawing.shapes import Colour, Point

_BLACK: Final = (0.02, 0.02, 0.03)
_LAYERS: Final = 3
"""Strands lie in so many layers, light and dark in turn."""


def paint_hair_behind(canvas: Canvas, look: "Look") -> None:
    """Hair that lies behind the ears and the face."""
    cut = CUTS[look.style]
    outline = curve(cut.back, closed=True)
    dark = mix(look.hair, _BLACK, 0.35)
    if look.style == "curly":
        _curls(canvas, look, outline, seed=3, dark=0.18)
        return
    canvas.fill(outline, dark, blur=0.05)
    if cut.back_guides:
        inside = canvas.mask(outline)
        _strands(canvas, look, cut.back_guides, inside, shine=0.25)
        # The face keeps the light from the hair behind it.
        canvas.glow((0, 5.0), (6.0, 5.0), _BLACK, 0.45, within=inside)


def paint_hair_before(canvas: Canvas, look: "Look") -> None:
    """Hair that falls over the forehead and the sides of the face."""
    cut = CUTS[look.style]
    if look.style == "curly":
        _curls(canvas, look, curve(cut.front[0], closed=True), seed=5, dark=0.0)
        return
    for outline_points, guides in zip(cut.front, cut.front_guides, strict=True):
        outline = curve(outline_points, closed=True)
        # A soft shadow of the hair on the skin.
        canvas.fill([(x, y + 0.35) for x, y in outline], look.shade, 0.35, blur=0.35, atop=True)
        canvas.fill(outline, look.hair, blur=0.07)
        # Strands reach a little beyond the outline, so that its edge is not cut with scissors.
        inside = canvas.mask(outline, blur=0.13)
        _strands(canvas, look, guides, inside, shine=1.0)
        canvas.glow((-2.6, -10.0), (2.8, 0.9), look.hair_light, 0.32, tilt=-14, within=inside)
        canvas.glow((7.0, -4.0), (1.6, 4.0), _BLACK, 0.22, within=inside)


def _strands(
    canvas: Canvas,
    look: "Look",
    guides: "Sequence[Sequence[Point]]",
    inside: "Pixels",
    *,
    shine: float,
) -> None:
    chance = random.Random(11)  # noqa: S311  # the hair must look the same each time
    dark = mix(look.hair, _BLACK, 0.6)
    for layer in range(_LAYERS):
        for paint, alpha, count in (
            (dark, 0.27, 44),
            (look.hair_light, 0.26 * shine, 40),
        ):
            lines = [_strand(guides, chance) for _ in range(count)]
            widths = (0.02, chance.uniform(0.08, 0.2), 0.02)
            outlines = [ribbon(curve(line), widths) for line in lines]
            canvas.hatch(outlines, paint, alpha, blur=0.02 + 0.02 * (layer % 2), within=inside)


def _strand(guides: "Sequence[Sequence[Point]]", chance: random.Random) -> "list[Point]":
    """A line somewhere between two neighbouring guides."""
    place = chance.random() * (len(guides) - 1)
    first = min(int(place), len(guides) - 2)
    share = place - first
    drift = chance.uniform(-0.14, 0.14)
    return [
        (x0 + (x1 - x0) * share + drift, y0 + (y1 - y0) * share + drift)
        for (x0, y0), (x1, y1) in zip(guides[first], guides[first + 1], strict=True)
    ]


def _curls(canvas: Canvas, look: "Look", outline: "list[Point]", *, seed: int, dark: float) -> None:
    """Many small curls: the edge of the hair is made of them too."""
    chance = random.Random(seed)  # noqa: S311  # the hair must look the same each time
    base = mix(look.hair, _BLACK, dark)
    canvas.fill(outline, base, blur=0.08)
    for blur in (0.10, 0.16):
        edge = [chance.choice(outline) for _ in range(90)]
        tufts = [_disc(place, chance.uniform(0.18, 0.42)) for place in edge]
        canvas.hatch(tufts, base, 0.85, blur=blur)
    reach = canvas.mask(outline, blur=0.3)
    for layer in range(_LAYERS * 2):
        bright = layer % 2 == 1
        paint: Colour = look.hair_light if bright else mix(look.hair, _BLACK, 0.7)
        curls = [_curl(place, chance) for place in _scattered(outline, 120, chance)]
        if bright:
            # Light falls on the crown from the upper left of the picture.
            curls = [c for c in curls if chance.random() < _lit(c[0])]
        canvas.hatch(curls, paint, 0.30 if bright else 0.32, blur=0.05, within=reach)
    canvas.glow((-3.5, -10.0), (3.6, 1.8), look.hair_light, 0.30, tilt=-25, within=reach)
    canvas.glow((8.0, -3.0), (2.6, 4.5), _BLACK, 0.40, within=reach)


def _lit(place: "Point") -> float:
    return min(1.0, max(0.12, 0.75 - 0.05 * (place[0] + 2) - 0.08 * (place[1] + 8)))


def _curl(place: "Point", chance: random.Random) -> "list[Point]":
    """A short bent stroke."""
    size = chance.uniform(0.22, 0.48)
    start = chance.uniform(0, 2 * math.pi)
    turn = chance.choice((-1, 1)) * chance.uniform(1.6, 3.2)
    arc = [
        (
            place[0] + size * math.cos(start + turn * i / 6),
            place[1] + size * math.sin(start + turn * i / 6),
        )
        for i in range(7)
    ]
    return ribbon(arc, (0.05, chance.uniform(0.14, 0.26), 0.05))


def _scattered(outline: "Sequence[Point]", count: int, chance: random.Random) -> "list[Point]":
    """Places spread over the outline's bounding box; those outside are cut off by its mask."""
    left, right = min(x for x, _ in outline), max(x for x, _ in outline)
    top, bottom = min(y for _, y in outline), max(y for _, y in outline)
    return [(chance.uniform(left, right), chance.uniform(top, bottom)) for _ in range(count)]


def _disc(centre: "Point", radius: float) -> "list[Point]":
    steps = 16
    return [
        (
            centre[0] + radius * math.cos(2 * math.pi * i / steps),
            centre[1] + radius * math.sin(2 * math.pi * i / steps),
        )
        for i in range(steps)
    ]


_BEARD: Final[list["Point"]] = [
    (-7.2, -0.6), (-6.55, -0.4), (-6.2, 2.2), (-5.3, 4.2), (-3.9, 4.2), (-2.9, 3.3), (-1.5, 2.75),
    (0.0, 2.85), (1.5, 2.75), (2.9, 3.3), (3.9, 4.2), (5.3, 4.2), (6.2, 2.2), (6.55, -0.4),
    (7.2, -0.6), (7.4, 5.0), (5.4, 9.2), (0.0, 10.6), (-5.4, 9.2), (-7.4, 5.0),
]  # fmt: skip


def paint_beard(canvas: Canvas, look: "Look", face: "Pixels") -> None:
    """A short beard with moustache; `look.beard` runs from stubble to full."""
    if look.beard <= 0:
        return
    outline = curve(_BEARD, closed=True)
    paint = mix(look.hair, look.skin, 0.22)
    canvas.fill(outline, paint, 0.25 + 0.55 * look.beard, blur=0.42, within=face)
    region = canvas.mask(outline, blur=0.34) * face
    chance = random.Random(13)  # noqa: S311  # the beard must look the same each time
    for layer in range(6):
        light = layer % 3 == 2  # noqa: PLR2004  # every third layer catches the light
        tone = mix(look.hair_light, look.skin, 0.2) if light else mix(look.hair, _BLACK, 0.1)
        hairs = [_beard_hair(chance) for _ in range(520)]
        canvas.hatch(hairs, tone, 0.14 + 0.16 * look.beard, blur=0.025, within=region)
    canvas.glow((0.0, 9.6), (4.5, 1.2), _BLACK, 0.22 * look.beard, within=region)


def _beard_hair(chance: random.Random) -> "list[Point]":
    x, y = chance.uniform(-7.2, 7.2), chance.uniform(-0.5, 9.9)
    length = chance.uniform(0.25, 0.5)
    # Hairs grow down, and outwards from the middle.
    end = (x + 0.05 * x * length + chance.uniform(-0.12, 0.12), y + length)
    return ribbon([(x, y), end], (0.06, 0.02))
