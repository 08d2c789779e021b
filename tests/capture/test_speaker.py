import json
import threading
import time

import filmed
import numpy as np
import pytest

from interviewer.capture.sources.pace import Pace
from interviewer.capture.speaker import SilentSpeaker

SPEAK = """
import json, sys, time
import numpy as np
from interviewer.capture.speaker import open_speaker

rate, seconds, stop_after = int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
speaker = open_speaker(None)
tone = (0.5 * np.sin(2 * np.pi * 700 * np.arange(round(seconds * rate)) / rate)).astype("f4")
begun = time.monotonic()
saying = speaker.say(tone, rate)
returned = time.monotonic() - begun
if stop_after:
    saying.done.wait(stop_after)
    saying.stop()
    saying.stop()
stopped = time.monotonic()
assert saying.done.wait(20)
done = time.monotonic()
if len(sys.argv) > 4:
    again = speaker.say(tone, rate)
    assert again.done.wait(20)
speaker.close()
speaker.close()
print(json.dumps({
    "returned": returned, "took": done - begun, "silent": done - stopped,
    "latency": speaker.latency, "name": speaker.name, "audible": speaker.audible,
}))
"""


DIE = """
import os, signal, sys, time
import numpy as np
from interviewer.capture.speaker import open_speaker

speaker = open_speaker(None)
saying = speaker.say(np.zeros(48000 * 30, "f4"), 48000)
assert not saying.done.wait(0.5)
begun = time.monotonic()
os.kill(int(sys.argv[1]), signal.SIGKILL)
assert saying.done.wait(20)
print(time.monotonic() - begun)
assert speaker.say(np.zeros(48000, "f4"), 48000).done.is_set()
speaker.close()
assert speaker.say(np.zeros(48000, "f4"), 48000).done.is_set()
"""


def loud_part(sound: np.ndarray) -> np.ndarray:
    loud = np.flatnonzero(np.abs(sound) > 0.02)
    assert loud.size
    return sound[loud[0] : loud[-1] + 1]


@pytest.mark.parametrize("rate", [22_050, 48_000])
def test_what_is_said_is_heard_whole(sound_system, rate):
    with sound_system.recording() as listener:
        said = json.loads(sound_system.run(SPEAK, str(rate), "1.5", "0"))
    heard = loud_part(listener.sound)
    assert heard.size / 48_000 == pytest.approx(1.5, abs=0.01)
    assert filmed.frequency(heard) == pytest.approx(700, abs=0.5)
    assert np.abs(heard).max() == pytest.approx(0.5, abs=0.03)
    assert filmed.longest_hush(heard) < 0.002
    assert said["returned"] < 0.1
    assert 1.5 <= said["took"] < 2.0
    assert said["audible"]


def test_stop_ends_it_early_and_without_a_click(sound_system):
    with sound_system.recording() as listener:
        said = json.loads(sound_system.run(SPEAK, "48000", "5", "1"))
    heard = loud_part(listener.sound)
    assert 0.7 < heard.size / 48_000 < 1.4
    assert said["silent"] < 0.5
    # It fades: the last 10 ms are quieter, and no step is steeper than the tone's own.
    assert np.abs(heard[-480:]).max() < 0.3
    assert np.abs(np.diff(heard)).max() < 0.5 * 2 * np.pi * 700 / 48_000 * 1.1


def test_the_next_text_can_be_said_after_one(sound_system):
    with sound_system.recording() as listener:
        sound_system.run(SPEAK, "48000", "0.5", "0", "again")
    heard = loud_part(listener.sound)
    assert (np.abs(heard) > 0.02).sum() / 48_000 == pytest.approx(1.0, abs=0.05)


def test_nobody_waits_for_a_loudspeaker_that_died(mortal_sound_system):
    system = mortal_sound_system
    assert float(system.run(DIE, str(system.process.pid))) < 5


def test_the_silent_speaker_takes_its_time_on_the_pace():
    pace = Pace(speed=10)
    speaker = SilentSpeaker(pace)
    pace.begin()
    begun = time.monotonic()
    saying = speaker.say(np.zeros(22_050 * 3, np.float32), 22_050)
    assert not saying.done.is_set()
    assert saying.done.wait(5)
    assert time.monotonic() - begun == pytest.approx(0.3, abs=0.05)
    assert not speaker.audible


def test_the_silent_speaker_can_be_stopped_and_closed():
    speaker = SilentSpeaker(Pace())
    speaker.close()
    for end in ("stop", "close", "say"):
        saying = speaker.say(np.zeros(48_000 * 60, np.float32), 48_000)
        waiting = threading.Thread(target=saying.done.wait, args=(10,))
        waiting.start()
        if end == "stop":
            saying.stop()
        elif end == "close":
            speaker.close()
        else:
            speaker.say(np.zeros(1, np.float32), 48_000)
        waiting.join(1)
        assert saying.done.is_set()
    speaker.close()
