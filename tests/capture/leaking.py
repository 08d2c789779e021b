"""A question that leaks through a loudspeaker and a room onto a microphone, with known truth."""

import shutil
from dataclasses import dataclass

import numpy as np
import pytest
from scipy.signal import butter, fftconvolve, resample_poly, sosfilt

from interviewer.analysis.activity import VoiceActivity
from interviewer.capture.leak import Leak
from interviewer.capture.voices import EspeakVoice, PiperVoice
from interviewer.errors import ModelMissingError
from interviewer.weights.registry import Weights

RATE = 16_000
WINDOW = 512
ORIGIN = 100.0  # recording time of the microphone's first sample here
BEFORE = 0.5  # seconds of room noise before the question is handed over
AFTER = 1.5
SPEECH = 10 ** (-26 / 20)
QUIET = 1e-3  # room noise at -60 dB of full scale


@dataclass(frozen=True)
class Scene:
    """A microphone's sound and what is true about it; all times are recording times."""

    reference: np.ndarray
    sound: np.ndarray
    delay: float

    @property
    def started(self):
        return ORIGIN + BEFORE

    @property
    def end(self):
        return self.started + self.delay + len(self.reference) / RATE

    def with_voice(self, voice, after, level=0.0):
        """The candidate, too, from so many seconds after the leak's beginning on."""
        at = round((BEFORE + self.delay + after) * RATE)
        sound = self.sound.copy()
        voice = voice[: len(sound) - at] / loudness(voice) * SPEECH * 10 ** (level / 20)
        sound[at : at + len(voice)] += voice.astype(np.float32)
        return Scene(self.reference, sound, self.delay), ORIGIN + at / RATE


@dataclass(frozen=True)
class Result:
    leak: Leak
    decided: float | None


def piper_says(text):
    try:
        voice = PiperVoice(Weights().file("piper-en_US-joe-medium"))
    except ModelMissingError as error:
        pytest.skip(error.message)
    return at_16_khz(voice.say(text), voice.sample_rate)


def espeak_says(text):
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed")
    voice = EspeakVoice()
    return at_16_khz(voice.say(text), voice.sample_rate)


def at_16_khz(samples, rate):
    shared = np.gcd(RATE, rate)
    return resample_poly(samples, RATE // shared, rate // shared).astype(np.float32)


def loudness(samples):
    """Root mean square of what is louder than 30 dB below the loudest window."""
    windows = samples[: len(samples) // WINDOW * WINDOW].reshape(-1, WINDOW)
    power = np.mean(windows.astype(float) ** 2, axis=1)
    return np.sqrt(power[power > power.max() * 1e-3].mean())


def scene(reference, *, level, seed, delay=None, decay=None, distorted=False):
    """Leak a reference; `level` is that against the candidate's in dB, None with headphones."""
    rng = np.random.default_rng(seed)
    delay = rng.uniform(0.02, 0.5) if delay is None else delay
    decay = rng.uniform(0.2, 0.6) if decay is None else decay
    count = round((BEFORE + delay + AFTER) * RATE) + len(reference)
    sound = rng.normal(0, QUIET, count)
    if level is not None:
        played = np.tanh(4 * reference / np.abs(reference).max()) if distorted else reference
        heard = fftconvolve(loudspeaker(played, rng), room(decay, rng))
        heard *= SPEECH * 10 ** (level / 20) / loudness(heard)
        at = round((BEFORE + delay) * RATE)
        heard = heard[: count - at]
        sound[at : at + len(heard)] += heard
    return Scene(reference, sound.astype(np.float32), delay)


def loudspeaker(samples, rng):
    band = [rng.uniform(120, 450), rng.uniform(4500, 7500)]
    return sosfilt(butter(2, band, "band", fs=RATE, output="sos"), samples)


def room(decay, rng):
    """Direct sound, and a tail of noise that falls by 60 dB in `decay` seconds."""
    time = np.arange(round(decay * RATE)) / RATE
    tail = rng.normal(size=len(time)) * 10 ** (-3 * time / decay)
    tail[: RATE // 500] = 0
    tail *= np.sqrt(10 ** (-rng.uniform(-3, 10) / 10) / np.sum(tail**2))
    tail[0] = 1
    return tail


def listen(scene, until=None):
    """Feed a scene until somebody talks over it, as a live interview would."""
    leak = Leak(scene.reference, scene.started)
    until = scene.end + 0.8 if until is None else until
    for index, probability in enumerate(VoiceActivity().feed(scene.sound)):
        start = ORIGIN + index * WINDOW / RATE
        if start > until:
            break
        leak.feed(scene.sound[index * WINDOW : (index + 1) * WINDOW], start, float(probability))
        if leak.over is not None:
            return Result(leak, start + WINDOW / RATE)
    return Result(leak, None)


def cough(rng):
    time = np.arange(round(0.3 * RATE)) / RATE
    burst = rng.normal(size=len(time)) * np.exp(-time / 0.08)
    return sosfilt(butter(2, [300, 5000], "band", fs=RATE, output="sos"), burst)
