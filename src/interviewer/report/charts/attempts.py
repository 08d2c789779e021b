"""Each score over the attempts, as small charts on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, isnan, nan
from typing import Final

from interviewer.report.change_view import ComparisonView, TrendView
from interviewer.report.charts.canvas import Canvas, Sheet
from interviewer.report.charts.marks import WIDTH, draw_change
from interviewer.report.palette import ALL, LINE, MUTED, PAPER, USUAL
from interviewer.report.wording import NOT_OBSERVED, number

_COLOURS: Final = {colour.name: colour for colour in ALL}
_STEP: Final = 10
_ROOM: Final = 1.5
_LEAST_SPAN: Final = 40
_TOP: Final = 100
_NOW: Final = "this one"


@dataclass(frozen=True, slots=True)
class _Scale:
    """What the foot and the head of every plot stand for."""

    bottom: int
    top: int


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where one plot lies, in page pixels."""

    left: float
    right: float
    top: float
    bottom: float
    scale: _Scale

    def y(self, value: float) -> float:
        """Where a score lies."""
        share = (value - self.scale.bottom) / (self.scale.top - self.scale.bottom)
        return self.bottom - share * (self.bottom - self.top)


def attempts_chart(view: ComparisonView, sheet: Sheet) -> str:
    """Draw one small chart for each score; under one another on a narrow sheet."""
    size = sheet.size
    columns = 1 if sheet.narrow else 3
    apart = size * 3
    width = (sheet.width - apart * (columns - 1)) / columns
    plot_height = size * (4.6 if sheet.narrow else 5.6)
    row = size * 2 + plot_height + size * 1.6
    rows = max(1, ceil(len(view.trends) / columns))
    canvas = Canvas(sheet, row * rows + size * 0.6)
    for index, (trend, scale) in enumerate(zip(view.trends, _scales(view.trends), strict=True)):
        left = (width + apart) * (index % columns)
        top = row * (index // columns)
        plot = _Plot(
            left + size * 2.3,
            left + width - size * 0.7,
            top + size * 2.2,
            top + size * 2.2 + plot_height,
            scale,
        )
        _head(canvas, trend, left, left + width, top + size * 0.9)
        _draw(canvas, trend, plot, left)
        if index + columns >= len(view.trends):
            _dates(canvas, view, plot, left + width)
    return canvas.svg("attempts", "Scores over your attempts, 0 to 100", describe(view))


def describe(view: ComparisonView) -> str:
    """The chart in sentences."""
    return " ".join(_sentence(trend) for trend in view.trends) or "No scores."


def _sentence(trend: TrendView) -> str:
    *before, now = [
        NOT_OBSERVED if value is None else number(round(value)) for value in trend.values
    ]
    words = f"{trend.label}: {', '.join(before)}, then {now} this time"
    return f"{words}." if trend.change is None else f"{words}: {trend.change.words}."


def _scales(trends: Sequence[TrendView]) -> list[_Scale]:
    """Tens around the values of each score, all of one span so that slopes can be compared."""
    ranges = [_tens([value for value in trend.values if value is not None]) for trend in trends]
    span = max([_LEAST_SPAN, *(high - low for low, high in ranges)])
    return [_widened(low, high, span) for low, high in ranges]


def _tens(known: Sequence[float]) -> tuple[int, int]:
    """The tens around values, with a little room for their marks."""
    low = floor((min(known) - _ROOM) / _STEP) * _STEP
    high = ceil((max(known) + _ROOM) / _STEP) * _STEP
    return max(0, low), min(_TOP, high)


def _widened(low: int, high: int, span: int) -> _Scale:
    """A range of this span, inside of 0 to 100, with the given one in its middle."""
    bottom = low - (span - (high - low)) // (2 * _STEP) * _STEP
    bottom = min(max(0, bottom), _TOP - span)
    return _Scale(bottom, bottom + span)


def _head(canvas: Canvas, trend: TrendView, left: float, right: float, y: float) -> None:
    """Name, value and change of a score above its plot."""
    size = canvas.sheet.size
    canvas.words(left, y, trend.label, weight="bold")
    now = trend.values[-1]
    if now is None:
        canvas.words(right, y, NOT_OBSERVED, colour=MUTED, anchor="right")
        return
    room = 0.0
    if trend.change is not None:
        draw_change(canvas, right, y, trend.change)
        room = size * WIDTH
    canvas.words(right - room, y, number(round(now)), anchor="right", weight="bold")


def _draw(canvas: Canvas, trend: TrendView, plot: _Plot, left: float) -> None:
    size = canvas.sheet.size
    for edge in (plot.scale.bottom, plot.scale.top):
        y = plot.y(edge)
        canvas.line([plot.left, plot.right], [y, y], LINE, width=1)
        name = number(edge)
        canvas.words(left + size * 1.8, y, name, colour=MUTED, anchor="right", size=size * 0.8)
    pad = size * 0.9
    step = (plot.right - plot.left - 2 * pad) / (len(trend.values) - 1)
    xs = [plot.left + pad + step * index for index in range(len(trend.values))]
    if trend.expected is not None:
        low, high = (min(max(edge, plot.scale.bottom), plot.scale.top) for edge in trend.expected)
        top, bottom = plot.y(high), plot.y(low)
        canvas.rectangle(xs[-1] - size * 0.55, top, size * 1.1, bottom - top, USUAL, rounded=2)
    colour = _COLOURS[trend.colour]
    ys = [nan if value is None else plot.y(value) for value in trend.values]
    canvas.line(xs, ys, colour, width=1.6)
    known = [(x, y) for x, y in zip(xs, ys, strict=True) if not isnan(y)]
    canvas.marks([x for x, _ in known], [y for _, y in known], colour, size=size * 0.34)
    if trend.values[-1] is not None:
        canvas.marks([xs[-1]], [ys[-1]], PAPER, size=size * 0.95)
        canvas.marks([xs[-1]], [ys[-1]], colour, size=size * 0.7)


def _dates(canvas: Canvas, view: ComparisonView, plot: _Plot, right: float) -> None:
    y = plot.bottom + canvas.sheet.size
    small = canvas.sheet.small
    canvas.words(plot.left, y, view.first, colour=MUTED, size=small)
    canvas.words(right, y, _NOW, colour=MUTED, anchor="right", size=small)
