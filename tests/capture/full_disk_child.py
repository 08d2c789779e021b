"""Records onto a disk until it is full, and tells what the recorder says then."""

import json
import shutil
import sys
from pathlib import Path

import numpy as np
from recorded import SIZE, clicks, wait_for_room

from interviewer.capture.finalize import Chapter, finalize
from interviewer.capture.recorder import Recorder
from interviewer.errors import CannotDoError

BLOCK = 960
LONGEST = 300.0


def main(disk: Path, elsewhere: Path) -> None:
    part, out = disk / "recording.part.mp4", disk / "recording.mp4"
    sound = clicks(LONGEST)
    noise = np.random.default_rng(0)
    recorder = Recorder(part, size=SIZE)
    told = []
    for at in range(0, len(sound), BLOCK):
        if recorder.failed:
            break
        recorder.sound(sound[at : at + BLOCK])
        wait_for_room(recorder)
        recorder.picture(noise.integers(0, 255, (SIZE[1], SIZE[0], 3), dtype=np.uint8))
    for _ in range(2):
        try:
            recorder.stop()
        except CannotDoError as error:
            told.append(error.message)
    shutil.copy(part, elsewhere / "as_it_was.mp4")
    done = finalize(part, out, [Chapter(0, 1, "One")])
    shutil.copy(out, elsewhere / "recording.mp4")
    said = {
        "told": told,
        "position": recorder.position,
        "note": done.note,
        "left": sorted(path.name for path in disk.iterdir()),
    }
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
