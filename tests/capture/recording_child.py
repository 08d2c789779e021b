"""Records known sound and pictures in real time and tells how far it is, until it is killed."""

import sys
import time
from pathlib import Path

import numpy as np
from recorded import RATE, clicks

from interviewer.capture.recorder import Recorder

BLOCK = 480
FPS = 30
SECONDS = 60.0


def main(path: Path, width: int, height: int, camera_dies_at: float) -> None:
    sound = clicks(SECONDS)
    texture = np.random.default_rng(0).integers(0, 255, (height, width, 3), dtype=np.uint8)
    recorder = Recorder(path, size=(width, height), fps=FPS)
    pictures = 0
    start = time.monotonic()
    for at in range(0, len(sound), BLOCK):
        time.sleep(max(0.0, start + (at + BLOCK) / RATE - time.monotonic()))
        recorder.sound(sound[at : at + BLOCK])
        if pictures / FPS <= min(recorder.position, camera_dies_at):
            recorder.picture(np.roll(texture, 4 * pictures, axis=1))
            pictures += 1
        sys.stdout.write(f"{recorder.position:.3f}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
