"""While the rest is measured: what is done, what goes on, how long it takes."""

from collections.abc import Sequence
from enum import Enum
from typing import Any, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from interviewer.tui.job import Job
from interviewer.tui.screens.page import HELP, LEAVE, Page, bindings
from interviewer.tui.widgets.keybar import Key
from interviewer.tui.widgets.progress_lines import ProgressLines

LOOKS: Final = 5
"""How often a second the steps are shown."""

_KEPT: Final = (
    "Your recording is safe. You can go on meanwhile: you are told when the report is ready. If "
    "you leave, `interviewer recover` completes it later."
)


class Processed(Enum):
    """How the screen was left."""

    OVER = "over"
    LATER = "later"


class ProcessingScreen(Page[Processed]):
    """Watches a job; it goes on whether or not it is watched.

    Args:
        job: Has begun.
        heading: What it is for.
        text: What a person should know meanwhile.
    """

    CSS_PATH = ["page.tcss", "processing.tcss"]  # noqa: RUF012 - as Textual has it
    MEANWHILE = "It goes on meanwhile."
    KEYS: ClassVar[Sequence[Key]] = (
        Key("b", "b", "go on meanwhile", "screen.later", "Leave it running, and go back."),
        HELP,
        LEAVE,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(
        self, job: Job[Any], heading: str = "Your interview is being measured", text: str = _KEPT
    ) -> None:
        super().__init__()
        self._job = job
        self._heading = heading
        self._text = text

    def compose_body(self) -> ComposeResult:
        """The steps, and what is safe."""
        yield Static("Getting ready …", id="waiting", classes="quiet")
        yield ProgressLines(id="steps")
        yield Static(self._text, id="kept", classes="quiet", markup=False)

    def on_mount(self) -> None:
        """Begin to look."""
        self.query_one("#heading", Static).update(self._heading)
        self.set_interval(1 / LOOKS, self._look)
        self._look()

    def _look(self) -> None:
        steps = self._job.steps
        self.query_one("#waiting").display = not steps
        self.query_one("#steps", ProgressLines).show(steps, self._job.now)
        if self._job.over and self.is_current:
            self.dismiss(Processed.OVER)

    def action_later(self) -> None:
        """Leave it running."""
        self.dismiss(Processed.LATER)


class ReadyingScreen(ProcessingScreen):
    """Before the interview: nothing else can be done meanwhile."""

    KEYS = (HELP, LEAVE)

    def __init__(self, job: Job[Any]) -> None:
        super().__init__(job, "Getting ready", "The first question comes in a moment.")

    def action_later(self) -> None:
        """There is nothing to go back to."""
