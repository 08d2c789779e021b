import json
import subprocess
import sys
from types import SimpleNamespace

import filmed
import numpy as np
import pytest

from interviewer.capture.sources import Pace, open_microphone, portaudio
from interviewer.capture.sources.portaudio import find_device
from interviewer.errors import DeviceError

LISTEN = """
import json, sys, threading
import numpy as np
from interviewer.capture.sources import Pace, open_microphone
from interviewer.capture.sources.live import LiveMicrophone
from interviewer.capture.sources.microphone import DeviceSound
from interviewer.capture.sources.portaudio import find_device

spec, rate, seconds, path = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.argv[4]
if rate:
    device = find_device(None, "input")
    microphone = LiveMicrophone(device.name, DeviceSound(device, (rate,)), 3)
else:
    microphone = open_microphone(spec, Pace())
blocks, overs, full = [], [], threading.Event()

def take(block):
    blocks.append(block)
    if sum(map(len, blocks)) >= seconds * 48000:
        full.set()

def over(over):
    overs.append([over.lost, over.message])
    full.set()

microphone.start(take, over)
assert full.wait(30)
microphone.stop()
count = len(blocks)
np.save(path, np.concatenate(blocks))
print(json.dumps({"name": microphone.name, "overs": overs, "dtype": str(blocks[0].dtype)}))
"""

NAMES = """
from interviewer.capture.sources import Pace, open_microphone
from interviewer.errors import DeviceError
import sys
try:
    open_microphone(sys.argv[1], Pace())
except DeviceError as error:
    print(error.message, error.next_step)
"""


@pytest.mark.parametrize("rate", [0, 44_100])
def test_a_tone_is_heard_as_it_was_played(sound_system, tmp_path, rate):
    played = filmed.write_sound(tmp_path / "tone.wav", (0, filmed.tone(20, 997)))
    with sound_system.playing(played):
        said = json.loads(
            sound_system.run(LISTEN, "default", str(rate), "4", str(tmp_path / "heard.npy"))
        )
    assert said["overs"] == []
    assert said["dtype"] == "float32"
    # The player may begin late: the tone is judged from where it is there.
    heard = np.load(tmp_path / "heard.npy")
    tone = heard[np.flatnonzero(np.abs(heard) > 0.1)[0] :]
    assert tone.size > 2 * 48_000
    assert filmed.frequency(tone) == pytest.approx(997, abs=0.5)
    assert np.sqrt(np.mean(tone**2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.02)
    assert filmed.longest_hush(tone) < 0.001


def test_part_of_a_name_is_enough_in_any_case(sound_system, tmp_path):
    said = json.loads(sound_system.run(LISTEN, "PULS", "0", "0.2", str(tmp_path / "heard.npy")))
    assert said["name"] == "pulse"


def test_names_that_fit_none_or_several_list_what_was_found(sound_system):
    unknown = sound_system.run(NAMES, "Blue Yeti")
    assert unknown.startswith('There is no microphone called "Blue Yeti". Found: pulse')
    several = sound_system.run(NAMES, "ul")
    assert several.startswith('More than one microphone matches "ul".')
    assert "pulse" in several
    assert "default" in several


def test_a_microphone_whose_system_dies_is_lost(mortal_sound_system, tmp_path):
    code = LISTEN.replace(
        "assert full.wait(30)",
        "import os, signal\nwhile not blocks: pass\nos.kill(int(sys.argv[5]), signal.SIGKILL)\n"
        "assert full.wait(30)",
    )
    path = str(tmp_path / "heard.npy")
    system = mortal_sound_system
    said = json.loads(system.run(code, "default", "0", "60", path, str(system.process.pid)))
    assert said["overs"] == [[True, "The microphone default was lost."]]


class FakeLibrary:
    """PortAudio on a computer with other devices."""

    def __init__(self, *devices: tuple[str, int, int], default: int = 0) -> None:
        self.default = SimpleNamespace(device=[default, -1])
        self._devices = devices

    def query_devices(self) -> list[dict[str, object]]:
        return [
            {
                "index": index,
                "name": name,
                "hostapi": api,
                "max_input_channels": channels,
                "max_output_channels": 0,
                "default_samplerate": 44_100.0,
            }
            for index, (name, api, channels) in enumerate(self._devices)
        ]


@pytest.fixture
def computer(monkeypatch):
    def with_devices(*devices: tuple[str, int, int], default: int = 0) -> None:
        library = FakeLibrary(*devices, default=default)
        monkeypatch.setattr(portaudio, "portaudio", lambda: library)

    return with_devices


def test_a_whole_name_goes_before_a_part_of_one(computer):
    computer(("USB Audio 2", 0, 1), ("USB Audio", 0, 1))
    assert find_device("usb audio", "input").index == 1


def test_a_device_in_several_interfaces_is_one_device(computer):
    computer(("Headset", 0, 1), ("Headset", 1, 2), ("Headset", 2, 2), default=1)
    assert find_device("headset", "input").index == 1


def test_the_default_is_the_systems_default(computer):
    computer(("Speakers", 0, 0), ("Built-in", 0, 1), ("Headset", 0, 1), default=2)
    assert find_device(None, "input").name == "Headset"


def test_without_a_default_any_microphone_will_do(computer):
    computer(("Speakers", 0, 0), ("Built-in", 0, 1), default=-1)
    assert find_device(None, "input").name == "Built-in"


def test_a_loudspeaker_is_no_microphone(computer):
    computer(("Speakers", 0, 0))
    with pytest.raises(DeviceError, match="This computer has no microphone"):
        find_device("Speakers", "input")


def test_without_portaudio_the_sentence_names_the_package(tmp_path, monkeypatch):
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    with pytest.raises(DeviceError, match="PortAudio") as caught:
        open_microphone("default", Pace())
    assert "apt install libportaudio2" in caught.value.next_step


def test_looking_for_sources_loads_no_heavy_library():
    code = (
        "import sys, interviewer.capture.sources, interviewer.capture.speaker;"
        "print({'av', 'cv2', 'sounddevice'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "set()\n"
