"""Records the default microphone and a stream camera as an interview does."""

import json
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from interviewer.capture.finalize import finalize
from interviewer.capture.recorder import Recorder
from interviewer.capture.sources import Over, Pace, open_camera, open_microphone
from interviewer.capture.sources.microphone import DeviceSound
from interviewer.workflows.conduct.asking import ShowingAsker
from interviewer.workflows.conduct.equipment import Equipment
from interviewer.workflows.conduct.stage import Stage


def main(url: str, seconds: float, folder: Path) -> None:
    pace = Pace()
    opened: list[DeviceSound] = []
    begin = DeviceSound.pieces

    def pieces(self: DeviceSound, stopped: threading.Event) -> Iterator[np.ndarray]:
        opened.append(self)
        return begin(self, stopped)

    DeviceSound.pieces = pieces
    microphone = open_microphone("default", pace)
    camera = open_camera(url, pace)
    kit = Equipment(
        pace=pace,
        microphone=microphone,
        camera=camera,
        candidate=None,
        who=None,
        is_heard=True,
        is_seen=True,
        asker=ShowingAsker(),
        notes=(),
    )
    recorder = Recorder(folder / "recording.part.mp4", size=kit.size, fps=kit.fps)
    over = threading.Event()
    arrivals: list[tuple[float, float]] = []
    losses: list[str] = []

    def hear(_: np.ndarray) -> None:
        arrivals.append((time.monotonic(), recorder.position))
        if recorder.position >= seconds:
            over.set()

    def lost(end: Over) -> None:
        losses.append(end.message)
        over.set()

    stage = Stage(kit, recorder, hear=hear, sound_over=lost, picture_over=lost)
    stage.begin()
    ended = over.wait(seconds * 1.2 + 30)
    stage.end()
    recorder.stop()
    assert ended, "the sound did not come"
    assert not losses, losses
    finalize(folder / "recording.part.mp4", folder / "recording.mp4", [])
    np.save(folder / "arrivals.npy", np.array(arrivals))
    stats = recorder.stats
    told = {
        "pictures": stats.pictures,
        "dropped": stats.dropped_pictures,
        "filled": opened[0].filled,
        "overflows": opened[0].overflows,
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), Path(sys.argv[3]))
