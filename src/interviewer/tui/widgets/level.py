"""How loud the microphone hears the candidate, and whether that will do."""

from collections import deque
from collections.abc import Iterable
from enum import StrEnum
from typing import ClassVar, Final

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

FLOOR: Final = -60.0
"""dBFS below which nothing is heard but the room; the foot of the bars."""

QUIET: Final = -42.0
"""dBFS that a voice should reach. ITU-T P.56 levels of speech lie around -26; 16 dB below that,
a room's own noise comes close to the voice."""

CLIPPED: Final = -6.0
"""dBFS in 50 ms at which peaks touch full scale: the peaks of a voiced sound lie some 6 dB above
its mean, those of a sine 3 dB."""

REMEMBERED: Final = 45
"""How many levels a verdict looks back on: 3 s at 15 a second, longer than a breath."""

_BARS: Final = " ▁▂▃▄▅▆▇█"


class Verdict(StrEnum):
    """Whether the level will do."""

    SILENT = "no sound"
    QUIET = "too quiet"
    GOOD = "good"
    CLIPPING = "clipping"


_MARKS: Final = {
    Verdict.SILENT: ("·", "$text-muted"),
    Verdict.QUIET: ("▽", "$text-warning"),
    Verdict.GOOD: ("✓", "$text-success"),
    Verdict.CLIPPING: ("▲", "$text-error"),
}


def verdict(levels: Iterable[float]) -> Verdict:
    """Judge by the loudest of the latest levels, because speech has pauses.

    Args:
        levels: dBFS, each the mean over about 50 ms.

    Returns:
        The verdict; silent without levels.
    """
    loudest = max(levels, default=-100.0)
    if loudest >= CLIPPED:
        return Verdict.CLIPPING
    if loudest >= QUIET:
        return Verdict.GOOD
    return Verdict.QUIET if loudest >= FLOOR else Verdict.SILENT


def bar(level: float) -> str:
    """The bar for a level: eight steps from the floor to full scale, blank at the floor."""
    steps = len(_BARS) - 1
    height = 1 + int((level - FLOOR) / -FLOOR * steps) if level > FLOOR else 0
    return _BARS[min(steps, height)]


class LevelMeter(Widget):
    """One line: the latest levels as bars, and the verdict in a word with its own mark.

    Args:
        label: What is heard.
        id: Of the widget.
    """

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS: ClassVar[str] = "LevelMeter { height: 1; width: 1fr; }"

    judged: reactive[bool] = reactive(default=True)
    """Whether the verdict is shown. Who need not speak need not be told that nothing is heard."""

    def __init__(
        self,
        label: str = "mic",
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
    ) -> None:
        super().__init__(id=id)
        self._label = label
        self._levels: deque[float] = deque(maxlen=REMEMBERED)

    @property
    def verdict(self) -> Verdict:
        """The judgement of the last seconds."""
        return verdict(self._levels)

    def show(self, level: float) -> None:
        """Add the latest level, in dBFS; meant to be called about 15 times a second."""
        self._levels.append(level)
        self.refresh()

    def forget(self) -> None:
        """Begin anew, as for another microphone."""
        self._levels.clear()
        self.refresh()

    def render(self) -> Content:
        """The line, as wide as the widget."""
        widest = 2 + max(len(each.value) for each in Verdict)
        room = max(1, self.size.width - len(self._label) - widest - 2)
        latest = list(self._levels)[-min(room, REMEMBERED) :]
        bars = "".join(bar(level) for level in latest).rjust(min(room, REMEMBERED))
        mark, colour = _MARKS[self.verdict]
        said = f"{mark} {self.verdict.value}" if self.judged else ""
        return Content.assemble(
            (self._label, "$text-muted"), " ", (bars, "$secondary"), " ", (said, colour)
        )
