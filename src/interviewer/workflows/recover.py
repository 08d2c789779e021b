"""Complete what crashes left: every unfinished interview that no process conducts any more."""

import shlex
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from interviewer.errors import CannotDoError, InputError, InterviewerError
from interviewer.paths import sessions_home
from interviewer.workflows.complete import complete, has_recording, report_on
from interviewer.workflows.folders import SessionFolder, session_at
from interviewer.workflows.journal import is_unfinished, read_journal, take_up
from interviewer.workflows.report import Written
from interviewer.workflows.steps import Quiet, Steps

_TRIES: Final = 20
_PAUSE: Final = 0.1
"""Seconds between tries to take up an interview that somebody named."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An interview that was broken off.

    Attributes:
        folder: Its session folder.
        name: What it is called and when it began, for a person.
    """

    folder: SessionFolder
    name: str


@dataclass(frozen=True, slots=True)
class Recovered:
    """What became of an unfinished interview.

    Attributes:
        unfinished: The interview.
        written: Its report; None where there is none.
        removed: Whether the folder was removed, because nothing had been recorded.
        elsewhere: Whether another process completes it, or has just done so.
        problem: Why it could not be completed; None where it was.
    """

    unfinished: Unfinished
    written: Written | None = None
    removed: bool = False
    elsewhere: bool = False
    problem: InterviewerError | None = None


def unfinished() -> list[Unfinished]:
    """The interviews on this computer that were broken off, oldest first.

    One that cannot be written is among them: who recovers it is told why it cannot be completed.
    """
    home = sessions_home()
    if not home.is_dir():
        return []
    found = [path for path in sorted(home.iterdir()) if is_unfinished(path)]
    return [_described(path) for path in found if _is_free(path)]


def recover_command(folder: SessionFolder) -> str:
    """What completes a session, to be typed: elsewhere than among the sessions it must be named."""
    if folder.path.parent == sessions_home():
        return "interviewer recover"
    return f"interviewer recover {shlex.quote(str(folder.path))}"


def recover(target: Path | None = None, steps: Steps | None = None) -> list[Recovered]:
    """Complete interviews and write their reports; one that fails does not stop the others.

    Args:
        target: A session folder or id; None for all.
        steps: Told what is being done.

    Raises:
        InputError: The target is no unfinished interview, or is still going on.
    """
    steps = steps or Quiet()
    wanted = unfinished() if target is None else [_wanted(target)]
    return [_recovered(each, steps) for each in wanted]


def _recovered(each: Unfinished, steps: Steps) -> Recovered:
    try:
        held = take_up(each.folder.path)
    except FileNotFoundError:
        return Recovered(each, elsewhere=True)
    except InterviewerError as error:
        return Recovered(each, problem=error)
    if held is None:
        return Recovered(each, elsewhere=True)
    try:
        if not has_recording(each.folder):
            held.let_go()
            shutil.rmtree(each.folder.path)
            return Recovered(each, removed=True)
        complete(each.folder, steps)
        return Recovered(each, written=report_on(each.folder, steps))
    except InterviewerError as error:
        return Recovered(each, problem=error)
    finally:
        held.let_go()


def _wanted(target: Path) -> Unfinished:
    folder = session_at(target) or SessionFolder(sessions_home() / target.name)
    if not folder.path.is_dir():
        raise InputError(
            f"There is no session called {target}.", "`interviewer recover` alone takes all."
        )
    if not is_unfinished(folder.path):
        raise InputError(
            f"The interview in {folder.path} is complete.",
            "`interviewer report` writes its report again.",
        )
    # A process that was killed at this moment may leave a child that has not let go yet.
    for _ in range(_TRIES):
        if _is_free(folder.path):
            return _described(folder.path)
        time.sleep(_PAUSE)
    raise _still_going_on(folder.path)


def _still_going_on(folder: Path) -> InterviewerError:
    return InputError(
        f"The interview in {folder} is still going on.", "Wait until it has ended, or stop it."
    )


def _is_free(folder: Path) -> bool:
    try:
        held = take_up(folder)
    except FileNotFoundError:
        return False
    except CannotDoError:
        return True
    if held is None:
        return False
    held.let_go()
    return True


def _described(path: Path) -> Unfinished:
    try:
        session = read_journal(path).header.session
    except InputError:
        return Unfinished(SessionFolder(path), path.name)
    return Unfinished(SessionFolder(path), f"{session.title} of {session.created_at:%d %B, %H:%M}")
