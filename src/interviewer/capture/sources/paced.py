"""A recording that plays the part of a microphone or a camera, at the pace of real time."""

import threading
from itertools import chain
from typing import TYPE_CHECKING, Final

from interviewer.capture.sources.media import Media, loss
from interviewer.capture.sources.outlet import Outlet, spawn
from interviewer.capture.sources.pace import Pace
from interviewer.capture.sources.picture import Developer, believed_fps, size_of
from interviewer.capture.sources.ports import SOUND_RATE, Over
from interviewer.capture.sources.sound import Continuous, blocks
from interviewer.errors import DeviceError, InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from av.video.frame import VideoFrame
    from numpy.typing import NDArray

BLOCK: Final = SOUND_RATE // 50
"""Samples in a block: 20 ms."""
_LATE: Final = 0.1
"""Seconds behind the pace after which a picture is left out, so that decoding catches up."""
_SHOW: Final = 0.5
"""Seconds after which a picture is given however late it is: a slow machine still sees."""


class PacedMicrophone:
    """The sound of a recording; a block is given when its end has come.

    Args:
        name: For a person.
        media: Opened for its sound; it belongs to the microphone from now on.
        pace: The clock.
    """

    def __init__(self, name: str, media: Media, pace: Pace) -> None:
        self.name = name
        self._pace = pace
        self._blocks = blocks(_continuous(media), BLOCK)
        self._player = _Player(f"The microphone {name}", media, self._play)
        self._outlet: Outlet[[NDArray[np.float32]]] = Outlet()

    def start(
        self, take: "Callable[[NDArray[np.float32]], None]", over: "Callable[[Over], None]"
    ) -> None:
        """Begin to give sound."""
        self._outlet.connect(take, over)
        self._player.start(self._outlet.stopped, self._outlet.end)

    def stop(self) -> None:
        """Give nothing more."""
        self._outlet.close()
        self._player.close()

    def _play(self) -> bool:
        given = 0
        for block in self._blocks:
            given += block.size
            if not self._pace.wait_until(given / SOUND_RATE, self._outlet.stopped):
                return False
            if not self._outlet.give(block):
                return False
        return True


class PacedCamera:
    """The pictures of a recording, each given when its time has come.

    Args:
        name: For a person.
        media: Opened for its picture; it belongs to the camera from now on.
        pace: The clock.

    Raises:
        InputError: No picture of the file can be decoded.
        DeviceError: Nor one of what an address sends.
    """

    def __init__(self, name: str, media: Media, pace: Pace) -> None:
        self.name = name
        self.fps = believed_fps(_stated_fps(media))
        self._pace = pace
        self._developer = Developer(media.stream)
        frames = self._timed(media)
        first = _first(frames, media)
        self.size = size_of(self._developer.picture(first[1]))
        self._frames = chain([first], frames)
        self._player = _Player(f"The camera {name}", media, self._play)
        self._outlet: Outlet[[NDArray[np.uint8], float | None]] = Outlet()

    def start(
        self,
        take: "Callable[[NDArray[np.uint8], float | None], None]",
        over: "Callable[[Over], None]",
    ) -> None:
        """Begin to give pictures."""
        self._outlet.connect(take, over)
        self._player.start(self._outlet.stopped, self._outlet.end)

    def stop(self) -> None:
        """Give nothing more."""
        self._outlet.close()
        self._player.close()

    def _timed(self, media: Media) -> "Iterator[tuple[float, VideoFrame]]":
        import av

        due = 0.0
        for frame in media.frames():
            if isinstance(frame, av.VideoFrame):
                at = media.time_of(frame)
                due = due if at is None else at
                yield due, frame
                due += 1 / self.fps

    def _play(self) -> bool:
        pace = self._pace
        shown = end = 0.0
        for at, frame in self._frames:
            end = at + 1 / self.fps
            if pace.now() - at > _LATE * pace.speed and pace.now() - shown < _SHOW * pace.speed:
                continue
            # Developed before the waiting, so that it is given on time.
            picture = self._developer.picture(frame)
            if not pace.wait_until(at, self._outlet.stopped):
                return False
            shown = pace.now()
            if not self._outlet.give(picture, None):
                return False
        return pace.wait_until(end, self._outlet.stopped)


class _Player:
    """The thread that reads a recording, and closes it.

    Args:
        label: The source for a person, as in "The camera film.mp4".
        media: What is read.
        play: Gives everything; True when it has come to the end, False if it was stopped.
    """

    def __init__(self, label: str, media: Media, play: "Callable[[], bool]") -> None:
        self._label = label
        self._media = media
        self._play = play
        self._lock = threading.Lock()
        self._taken = False

    def start(self, stopped: threading.Event, end: "Callable[[Over], None]") -> None:
        """Play, unless that was done before."""
        with self._lock:
            if self._taken or stopped.is_set():
                return
            self._taken = True
        spawn(self._label, lambda: self._run(end), end)

    def close(self) -> None:
        """Release what was never played; what plays is closed by the thread that reads it."""
        with self._lock:
            unused, self._taken = not self._taken, True
        if unused:
            self._media.close()

    def _run(self, end: "Callable[[Over], None]") -> None:
        import av

        try:
            finished = self._play()
        except av.error.FFmpegError as error:
            end(Over(lost=True, message=loss(self._label, error)))
            return
        finally:
            self._media.close()
        if finished:
            end(Over(lost=False, message=f"{self._label} has come to its end."))


def _continuous(media: Media) -> "Iterator[NDArray[np.float32]]":
    import av

    sound = Continuous(origin=0.0)
    for frame in media.frames():
        if isinstance(frame, av.AudioFrame):
            yield from sound.add(frame, media.time_of(frame))
    yield from sound.finish()


def _first(
    frames: "Iterator[tuple[float, VideoFrame]]", media: Media
) -> "tuple[float, VideoFrame]":
    import av

    try:
        first = next(frames, None)
    except av.error.FFmpegError:
        first = None
    if first is None:
        media.close()
        kind = DeviceError if media.remote else InputError
        raise kind(f"No picture of {media.place} can be decoded.", "Give another one.")
    return first


def _stated_fps(media: Media) -> float | None:
    stated = getattr(media.stream, "average_rate", None) or getattr(
        media.stream, "guessed_rate", None
    )
    return float(stated) if stated else None
