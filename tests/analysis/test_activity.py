import numpy as np
import pytest
import spoken

from interviewer.analysis.activity import WINDOW, VoiceActivity


@pytest.fixture(scope="module")
def sentence():
    return spoken.talk(1.0, "So I started with the data, and then I built a small model.", 1.0)


def in_blocks(samples, sizes):
    activity = VoiceActivity()
    found, position = [], 0
    while position < len(samples):
        size = sizes[len(found) % len(sizes)]
        found.append(activity.feed(samples[position : position + size]))
        position += size
    return np.concatenate(found)


@pytest.mark.parametrize("sizes", [[512], [1], [160, 7, 0, 4000], [511, 513], [16_000]])
def test_the_size_of_the_blocks_does_not_change_a_bit(sentence, sizes):
    samples = sentence.samples[16_000:24_000]
    at_once = VoiceActivity().feed(samples)
    assert len(at_once) == len(samples) // WINDOW
    np.testing.assert_array_equal(in_blocks(samples, sizes), at_once)


def test_it_is_the_published_detector(sentence):
    from faster_whisper.vad import get_vad_model

    whole = sentence.samples[: len(sentence.samples) // WINDOW * WINDOW]
    theirs = get_vad_model()(whole.copy()).ravel()
    ours = VoiceActivity().feed(whole)
    # The published code blanks the end of its last window.
    np.testing.assert_allclose(ours[:-1], theirs[:-1], atol=1e-5)


def test_speech_is_told_from_silence(sentence):
    ((start, end, _),) = sentence.phrases
    times = (np.arange(len(sentence.samples) // WINDOW) + 0.5) * WINDOW / spoken.RATE
    found = VoiceActivity().feed(sentence.samples)
    assert np.mean(found[(times > start + 0.1) & (times < end - 0.1)] > 0.5) > 0.9
    assert not (found[(times < start - 0.1) | (times > end + 0.3)] > 0.5).any()


@pytest.mark.parametrize("color", ["white", "brown", "hum"])
def test_noise_is_not_speech(color):
    rng = np.random.default_rng(1)
    noise = rng.normal(0, 0.1, 10 * spoken.RATE)
    if color == "brown":
        noise = np.cumsum(noise)
        noise *= 0.3 / np.abs(noise).max()
    if color == "hum":
        noise = 0.2 * np.sin(2 * np.pi * 50 * np.arange(len(noise)) / spoken.RATE) + noise / 50
    assert (VoiceActivity().feed(noise.astype(np.float32)) < 0.5).all()
