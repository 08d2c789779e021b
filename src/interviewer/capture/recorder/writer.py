"""H.264 and AAC into a fragmented MP4, of which everything but the last second is always on disk.

The index of the file (`delay_moov`) is written with the first fragment, and that waits for a first
packet of every stream. So a recording with a picture must have pictures from the start, camera or
not: while none has come yet, and after a camera has been silent for a while, black ones stand in.
"""

import logging
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from interviewer.capture.recorder.pictures import Colours, black, to_planes

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.stream import VideoStream
    from numpy.typing import NDArray

log = logging.getLogger(__name__)

# A fragment each half second and no stream waiting longer than that for the other one: together
# with the pictures inside the encoder this keeps what a kill can lose below two seconds.
CONTAINER_OPTIONS = {
    "movflags": "frag_keyframe+delay_moov+default_base_moof",
    "frag_duration": "500000",
    "max_interleave_delta": "500000",
    "flush_packets": "1",
}
_SOUND_BITS = 128_000

# B-frames that no other picture needs let the analysis skip every second picture. The short
# look-ahead keeps 6 pictures inside the encoder instead of 11, at the same size of the file.
_X264 = {
    "preset": "veryfast",
    "crf": "23",
    "g": "600",
    "bf": "2",
    "forced-idr": "1",
    "x264-params": "b-pyramid=none:scenecut=0:rc-lookahead=4:sync-lookahead=0",
}
_THREADS = 2
# OpenCV converts with the matrix of BT.601; players would take BT.709 for granted.
_BT601 = 5
_LIMITED_RANGE = 1

# Ticks of the pictures' clock in a second, the customary one of video (ISO/IEC 13818-1).
_TICKS = 90_000
_KEYFRAME_EVERY = 1.0

# Seconds of sound without a picture after which black ones stand in: at the start soon, because
# nothing reaches the disk before; later patiently, because a slow camera is not a dead one.
_PATIENCE_AT_START = 0.5
_PATIENCE = 2.0
_BLACK_EVERY = 0.1

# Pictures that claim one time are kept this far apart, as long as sound and picture stay within
# what viewers do not notice (ITU-R BT.1359-1: 45 ms).
_STEP = 0.001
_LATEST = 0.04


class Writer:
    """The container and its two encoders; used by one thread.

    Args:
        path: An existing file, which is overwritten.
        size: Width and height of the pictures, both even; None for sound only.
        fps: What the camera is believed to deliver; pictures keep their own times.
        rate: Samples per second.
        colours: The order of the pictures' channels.

    Attributes:
        pictures: Pictures written, without the black ones.
        refused: Pictures that could not be written.

    Raises:
        OSError: The file cannot be written.
    """

    def __init__(
        self, path: Path, size: tuple[int, int] | None, fps: float, rate: int, colours: Colours
    ) -> None:
        import av

        self.pictures = 0
        self.refused = 0
        self._size = size
        self._rate = rate
        self._colours = colours
        self._samples = 0
        self._last_picture: float | None = None
        self._last_keyframe: float | None = None
        self._is_black = False
        self._usual = round(_TICKS / fps)
        self._held: Packet[VideoStream] | None = None
        self._container: Any = av.open(
            str(path.absolute()), "w", format="mp4", options=CONTAINER_OPTIONS
        )
        self._sound: Any = self._container.add_stream("aac", rate=rate, layout="mono")
        self._sound.bit_rate = _SOUND_BITS
        self._video: Any = None if size is None else self._video_stream(size, fps)

    def _video_stream(self, size: tuple[int, int], fps: float) -> Any:  # noqa: ANN401  # PyAV's
        stream: Any = self._container.add_stream(
            "libx264", rate=Fraction(fps).limit_denominator(1001)
        )
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        context = stream.codec_context
        context.time_base = Fraction(1, _TICKS)
        context.thread_count = _THREADS
        context.colorspace = _BT601
        context.color_range = _LIMITED_RANGE
        stream.options = _X264
        return stream

    def write_sound(self, samples: "NDArray[np.float32]") -> None:
        """Append samples of shape (samples,).

        Raises:
            OSError: The disk is full, or the file cannot be written.
        """
        import av

        clean = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(clean, format="fltp", layout="mono")
        frame.sample_rate = self._rate
        frame.pts = self._samples
        frame.time_base = Fraction(1, self._rate)
        self._samples += clean.shape[1]
        self._container.mux(self._sound.encode(frame))
        self._stand_in()

    def write_picture(self, frame: "NDArray[np.uint8]", at: float) -> None:
        """Show a picture of shape (height, width, 3) from a time in seconds on.

        A picture that comes too late or that the encoder refuses is left out and counted.

        Raises:
            OSError: The disk is full, or the file cannot be written.
        """
        import cv2

        if self._size is None:
            self.refused += 1
            return
        earliest = 0.0 if self._last_picture is None else self._last_picture + _STEP
        time = max(at, earliest)
        if time - at > _LATEST:
            self.refused += 1
            return
        try:
            planes = to_planes(frame, self._size, self._colours)
        except cv2.error as error:
            log.info("a picture cannot be converted: %s", error)
            self.refused += 1
            return
        if self._encode(planes, time):
            self.pictures += 1
            self._is_black = False

    def finish(self) -> None:
        """Write what the encoders hold, and the end of the file.

        Raises:
            OSError: The disk is full, or the file cannot be written.
        """
        if self._samples and self._size is not None and self._last_picture is None:
            self._encode(black(self._size), 0.0)
        if self._video is not None and self._last_picture is not None:
            self._mux_pictures(self._video.encode(None))
            self._mux_held(self._usual)
        if self._samples:
            self._container.mux(self._sound.encode(None))
        self._container.close()

    def abandon(self) -> None:
        """Close the file as it is; what cannot be written is left out."""
        import av

        try:
            self._container.close()
        except (OSError, av.error.FFmpegError) as error:
            log.info("the recording ends without its last part: %s", error)

    def _stand_in(self) -> None:
        """Write black pictures where there is sound but has been no picture for long."""
        if self._size is None:
            return
        now = self._samples / self._rate
        last = self._last_picture
        if last is None:
            if now < _PATIENCE_AT_START:
                return
            self._encode(black(self._size), 0.0)
            last, self._is_black = 0.0, True
        elif not self._is_black:
            if now - last < _PATIENCE:
                return
            last, self._is_black = now - _BLACK_EVERY, True
        while last + _BLACK_EVERY <= now:
            last += _BLACK_EVERY
            self._encode(black(self._size), last)

    def _encode(self, planes: "NDArray[np.uint8]", time: float) -> bool:
        """Encode a picture and write what comes out; False where the encoder refuses it."""
        import av
        from av.video.frame import PictureType

        picture = av.VideoFrame.from_ndarray(planes, format="yuv420p")
        picture.pts = round(time * _TICKS)
        picture.time_base = Fraction(1, _TICKS)
        key = self._last_keyframe is None or time - self._last_keyframe >= _KEYFRAME_EVERY
        if key:
            picture.pict_type = PictureType.I
        try:
            packets = self._video.encode(picture)
        except av.error.FFmpegError as error:
            log.info("a picture cannot be encoded: %s", error)
            self.refused += 1
            return False
        self._last_picture = time
        if key:
            self._last_keyframe = time
        self._mux_pictures(packets)
        return True

    def _mux_pictures(self, packets: "list[Packet[VideoStream]]") -> None:
        """Write packets, each when the next one has come and says how long it lasts.

        Where a fragment ends, the muxer takes the time of the next picture from the lengths of
        those before, whatever its own time stamp says.
        """
        for packet in packets:
            if self._held is not None and packet.dts is not None:
                self._mux_held(packet.dts - (self._held.dts or 0))
            self._held = packet

    def _mux_held(self, duration: int) -> None:
        if self._held is not None:
            self._held.duration = duration
            self._container.mux(self._held)
            self._held = None
