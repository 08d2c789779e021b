"""Recordings to measure on: a simulated interview, repeated to the length that is wanted."""

from pathlib import Path

import av

from interviewer.workflows.simulate import simulate

GAP = 0.2
"""Seconds between repetitions: reordered pictures begin before the zero of their own time."""


def recording_of(minutes: float, folder: Path) -> Path:
    """Film the demo's interview once, then repeat it by copying its packets.

    Args:
        minutes: Length that is wanted, at least; 0 for the film as it is.
        folder: Where the files go; an existing film is used again.
    """
    film = folder / "film.mp4"
    if not film.exists():
        simulate(None, film)
    if minutes <= 0:
        return film
    long = folder / f"film-{minutes:g}-minutes.mp4"
    if not long.exists():
        repeat(film, long, minutes * 60)
    return long


def repeat(source: Path, target: Path, seconds: float) -> None:
    """Copy the packets of a recording again and again until it is long enough."""
    with av.open(str(target), "w") as out:
        with av.open(str(source)) as first:
            length = first.duration / av.time_base
            copies = {
                stream.index: out.add_stream_from_template(stream)
                for stream in (first.streams.video[0], first.streams.audio[0])
            }
        for turn in range(max(1, round(seconds / length))):
            with av.open(str(source)) as again:
                for packet in again.demux(*(again.streams[index] for index in copies)):
                    if packet.dts is None:
                        continue
                    offset = round(turn * (length + GAP) / packet.time_base)
                    packet.pts += offset
                    packet.dts += offset
                    packet.stream = copies[packet.stream.index]
                    out.mux(packet)
