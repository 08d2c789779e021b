"""How long a recording really is, which its header does not always know."""

from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.analysis.media.source import Source, seconds

if TYPE_CHECKING:
    from av.packet import Packet
    from av.stream import Stream

# The last packets lie in the last seconds; a keyframe may be some seconds before them.
_TAIL = 5.0

# Padding of the last block of sound: below this the header is as good as the packets, and exact.
_PADDING = 0.1


def header_duration(source: Source) -> float | None:
    """What the header says, in seconds; None where it says nothing."""
    stated = source.container.duration
    return stated / 1_000_000 if stated and stated > 0 else None


def measured_duration(path: Path) -> float:
    """Seconds from the beginning of the timeline to the end of the last readable packet.

    A file with an index is read at its end only. Where nothing can be read there (the file was cut
    off), or there is no index, all packets are read, without decoding them.

    Raises:
        InputError: The file cannot be opened.
    """
    with Source(path) as source:
        stated = header_duration(source)
        end = _end_of_tail(source, stated) if stated is not None else None
        if end is None:
            end = _end_of_packets(source)
    if stated is not None and abs(stated - end) < _PADDING:
        return stated
    return end


def _end_of_tail(source: Source, stated: float) -> float | None:
    if not _is_indexed(source.container.format.name):
        return None
    if not source.seek(max(0.0, stated - _TAIL), source.video or source.used[0]):
        return None
    end = _end_of_packets(source)
    if end > 0:
        return end
    source.seek(0.0, source.used[0])
    return None


def _is_indexed(kind: str) -> bool:
    """Whether the header's duration comes from an index and not from a guess at the bit rate."""
    return any(name in kind for name in ("mp4", "matroska", "avi", "wav", "flac"))


def _end_of_packets(source: Source) -> float:
    """The latest end among the packets from here on; 0 where there are none."""
    return max(
        (_end_of(packet) - source.zero for packet in source.packets(*source.used)), default=0.0
    )


def _end_of(packet: "Packet[Stream]") -> float:
    stamp = packet.pts if packet.pts is not None else packet.dts
    start = seconds(stamp, packet.stream)
    return 0.0 if start is None else start + packet_duration(packet)


def packet_duration(packet: "Packet[Stream]") -> float:
    """Seconds that a packet plays; where it does not say, what a picture of its stream plays."""
    stated = seconds(packet.duration, packet.stream) if packet.duration else None
    if stated:
        return stated
    if packet.stream.type != "video":
        return 0.0
    rate = packet.stream.average_rate or packet.stream.guessed_rate
    return float(1 / rate) if rate else 0.0
