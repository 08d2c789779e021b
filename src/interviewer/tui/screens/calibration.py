"""A small thing to do before the interview, and where one stands with it."""

from enum import Enum
from typing import TYPE_CHECKING, Final

from textual.content import Content

if TYPE_CHECKING:
    from interviewer.tui.screens.check_port import Check, Taken

_NO_CAMERA: Final = "looks are not observed (no camera)"
_NO_MICROPHONE: Final = "voice and tone are not observed (typed answers)"
_NO_GAZE: Final = "eye contact is judged without knowing where your camera is"
_NO_SENTENCE: Final = "tone is judged by its changes only, not by its level"


class State(Enum):
    """Where one stands."""

    OPEN = "open"
    RUNNING = "running"
    KEEPING = "keeping"
    GOOD = "good"
    POOR = "poor"


class Calibration:
    """One of the two.

    Args:
        title: What is to be done.
        key: What begins it.
    """

    def __init__(self, title: str, key: str) -> None:
        self._title = title
        self._key = key
        self._text = ""
        self.state = State.OPEN

    def begin(self) -> bool:
        """Begin, unless it goes on already; whether it did."""
        if self.state in {State.RUNNING, State.KEEPING}:
            return False
        self.state = State.RUNNING
        return True

    def end(self) -> bool:
        """What was seen or heard is being kept; whether it was going on."""
        if self.state is not State.RUNNING:
            return False
        self.state = State.KEEPING
        return True

    def taken(self, taken: "Taken") -> None:
        """What it gave."""
        self.state = State.GOOD if taken.good else State.POOR
        self._text = taken.text

    def shown(self, what: str) -> Content:
        """Two or three lines: a mark, what is to be done, what came of it."""
        mark, colour = {
            State.OPEN: ("○", "$text-muted"),
            State.RUNNING: ("●", "$text-error"),
            State.KEEPING: ("…", "$text-muted"),
            State.GOOD: ("✓", "$text-success"),
            State.POOR: ("▲", "$text-warning"),
        }[self.state]
        lines = Content.assemble((f"{mark} ", colour), (self._title, "bold"), "\n", what, "\n")
        return lines + self._status()

    def _status(self) -> Content:
        match self.state:
            case State.OPEN:
                return Content.assemble((self._key, "bold $primary"), (" begins", "$text-muted"))
            case State.RUNNING if self._key == "s":
                return Content.assemble(
                    ("Now, please. ", "bold"), ("s", "bold $primary"), (" when done", "$text-muted")
                )
            case State.RUNNING:
                return Content.styled("Now, please.", "bold")
            case State.KEEPING:
                return Content.styled("Measuring …", "$text-muted")
            case State.GOOD:
                return Content.styled(self._text, "$text-success")
            case State.POOR:
                return Content.assemble(
                    (f"{self._text} ", "$text-warning"), (self._key, "bold $primary"), " again"
                )


def unobserved(check: "Check", *, gaze: Calibration, sentence: Calibration) -> str:
    """What the interview will not tell if it begins now, in a sentence; empty for nothing."""
    missing = []
    if not check.is_seen:
        missing.append(_NO_CAMERA)
    elif gaze.state is not State.GOOD:
        missing.append(_NO_GAZE)
    if not check.is_heard:
        missing.append(_NO_MICROPHONE)
    elif sentence.state is not State.GOOD:
        missing.append(_NO_SENTENCE)
    return f"If you begin now: {'; '.join(missing)}." if missing else ""
