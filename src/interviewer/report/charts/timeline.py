"""The whole session on one axis of time: tone, pace, eye contact, smile, pauses and fillers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Final

from interviewer.report.charts.canvas import Canvas, Sheet, letters
from interviewer.report.charts.describe import describe_timeline
from interviewer.report.charts.rows import Frame, frame_for, gap, strip
from interviewer.report.charts.timeline_rows import (
    curve_row,
    speech_row,
    tone_axes_row,
    tone_lanes_row,
)
from interviewer.report.palette import INK, LINE, MUTED, PAPER, TRACK
from interviewer.report.view import TimelineView
from interviewer.report.wording import clock

Draw = Callable[[Canvas, Frame, float], None]

_LABEL_STRIDES: Final = (1, 2, 5, 10, 20, 50, 100)
_TICK_STEPS: Final = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its height in page pixels, and what draws it from a given top."""

    height: float
    draw: Draw


def timeline_chart(view: TimelineView, sheet: Sheet) -> str:
    """Draw all rows under one another; those that were not observed say so."""
    rows = _rows(view, sheet)
    header = sheet.size * 1.7
    steps = sheet.size * 1.9 if view.steps else 0.0
    axis = sheet.size * 2.2
    body = sum(row.height + gap(sheet) + strip(sheet) for row in rows)
    canvas = Canvas(sheet, header + steps + body + axis)
    frame = frame_for(sheet, view.duration)
    foot = header + steps + body
    _answer_bands(canvas, frame, view, header, foot)
    _step_marks(canvas, frame, view, header + steps / 2, foot)
    y = header + steps
    for row in rows:
        y += strip(sheet) + gap(sheet) / 2
        row.draw(canvas, frame, y)
        y += row.height + gap(sheet) / 2
    _time_axis(canvas, frame, foot)
    return canvas.svg("timeline", "The session over time", describe_timeline(view))


def _rows(view: TimelineView, sheet: Sheet) -> list[Row]:
    parts = [
        tone_lanes_row(view, sheet),
        *([] if view.tone_reason else [tone_axes_row(view, sheet)]),
        *(curve_row(curve, sheet) for curve in view.curves),
        speech_row(view, sheet),
    ]
    return [Row(height, draw) for height, draw in parts]


def _answer_bands(
    canvas: Canvas, frame: Frame, view: TimelineView, top: float, foot: float
) -> None:
    size = canvas.sheet.size
    labels: list[tuple[float, float, str]] = []
    for answer in view.answers:
        left, right = frame.at(answer.start), frame.at(answer.end)
        canvas.rectangle(left, top, max(1.0, right - left), foot - top, TRACK)
        half = letters(answer.label, size) / 2 + size * 0.2
        middle = min(max((left + right) / 2, frame.left + half), frame.right - half)
        labels.append((middle, half, answer.label))
    for middle, _, label in every_readable(labels):
        canvas.words(middle, size * 0.8, label, anchor="center", weight="bold")


def every_readable(
    labels: Sequence[tuple[float, float, str]],
) -> Sequence[tuple[float, float, str]]:
    """Every label, or every second, fifth, tenth and so on, so that none touches the next.

    Args:
        labels: Middle and half width in page pixels, and words, in order.
    """
    for stride in _LABEL_STRIDES:
        chosen = labels[stride - 1 :: stride]
        if all(a + half < b - other for (a, half, _), (b, other, _) in pairwise(chosen)):
            return chosen
    return labels[:1]


def _step_marks(
    canvas: Canvas, frame: Frame, view: TimelineView, middle: float, foot: float
) -> None:
    """Number the moments of the next steps, and lead the eye from each down through all rows."""
    size = canvas.sheet.size
    free_from = 0.0
    reach = size * 1.5
    if view.steps and not canvas.sheet.narrow:
        canvas.words(0, middle, "Next steps", weight="bold")
    for _, time in view.steps:
        canvas.line([frame.at(time)] * 2, [middle, foot], LINE)
    for number, time in sorted(view.steps, key=lambda step: step[1]):
        x = frame.at(time)
        # A number that would cover its neighbour moves aside, but not so far that it misleads.
        x = max(x, free_from)
        if x - frame.at(time) > reach:
            continue
        canvas.marks([x], [middle], INK, size=size * 1.35)
        canvas.words(
            x, middle, str(number), colour=PAPER, anchor="center", weight="bold", size=size * 0.85
        )
        free_from = x + size * 1.45


def _time_axis(canvas: Canvas, frame: Frame, y: float) -> None:
    sheet = canvas.sheet
    room = max(2, int((frame.right - frame.left) / (sheet.size * 5)))
    step = next((s for s in _TICK_STEPS if frame.duration / s <= room), _TICK_STEPS[-1])
    canvas.line([frame.left, frame.right], [y, y], LINE)
    for index in range(ceil(frame.duration / step + 1e-9)):
        x = frame.at(index * step)
        canvas.line([x, x], [y, y + 4], LINE)
        canvas.words(
            x,
            y + sheet.size * 1.15,
            clock(index * step),
            colour=MUTED,
            anchor="left" if index == 0 else "center",
            size=sheet.small,
        )
