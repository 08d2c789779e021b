"""The pictures of a recording in the order in which they are shown, from any time on."""

import bisect
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from interviewer.analysis.media.picture import pixel_shape
from interviewer.analysis.media.source import FARTHEST_BACK, STEPS_BACK, Source, seconds
from interviewer.errors import InputError

if TYPE_CHECKING:
    from av.packet import Packet
    from av.stream import Stream
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

log = logging.getLogger(__name__)

# Taken for the interval between pictures where a file does not state it.
_USUAL_RATE = 25.0

# Pictures that may lie between one in the file and the one shown before it (H.264: 16, A.3.1).
_REORDERED = 32


class PictureDecoder:
    """Decodes pictures one by one; those that no other picture needs only where they are wanted.

    Skipping cannot harm the pictures that remain: nothing refers to what is left out. The loop
    filter is not skipped, because its errors would add up until the next keyframe.

    Args:
        path: The recording; it may still be growing.
        is_wanted: Whether the picture at a time (seconds) may be taken, told the time of the
            picture shown before it as well; None where that is not known.

    Attributes:
        interval: Usual time from one picture to the next in seconds; it and what follows are set by
            `seek`.
        pixel: Width of a pixel over its height.
        begins: Whether the last `seek` went to the beginning of the recording.
    """

    def __init__(self, path: Path, is_wanted: Callable[[float, float | None], bool]) -> None:
        self._path = path
        self._is_wanted = is_wanted
        self._source: Source | None = None
        self._pictures: Iterator[tuple[float, VideoFrame]] = iter(())
        self._first: tuple[float, VideoFrame] | None = None
        self.interval = 0.0
        self.pixel = 1.0
        self.begins = False

    def seek(self, start: float) -> None:
        """Go to the last picture before a time from which decoding can begin.

        Before and not at it: of the first picture it is not known which one is shown before it.

        Raises:
            InputError: The file cannot be opened or has no picture.
        """
        for back in STEPS_BACK:
            target = None if back is None or start - back <= 0 else start - back
            if not self._restart(target):
                continue
            self._first = next(self._pictures, None)
            if target is None or (self._first is not None and self._first[0] < start):
                return
            if self._first is None and back == FARTHEST_BACK:
                return

    def next(self) -> "tuple[float, VideoFrame] | None":
        """The next picture with its time in seconds; None when there is no more."""
        if self._first is not None:
            first, self._first = self._first, None
            return first
        return next(self._pictures, None)

    def close(self) -> None:
        """Release the file."""
        self._first = None
        self._pictures = iter(())
        if self._source is not None:
            self._source.close()
            self._source = None

    def _restart(self, target: float | None) -> bool:
        """Open the file again, as it is now, at the keyframe before `target`; False if it fails."""
        self.close()
        source = self._source = Source(self._path)
        stream = source.video
        if stream is None:
            self.close()
            raise InputError(f"{self._path} has no picture.", "Give a recording with a picture.")
        source.only(stream)
        rate = stream.average_rate or stream.guessed_rate
        self.interval = float(1 / rate) if rate else 1 / _USUAL_RATE
        self.pixel = pixel_shape(stream)
        self.begins = target is None
        self._pictures = self._decode(source, stream)
        return target is None or source.seek(target, stream)

    def _decode(
        self, source: Source, stream: "VideoStream"
    ) -> "Iterator[tuple[float, VideoFrame]]":
        import av

        last: float | None = None
        shown: list[float] = []
        for packet in source.packets(stream):
            stream.codec_context.skip_frame = self._skip(packet, source.zero, shown)
            try:
                frames = packet.decode()
            except av.error.FFmpegError as error:
                log.info("%s: a picture cannot be decoded: %s", self._path, error)
                continue
            for frame in frames:
                if not isinstance(frame, av.VideoFrame):
                    continue
                time = self._time_of(frame, source.zero, last)
                if last is not None and time <= last:
                    continue
                last = time
                yield time, frame

    def _skip(
        self, packet: "Packet[Stream]", zero: float, shown: list[float]
    ) -> "Literal['DEFAULT', 'NONREF']":
        """Decide by the packets alone, so that it is the same whatever the header states.

        A picture shown before this one that comes later in the file is overlooked; then this one
        is decoded though it may not be needed.
        """
        stamp = seconds(packet.pts, packet.stream)
        if stamp is None:
            return "DEFAULT"
        at = stamp - zero
        place = bisect.bisect_left(shown, at)
        before = shown[place - 1] if place else None
        shown.insert(place, at)
        del shown[:-_REORDERED]
        return "DEFAULT" if self._is_wanted(at, before) else "NONREF"

    def _time_of(self, frame: "VideoFrame", zero: float, last: float | None) -> float:
        if frame.pts is not None and frame.time_base is not None:
            return float(frame.pts * frame.time_base) - zero
        return 0.0 if last is None else last + self.interval
