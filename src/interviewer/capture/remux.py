"""Copying a recording into a container with an index in front, without encoding it again."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interviewer.errors import CannotDoError
from interviewer.paths import PRIVATE_FILE

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.stream import Stream

_MS = 1000


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named stretch of the recording, in seconds."""

    start: float
    end: float
    title: str


@dataclass(slots=True)
class Extent:
    """How much a file holds.

    Attributes:
        packets: Of each stream, in their order.
        duration: End of the sound in seconds.
    """

    packets: list[int]
    duration: float = 0.0

    def add(self, packet: "Packet[Stream]") -> None:
        """Count a packet."""
        self.packets[packet.stream.index] += 1
        if packet.stream.type == "audio" and packet.pts is not None and packet.time_base:
            ends = float((packet.pts + (packet.duration or 0)) * packet.time_base)
            self.duration = max(self.duration, ends)


def copy_to(
    part: Path,
    end: int,
    copy: Path,
    chapters: Sequence[Chapter],
    progress: Callable[[float], None] | None,
) -> Extent:
    """Copy all packets and sync the file to the disk."""
    import av

    copy.unlink(missing_ok=True)
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE))
    target: Any = av.open(
        str(copy.absolute()), "w", format="mp4", options={"movflags": "+faststart"}
    )
    with target, _opened(part, end) as source:
        read = Extent([0] * len(source.streams))
        streams = [target.add_stream_from_template(stream) for stream in source.streams]
        for packet in source.demux():
            if packet.dts is None:
                continue
            read.add(packet)
            place = packet.pos
            packet.stream = streams[packet.stream.index]
            target.mux(packet)
            if progress and place is not None:
                progress(min(1.0, max(0.0, place / end)))
        # The muxer takes them at its end, when the length is known.
        target.set_chapters(_within(chapters, read.duration))
    with copy.open("rb") as file:
        os.fsync(file.fileno())
    if progress:
        progress(1.0)
    return read


def read_extent(path: Path, end: int) -> Extent:
    """Count what a file, or its first `end` bytes, holds.

    Raises:
        CannotDoError: The file cannot be read.
    """
    import av

    try:
        with _opened(path, end) as container:
            extent = Extent([0] * len(container.streams))
            for packet in container.demux():
                if packet.dts is not None:
                    extent.add(packet)
    except av.error.FFmpegError as error:
        raise CannotDoError(
            f"{path} is damaged and does not play.", "Record the interview again."
        ) from error
    return extent


def stated_extent(path: Path, streams: int) -> Extent:
    """What the index of a file says about its first streams; the chapters come after them."""
    with _opened(path, 0) as container:
        counts = [stream.frames for stream in container.streams][:streams]
        sound = next(iter(container.streams.audio), None)
        if sound is None or sound.time_base is None:
            return Extent(counts)
        return Extent(counts, float((sound.duration or 0) * sound.time_base))


def _opened(path: Path, end: int) -> "InputContainer":
    """Open a file, or its first `end` bytes where that is not 0."""
    import av

    name = str(path.absolute())
    if end:
        name = f"subfile,,start,0,end,{end},,:{name}"
    return av.open(name, options={"protocol_whitelist": "file,subfile"})


def _within(chapters: Sequence[Chapter], duration: float) -> list[Any]:
    """The chapters up to the end of the recording, in PyAV's form."""
    return [
        {
            "id": number,
            "start": round(max(0.0, chapter.start) * _MS),
            "end": round(min(chapter.end, duration) * _MS),
            "time_base": Fraction(1, _MS),
            "metadata": {"title": chapter.title},
        }
        for number, chapter in enumerate(chapters, start=1)
        if max(0.0, chapter.start) < min(chapter.end, duration)
    ]
