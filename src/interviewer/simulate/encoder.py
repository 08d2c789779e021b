"""Frames and sound into an MP4, on a thread of its own, so that drawing goes on meanwhile."""

import queue
import threading
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np

from interviewer.simulate.sound import RATE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType

    from numpy.typing import NDArray

_WAITING: Final = 6
_MS: Final = 1000
_THREADS: Final = 2
_BT601: Final = 5
_LIMITED_RANGE: Final = 1


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named stretch of the recording, in seconds."""

    title: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class _Piece:
    picture: "NDArray[np.uint8]"
    sound: "NDArray[np.float32]"


class Encoder:
    """Writes H.264 and AAC; a context that finishes the file, or gives it up on an error.

    Args:
        path: The file to write.
        width: Of the pictures, even.
        height: Of the pictures, even.
        fps: Pictures per second.
        chapters: Named stretches.
    """

    def __init__(
        self, path: "Path", width: int, height: int, fps: int, chapters: "Sequence[Chapter]"
    ) -> None:
        import av

        self._container = av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"})
        self._container.set_chapters([_chapter(i, c) for i, c in enumerate(chapters)])
        self._video: Any = self._container.add_stream("libx264", rate=fps)
        self._video.width, self._video.height = width, height
        self._video.pix_fmt = "yuv420p"
        self._video.codec_context.thread_count = _THREADS
        # OpenCV converts with the matrix of BT.601; players would take BT.709 for granted.
        self._video.codec_context.colorspace = _BT601
        self._video.codec_context.color_range = _LIMITED_RANGE
        self._video.options = {
            "preset": "veryfast",
            "crf": "22",
            # A key frame every second makes jumping cheap; without B-frames the first picture
            # stands at exactly 0.
            "g": str(fps),
            "bf": "0",
        }
        self._sound: Any = self._container.add_stream("aac", rate=RATE, layout="mono")
        self._sound.bit_rate = 128_000
        self._fps = fps
        self._queue: queue.Queue[_Piece | None] = queue.Queue(maxsize=_WAITING)
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._work, name="film encoder", daemon=True)
        self._pictures = 0
        self._samples = 0

    def put(self, picture: "NDArray[np.uint8]", sound: "NDArray[np.float32]") -> None:
        """Add a picture (blue, green, red) and the sound that is heard while it is seen.

        Raises:
            OSError: Something put before could not be written.
        """
        if self._error is not None:
            raise self._error
        self._queue.put(_Piece(picture, sound))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: "TracebackType | None",
    ) -> None:
        # The worker takes everything from the queue even after an error, so this cannot wait
        # for ever.
        self._queue.put(None)
        self._thread.join()
        try:
            if kind is None and self._error is None:
                self._flush()
        finally:
            self._close(quietly=kind is not None or self._error is not None)
        if kind is None and self._error is not None:
            raise self._error

    def _work(self) -> None:
        while (piece := self._queue.get()) is not None:
            if self._error is None:
                try:
                    self._encode(piece)
                except Exception as error:  # noqa: BLE001  # raised again in the caller's thread
                    self._error = error

    def _encode(self, piece: _Piece) -> None:
        import av
        import cv2

        planes = np.asarray(cv2.cvtColor(piece.picture, cv2.COLOR_BGR2YUV_I420), dtype=np.uint8)
        picture = av.VideoFrame.from_ndarray(planes, format="yuv420p")
        picture.pts = self._pictures
        picture.time_base = Fraction(1, self._fps)
        self._pictures += 1
        self._container.mux(self._video.encode(picture))
        if piece.sound.size:
            sound = av.AudioFrame.from_ndarray(
                piece.sound.reshape(1, -1), format="fltp", layout="mono"
            )
            sound.sample_rate = RATE
            sound.pts = self._samples
            sound.time_base = Fraction(1, RATE)
            self._samples += piece.sound.size
            self._container.mux(self._sound.encode(sound))

    def _flush(self) -> None:
        self._container.mux(self._video.encode(None))
        self._container.mux(self._sound.encode(None))

    def _close(self, *, quietly: bool) -> None:
        try:
            self._container.close()
        except OSError:
            if not quietly:
                raise


def _chapter(number: int, chapter: Chapter) -> Any:  # noqa: ANN401  # PyAV's own typed dictionary
    return {
        "id": number + 1,
        "start": round(chapter.start * _MS),
        "end": round(chapter.end * _MS),
        "time_base": Fraction(1, _MS),
        "metadata": {"title": chapter.title},
    }
