import numpy as np
import pytest
import spoken

from interviewer.analysis.activity import WINDOW, VoiceActivity
from interviewer.analysis.spans import FRAMES_PER_WINDOW, frame_levels, speech_spans

STEP = WINDOW / 16_000


def spans_in(talk):
    samples = talk.samples[: len(talk.samples) // WINDOW * WINDOW]
    probabilities = VoiceActivity().feed(samples)
    return speech_spans(probabilities, frame_levels(samples), 0.0, 0.0, len(samples) / 16_000)


def spans_of(probabilities, levels=None, origin=0.0, start=0.0, end=100.0):
    probabilities = np.array(probabilities, dtype=np.float32)
    if levels is None:
        levels = np.where(np.repeat(probabilities, FRAMES_PER_WINDOW) > 0.4, -20.0, -80.0)
    return speech_spans(probabilities, np.array(levels, dtype=np.float32), origin, start, end)


def windows(*runs):
    return [value for value, count in runs for _ in range(count)]


@pytest.mark.parametrize("noise", [1e-5, 1e-3])
@pytest.mark.parametrize("voice", [spoken.say, spoken.say_with_espeak])
@pytest.mark.parametrize(
    "text",
    [
        "So I started with the data.",
        "Thanks for the question.",
        "She asked me to lead the team.",
        "Um, I think it was last year.",
        "Five years ago I moved here.",
        "Honestly it was hard.",
    ],
)
def test_speech_begins_and_ends_where_its_sound_does(text, voice, noise):
    talk = spoken.talk(1.237, text, 1.5, noise=noise, voice=voice)
    ((start, end, _),) = talk.phrases
    found = spans_in(talk)
    assert found[0].start == pytest.approx(start, abs=0.02)
    assert found[-1].end == pytest.approx(end, abs=0.02)


@pytest.mark.parametrize("pause", [0.15, 0.3, 0.6, 1.0])
def test_a_pause_has_its_length(pause):
    talk = spoken.talk(0.8, "We shipped the model.", pause, "Then I wrote the report.", 0.8)
    middle = talk.phrases[0][1] + pause / 2
    found = spans_in(talk)
    before = max(span.end for span in found if span.end <= middle)
    after = min(span.start for span in found if span.start >= middle)
    assert after - before == pytest.approx(pause, abs=0.05)


@pytest.mark.parametrize("text", ["I led a team of five engineers.", "Thanks for the question."])
@pytest.mark.parametrize("voice", [spoken.say, spoken.say_with_espeak])
def test_onsets_in_a_noisy_room_are_within_100_ms(text, voice):
    talk = spoken.talk(1.1, text, 1.0, noise=10 ** (-45 / 20), voice=voice)
    assert spans_in(talk)[0].start == pytest.approx(talk.phrases[0][0], abs=0.1)


def test_a_blip_is_not_speech_and_a_short_word_is():
    assert spans_of(windows((0, 20), (0.9, 2), (0, 20))) == ()
    (word,) = spans_of(windows((0, 20), (0.9, 4), (0, 20)))
    assert (word.start, word.end) == (pytest.approx(20 * STEP), pytest.approx(24 * STEP))


def test_doubtful_windows_go_on_with_what_was():
    (span,) = spans_of(windows((0.4, 10), (0.9, 10), (0.4, 10), (0, 10)))
    assert (span.start, span.end) == (pytest.approx(10 * STEP), pytest.approx(30 * STEP))


def test_a_gap_below_a_tenth_of_a_second_is_no_pause():
    assert len(spans_of(windows((0.9, 10), (0, 2), (0.9, 10)))) == 1
    assert len(spans_of(windows((0.9, 10), (0, 4), (0.9, 10)))) == 2


def test_spans_stay_inside_the_segment():
    (span,) = spans_of(windows((0.9, 30)), origin=9.984, start=10.0, end=10.5)
    assert (span.start, span.end) == (10.0, 10.5)


def test_music_as_loud_as_the_voice_does_not_eat_the_voice():
    (span,) = spans_of(windows((0, 30), (0.9, 30), (0, 30)), levels=[-20.0] * 90 * 4)
    assert span.duration >= 30 * STEP


def test_levels_are_those_of_the_sound():
    tone = np.sin(2 * np.pi * 1000 * np.arange(WINDOW) / 16_000).astype(np.float32)
    quiet = np.zeros(WINDOW, dtype=np.float32)
    assert frame_levels(np.concatenate((tone, quiet))) == pytest.approx(
        [-3.01] * 4 + [-100] * 4, abs=0.01
    )
