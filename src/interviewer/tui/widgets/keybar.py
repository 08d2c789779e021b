"""The footer of keys: what can be pressed or clicked now, and what cannot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class Key:
    """A key and what it does.

    Attributes:
        key: Textual's name of the key.
        shown: How it is written.
        label: What it does, in a word or two.
        action: Textual's action, in a namespace, as in `screen.stop`.
        told: What it does, in a sentence; for the help.
        rank: Where the line is too short, the greatest rank gives way first.
    """

    key: str
    shown: str
    label: str
    action: str
    told: str = ""
    rank: int = 0


class KeyLabel(Widget):
    """One key of the footer; a click does what the key does."""

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS: ClassVar[str] = """
    KeyLabel {
        width: auto; height: 1; padding: 0 1; text-wrap: nowrap;
        &:hover { background: $block-hover-background; }
    }
    """

    label: reactive[str] = reactive("", layout=True)
    possible: reactive[bool] = reactive(default=True)

    def __init__(self, key: Key) -> None:
        super().__init__()
        self.key = key
        self.set_reactive(KeyLabel.label, key.label)

    @property
    def needed(self) -> int:
        """Cells that it takes."""
        return len(self.key.shown) + len(self.label) + 3

    def render(self) -> Content:
        """The key stands out while it does something."""
        key, label = ("bold $primary", "") if self.possible else ("$text-muted", "$text-muted")
        return Content.assemble((self.key.shown, key), " ", (self.label, label))

    async def on_click(self) -> None:
        """Do what the key does; one that is not possible says why."""
        await self.run_action(self.key.action)


class KeyBar(Horizontal):
    """A line of keys, of which the less needed give way where the line is too short.

    Args:
        keys: From left to right.
        id: Of the widget.
    """

    DEFAULT_CSS: ClassVar[str] = "KeyBar { height: 1; width: 1fr; overflow: hidden; }"

    def __init__(
        self,
        keys: Sequence[Key],
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
    ) -> None:
        super().__init__(id=id)
        self._labels = [KeyLabel(key) for key in keys]

    def compose(self) -> ComposeResult:
        """One label for each key."""
        yield from self._labels

    def show(self, possible: Mapping[str, bool], labels: Mapping[str, str] | None = None) -> None:
        """Say what is possible now.

        Args:
            possible: By action; what is not named stays as it is.
            labels: Other words for some actions.
        """
        for each in self._labels:
            each.possible = possible.get(each.key.action, each.possible)
            each.label = (labels or {}).get(each.key.action, each.label)
        self._fit()

    def on_resize(self) -> None:
        """Choose anew what fits."""
        self._fit()

    def _fit(self) -> None:
        shown = list(self._labels)
        while len(shown) > 1 and sum(each.needed for each in shown) > self.size.width:
            shown.remove(max(reversed(shown), key=lambda each: each.key.rank))
        for each in self._labels:
            each.display = each in shown
