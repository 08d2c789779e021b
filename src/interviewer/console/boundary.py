"""The one place where an error becomes words on a terminal and an exit code."""

import contextlib
import logging
import os
import platform
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType

from interviewer import __version__
from interviewer.errors import CannotDoError, ExitCode, InterviewerError
from interviewer.paths import DISK_FULL, log_file

log = logging.getLogger(__name__)

_NO_ROOM = CannotDoError(
    "There is no room left to write the output.",
    "Free some disk space and run the same command again; what was finished is kept.",
)


def run(command: Callable[[], object]) -> int:
    """Run a command and turn whatever happens into an exit code.

    Args:
        command: A Typer application or any callable; `SystemExit` passes through as its code.

    Returns:
        The exit code, from the table in `ExitCode`.
    """
    with _watch() as interrupts:
        return _guarded(command, interrupts)


def _guarded(command: Callable[[], object], interrupts: list[int]) -> int:
    try:
        code = _code_of(command)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output went away, as `head` does; nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    except KeyboardInterrupt:
        return _interrupted()
    except Exception as error:  # noqa: BLE001 - the last boundary before a traceback
        if interrupts and not isinstance(error, InterviewerError):
            # Libraries turn Ctrl-C during their import into errors of their own.
            return _interrupted()
        return _failed(error)
    return code


def _interrupted() -> int:
    _say("Interrupted. What was finished is kept; run the same command again to go on.")
    return ExitCode.INTERRUPTED


def _failed(error: Exception) -> int:
    if isinstance(error, OSError) and error.errno in DISK_FULL:
        error = _NO_ROOM
    if isinstance(error, InterviewerError):
        say_error(error)
        return error.exit_code
    return _unexpected(error)


@contextlib.contextmanager
def _watch() -> Iterator[list[int]]:
    """Note each Ctrl-C, besides raising KeyboardInterrupt as ever."""
    seen: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        seen.append(number)
        signal.default_int_handler(number, frame)

    if (
        threading.current_thread() is not threading.main_thread()
        or signal.getsignal(signal.SIGINT) is not signal.default_int_handler
    ):
        yield seen
        return
    signal.signal(signal.SIGINT, note)
    try:
        yield seen
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _code_of(command: Callable[[], object]) -> int:
    try:
        command()
    except SystemExit as ended:
        if isinstance(ended.code, str):
            _say(ended.code)
            return ExitCode.FAILED
        if ended.code == ExitCode.INTERRUPTED and _is_from_ctrl_c(ended):
            # Typer turns Ctrl-C into an exit of its own, without a word.
            raise KeyboardInterrupt from ended
        if isinstance(ended.__context__, BrokenPipeError):
            # Rich and Typer end the process themselves when the reader of our output went away.
            return ExitCode.OK
        return ended.code or ExitCode.OK
    return ExitCode.OK


def _is_from_ctrl_c(error: BaseException) -> bool:
    """Whether Ctrl-C stands at the beginning of a chain of exceptions."""
    link: BaseException | None = error
    while link is not None:
        if isinstance(link, KeyboardInterrupt):
            return True
        link = link.__cause__ or link.__context__
    return False


def say_error(error: InterviewerError) -> None:
    """Print an expected error: its sentence, then the next step."""
    log.warning("%s: %s", type(error).__name__, error.message)
    _say(error.message)
    if error.next_step:
        _say(error.next_step)


def _unexpected(error: Exception) -> int:
    log.error(
        "unexpected error in interviewer %s, Python %s, %s",
        __version__,
        platform.python_version(),
        platform.platform(),
        exc_info=error,
    )
    _say(f"Something went wrong that should not have ({type(error).__name__}: {error}).")
    _say(f"The details are in {log_file()}; please report them.")
    return ExitCode.FAILED


def _say(text: str) -> None:
    print(text, file=sys.stderr)
