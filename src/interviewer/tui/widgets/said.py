"""Lines of words that change: written again only when they differ."""

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content
from textual.widgets import Static

from interviewer.tui.wording import WATCH, Saying


class Said(Static):
    """A saying with its mark, or nothing.

    Args:
        saying: What it says first.
        id: Of the widget.
    """

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS: ClassVar[str] = "Said { height: auto; }"

    def __init__(
        self,
        saying: Saying | None = None,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
    ) -> None:
        super().__init__(said(saying), id=id)
        self.saying = saying

    def say(self, saying: Saying | None) -> None:
        """Show other words; None empties the line."""
        if saying == self.saying:
            return
        self.saying = saying
        self.update(said(saying))


class Notices(Static):
    """Banners, one line each; gone while there are none."""

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS: ClassVar[str] = """
    Notices { height: auto; max-height: 3; padding: 0 1; background: $surface; display: none; }
    """

    notices: tuple[str, ...] = ()

    def show(self, notices: Sequence[str]) -> None:
        """Show these and no others."""
        if tuple(notices) == self.notices:
            return
        self.notices = tuple(notices)
        self.display = bool(notices)
        self.update(Content("\n").join(said(Saying("▲", each, WATCH)) for each in notices))


def said(saying: Saying | None) -> Content:
    """A saying as content: nothing in it is taken for markup."""
    if saying is None:
        return Content("")
    text = f"{saying.mark} {saying.text}" if saying.mark else saying.text
    return Content.styled(text, saying.colour)
