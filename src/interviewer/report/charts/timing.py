"""How long each answer was against its target, and how long it took to begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from interviewer.report.charts.canvas import Canvas, Sheet
from interviewer.report.charts.describe import describe_timing
from interviewer.report.palette import MUTED, PAPER, TIMING, USUAL
from interviewer.report.view import TimingView
from interviewer.report.wording import NOT_OBSERVED, clock, number

Edges = tuple[float | None, float | None]

# Beyond so many answers the rows draw together.
_MANY: Final = 12
_HEADING: Final = 2.2
_LEAST_LENGTH_AXIS: Final = 60.0
_LEAST_LATENCY_AXIS: Final = 3.0


@dataclass(frozen=True, slots=True)
class Panel:
    """Where the rows of one panel lie, in page pixels.

    Attributes:
        name: Left edge of the rows' names.
        left: Left edge of what is drawn.
        right: Right edge of what is written.
        top: Top of the panel's heading.
        row: Height of a row.
    """

    name: float
    left: float
    right: float
    top: float
    row: float

    def middle(self, index: int, size: float) -> float:
        """Middle of a row, below the heading."""
        return self.top + size * _HEADING + self.row * (index + 0.5)


def timing_chart(rows: Sequence[TimingView], usual: Edges, sheet: Sheet) -> str:
    """Draw two panels with one row for each answer; under one another on a narrow sheet.

    Args:
        rows: One for each answer.
        usual: Edges of the usual latency in seconds; None where there is none.
        sheet: What to draw for.
    """
    size = sheet.size
    row = size * (1.35 if len(rows) > _MANY else 2.1)
    height = size * _HEADING + row * len(rows)
    apart = size * 2
    gutter = size * 2.8
    if sheet.narrow:
        canvas = Canvas(sheet, 2 * height + apart)
        length = Panel(0, gutter, sheet.width, 0, row)
        latency = Panel(0, gutter, sheet.width, height + apart, row)
    else:
        canvas = Canvas(sheet, height)
        split = sheet.width * 0.6
        length = Panel(0, gutter, split - size * 2, 0, row)
        latency = Panel(split, split + gutter, sheet.width, 0, row)
    _length_panel(canvas, rows, length)
    _latency_panel(canvas, rows, usual, latency)
    return canvas.svg("timing", "Timing of each answer", describe_timing(rows))


def _length_panel(canvas: Canvas, rows: Sequence[TimingView], panel: Panel) -> None:
    size, small = canvas.sheet.size, canvas.sheet.small
    lengths = [value for r in rows for value in (r.length, *r.target) if value is not None]
    numbers = panel.right - size * 8.2
    scale = (numbers - panel.left) / max([_LEAST_LENGTH_AXIS, *lengths])
    canvas.words(panel.name, panel.top + size * 0.8, "Length of the answer", weight="bold")
    for index, answer in enumerate(rows):
        middle = panel.middle(index, size)
        canvas.words(panel.name, middle, answer.label, colour=MUTED)
        _target(canvas, answer.target, panel, middle, scale)
        if answer.length is None:
            canvas.words(panel.left + 4, middle, NOT_OBSERVED, colour=MUTED, size=small)
            continue
        thickness = panel.row * 0.36
        width = max(2.0, answer.length * scale)
        canvas.rectangle(panel.left, middle - thickness / 2, width, thickness, TIMING, rounded=2)
        length = clock(answer.length)
        canvas.words(numbers + size * 3.4, middle, length, anchor="right", weight="bold")
        canvas.words(numbers + size * 4.1, middle, _against(answer), colour=MUTED, size=small)


def _target(canvas: Canvas, target: Edges, panel: Panel, middle: float, scale: float) -> None:
    """The target as a wider band behind the bar, with a stroke at each end."""
    low, high = target
    if high is None:
        return
    start, end = panel.left + (low or 0.0) * scale, panel.left + high * scale
    height = panel.row * 0.74
    canvas.rectangle(start, middle - height / 2, end - start, height, USUAL)
    for x in (start, end):
        canvas.line([x, x], [middle - height / 2, middle + height / 2], MUTED, width=1.2)


def _latency_panel(canvas: Canvas, rows: Sequence[TimingView], usual: Edges, panel: Panel) -> None:
    size, small = canvas.sheet.size, canvas.sheet.small
    known = [v for r in rows for v in (r.first_voice, r.first_word) if v is not None]
    low, high = usual
    longest = max([_LEAST_LATENCY_AXIS, *known, high or 0.0])
    scale = (panel.right - size * 5 - panel.left) / longest
    canvas.words(panel.name, panel.top + size * 0.8, "From question to first voice", weight="bold")
    if high is not None and known:
        start = panel.left + (low or 0.0) * scale
        top = panel.middle(0, size) - panel.row / 2
        width = panel.left + high * scale - start
        canvas.rectangle(start, top, width, panel.row * len(rows), USUAL)
    for index, answer in enumerate(rows):
        middle = panel.middle(index, size)
        canvas.words(panel.name, middle, answer.label, colour=MUTED)
        if answer.first_voice is None:
            canvas.words(panel.left + 4, middle, NOT_OBSERVED, colour=MUTED, size=small)
            continue
        _latency(canvas, answer.first_voice, answer.first_word, (panel.left, middle), scale)
        seconds = f"{number(answer.first_voice, 's')} s"
        canvas.words(panel.right, middle, seconds, anchor="right", weight="bold")


def _latency(
    canvas: Canvas,
    first_voice: float,
    first_word: float | None,
    origin: tuple[float, float],
    scale: float,
) -> None:
    """A dot at the first voice and a ring at the first content word."""
    left, middle = origin
    voice = left + first_voice * scale
    if first_word is not None:
        word = left + first_word * scale
        canvas.line([left, word], [middle, middle], TIMING, width=1.4)
        canvas.marks([word], [middle], TIMING, size=8, hollow=True, fill=PAPER)
    canvas.line([left, voice], [middle, middle], TIMING, width=2)
    canvas.marks([voice], [middle], TIMING, size=8)


def _against(answer: TimingView) -> str:
    """How a length lies against its target, in a word."""
    low, high = answer.target
    if answer.length is None or (low is None and high is None):
        return ""
    if low is not None and answer.length < low:
        return "short"
    if high is not None and answer.length > high:
        return "long"
    return "on target"
