"""The content hash that observations are kept under."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from interviewer.analysis.media.source import refuse_unreadable

_BLOCK = 1 << 20


def sha256_of(path: Path, progress: Callable[[float], None] | None = None) -> str:
    """SHA-256 of a file, as 64 hexadecimal digits.

    Args:
        path: The file.
        progress: Told the share that has been read, 0 to 1.

    Raises:
        InputError: The file cannot be read.
    """
    with refuse_unreadable(path), path.open("rb") as file:
        size = path.stat().st_size
        digest = hashlib.sha256()
        done = 0
        while block := file.read(_BLOCK):
            digest.update(block)
            done += len(block)
            if progress:
                progress(min(1.0, done / size) if size else 1.0)
        return digest.hexdigest()
