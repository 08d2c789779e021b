"""An error as a screen: what happened, and what can be done now."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Button, Static

from interviewer.errors import InterviewerError
from interviewer.tui.screens.page import HELP, LEAVE, Page, bindings
from interviewer.tui.widgets.keybar import Key


class ProblemScreen(Page[None]):
    """Says one error; enter goes back.

    Args:
        error: Its sentence and the next step.
        kept: What was not lost, in a sentence; may be empty.
    """

    CSS_PATH = ["page.tcss", "problem.tcss"]  # noqa: RUF012 - as Textual has it
    HEADING = "That did not work"
    KEYS = (Key("enter", "⏎", "back", "screen.back", "Go back to the setup."), HELP, LEAVE)
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        [*KEYS[:1], Key("escape", "esc", "back", "screen.back")]
    )

    def __init__(self, error: InterviewerError, kept: str = "") -> None:
        super().__init__()
        self._error = error
        self._kept = kept

    def compose_body(self) -> ComposeResult:
        """The sentence, the next step, what is kept."""
        said = Content.assemble(("▲ ", "$text-error"), (self._error.message, "bold"))
        yield Static(said, id="what", classes="para")
        yield Static(self._error.next_step, id="next", classes="para", markup=False)
        yield Static(self._kept, id="kept", classes="quiet", markup=False)
        yield Button("Back to the setup", classes="go", id="back")

    def on_mount(self) -> None:
        """Nothing empty takes room."""
        self.query_one("#next").display = bool(self._error.next_step)
        self.query_one("#kept").display = bool(self._kept)

    def on_button_pressed(self) -> None:
        """Go back."""
        self.action_back()

    def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)
