"""Before the interview: is the picture right, is the sound right, and how do you look and sound?"""

from collections.abc import Callable
from enum import Enum
from typing import ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from interviewer.errors import InterviewerError
from interviewer.tui.background import away
from interviewer.tui.screens.calibration import Calibration, State, unobserved
from interviewer.tui.screens.check_port import Check, Hint, Taken
from interviewer.tui.screens.page import HELP, LEAVE, Page, bindings
from interviewer.tui.widgets.keybar import Key
from interviewer.tui.widgets.level import LevelMeter
from interviewer.tui.widgets.picture import Picture
from interviewer.tui.widgets.said import Said
from interviewer.tui.wording import QUIET, WATCH, Saying

LOOKS: Final = 15
"""How often a second picture and level are shown."""

HINTS: Final = 3
"""How often a second the hints are: words that change faster cannot be read."""

GAZE: Final = 3.0
"""Seconds for which one looks at the camera: about as long as people like to hold a gaze, 3.3 s on
average (Binetti et al. 2016)."""

_MOST_HINTS: Final = 3


class Checked(Enum):
    """How the check was left."""

    BEGIN = "begin"
    BACK = "back"


class CheckScreen(Page[Checked | InterviewerError]):
    """Shows what the devices give, and takes the baselines for eye contact and tone.

    Args:
        check: The devices; opened here, and closed unless the interview begins.
        topic: What the interview is about, for the heading.
    """

    CSS_PATH = ["page.tcss", "check.tcss"]  # noqa: RUF012 - as Textual has it
    HEADING = "Device check"
    KEYS = (
        Key("enter", "⏎", "begin", "screen.begin", "Begin the interview; all of this is optional."),
        Key("g", "g", "look", "screen.gaze", "Look at the camera for three seconds.", rank=1),
        Key(
            "s", "s", "read", "screen.sentence", "Read the sentence aloud; s again ends it.", rank=1
        ),
        Key("escape", "esc", "back", "screen.back", "Go back and choose other devices.", rank=2),
        HELP,
        LEAVE,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    NOTES = (
        "The look shows where the camera is from your chair, for eye contact.",
        "The sentence shows how you sound when nothing is at stake, for the level of tone.",
    )

    def __init__(self, check: Check, topic: str = "") -> None:
        super().__init__()
        self._check = check
        self._topic = topic
        self._gaze = Calibration("Look at the camera", "g")
        self._sentence = Calibration("Read this aloud", "s")
        self._hints: tuple[Hint, ...] | None = None
        self._is_open = False

    def aside(self) -> Content:
        """What the interview is about."""
        return Content(self._topic)

    def compose_body(self) -> ComposeResult:
        """The picture with its meter, and what is to be done."""
        with Horizontal(id="both"):
            with Vertical(id="left"):
                yield Picture(absent="no picture", id="picture")
                yield LevelMeter(id="mic")
            with Vertical(id="right"):
                yield Static(id="hints", classes="para")
                yield Static(id="gaze", classes="step")
                yield Static(id="sentence", classes="step")
        yield Said(id="missing")

    def on_mount(self) -> None:
        """Open the devices and begin to look."""
        self._show_steps()
        self._open()

    @work(exit_on_error=False)
    async def _open(self) -> None:
        try:
            await away(self._check.open)
        except InterviewerError as error:
            self.dismiss(error)
            return
        self._is_open = True
        self.set_interval(1 / LOOKS, self._look)
        self.set_interval(1 / HINTS, self._show_hints)
        self._show_hints()
        self._show_steps()

    def _look(self) -> None:
        self.query_one("#picture", Picture).show(self._check.picture())
        level = self._check.level()
        meter = self.query_one("#mic", LevelMeter)
        meter.display = level is not None
        if level is not None:
            meter.show(level)

    def _show_hints(self) -> None:
        troubles = [
            Hint(f"{each.message} {each.next_step}".strip()) for each in self._check.troubles
        ]
        hints = (*troubles, *self._check.hints())[:_MOST_HINTS]
        if hints == self._hints:
            return
        self._hints = hints
        lines = [_hint(each) for each in hints] or [Content.styled("Looking …", "$text-muted")]
        self.query_one("#hints", Static).update(Content("\n").join(lines))
        self._show_steps()

    def _show_steps(self) -> None:
        seen, heard = self._check.is_seen, self._check.is_heard
        gaze, sentence = self.query_one("#gaze", Static), self.query_one("#sentence", Static)
        gaze.display = seen or not self._is_open
        sentence.display = heard or not self._is_open
        gaze.update(self._gaze.shown("Look into its lens for three seconds."))
        sentence.update(self._sentence.shown(f"“{self._check.sentence}”"))
        if not self._is_open:
            return
        missing = unobserved(self._check, gaze=self._gaze, sentence=self._sentence)
        self.query_one("#missing", Said).say(Saying("–", missing, QUIET) if missing else None)
        self.hint("screen.gaze", possible=seen)
        reading = self._sentence.state is State.RUNNING
        self.hint("screen.sentence", possible=heard, label="done" if reading else "read")

    def action_gaze(self) -> None:
        """Look at the camera for a while."""
        if self._is_open and self._check.is_seen and self._gaze.begin():
            self._check.begin_gaze()
            self._show_steps()
            self.set_timer(GAZE, lambda: self._end(self._gaze, self._check.end_gaze))

    def action_sentence(self) -> None:
        """Begin to read, or end it."""
        if not self._is_open or not self._check.is_heard:
            return
        if self._sentence.state is State.RUNNING:
            self._end(self._sentence, self._check.end_sentence)
        elif self._sentence.begin():
            self._check.begin_sentence()
            self._show_steps()

    @work(exit_on_error=False)
    async def _end(self, which: Calibration, take: Callable[[], Taken]) -> None:
        if not which.end():
            return
        self._show_steps()
        try:
            which.taken(await away(take))
        except InterviewerError as error:
            which.taken(Taken(good=False, text=error.message))
        self._show_steps()

    def action_begin(self) -> None:
        """Begin the interview; while the sentence is read, that ends first."""
        if self._sentence.state is State.RUNNING:
            self.action_sentence()
        elif self._is_open and not self._is_busy():
            self.dismiss(Checked.BEGIN)

    @work(exit_on_error=False)
    async def action_back(self) -> None:
        """Let the devices go, and choose others."""
        await away(self._check.close)
        self.dismiss(Checked.BACK)

    def _is_busy(self) -> bool:
        return State.KEEPING in {self._gaze.state, self._sentence.state}


def _hint(hint: Hint) -> Content:
    mark, colour = ("✓", "$text-success") if hint.good else ("▲", WATCH)
    return Content.assemble((f"{mark} ", colour), (hint.text, "$text-muted" if hint.good else ""))
