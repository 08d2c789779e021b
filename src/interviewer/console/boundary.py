"""The one place where an error becomes words on a terminal and an exit code."""

import logging
import os
import platform
import sys
from collections.abc import Callable

from interviewer import __version__
from interviewer.errors import ExitCode, InterviewerError
from interviewer.paths import log_file

log = logging.getLogger(__name__)


def run(command: Callable[[], object]) -> int:
    """Run a command and turn whatever happens into an exit code.

    Args:
        command: A Typer application or any callable; `SystemExit` passes through as its code.

    Returns:
        The exit code, from the table in `ExitCode`.
    """
    try:
        code = _code_of(command)
        sys.stdout.flush()
    except InterviewerError as error:
        say_error(error)
        return error.exit_code
    except KeyboardInterrupt:
        code = ExitCode.INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away, as `head` does; nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    except Exception as error:  # noqa: BLE001 - the last boundary before a traceback
        return _unexpected(error)
    if code == ExitCode.INTERRUPTED:
        _say("Interrupted. What was finished is kept; run the same command again to go on.")
    return code


def _code_of(command: Callable[[], object]) -> int:
    try:
        command()
    except SystemExit as ended:
        if isinstance(ended.code, str):
            _say(ended.code)
            return ExitCode.FAILED
        return ended.code or ExitCode.OK
    return ExitCode.OK


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
