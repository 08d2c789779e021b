"""Hashes that need not be computed again as long as the file has not changed."""

import hashlib
import json
import logging
import time
from collections.abc import Sequence
from pathlib import Path

from interviewer.errors import InterviewerError
from interviewer.paths import make_private, write_atomically

_log = logging.getLogger(__name__)
_CHUNK = 1 << 20

# A file may be changed again within one tick of its file system's clock (a few milliseconds)
# without its time of change moving; younger hashes are not remembered.
_SETTLED_NS = 50_000_000


def sha256_of(paths: Sequence[Path]) -> str:
    """Hash files as if they were one.

    Args:
        paths: The files, in order.

    Returns:
        Lower-case hexadecimal SHA-256 of the joined content.

    Raises:
        OSError: A file cannot be read.
    """
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
    return digest.hexdigest()


class Stamps:
    """Remembers a file's hash together with its size and time of change.

    One small file per remembered hash, so that two processes never overwrite each other's. A
    folder that cannot be written costs time, never a result.

    Args:
        folder: Where the stamps are kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def known(self, path: Path) -> str | None:
        """The remembered hash, or None if there is none or the file has changed since."""
        try:
            stamp = json.loads(self._stamp(path).read_bytes())
            state = path.stat()
            if (stamp["size"], stamp["mtime_ns"]) == (state.st_size, state.st_mtime_ns):
                return str(stamp["sha256"])
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return None

    def digest(self, path: Path, *, fresh: bool = False) -> str:
        """The file's SHA-256, read only if it is not known.

        Args:
            path: The file.
            fresh: Read the file even if its hash is remembered.

        Raises:
            OSError: The file cannot be read.
        """
        remembered = None if fresh else self.known(path)
        if remembered is not None:
            return remembered
        before = path.stat()
        digest = sha256_of([path])
        # A file that changed while it was read has no hash worth remembering.
        if path.stat().st_mtime_ns == before.st_mtime_ns:
            self.remember(path, digest)
        return digest

    def remember(self, path: Path, digest: str) -> None:
        """Remember the hash of a file as it is now.

        Args:
            path: The file.
            digest: Its SHA-256.
        """
        try:
            state = path.stat()
            if abs(time.time_ns() - state.st_mtime_ns) < _SETTLED_NS:
                return
            stamp = {
                "path": str(path),
                "size": state.st_size,
                "mtime_ns": state.st_mtime_ns,
                "sha256": digest,
            }
            make_private(self._folder)
            write_atomically(self._stamp(path), json.dumps(stamp))
        except (OSError, InterviewerError) as error:
            _log.info("the hash of %s could not be remembered: %s", path, error)

    def _stamp(self, path: Path) -> Path:
        key = hashlib.sha256(str(path.absolute()).encode("utf-8", "surrogateescape")).hexdigest()
        return self._folder / f"{key[:32]}.json"
