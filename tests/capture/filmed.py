"""Films and sounds with known content, written without the code under test."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

RATE = 48_000


def tone(seconds: float, hertz: float = 440.0, rate: int = RATE, level: float = 0.5) -> np.ndarray:
    return (level * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)).astype(
        np.float32
    )


def frequency(samples: np.ndarray, rate: int = RATE) -> float:
    """The strongest frequency, between the bins of the spectrum (parabola over three of them)."""
    spectrum = np.log(np.abs(np.fft.rfft(samples * np.hanning(len(samples)))) + 1e-12)
    k = int(spectrum[1:-1].argmax()) + 1
    left, peak, right = spectrum[k - 1 : k + 2]
    return (k + 0.5 * (left - right) / (left - 2 * peak + right)) * rate / len(samples)


def longest_hush(samples: np.ndarray, level: float = 0.02, rate: int = RATE) -> float:
    """Seconds of the longest stretch that is quieter than a level."""
    loud = np.flatnonzero(np.abs(samples) > level)
    edges = np.concatenate([[-1], loud, [len(samples)]])
    return float((np.diff(edges).max() - 1) / rate)


def write_sound(path: Path, *pieces: tuple[float, np.ndarray], rate: int = RATE) -> Path:
    """Uncompressed sound; each piece has its time, and arrays of shape (channels, n) are stereo."""
    with av.open(str(path), "w") as out:
        layout = "stereo" if pieces[0][1].ndim == 2 else "mono"
        stream = out.add_stream("pcm_s16le", rate=rate, layout=layout)
        for at, samples in pieces:
            _mux_sound(out, stream, samples, at, rate)
        out.mux(stream.encode(None))
    return path


def write_film(
    path: Path,
    levels: list[int],
    *,
    fps: int = 30,
    size: tuple[int, int] = (160, 120),
    sound: np.ndarray | None = None,
    sound_at: float = 0.0,
    shape: Fraction | None = None,
) -> Path:
    """Grey pictures, one level for each, with sound beside them if given."""
    with av.open(str(path), "w") as out:
        video = out.add_stream("libx264", rate=fps, options={"g": "30", "preset": "ultrafast"})
        video.width, video.height, video.pix_fmt = *size, "yuv420p"
        if shape is not None:
            video.sample_aspect_ratio = shape
        audio = None
        if sound is not None:
            audio = out.add_stream("pcm_s16le", rate=RATE, layout="mono")
        for k, level in enumerate(levels):
            frame = _grey(level, size)
            frame.pts, frame.time_base = k, Fraction(1, fps)
            out.mux(video.encode(frame))
        out.mux(video.encode(None))
        if audio is not None:
            _mux_sound(out, audio, sound, sound_at, RATE)
            out.mux(audio.encode(None))
    return path


def write_broadcast(path: Path, seconds: float, hertz: float = 660) -> bytes:
    """H.264 that grows brighter, and AAC with a tone, in an MPEG transport stream."""
    fps = 25
    sound = tone(seconds, hertz)
    with av.open(str(path), "w", format="mpegts") as out:
        video = out.add_stream("libx264", rate=fps, options={"g": "25", "tune": "zerolatency"})
        video.width, video.height, video.pix_fmt = 320, 240, "yuv420p"
        audio = out.add_stream("aac", rate=RATE, layout="mono")
        for k in range(round(seconds * fps)):
            frame = _grey(20 + k * 200 // round(seconds * fps), (320, 240))
            frame.pts, frame.time_base = k, Fraction(1, fps)
            out.mux(video.encode(frame))
            begin = k * RATE // fps
            _mux_sound(out, audio, sound[begin : begin + RATE // fps], begin / RATE, RATE)
        out.mux(video.encode(None))
        out.mux(audio.encode(None))
    return path.read_bytes()


def _grey(level: int, size: tuple[int, int]) -> av.VideoFrame:
    """Made as luma and neutral chroma: a conversion would leave a tint, and another level."""
    planes = np.full((size[1] * 3 // 2, size[0]), 128, dtype=np.uint8)
    planes[: size[1]] = round(16 + level * 219 / 255)
    return av.VideoFrame.from_ndarray(planes, format="yuv420p")


def _mux_sound(out, stream, samples: np.ndarray, at: float, rate: int) -> None:
    whole = np.atleast_2d(np.clip(samples, -1, 1) * 32767).astype(np.int16)
    layout = "stereo" if whole.shape[0] == 2 else "mono"
    for begin in range(0, whole.shape[1], 1024):
        part = whole[:, begin : begin + 1024]
        packed = np.ascontiguousarray(part.T).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(packed, format="s16", layout=layout)
        frame.sample_rate, frame.time_base = rate, Fraction(1, rate)
        frame.pts = round(at * rate) + begin
        out.mux(stream.encode(frame))
