"""The sound devices of this computer, as PortAudio lists them."""

from dataclasses import dataclass
from typing import Any, Literal

from interviewer.errors import DeviceError

Direction = Literal["input", "output"]

_WORD: dict[Direction, str] = {"input": "microphone", "output": "loudspeaker"}


@dataclass(frozen=True, slots=True)
class SoundDevice:
    """A sound device.

    Attributes:
        index: Its number in PortAudio.
        name: As the system calls it.
        channels: How many it has at most.
        rate: Samples per second that it prefers.
        api: Number of the system's interface that offers it.
    """

    index: int
    name: str
    channels: int
    rate: int
    api: int


def portaudio() -> Any:  # noqa: ANN401 - the library has no types
    """The sounddevice library.

    Raises:
        DeviceError: PortAudio is not installed.
    """
    try:
        import sounddevice
    except OSError as error:
        raise DeviceError(
            "The PortAudio library, through which microphone and loudspeaker are reached, is"
            " missing.",
            "Run `apt install libportaudio2`, or give files or addresses instead of devices.",
        ) from error
    return sounddevice


def find_device(wanted: str | None, direction: Direction) -> SoundDevice:
    """Find a device by its name.

    A whole name goes before a part of one, and what the system's preferred interface offers goes
    before the same device in another interface.

    Args:
        wanted: The name or a part of it, in any case; None for the system's default.
        direction: Whether to hear or to be heard.

    Raises:
        DeviceError: There is none, or more than one.
    """
    library = portaudio()
    found = [_device(entry, direction) for entry in library.query_devices()]
    found = [device for device in found if device.channels > 0]
    if not found:
        raise DeviceError(
            f"This computer has no {_WORD[direction]}.",
            "Connect one, and check the sound settings.",
        )
    default = _default(library, direction)
    if wanted is None:
        chosen = [device for device in found if device.index == default]
        return (chosen or found)[0]
    return _named(found, wanted, direction, default)


def _named(
    found: list[SoundDevice], wanted: str, direction: Direction, default: int
) -> SoundDevice:
    word, name = _WORD[direction], wanted.casefold()
    whole = [device for device in found if device.name.casefold() == name]
    matches = whole or [device for device in found if name in device.name.casefold()]
    names = ", ".join(dict.fromkeys(device.name for device in matches or found))
    if not matches:
        raise DeviceError(f'There is no {word} called "{wanted}".', f"Found: {names}.")
    apis = [device.api for device in found if device.index == default] + [matches[0].api]
    preferred = [device for device in matches if device.api == apis[0]] or matches
    if len(preferred) > 1:
        raise DeviceError(
            f'More than one {word} matches "{wanted}".', f"Give more of the name. Found: {names}."
        )
    return preferred[0]


def _device(entry: dict[str, Any], direction: Direction) -> SoundDevice:
    return SoundDevice(
        index=int(entry["index"]),
        name=str(entry["name"]),
        channels=int(entry[f"max_{direction}_channels"]),
        rate=round(entry["default_samplerate"]),
        api=int(entry["hostapi"]),
    )


def _default(library: Any, direction: Direction) -> int:  # noqa: ANN401 - it has no types
    return int(library.default.device[0 if direction == "input" else 1])
