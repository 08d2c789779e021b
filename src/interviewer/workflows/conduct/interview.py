"""One interview from its first question to its report, without a screen."""

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from interviewer.errors import (
    CannotDoError,
    ExitCode,
    InterruptedByPersonError,
    InterviewerError,
)
from interviewer.workflows.complete import complete, has_recording, report_on
from interviewer.workflows.conduct.interruptions import Interruptions, watch
from interviewer.workflows.conduct.live import Live
from interviewer.workflows.conduct.options import Options
from interviewer.workflows.conduct.prepare import Prepared, prepare
from interviewer.workflows.conduct.told import Told, Untold
from interviewer.workflows.conduct.watching import ObserveRest
from interviewer.workflows.folders import SessionFolder
from interviewer.workflows.recover import recover_command
from interviewer.workflows.report import Written
from interviewer.workflows.steps import Quiet, Steps

if TYPE_CHECKING:
    from interviewer.capture.recorder import RecorderStats

TAIL: Final = 0.8
"""Seconds recorded after the last answer: what is measured looks a little past the end of it."""

_LOOK_AGAIN: Final = 0.05


@dataclass(frozen=True, slots=True)
class Conducted:
    """How an interview went.

    Attributes:
        folder: Its session folder.
        written: Its report; None where it was left for later.
        stats: What the recorder says.
        longest_lag: Seconds by which the live analysis was behind, at most.
        problem: What went wrong though the rest was kept; None where nothing did.
        interrupted: Whether the person ended it before its time.
    """

    folder: SessionFolder
    written: Written | None
    stats: "RecorderStats"
    longest_lag: float
    problem: InterviewerError | None
    interrupted: bool

    @property
    def exit_code(self) -> ExitCode:
        """What the process says when it ends."""
        if self.problem is not None:
            return self.problem.exit_code
        return ExitCode.INTERRUPTED if self.interrupted else ExitCode.OK


def conduct(options: Options, steps: Steps | None = None, told: Told | None = None) -> Conducted:
    """Ask, record and observe until the time is over; then report.

    Args:
        options: The interview as it is wanted.
        steps: Told what is being done before and after the interview.
        told: Told what happens in it.

    Raises:
        InputError: The options make no sense, or a file cannot be played.
        DeviceError: The microphone is missing.
        InterviewerError: What was recorded is kept, and can be recovered.
    """
    steps, told = steps or Quiet(), told or Untold()
    with prepare(options, steps, told) as prepared:
        live = prepared.live(told, automatic=True)
        with watch() as interruptions:
            _hold(live, interruptions)
        try:
            written = finish(prepared, steps, told, at_once=not interruptions.leave)
        except InterviewerError as error:
            if live.problem is None:
                raise
            # What went wrong first is the cause; what is left to do is said with it.
            raise type(live.problem)(live.problem.message, error.next_step) from error
        return Conducted(
            folder=prepared.folder,
            written=written,
            stats=live.stats,
            longest_lag=prepared.longest_lag,
            problem=live.problem,
            interrupted=interruptions.stop.is_set(),
        )


def finish(prepared: Prepared, steps: Steps, told: Told, *, at_once: bool = True) -> Written | None:
    """Complete the session of an interview that has ended, and report on it.

    Args:
        prepared: What it was held with.
        steps: Told what is being done.
        told: Told in a sentence what the recording lacks, if it lacks anything.
        at_once: False leaves all that takes long to `recover`.

    Returns:
        The report; None where it was left.

    Raises:
        InterviewerError: What was recorded is kept, and the sentence says what completes it.
    """
    observer = prepared.observer
    rest = ObserveRest(observer, steps) if observer is not None and at_once else None
    folder = prepared.folder
    if not has_recording(folder):
        shutil.rmtree(folder.path, ignore_errors=True)
        raise CannotDoError("Nothing was recorded.", "Check the microphone, and try again.")
    kept = f"What was recorded is kept; `{recover_command(folder)}` completes the session."
    try:
        complete(folder, steps, rest, told.noted)
        prepared.keep_truth()
        return report_on(folder, steps) if at_once else None
    except InterviewerError as error:
        raise type(error)(error.message, kept) from error
    except KeyboardInterrupt as error:
        raise InterruptedByPersonError("Interrupted.", kept) from error


def _hold(live: Live, interruptions: Interruptions) -> None:
    """Hold the interview; whatever happens, the recording is ended properly."""
    try:
        live.begin()
        while not live.wait(_LOOK_AGAIN):
            if interruptions.stop.is_set():
                live.stop()
        end = live.now + TAIL
        while live.now < end and not (live.is_broken or interruptions.stop.is_set()):
            interruptions.stop.wait(_LOOK_AGAIN)
    finally:
        live.end()
