"""Pictures of a recording at about so many a second, decoding no more than that takes."""

import math
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from interviewer.analysis.media.decoder import PictureDecoder
from interviewer.analysis.media.picture import to_rgb

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from av.video.frame import VideoFrame
    from numpy.typing import NDArray

# Time stamps of Matroska are rounded to 1 ms.
_ROUNDING = 0.001

# Decode on over a shorter gap: a seek may go back further than that, to the keyframe before.
_WORTH_A_SEEK = 2.0


def sample_frames(
    path: Path, *, rate: float, start: float = 0.0, end: float | None = None, max_side: int = 640
) -> "Iterator[tuple[float, NDArray[np.uint8]]]":
    """Pictures of one stretch of a recording.

    Args:
        path: The recording.
        rate: Pictures per second; of a slower source each picture comes once.
        start: First time of the stretch in seconds.
        end: Where it ends, itself excluded; None for the end of the recording.
        max_side: Longest side of a picture in pixels; smaller ones are not enlarged.

    Yields:
        Time on the recording's timeline in seconds, and an upright RGB array of shape
        (height, width, 3).

    Raises:
        InputError: The file cannot be read or has no picture.
    """
    with FrameReader(path, rate=rate, max_side=max_side) as reader:
        yield from reader.read(start, math.inf if end is None else end)


class FrameReader:
    """Reads stretches of one recording in ascending order, each part of the file once.

    Which pictures are taken depends on the recording alone and not on how it is cut: the first one
    at or after each multiple of `1 / rate`.

    Args:
        path: The recording; it may still be growing.
        rate: Pictures per second.
        max_side: Longest side of a picture in pixels.
    """

    def __init__(self, path: Path, *, rate: float, max_side: int = 640) -> None:
        from av.video.reformatter import VideoReformatter

        self._path = path
        self._rate = rate
        self._max_side = max_side
        self._reformatter = VideoReformatter()
        self._decoder = PictureDecoder(path, self._may_be_taken)
        self._held: tuple[float, VideoFrame] | None = None
        self._cell: int | None = None
        self._reached: float | None = None
        self._ended_at: tuple[float, int] | None = None
        self._size = 0

    def read(self, start: float, end: float) -> "Iterator[tuple[float, NDArray[np.uint8]]]":
        """Pictures with `start` ≤ time < `end`, as `sample_frames` yields them.

        Raises:
            InputError: The file cannot be read or has no picture.
        """
        if self._is_behind(start):
            return
        if not self._continues(start):
            self._held = self._cell = self._reached = None
            self._size = self._path.stat().st_size
            self._decoder.seek(start)
        while (picture := self._next()) is not None:
            time, frame = picture
            self._reached = time
            if time >= end:
                self._held = picture
                self._reached = end
                return
            if self._takes(time) and time >= start:
                yield (
                    time,
                    to_rgb(
                        frame,
                        self._reformatter,
                        max_side=self._max_side,
                        pixel=self._decoder.pixel,
                    ),
                )
        last = start if self._reached is None else self._reached
        self._ended_at = (last, self._size)
        self._reached = None

    def close(self) -> None:
        """Release the file."""
        self._decoder.close()
        self._held = self._reached = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _is_behind(self, start: float) -> bool:
        """Whether the stretch lies behind the last picture of a file that has not grown since."""
        if self._ended_at is None:
            return False
        last, size = self._ended_at
        return start >= last and self._path.stat().st_size == size

    def _continues(self, start: float) -> bool:
        """Whether to decode on; what came after the file was opened is not seen without a seek."""
        if self._reached is None or not 0 <= start - self._reached <= _WORTH_A_SEEK:
            return False
        return self._path.stat().st_size == self._size

    def _next(self) -> "tuple[float, VideoFrame] | None":
        if self._held is not None:
            held, self._held = self._held, None
            return held
        return self._decoder.next()

    def _cell_of(self, time: float) -> int:
        """Number of the multiple of `1 / rate` at or before a time."""
        return math.floor((time + _ROUNDING) * self._rate)

    def _takes(self, time: float) -> bool:
        """Whether a picture is the first in its cell; the one before it is known or reckoned."""
        before = self._cell
        if before is None and not self._decoder.begins:
            before = self._cell_of(time - self._decoder.interval)
        self._cell = self._cell_of(time)
        return before is None or self._cell > before

    def _may_be_taken(self, time: float, before: float | None) -> bool:
        """The same before decoding, told the time of the picture before."""
        return before is None or self._cell_of(time) > self._cell_of(before)
