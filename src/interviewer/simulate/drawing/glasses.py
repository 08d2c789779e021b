"""Glasses."""

from typing import TYPE_CHECKING, Final

from interviewer.simulate.drawing.brush import Canvas
from interviewer.simulate.drawing.shapes import curve, mirrored, ring

if TYPE_CHECKING:
    from interviewer.simulate.drawing.looks import Look
    from interviewer.simulate.drawing.shapes import Point

_FRAME: Final = (0.10, 0.09, 0.10)
_WIDTH: Final = 0.22
_LENS: Final[list["Point"]] = [
    (1.3, -3.75), (2.3, -4.05), (3.7, -4.1), (5.0, -3.85), (5.5, -3.2), (5.4, -1.9), (4.7, -0.95),
    (3.4, -0.6), (2.1, -0.8), (1.3, -1.6), (1.0, -2.9),
]  # fmt: skip


def paint_glasses(canvas: Canvas, look: "Look") -> None:
    """A thin dark frame, over the eyes."""
    for line in (_LENS, mirrored(_LENS)):
        glass = curve(line, closed=True)
        canvas.fill(glass, (1.0, 0.97, 0.94), 0.05)
        shadow_outer, shadow_inner = ring([(x, y + 0.2) for x, y in line], _WIDTH)
        _frame(canvas, shadow_outer, shadow_inner, look.shade, 0.30, blur=0.12)
        outer, inner = ring(line, _WIDTH)
        _frame(canvas, outer, inner, _FRAME, 0.95, blur=0.02)
    bridge: list[Point] = [(-1.05, -2.9), (-0.5, -3.2), (0.5, -3.2), (1.05, -2.9)]
    canvas.stroke(bridge, (0.22, 0.2, 0.22), _FRAME, 0.95, blur=0.02)
    for side in (-1.0, 1.0):
        temple: list[Point] = [(side * 5.4, -3.3), (side * 6.45, -3.2)]
        canvas.stroke(temple, (0.26, 0.2), _FRAME, 0.95, blur=0.02)


def _frame(
    canvas: Canvas,
    outer: "list[Point]",
    inner: "list[Point]",
    paint: tuple[float, float, float],
    alpha: float,
    *,
    blur: float,
) -> None:
    """Fill what lies between two closed lines: out along one, back along the other."""
    band = [*outer, outer[0], inner[0], *reversed(inner)]
    canvas.fill(band, paint, alpha, blur=blur)
