"""Record a flash and a beep of one clock, and say how far apart they are in the recording.

    python benchmarks/sync.py [--minutes 10] [--through pipe|sink] [--period 10]

The beep goes into a virtual microphone of PulseAudio, the flash into an HTTP stream of pictures at
640 x 480 and 30 a second; both are recorded as an interview records them. Through `pipe` the
microphone is handed each block of sound when it is over, as a sound card would, and the emitter
has no delay of its own. Through `sink` the sound is played and the loudspeaker's monitor recorded;
the delay of the playing is measured before and after, by a listener with the shortest buffer, and
shown beside the offset. A player that runs dry on a busy computer lags more from there on: where
the two delays differ, the run tells nothing.

Nothing is subtracted from the first table. In the second each flash counts from when it was really
sent, because a busy computer holds up the emitter too.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

import numpy as np

# The virtual sound system and the emitter are those of the tests.
sys.path.append(str(Path(__file__).parents[1] / "tests" / "capture"))

import synchrony
import virtual_sound

LIMIT = 40


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--through", choices=["pipe", "sink"], default="pipe")
    parser.add_argument(
        "--period", type=int, default=10, help="milliseconds of sound that are handed over at once"
    )
    chosen = parser.parse_args()
    missing = virtual_sound.missing()
    if missing:
        sys.exit(f"No virtual sound devices: {missing}.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        system = virtual_sound.SoundSystem(folder)
        try:
            found = synchrony.record(
                system, chosen.through, 60 * chosen.minutes, folder, chosen.period
            )
        finally:
            system.close()
    show(found)


def show(found: synchrony.Synchrony) -> None:
    """Print the figures."""
    print(f"load of this computer: {os.getloadavg()[1]:.1f} on {os.cpu_count()} cores")
    print(f"{len(found.offsets)} events, {found.pictures} pictures, {found.dropped} dropped")
    print(f"{'picture minus sound':<24}{'median':>10}{'worst':>10}{'at most':>10}   ms")
    _rows(found.offsets)
    print("the same without the delays of the emitter's flashes")
    _rows(found.recorded)
    print(f"drift of picture against sound   {found.drift:+8.2f} ms in 10 minutes")
    print(f"drift of the sound device        {found.clock_drift:+8.2f} ms in 10 minutes")
    print(f"silence put in for lost sound    {found.filled:8.1f} ms")
    print(f"longest time without sound       {found.longest_wait:8.1f} ms")
    print(f"latest flash sent                {found.flash_delays.max():8.1f} ms")
    print(f"latest block of sound sent       {found.sound_delay:8.1f} ms")
    if found.beep_delay is not None:
        before, after = found.beep_delay
        print(f"delay of the playing: {before:.1f} ms before, {after:.1f} ms after")


def _rows(offsets: np.ndarray) -> None:
    for name, where in (("at the start", 0.0), ("in the middle", 0.5), ("at the end", 1.0)):
        part = synchrony.part(offsets, where)
        print(f"{name:<24}{np.median(part):>10.1f}{_worst(part):>10.1f}{LIMIT:>10}")
    beyond = int((np.abs(offsets) > LIMIT).sum())
    print(f"{'all':<24}{np.median(offsets):>10.1f}{_worst(offsets):>10.1f}{LIMIT:>10}")
    print(f"{'beyond':<24}{beyond:>10}{beyond / len(offsets):>10.1%}")


def _worst(offsets: np.ndarray) -> float:
    return float(offsets[np.abs(offsets).argmax()])


if __name__ == "__main__":
    main()
