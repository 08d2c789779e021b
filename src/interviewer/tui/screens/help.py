"""The keys of a screen, each with what it does."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.screen import ModalScreen
from textual.widgets import Static

from interviewer.tui.widgets.keybar import Key


class HelpLine(Static):
    """A key and what it does; a click closes the help and does it."""

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS: ClassVar[str] = """
    HelpLine { width: 1fr; height: auto; &:hover { background: $block-hover-background; } }
    """

    def __init__(self, key: Key, widest: int) -> None:
        told = key.told or key.label
        super().__init__(Content.assemble((key.shown.rjust(widest), "bold $primary"), "  ", told))
        self.key = key

    def on_click(self, event: Click) -> None:
        """Close, then do it on the screen beneath."""
        event.stop()
        self.screen.dismiss(None)
        self.app.call_later(self.app.run_action, self.key.action)


class HelpScreen(ModalScreen[None]):
    """An overlay; any of `?`, escape, enter and a click closes it, a click on a key also does it.

    Args:
        title: Of the screen that is explained.
        keys: Its keys.
        notes: Sentences after them.
    """

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,escape,enter,q", "close", "close", show=False)
    ]

    def __init__(self, title: str, keys: Sequence[Key], notes: Sequence[str] = ()) -> None:
        super().__init__()
        self._explained = title
        self._keys = tuple(keys)
        self._notes = tuple(notes)

    def compose(self) -> ComposeResult:
        """A line for each key, then the notes."""
        widest = max((len(key.shown) for key in self._keys), default=0)
        with VerticalScroll(classes="dialog") as dialog:
            dialog.border_title = self._explained
            dialog.border_subtitle = "esc closes"
            for key in self._keys:
                yield HelpLine(key, widest)
            for note in self._notes:
                yield Static(note, classes="dialog-quiet", markup=False)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)

    def on_click(self) -> None:
        """Go back."""
        self.dismiss(None)
