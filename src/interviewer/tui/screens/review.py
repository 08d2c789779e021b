"""How it went: scores, what to work on, the moments that show it, and every question."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static, TabbedContent, TabPane
from textual.widgets.option_list import Option

from interviewer.errors import InterviewerError
from interviewer.interview.documents.assessment import Finding
from interviewer.report.wording import clock, duration
from interviewer.tui import review_words as words
from interviewer.tui.background import away
from interviewer.tui.screens.page import HELP, LEAVE, Page, bindings
from interviewer.tui.widgets.keybar import Key
from interviewer.tui.widgets.said import Said
from interviewer.tui.wording import QUIET, WATCH, Saying

if TYPE_CHECKING:
    from interviewer.tui.backstage import Backstage, Reviewed

TABS = ("overview", "moments", "questions", "measured")


@dataclass(frozen=True, slots=True)
class Redo:
    """A question is to be asked again.

    Attributes:
        question: Position of its answer in the assessment.
    """

    question: int


class Onward(Enum):
    """Where one goes from the review."""

    AGAIN = "again"
    PROGRESS = "progress"
    CLOSE = "close"


class ReviewScreen(Page[Redo | Onward]):
    """One session; of now or of the past.

    Args:
        reviewed: The session.
        backstage: Plays moments and opens the report.
    """

    CSS_PATH = ["page.tcss", "review.tcss"]  # noqa: RUF012 - as Textual has it
    HEADING = "Review"
    KEYS = (
        Key("1", "1–4", "view", "screen.next_view", "Overview, moments, questions, measured.", 3),
        Key("p", "p", "play", "screen.play", "Play the moment; p again stops it.", 2),
        Key("r", "r", "redo", "screen.redo", "Answer the weakest or the marked question again.", 1),
        Key("o", "o", "report", "screen.report", "Open the report in the browser.", 1),
        Key("n", "n", "new", "screen.again", "Hold another interview with the same choices.", 1),
        Key("g", "g", "progress", "screen.progress", "See all sessions.", 4),
        Key("escape", "esc", "close", "screen.close", "Close the review."),
        HELP,
        LEAVE,
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(KEYS[1:]),
        *(Binding(str(place), f"view('{name}')", show=False) for place, name in enumerate(TABS, 1)),
        Binding("left", "turn(-1)", show=False, priority=False),
        Binding("right", "turn(1)", show=False, priority=False),
    ]

    def __init__(self, reviewed: "Reviewed", backstage: "Backstage") -> None:
        super().__init__()
        self._reviewed = reviewed
        self._assessment = reviewed.assessment
        self._backstage = backstage
        self._moments = words.moments(reviewed.assessment)
        self._weakest = words.weakest(reviewed.assessment.answers)
        self._playing: words.Shown | None = None

    def aside(self) -> Content:
        """Which session this is."""
        when = f" · {self._reviewed.when}" if self._reviewed.when else ""
        return Content(f"{self._assessment.title} · {duration(self._assessment.duration)}{when}")

    def compose_body(self) -> ComposeResult:
        """Four views of one session."""
        with TabbedContent(initial=TABS[0], id="views"):
            with TabPane("Overview", id=TABS[0]):
                yield from self._overview()
            with TabPane("Moments", id=TABS[1]):
                yield from self._moment_list()
            with TabPane("Questions", id=TABS[2]):
                yield from self._question_list()
            with TabPane("Measured", id=TABS[3]), VerticalScroll(classes="scroll"):
                known = [each for each in self._assessment.metrics if each.value is not None]
                yield Static(words.metric_table(known), classes="table")
                for text in words.unobserved(self._assessment.metrics):
                    yield Static(text, classes="quiet after", markup=False)
        yield Said(id="said")

    def _overview(self) -> Iterator[Widget]:
        found, comparison = self._assessment.findings, self._reviewed.comparison
        scores = [
            Static(self._assessment.verdict, id="verdict", markup=False),
            Static(words.score_lines(self._assessment.scores, comparison), classes="table"),
        ]
        if explained := words.explained(comparison):
            scores.append(Static(explained, classes="quiet after", markup=False))
        advice = [
            *_findings("What to do next", [each for each in found if each.kind == "improve"]),
            *_findings("What went well", [each for each in found if each.kind == "strength"]),
        ]
        yield VerticalScroll(
            Vertical(*scores, classes="part"), Vertical(*advice, classes="part"), classes="scroll"
        )

    def _moment_list(self) -> Iterator[Widget]:
        if not self._moments:
            yield Static("Nothing stood out that you could listen to.", classes="quiet")
            return
        options: list[Option | None] = []
        before: Finding | None = None
        for position, shown in enumerate(self._moments):
            if shown.finding is not before:
                before = shown.finding
                heading = Content.styled(shown.finding.title, "bold")
                options += [None] if options else []
                options.append(Option(heading, disabled=True))
            options.append(Option(words.moment_line(shown), id=f"moment-{position}"))
        yield OptionList(*options, id="moment-list", markup=False)

    def _question_list(self) -> Iterator[Widget]:
        answers = self._assessment.answers
        if not answers:
            yield Static("No question was answered.", classes="quiet")
            return
        options = [
            Option(words.answer_line(answer, is_weakest=position == self._weakest))
            for position, answer in enumerate(answers)
        ]
        yield Horizontal(
            OptionList(*options, id="question-list", markup=False),
            VerticalScroll(Static(id="detail"), classes="scroll", id="detail-scroll"),
            id="both",
        )

    def on_mount(self) -> None:
        """Say which keys do something."""
        listed = self.query("#question-list").results(OptionList)
        for each in listed:
            each.highlighted = self._weakest or 0
        self._focus_view()
        self._show_keys()

    @property
    def view(self) -> str:
        """Which of the four is shown."""
        return self.query_one("#views", TabbedContent).active

    def action_view(self, name: str) -> None:
        """Show one of the four."""
        self.query_one("#views", TabbedContent).active = name

    def action_next_view(self) -> None:
        """Show the next of the four."""
        self.action_view(TABS[(TABS.index(self.view) + 1) % len(TABS)])

    def action_turn(self, by: int) -> None:
        """Show a neighbour."""
        place = TABS.index(self.view) + by
        if 0 <= place < len(TABS):
            self.action_view(TABS[place])

    @on(TabbedContent.TabActivated)
    def _activated(self) -> None:
        self._focus_view()
        self._show_keys()

    def _focus_view(self) -> None:
        """The keys that scroll and choose go to what is seen."""
        pane = self.query_one(f"#{self.view}", TabPane)
        for kind in (OptionList, VerticalScroll):
            for widget in pane.query(kind):
                widget.focus(scroll_visible=False)
                return

    def _show_keys(self) -> None:
        question = self._question()
        label = "redo" if question is None else f"redo Q{question + 1}"
        can_redo = question is not None and self._reviewed.can_redo
        self.hint("screen.redo", possible=can_redo, label=label)
        playable = bool(self._moments) and self._reviewed.can_play
        self.hint("screen.play", possible=playable, label="stop" if self._playing else "play")

    def _question(self) -> int | None:
        """The marked question where the questions are seen, else the weakest."""
        if self.view == "questions":
            for each in self.query("#question-list").results(OptionList):
                if each.highlighted is not None:
                    return each.highlighted
        return self._weakest

    @on(OptionList.OptionHighlighted, "#question-list")
    def _marked(self, event: OptionList.OptionHighlighted) -> None:
        answer = self._assessment.answers[event.option_index]
        text = Content("\n\n").join(words.answer_detail(answer))
        self.query_one("#detail", Static).update(text)
        self.query_one("#detail-scroll").scroll_home(animate=False)
        self._show_keys()

    @on(OptionList.OptionSelected, "#moment-list")
    def _chosen(self) -> None:
        self.action_play()

    def action_play(self) -> None:
        """Play the marked moment, or stop."""
        if self._playing is not None:
            self._hush()
            return
        if not self._reviewed.can_play:
            self._say("The sound was not kept, as you asked.")
            return
        shown = self._marked_moment()
        if shown is None:
            self._say("There is no moment to play.")
            return
        if self.view != "moments":
            self.action_view("moments")
        self._play(shown)

    def _marked_moment(self) -> words.Shown | None:
        for each in self.query("#moment-list").results(OptionList):
            if each.highlighted_option is not None and each.highlighted_option.id:
                return self._moments[int(each.highlighted_option.id.rpartition("-")[2])]
        return self._moments[0] if self._moments else None

    @work(exclusive=True, exit_on_error=False, group="sound")
    async def _play(self, shown: words.Shown) -> None:
        self._playing = shown
        self._say(f"{clock(shown.moment.start)}  {shown.finding.title}", "▸", QUIET)
        self._show_keys()
        trouble = ""
        try:
            await away(lambda: self._backstage.play(self._reviewed, shown.moment))
        except InterviewerError as error:
            trouble = f"{error.message} {error.next_step}".strip()
        self._playing = None
        self._say(trouble)
        self._show_keys()

    @work(exit_on_error=False)
    async def _hush(self) -> None:
        await away(self._backstage.hush)

    def action_redo(self) -> None:
        """Have a question asked again."""
        question = self._question()
        if question is None or not self._reviewed.can_redo:
            self._say("There is no question that could be asked again.")
            return
        self._go(Redo(question))

    @work(exclusive=True, exit_on_error=False, group="report")
    async def action_report(self) -> None:
        """Open the report."""
        self._say("Opening the report …", "–", QUIET)
        try:
            said = await away(lambda: self._backstage.open_report(self._reviewed))
        except InterviewerError as error:
            self._say(f"{error.message} {error.next_step}".strip())
        else:
            self._say(said, "✓", QUIET)

    def action_again(self) -> None:
        """Hold another interview."""
        self._go(Onward.AGAIN)

    def action_progress(self) -> None:
        """See all sessions."""
        self._go(Onward.PROGRESS)

    def action_close(self) -> None:
        """Close."""
        self._go(Onward.CLOSE)

    def _go(self, onward: Redo | Onward) -> None:
        if self._playing is not None:
            self._hush()
        self.dismiss(onward)

    def _say(self, text: str, mark: str = "▲", colour: str = WATCH) -> None:
        self.query_one("#said", Said).say(Saying(mark, text, colour) if text else None)


def _findings(title: str, findings: list[Finding]) -> Iterator[Widget]:
    if not findings:
        return
    yield Static(title, classes="title first" if findings[0].kind == "improve" else "title")
    for count, finding in enumerate(findings, start=1):
        lines = [
            Static(Content.assemble((f"{count}  ", "$text-muted"), (finding.title, "bold"))),
            Static(finding.text, classes="said", markup=False),
        ]
        if finding.exercise:
            lines.append(Static(f"→ {finding.exercise}", classes="said quiet", markup=False))
        yield Vertical(*lines, classes="item")
