"""Sound and pictures with known times, fed to a recorder, and read back without it."""

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np

from interviewer.capture.recorder import Recorder
from interviewer.capture.recorder.recorder import _MOST_PICTURES

RATE = 48_000
SIZE = (160, 120)
CLICK_SECONDS = 0.02
CLICK_HZ = 1000


def clicks(seconds: float, every: float = 1.0, first: float = 0.5) -> np.ndarray:
    """Bursts of a tone on silence; burst k begins at `first + k * every`, to the sample."""
    samples = np.zeros(round(seconds * RATE), dtype=np.float32)
    length = round(CLICK_SECONDS * RATE)
    burst = 0.8 * np.cos(2 * np.pi * CLICK_HZ * np.arange(length) / RATE)
    for at in np.arange(first, seconds - CLICK_SECONDS, every):
        begin = round(at * RATE)
        samples[begin : begin + length] = burst
    return samples


def click_times(samples: np.ndarray) -> list[float]:
    """Where bursts begin, in seconds: the first sample above a quarter of full scale."""
    loud = np.flatnonzero(np.abs(samples) > 0.25)
    return [float(at / RATE) for i, at in enumerate(loud) if i == 0 or at - loud[i - 1] > 4800]


def grey(level: int, size: tuple[int, int] = SIZE) -> np.ndarray:
    return np.full((size[1], size[0], 3), level, dtype=np.uint8)


def wait_for_room(recorder: Recorder) -> None:
    """A camera that waits, so that a test may run faster than real time and drop nothing."""
    intake = recorder._intake
    with intake._changed:
        intake._changed.wait_for(lambda: intake._pictures < _MOST_PICTURES or intake._closed)


def feed(
    recorder: Recorder,
    sound: np.ndarray,
    stamps: list[float],
    level: Callable[[float], int] = lambda _: 128,
    block: int = 960,
) -> None:
    """Feed all of the sound, and each grey picture when the sound has come to its time."""
    begin = recorder.position
    due = sorted(stamps)
    for at in range(0, len(sound), block):
        recorder.sound(sound[at : at + block])
        while due and begin + due[0] <= recorder.position:
            stamp = due.pop(0)
            wait_for_room(recorder)
            recorder.picture(grey(level(stamp)), at=begin + stamp)


def decoded_sound(path: Path) -> np.ndarray:
    with av.open(str(path)) as container:
        pieces = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
    return np.concatenate(pieces)


def decoded_levels(path: Path) -> list[tuple[float, float]]:
    """Time and mean luma, in video levels, of each picture."""
    with av.open(str(path)) as container:
        return [
            (float(frame.pts * frame.time_base), _luma(frame))
            for frame in container.decode(video=0)
        ]


def _luma(frame: av.VideoFrame) -> float:
    plane = frame.planes[0]
    rows = np.frombuffer(plane, np.uint8).reshape(frame.height, plane.line_size)
    return float(rows[::4, : frame.width : 4].mean())
