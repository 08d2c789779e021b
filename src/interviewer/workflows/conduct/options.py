"""What a person chooses about an interview."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interviewer.config import LONGEST
from interviewer.errors import InputError
from interviewer.interview.plan import Plan

if TYPE_CHECKING:
    from interviewer.interview.documents.session import Calibration
    from interviewer.simulate.script import Script

OFF: Final = "off"
SIMULATED: Final = "simulated"

FASTEST: Final = 20.0
"""Times real time. Beyond it nothing is gained: drawing and encoding take their time."""

LEAST_PATIENCE, MOST_PATIENCE = 2.0, 60.0


@dataclass(frozen=True, slots=True)
class Options:
    """An interview as it is wanted.

    Attributes:
        domain: Slug of a shipped bank, or the path of one.
        level: How deep the questions go.
        minutes: Time for the whole interview.
        camera: `off`, `simulated`, `simulated:SCRIPT`, a number, a file or an address.
        mic: The same; `default` or a device's name.
        speed: How much faster than real time simulated candidates and files go.
        seed: Equal seeds choose equal questions; None for others each time.
        voice: Whether the questions are said aloud.
        keep: Whether the recording stays after it was observed.
        patience: Seconds of silence that end an answer of good length.
        model: Name of the recogniser; None for the best that is here.
        language: ISO 639-1 code of what is spoken; None to detect it.
        who: Name of the candidate; None for nobody in particular.
        calibration: What the device check found; None where there was none.
        folder: Session folder; None for a new one among the sessions.
        plan: What is asked, in place of a choice from a bank.
        name: What the session folder's name begins with; None for the domain.
        title: What the session is called; None for the bank's name.
        script: What a simulated candidate does; None for the one that ships with the package.
    """

    domain: str = "ds"
    level: str = "medium"
    minutes: float = 15.0
    camera: str = OFF
    mic: str = "default"
    speed: float = 1.0
    seed: int | None = None
    voice: bool = True
    keep: bool = True
    patience: float = 5.0
    model: str | None = None
    language: str | None = None
    who: str | None = None
    calibration: "Calibration | None" = None
    folder: Path | None = None
    plan: Plan | None = None
    name: str | None = None
    title: str | None = None
    script: "Script | None" = None

    def check(self) -> None:
        """Refuse what makes no sense, before anything is opened.

        Raises:
            InputError: One sentence says what, and what to choose instead.
        """
        if not 0 < self.minutes <= LONGEST:
            raise InputError(
                f"An interview of {self.minutes:g} minutes is not possible.",
                f"Choose a number above 0 and up to {LONGEST:g}, such as --minutes 15.",
            )
        if not LEAST_PATIENCE <= self.patience <= MOST_PATIENCE:
            raise InputError(
                f"A patience of {self.patience:g} seconds is not possible.",
                f"Choose a number from {LEAST_PATIENCE:g} to {MOST_PATIENCE:g}; 5 is usual.",
            )
        if self.mic == OFF and self.camera == OFF:
            raise InputError(
                "With neither camera nor microphone there is nothing to record.",
                "Give --mic or --camera.",
            )
        if not 0 < self.speed <= FASTEST:
            raise InputError(
                f"A speed of {self.speed:g} is not possible.",
                f"Choose a number above 0 and up to {FASTEST:g}; 1 is real time.",
            )


def is_simulated(source: str) -> bool:
    """Whether a source is the simulated candidate."""
    return source == SIMULATED or source.startswith(f"{SIMULATED}:")


def script_of(source: str) -> Path | None:
    """The script that a simulated candidate was given; None for the usual one."""
    name = source.partition(":")[2]
    return Path(name) if name else None
