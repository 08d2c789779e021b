"""One process at a time."""

import logging
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

else:
    import fcntl

    def _acquire(stream: IO[bytes]) -> None:
        fcntl.flock(stream, fcntl.LOCK_EX)


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
