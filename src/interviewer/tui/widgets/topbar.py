"""The line at the top of the interview: recording, topic, place and time."""

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from interviewer.interview.state import Interview
from interviewer.tui import wording
from interviewer.tui.widgets.said import said

BRIEF: Final = 76
"""Cells below which the line says less."""

_GAPS: Final = 4
"""Cells between the parts at the left, and at the edge."""


class TopBar(Horizontal):
    """Recording badge and topic at the left, the question's number, the time left at the right."""

    DEFAULT_CSS: ClassVar[str] = """
    TopBar {
        height: 1; padding: 0 1;
        & > Static { width: 1fr; text-wrap: nowrap; }
        & > #place { width: auto; text-style: bold; }
        & > #total { text-align: right; }
    }
    """

    def compose(self) -> ComposeResult:
        """Three parts."""
        yield Static(id="badge")
        yield Static(id="place")
        yield Static(id="total")

    def show(self, interview: Interview, *, recording: bool, muted: bool) -> None:
        """Show where the interview stands."""
        brief = self.size.width < BRIEF
        badge = wording.badge(interview, recording=recording)
        place = wording.place(interview, brief=brief)
        told = f"{badge.mark} {badge.text}"
        topic = wording.topic(interview)
        parts = [part for part in (topic, "voice off" if muted else "") if part]
        room = (self.size.width - len(place)) // 2 - len(told) - _GAPS
        if len(" · ".join(parts)) > room:
            parts = [part for part in parts if part != topic]
        left = Content.assemble(
            (told, f"bold {badge.colour}"), "  ", (" · ".join(parts), wording.QUIET)
        )
        self._put("#badge", left)
        self._put("#place", Content(place))
        self._put("#total", said(wording.total(interview, brief=brief)))

    def _put(self, selector: str, content: Content) -> None:
        part = self.query_one(selector, Static)
        if part.content != content:
            part.update(content)
