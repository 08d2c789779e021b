"""Microphones and cameras: a device, a file and an address are the same thing."""

import queue
import re
import threading
import time
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from urllib.request import url2pathname

from interviewer.capture.sources.live import LiveCamera, LiveMicrophone
from interviewer.capture.sources.media import (
    PATIENCE,
    Kind,
    Media,
    no_answer,
    open_file,
    open_url,
    without_password,
)
from interviewer.capture.sources.microphone import PATIENCE as MICROPHONE_PATIENCE
from interviewer.capture.sources.microphone import DeviceSound
from interviewer.capture.sources.opencv import OpenCvPictures
from interviewer.capture.sources.pace import Pace
from interviewer.capture.sources.paced import PacedCamera, PacedMicrophone
from interviewer.capture.sources.portaudio import find_device
from interviewer.capture.sources.ports import SOUND_RATE, Camera, Microphone, Over
from interviewer.capture.sources.urls import UrlPictures, UrlSound

__all__ = [
    "SOUND_RATE",
    "Camera",
    "Microphone",
    "Over",
    "Pace",
    "open_camera",
    "open_microphone",
]

_INDEX = re.compile(r"\d+")
_VIDEO_DEVICE = re.compile(r"/dev/video(\d+)")
_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_SUFFIX = re.compile(
    r"\.(wav|mp3|m4a|aac|ogg|oga|opus|flac|mp4|m4v|mov|mkv|webm|avi|wma|3gp)$", re.IGNORECASE
)
_LEAST: Final = 0.5
"""Seconds that a stream which has just answered gets for its first picture or sound."""


def open_microphone(spec: str, pace: Pace) -> Microphone:
    """Open a microphone.

    Args:
        spec: A file with sound, an address, `default`, or a device's name or part of it. An
            existing file goes before a device.
        pace: The clock by which files play.

    Raises:
        DeviceError: The device or stream is missing, not the only one of that name, or silent.
        InputError: The file is missing or has no sound.
    """
    if _URL.match(spec) and not _is_file_url(spec):
        return _microphone_at(spec, pace)
    path = _path(spec)
    if _exists(path) or _is_path(spec):
        return PacedMicrophone(path.name, open_file(path, "audio"), pace)
    device = find_device(None if spec.casefold() == "default" else spec, "input")
    return LiveMicrophone(device.name, DeviceSound(device), MICROPHONE_PATIENCE)


def open_camera(spec: str, pace: Pace) -> Camera:
    """Open a camera.

    Args:
        spec: A file with a moving picture, an address, or a camera's number.
        pace: The clock by which files play.

    Raises:
        DeviceError: The camera or stream is missing or silent.
        InputError: The file is missing or has no moving picture.
    """
    if _URL.match(spec) and not _is_file_url(spec):
        return _camera_at(spec, pace)
    path = _path(spec)
    device = _VIDEO_DEVICE.fullmatch(spec)
    number = device[1] if device else spec
    if device or (_INDEX.fullmatch(spec) and not _exists(path)):
        pictures = OpenCvPictures(f"The camera {spec}", int(number))
        return LiveCamera(spec, pictures, PATIENCE)
    return PacedCamera(path.name, open_file(path, "video"), pace)


def _microphone_at(url: str, pace: Pace) -> Microphone:
    name = without_password(url)
    media, left = _opened(url, "audio")
    if media.has_end:
        return PacedMicrophone(name, media, pace)
    return LiveMicrophone(name, UrlSound(f"The microphone {name}", media), PATIENCE, first=left)


def _camera_at(url: str, pace: Pace) -> Camera:
    name = without_password(url)
    media, left = _opened(url, "video")
    if media.has_end:
        return PacedCamera(name, media, pace)
    return LiveCamera(name, UrlPictures(f"The camera {name}", media), PATIENCE, first=left)


def _opened(url: str, kind: Kind) -> tuple[Media, float]:
    """Open an address in time, although the library may take longer (it looks up the name).

    Returns:
        The stream, and the seconds of patience that are left.
    """
    begun = time.monotonic()
    answers: queue.SimpleQueue[Media | Exception] = queue.SimpleQueue()
    given_up = threading.Event()

    def work() -> None:
        try:
            media = open_url(url, kind)
        except Exception as error:  # noqa: BLE001 - raised by who waits
            answers.put(error)
            return
        answers.put(media)
        if given_up.is_set():
            media.close()

    threading.Thread(target=work, name=f"opens {without_password(url)}", daemon=True).start()
    try:
        answer = answers.get(timeout=PATIENCE)
    except queue.Empty:
        given_up.set()
        raise no_answer(without_password(url)) from None
    if isinstance(answer, Exception):
        raise answer
    return answer, max(_LEAST, PATIENCE - (time.monotonic() - begun))


def _is_file_url(spec: str) -> bool:
    return spec.casefold().startswith("file://")


def _path(spec: str) -> Path:
    if _is_file_url(spec):
        return Path(url2pathname(urlsplit(spec).path))
    # An unknown user's home would be an error, so only one's own is looked up.
    return Path(spec).expanduser() if spec.startswith("~/") else Path(spec)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False  # opening it says why


def _is_path(spec: str) -> bool:
    """Whether a name that does not exist was meant as a file, and not as a device."""
    return _is_file_url(spec) or "/" in spec or "\\" in spec or bool(_SUFFIX.search(spec))
