"""Sessions over time: one score as a chart, every session as a line, and the way into each."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Resize
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from interviewer.assessment.progress import compare
from interviewer.errors import InterviewerError
from interviewer.report.changes import score_change
from interviewer.report.wording import counted, day_text, domain_name
from interviewer.tui.background import away
from interviewer.tui.review_words import family
from interviewer.tui.screens.page import HELP, LEAVE, Page, bindings
from interviewer.tui.widgets.columns import Column, Columns
from interviewer.tui.widgets.keybar import Key
from interviewer.tui.widgets.said import Said
from interviewer.tui.wording import WATCH, Saying

if TYPE_CHECKING:
    from interviewer.history.rows import SessionRow
    from interviewer.tui.backstage import Backstage

NAMES: Final = {
    "overall": "Overall",
    "confidence": "Confidence",
    "clarity": "Clarity",
    "eye_contact": "Eye contact",
    "tone_stability": "Tone stability",
    "pace": "Pace",
}
SHORT: Final = {
    "overall": "  Overall",
    "confidence": "  Conf.",
    "clarity": "  Clar.",
    "eye_contact": "  Eyes",
    "pace": "  Pace",
}
"""Scores that fit into the list, with headings as wide as their columns."""

MOST: Final = 500
"""Sessions that are listed: more than anybody scrolls through."""

_TITLE, _LONG_TITLE, _WIDE = 20, 56, 110
"""Columns of a title, and columns of the screen from which there is room for a long one."""
_WHEN: Final = 12
_EMPTY: Final = (
    "There is no session yet.\n\nPress esc and hold your first interview; or run "
    "`interviewer demo` to see what it will look like."
)


class ProgressScreen(Page["SessionRow | None"]):
    """Is dismissed with the session that was chosen; None for going back.

    Args:
        backstage: Knows the sessions.
        marked: Id of the session that is marked at first; empty for the newest.
    """

    CSS_PATH = ["page.tcss", "progress.tcss"]  # noqa: RUF012 - as Textual has it
    HEADING = "Progress"
    KEYS = (
        Key("enter", "⏎", "open", "screen.open", "Open the marked session: scores, questions."),
        Key("up", "↑↓", "session", "screen.down", "Mark another session.", 5),
        Key("right", "←→", "score", "screen.score(1)", "Show another score.", 2),
        Key("d", "d", "domain", "screen.domain", "Show the sessions of another domain.", 3),
        Key("escape", "esc", "back", "screen.back", "Go back."),
        HELP,
        LEAVE,
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(KEYS[2:]),
        Binding("left", "score(-1)", show=False),
    ]
    NOTES = ("A session is compared with earlier ones of the same person and domain.",)

    def __init__(self, backstage: "Backstage", marked: str = "") -> None:
        super().__init__()
        self._backstage = backstage
        self._wanted = marked
        self._all: tuple[SessionRow, ...] = ()
        self._rows: tuple[SessionRow, ...] = ()
        self._score = "overall"
        self._domain: str | None = None
        self._title = _TITLE

    def compose_body(self) -> ComposeResult:
        """Chart, sentence, list."""
        yield Static(id="lead", classes="para")
        yield Columns(id="chart")
        yield Static(id="columns", classes="quiet", markup=False)
        yield OptionList(id="sessions", markup=False)
        yield Static(_EMPTY, id="empty", classes="para", markup=False)
        yield Said(id="said")

    def on_mount(self) -> None:
        """Read the sessions."""
        self.query_one("#empty").display = False
        self._read()

    @work(exit_on_error=False)
    async def _read(self) -> None:
        try:
            self._all = tuple(await away(self._backstage.past))[:MOST]
        except InterviewerError as error:
            text = f"{error.message} {error.next_step}".strip()
            self.query_one("#said", Said).say(Saying("▲", text, WATCH))
        self._list()

    def on_resize(self, event: Resize) -> None:
        """Give the titles the room that there is."""
        super().on_resize(event)
        wanted = _LONG_TITLE if event.size.width >= _WIDE else _TITLE
        if wanted != self._title:
            self._title = wanted
            marked = self._marked
            self._wanted = self._rows[marked].id if marked is not None else self._wanted
            self._list()

    def _list(self) -> None:
        self._rows = tuple(
            row for row in self._all if self._domain is None or row.domain == self._domain
        )
        sessions = self.query_one("#sessions", OptionList)
        sessions.clear_options()
        sessions.add_options([Option(_line(row, self._title)) for row in self._rows])
        self.query_one("#columns", Static).update(_heading(self._title))
        for name in ("#lead", "#chart", "#columns", "#sessions"):
            self.query_one(name).display = bool(self._rows)
        self.query_one("#empty").display = not self._rows
        if self._rows:
            ids = [row.id for row in self._rows]
            sessions.highlighted = ids.index(self._wanted) if self._wanted in ids else 0
            sessions.focus()
        said = counted(len(self._rows), "session")
        where = f" · {domain_name(self._domain)}" if self._domain else ""
        self.query_one("#aside", Static).update(Content(f"{said}{where}"))
        self._draw()

    @property
    def _marked(self) -> int | None:
        return self.query_one("#sessions", OptionList).highlighted

    def _draw(self) -> None:
        marked = self._marked
        if marked is None or not self._rows:
            return
        oldest_first = self._rows[::-1]
        columns = [
            Column(row.scores.get(self._score), day_text(row.created_at.astimezone()))
            for row in oldest_first
        ]
        place = len(self._rows) - 1 - marked
        self.query_one("#chart", Columns).show(columns, place, family(self._score))
        self.query_one("#lead", Static).update(self._lead(marked))

    def _lead(self, marked: int) -> Content:
        """The score of the marked session, and its change."""
        row = self._rows[marked]
        earlier = [each.scores for each in self._all if _is_before(each, row)]
        (change,) = compare({self._score: row.scores.get(self._score)}, earlier)
        name = Content.styled(f"◂ {NAMES.get(self._score, self._score)} ▸", "bold $primary")
        if change.value is None:
            return name + Content.styled("   not observed in this session", "$text-muted")
        view = score_change(change)
        best = f" · best {change.best:.0f}" if change.best is not None else ""
        said = f" · {view.words}" if view else " · the first of its kind"
        return Content.assemble(
            name, (f"   {change.value:.0f}", "bold"), (f"{said}{best}", "$text-muted")
        )

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self._draw()

    @on(Columns.Marked)
    def _clicked(self, event: Columns.Marked) -> None:
        sessions = self.query_one("#sessions", OptionList)
        sessions.highlighted = len(self._rows) - 1 - event.position

    @on(OptionList.OptionSelected)
    def action_open(self) -> None:
        """Open the marked session."""
        if self._marked is not None and self._rows:
            self.dismiss(self._rows[self._marked])

    def action_down(self) -> None:
        """Mark the next session."""
        self.query_one("#sessions", OptionList).action_cursor_down()

    def action_score(self, by: int) -> None:
        """Show another score."""
        names = _known(self._rows)
        if names:
            place = names.index(self._score) if self._score in names else 0
            self._score = names[(place + by) % len(names)]
            self._draw()

    def action_domain(self) -> None:
        """Show another domain, or all."""
        domains = [None, *dict.fromkeys(row.domain for row in self._all if row.domain)]
        place = domains.index(self._domain) if self._domain in domains else 0
        self._domain = domains[(place + 1) % len(domains)]
        self._list()

    def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)


def _known(rows: Sequence["SessionRow"]) -> list[str]:
    names = dict.fromkeys(name for row in rows for name in row.scores)
    return [*(name for name in NAMES if name in names), *(n for n in names if n not in NAMES)]


def _is_before(other: "SessionRow", row: "SessionRow") -> bool:
    alike = (other.candidate, other.domain) == (row.candidate, row.domain)
    return alike and other.created_at < row.created_at


def _heading(width: int) -> str:
    return f"{'When':<{_WHEN}}{'Session':<{width}}{'min':>6}{''.join(SHORT.values())}"


def _line(row: "SessionRow", width: int) -> Content:
    when = f"{row.created_at.astimezone():%Y-%m-%d}"
    title = Content(row.title).truncate(width, ellipsis=True, pad=True)
    line = Content.assemble((f"{when:<{_WHEN}}", "$text-muted"), title, f"{row.duration / 60:6.1f}")
    for name, heading in SHORT.items():
        value = row.scores.get(name)
        line += Content(f"{'–' if value is None else f'{value:.0f}':>{len(heading)}}")
    return line
