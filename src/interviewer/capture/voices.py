"""Voices: text in, sound out. Piper where it is installed, espeak-ng otherwise."""

import importlib.util
import json
import logging
import shutil
import struct
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from interviewer.errors import CannotDoError, ModelMissingError

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TRIM_DB: Final = -40.0
"""Quieter than this against the loudest frame counts as silence at the ends."""
_TRIM_FRAME_SECONDS: Final = 0.005
_SLOWEST, _FASTEST = 0.25, 2.5
_THREADS: Final = 1
"""The network is small: one thread speaks twenty times faster than one listens, and on a machine
that is busy with pictures two threads were slower than one."""
_ESPEAK_WORDS_PER_MINUTE: Final = 165
_ESPEAK_TIMEOUT_SECONDS: Final = 60
_INSTALL: Final = (
    "Run `pip install 'smart-interviewer[offline,voice]'`, or install espeak-ng"
    " (`apt install espeak-ng`, `brew install espeak-ng`)."
)


class Voice(Protocol):
    """Something that can say a text."""

    name: str
    sample_rate: int

    def say(self, text: str, *, pace: float = 1.0) -> "NDArray[np.float32]":
        """Say a text.

        Args:
            text: What to say; text without anything speakable gives no samples.
            pace: Speed of speech, 1 is the voice's own; kept within 0.25 to 2.5.

        Returns:
            Mono samples, shape (n,), -1 to 1, at `sample_rate` Hz, with leading and trailing
            silence cut off, so that sample 0 is where the voice begins.
        """
        ...  # pragma: no cover - a protocol has no body


class PiperVoice:
    """A neural voice. The same calls in the same order on a new object give the same samples.

    Args:
        model: The `.onnx` file; its settings are read from the `.onnx.json` beside it.
        seed: Starts the voice's small random variations of pitch and length.

    Raises:
        ModelMissingError: Piper is not installed, or the model cannot be read.
    """

    def __init__(self, model: Path, *, seed: int = 1) -> None:
        if not _piper_is_installed():
            raise ModelMissingError("The Piper voice is not installed.", _INSTALL)
        import onnxruntime
        from piper.config import PiperConfig, SynthesisConfig
        from piper.voice import PiperVoice as Engine

        # Without a handler of its own, Piper's warnings would go to the terminal.
        logging.getLogger("piper").addHandler(logging.NullHandler())
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = _THREADS
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        onnxruntime.set_seed(seed)
        try:
            config = PiperConfig.from_dict(
                json.loads(model.with_name(f"{model.name}.json").read_text(encoding="utf-8"))
            )
            session = onnxruntime.InferenceSession(
                str(model), sess_options=options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # the runtime's own exceptions share no other base
            raise ModelMissingError(
                f"The voice {model.name} cannot be loaded.",
                "Run `interviewer models verify` to see which files are missing or damaged.",
            ) from error
        self.name = f"piper {model.stem}"
        self.sample_rate: int = config.sample_rate
        self._settings = SynthesisConfig
        self._engine = Engine(session=session, config=config)

    def say(self, text: str, *, pace: float = 1.0) -> "NDArray[np.float32]":
        """Say a text; see `Voice.say`."""
        settings = self._settings(length_scale=1 / _usable(pace), normalize_audio=False)
        chunks = [chunk.audio_float_array for chunk in self._engine.synthesize(text, settings)]
        if not chunks:
            return np.zeros(0, dtype=np.float32)
        return trim_silence(np.concatenate(chunks).astype(np.float32), self.sample_rate)


class EspeakVoice:
    """The plain voice of espeak-ng: robotic, small, and in most package collections.

    Raises:
        ModelMissingError: espeak-ng is not on the PATH.
    """

    def __init__(self) -> None:
        program = shutil.which("espeak-ng")
        if program is None:
            raise ModelMissingError("espeak-ng is not installed.", _INSTALL)
        self._program = program
        self.name = "espeak-ng"
        self.sample_rate = 22050

    def say(self, text: str, *, pace: float = 1.0) -> "NDArray[np.float32]":
        """Say a text; see `Voice.say`.

        Raises:
            CannotDoError: espeak-ng failed.
        """
        speed = round(_ESPEAK_WORDS_PER_MINUTE * _usable(pace))
        # The text goes through stdin: it may begin with a dash.
        command = [self._program, "-v", "en-us", "-s", str(speed), "--stdin", "--stdout"]
        try:
            done = subprocess.run(
                command,
                input=text.encode(),
                capture_output=True,
                check=True,
                timeout=_ESPEAK_TIMEOUT_SECONDS,
            )
            rate, samples = _read_wav(done.stdout)
        except (OSError, subprocess.SubprocessError, ValueError, struct.error) as error:
            raise CannotDoError("espeak-ng could not say a text.", _INSTALL) from error
        self.sample_rate = rate
        return trim_silence(samples, rate)


def find_voice(piper_model: Path | None) -> Voice:
    """The best voice of this machine.

    Args:
        piper_model: The `.onnx` file of a Piper voice; None where there is none.

    Raises:
        ModelMissingError: There is neither Piper with a voice nor espeak-ng.
    """
    if piper_model is not None and _piper_is_installed():
        return PiperVoice(piper_model)
    if shutil.which("espeak-ng") is not None:
        return EspeakVoice()
    raise ModelMissingError("There is no voice on this machine.", _INSTALL)


def trim_silence(samples: "NDArray[np.float32]", rate: int) -> "NDArray[np.float32]":
    """Cut off what is more than 40 dB below the loudest 5 ms, at both ends.

    Args:
        samples: Mono sound, shape (n,).
        rate: Samples per second.
    """
    frame = max(1, round(rate * _TRIM_FRAME_SECONDS))
    frames = samples[: samples.size // frame * frame].reshape(-1, frame)
    if frames.size == 0:
        return samples
    level = np.sqrt(np.mean(frames.astype(np.float64) ** 2, axis=1))
    if level.max() <= 0:
        return samples[:0]
    loud = np.flatnonzero(level >= level.max() * 10 ** (_TRIM_DB / 20))
    return samples[loud[0] * frame : (loud[-1] + 1) * frame]


def _usable(pace: float) -> float:
    return min(max(pace, _SLOWEST), _FASTEST)


def _piper_is_installed() -> bool:
    return importlib.util.find_spec("piper") is not None


def _read_wav(data: bytes) -> tuple[int, "NDArray[np.float32]"]:
    """Read 16-bit mono; a WAV written to a pipe gives no true lengths, so they are not used."""
    if not data:
        return 22050, np.zeros(0, dtype=np.float32)
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise ValueError("not a WAV stream")
    (rate,) = struct.unpack_from("<I", data, 24)
    start = data.index(b"data") + 8
    body = data[start : start + (len(data) - start) // 2 * 2]
    return int(rate), np.frombuffer(body, dtype="<i2").astype(np.float32) / 32768.0
