"""A file or a stream, opened for its sound or for its picture."""

import logging
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from interviewer.errors import DeviceError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av.audio.frame import AudioFrame
    from av.container import InputContainer
    from av.error import FFmpegError
    from av.stream import Stream
    from av.video.frame import VideoFrame

Kind = Literal["audio", "video"]

PATIENCE: Final = 5.0
"""Seconds without an answer or a picture after which a stream is lost."""
_BAD_PARTS: Final = 200
"""After so many unreadable parts in a row a file is given up."""
_GLANCE: Final[dict[Kind, str]] = {"audio": "500000", "video": "2000000"}
"""Microseconds of a stream that are looked at to learn what it holds. FFmpeg's own 5 s would use
up all of our patience; a picture needs time for its first key picture."""
_WANTED: Final[dict[Kind, str]] = {"audio": "sound", "video": "moving picture"}

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Media:
    """An open file or stream, of which one kind of content is read.

    Attributes:
        place: Where it came from, for a person.
        remote: Whether that is an address and not a file.
        container: To be closed by the thread that reads it.
        stream: What is read.
        zero: The file's own time 0, in seconds of its stamps: where the first of its sound and
            picture begins, so that both play in step though each is read by itself.
    """

    place: str
    remote: bool
    container: "InputContainer"
    stream: "Stream"
    zero: float

    def frames(self) -> "Iterator[AudioFrame | VideoFrame]":
        """Decode to the end. Parts that cannot be decoded are left out, and the log says so.

        Raises:
            av.error.FFmpegError: It cannot be read any further.
        """
        import av

        bad = 0
        for packet in self.container.demux(self.stream):
            try:
                frames = packet.decode()
            except av.error.FFmpegError as error:
                bad += 1
                log.info("%s: a part cannot be decoded: %s", self.place, error.strerror)
                if bad >= _BAD_PARTS:
                    raise
                continue
            for frame in frames:
                if isinstance(frame, (av.AudioFrame, av.VideoFrame)):
                    bad = 0
                    yield frame

    def time_of(self, frame: "AudioFrame | VideoFrame") -> float | None:
        """When a frame begins, in seconds from the file's own time 0; None if it does not say."""
        if frame.pts is None or frame.time_base is None:
            return None
        return float(frame.pts * frame.time_base) - self.zero

    @property
    def has_end(self) -> bool:
        """Whether it is a recording, which comes as fast as it is read; RTSP keeps its own pace."""
        duration = self.container.duration
        return bool(duration and duration > 0) and self.container.format.name != "rtsp"

    def close(self) -> None:
        """Release it."""
        self.container.close()


def open_file(path: Path, kind: Kind) -> Media:
    """Open a file.

    Raises:
        InputError: It is missing or has nothing of the kind.
    """
    import av

    try:
        mode = path.stat().st_mode
    except FileNotFoundError as error:
        raise InputError(
            f"There is no file called {path}.", "Check the name and the folder."
        ) from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.", "Check its name.") from error
    if stat.S_ISDIR(mode):
        raise InputError(f"{path} is a folder, not a recording.", "Name a file in it.")
    try:
        # An absolute path is never taken for a URL, and the short list of protocols keeps
        # playlists inside of files from reaching out to the network.
        container = av.open(
            str(path.absolute()),
            metadata_errors="replace",
            options={"protocol_whitelist": "file"},
        )
    except PermissionError as error:
        raise InputError(
            f"{path} may not be read: permission is denied.", "Change its permissions."
        ) from error
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise InputError(
            f"{path} cannot be played: no sound or picture was found in it.",
            "Give a recording, such as an MP4, WebM or WAV file.",
        ) from error
    media = _chosen(container, str(path), kind, remote=False)
    if media is None:
        container.close()
        raise InputError(f"{path} has no {_WANTED[kind]}.", "Give another file.")
    return media


def open_url(url: str, kind: Kind) -> Media:
    """Open a stream; this may take twice as long as `PATIENCE`.

    Raises:
        DeviceError: It does not answer, refuses, or has nothing of the kind.
    """
    import av

    place = without_password(url)
    options = {"rtsp_flags": "prefer_tcp", "analyzeduration": _GLANCE[kind]}
    try:
        container = av.open(
            url, metadata_errors="replace", options=options, timeout=(PATIENCE, PATIENCE)
        )
    except av.error.ExitError as error:
        raise no_answer(place) from error
    except (av.error.FFmpegError, OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it cannot be read"
        raise DeviceError(
            f"{place} cannot be opened: {reason}.",
            "Check the address, and open it in a browser or player to see whether it sends.",
        ) from error
    media = _chosen(container, place, kind, remote=True)
    if media is None:
        container.close()
        raise DeviceError(f"{place} sends no {_WANTED[kind]}.", "Check the address.")
    return media


def no_answer(name: str, patience: float = PATIENCE) -> DeviceError:
    """The error of a source that keeps silent."""
    return DeviceError(
        f"{name} did not answer within {patience:g} seconds.",
        "Check that it is switched on, sends, and is in the same network.",
    )


def loss(label: str, error: "FFmpegError") -> str:
    """Why a source that was read cannot be read any further, as a sentence for a person."""
    import av

    if isinstance(error, av.error.ExitError):
        return f"{label} has sent nothing for {PATIENCE:g} seconds."
    # Not the error itself: it repeats the address, password and all.
    log.info("%s: %s", label, error.strerror)
    return f"{label} has stopped sending."


def without_password(url: str) -> str:
    """The address as it may be shown: user and password are nobody's business."""
    return re.sub(r"^([a-z][a-z0-9+.-]*://)[^/]*@", r"\1", url, flags=re.IGNORECASE)


def _chosen(container: "InputContainer", place: str, kind: Kind, *, remote: bool) -> Media | None:
    """The stream of the kind that is marked as default, or the first."""
    from av.stream import Discard, Disposition

    name = container.format.name
    if name.endswith("_pipe") or name in {"image2", "ico", "tty"}:
        return None
    known = [s for s in container.streams if s.type in {"audio", "video"} and _plays(s)]
    right = [s for s in known if s.type == kind]
    if not right:
        return None
    marked = [s for s in right if Disposition(s.disposition) & Disposition.default]
    stream = (marked or right)[0]
    for other in container.streams:
        if other is not stream:
            other.discard = Discard.all
    # One thread: frame threads would add delay, and the other core belongs to the recognition.
    stream.codec_context.thread_count = 1
    starts = [start for s in known if (start := _start(s)) is not None]
    return Media(place, remote, container, stream, min(starts, default=0.0))


def _start(stream: "Stream") -> float | None:
    if stream.start_time is None or stream.time_base is None:
        return None
    return float(stream.start_time * stream.time_base)


def _plays(stream: "Stream") -> bool:
    from av.stream import Disposition

    still = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image
    return stream.codec_context is not None and not Disposition(stream.disposition) & still
