"""What stands behind the screens; the real parts are wired to it where the app is started."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from interviewer.config import Choices
from interviewer.interview.documents.assessment import Moment
from interviewer.tui.live import LiveInterview
from interviewer.tui.screens.check_port import Check
from interviewer.workflows.steps import Steps

if TYPE_CHECKING:
    from interviewer.assessment.comparison import Comparison
    from interviewer.history.rows import SessionRow
    from interviewer.interview.documents.assessment import Assessment


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to choose.

    Attributes:
        spec: As the choices keep it.
        name: As a person knows it.
    """

    spec: str
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """The devices of this computer; where there are none, why, in sentences."""

    microphones: tuple[Offer, ...] = ()
    cameras: tuple[Offer, ...] = ()
    no_microphone: str = ""
    no_camera: str = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A session that was measured.

    Attributes:
        assessment: What was found.
        comparison: How it compares with earlier ones, if there are any.
        folder: Where everything of it lies.
        can_play: Whether its sound was kept.
        can_redo: Whether a question of it can be asked again.
        when: Its day and time, as shown; empty for now.
    """

    assessment: "Assessment"
    comparison: "Comparison | None"
    folder: Path
    can_play: bool = True
    can_redo: bool = True
    when: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An interview as it is to be held.

    Attributes:
        choices: What was chosen.
        check: The devices that were looked through, with what was calibrated.
        redo: The session of which a question is asked again; None for a new interview.
        question: Index of its answer in the assessment; None for a new interview.
    """

    choices: Choices
    check: Check
    redo: Reviewed | None = None
    question: int | None = None


class Backstage(Protocol):
    """Everything that the app does with devices, files and models.

    All but `domains`, `refusal` and `check` may block, and are called on a thread of their own.
    """

    def domains(self) -> Sequence[Offer]:
        """What can be asked about."""
        ...

    def refusal(self, choices: Choices) -> str:
        """Why an interview with these choices is not possible, in a sentence; else empty."""
        ...

    def found(self) -> Found:
        """Look for microphones and cameras."""
        ...

    def remember(self, choices: Choices) -> Sequence[str]:
        """Keep choices for next time; returns what a person should know."""
        ...

    def check(self, choices: Choices) -> Check:
        """The chosen devices, not yet open."""
        ...

    def interview(self, wanted: Wanted, steps: Steps) -> LiveInterview:
        """Get everything ready: the interview begins with its first question.

        Raises:
            InterviewerError: It is not possible.
        """
        ...

    def process(self, steps: Steps) -> Reviewed:
        """Complete what was just recorded: measure the rest, write the report.

        Raises:
            InterviewerError: What was recorded is kept.
        """
        ...

    def play(self, reviewed: Reviewed, moment: Moment) -> None:
        """Play the sound of a moment; returns when it is over or another one begins."""

    def hush(self) -> None:
        """Stop the sound that is played."""

    def open_report(self, reviewed: Reviewed) -> str:
        """Show the report in a browser; returns what a person should know, such as its path."""
        ...

    def past(self) -> "Sequence[SessionRow]":
        """The sessions of this computer, newest first."""
        ...

    def review(self, row: "SessionRow") -> Reviewed:
        """Read a session of the past."""
        ...

    def close(self) -> None:
        """The app ends: stop what is recorded and played, finish the files."""
