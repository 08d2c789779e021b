"""A finished or broken-off recording as one file with an index in front and chapters."""

import contextlib
import logging
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from interviewer.capture.boxes import whole_fragments
from interviewer.capture.remux import Chapter, copy_to, read_extent, stated_extent
from interviewer.errors import CannotDoError
from interviewer.paths import write_error

__all__ = ["Chapter", "Finalized", "finalize", "recover"]

log = logging.getLogger(__name__)

# Left free on the disk beside the copy, for what else a session writes.
_MARGIN_BYTES = 20_000_000

# Largest difference between the sound that was read and that was written: a block of AAC is 21 ms.
_TOLERANCE = 0.03


@dataclass(frozen=True, slots=True)
class Finalized:
    """The recording that was left behind.

    Attributes:
        path: The recording; it plays.
        duration: Seconds of sound in it.
        note: Why it has no chapters and no index in front, one sentence; empty where it has.
    """

    path: Path
    duration: float
    note: str = ""


def finalize(
    part: Path,
    out: Path,
    chapters: Sequence[Chapter],
    *,
    progress: Callable[[float], None] | None = None,
) -> Finalized:
    """Copy a recording, without encoding it again, to a fast-start MP4 with chapters.

    The copy takes its place in one step, and only then the part goes. Where the disk has no room
    for the copy, or the copy does not hold what the part does, the part itself takes the place.

    Args:
        part: What the recorder wrote; what a crash left incomplete at its end is left out.
        out: Where the recording goes, in the same file system; an older file is replaced.
        chapters: In order of time. An MP4 knows no gaps between them, so the first one begins at 0
            and each lasts until the next; those beyond the end of the recording are left out.
        progress: Told the share that has been copied, 0 to 1.

    Returns:
        The recording at `out`.

    Raises:
        CannotDoError: Nothing was recorded, or the place cannot be written; the part is untouched.
    """
    end = _readable(part)
    copy = out.with_name(f".{out.name}.part")
    try:
        duration, note = _copied(part, end, copy, chapters, progress)
        if note:
            log.warning("%s: %s", part, note)
            _truncate(part, end)
            part.replace(out)
            return Finalized(out, duration, note)
        copy.replace(out)
        part.unlink()
    except OSError as error:
        raise write_error(out, error) from error
    finally:
        with contextlib.suppress(OSError):
            copy.unlink(missing_ok=True)
    return Finalized(out, duration)


def recover(
    part: Path,
    out: Path,
    chapters: Sequence[Chapter],
    *,
    progress: Callable[[float], None] | None = None,
) -> Finalized:
    """Complete what a crash left: the recording was cut off, or its finalizing was.

    It may be called again at any time. Arguments, result and errors are those of `finalize`; a
    recording that is complete already is returned as it is.
    """
    if not part.exists() and out.exists():
        return Finalized(out, read_extent(out, 0).duration)
    return finalize(part, out, chapters, progress=progress)


def _readable(part: Path) -> int:
    """Bytes of the part that are whole fragments."""
    try:
        end = whole_fragments(part)
    except FileNotFoundError as error:
        raise CannotDoError(
            f"There is no recording at {part}.", "Record the interview again."
        ) from error
    except OSError as error:
        raise CannotDoError(
            f"{part} cannot be read: {(error.strerror or str(error)).lower()}.",
            "Check its permissions and the disk.",
        ) from error
    if not end:
        raise CannotDoError(
            f"{part} holds no recording: it was broken off before its first second was written.",
            "Record the interview again.",
        )
    return end


def _copied(
    part: Path,
    end: int,
    copy: Path,
    chapters: Sequence[Chapter],
    progress: Callable[[float], None] | None,
) -> tuple[float, str]:
    """Make the copy; the duration of the part, and why the copy cannot be used."""
    import av

    if shutil.disk_usage(copy.parent).free < end + _MARGIN_BYTES:
        note = "There was no room for a copy with chapters; the recording is kept without them."
        return read_extent(part, end).duration, note
    try:
        read = copy_to(part, end, copy, chapters, progress)
        written = stated_extent(copy, len(read.packets))
    except (OSError, av.error.FFmpegError) as error:
        log.warning("%s could not be copied: %s", part, error)
        note = "The copy with chapters could not be written; the recording is kept without them."
        return read_extent(part, end).duration, note
    if written.packets != read.packets or abs(written.duration - read.duration) > _TOLERANCE:
        log.warning("%s: %s was read and %s written", part, read, written)
        return read.duration, (
            f"The copy with chapters plays {written.duration:.1f} of {read.duration:.1f} seconds; "
            "the recording is kept without them."
        )
    return read.duration, ""


def _truncate(part: Path, end: int) -> None:
    """Leave out what FFmpeg would refuse the whole file for."""
    if part.stat().st_size > end:
        os.truncate(part, end)
