"""One process at a time."""

import contextlib
import errno
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _acquire(stream: IO[bytes]) -> None:
        # Gives up with OSError after ten seconds; the caller goes on without.
        msvcrt.locking(stream.fileno(), msvcrt.LK_LOCK, 1)

    def _try(stream: IO[bytes]) -> None:
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _acquire(stream: IO[bytes]) -> None:
        fcntl.flock(stream, fcntl.LOCK_EX)

    def _try(stream: IO[bytes]) -> None:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)


_log = logging.getLogger(__name__)


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Hold a lock file; the system gives it up when the process ends, however it ends.

    Where the file system knows no locks the work goes on without: two processes then may do it
    twice, but every file still appears by a rename after its hash was checked.

    Args:
        lock: The lock file; its directory must exist.

    Yields:
        When no other process holds the lock.

    Raises:
        OSError: The lock file cannot be made.
    """
    with lock.open("ab") as stream:
        try:
            _acquire(stream)
        except OSError as error:
            _log.info("no lock on %s: %s", lock, error)
        yield


class Held:
    """A lock that was free and is now held, until it is let go or the process ends."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def let_go(self) -> None:
        """Let others have it. Calling it again does nothing."""
        with contextlib.suppress(OSError):
            self._stream.close()


def try_alone(lock: Path) -> Held | None:
    """Hold a file that exists, if nobody else does.

    Args:
        lock: The file.

    Returns:
        None where another process holds it.

    Raises:
        FileNotFoundError: It does not exist, or was removed at this moment.
        OSError: It cannot be opened.
    """
    stream = lock.open("rb+")
    try:
        _try(stream)
    except (BlockingIOError, PermissionError):  # the latter is what Windows says
        stream.close()
        return None
    except OSError as error:
        _log.info("no lock on %s: %s", lock, error)
    if not _is_still(stream, lock):
        stream.close()
        raise FileNotFoundError(errno.ENOENT, "it was removed", str(lock))
    return Held(stream)


def _is_still(stream: IO[bytes], path: Path) -> bool:
    """Whether an open file is what its path names now."""
    try:
        return os.path.samestat(os.fstat(stream.fileno()), path.stat())
    except FileNotFoundError:
        return False
