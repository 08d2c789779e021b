"""How an interview tells what happens in it, without knowing who listens."""

import logging
from collections.abc import Callable
from typing import Any, Protocol

from interviewer.interview.state import Interview, Signal

log = logging.getLogger(__name__)


def safely(tell: Callable[..., None], *what: Any) -> None:  # noqa: ANN401 - hands on what it is given
    """Tell somebody who must not be able to end the interview by failing."""
    try:
        tell(*what)
    except Exception:
        log.exception("what shows the interview failed")


class Told(Protocol):
    """Listens to an interview; calls come from several threads, one at a time."""

    def asking(self, interview: Interview, /) -> None:
        """The question under way begins to be asked, perhaps not for the first time."""

    def awaiting(self, interview: Interview, /) -> None:
        """It has been asked; the answer is awaited."""

    def answering(self, interview: Interview, /) -> None:
        """The candidate speaks."""

    def answered(self, interview: Interview, seconds: float, /) -> None:
        """The answer is over; it took so many seconds from the end of the question."""

    def skipped(self, interview: Interview, /) -> None:
        """No answer was given, or none was wanted."""

    def signalled(self, interview: Interview, signal: Signal, /) -> None:
        """Time is nearly over, or over."""

    def finished(self, interview: Interview, to_the_end: bool, /) -> None:  # noqa: FBT001
        """No more is asked: the plan came to its end, or the interview was ended before."""

    def noted(self, sentence: str, /) -> None:
        """Something a person should know."""


class Untold:
    """Nobody listens."""

    def asking(self, interview: Interview, /) -> None:
        """Say nothing."""

    def awaiting(self, interview: Interview, /) -> None:
        """Say nothing."""

    def answering(self, interview: Interview, /) -> None:
        """Say nothing."""

    def answered(self, interview: Interview, seconds: float, /) -> None:
        """Say nothing."""

    def skipped(self, interview: Interview, /) -> None:
        """Say nothing."""

    def signalled(self, interview: Interview, signal: Signal, /) -> None:
        """Say nothing."""

    def finished(self, interview: Interview, to_the_end: bool, /) -> None:  # noqa: FBT001
        """Say nothing."""

    def noted(self, sentence: str, /) -> None:
        """Say nothing."""
