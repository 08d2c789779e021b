"""Steps of a long piece of work: what is done, what goes on, and how long it will take."""

import math
from collections.abc import Sequence
from typing import ClassVar, Final

from textual.content import Content
from textual.widgets import Static

from interviewer.tui.job import Step

_FULL, _EMPTY = "▰", "▱"
_CELLS: Final = 20
_MINUTE: Final = 60
_SOON: Final = 5


class ProgressLines(Static):
    """One line for each step, the current one with a bar."""

    DEFAULT_CSS: ClassVar[str] = "ProgressLines { height: auto; }"

    def show(self, steps: Sequence[Step], now: float) -> None:
        """Show the steps as they stand."""
        widest = max((len(step.name) for step in steps), default=0)
        self.update(Content("\n").join(_line(step, widest, now) for step in steps))


def _line(step: Step, widest: int, now: float) -> Content:
    name = f"{step.name:<{widest}}"
    if step.ended is not None:
        took = f"{step.ended - step.begun:.0f} s"
        return Content.assemble(("✓ ", "$text-success"), (name, "$text-muted"), f"  {took}")
    filled = round(step.share * _CELLS)
    return Content.assemble(
        ("▸ ", "$primary"),
        (name, "bold"),
        "  ",
        (_FULL * filled, "$primary"),
        (_EMPTY * (_CELLS - filled), "$text-muted"),
        f"  {step.share:4.0%}".replace("%", " %"),
        (f"  {time_left(step.left(now))}", "$text-muted"),
    )


def time_left(seconds: float | None) -> str:
    """Time left in words, rounded so that it does not flicker."""
    if seconds is None:
        return ""
    if seconds < _SOON:
        return "a few seconds left"
    rounded = math.ceil(seconds / _SOON) * _SOON
    if rounded < _MINUTE:
        return f"about {rounded} s left"
    return f"about {math.ceil(seconds / _MINUTE)} min left"
