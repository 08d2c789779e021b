import pytest
from hand_made import TEN_WORDS, Script, assessed, metric, score

from interviewer.assessment.assess import assess
from interviewer.interview.documents.assessment import Verdict


def answer(seconds=40.0):
    script = Script().ask(seconds=10)
    while script.now < 10 + seconds - 0.01:
        script.say(TEN_WORDS)
    script.now = 10 + seconds
    return script


def test_eye_contact_is_the_share_of_looks_while_answering():
    script = answer().look_away(14, 24).done()
    result = assessed(script)
    contact = metric(result, "eye_contact_share")
    assert contact.value == pytest.approx(75, abs=1)
    assert contact.verdict is Verdict.GOOD
    assert contact.unit == "%"


def test_looking_away_while_the_question_is_asked_does_not_count():
    result = assessed(answer().look_away(0, 10).done())
    assert metric(result, "eye_contact_share").value == 100
    assert metric(result, "look_aways").value == 0


def test_looks_away_of_a_second_are_counted_and_glances_are_not():
    script = answer().look_away(15, 15.6).look_away(20, 22).look_away(30, 31.6).done()
    aways = metric(assessed(script), "look_aways")
    assert aways.value == 2
    assert [moment.start for moment in aways.evidence] == pytest.approx([20, 30], abs=0.2)
    assert [moment.end - moment.start for moment in aways.evidence] == pytest.approx(
        [2.0, 1.6], abs=0.21
    )
    assert "looks away" in aways.evidence[0].note
    assert aways.evidence[0].quote


def test_full_eye_contact_earns_no_more_than_the_usual():
    usual = assessed(answer().look_away(14, 24).done())
    full = assessed(answer().done())
    little = assessed(answer().look_away(12, 42).done())
    assert score(full, "eye_contact").value == score(usual, "eye_contact").value == 100
    assert score(little, "eye_contact").value < 70


def test_smiles_are_shared_and_shown():
    smile = metric(assessed(answer().smile(20, 24).smile(30, 34).done()), "smile_share")
    assert smile.value == pytest.approx(20, abs=1)
    assert (smile.score, smile.band) == (None, None)
    assert [moment.start for moment in smile.evidence] == pytest.approx([20, 30], abs=0.2)


def test_a_hidden_face_lowers_presence_and_confidence_but_not_the_shares():
    script = answer().look_away(14, 24).hide(25, 45).done()
    result = assessed(script)
    assert metric(result, "face_presence").value == pytest.approx(50, abs=1)
    assert metric(result, "face_presence").verdict is Verdict.WATCH
    contact = metric(result, "eye_contact_share")
    assert contact.value == pytest.approx(50, abs=1)
    assert contact.confidence < metric(assessed(answer().done()), "eye_contact_share").confidence


def test_a_face_seen_too_rarely_tells_nothing():
    result = assessed(answer().hide(11, 50).done())
    assert metric(result, "face_presence").value < 5
    for name in ("smile_share", "eye_contact_share", "look_aways"):
        assert metric(result, name).not_observed == "face visible in too few looks"
    assert score(result, "eye_contact").value is None


def test_without_video_the_reason_is_given():
    script = answer().done()
    script.video = False
    result = assessed(script)
    for name in ("face_presence", "smile_share", "eye_contact_share", "look_aways"):
        assert metric(result, name).not_observed == "the recording has no picture"
    assert score(result, "eye_contact").not_observed == "the recording has no picture"
    assert score(result, "overall").value is not None
    assert score(result, "overall").confidence < 0.81
    assert result.timeline.smile == ()


def test_a_blink_does_not_cut_a_look_away_in_two():
    session, observations = answer().look_away(20, 24).done().build()
    face = observations.face[0]
    frames = tuple(
        frame.model_copy(update={"eyes_closed": 0.95}) if 21.9 < frame.time < 22.2 else frame
        for frame in face.frames
    )
    blinking = observations.model_copy(
        update={"face": (face.model_copy(update={"frames": frames}),)}
    )
    assert metric(assess(session, blinking), "look_aways").value == 1


def test_curves_of_the_face_follow_what_was_seen():
    result = assessed(answer().smile(30, 36).look_away(20, 26).hide(40, 46).done())
    smile = {round(s.time, 1): s.value for s in result.timeline.smile}
    contact = {round(s.time, 1): s.value for s in result.timeline.eye_contact}
    assert (smile[33.5], smile[15.5], smile[43.5]) == (1, 0, None)
    assert (contact[23.5], contact[15.5], contact[43.5]) == (0, 1, None)
    assert 0 < contact[20.5] < 1


def test_a_single_look_is_too_few():
    session, observations = answer().done().build()
    face = observations.face[0]
    one = observations.model_copy(
        update={"face": (face.model_copy(update={"frames": face.frames[100:101]}),)}
    )
    result = assess(session, one)
    assert metric(result, "face_presence").not_observed == "too few looks at the picture"
    assert metric(result, "eye_contact_share").value is None
