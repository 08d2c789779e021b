"""The first start: what is recorded, where it stays, and who I am."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Input, Static

from interviewer.tui.screens.page import HELP, LEAVE, Page, bindings
from interviewer.tui.widgets.choice import Choice, Option
from interviewer.tui.widgets.keybar import Key

_POINTS: Final = (
    ("What is recorded", "Your voice while you answer, and your face if you allow the camera."),
    ("What is measured", "Words, pace, pauses, tone and looks: by models on this computer."),
    ("Who sees it", "Nobody but you. Nothing leaves this computer; there is no account."),
)
_INDENT: Final = 18
_DELETE: Final = "Delete the folder and it is gone. “Measures only” keeps no recording at all."


@dataclass(frozen=True, slots=True)
class Welcomed:
    """What was answered.

    Attributes:
        who: Name; empty for none.
        camera: Whether the camera may be used.
    """

    who: str
    camera: bool


class WelcomeScreen(Page[Welcomed]):
    """Asks before anything is opened; the camera is off unless it is allowed.

    Args:
        place: Where sessions are kept.
        who: A name that is known already.
        camera: Whether a camera was asked for already, on the command line.
    """

    CSS_PATH = ["page.tcss", "welcome.tcss"]  # noqa: RUF012 - as Textual has it
    HEADING = "Welcome"
    KEYS = (
        Key("enter", "⏎", "go on", "screen.go_on", "Agree, and go on."),
        Key("tab", "⇥", "next field", "app.focus_next", "Go to the next field.", rank=5),
        HELP,
        LEAVE,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(self, place: Path, who: str = "", *, camera: bool = False) -> None:
        super().__init__()
        self._place = place
        self._who = who
        self._camera = camera

    def aside(self) -> Content:
        """In a word."""
        return Content("interviewer · a coach on your own computer")

    def compose_body(self) -> ComposeResult:
        """The facts, then two questions."""
        yield Static("Practise an interview, and see how you did.", classes="title", id="promise")
        for title, text in (*_POINTS, ("Where it stays", _home(self._place)), ("", _DELETE)):
            with Horizontal(classes="point"):
                yield Static(title, classes="name", markup=False)
                yield Static(text, classes="text", markup=False)
        with Horizontal(classes="point", id="asked"):
            yield Static("  Your name", classes="name", markup=False)
            yield Input(self._who, placeholder="optional", id="who", max_length=80)
        yield Choice(
            "Camera",
            (Option("off", "off"), Option("on", "on: framing, eye contact, expression")),
            "on" if self._camera else "off",
            indent=_INDENT,
            id="camera",
        )
        yield Button("I agree: go on", classes="go", id="agree")

    def on_mount(self) -> None:
        """The name comes first."""
        self.query_one("#who", Input).focus()

    @on(Input.Submitted)
    @on(Button.Pressed)
    def action_go_on(self) -> None:
        """Take what was answered."""
        camera = self.query_one("#camera", Choice).value == "on"
        self.dismiss(Welcomed(self.query_one("#who", Input).value.strip(), camera))


def _home(place: Path) -> str:
    home = Path.home()
    return f"~/{place.relative_to(home)}" if place.is_relative_to(home) else str(place)
