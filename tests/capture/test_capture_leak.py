import subprocess
import sys

import leaking
import numpy as np
import pytest

from interviewer.analysis.activity import VoiceActivity
from interviewer.capture.leak import Leak
from interviewer.interview.listening import Listener, Onset

QUESTION = "A new model is two percent better than the old one. What do you check first?"
ANSWER = "Well, first of all I would look at the base rate, because most of the cases are fine."
LEVELS = [0, -6, -12, -20, -30, -40]


@pytest.fixture(scope="module")
def question():
    return leaking.piper_says(QUESTION)


@pytest.fixture(scope="module")
def answer():
    return leaking.espeak_says(ANSWER)


@pytest.fixture(scope="module")
def readers(data_dir):
    import av

    voices = []
    for path in sorted((data_dir / "librispeech_audio").glob("*.flac"))[3:40:6]:
        with av.open(str(path)) as file:
            frames = [frame.to_ndarray().ravel() for frame in file.decode(audio=0)]
        samples = np.concatenate(frames)[: 6 * leaking.RATE]
        samples = samples.astype(np.float32) / np.abs(samples.astype(np.float32)).max()
        voices.append(from_first_voice(samples))
    return voices


def from_first_voice(samples):
    """Read speech often begins with a breath, which is no voice yet."""
    voiced = VoiceActivity().feed(samples) >= 0.5
    first = next(index for index in range(len(voiced)) if voiced[index : index + 10].all())
    return samples[first * leaking.WINDOW :]


def assert_over(result, onset):
    assert result.leak.over == pytest.approx(onset, abs=0.2)
    assert result.decided - onset < 1.3


@pytest.mark.parametrize(("seed", "level"), list(enumerate(LEVELS)))
def test_the_interviewers_own_voice_is_not_the_candidate(question, seed, level):
    scene = leaking.scene(question, level=level, seed=seed)
    result = leaking.listen(scene)
    assert result.leak.over is None
    assert result.leak.delay == pytest.approx(scene.delay, abs=0.005)


def test_nor_is_it_through_a_loudspeaker_that_distorts(question):
    scene = leaking.scene(question, level=0, seed=20, distorted=True)
    assert leaking.listen(scene).leak.over is None


@pytest.mark.parametrize(("seed", "level"), list(enumerate([*LEVELS, None])))
def test_a_candidate_who_talks_over_the_question_is_heard(question, answer, seed, level):
    scene, onset = leaking.scene(question, level=level, seed=seed).with_voice(answer, 1.8)
    assert_over(leaking.listen(scene), onset)


@pytest.mark.data
def test_real_speakers_as_loud_as_the_question_are_heard(question, readers):
    late = []
    for index, reader in enumerate(readers):
        scene = leaking.scene(question, level=0, seed=40 + index)
        scene, onset = scene.with_voice(reader, 1.0 + 0.2 * index)
        over = leaking.listen(scene).leak.over
        late.append(np.inf if over is None else abs(over - onset))
    # Who says a word or two and stops may be missed under an equally loud question.
    assert np.mean(np.array(late) < 0.3) >= 0.7


@pytest.mark.parametrize(("seed", "level"), list(enumerate([-10, -30, None])))
def test_a_backchannel_is_not_talking_over(question, seed, level):
    murmur = leaking.espeak_says(["mhm", "okay", "uh huh"][seed])
    scene, _ = leaking.scene(question, level=level, seed=60 + seed).with_voice(murmur, 1.5)
    assert leaking.listen(scene).leak.over is None


def test_a_cough_is_not_talking_over(question):
    noise = leaking.cough(np.random.default_rng(5))
    scene, _ = leaking.scene(question, level=-10, seed=70).with_voice(noise, 1.5, level=4)
    assert leaking.listen(scene).leak.over is None


def test_a_voice_after_the_question_is_not_over_it(question, answer):
    scene = leaking.scene(question, level=None, seed=80, delay=0.0)
    late, onset = scene.with_voice(answer, len(question) / leaking.RATE + 0.2)
    assert leaking.listen(late, until=onset + 2).leak.over is None


def test_with_headphones_nothing_is_known_of_the_delay(question):
    scene = leaking.scene(question, level=None, seed=81)
    leak = leaking.listen(scene).leak
    assert leak.delay is None
    assert leak.end(0.1) == pytest.approx(scene.started + len(question) / leaking.RATE + 0.1)


@pytest.mark.parametrize("level", [0, -30])
def test_the_end_of_the_question_is_where_it_has_died_away(question, level):
    scene = leaking.scene(question, level=level, seed=82, delay=0.3)
    end = leaking.listen(scene).leak.end(0.0)
    assert scene.end <= end <= scene.end + 0.25


def test_the_time_in_the_room_comes_on_top_of_the_delay(question):
    loud, faint = (
        leaking.listen(leaking.scene(question, level=level, seed=83)).leak.end(0.0)
        for level in (0, -35)
    )
    assert loud > faint


def heard_after(scene):
    """What a listener hears who is told where the question has died away."""
    leak, listener, awaited, found = Leak(scene.reference, scene.started), Listener(), False, []
    for index, probability in enumerate(VoiceActivity().feed(scene.sound)):
        start = leaking.ORIGIN + index * leaking.WINDOW / leaking.RATE
        if not awaited:
            window = scene.sound[index * leaking.WINDOW : (index + 1) * leaking.WINDOW]
            leak.feed(window, start, float(probability))
            if start >= leak.end(0.1):
                listener.begin(leak.end(0.1), 20, 60)
                awaited = True
        heard = listener.hear(start, start + leaking.WINDOW / leaking.RATE, float(probability))
        found += [] if heard is None else [heard]
    return found


@pytest.mark.parametrize("level", [6, -6, -30])
def test_the_questions_last_word_does_not_begin_the_answer(question, level):
    assert heard_after(leaking.scene(question, level=level, seed=90, decay=0.6)) == []


@pytest.mark.parametrize("gap", [0.2, 0.6])
def test_an_answer_soon_after_a_loud_question_begins_where_it_does(question, answer, gap):
    scene = leaking.scene(question, level=6, seed=91, decay=0.6)
    scene, onset = scene.with_voice(answer, len(question) / leaking.RATE + gap)
    (heard,) = heard_after(scene)
    assert isinstance(heard, Onset)
    assert heard.time == pytest.approx(onset, abs=0.1)


def test_nothing_is_decided_on_silence_or_without_a_reference():
    silence = np.zeros(leaking.WINDOW, dtype=np.float32)
    for reference in (np.zeros(0, np.float32), np.zeros(leaking.RATE, np.float32)):
        leak = Leak(reference, 10.0)
        for index in range(120):
            leak.feed(silence, 10.0 + index * 0.032, 0.0)
        assert leak.over is None
        assert leak.delay is None
        assert leak.end(0.2) == pytest.approx(10.2 + len(reference) / leaking.RATE)


def test_the_module_loads_without_scipy_and_analysis():
    code = (
        "import sys, interviewer.capture.leak;"
        "print([name for name in ('scipy', 'interviewer.analysis') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
