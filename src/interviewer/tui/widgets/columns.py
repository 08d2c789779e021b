"""One number over sessions, as columns of characters that begin at zero."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

TOP: Final = 100.0
"""The largest score."""

_AXIS: Final = 5
"""Columns for the numbers at the left."""
_WIDEST: Final = 9
_NARROWEST: Final = 2
_LABELLED: Final = 4
"""Columns from which a number stands over each bar."""
_EIGHTHS: Final = " ▁▂▃▄▅▆▇█"
_MARK: Final = "▲"


@dataclass(frozen=True, slots=True)
class Column:
    """One session.

    Attributes:
        value: 0 to 100; None where it was not observed.
        label: What stands under it while it is marked.
    """

    value: float | None
    label: str


class Columns(Widget):
    """The newest session is at the right; the marked one is told apart by a sign under it."""

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS: ClassVar[str] = "Columns { height: 12; width: 1fr; }"

    class Marked(Message):
        """A column was clicked."""

        def __init__(self, position: int) -> None:
            super().__init__()
            self.position = position

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._columns: tuple[Column, ...] = ()
        self._marked = 0
        self._colour = "$primary"

    def show(self, columns: Sequence[Column], marked: int, colour: str) -> None:
        """Show these.

        Args:
            columns: Oldest first.
            marked: Position of the one that is marked.
            colour: Of the bars.
        """
        self._columns, self._marked, self._colour = tuple(columns), marked, colour
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Mark what was hit."""
        width, first = self._layout()
        position = first + (event.x - _AXIS) // width
        if event.x >= _AXIS and position < len(self._columns):
            self.post_message(self.Marked(position))

    def _layout(self) -> tuple[int, int]:
        """Cells of a column with its gap, and the first session that is shown."""
        room = max(1, self.size.width - _AXIS)
        count = max(1, len(self._columns))
        width = min(_WIDEST, max(_NARROWEST, room // count))
        fitting = max(1, room // width)
        last = len(self._columns)
        first = max(0, last - fitting)
        return width, min(first, self._marked)

    def render(self) -> Content:
        """Numbers, bars, the line they stand on, and whose the marked one is."""
        width, first = self._layout()
        shown = self._columns[first : first + max(1, (self.size.width - _AXIS) // width)]
        rows = max(2, self.size.height - 3)
        lines = [self._row(row, rows, shown, first, width) for row in range(rows, -1, -1)]
        line = Content.assemble(
            (f"{'0':>{_AXIS - 1}} ", "$text-muted"), ("─" * (width * len(shown)), "$border")
        )
        return Content("\n").join([*lines, line, self._foot(shown, first, width)])

    def _row(self, row: int, rows: int, shown: Sequence[Column], first: int, width: int) -> Content:
        line = Content.styled(self._scale(row, rows), "$text-muted")
        for position, column in enumerate(shown, first):
            line += self._cell(column, row, rows, width, marked=position == self._marked)
        return line

    def _scale(self, row: int, rows: int) -> str:
        told = {rows - 1: "100", (rows - 1) // 2: "50"}
        return f"{told.get(row, ''):>{_AXIS - 1}} "

    def _cell(self, column: Column, row: int, rows: int, width: int, *, marked: bool) -> Content:
        gap = " " if width > _NARROWEST else ""
        room = width - len(gap)
        if column.value is None:
            return Content.styled(f"{'–' if row == 0 else '':^{room}}{gap}", "$text-muted")
        eighths = round(column.value / TOP * rows * 8) - row * 8
        if eighths > 0:
            bar = _EIGHTHS[min(8, eighths)] * room
            return Content.styled(bar + gap, self._colour if marked else f"{self._colour} 55%")
        if eighths > -8 and (width >= _LABELLED or marked):  # noqa: PLR2004 - the row above the bar
            number = f"{column.value:.0f}"[:room]
            return Content.styled(f"{number:^{room}}{gap}", "bold" if marked else "$text-muted")
        return Content(" " * width)

    def _foot(self, shown: Sequence[Column], first: int, width: int) -> Content:
        place = self._marked - first
        if not 0 <= place < len(shown):
            return Content("")
        label = f"{_MARK} {shown[place].label}"
        begin = _AXIS + place * width + (width - 2) // 2
        return Content(" " * min(begin, max(0, self.size.width - len(label))) + label)
