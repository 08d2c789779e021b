"""The interview itself: the question, and at the edge of sight what else there is to know."""

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import Rule, Static

from interviewer.interview.state import Action, Interview, Phase, Refusal, possible
from interviewer.tui import wording
from interviewer.tui.live import LiveInterview
from interviewer.tui.screens.confirm import ConfirmScreen
from interviewer.tui.screens.help import HelpScreen
from interviewer.tui.screens.interview_keys import (
    KEYS,
    NOTES,
    enabled,
    forward,
    labels,
    pausing,
)
from interviewer.tui.widgets.clock import AnswerClock, Timing
from interviewer.tui.widgets.keybar import KeyBar
from interviewer.tui.widgets.level import LevelMeter
from interviewer.tui.widgets.picture import Picture
from interviewer.tui.widgets.said import Notices, Said
from interviewer.tui.widgets.toosmall import TooSmall, too_small
from interviewer.tui.widgets.topbar import TopBar

if TYPE_CHECKING:
    from textual.timer import Timer

SENSES: Final = 15
"""How often a second picture and level are shown."""

TIMES: Final = 5
"""How often a second the timers and words are shown."""

EXPLAINED: Final = 4.0
"""Seconds for which a key's refusal is shown."""

NARROW: Final = 76
WIDE: Final = 110
HUGE: Final = 160
"""Columns below or from which the layout changes."""

LOW: Final = 22
HIGH: Final = 30
"""The same in rows."""

_CAPTION_LINES: Final = 2


class InterviewScreen(Screen[None]):
    """Shows a live interview and passes on what the candidate commands.

    It only polls, and ends by itself, with the result None, when the interview is finished. The
    app's own `ctrl+q` comes before a screen's, so the app lets it call `action_stop` here.

    Args:
        live: The interview; it may have begun already.
        captions: Whether captions are shown at first.
    """

    CSS_PATH = "interview.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key.key, key.action, key.label, show=False) for key in KEYS),
        Binding("up", "scroll('up')", "scroll", show=False),
        Binding("down", "scroll('down')", "scroll", show=False),
    ]

    def __init__(self, live: LiveInterview, *, captions: bool = False) -> None:
        super().__init__()
        self._live = live
        self._captions = captions
        self._explaining: Timer | None = None
        self._left = False

    def compose(self) -> ComposeResult:
        """From top to bottom; what has a height of its own is filled at once."""
        interview = self.seen
        with Vertical(id="room"):
            yield TopBar(id="top")
            yield Rule(classes="rule")
            yield Notices(id="notices")
            with Vertical(id="stage"):
                yield Static(classes="air above")
                with Horizontal(id="body"):
                    with VerticalScroll(id="card", can_focus=False):
                        yield Said(wording.phase(interview), id="phase")
                        yield Static(Content(interview.current.question.text), id="question")
                    with Vertical(id="side"):
                        yield Picture(absent="no camera", id="picture")
                with Horizontal(id="under"):
                    yield AnswerClock(id="clock")
                    yield LevelMeter(id="mic")
                yield Said(id="warning")
                yield Static(id="caption", markup=False)
                yield Static(classes="air below")
            yield Rule(classes="rule")
            yield KeyBar(KEYS, id="keybar")
        yield TooSmall("The interview goes on meanwhile.", id="toosmall")

    def on_mount(self) -> None:
        """Begin to look."""
        self.query_one("#caption").set_class(self._captions, "-shown")
        self.set_interval(1 / SENSES, self.show_senses)
        self.set_interval(1 / TIMES, self.show_times)
        self.call_after_refresh(self.show_times)

    def on_resize(self, event: Resize) -> None:
        """Lay out for the new size; say so where it has become too small."""
        width, height = event.size
        self.set_class(too_small(event.size), "-tiny")
        self.set_class(width < NARROW, "-narrow")
        self.set_class(width >= WIDE and height >= HIGH, "-wide")
        self.set_class(width >= HUGE and height >= HIGH, "-huge")
        self.set_class(height < LOW, "-low")
        self.call_after_refresh(self.show_times)

    @property
    def seen(self) -> Interview:
        """Where the interview stands, at the time of now."""
        interview = self._live.interview
        return replace(interview, time=max(interview.time, self._live.now))

    def show_senses(self) -> None:
        """Show the newest picture and level."""
        if self._left:
            return
        answering = self._live.interview.phase is Phase.ANSWERING
        meter = self.query_one("#mic", LevelMeter)
        meter.judged = answering
        meter.show(self._live.level())
        if self.query_one("#side").display and not self.has_class("-tiny"):
            self.query_one("#picture", Picture).show(self._live.picture())

    def show_times(self) -> None:
        """Show where the interview stands; leave when it is over."""
        if self._left:
            return
        interview = self.seen
        self._show_words(interview)
        self._show_clock(interview)
        self.query_one(KeyBar).show(enabled(interview), labels(interview, muted=self._live.muted))
        if interview.phase is Phase.FINISHED:
            self._leave()

    def _show_words(self, interview: Interview) -> None:
        top = self.query_one(TopBar)
        top.show(interview, recording=self._live.recording, muted=self._live.muted)
        self.query_one(Notices).show(self._live.notices)
        self.query_one("#phase", Said).say(wording.phase(interview))
        question = self.query_one("#question", Static)
        text = Content(interview.current.question.text)
        if question.content != text:
            question.update(text)
            self.query_one("#card").scroll_home(animate=False)
        if self._explaining is None:
            self.query_one("#warning", Said).say(wording.warning(interview))
        if self._captions:
            self._show_caption()

    def _show_caption(self) -> None:
        caption = self.query_one("#caption", Static)
        text = Content(wording.tail(self._live.caption(), caption.size.width, _CAPTION_LINES))
        if caption.content != text:
            caption.update(text)

    def _show_clock(self, interview: Interview) -> None:
        """Show the answer's time; between questions that of the answer just given stays."""
        clock = self.query_one(AnswerClock)
        if interview.doing is Phase.BETWEEN and clock.timing is not None:
            return
        target, limit = interview.current.asked.target, interview.current.seconds
        clock.show(Timing(interview.answer_elapsed, target.low, target.high, limit))

    def _leave(self) -> None:
        """Close, once; where a dialog lies above, that closes first."""
        if self.is_current:
            self._left = True
            self.dismiss(None)
        elif isinstance(self.app.screen, ConfirmScreen | HelpScreen):
            self.app.pop_screen()

    def action_do(self, name: str) -> None:
        """Command the interview; say why where that is not possible."""
        outcome = self._live.do(Action(name))
        if isinstance(outcome, Refusal):
            self.explain(wording.why_not(outcome, self.seen))
        else:
            self._stop_explaining()
            self.show_times()

    def action_forward(self) -> None:
        """Begin, end the answer, or go to the next question."""
        self.action_do(forward(self.seen))

    def action_pause(self) -> None:
        """Pause or go on."""
        self.action_do(pausing(self.seen))

    def action_mute(self) -> None:
        """Switch the interviewer's voice."""
        self._live.mute(not self._live.muted)
        self.show_times()

    def action_picture(self) -> None:
        """Hide or show the picture; the camera goes on."""
        self.query_one("#side").toggle_class("-hidden")

    def action_captions(self) -> None:
        """Show or hide the captions."""
        self._captions = not self._captions
        self.query_one("#caption").set_class(self._captions, "-shown")
        self.call_after_refresh(self._show_caption)

    def action_scroll(self, way: str) -> None:
        """Scroll a long question."""
        card = self.query_one("#card", VerticalScroll)
        (card.scroll_up if way == "up" else card.scroll_down)(animate=False)

    def action_help(self) -> None:
        """Show the keys."""
        self.app.push_screen(HelpScreen("Interview", KEYS, NOTES))

    def action_stop(self) -> None:
        """Ask, then stop."""
        interview = self.seen
        if Action.STOP not in possible(interview):
            return
        unasked = len(interview.plan.questions) - interview.index - 1
        if interview.started is None:
            unasked += 1
        left = {0: "This is the last question.", 1: "One question has not been asked."}
        text = left.get(unasked, f"{unasked} questions have not been asked.")
        screen = ConfirmScreen(
            "Stop the interview?",
            f"Your answers so far are kept and analysed. {text}",
            quiet="The interview goes on until you decide.",
            yes="Stop",
            no="Go on",
        )
        self.app.push_screen(screen, self._decided)

    def _decided(self, stop: bool | None) -> None:  # noqa: FBT001 - a dialog's result
        if stop:
            self.action_do(Action.STOP)

    def explain(self, sentence: str) -> None:
        """Show a sentence in the place of the warnings for a while."""
        self._stop_explaining()
        self.query_one("#warning", Said).say(wording.Saying("–", sentence, wording.WATCH))
        self._explaining = self.set_timer(EXPLAINED, self._stop_explaining)

    def _stop_explaining(self) -> None:
        if self._explaining is not None:
            self._explaining.stop()
            self._explaining = None
            self.query_one("#warning", Said).say(wording.warning(self.seen))
