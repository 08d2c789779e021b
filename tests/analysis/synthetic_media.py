"""Recordings whose content is known to the sample and to the picture."""

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

WIDTH, HEIGHT = 320, 180
BITS = 12
BLOCK = 24

CLICK_EVERY = 0.5
CLICK_HZ = 1000
CLICK_SECONDS = 0.02


def numbered_picture(number: int, width: int = WIDTH, height: int = HEIGHT) -> np.ndarray:
    """A grey picture with its number as black and white blocks along the top."""
    picture = np.full((height, width, 3), 128, dtype=np.uint8)
    for bit in range(BITS):
        value = 235 if number >> bit & 1 else 20
        picture[4 : 4 + BLOCK, 8 + bit * BLOCK : 8 + (bit + 1) * BLOCK] = value
    return picture


def number_of(picture: np.ndarray) -> int:
    """Read the number off an upright picture of any size."""
    scale = picture.shape[1] / WIDTH
    row = round((4 + BLOCK / 2) * scale)
    bits = [picture[row, round((8 + (bit + 0.5) * BLOCK) * scale), 0] > 128 for bit in range(BITS)]
    return sum(1 << bit for bit, is_set in enumerate(bits) if is_set)


def clicks(seconds: float, rate: int, first: float = 0.25) -> np.ndarray:
    """Short bursts of a tone, one every half second, on silence; shape (samples,)."""
    samples = np.zeros(round(seconds * rate), dtype=np.float32)
    length = round(CLICK_SECONDS * rate)
    burst = 0.5 * np.sin(2 * np.pi * CLICK_HZ * np.arange(length) / rate)
    for at in np.arange(first, seconds - CLICK_SECONDS, CLICK_EVERY):
        begin = round(at * rate)
        samples[begin : begin + length] = burst
    return samples


def click_times(samples: np.ndarray, rate: int) -> list[float]:
    """Where bursts begin, in seconds: the first sample above a tenth of full scale."""
    loud = np.flatnonzero(np.abs(samples) > 0.1) / rate
    return [float(at) for i, at in enumerate(loud) if i == 0 or at - loud[i - 1] > 0.1]


@dataclass
class Film:
    """What is written into a file."""

    seconds: float = 4.0
    fps: int = 30
    video: str | None = "libx264"
    audio: str | None = "aac"
    rate: int = 48_000
    channels: int = 1
    video_options: dict[str, str] = field(default_factory=lambda: {"preset": "veryfast", "g": "30"})
    container_options: dict[str, str] = field(default_factory=dict)
    video_from: float = 0.0
    video_until: float | None = None
    audio_from: float = 0.0
    audio_until: float | None = None
    silent_gap: tuple[float, float] | None = None
    keep: tuple[int, ...] | None = None
    turn: int = 0
    pixel: Fraction | None = None
    chapters: tuple[tuple[float, float, str], ...] = ()
    size: tuple[int, int] = (WIDTH, HEIGHT)


def write(path: Path, film: Film) -> Path:
    """Encode a film; packets are interleaved by the muxer."""
    with av.open(str(path), "w", options=film.container_options) as container:
        video = _video_stream(container, film) if film.video else None
        audio = _audio_stream(container, film) if film.audio else None
        if film.chapters:
            container.set_chapters(
                [
                    {
                        "id": i,
                        "start": round(start * 1000),
                        "end": round(end * 1000),
                        "time_base": Fraction(1, 1000),
                        "metadata": {"title": title},
                    }
                    for i, (start, end, title) in enumerate(film.chapters)
                ]
            )
        packets = []
        if video is not None:
            packets += _encode_pictures(video, film)
        if audio is not None:
            packets += _encode_sound(audio, film)
        for packet in sorted(packets, key=lambda p: float(p.dts * p.time_base)):
            container.mux(packet)
    return path


def _video_stream(container, film):
    stream = container.add_stream(film.video, rate=film.fps)
    stream.width, stream.height = film.size
    stream.pix_fmt = "yuv420p"
    if "x264" in film.video:
        stream.options = film.video_options
    if film.pixel:
        stream.sample_aspect_ratio = film.pixel
    if film.turn:
        stream.set_display_rotation(film.turn)
    return stream


def _audio_stream(container, film):
    layout = {1: "mono", 2: "stereo"}[film.channels]
    return container.add_stream(film.audio, rate=film.rate, layout=layout)


def _encode_pictures(stream, film):
    packets = []
    until = film.seconds if film.video_until is None else film.video_until
    for number in range(round(film.video_from * film.fps), round(until * film.fps)):
        if film.keep is not None and number not in film.keep:
            continue
        frame = av.VideoFrame.from_ndarray(numbered_picture(number, *film.size), format="rgb24")
        frame = frame.reformat(format="yuv420p")
        frame.pts, frame.time_base = number, Fraction(1, film.fps)
        packets += stream.encode(frame)
    return packets + stream.encode(None)


def _encode_sound(stream, film):
    packets = []
    until = film.seconds if film.audio_until is None else film.audio_until
    samples = clicks(until, film.rate)
    size = stream.codec_context.frame_size or 1024
    begin = round(film.audio_from * film.rate)
    for at in range(begin, len(samples), size):
        if film.silent_gap and film.silent_gap[0] <= at / film.rate < film.silent_gap[1]:
            continue
        piece = samples[at : at + size]
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(np.tile(piece, (film.channels, 1))),
            format="fltp",
            layout=stream.layout.name,
        )
        frame.sample_rate = film.rate
        frame.pts, frame.time_base = at, Fraction(1, film.rate)
        packets += stream.encode(frame)
    return packets + stream.encode(None)


def truncated(path: Path, share: float) -> Path:
    """The first part of a file, beside it."""
    content = path.read_bytes()
    cut = path.with_name(f"cut-{path.name}")
    cut.write_bytes(content[: int(len(content) * share)])
    return cut


def rotten(path: Path, start: float, end: float) -> Path:
    """A file with every 97th byte of a middle part changed, beside it."""
    content = bytearray(path.read_bytes())
    for at in range(int(len(content) * start), int(len(content) * end), 97):
        content[at] ^= 0xA5
    spoiled = path.with_name(f"rotten-{path.name}")
    spoiled.write_bytes(bytes(content))
    return spoiled


FRAGMENTED = {
    "movflags": "frag_keyframe+delay_moov+default_base_moof",
    "frag_duration": "1000000",
    "max_interleave_delta": "1000000",
}
