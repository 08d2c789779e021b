"""What the interviewer hears: the microphone's sound in windows, each with how likely it is speech.

The same sound goes into the recording; this is only for taking turns, on a thread of its own, so
that nothing here can hold up the recorder.
"""

import queue
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE: Final = 16_000
"""Samples per second that the ears hear."""

SOUND_RATE: Final = 48_000
"""Samples per second of the recording."""

Hear = Callable[[float, float, float, "NDArray[np.float32]"], None]
"""Told of each window: its start and end in seconds, the probability of speech, its samples."""


class Ears:
    """Listens to blocks of the recording's sound.

    Args:
        hear: Told of each window, on the ears' own thread.

    Attributes:
        problem: What stopped the ears; None while they hear.
    """

    def __init__(self, hear: Hear) -> None:
        self.problem: BaseException | None = None
        self._hear = hear
        self._blocks: queue.SimpleQueue[NDArray[np.float32] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="ears", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def put(self, block: "NDArray[np.float32]") -> None:
        """Take the next samples, one channel at `SOUND_RATE`; returns at once."""
        self._blocks.put(block)

    def finish(self, patience: float = 5.0) -> None:
        """Hear what was put before, then stop."""
        self._blocks.put(None)
        if threading.current_thread() is not self._thread and self._thread.is_alive():
            self._thread.join(patience)

    def _work(self) -> None:
        try:
            self._listen()
        except Exception as error:  # noqa: BLE001  # read by whoever conducts the interview
            self.problem = error

    def _listen(self) -> None:
        from interviewer.analysis.activity import WINDOW, VoiceActivity

        activity = VoiceActivity()
        resample = Resampler(SOUND_RATE, RATE)
        waiting: NDArray[np.float32] = np.zeros(0, dtype=np.float32)
        count = 0
        while (block := self._blocks.get()) is not None:
            waiting = np.concatenate((waiting, resample(block)))
            while len(waiting) >= WINDOW:
                window, waiting = waiting[:WINDOW], waiting[WINDOW:]
                (probability,) = activity.feed(window)
                start = count * WINDOW / RATE
                count += 1
                self._hear(start, count * WINDOW / RATE, float(probability), window)


class Resampler:
    """Brings a stream of samples to another rate, piece by piece."""

    def __init__(self, from_rate: int, to_rate: int) -> None:
        from av.audio.resampler import AudioResampler

        self._from = from_rate
        self._to = to_rate
        self._count = 0
        self._resampler = AudioResampler(format="flt", layout="mono", rate=to_rate)

    def __call__(self, samples: "NDArray[np.float32]") -> "NDArray[np.float32]":
        """The next samples, shape (n,); some may come out with those after them."""
        from av.audio.frame import AudioFrame

        if self._from == self._to:
            return samples
        frame = AudioFrame.from_ndarray(
            np.ascontiguousarray(samples, dtype=np.float32)[np.newaxis],
            format="flt",
            layout="mono",
        )
        frame.sample_rate = self._from
        frame.pts = self._count
        self._count += len(samples)
        pieces = [
            piece.to_ndarray().reshape(-1).astype(np.float32)
            for piece in self._resampler.resample(frame)
        ]
        return np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.float32)
