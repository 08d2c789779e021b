"""Records flash and beep through the product, and finds them in the finished recording."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import virtual_sound
from flash_and_beep import CYCLE
from recorded import RATE, decoded_levels, decoded_sound

HERE = Path(__file__).parent
Way = Literal["pipe", "sink"]

_BRIGHTER = 100
_LOUD = 0.25
_QUIET = 0.3
_BIN = 5.0
_TEN_MINUTES = 600.0


@dataclass(frozen=True, slots=True)
class Synchrony:
    """What was found; all but the times in milliseconds.

    Attributes:
        times: When each beep begins in the recording, in seconds.
        offsets: Picture minus sound of each event: positive where the picture is late.
        flash_delays: By how much the emitter sent each of these flashes late.
        pictures: Written.
        dropped: Pictures dropped.
        filled: Silence that the recording put in for lost sound.
        beep_delay: The emitter's own delay of the sound, before and after; None for `pipe`, which
            has none.
        sound_delay: Worst delay with which a block of sound was handed over by `pipe`.
        clock_drift: By how much the sound came to lag behind the computer's clock in ten minutes.
        longest_wait: The longest time without sound.
    """

    times: np.ndarray
    offsets: np.ndarray
    flash_delays: np.ndarray
    pictures: int
    dropped: int
    filled: float
    beep_delay: tuple[float, float] | None
    sound_delay: float
    clock_drift: float
    longest_wait: float

    @property
    def drift(self) -> float:
        """How the offset grows in ten minutes: the slope of a line through all events."""
        return float(np.polyfit(self.times, self.offsets, 1)[0] * _TEN_MINUTES)

    @property
    def recorded(self) -> np.ndarray:
        """Offsets that the recording adds: each flash counts from when it was really sent."""
        return self.offsets - self.flash_delays


def part(offsets: np.ndarray, where: float, share: float = 0.1, least: int = 10) -> np.ndarray:
    """Offsets around a place in the recording, from 0 for its beginning to 1 for its end."""
    count = min(len(offsets), max(least, round(share * len(offsets))))
    begin = round(where * (len(offsets) - count))
    return offsets[begin : begin + count]


def record(
    system: virtual_sound.SoundSystem, way: Way, seconds: float, folder: Path, period: int = 10
) -> Synchrony:
    """Emit, record, finalize, and find.

    Args:
        system: With a virtual microphone.
        way: How the beep gets there.
        seconds: How long to record.
        folder: For the recording.
        period: Milliseconds of sound that the emitter hands over at a time; a divisor of 1000.
    """
    environment = dict(system.environment)
    pipe = folder / "microphone.pipe"
    sound = ("rate=48000", "channels=1")
    if way == "pipe":
        source = f"piped{period}"
        system.control(
            *("load-module", "module-pipe-source", f"source_name={source}", f"file={pipe}"),
            *("format=s16le", *sound),
        )
    else:
        source = "beeps.monitor"
        # A sink that takes back what it had rendered ahead makes its monitor late for ever.
        system.control(
            *("load-module", "module-null-sink", "sink_name=beeps", "norewinds=1", *sound)
        )
    environment["PULSE_SOURCE"] = source
    block = str(RATE * period // 1000)
    arguments = [sys.executable, str(HERE / "flash_and_beep.py"), way, str(pipe), block]
    emitter = subprocess.Popen(
        arguments, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert emitter.stdout is not None
    try:
        said = json.loads(emitter.stdout.readline())
        child = [sys.executable, str(HERE / "sync_recording_child.py"), said["url"], str(seconds)]
        done = subprocess.run(
            [*child, str(folder)],
            env=environment,
            capture_output=True,
            text=True,
            timeout=seconds * 1.2 + 120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        out, _ = emitter.communicate(timeout=60)
    finally:
        emitter.kill()
        emitter.wait()
    return _found(folder, json.loads(out), json.loads(done.stdout), way)


def _found(folder: Path, emitted: dict, told: dict, way: Way) -> Synchrony:
    beeps = beep_times(decoded_sound(folder / "recording.mp4"))
    flashes = flash_times(decoded_levels(folder / "recording.mp4"))
    nearest = flashes[np.abs(flashes[:, None] - beeps).argmin(axis=0)]
    paired = np.abs(nearest - beeps) < 0.5
    arrivals = np.load(folder / "arrivals.npy")
    began = (arrivals[:, 0] - arrivals[:, 1]).min() - emitted["zero"]
    events = np.round((beeps[paired] + began) / (CYCLE / RATE))
    late = dict(emitted["flash_delays"])
    return Synchrony(
        times=beeps[paired],
        offsets=1000 * (nearest - beeps)[paired],
        pictures=told["pictures"],
        dropped=told["dropped"],
        filled=1000 * told["filled"],
        beep_delay=(
            (
                1000 * float(np.median(emitted["heard"])),
                1000 * float(np.median(emitted["heard_after"])),
            )
            if way == "sink"
            else None
        ),
        flash_delays=1000 * np.array([late.get(int(k), 0.0) for k in events]),
        sound_delay=1000 * emitted["sound_delay"],
        clock_drift=_clock_drift(arrivals),
        longest_wait=1000 * float(np.diff(arrivals[:, 0]).max()),
    )


def beep_times(sound: np.ndarray) -> np.ndarray:
    """Where beeps begin, in seconds: loud after quiet. A beep that is cut at the start is none."""
    loud = np.flatnonzero(np.abs(sound) > _LOUD)
    before = np.diff(loud, prepend=0)
    return loud[before > _QUIET * RATE] / RATE


def flash_times(levels: list[tuple[float, float]]) -> np.ndarray:
    """When bright pictures begin, in seconds."""
    times = np.array([at for at, _ in levels])
    bright = np.array([level > _BRIGHTER for _, level in levels])
    return times[1:][bright[1:] & ~bright[:-1]]


def _clock_drift(arrivals: np.ndarray) -> float:
    """Milliseconds in ten minutes, from the earliest arrival of each few seconds.

    Sound may come late, by the computer's load, but never early: the earliest tells the clock.
    """
    behind = arrivals[:, 0] - arrivals[:, 1]
    bins = ((arrivals[:, 0] - arrivals[0, 0]) // _BIN).astype(int)
    # The last bin may hold too little to have an undisturbed arrival in it.
    floors = [(arrivals[bins == b, 0].mean(), behind[bins == b].min()) for b in range(bins.max())]
    at, floor = np.array(floors).T
    return float(np.polyfit(at - at[0], 1000 * floor, 1)[0] * _TEN_MINUTES)
