import math

import numpy as np
import pytest
from hand_made import TEN_WORDS, Script, assessed, interview, metric, score

from interviewer.assessment.baseline import Baseline, CueReference, baseline_of
from interviewer.assessment.cues import CUES, TYPICAL, windows_of
from interviewer.assessment.material import material_of
from interviewer.assessment.tone import ENGAGED, TENSE, axis, label_of
from interviewer.interview.documents.assessment import ToneLabel


def calm(script, sentences=6):
    script.pitch, script.level, script.balance, script.swing = 120.0, -20.0, -12.0, 2.0
    for _ in range(sentences):
        script.say(TEN_WORDS).wait(0.4)
    return script


def tense(script, sentences=6):
    """Higher, brighter, slower, with fillers and pauses."""
    script.pitch, script.balance = 120.0 * 2 ** (3 / 12), -8.0
    for _ in range(sentences):
        script.say("um").wait(0.9).say(TEN_WORDS, word=0.38).wait(1.2)
    return script


def lively(script, sentences=6):
    """Louder, with a wider range, faster."""
    script.level, script.swing = -14.0, 4.5
    for _ in range(sentences):
        script.say(TEN_WORDS, word=0.2, gap=0.06).wait(0.4)
    return script


def neutral():
    return baseline_of(*calm(Script().ask()).done().build(), "a recording of you at ease")


def test_windows_are_five_to_ten_seconds_of_one_answer():
    material = material_of(*interview(3).build())
    for spoken in material.answers:
        windows = windows_of(spoken)
        assert windows
        for window in windows:
            assert 5 <= window.duration <= 10 + 1e-9
            assert spoken.stretch.start - 1e-9 <= window.start < window.end
            assert window.end <= spoken.stretch.end + 1e-9


def test_cues_are_what_was_said():
    script = Script(pitch=150.0).ask()
    script.say(f"um {TEN_WORDS}").wait(0.9).say(TEN_WORDS).done()
    (window,) = windows_of(material_of(*script.build()).answers[0])
    cues = dict(zip(CUES, window.cues, strict=True))
    assert cues["pitch_level"] == pytest.approx(12 * math.log2(150), abs=0.1)
    assert cues["pitch_range"] == pytest.approx(2 / math.sqrt(2), rel=0.05)
    assert cues["loudness"] == pytest.approx(-20, abs=1)
    assert cues["balance"] == -12
    assert cues["rate"] == pytest.approx(24 / (window.duration - 1.0), rel=0.02)
    assert cues["pauses"] == pytest.approx(1.0 / window.duration, rel=0.02)
    assert cues["fillers"] == 0  # the "um" came before the first content word


@pytest.mark.parametrize(
    ("cue", "tense_sign", "engaged_sign"),
    [
        ("pitch_level", 1, 0),
        ("pitch_range", 0, 1),
        ("loudness", 0, 1),
        ("balance", 1, 1),
        ("rate", -1, 1),
        ("pauses", 1, 0),
        ("fillers", 1, 0),
    ],
)
def test_each_cue_pulls_the_axes_its_way(cue, tense_sign, engaged_sign):
    cues = np.zeros((2, len(CUES)))
    cues[1, CUES.index(cue)] = TYPICAL[CUES.index(cue)]
    for weights, sign in ((TENSE, tense_sign), (ENGAGED, engaged_sign)):
        values, _ = axis(cues, np.zeros(len(CUES)), TYPICAL, weights)
        assert values[0] == 0
        assert np.sign(values[1]) == sign


def test_independent_cues_give_an_axis_the_deviation_one():
    cues = np.random.default_rng(1).normal(size=(20_000, len(CUES))) * TYPICAL
    for weights in (TENSE, ENGAGED):
        values, share = axis(cues, np.zeros(len(CUES)), TYPICAL, weights)
        assert np.std(values) == pytest.approx(1, abs=0.03)
        assert share.min() == pytest.approx(1)


def test_missing_cues_are_left_out_and_lower_the_share():
    cues = np.tile(TYPICAL, (1, 1))
    cues[0, CUES.index("fillers")] = np.nan
    values, share = axis(cues, np.zeros(len(CUES)), TYPICAL, TENSE)
    assert share[0] == pytest.approx(0.7)
    assert np.isfinite(values[0])


@pytest.mark.parametrize(
    ("tense_axis", "engaged_axis", "label"),
    [
        (0, 0, ToneLabel.CALM),
        (2, 0, ToneLabel.NERVOUS),
        (2, -2, ToneLabel.NERVOUS),
        (0, 2, ToneLabel.CONFIDENT),
        (-2, 2, ToneLabel.CONFIDENT),
        (0, -2, ToneLabel.FLAT),
        (2, 2, ToneLabel.MIXED),
        (2.9, 1.6, ToneLabel.MIXED),
        (4, 1.6, ToneLabel.NERVOUS),
        (-3, 0, ToneLabel.CALM),
    ],
)
def test_labels_are_read_off_the_axes(tense_axis, engaged_axis, label):
    assert label_of(tense_axis, engaged_axis, 1.5) is label


def test_without_a_baseline_the_level_of_tone_is_not_observed():
    result = assessed(interview(3))
    for name in ("tone", "tone_tense", "tone_engaged"):
        assert metric(result, name).not_observed == "no baseline to measure the level against"
    assert "session itself" in result.timeline.tone_reference
    assert result.timeline.tone
    assert metric(result, "tone_stability").value is not None


def test_without_a_baseline_a_tense_answer_stands_out_against_the_others():
    script = Script()
    for _ in range(3):
        calm(script.ask()).done()
    tense(script.ask()).done()
    result = assessed(script)
    assert [answer.tone for answer in result.answers][:3] == [ToneLabel.CALM] * 3
    last = result.answers[3]
    assert last.tone is ToneLabel.NERVOUS
    assert metric(last, "tone_tense").value > 1.5
    assert metric(last, "tone").value is None
    inside = [w for w in result.timeline.tone if last.start <= w.start <= last.end]
    assert {window.label for window in inside} == {ToneLabel.NERVOUS}


def test_a_session_nervous_from_end_to_end_looks_average_only_to_itself():
    script = Script()
    for _ in range(3):
        tense(script.ask()).done()
    against_itself = assessed(script)
    assert not [w for w in against_itself.timeline.tone if w.label is ToneLabel.NERVOUS]
    against_baseline = assessed(script, neutral())
    assert metric(against_baseline, "tone").value == "nervous"
    assert metric(against_baseline, "tone_tense").value > 1
    assert against_baseline.timeline.tone_reference == "a recording of you at ease"


def test_against_a_baseline_calm_and_lively_voices_read_as_such():
    for manner, label in ((calm, "calm"), (lively, "confident")):
        script = Script()
        for _ in range(3):
            manner(script.ask(), 9).done()
        assert metric(assessed(script, neutral()), "tone").value == label


def test_a_subdued_voice_reads_as_flat():
    script = Script(swing=0.5)
    script.level = -25.0
    for _ in range(3):
        script.ask()
        for _ in range(6):
            script.say(TEN_WORDS).wait(0.4)
        script.done()
    assert metric(assessed(script, neutral()), "tone").value == "flat"


def test_little_speech_has_no_tone():
    result = assessed(Script().ask().say(TEN_WORDS).say(TEN_WORDS).done(), neutral())
    for name in ("tone", "tone_tense", "tone_engaged", "tone_stability"):
        assert metric(result, name).not_observed == "too little speech"
    assert result.timeline.tone == ()
    assert score(result, "tone_stability").value is None


def test_a_tone_that_changes_is_less_stable_than_one_that_stays():
    steady = assessed(interview(4))
    script = Script()
    for manner in (calm, tense, calm, lively):
        manner(script.ask(), 8).done()
    changing = metric(assessed(script), "tone_stability")
    assert metric(steady, "tone_stability").value == 100
    assert changing.value < 75
    assert any("pitch" in moment.note for moment in changing.evidence)


def test_only_baselines_with_enough_cues_are_used():
    poor = Baseline(source="a scrap", cues={"pauses": CueReference(median=0.1, spread=0.1)})
    result = assessed(interview(3), poor)
    assert result.timeline.tone == ()
    assert metric(result, "tone").value is None


def test_a_baseline_from_another_microphone_leaves_out_what_depends_on_it():
    session, observations = calm(Script().ask()).done().build()
    other = baseline_of(session, observations, "an earlier session", same_microphone=False)
    assert set(CUES) - set(other.cues) == {"loudness", "balance"}
    result = assessed(interview(3), other)
    assert metric(result, "tone").value == "calm"
    full = assessed(interview(3), neutral())
    assert metric(result, "tone").confidence < metric(full, "tone").confidence


def test_silence_gives_no_baseline():
    assert baseline_of(*Script().ask().wait(9).done().build(), "nothing") is None
