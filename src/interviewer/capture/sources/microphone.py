"""The microphone of this computer."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from interviewer.capture.sources.losses import Unbroken
from interviewer.capture.sources.portaudio import SoundDevice, portaudio
from interviewer.capture.sources.ports import SOUND_RATE
from interviewer.capture.sources.sound import Continuous
from interviewer.errors import DeviceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

PATIENCE: Final = 3.0
"""Seconds without sound after which a microphone is lost: drivers call every few milliseconds."""
_LOOK_UP: Final = 0.1
"""Seconds; how soon a silent microphone is let go when it is stopped."""
_MOST_CHANNELS: Final = 2
_STUDIO: Final = "Check that no other program holds it, and the sound settings."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Block:
    """Sound of shape (samples, channels), when it came, and whether some before it was lost."""

    samples: "NDArray[np.float32]"
    at: float
    overflow: bool


class DeviceSound:
    """Sound of a device, mixed into one channel; what was lost on the way is silence.

    Args:
        device: Which one.
        rates: Rates to try, in this order; None for ours and then the device's own.
        clock: Monotonic seconds, by which a loss is measured. The driver's own times of the
            samples are not used: some are wrong by more than what is to be measured.

    Attributes:
        overflows: How often the system said that it threw sound away because it was not fetched
            in time.
        filled: Seconds of silence that stand for lost sound.
    """

    def __init__(
        self,
        device: SoundDevice,
        rates: tuple[int, ...] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.overflows = 0
        self.filled = 0.0
        self._clock = clock
        self._device = device
        self._rates = rates or tuple(dict.fromkeys((SOUND_RATE, device.rate)))
        self._arrived: queue.SimpleQueue[_Block | None] = queue.SimpleQueue()

    def pieces(self, stopped: threading.Event) -> "Iterator[NDArray[np.float32]]":
        """Listen until the device is gone."""
        stream = self._opened()
        rate = int(stream.samplerate)
        sound = Continuous()
        try:
            stream.start()
            for mono in self._whole(rate, stopped):
                yield from [mono] if rate == SOUND_RATE else _resampled(sound, mono, rate)
        finally:
            stream.abort(ignore_errors=True)
            stream.close(ignore_errors=True)
            if self.overflows or self.filled:
                log.warning(
                    "%s: sound was lost, %d times by its own account; %.3f s are silence instead",
                    self._device.name,
                    self.overflows,
                    self.filled,
                )

    def _whole(self, rate: int, stopped: threading.Event) -> "Iterator[NDArray[np.float32]]":
        """One channel at the device's rate, with silence where something was lost."""
        unbroken = Unbroken(rate)
        while not stopped.is_set():
            try:
                block = self._arrived.get(timeout=_LOOK_UP)
            except queue.Empty:
                continue  # whoever reads this notices the silence
            if block is None:
                yield from unbroken.rest()
                raise DeviceError(f"The microphone {self._device.name} was lost.", _STUDIO)
            mono = block.samples.mean(axis=1, dtype=np.float32)
            yield from unbroken.add(mono, block.at, overflow=block.overflow)
            self.filled = unbroken.filled / rate

    def _opened(self) -> Any:  # noqa: ANN401 - the library has no types
        """A stream with the first number of channels and rate that the device accepts."""
        library = portaudio()
        for rate in self._rates:
            for channels in range(1, min(_MOST_CHANNELS, self._device.channels) + 1):
                try:
                    return library.InputStream(
                        device=self._device.index,
                        samplerate=rate,
                        channels=channels,
                        dtype="float32",
                        callback=self._heard,
                        finished_callback=lambda: self._arrived.put(None),
                    )
                except library.PortAudioError as error:
                    log.info("%s at %d Hz: %s", self._device.name, rate, error)
        raise DeviceError(f"The microphone {self._device.name} cannot be opened.", _STUDIO)

    def _heard(self, block: "NDArray[np.float32]", _count: int, _time: object, status: Any) -> None:  # noqa: ANN401 - the library has no types
        """Runs in the driver's thread, so it only copies."""
        overflow = bool(status.input_overflow)
        self.overflows += overflow
        self._arrived.put(_Block(block.copy(), self._clock(), overflow))


def _resampled(
    sound: Continuous, mono: "NDArray[np.float32]", rate: int
) -> "Iterator[NDArray[np.float32]]":
    from av.audio.frame import AudioFrame

    frame = AudioFrame.from_ndarray(mono[np.newaxis], format="flt", layout="mono")
    frame.sample_rate = rate
    yield from sound.add(frame, None)
