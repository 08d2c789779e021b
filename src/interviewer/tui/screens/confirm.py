"""Ask before something is done that cannot be taken back."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Static


class ConfirmScreen(ModalScreen[bool]):
    """A question with two answers; the harmless one has the focus.

    Its result is True for yes, False for no, escape or a click beside it.

    Args:
        title: What would be done, as a question.
        text: What follows from it.
        quiet: What else there is to know; may be empty.
        yes: Word on the button that does it.
        no: Word on the button that does not.
    """

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "yes", show=False),
        Binding("n,escape", "answer(False)", "no", show=False),
        Binding("left,right,up,down", "other", "other", show=False),
    ]

    def __init__(
        self, title: str, text: str, *, quiet: str = "", yes: str = "Yes", no: str = "No"
    ) -> None:
        super().__init__()
        self._asked = title
        self._text = text
        self._quiet = quiet
        self._yes = yes
        self._no = no

    def compose(self) -> ComposeResult:
        """The question, what follows, and the buttons."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = self._asked
            yield Static(self._text, classes="dialog-text", markup=False)
            if self._quiet:
                yield Static(self._quiet, classes="dialog-quiet", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button(f"y  {self._yes}", id="yes")
                yield Button(f"n  {self._no}", id="no")

    def on_mount(self) -> None:
        """Enter does no harm."""
        self.query_one("#no", Button).focus()

    def action_answer(self, yes: bool) -> None:  # noqa: FBT001 - called by a binding's text
        """Answer and close."""
        self.dismiss(yes)

    def action_other(self) -> None:
        """Go to the other button."""
        self.focus_next()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(event.button.id == "yes")
