"""The marks of a change: an arrow beyond the usual ups and downs, a wave within them."""

from math import pi, sin
from typing import Final

from interviewer.report.change_view import ChangeView, Reading
from interviewer.report.charts.canvas import Canvas, Weight
from interviewer.report.palette import ACT, GOOD, INK, MUTED

WIDTH: Final = 3.8
"""Room that a change takes with its mark, in type sizes."""

_STEPS: Final = 12


def draw_change(canvas: Canvas, right: float, y: float, change: ChangeView) -> None:
    """Write a change so that it ends at `right`, with its mark `WIDTH` type sizes before it."""
    size = canvas.sheet.size
    beyond = change.reading is Reading.BEYOND
    weight: Weight = "bold" if beyond else "normal"
    colour = INK if beyond else MUTED
    canvas.words(right, y, change.text, colour=colour, anchor="right", weight=weight)
    x = right - size * (WIDTH - 0.9)
    if beyond:
        _arrow(canvas, x, y, change)
    elif change.reading is Reading.WITHIN:
        _wave(canvas, x, y)


def _arrow(canvas: Canvas, x: float, y: float, change: ChangeView) -> None:
    unit = canvas.sheet.size / 13
    tip = -4.6 * unit if change.rises else 4.6 * unit
    wing = tip * 0.15
    colour = INK if change.better is None else GOOD if change.better else ACT
    canvas.line([x, x], [y - tip, y + tip], colour, width=1.9 * unit)
    xs = [x - 3.6 * unit, x, x + 3.6 * unit]
    canvas.line(xs, [y + wing, y + tip, y + wing], colour, width=1.9 * unit)


def _wave(canvas: Canvas, x: float, y: float) -> None:
    unit = canvas.sheet.size / 13
    turns = [step / _STEPS for step in range(_STEPS + 1)]
    xs = [x + (turn - 0.5) * 11 * unit for turn in turns]
    ys = [y - 2.2 * unit * sin(2 * pi * turn) for turn in turns]
    canvas.line(xs, ys, MUTED, width=1.4 * unit)
