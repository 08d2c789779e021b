"""Streams from addresses: phones and network cameras."""

import threading
from typing import TYPE_CHECKING, Final

from interviewer.capture.sources.media import Media, loss
from interviewer.capture.sources.picture import USUAL_FPS, Developer, believed_fps
from interviewer.capture.sources.sound import Continuous
from interviewer.errors import DeviceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from av.audio.frame import AudioFrame
    from av.video.frame import VideoFrame
    from numpy.typing import NDArray

_LONGEST_GAP: Final = 10.0
"""Seconds; a longer gap in a stream's stamps is a sender that has set its clock."""


class UrlSound:
    """Sound of a stream.

    Args:
        label: The source for a person, as in "The microphone rtsp://phone/".
        media: The opened stream; it belongs to the feed from now on.
    """

    def __init__(self, label: str, media: Media) -> None:
        self._label = label
        self._media = media

    def pieces(self, stopped: threading.Event) -> "Iterator[NDArray[np.float32]]":
        """Decode what comes."""
        import av

        sound = Continuous(longest_gap=_LONGEST_GAP)
        for frame in _received(self._label, self._media, stopped):
            if isinstance(frame, av.AudioFrame):
                yield from sound.add(frame, self._media.time_of(frame))


class UrlPictures:
    """Pictures of a stream.

    Args:
        label: The source for a person, as in "The camera rtsp://phone/".
        media: The opened stream; it belongs to the feed from now on.
    """

    fps = USUAL_FPS

    def __init__(self, label: str, media: Media) -> None:
        self._label = label
        self._media = media
        stated = getattr(media.stream, "average_rate", None)
        self.fps = believed_fps(float(stated) if stated else None)

    def pictures(self, stopped: threading.Event) -> "Iterator[NDArray[np.uint8]]":
        """Decode what comes."""
        import av

        developer = Developer(self._media.stream)
        for frame in _received(self._label, self._media, stopped):
            if isinstance(frame, av.VideoFrame):
                yield developer.picture(frame)


def _received(
    label: str, media: Media, stopped: threading.Event
) -> "Iterator[AudioFrame | VideoFrame]":
    """Read until the stream ends; only this thread touches it, and closes it."""
    import av

    try:
        for frame in media.frames():
            if stopped.is_set():
                return
            yield frame
    except av.error.FFmpegError as error:
        raise DeviceError(loss(label, error)) from error
    finally:
        media.close()
    raise DeviceError(f"{label} has stopped sending.")
