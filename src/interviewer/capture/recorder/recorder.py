"""Records sound and pictures on one clock, which is the number of sound samples taken."""

import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import numpy as np

from interviewer.capture.arrivals import Arrivals
from interviewer.capture.boxes import whole_fragments
from interviewer.capture.recorder.intake import Intake, Picture, Sound
from interviewer.capture.recorder.pictures import Colours, even, is_picture
from interviewer.capture.recorder.writer import Writer
from interviewer.errors import CannotDoError, InterviewerError
from interviewer.paths import PRIVATE_FILE, write_error

if TYPE_CHECKING:
    from numpy.typing import NDArray

log = logging.getLogger(__name__)

# A minute of sound is 12 MB. Half a second of 720p pictures is 40 MB; more would only make the
# file lag behind, because an encoder that cannot follow never catches up.
_MOST_SOUND = 60.0
_MOST_PICTURES = 15

# A time further ahead of the sound than this is a mistake of the caller.
_AHEAD = 1.0

# No driver holds sound back for so long: what comes later still was lost in part, or has another
# speed than the clock, and the time is told anew from there.
_LATE = 0.25


@dataclass(frozen=True, slots=True)
class RecorderStats:
    """How the recording is going.

    Attributes:
        samples: Sound taken.
        pictures: Pictures written, without the black ones that stand in for a missing camera.
        dropped_pictures: Pictures left out: the encoder could not follow, they came too late, or
            they could not be encoded.
        bytes: Size of the file.
        sound_waits: How often sound was held up because a minute of it was waiting.
    """

    samples: int
    pictures: int
    dropped_pictures: int
    bytes: int
    sound_waits: int


class Recorder:
    """Writes H.264 and AAC to a fragmented MP4 that plays after a kill, but for its last moments.

    The sound is the clock: what has been recorded is as long as the samples that were taken. A
    picture keeps its own time, so a camera may start late, change its rate, stall or die; while
    there is none, black pictures stand in (at the start after 0.5 s, later after 2 s). Encoding
    has its own thread: `sound` and `picture` only queue. Sound is never dropped; if a minute of it
    is waiting, `sound` waits too. Pictures are dropped and counted when the encoder is behind.

    A write error (a full disk) ends the recording: what was written is kept and playable, `failed`
    turns true, the position stands still, and `stop` raises.

    Args:
        path: The file to write, readable by its owner only; it must not exist.
        size: Width and height of the picture in pixels; an odd one loses its last row or column,
            pictures of other sizes are fitted in. None for sound only.
        fps: What the camera is believed to deliver.
        rate: Samples per second.
        colours: The order of the pictures' channels.
        clock: Monotonic seconds; places a picture between two blocks of sound. It must go as fast
            as the sound does.

    Raises:
        CannotDoError: The file exists or cannot be written.
    """

    def __init__(
        self,
        path: Path,
        *,
        size: tuple[int, int] | None,
        fps: float = 30,
        rate: int = 48_000,
        colours: Colours = "bgr",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._path = path
        self._rate = rate
        self._clock = clock
        self._intake = Intake(round(_MOST_SOUND * rate), _MOST_PICTURES)
        self._lock = threading.Lock()
        self._samples = 0
        self._dropped = 0
        self._arrivals = Arrivals()
        self._paused = False
        self._error: Exception | None = None
        self._stopped = False
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE))
            self._writer = Writer(path, None if size is None else even(size), fps, rate, colours)
        except FileExistsError as error:
            raise CannotDoError(
                f"{path} exists already and is not overwritten.",
                "Recover or delete the recording that is there first.",
            ) from error
        except OSError as error:
            raise write_error(path, error) from error
        self._thread = threading.Thread(target=self._work, name="recorder", daemon=True)
        self._thread.start()

    @property
    def position(self) -> float:
        """Seconds recorded."""
        return self._samples / self._rate

    @property
    def failed(self) -> bool:
        """Whether recording has ended because of an error, which `stop` raises."""
        return self._error is not None

    @property
    def pictures_waiting(self) -> int:
        """Pictures that the encoder has not taken yet; a source that can wait may wait for it."""
        return self._intake.pictures

    @property
    def stats(self) -> RecorderStats:
        """How the recording is going."""
        return RecorderStats(
            samples=self._samples,
            pictures=self._writer.pictures,
            dropped_pictures=self._dropped + self._writer.refused,
            bytes=self._path.stat().st_size if self._path.exists() else 0,
            sound_waits=self._intake.waits,
        )

    def sound(self, samples: "NDArray[np.float32]") -> None:
        """Take the next samples; they follow the ones before without a gap.

        Args:
            samples: One channel, of shape (samples,), full scale from -1 to 1.
        """
        block = np.array(samples, dtype=np.float32).reshape(-1)
        if self._paused or not block.size or not self._intake.add_sound(Sound(block)):
            return
        with self._lock:
            self._samples += block.size
            now = self._clock()
            if self._arrivals.add(now, self.position) > _LATE:
                self._arrivals.forget()
                self._arrivals.add(now, self.position)

    def picture(self, frame: "NDArray[np.uint8]", at: float | None = None) -> None:
        """Take a picture; it is not copied, so it must not be changed afterwards.

        Args:
            frame: Of shape (height, width, 3).
            at: Its time on the recording in seconds; None for now: the sound that would have been
                taken by now if each block came as punctually as the most punctual one lately.
        """
        if self._paused:
            return
        with self._lock:
            position = self.position
            taken = self._arrivals.taken_at(self._clock())
        if at is None:
            at = position if taken is None else max(position, taken)
        fits = is_picture(frame) and 0 <= at <= position + _AHEAD
        if not fits or not self._intake.add_picture(Picture(frame, at)):
            with self._lock:
                self._dropped += 1

    def pause(self) -> None:
        """Record nothing until `resume`; the position stands still."""
        self._paused = True

    def resume(self) -> None:
        """Go on; what follows joins what was before the pause."""
        with self._lock:
            self._arrivals.forget()
        self._paused = False

    def stop(self) -> Path:
        """Write what is waiting and end the file. Calling it again does nothing.

        Returns:
            The file.

        Raises:
            CannotDoError: Recording ended early, said once; what was recorded before is kept.
        """
        self._intake.close()
        self._thread.join()
        if self._stopped:
            return self._path
        self._stopped = True
        if self._error is not None:
            raise _sentence(self._path, self._error) from self._error
        return self._path

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.stop()
        except InterviewerError as own:
            if error is None:
                raise
            log.warning("%s", own)

    def _work(self) -> None:
        try:
            while (item := self._intake.take()) is not None:
                if isinstance(item, Sound):
                    self._writer.write_sound(item.samples)
                else:
                    self._writer.write_picture(item.frame, item.at)
            self._writer.finish()
        except Exception as error:  # noqa: BLE001  # raised again by `stop`, in the caller's thread
            self._error = error
            self._intake.abandon()
            self._writer.abandon()
            self._cut()

    def _cut(self) -> None:
        """Leave out a fragment that was written in part."""
        try:
            end = whole_fragments(self._path)
            if end:
                os.truncate(self._path, end)
        except OSError as error:
            log.warning("%s cannot be cut at its last whole fragment: %s", self._path, error)


def _sentence(path: Path, error: Exception) -> Exception:
    import av

    if isinstance(error, OSError) and error.errno is not None:
        return write_error(path, error)
    if isinstance(error, av.error.FFmpegError):
        return CannotDoError(
            f"{path} could not be recorded to its end: {error.strerror}.",
            "What was recorded before is kept.",
        )
    return error
