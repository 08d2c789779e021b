"""One line of a form: a label, and one choice among a few, all in sight where they fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

LABEL: Final = 13
"""Columns of the label."""

_GAP: Final = 3
_CHOSEN, _OTHER = "●", "○"
_BEFORE, _AFTER = "◂ ", " ▸"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose.

    Attributes:
        value: What is chosen.
        label: As it is shown.
    """

    value: str
    label: str


class Choice(Widget, can_focus=True):
    """Left and right choose; up and down go to the neighbours; a click chooses what it hits.

    Args:
        label: What is chosen.
        options: At least one.
        value: Which one is chosen at first; the first one where it is none of them.
        hint: Said elsewhere while this line has the focus.
        indent: Columns of the label.
        id: Of the widget.
    """

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS: ClassVar[str] = """
    Choice { height: 1; width: 1fr; text-wrap: nowrap; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "step(-1)", show=False),
        Binding("right,l,space", "step(1)", show=False),
        Binding("up,k", "app.focus_previous", show=False),
        Binding("down,j", "app.focus_next", show=False),
    ]

    value: reactive[str] = reactive("")

    class Changed(Message):
        """Another value was chosen."""

        def __init__(self, choice: "Choice") -> None:
            super().__init__()
            self.choice = choice

        @property
        def control(self) -> "Choice":
            """The line."""
            return self.choice

    def __init__(
        self,
        label: str,
        options: Sequence[Option],
        value: str = "",
        *,
        hint: str = "",
        indent: int = LABEL,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
    ) -> None:
        super().__init__(id=id)
        self.label = label
        self.hint = hint
        self._indent = indent
        self._options = tuple(options)
        self._places: list[tuple[int, int, int]] = []
        known = [option.value for option in self._options]
        self.set_reactive(Choice.value, value if value in known else known[0])

    @property
    def options(self) -> tuple[Option, ...]:
        """What can be chosen."""
        return self._options

    def offer(self, options: Sequence[Option]) -> None:
        """Offer other things; what is chosen stays chosen where it is still offered."""
        self._options = tuple(options)
        if self.value not in {option.value for option in self._options}:
            self.value = self._options[0].value
        self.refresh()

    @property
    def index(self) -> int:
        """Position of what is chosen."""
        values = [option.value for option in self._options]
        return values.index(self.value) if self.value in values else 0

    def action_step(self, by: int) -> None:
        """Choose a neighbour."""
        place = min(len(self._options) - 1, max(0, self.index + by))
        self.value = self._options[place].value

    def watch_value(self) -> None:
        """Tell who listens."""
        if self.is_attached:
            self.post_message(self.Changed(self))

    def on_click(self, event: events.Click) -> None:
        """Choose what was hit."""
        for begin, end, position in self._places:
            if begin <= event.x < end:
                self.value = self._options[position].value
                return

    def render(self) -> Content:
        """The label, then all options or the chosen one."""
        pointer = "▸ " if self.has_focus else "  "
        label = Content.styled(
            f"{pointer}{self.label:<{self._indent - 2}}",
            "bold" if self.has_focus else "$text-muted",
        )
        return label + (self._all() or self._one())

    def _all(self) -> Content | None:
        """Every option in sight; None where the line is too short."""
        self._places = []
        shown = Content("")
        for position, option in enumerate(self._options):
            chosen = position == self.index
            text = f"{_CHOSEN if chosen else _OTHER} {option.label}"
            begin = self._indent + shown.cell_length
            self._places.append((begin, begin + len(text), position))
            shown += Content.styled(text, self._style(chosen=chosen)) + Content(" " * _GAP)
        shown = shown.rstrip()
        return shown if self._indent + shown.cell_length <= self.size.width else None

    def _one(self) -> Content:
        """What is chosen, between two arrows."""
        counted = f"   {self.index + 1} of {len(self._options)}"
        room = self.size.width - self._indent - len(_BEFORE) - len(_AFTER) - len(counted)
        name = Content(self._options[self.index].label).truncate(max(4, room), ellipsis=True)
        before, after = max(0, self.index - 1), min(len(self._options) - 1, self.index + 1)
        end = self._indent + len(_BEFORE) + name.cell_length
        self._places = [(self._indent, self._indent + 2, before), (end, end + 2, after)]
        return Content.assemble(
            (_BEFORE, "$primary"),
            name.stylize(self._style(chosen=True)),
            (_AFTER, "$primary"),
            (counted, "$text-muted"),
        )

    def _style(self, *, chosen: bool) -> str:
        if not chosen:
            return "$text-muted"
        return "bold $primary" if self.has_focus else "bold"


class NumberChoice(Choice):
    """A choice among numbers, or any other that is typed.

    Args:
        label: What is chosen.
        options: Usual numbers.
        value: Which one, or another number.
        hint: Said elsewhere while this line has the focus.
        id: Of the widget.
    """

    def __init__(
        self,
        label: str,
        options: Sequence[Option],
        value: str = "",
        *,
        hint: str = "",
        id: str | None = None,  # noqa: A002 - Textual's own name for it
    ) -> None:
        self._usual = tuple(options)
        self._typing = False
        super().__init__(label, self._with(value), value, hint=hint, id=id)

    def on_key(self, event: events.Key) -> None:
        """Digits make another number; backspace takes the last one away."""
        if event.key == "backspace":
            typed = self.value[:-1]
        elif event.character and (event.character.isdecimal() or event.character in ".,"):
            fresh = self.value in {option.value for option in self._usual} and not self._typing
            typed = ("" if fresh else self.value) + event.character.replace(",", ".")
        else:
            return
        event.stop()
        self._typing = True
        self._options = self._with(typed)
        self.value = typed

    def watch_value(self) -> None:
        """A usual number takes the place of the typed one."""
        if self.value in {option.value for option in self._usual}:
            self._options = self._with(self.value)
        super().watch_value()

    def on_blur(self) -> None:
        """What is typed next is another number."""
        self._typing = False

    def _with(self, value: str) -> tuple[Option, ...]:
        usual = value in {option.value for option in self._usual}
        shown = Option("" if usual else value, "or type any" if usual else f"{value}▏")
        return (*self._usual, shown)

    def action_step(self, by: int) -> None:
        """Choose a neighbour; the place for another number is reached by typing only."""
        self._typing = False
        place = self.index + by
        if 0 <= place < len(self._usual):
            self.value = self._usual[place].value

    def on_click(self, event: events.Click) -> None:
        """Choose what was hit; the place for another number is for typing."""
        for begin, end, position in self._places:
            if begin <= event.x < end and position < len(self._usual):
                self.value = self._usual[position].value
                return
