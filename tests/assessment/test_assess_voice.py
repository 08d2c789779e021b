import numpy as np
import pytest
from hand_made import TEN_WORDS, Script, assessed, interview, metric

from interviewer.assessment.assess import assess
from interviewer.assessment.series import median, medians
from interviewer.interview.documents.assessment import Verdict
from interviewer.interview.documents.observations import Modality


def spoken(pitch=120.0, swing=2.0, sentences=8):
    script = Script(pitch=pitch, swing=swing).ask()
    for _ in range(sentences):
        script.say(TEN_WORDS)
    return script.done()


def test_pitch_level_is_the_median_and_has_no_score():
    level = metric(assessed(spoken(pitch=180)), "pitch_level")
    assert level.value == pytest.approx(180, rel=0.01)
    assert (level.score, level.band, level.verdict) == (None, None, Verdict.NONE)


@pytest.mark.parametrize("swing", [1.0, 2.5, 5.0])
def test_pitch_variation_is_the_standard_deviation_in_semitones(swing):
    variation = metric(assessed(spoken(swing=swing)), "pitch_variation")
    assert variation.value == pytest.approx(swing / np.sqrt(2), rel=0.02)


def test_pitch_variation_does_not_depend_on_the_height_of_the_voice():
    low, high = (metric(assessed(spoken(pitch=p)), "pitch_variation").value for p in (90, 240))
    assert low == pytest.approx(high, rel=0.02)


def test_errors_by_an_octave_are_left_out():
    session, observations = spoken(swing=2.0).build()
    voice = observations.voice[0]
    f0 = [f * 4 if f and index % 40 == 0 else f for index, f in enumerate(voice.f0)]
    wrong = observations.model_copy(update={"voice": (voice.model_copy(update={"f0": tuple(f0)}),)})
    clean, dirty = (
        metric(assess(session, seen), "pitch_variation").value for seen in (observations, wrong)
    )
    assert dirty == pytest.approx(clean, rel=0.02)


def test_a_flat_voice_asks_for_action_and_shows_where():
    script = Script(swing=0.5).ask()
    for _ in range(8):
        script.say(TEN_WORDS)
    variation = metric(assessed(script.done()), "pitch_variation")
    assert variation.verdict is Verdict.ACT
    assert "flattest ten seconds" in variation.evidence[0].note


def test_loudness_variation_is_the_standard_deviation_of_voiced_levels():
    result = assessed(spoken())
    assert metric(result, "loudness_variation").value == pytest.approx(4 / np.sqrt(2), rel=0.02)


def test_a_voice_with_too_few_voiced_frames_is_not_observed():
    script = Script().ask().say("yes yes").done()
    result = assessed(script)
    for name in ("pitch_level", "pitch_variation", "loudness_variation"):
        assert metric(result, name).not_observed == "too little speech"


def test_a_whispered_answer_has_words_but_no_pitch():
    session, observations = interview().build()
    voice = observations.voice[0]
    silent = voice.model_copy(update={"f0": (None,) * len(voice.f0)})
    result = assess(session, observations.model_copy(update={"voice": (silent,)}))
    assert metric(result, "pitch_level").value is None
    assert metric(result, "words_per_minute").value > 0
    assert metric(result, "tone_stability").value is None


def test_sound_outside_the_answers_is_not_the_candidates():
    plain = interview(2)
    noisy = interview(2)
    for event in noisy.events:
        if event.kind == "question_asked":
            noisy.voiced.append((event.time, event.time + 1.9, 400.0, 1.0, -5.0, -2.0))
    for name in ("pitch_level", "pitch_variation", "loudness_variation"):
        assert metric(assessed(plain), name) == metric(assessed(noisy), name)


def test_without_transcript_the_voice_itself_tells_the_pauses():
    script = Script().ask().wait(1.0)
    for pause in (0.5, 2.0, 0.5):
        script.say(TEN_WORDS).wait(pause - 0.1)
    session, observations = script.say(TEN_WORDS).done().build()
    deaf = observations.model_copy(
        update={"speech": (), "absent": {Modality.SPEECH: "no recogniser is here"}}
    )
    result = assess(session, deaf)
    assert metric(result, "pauses").value == 1
    assert metric(result, "longest_pause").value == pytest.approx(2.0, abs=0.05)
    assert metric(result, "response_latency").value == pytest.approx(1.0, abs=0.05)
    assert metric(result, "words").not_observed == "no recogniser is here"
    assert metric(result, "words_per_minute").not_observed == "no recogniser is here"
    assert metric(result, "pitch_level").value == pytest.approx(120, rel=0.02)


def test_medians_of_parts_are_those_of_each_part():
    values = np.array([5.0, 1.0, 3.0, 2.0, 8.0, 4.0, 7.0])
    found = medians(values, np.array([0, 3, 3, 7]))
    assert found[0] == median(values[:3]) == 3
    assert np.isnan(found[1])
    assert found[2] == median(values[3:]) == np.median(values[3:]) == 5.5
