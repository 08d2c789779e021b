"""Recordings to measure on: a simulated interview, repeated to the length that is wanted."""

from pathlib import Path

import av

from interviewer.workflows.simulate import simulate


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
            streams = [out.add_stream_from_template(stream) for stream in first.streams]
        for turn in range(max(1, round(seconds / length))):
            with av.open(str(source)) as again:
                for packet in again.demux():
                    if packet.dts is None or packet.stream.index >= len(streams):
                        continue
                    offset = round(turn * length / packet.time_base)
                    packet.pts += offset
                    packet.dts += offset
                    packet.stream = streams[packet.stream.index]
                    out.mux(packet)
