"""Voice activity: how likely each 32 ms window of a stream holds speech."""

from typing import Final

import numpy as np
import numpy.typing as npt

SAMPLE_RATE: Final = 16_000
WINDOW: Final = 512  # samples that one probability stands for: Silero's size at 16 kHz
_CONTEXT: Final = 64  # samples before the window that the model also sees

Samples = npt.NDArray[np.float32]


class VoiceActivity:
    """Silero voice activity detection (v6) over a stream of samples.

    The model's recurrent state is carried from window to window and each window is run by itself,
    so the probabilities depend on the samples alone, to the last bit, however they arrive.
    Window `i` covers the samples `i * WINDOW` up to `(i + 1) * WINDOW`.

    Reference: Silero Team, "Silero VAD: pre-trained enterprise-grade Voice Activity Detector",
    https://github.com/snakers4/silero-vad.
    """

    def __init__(self) -> None:
        from faster_whisper.vad import get_vad_model

        self._session = get_vad_model().session
        self._hidden = np.zeros((1, 1, 128), dtype=np.float32)
        self._cell = np.zeros((1, 1, 128), dtype=np.float32)
        self._pending: Samples = np.zeros(_CONTEXT, dtype=np.float32)

    def feed(self, samples: Samples) -> npt.NDArray[np.float32]:
        """Take the next samples of the stream.

        Args:
            samples: Mono samples at 16 kHz, full scale 1, shape `(n,)`; any `n`, also 0.

        Returns:
            The speech probability, 0 to 1, of every window completed by these samples. The rest
            of a window waits for the next call.
        """
        stream = np.concatenate((self._pending, np.asarray(samples, dtype=np.float32)))
        count = (len(stream) - _CONTEXT) // WINDOW
        probabilities = np.empty(count, dtype=np.float32)
        for index in range(count):
            begin = index * WINDOW
            window = stream[np.newaxis, begin : begin + _CONTEXT + WINDOW]
            output, self._hidden, self._cell = self._session.run(
                None, {"input": window, "h": self._hidden, "c": self._cell}
            )
            probabilities[index] = output[0]
        self._pending = stream[count * WINDOW :]
        return probabilities
