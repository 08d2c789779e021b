"""What is asked, for how long, through which devices, and what is kept."""

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.events import DescendantFocus
from textual.widgets import Button, Static

from interviewer.config import LONGEST, Choices
from interviewer.errors import InterviewerError
from interviewer.tui.background import away
from interviewer.tui.backstage import Found, Offer
from interviewer.tui.screens.page import HELP, LEAVE, Page, bindings
from interviewer.tui.widgets.choice import Choice, NumberChoice, Option
from interviewer.tui.widgets.keybar import Key
from interviewer.tui.widgets.said import Said
from interviewer.tui.wording import ACT, WATCH, Saying

if TYPE_CHECKING:
    from interviewer.tui.backstage import Backstage

OFF: Final = "off"
DEFAULT: Final = "default"
SIMULATED: Final = "simulated"

_LEVELS: Final = ("easy", "medium", "hard")
_MINUTES: Final = ("15", "30", "45")
_TYPED: Final = Option(OFF, "none: I type my answers")
_SYSTEM: Final = Option(DEFAULT, "the system's own")
_HINTS: Final = {
    "domain": "What the questions are about. A bank of your own: start with --domain FILE.",
    "level": "How deep the questions go.",
    "minutes": "Time for the whole interview. Type any number of minutes.",
    "microphone": "What hears you. Typed answers are measured for content and time, not for voice.",
    "camera": "Off unless you choose one. Without it, nothing is said about looks.",
    "voice": "Whether the questions are said aloud; you can read them either way.",
    "keep": "Measures only: the recording is deleted as soon as it is measured.",
}


class Aside(Enum):
    """Where else one can go from the setup."""

    PROGRESS = "progress"


class SetupScreen(Page[Choices | Aside]):
    """A form that is filled with the choices of last time.

    Args:
        choices: Of last time.
        backstage: Looks for devices and refuses what is not possible.
        simulated: Whether the simulated candidate is offered.
        notes: What a person should know, in sentences.
    """

    CSS_PATH = ["page.tcss", "setup.tcss"]  # noqa: RUF012 - as Textual has it
    HEADING = "New interview"
    KEYS = (
        Key("enter", "⏎", "start", "screen.start", "Start with what is chosen."),
        Key("up", "↑↓", "line", "app.focus_next", "Go to another line.", rank=5),
        Key("right", "←→", "choose", "screen.nudge", "Choose on this line.", rank=4),
        Key("f5", "F5", "look again", "screen.look", "Look for devices again.", rank=6),
        Key("p", "p", "progress", "screen.progress", "See the sessions so far.", rank=3),
        HELP,
        LEAVE,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings([KEYS[0], *KEYS[3:5]])

    def __init__(
        self,
        choices: Choices,
        backstage: "Backstage",
        *,
        simulated: bool = False,
        notes: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self._choices = choices
        self._backstage = backstage
        self._simulated = simulated
        self._notes = tuple(notes)
        self._found: Found | None = None

    def compose_body(self) -> ComposeResult:
        """One line for each choice."""
        chosen = self._choices
        minutes = f"{chosen.minutes:g}"
        domains = [Option(each.spec, each.name) for each in self._backstage.domains()]
        if chosen.domain not in {each.value for each in domains}:
            domains.append(Option(chosen.domain, f"bank {chosen.domain.rsplit('/', 1)[-1]}"))
        levels = [Option(level, level) for level in _LEVELS]
        numbers = [Option(number, number) for number in _MINUTES]
        yield _line("About", "domain", domains, chosen.domain)
        yield _line("Level", "level", levels, chosen.level)
        yield NumberChoice("Minutes", numbers, minutes, hint=_HINTS["minutes"], id="minutes")
        yield Static(classes="gap")
        yield _line("Microphone", "microphone", self._microphones(), chosen.microphone)
        yield _line("Camera", "camera", self._cameras(), chosen.camera)
        yield Static(classes="gap")
        yield _line("Questions", "voice", _switch("asked aloud", "text only"), _is(on=chosen.voice))
        kept = _switch("recording and measures", "measures only")
        yield _line("Keep", "keep", kept, _is(on=chosen.keep))
        yield Static(id="hint", classes="quiet", markup=False)
        yield Said(id="trouble")
        yield Button("Start", classes="go", id="start")

    def on_mount(self) -> None:
        """Look for devices while the form is read."""
        self.query_one("#domain").focus()
        if self._notes:
            self._say(Saying("▲", " ".join(self._notes), WATCH))
        self.action_look()

    @work(exclusive=True, exit_on_error=False)
    async def action_look(self) -> None:
        """Look for microphones and cameras."""
        self._aside("looking for devices …")
        try:
            self._found = await away(self._backstage.found)
        except InterviewerError as error:
            self._found = Found(no_microphone=error.message, no_camera=error.message)
        self.query_one("#microphone", Choice).offer(self._microphones())
        self.query_one("#camera", Choice).offer(self._cameras())
        self._aside("")
        self._explain()

    def action_start(self) -> None:
        """Start, unless something is not possible."""
        choices, trouble = self._read()
        if choices is None or trouble:
            self._say(Saying("▲", trouble, ACT))
            return
        self.dismiss(choices)

    def action_progress(self) -> None:
        """See the sessions so far."""
        self.dismiss(Aside.PROGRESS)

    def action_nudge(self) -> None:
        """Choose the next option of the line that has the focus."""
        if isinstance(self.focused, Choice):
            self.focused.action_step(1)

    @on(Button.Pressed)
    def _pressed(self) -> None:
        self.action_start()

    @on(Choice.Changed)
    def _changed(self) -> None:
        """What was wrong may be right now."""
        _, trouble = self._read()
        self._say(Saying("▲", trouble, ACT) if trouble else None)
        self._explain()

    def on_descendant_focus(self, _event: DescendantFocus) -> None:
        """Explain the line that has the focus."""
        self._explain()

    def _explain(self) -> None:
        line = self.focused
        if not isinstance(line, Choice):
            return
        missing = ""
        if self._found is not None:
            missing = {
                "microphone": self._found.no_microphone,
                "camera": self._found.no_camera,
            }.get(line.id or "", "")
        self.query_one("#hint", Static).update(missing or line.hint)

    def _read(self) -> tuple[Choices | None, str]:
        """What is chosen, and why it is not possible."""
        value = {line.id: line.value for line in self.query(Choice)}
        minutes = _number(value["minutes"])
        if minutes is None:
            return None, f"Minutes: type a number above 0 and up to {LONGEST:g}."
        update = {
            **{name: value[name] for name in ("domain", "level", "microphone", "camera")},
            "minutes": minutes,
            "voice": value["voice"] == "yes",
            "keep": value["keep"] == "yes",
        }
        choices = self._choices.model_copy(update=update)
        return choices, self._absent(choices) or self._backstage.refusal(choices)

    def _absent(self, choices: Choices) -> str:
        """Which chosen device is not there."""
        if self._found is None:
            return ""
        for spec, offers, word in (
            (choices.microphone, self._found.microphones, "microphone"),
            (choices.camera, self._found.cameras, "camera"),
        ):
            if _is_device(spec) and spec not in {offer.spec for offer in offers}:
                return f"The {word} “{spec}” is not connected. Choose another, or press F5."
        return ""

    def _microphones(self) -> list[Option]:
        found = self._found.microphones if self._found else ()
        return self._offered((_SYSTEM,), found, (_TYPED,), self._choices.microphone)

    def _cameras(self) -> list[Option]:
        found = self._found.cameras if self._found else ()
        return self._offered((Option(OFF, "off"),), found, (), self._choices.camera)

    def _offered(
        self,
        first: Sequence[Option],
        found: Sequence[Offer],
        last: Sequence[Option],
        chosen: str,
    ) -> list[Option]:
        offered = [*first, *(Option(offer.spec, offer.name) for offer in found), *last]
        if self._simulated:
            offered.append(Option(SIMULATED, "simulated candidate"))
        if chosen not in {option.value for option in offered}:
            absent = self._found is not None and _is_device(chosen)
            offered.append(Option(chosen, f"{chosen} (not connected)" if absent else chosen))
        return offered

    def _say(self, saying: Saying | None) -> None:
        self.query_one("#trouble", Said).say(saying)

    def _aside(self, text: str) -> None:
        self.query_one("#aside", Static).update(Content(text))


def _line(label: str, name: str, options: Sequence[Option], value: str) -> Choice:
    return Choice(label, options, value, hint=_HINTS[name], id=name)


def _switch(yes: str, no: str) -> tuple[Option, Option]:
    return Option("yes", yes), Option("no", no)


def _is(*, on: bool) -> str:
    return "yes" if on else "no"


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 < number <= LONGEST else None


def _is_device(spec: str) -> bool:
    """Whether a choice means a device that is looked for, and not a file or an address."""
    if spec in {OFF, DEFAULT} or spec.startswith(SIMULATED):
        return False
    return not any(sign in spec for sign in ("/", "\\", "://"))
