"""Progress on stderr: bars with the time left on a terminal, plain lines elsewhere."""

import sys
import time
from types import TracebackType
from typing import Self, TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

LINE_EVERY = 10.0
"""Seconds between lines where there is no terminal to redraw."""

SPEED_OVER = 600.0
"""Seconds over which the time left is estimated; models load before anything moves."""


class TerminalSteps:
    """Bars on a terminal: what is being done, the share, the time left."""

    def __init__(self) -> None:
        self._progress = Progress(
            SpinnerColumn(finished_text="✓"),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            speed_estimate_period=SPEED_OVER,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def begin(self, name: str) -> None:
        """Add a bar for the step."""
        self._task = self._progress.add_task(name, total=1.0)

    def advance(self, share: float) -> None:
        """Move the bar."""
        if self._task is not None:
            self._progress.update(self._task, completed=share)

    def end(self) -> None:
        """Fill the bar."""
        self.advance(1.0)


class EachStep:
    """The same, but the terminal is free between the steps: for an interview that talks there."""

    def __init__(self) -> None:
        self._bar: TerminalSteps | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._leave()

    def begin(self, name: str) -> None:
        """Draw a bar."""
        self._leave()
        self._bar = TerminalSteps()
        self._bar.__enter__()
        self._bar.begin(name)

    def advance(self, share: float) -> None:
        """Move the bar."""
        if self._bar is not None:
            self._bar.advance(share)

    def end(self) -> None:
        """Fill the bar, and leave it there."""
        if self._bar is not None:
            self._bar.end()
        self._leave()

    def _leave(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
        self._bar = None


class PlainSteps:
    """Lines for a log or a pipe: one per step, and one now and then while it lasts."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stderr
        self._name = ""
        self._started = self._spoken = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._out.flush()

    def begin(self, name: str) -> None:
        """Name the step."""
        self._name = name
        self._started = self._spoken = time.monotonic()
        self._line(f"{name} …")

    def advance(self, share: float) -> None:
        """Say the share and the time left, if some time has passed since it was said."""
        now = time.monotonic()
        if share <= 0 or share >= 1 or now - self._spoken < LINE_EVERY:
            return
        self._spoken = now
        left = (now - self._started) * (1 - share) / share
        self._line(f"{self._name}: {share:.0%}, about {left:.0f} s left")

    def end(self) -> None:
        """Say how long it took."""
        self._line(f"{self._name}: done in {time.monotonic() - self._started:.1f} s")

    def _line(self, text: str) -> None:
        print(text, file=self._out, flush=True)


def steps() -> TerminalSteps | PlainSteps:
    """Bars where stderr is a terminal, lines where it is not."""
    return TerminalSteps() if sys.stderr.isatty() else PlainSteps()


def each_step() -> EachStep | PlainSteps:
    """Bars that leave the terminal free between steps; lines where stderr is no terminal."""
    return EachStep() if sys.stderr.isatty() else PlainSteps()
