"""The names of the microphones and cameras of this computer.

Sound libraries talk to the terminal, keep the list of their first look, and may hang with a driver.
So a child process looks, and is given up when it takes too long.
"""

import json
import logging
import platform
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from interviewer.capture.sources import portaudio
from interviewer.errors import DeviceError

PATIENCE: Final = 3.0
"""Seconds after which looking is given up."""

VIDEO_DEVICES = Path("/sys/class/video4linux")
"""Where Linux names its cameras."""

_MOST_CAMERAS: Final = 4
"""Numbers that are tried where the system names no camera: each try may take a second."""

_MICROPHONES: Final = "from interviewer.capture.devices import print_microphones as look; look()"
_CAMERAS: Final = "from interviewer.capture.devices import print_cameras as look; look()"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Device:
    """A microphone or camera.

    Attributes:
        spec: What opens it, as an option of a command takes it.
        name: What the system calls it.
        is_default: Whether the system prefers it.
    """

    spec: str
    name: str
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class Devices:
    """What was found; where that is nothing or may not be all, why, in sentences."""

    found: tuple[Device, ...] = ()
    reason: str = ""


def microphones() -> Devices:
    """The microphones, as PortAudio lists them; takes at most `PATIENCE`."""
    lines, in_time = _child([sys.executable, "-c", _MICROPHONES])
    found, reason = [], ""
    for line in lines:
        told = json.loads(line)
        if "reason" in told:
            reason = told["reason"]
        else:
            found.append(Device(**told))
    if not in_time and not reason:
        reason = "The sound system does not answer. Check the sound settings."
    if not found and not reason:
        reason = "This computer has no microphone. Connect one, and check the sound settings."
    return Devices(tuple(found), reason)


def cameras() -> Devices:
    """The cameras, by the names of the system where it tells them; takes at most `PATIENCE`."""
    looks = {"Linux": _linux_cameras, "Darwin": _mac_cameras}
    found = looks.get(platform.system(), _probed_cameras)()
    if found:
        return Devices(found)
    return Devices((), "This computer shows no camera. Connect one, and check that it is allowed.")


def print_microphones() -> None:
    """Print one JSON object for each microphone; runs in the child process."""
    try:
        library = portaudio.portaudio()
        entries = list(library.query_devices())
        default = int(library.default.device[0])
        for device in named_microphones(entries, default):
            _tell({"spec": device.spec, "name": device.name, "is_default": device.is_default})
    except DeviceError as error:
        _tell({"reason": f"{error.message} {error.next_step}".strip()})


def named_microphones(entries: list[dict[str, Any]], default: int) -> list[Device]:
    """The microphones among PortAudio's devices, the preferred one first.

    Windows offers each device through several interfaces: what the system's preferred interface
    has is listed, and its name means the same device when it is opened.

    Args:
        entries: As `sounddevice.query_devices` gives them.
        default: Index of the preferred one; negative for none.
    """
    heard = [entry for entry in entries if int(entry["max_input_channels"]) > 0]
    apis = [entry["hostapi"] for entry in heard if int(entry["index"]) == default]
    preferred = [entry for entry in heard if not apis or entry["hostapi"] == apis[0]]
    named: dict[str, bool] = {}
    for entry in preferred:
        name = str(entry["name"])
        named[name] = named.get(name, False) or int(entry["index"]) == default
    devices = [Device(name, name, is_default) for name, is_default in named.items()]
    return sorted(devices, key=lambda device: not device.is_default)


def print_cameras() -> None:
    """Print one JSON object for each camera that can be opened; runs in the child process."""
    import cv2

    for number in range(_MOST_CAMERAS):
        camera = cv2.VideoCapture(number)
        if camera.isOpened():
            _tell({"spec": str(number), "name": f"Camera {number}", "is_default": number == 0})
        camera.release()


def _linux_cameras() -> tuple[Device, ...]:
    places = VIDEO_DEVICES.glob("video*") if VIDEO_DEVICES.is_dir() else []
    numbered = sorted((int(place.name.removeprefix("video")), place) for place in places)
    # A camera has further nodes for data about its pictures: those have a higher index.
    found = [
        (str(number), _line(place / "name") or f"Camera {number}")
        for number, place in numbered
        if _line(place / "index") in {"", "0"}
    ]
    return _told_apart(found)


def _mac_cameras() -> tuple[Device, ...]:
    lines, _ = _child(["system_profiler", "-json", "SPCameraDataType"])
    try:
        entries = json.loads("".join(lines))["SPCameraDataType"]
        # OpenCV numbers cameras in the order of their unique ids.
        entries.sort(key=lambda entry: entry.get("spcamera_unique-id", ""))
        names = [str(entry["_name"]) for entry in entries]
    except (ValueError, KeyError, TypeError, AttributeError):
        return ()
    return _told_apart([(str(number), name) for number, name in enumerate(names)])


def _probed_cameras() -> tuple[Device, ...]:
    """Where the system's names do not say which number they have, the numbers are tried."""
    lines, _ = _child([sys.executable, "-c", _CAMERAS])
    return tuple(Device(**json.loads(line)) for line in lines)


def _told_apart(found: list[tuple[str, str]]) -> tuple[Device, ...]:
    """Cameras of one name get their number behind it."""
    names = [name for _, name in found]
    return tuple(
        Device(spec, f"{name} ({spec})" if names.count(name) > 1 else name, position == 0)
        for position, (spec, name) in enumerate(found)
    )


def _line(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace").strip()
    except OSError:
        return ""


def _child(command: list[str]) -> tuple[list[str], bool]:
    """What a command prints, line by line, and whether it ended in time."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        log.warning("%s does not answer", command[0])
        # What it said before is of use; a line may have been cut short.
        return (error.stdout or b"").decode(errors="replace").split("\n")[:-1], False
    except OSError as error:
        log.warning("%s cannot be run: %s", command[0], error)
        return [], True
    if done.returncode:
        log.warning("%s ended with %d", command[0], done.returncode)
    return done.stdout.decode(errors="replace").splitlines(), True


def _tell(told: dict[str, object]) -> None:
    print(json.dumps(told), flush=True)  # noqa: T201 - the parent process reads it
