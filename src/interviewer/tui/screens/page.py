"""What the screens around the interview share: a heading, a body that scrolls, a line of keys."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import Static

from interviewer.tui.widgets.keybar import Key, KeyBar
from interviewer.tui.widgets.toosmall import TooSmall, too_small

T = TypeVar("T")

HELP = Key("question_mark", "?", "help", "app.help", "Show what the keys do.", rank=1)
LEAVE = Key("ctrl+q", "^q", "leave", "app.leave", "Leave; what was finished is kept.", rank=6)


def bindings(keys: Iterable[Key]) -> list[BindingType]:
    """What Textual must know of keys; help and leaving are the app's."""
    return [
        Binding(key.key, key.action.removeprefix("screen."), key.label, show=False)
        for key in keys
        if key.action.startswith("screen.")
    ]


class Page(Screen[T]):
    """A screen beside the interview."""

    CSS_PATH: ClassVar[Any] = "page.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - as Textual has it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-tall")]  # noqa: RUF012 - as Textual has it

    HEADING: ClassVar[str] = ""
    """What the screen is, at its top."""
    KEYS: ClassVar[Sequence[Key]] = (HELP, LEAVE)
    """What can be pressed, from left to right."""
    NOTES: ClassVar[Sequence[str]] = ()
    """Sentences for the help."""
    MEANWHILE: ClassVar[str] = ""
    """What goes on while the terminal is too small, in a sentence."""

    def compose(self) -> ComposeResult:
        """Heading, body, keys."""
        with Horizontal(id="head"):
            yield Static(self.HEADING, id="heading", markup=False)
            yield Static(self.aside(), id="aside")
        with VerticalScroll(id="body", can_focus=False):
            yield from self.compose_body()
        yield KeyBar(self.KEYS, id="keys")
        yield TooSmall(self.MEANWHILE, id="toosmall")

    def on_resize(self, event: Resize) -> None:
        """Say so where the terminal has become too small."""
        self.set_class(too_small(event.size), "-tiny")

    def compose_body(self) -> ComposeResult:
        """What is between heading and keys."""
        yield from ()

    def aside(self) -> Content:
        """What stands at the right of the heading."""
        return Content("")

    def hint(self, action: str, *, possible: bool = True, label: str | None = None) -> None:
        """Say in the line of keys whether something is possible, and what it is called now."""
        labels = {} if label is None else {action: label}
        self.query_one("#keys", KeyBar).show({action: possible}, labels)
