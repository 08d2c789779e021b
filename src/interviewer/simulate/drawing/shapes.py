"""Colours, lines and outlines, in the head's own centimetres."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Point = tuple[float, float]
Colour = tuple[float, float, float]
"""Blue, green, red, each 0 to 1."""

_CURVE_STEPS = 10


def colour(text: str) -> Colour:
    """Read `#rrggbb`."""
    red, green, blue = (int(text[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return (blue, green, red)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """A colour between two; `share` 0 is the first, 1 the second."""
    blue, green, red = (a + (b - a) * share for a, b in zip(first, second, strict=True))
    return (blue, green, red)


def mirrored(points: Sequence[Point]) -> list[Point]:
    """The same points on the other side of the face."""
    return [(-x, y) for x, y in points]


def both_halves(right: Sequence[Point]) -> list[Point]:
    """A closed outline from its right half, given from top to bottom."""
    return [*right, *[(-x, y) for x, y in reversed(right) if abs(x) > 1e-6]]  # noqa: PLR2004


def curve(points: Sequence[Point], *, closed: bool = False) -> list[Point]:
    """A smooth line through points (Catmull-Rom).

    Args:
        points: At least two points; fewer than three are returned as they are.
        closed: Whether the line returns to its first point.
    """
    if len(points) < 3:  # noqa: PLR2004  # a straight line needs no smoothing
        return list(points)
    p = np.asarray(points, dtype=np.float64)
    if closed:
        p = np.vstack([p[-1:], p, p[:2]])
    else:
        p = np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    t = np.linspace(0, 1, _CURVE_STEPS, endpoint=False)[:, None]
    pieces = []
    for i in range(len(p) - 3):
        a, b, c, d = p[i : i + 4]
        pieces.append(
            0.5
            * (
                2 * b
                + (c - a) * t
                + (2 * a - 5 * b + 4 * c - d) * t**2
                + (3 * b - a - 3 * c + d) * t**3
            )
        )
    line = np.vstack(pieces if closed else [*pieces, p[-2:-1]])
    return [(float(x), float(y)) for x, y in line]


def ring(points: Sequence[Point], width: float) -> tuple[list[Point], list[Point]]:
    """Outer and inner edge of a closed line of even width."""
    line = np.asarray(curve(points, closed=True))
    direction = np.roll(line, -1, axis=0) - np.roll(line, 1, axis=0)
    direction /= np.maximum(np.linalg.norm(direction, axis=1, keepdims=True), 1e-9)
    normal = np.stack([-direction[:, 1], direction[:, 0]], axis=1) * width / 2
    edges = (line + normal, line - normal)
    first, second = ([(float(x), float(y)) for x, y in edge] for edge in edges)
    return first, second


def ribbon(points: Sequence[Point], widths: Sequence[float]) -> list[Point]:
    """The outline of a stroke whose width changes along it.

    Args:
        points: The middle line.
        widths: Full widths at evenly spread places along the line.
    """
    line = np.asarray(points, dtype=np.float64)
    direction = np.gradient(line, axis=0)
    direction /= np.maximum(np.linalg.norm(direction, axis=1, keepdims=True), 1e-9)
    normal = np.stack([-direction[:, 1], direction[:, 0]], axis=1)
    place = np.linspace(0, 1, len(line))
    half = np.interp(place, np.linspace(0, 1, len(widths)), widths)[:, None] / 2
    outline = np.vstack([line + normal * half, (line - normal * half)[::-1]])
    return [(float(x), float(y)) for x, y in outline]


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in centimetres; x grows to the right of the picture and y downwards."""

    left: float
    top: float
    right: float
    bottom: float
