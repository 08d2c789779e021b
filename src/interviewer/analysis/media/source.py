"""An opened recording: which of its streams are used, and where its time begins."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from interviewer.analysis.media.boxes import is_iso_media, whole_boxes
from interviewer.errors import InputError

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.packet import Packet
    from av.stream import Stream
    from av.video.stream import VideoStream

S = TypeVar("S", "AudioStream", "VideoStream")

log = logging.getLogger(__name__)

FORMATS = (
    "Give a recording that a media player can play: mp4, mov, mkv, webm, avi, wav, mp3 or m4a."
)
REPAIR = "Record it again, or repair it with a tool for broken video files first."

# What Matroska files begin with.
_EBML_MARK = b"\x1a\x45\xdf\xa3"

# Seconds to go further back when a seek failed or landed too late; None is the beginning.
# Where even the farthest seek finds nothing, there is nothing more in the file.
FARTHEST_BACK = 10.0
STEPS_BACK = (0.0, 2.0, FARTHEST_BACK, None)

# A bad packet is skipped; so many in a row without one good packet mean that the file has ended.
_BAD_READS = 100


class Source:
    """One recording, opened for reading by one reader.

    Attributes:
        path: The file.
        container: The opened container.
        audio: The sound that is used; None without any.
        video: The picture that is used; None without any.
        moving: All streams of moving pictures, so not cover art.
        zero: Time stamp, in seconds, of the earliest start among the streams that are used.
    """

    def __init__(self, path: Path) -> None:
        """Open a recording.

        Raises:
            InputError: It cannot be opened, or holds neither sound nor picture.
        """
        from av.stream import Discard

        self.path = path
        self.container = _open(path)
        self.audio = _preferred(list(self.container.streams.audio))
        self.moving = [stream for stream in self.container.streams.video if _is_moving(stream)]
        self.video = _preferred(self.moving)
        used = self.used
        if not used:
            self.container.close()
            raise InputError(f"{path} has neither sound nor picture.", FORMATS)
        for stream in self.container.streams:
            if stream not in used:
                stream.discard = Discard.all
        # One thread: the other core belongs to the sound, and frame threads would add delay.
        for stream in used:
            stream.codec_context.thread_count = 1
        self.zero = min((seconds(stream.start_time, stream) or 0.0 for stream in used), default=0.0)

    @property
    def used(self) -> list["Stream"]:
        """The streams that are read."""
        return [stream for stream in (self.audio, self.video) if stream is not None]

    def only(self, wanted: "Stream") -> None:
        """Read no other stream from now on."""
        from av.stream import Discard

        for stream in self.container.streams:
            if stream is not wanted:
                stream.discard = Discard.all

    def seek(self, time: float, stream: "Stream") -> bool:
        """Go to a key packet at or before a time on the timeline; False where that fails."""
        import av

        if stream.time_base is None:
            return False
        try:
            self.container.seek(int((self.zero + time) / stream.time_base), stream=stream)
        except av.error.FFmpegError:
            return False
        return True

    def packets(self, *streams: "Stream") -> "Iterator[Packet[Stream]]":
        """Packets in the order of the file, ending with one empty packet for each stream.

        What cannot be read is skipped, and the log says so.
        """
        import av

        bad = 0
        while True:
            try:
                for packet in self.container.demux(*streams):
                    yield packet
                    bad = 0
            except av.error.FFmpegError as error:
                bad += 1
                log.info("%s: a part cannot be read: %s", self.path, error)
                if bad >= _BAD_READS:
                    return
            else:
                return

    def close(self) -> None:
        """Release the file."""
        self.container.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def seconds(stamp: int | None, stream: "Stream") -> float | None:
    """A time stamp of a stream in seconds; None stays None."""
    if stamp is None or stream.time_base is None:
        return None
    return float(stamp * stream.time_base)


@contextmanager
def refuse_unreadable(path: Path) -> Iterator[None]:
    """Turn what the file system says into sentences.

    Raises:
        InputError: The path is missing, a folder, not a plain file, empty, or may not be read.
    """
    try:
        if path.is_dir():
            raise InputError(f"{path} is a folder, not a recording.", "Name a file in it.")
        if not path.exists():
            raise InputError(f"There is no file called {path}.", "Check the name and the folder.")
        if not path.is_file():
            raise InputError(f"{path} is not a plain file.", FORMATS)
        if path.stat().st_size == 0:
            raise InputError(
                f"{path} is empty: 0 bytes were written to it.", "Copy or record it again."
            )
        yield
    except PermissionError as error:
        raise InputError(
            f"{path} may not be read: permission is denied.",
            "Change its permissions, or copy it to a folder of your own.",
        ) from error
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror or error}.", "Check the disk and the name."
        ) from error


def _open(path: Path) -> "InputContainer":
    import av

    with refuse_unreadable(path):
        with path.open("rb") as file:
            head = file.read(16)
        try:
            container = _opened(path, head)
        except av.error.FFmpegError as error:
            raise _unopened(path, head) from error
    kind = container.format.name
    if _is_picture(kind):
        container.close()
        raise InputError(f"{path} is a picture, not a recording.", FORMATS)
    if kind in {"tty", "concat", "hls"}:
        container.close()
        raise InputError(f"{path} is not a recording: it holds text.", FORMATS)
    return container


def _opened(path: Path, head: bytes) -> "InputContainer":
    import av

    # An absolute path is never taken for a URL, and the short list of protocols keeps playlists
    # inside of recordings from reaching out to the network.
    name = str(path.absolute())
    options = {"protocol_whitelist": "file,subfile"}
    try:
        return av.open(name, metadata_errors="replace", options=options)
    except av.error.FFmpegError:
        end = whole_boxes(path) if is_iso_media(head) else 0
        if not 0 < end < path.stat().st_size:
            raise
        log.info("%s: only its first %d bytes are complete", path, end)
        part = f"subfile,,start,0,end,{end},,:{name}"
        return av.open(part, metadata_errors="replace", options=options)


def _unopened(path: Path, head: bytes) -> InputError:
    if is_iso_media(head):
        return InputError(
            f"{path} has no usable index: it was cut off before it was finished, or is damaged.",
            REPAIR,
        )
    if head.startswith((_EBML_MARK, b"RIFF")):
        return InputError(f"{path} is damaged at its beginning.", REPAIR)
    return InputError(f"{path} is not a recording: no sound or picture was found in it.", FORMATS)


def _is_picture(kind: str) -> bool:
    return kind.endswith("_pipe") or kind in {"image2", "ico", "gif", "apng"}


def _is_moving(stream: "VideoStream") -> bool:
    from av.stream import Disposition

    still = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image
    return not Disposition(stream.disposition) & still


def _preferred(streams: list[S]) -> S | None:
    """The first stream that a decoder is known for; one marked as default goes first."""
    from av.stream import Disposition

    known = [stream for stream in streams if stream.codec_context is not None]
    marked = [s for s in known if Disposition(s.disposition) & Disposition.default]
    return next(iter(marked or known), None)
