"""The interviewer's voice on the loudspeaker, one text at a time, and stopped at once."""

import logging
import threading
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np

from interviewer.capture.sources.portaudio import find_device, portaudio
from interviewer.errors import DeviceError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from interviewer.capture.sources.pace import Pace

_RATE: Final = 48_000
_FADE: Final = 0.02
"""Seconds; a voice that is cut off without a fade clicks."""
_LATENCY: Final = 0.1
"""Seconds of sound that wait in the system: short enough for a conversation, and long enough for a
machine that is busy recording."""
_WARM: Final = 0.1
"""Seconds of silence beyond those that wait in the system; a device that took them is running."""
_WARM_UP: Final = 2.0
"""Seconds that a device gets for it; 0.8 to 1.2 were seen."""
_STALLED: Final = 2.0
"""Seconds after which a text counts as said though the device does not take it."""

log = logging.getLogger(__name__)


class Saying(Protocol):
    """One text that is being said.

    Attributes:
        done: Set when its last sample was heard, or when it was stopped and is silent.
    """

    done: threading.Event

    def stop(self) -> None:
        """Fall silent; stopping again does nothing."""
        ...  # pragma: no cover - a protocol has no body


class Speaker(Protocol):
    """Something that says texts.

    Attributes:
        name: For a person.
        audible: Whether it can be heard, and so be on the microphone's recording.
        latency: Seconds from handing over to hearing, as far as it is known.
    """

    name: str
    audible: bool
    latency: float

    def say(self, samples: "NDArray[np.float32]", rate: int) -> Saying:
        """Begin to say something; what is still being said falls silent.

        Args:
            samples: One channel, of shape (samples,), full scale from -1 to 1.
            rate: Its samples per second.
        """
        ...  # pragma: no cover - a protocol has no body

    def close(self) -> None:
        """Fall silent and release the device; closing again does nothing."""
        ...  # pragma: no cover - a protocol has no body


class DeviceSpeaker:
    """A loudspeaker that is kept open and fed with silence.

    The first sound through a device that has just been opened comes up to half a second late.

    Args:
        device: Its name or part of it; None for the system's default.

    Raises:
        DeviceError: There is none, or it cannot be opened.
    """

    audible = True

    def __init__(self, device: str | None = None) -> None:
        # Here, so that the first text does not wait for it.
        import av  # noqa: F401

        found = find_device(device, "output")
        library = portaudio()
        self.name = found.name
        self._lock = threading.Lock()
        self._sayings: list[_Heard] = []
        self._stream = _opened(library, found, self._fill, self._lost)
        self._rate = int(self._stream.samplerate)
        self.latency = float(self._stream.latency)
        self._left = round((self.latency + _WARM) * self._rate)
        self._warm = threading.Event()
        self._stream.start()
        if not self._warm.wait(_WARM_UP):
            log.info("%s takes no sound yet", self.name)

    def say(self, samples: "NDArray[np.float32]", rate: int) -> Saying:
        """Begin to say something; what is still being said falls silent."""
        sound = _at_rate(np.asarray(samples, dtype=np.float32).reshape(-1), rate, self._rate)
        saying = _Heard(sound, round(_FADE * self._rate), round(self.latency * self._rate))
        with self._lock:
            for earlier in self._sayings:
                earlier.stop()
            if self._stream.active:
                self._sayings.append(saying)
            else:
                saying.done.set()
        saying.expect(sound.size / self._rate + self.latency + _STALLED)
        return saying

    def close(self) -> None:
        """Fall silent and release the device."""
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)
        self._lost()

    def _fill(self, out: "NDArray[np.float32]", count: int, _time: object, status: object) -> None:
        """Runs in the driver's thread."""
        if status:
            log.info("%s: %s", self.name, status)
        out.fill(0)
        self._left -= count
        if self._left <= 0:
            self._warm.set()
        with self._lock:
            for saying in self._sayings:
                part = saying.next(count)
                out[: part.size] += part[:, np.newaxis]
            self._sayings = [saying for saying in self._sayings if not saying.done.is_set()]

    def _lost(self) -> None:
        with self._lock:
            for saying in self._sayings:
                saying.done.set()
            self._sayings = []


class SilentSpeaker:
    """Takes as long as saying would, and says nothing.

    Args:
        pace: The clock of the sources.
    """

    name = "silent"
    audible = False
    latency = 0.0

    def __init__(self, pace: "Pace") -> None:
        self._pace = pace
        self._saying: _Unheard | None = None

    def say(self, samples: "NDArray[np.float32]", rate: int) -> Saying:
        """Begin to say something; what is still being said falls silent."""
        self.close()
        self._saying = _Unheard(self._pace, len(samples) / rate)
        return self._saying

    def close(self) -> None:
        """Fall silent."""
        if self._saying is not None:
            self._saying.stop()


def open_speaker(device: str | None) -> DeviceSpeaker:
    """Open a loudspeaker.

    Args:
        device: Its name or part of it; None or `default` for the system's default.

    Raises:
        DeviceError: There is none, or it cannot be opened.
    """
    return DeviceSpeaker(None if device is None or device.casefold() == "default" else device)


class _Heard:
    """A text on its way through the device.

    Args:
        sound: At the device's rate.
        fade: Samples of the fade-out.
        delay: Samples that wait in the system between being taken and being heard.
    """

    def __init__(self, sound: "NDArray[np.float32]", fade: int, delay: int) -> None:
        self.done = threading.Event()
        self._sound = sound
        self._fade = fade
        self._delay = delay
        self._taken = 0
        self._stopping = False

    def stop(self) -> None:
        """Fade out with what the device takes next."""
        if not self._stopping:
            self._stopping = True
            self.expect(_STALLED)

    def expect(self, seconds: float) -> None:
        """Be done after so long even if the device does not take the sound."""
        guard = threading.Timer(seconds, self.done.set)
        guard.daemon = True
        guard.start()

    def next(self, count: int) -> "NDArray[np.float32]":
        """The next samples, fewer than `count` at the end; done when all have been heard."""
        if self._stopping and self._fade:
            rest = self._sound[self._taken : self._taken + self._fade]
            faded = rest * np.linspace(1, 0, rest.size, dtype=np.float32)
            self._sound = np.concatenate([self._sound[: self._taken], faded])
            self._fade = 0
        # What the device asks for now is heard after the delay, so by now it has played up to:
        if self._taken - self._delay >= self._sound.size:
            self.done.set()
        part = self._sound[self._taken : self._taken + count]
        self._taken += count
        return part


class _Unheard:
    """A text that takes its time."""

    def __init__(self, pace: "Pace", seconds: float) -> None:
        self.done = threading.Event()
        self._stopped = threading.Event()
        until = pace.now() + seconds
        threading.Thread(target=self._wait, args=(pace, until), name="silence", daemon=True).start()

    def stop(self) -> None:
        """Be done."""
        self._stopped.set()
        self.done.set()

    def _wait(self, pace: "Pace", until: float) -> None:
        pace.wait_until(until, self._stopped)
        self.done.set()


def _opened(library: Any, found: Any, fill: object, finished: object) -> Any:  # noqa: ANN401 - the library has no types
    """An output at our rate, or at the device's own."""
    for rate in dict.fromkeys((_RATE, found.rate)):
        try:
            return library.OutputStream(
                device=found.index,
                samplerate=rate,
                channels=min(2, found.channels),
                dtype="float32",
                latency=_LATENCY,
                callback=fill,
                finished_callback=finished,
            )
        except library.PortAudioError as error:
            log.info("%s at %d Hz: %s", found.name, rate, error)
    raise DeviceError(
        f"The loudspeaker {found.name} cannot be opened.",
        "Check that no other program holds it, and the sound settings.",
    )


def _at_rate(sound: "NDArray[np.float32]", rate: int, wanted: int) -> "NDArray[np.float32]":
    if rate == wanted or not sound.size:
        return sound
    from av.audio.frame import AudioFrame
    from av.audio.resampler import AudioResampler

    resampler = AudioResampler(format="flt", layout="mono", rate=wanted)
    frame = AudioFrame.from_ndarray(sound[np.newaxis], format="flt", layout="mono")
    frame.sample_rate = rate
    frames = [*resampler.resample(frame), *resampler.resample(None)]
    return np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames])
