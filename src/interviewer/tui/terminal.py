"""Keep the screen to ourselves: what native libraries print goes to the log.

Textual draws on `sys.__stderr__` (Unix), which is also where C code prints. So the drawing gets a
file of its own on the terminal, and the descriptors 1 and 2 lead to the log while the app runs.
Child processes inherit them, so they cannot draw over the screen either.
"""

import contextlib
import io
import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final, cast

from interviewer.errors import InterviewerError
from interviewer.paths import PRIVATE_FILE, make_private

_STANDARD: Final = (1, 2)


class _Terminal(io.TextIOWrapper):
    """Writes to a terminal, and drops what a closed terminal does not take.

    Textual's thread that writes would end with the first error, and the app would then wait for
    it forever instead of ending cleanly.
    """

    def write(self, text: str, /) -> int:
        """Write, or drop."""
        with contextlib.suppress(OSError, ValueError):
            return super().write(text)
        return len(text)

    def flush(self) -> None:
        """Flush, or drop."""
        with contextlib.suppress(OSError, ValueError):
            super().flush()


@contextlib.contextmanager
def own_terminal(log: Path) -> Iterator[bool]:
    """Run an app with the terminal to itself.

    Windows is left as it is: the console there is no file descriptor.

    Args:
        log: Where everything else is printed; appended to.

    Yields:
        Whether the app has the terminal to itself.
    """
    shown = next((number for number in reversed(_STANDARD) if _is_terminal(number)), None)
    if shown is None or platform.system() == "Windows":
        yield False
        return
    _flush()
    kept = {number: os.dup(number) for number in _STANDARD}
    before = (sys.__stdout__, sys.__stderr__)
    screen = _Terminal(
        io.BufferedWriter(io.FileIO(os.dup(shown), "w")), encoding="utf-8", errors="replace"
    )
    _point_to(log)
    _set_originals(screen, screen)
    try:
        yield True
    finally:
        _set_originals(*before)
        _flush()
        for number, descriptor in kept.items():
            os.dup2(descriptor, number)
            os.close(descriptor)
        with contextlib.suppress(OSError, ValueError):
            screen.close()


def _is_terminal(number: int) -> bool:
    try:
        return os.isatty(number)
    except OSError:
        return False


def _point_to(log: Path) -> None:
    """Lead the standard descriptors to the log, or to nowhere if it cannot be written."""
    with contextlib.suppress(InterviewerError):
        make_private(log.parent)
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    try:
        target = os.open(log, flags, PRIVATE_FILE)
    except OSError:
        target = os.open(os.devnull, os.O_WRONLY)
    for number in _STANDARD:
        os.dup2(target, number)
    os.close(target)


def _set_originals(out: IO[str] | None, err: IO[str] | None) -> None:
    """Textual takes its screen, and Python the terminal's size, from these."""
    originals = cast("dict[str, object]", vars(sys))
    originals["__stdout__"] = out
    originals["__stderr__"] = err


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()
