"""The clock of one answer: a bar with the target band marked beneath it."""

from dataclasses import dataclass
from typing import ClassVar, Final

from textual.content import Content
from textual.widget import Widget

from interviewer.tui.wording import clock

SPARE: Final = 1.15
"""How far the bar reaches beyond the band and the time for the answer, so that both can be seen to
be passed."""

FILLED: Final = "▰"
EMPTY: Final = "▱"
BEYOND: Final = "▸"

_TIME: Final = 7
"""Cells for a time behind the bar, with a space on each side."""


@dataclass(frozen=True, slots=True)
class Timing:
    """The time of one answer, in seconds.

    Attributes:
        elapsed: Since the question had been asked.
        low: From here an answer has its usual length.
        high: Up to here.
        limit: The time for this answer.
    """

    elapsed: float
    low: float
    high: float
    limit: float

    @property
    def full(self) -> float:
        """Seconds that the whole bar stands for."""
        return SPARE * max(self.high, self.limit, 1.0)

    def column(self, seconds: float, width: int) -> int:
        """Where a time lies on a bar of so many cells."""
        return min(width, max(0, round(seconds / self.full * width)))


def bar(timing: Timing, width: int) -> str:
    """The bar; an arrow at its end says that the time has run beyond it."""
    filled = timing.column(timing.elapsed, width)
    line = FILLED * filled + EMPTY * (width - filled)
    return line[:-1] + BEYOND if timing.elapsed > timing.full else line


def bracket(timing: Timing, width: int) -> str:
    """The line beneath the bar: where the band begins and ends, with its times."""
    low = min(width - 2, timing.column(timing.low, width))
    high = max(low + 2, timing.column(timing.high, width))
    label = f" {clock(timing.low)}–{clock(timing.high)} "
    inner = high - low - 2
    if inner >= len(label):
        return " " * low + "└" + label.center(inner, "─") + "┘"
    marks = " " * low + "└" + "─" * inner + "┘"
    if len(marks) + len(label) <= width:
        return (marks + label).rstrip()
    return label.rjust(low) + marks[low:] if len(label) <= low else marks


class AnswerClock(Widget):
    """Two lines: the bar with the time, and the target band."""

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS: ClassVar[str] = "AnswerClock { height: 2; width: 1fr; }"

    timing: Timing | None = None
    """None while no answer is due: the bar is then empty."""

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
    ) -> None:
        super().__init__(id=id)

    def show(self, timing: Timing) -> None:
        """Show another time."""
        if timing != self.timing:
            self.timing = timing
            self.refresh()

    def render(self) -> Content:
        """Both lines, as wide as the widget."""
        timing, width = self.timing, max(4, self.size.width - _TIME)
        if timing is None:
            return Content("")
        line = bar(timing, width)
        filled = len(line) - line.count(EMPTY)
        return Content.assemble(
            (line[:filled], "$metric-timing"),
            (line[filled:], "$text-muted"),
            (f"  {clock(timing.elapsed)}", "bold" if timing.elapsed else "$text-muted"),
            "\n",
            (bracket(timing, width), "$text-muted"),
        )
