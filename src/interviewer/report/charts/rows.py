"""What the rows of the timeline share: where they lie, their names, and how they say nothing."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from interviewer.report.charts.canvas import Canvas, Sheet, letters
from interviewer.report.palette import INK, LINE, MUTED, PAPER
from interviewer.report.wording import NOT_OBSERVED

LANE: Final = 1.15
CURVE: Final = 3.9
_EMPTY_ROW: Final = 2.4


@dataclass(frozen=True, slots=True)
class Frame:
    """Where time is drawn on a sheet.

    Attributes:
        left: Page pixel of the recording's start.
        right: Page pixel of its end.
        duration: Length of the recording in seconds.
    """

    left: float
    right: float
    duration: float

    def at(self, seconds: float) -> float:
        """The page pixel of a time."""
        share = min(max(seconds / self.duration, 0.0), 1.0) if self.duration > 0 else 0.0
        return self.left + (self.right - self.left) * share


def frame_for(sheet: Sheet, duration: float) -> Frame:
    """Margins for names on the left and, where there is room, for the usual range on the right."""
    if sheet.narrow:
        return Frame(sheet.size * 4.9, sheet.width - 2, duration)
    return Frame(sheet.size * 9.6, sheet.width - sheet.size * 8.4, duration)


def strip(sheet: Sheet) -> float:
    """Height kept above a row for its name, where it cannot stand in the margin."""
    return sheet.size * 1.7 if sheet.narrow else 0.0


def gap(sheet: Sheet) -> float:
    """Space between two rows."""
    return sheet.size * 1.15


def empty_height(sheet: Sheet) -> float:
    """Height of a row that was not observed."""
    return sheet.size * (_EMPTY_ROW + (0.6 if sheet.narrow else 0))


def name_row(canvas: Canvas, y: float, label: str, unit: str, aside: str = "") -> None:
    """Name a row: in the left margin, or on a narrow sheet in the strip above it.

    Args:
        canvas: Where to draw.
        y: Top of the row's plot.
        label: Its name.
        unit: Its unit, or empty.
        aside: What stands at the far end of the strip; on a wide sheet others place it.
    """
    sheet = canvas.sheet
    size = sheet.size
    if sheet.narrow:
        line = y - size * 0.95
        canvas.words(0, line, f"{label}, {unit}" if unit else label, weight="bold")
        if aside:
            canvas.words(sheet.width, line, aside, colour=MUTED, anchor="right", size=sheet.small)
        return
    canvas.words(0, y + size * 0.55, label, colour=INK, weight="bold")
    if unit:
        canvas.words(0, y + size * 1.75, unit, colour=MUTED, size=sheet.small)


def not_observed(canvas: Canvas, frame: Frame, y: float, reason: str) -> None:
    """Say in words that a row has nothing to show, and why."""
    sheet, height = canvas.sheet, empty_height(canvas.sheet)
    room = int((frame.right - frame.left - 16) / letters("n", sheet.small))
    lines = textwrap.wrap(f"{NOT_OBSERVED}: {reason}", room)[:2]
    middle = y + height / 2
    step = sheet.small * 1.3
    for index, words in enumerate(lines):
        offset = (index - (len(lines) - 1) / 2) * step
        canvas.words(
            (frame.left + frame.right) / 2,
            middle + offset,
            words,
            colour=MUTED,
            anchor="center",
            size=sheet.small,
        )
    edges = [frame.left, frame.right]
    for edge in (y, y + height):
        canvas.line(edges, [edge, edge], LINE, dashes=(2, 4))


def lanes(
    canvas: Canvas, frame: Frame, y: float, names: Sequence[str]
) -> dict[str, tuple[float, float]]:
    """Name the lanes of a row and rule them apart.

    Returns:
        Top and height of each lane by its name.
    """
    sheet = canvas.sheet
    height = sheet.size * LANE
    places: dict[str, tuple[float, float]] = {}
    for index, name in enumerate(names):
        top = y + index * height
        canvas.words(
            frame.left - sheet.size * 0.7,
            top + height / 2,
            name,
            colour=MUTED,
            anchor="right",
            size=sheet.small,
        )
        middle = top + height / 2
        canvas.line([frame.left, frame.right], [middle, middle], PAPER, width=1)
        places[name] = (top, height)
    return places
