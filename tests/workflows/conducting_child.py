"""Runs the command line and tells how far the recorder is, until it is killed."""

import sys

from interviewer.__main__ import main
from interviewer.capture.recorder import Recorder

TOLD_EVERY = 0.1


def tell_positions() -> None:
    take = Recorder.sound
    told = 0.0

    def take_and_tell(self: Recorder, samples: object) -> None:
        nonlocal told
        take(self, samples)
        if self.position - told >= TOLD_EVERY:
            told = self.position
            sys.stdout.write(f"recorded {told:.3f}\n")
            sys.stdout.flush()

    Recorder.sound = take_and_tell


if __name__ == "__main__":
    tell_positions()
    main()
