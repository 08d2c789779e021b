import json
import os
import stat
import sys
import time

import pytest

from interviewer.capture import devices
from interviewer.capture.devices import Device, cameras, microphones, named_microphones

FOUND = """
import dataclasses, json
from interviewer.capture.devices import microphones
print(json.dumps(dataclasses.asdict(microphones())))
"""
OPENED = """
import sys
from interviewer.capture.sources.portaudio import find_device
print(find_device(sys.argv[1], "input").name)
"""


def entry(index, name, channels=1, api=0):
    return {"index": index, "name": name, "max_input_channels": channels, "hostapi": api}


def put_program(folder, monkeypatch, name, text):
    program = folder / name
    program.write_text(f"#!{sys.executable}\n{text}")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)


def put_module(folder, monkeypatch, name, text):
    (folder / f"{name}.py").write_text(text)
    monkeypatch.setenv("PYTHONPATH", str(folder))


def test_real_microphones_are_found_by_names_that_open_them(sound_system):
    told = json.loads(sound_system.run(FOUND))
    names = [device["name"] for device in told["found"]]
    assert "pulse" in names
    assert told["reason"] == ""
    assert [device["is_default"] for device in told["found"]].count(True) == 1
    assert told["found"][0]["is_default"]
    for device in told["found"]:
        assert sound_system.run(OPENED, device["spec"]).strip() == device["name"]


def test_the_preferred_microphone_comes_first_and_outputs_are_left_out():
    found = named_microphones([entry(0, "Built-in"), entry(1, "Speaker", 0), entry(2, "USB")], 2)
    assert found == [Device("USB", "USB", True), Device("Built-in", "Built-in")]


def test_a_device_in_several_interfaces_is_listed_once_as_the_preferred_interface_names_it():
    entries = [entry(0, "Mic (Realtek Hi", api=0), entry(1, "Mic (Realtek High Def)", api=2)]
    assert named_microphones(entries, 1) == [
        Device("Mic (Realtek High Def)", "Mic (Realtek High Def)", True)
    ]


def test_without_a_default_all_are_listed():
    assert [each.is_default for each in named_microphones([entry(0, "A"), entry(1, "B")], -1)] == [
        False,
        False,
    ]


def test_without_portaudio_the_reason_names_the_package(tmp_path, monkeypatch):
    put_module(tmp_path, monkeypatch, "sounddevice", "raise OSError('not found')")
    found = microphones()
    assert found.found == ()
    assert "libportaudio2" in found.reason


def test_a_computer_without_a_microphone_says_so(tmp_path, monkeypatch):
    text = "class default: device = (-1, -1)\ndef query_devices(): return []\n"
    put_module(tmp_path, monkeypatch, "sounddevice", text)
    assert microphones().reason.startswith("This computer has no microphone.")


def test_a_sound_system_that_hangs_is_given_up(tmp_path, monkeypatch):
    put_module(tmp_path, monkeypatch, "sounddevice", "import time; time.sleep(60)")
    monkeypatch.setattr(devices, "PATIENCE", 0.8)
    begun = time.monotonic()
    found = microphones()
    assert time.monotonic() - begun < 3
    assert "does not answer" in found.reason


@pytest.fixture
def on_linux(tmp_path, monkeypatch):
    monkeypatch.setattr(devices.platform, "system", lambda: "Linux")
    monkeypatch.setattr(devices, "VIDEO_DEVICES", tmp_path / "video4linux")

    def put(number, name, index="0"):
        place = tmp_path / "video4linux" / f"video{number}"
        place.mkdir(parents=True)
        (place / "name").write_text(f"{name}\n")
        (place / "index").write_text(f"{index}\n")

    return put


def test_linux_cameras_have_names_in_the_order_of_their_numbers(on_linux):
    on_linux(10, "Logitech BRIO")
    on_linux(2, "Integrated Camera")
    assert cameras().found == (
        Device("2", "Integrated Camera", True),
        Device("10", "Logitech BRIO"),
    )


def test_the_second_node_of_a_camera_is_no_camera(on_linux):
    on_linux(0, "Integrated Camera")
    on_linux(1, "Integrated Camera", index="1")
    assert [each.spec for each in cameras().found] == ["0"]


def test_two_cameras_of_one_name_are_told_apart(on_linux):
    on_linux(0, "HD Webcam")
    on_linux(2, "HD Webcam")
    assert [each.name for each in cameras().found] == ["HD Webcam (0)", "HD Webcam (2)"]


def test_without_a_camera_there_is_a_reason(on_linux):
    found = cameras()
    assert found.found == ()
    assert found.reason.startswith("This computer shows no camera.")


def test_mac_cameras_are_numbered_by_their_unique_ids(tmp_path, monkeypatch):
    monkeypatch.setattr(devices.platform, "system", lambda: "Darwin")
    entries = [
        {"_name": "Studio Display", "spcamera_unique-id": "B"},
        {"_name": "FaceTime HD", "spcamera_unique-id": "A"},
    ]
    told = json.dumps({"SPCameraDataType": entries}, indent=1)
    put_program(tmp_path, monkeypatch, "system_profiler", f"print({told!r})")
    assert cameras().found == (Device("0", "FaceTime HD", True), Device("1", "Studio Display"))


@pytest.mark.parametrize("told", ["", "no json", "[]", '{"SPCameraDataType": 3}'])
def test_what_the_mac_says_may_be_anything(tmp_path, monkeypatch, told):
    monkeypatch.setattr(devices.platform, "system", lambda: "Darwin")
    put_program(tmp_path, monkeypatch, "system_profiler", f"print({told!r})")
    assert cameras().found == ()


FAKE_CV2 = """
import time
class VideoCapture:
    def __init__(self, number): self.number = number; {wait}
    def isOpened(self): return self.number in (0, 2)
    def release(self): pass
"""


def test_elsewhere_the_numbers_are_tried(tmp_path, monkeypatch):
    monkeypatch.setattr(devices.platform, "system", lambda: "Windows")
    put_module(tmp_path, monkeypatch, "cv2", FAKE_CV2.format(wait=""))
    assert cameras().found == (Device("0", "Camera 0", True), Device("2", "Camera 2"))


def test_a_camera_that_hangs_does_not_hide_those_before_it(tmp_path, monkeypatch):
    monkeypatch.setattr(devices.platform, "system", lambda: "Windows")
    wait = "time.sleep(60 if number else 0)"
    put_module(tmp_path, monkeypatch, "cv2", FAKE_CV2.format(wait=wait))
    monkeypatch.setattr(devices, "PATIENCE", 2.0)
    assert cameras().found == (Device("0", "Camera 0", True),)
