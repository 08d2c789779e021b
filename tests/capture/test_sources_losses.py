import threading
from types import SimpleNamespace

import numpy as np
import pytest

from interviewer.capture.sources import microphone
from interviewer.capture.sources.losses import Unbroken
from interviewer.capture.sources.microphone import DeviceSound
from interviewer.capture.sources.portaudio import SoundDevice

RATE = 48_000
BLOCK = 480


def blocks(seconds: float) -> list[tuple[int, np.ndarray]]:
    """Sound that counts its own samples from 1, and the sample at which each block ends."""
    count = round(seconds * RATE)
    sound = np.arange(1, count + 1, dtype=np.float32)
    return [(at + BLOCK, sound[at : at + BLOCK]) for at in range(0, count, BLOCK)]


class Driver:
    """Hands over blocks when they end, or later; loses some; may flag the loss."""

    def __init__(self, unbroken: Unbroken) -> None:
        self.unbroken = unbroken
        self.out: list[np.ndarray] = []

    def run(self, seconds, *, lost=(0.0, 0.0), late=lambda at: 0.0, flags=True):
        noise = np.random.default_rng(0)
        flag = False
        now = 0.0
        for end, block in blocks(seconds):
            if lost[0] < end / RATE <= lost[1]:
                flag = flags
                continue
            now = max(now, end / RATE + late(end / RATE) + noise.uniform(0, 0.004))
            self.out += self.unbroken.add(block, 1000 + now, overflow=flag)
            flag = False
        self.out += self.unbroken.rest()
        return np.concatenate(self.out)


def stalled(begin: float, end: float):
    """What is due in a stall comes at its end, in a burst."""
    return lambda at: max(0.0, end - at) if at > begin else 0.0


@pytest.mark.parametrize("flags", [True, False])
@pytest.mark.parametrize("length", [0.12, 0.31, 2.5])
def test_lost_sound_is_silence_of_the_same_length_where_it_was(flags, length):
    unbroken = Unbroken(RATE)
    heard = Driver(unbroken).run(8, lost=(4.0, 4.0 + length), flags=flags)
    assert len(heard) == pytest.approx(8 * RATE, abs=0.006 * RATE)
    assert unbroken.filled == pytest.approx(length * RATE, abs=0.006 * RATE)
    assert np.array_equal(np.flatnonzero(heard == 0), 4 * RATE + np.arange(unbroken.filled))
    assert heard[-1] == 8 * RATE


def test_a_short_loss_is_filled_where_the_driver_says_so():
    unbroken = Unbroken(RATE)
    heard = Driver(unbroken).run(8, lost=(4.0, 4.02))
    assert unbroken.filled == pytest.approx(0.02 * RATE, abs=0.006 * RATE)
    assert heard[4 * RATE] == 0


def test_several_losses_are_all_filled():
    unbroken = Unbroken(RATE)
    driver = Driver(unbroken)
    missing = [(3.0, 3.2), (3.3, 3.4), (9.0, 9.5)]
    noise = np.random.default_rng(1)
    flag = False
    for end, block in blocks(14):
        if any(begin < end / RATE <= over for begin, over in missing):
            flag = True
            continue
        now = end / RATE + noise.uniform(0, 0.004)
        driver.out += unbroken.add(block, now, overflow=flag)
        flag = False
    heard = np.concatenate([*driver.out, *unbroken.rest()])
    assert len(heard) == pytest.approx(14 * RATE, abs=0.012 * RATE)


@pytest.mark.parametrize("flags", [True, False])
def test_a_loss_behind_a_stall_is_measured_when_the_driver_has_caught_up(flags):
    unbroken = Unbroken(RATE)
    heard = Driver(unbroken).run(8, lost=(4.0, 4.5), late=stalled(3.5, 5.0), flags=flags)
    assert unbroken.filled == pytest.approx(0.5 * RATE, abs=0.006 * RATE)
    assert heard[-1] == 8 * RATE


@pytest.mark.parametrize("length", [0.1, 1.0, 4.0])
def test_sound_that_was_only_late_is_left_as_it_is(length):
    unbroken = Unbroken(RATE)
    heard = Driver(unbroken).run(10, late=stalled(3.0, 3.0 + length))
    assert unbroken.filled == 0
    assert np.array_equal(heard, np.arange(1, 10 * RATE + 1))


def test_a_busy_computer_that_holds_up_every_block_for_a_while_adds_nothing():
    unbroken = Unbroken(RATE)
    heard = Driver(unbroken).run(10, late=lambda at: 0.08 if 3 < at < 7 else 0.0)
    assert unbroken.filled == 0
    assert len(heard) == 10 * RATE


def test_a_driver_that_gives_its_blocks_in_bursts_loses_nothing():
    unbroken = Unbroken(RATE)
    heard = Driver(unbroken).run(10, late=lambda at: -at % 0.2)
    assert unbroken.filled == 0
    assert len(heard) == 10 * RATE


@pytest.mark.parametrize("parts_per_million", [-500, 500])
def test_a_device_with_another_clock_loses_nothing(parts_per_million):
    unbroken = Unbroken(RATE)
    heard = Driver(unbroken).run(120, late=lambda at: 1 + at * parts_per_million / 1e6)
    assert unbroken.filled == 0
    assert len(heard) == 120 * RATE


def test_a_word_of_loss_where_nothing_is_missing_changes_nothing():
    unbroken = Unbroken(RATE)
    out = []
    for end, block in blocks(3):
        out += unbroken.add(block, end / RATE, overflow=end == RATE)
    assert unbroken.filled == 0
    assert sum(map(len, out)) == 3 * RATE


def test_the_hours_in_which_a_computer_slept_are_not_filled():
    unbroken = Unbroken(RATE)
    heard = Driver(unbroken).run(6, late=lambda at: 7200.0 if at > 3 else 0.0)
    assert unbroken.filled == 0
    assert len(heard) == 6 * RATE


class FakeStream:
    """A driver's stream that calls back as fast as it can, with times of a clock of its own."""

    samplerate = RATE

    def __init__(self, *, callback, **_kept):
        self._callback = callback

    def start(self):
        flag = False
        for end, block in blocks(6):
            if 2.0 < end / RATE <= 2.4:
                flag = True
                continue
            FakeLibrary.now = end / RATE
            status = SimpleNamespace(input_overflow=flag)
            self._callback(block[:, np.newaxis], len(block), None, status)
            flag = False

    def abort(self, *, ignore_errors):
        pass

    def close(self, *, ignore_errors):
        pass


class FakeLibrary:
    InputStream = FakeStream
    PortAudioError = OSError
    now = 0.0


def test_an_overflow_of_a_device_does_not_shorten_its_sound(monkeypatch, caplog):
    monkeypatch.setattr(microphone, "portaudio", lambda: FakeLibrary)
    feed = DeviceSound(SoundDevice(0, "Studio", 1, RATE, 0), clock=lambda: FakeLibrary.now)
    over = threading.Event()
    heard: list[np.ndarray] = []
    for piece in feed.pieces(over):
        heard.append(piece)
        if heard[-1][-1] == 6 * RATE:
            over.set()
    sound = np.concatenate(heard)
    assert len(sound) == 6 * RATE
    assert np.array_equal(np.flatnonzero(sound == 0), 2 * RATE + np.arange(round(0.4 * RATE)))
    assert sound[-1] == 6 * RATE
    assert feed.overflows == 1
    assert feed.filled == pytest.approx(0.4)
    assert "Studio: sound was lost, 1 times" in caplog.text
