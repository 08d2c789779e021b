import json
import re
import time

import pytest
from hand_made import TEN_WORDS, Script, cut, interview, metric, moved, score
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviewer.assessment.assess import assess
from interviewer.interview.documents.base import Span
from interviewer.interview.documents.observations import (
    FaceFrame,
    FaceObservation,
    Modality,
    Observations,
    SpeechObservation,
    VoiceObservation,
    Word,
)
from interviewer.interview.timeline import answers_of

FACE_METRICS = {"face_presence", "smile_share", "eye_contact_share", "look_aways"}

sentences = st.lists(
    st.sampled_from(
        [TEN_WORDS, "um", "you know,", "the the plan", "uh well it is kind of late", "so."]
    ),
    min_size=1,
    max_size=8,
)


@st.composite
def scripts(draw):
    script = Script(
        language=draw(st.sampled_from(["en", "en", "de"])),
        pitch=draw(st.floats(80, 300)),
        swing=draw(st.floats(0, 6)),
        video=draw(st.booleans()),
    )
    for _ in range(draw(st.integers(0, 3))):
        script.ask(target=draw(st.sampled_from([None, (5, 20), (60, 120)])))
        for sentence in draw(sentences):
            script.wait(draw(st.floats(0, 3)))
            script.level = draw(st.floats(-40, -10))
            script.say(sentence, word=draw(st.floats(0.1, 0.8)))
        script.done()
    if not script.events:
        for sentence in draw(sentences):
            script.say(sentence).wait(draw(st.floats(0, 2)))
    if draw(st.booleans()):
        script.look_away(1, draw(st.floats(1, 20))).hide(3, draw(st.floats(3, 10)))
    return script


def few(examples):
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )


def measured(result):
    """Everything that must not depend on when the recording began."""
    parts = [result, *result.answers]
    return (
        [
            (m.name, m.value, m.verdict, m.score, m.confidence, m.not_observed)
            for part in parts
            for m in part.metrics
        ],
        [(s.name, s.value, s.confidence, s.not_observed) for s in result.scores],
        [(f.metric, f.title, f.moments == ()) for f in result.findings],
        [(w.tense, w.engaged, w.label) for w in result.timeline.tone],
        [sample.value for sample in result.timeline.pace],
        re.sub(r"[\d.]+", "#", result.verdict),
    )


def assert_alike(one, other):
    for left, right in zip(one, other, strict=True):
        if not isinstance(left, list):
            assert left == right
            continue
        assert len(left) == len(right)
        unlike = [pair for pair in zip(left, right, strict=True) if not alike(*pair)]
        assert unlike == []


def alike(first, second):
    if isinstance(first, float):
        return first == pytest.approx(second, abs=0.11)
    if not isinstance(first, tuple):
        return first == second
    return all(
        a == pytest.approx(b, abs=0.02, rel=1e-3) if isinstance(a, float) else a == b
        for a, b in zip(first, second, strict=True)
    )


@few(60)
@given(scripts())
def test_whatever_was_said_scores_are_numbers_between_0_and_100_or_not_there(script):
    session, observations = script.build()
    result = assess(session, observations)
    json.loads(result.model_dump_json())
    for part in (result, *result.answers):
        for item in part.metrics:
            assert (item.value is None) == (item.not_observed is not None), item
            assert item.score is None or 0 <= item.score <= 100
            if item.value is None:
                assert item.score is None
                assert item.confidence == 0
                assert item.evidence == ()
            for moment in item.evidence:
                assert moment.start <= moment.end <= session.recording.duration + 1
    for item in result.scores:
        assert (item.value is None) == (item.not_observed is not None)
    for found in result.findings:
        assert metric(result, found.metric).value is not None


@few(25)
@given(scripts())
def test_the_same_observations_give_the_same_assessment(script):
    session, observations = script.build()
    assert assess(session, observations) == assess(session, observations)


@few(25)
@given(scripts(), st.data())
def test_one_more_filler_never_raises_clarity_or_confidence(script, data):
    session, observations = script.build()
    before = assess(session, observations)
    speech = observations.speech[0]
    if not speech.words:
        return
    after = speech.words[data.draw(st.integers(0, len(speech.words) - 1))]
    filler = Word(text="um", start=after.end, end=after.end + 0.05, probability=0.9)
    more = observations.model_copy(
        update={"speech": (speech.model_copy(update={"words": (*speech.words, filler)}),)}
    )
    result = assess(session, more)
    for name in ("clarity", "confidence"):
        old, new = score(before, name).value, score(result, name).value
        if old is not None and new is not None:
            assert new <= old + 0.01


@pytest.mark.parametrize("each", range(1, 4))
def test_fillers_that_take_time_never_raise_clarity_or_confidence(each):
    def with_fillers(count, word):
        script = Script().ask(target=(10, 200)).wait(0.8)
        for _ in range(6):
            script.say(TEN_WORDS, word=word, gap=0.04)
            for _ in range(count):
                script.say("um")
            script.wait(0.3)
        return assess(*script.done().build())

    for word in (0.22, 0.3, 0.5):
        fewer, more = with_fillers(each - 1, word), with_fillers(each, word)
        for name in ("clarity", "confidence"):
            assert score(more, name).value < score(fewer, name).value


@few(25)
@given(scripts())
def test_without_video_nothing_about_voice_and_words_changes(script):
    script.video = True
    session, seen = script.build()
    script.video = False
    blind_session, unseen = script.build()
    with_video, without = assess(session, seen), assess(blind_session, unseen)
    for name in [m.name for m in with_video.metrics]:
        if name not in FACE_METRICS:
            assert metric(with_video, name) == metric(without, name)
    for name in ("confidence", "clarity", "pace", "tone_stability"):
        assert score(with_video, name) == score(without, name)
    assert score(without, "eye_contact").value is None
    assert with_video.timeline.tone == without.timeline.tone


@few(25)
@given(scripts(), st.floats(0.1, 5000))
def test_everything_later_changes_nothing(script, later):
    if not script.events:
        script = interview(1)
    session, observations = script.build()
    late = moved(session, observations, round(later, 1))
    assert_alike(measured(assess(session, observations)), measured(assess(*late)))


@few(25)
@given(scripts(), st.lists(st.floats(0.5, 60), max_size=6))
def test_where_segments_are_cut_changes_nothing(script, times):
    session, observations = script.build()
    pieces = cut(observations, [round(time, 2) for time in times])
    assert_alike(measured(assess(session, observations)), measured(assess(session, pieces)))


@few(60)
@given(
    scripts(),
    st.sets(st.sampled_from(["speech", "voice", "face", "spans", "words", "events"])),
)
def test_missing_parts_never_crash_and_never_get_a_default(script, gone):
    session, observations = script.build()
    if "events" in gone:
        session = session.model_copy(update={"events": (), "questions": ()})
    speech = observations.speech[0]
    if "spans" in gone:
        speech = speech.model_copy(update={"speech": ()})
    if "words" in gone:
        speech = speech.model_copy(update={"words": (), "language": None})
    update = {"speech": (speech,)} | {
        name: () for name in ("speech", "voice", "face") if name in gone
    }
    result = assess(session, observations.model_copy(update=update))
    if gone & {"speech", "words"}:
        assert metric(result, "words_per_minute").value is None
        assert score(result, "pace").value is None
        assert score(result, "clarity").value is None
    if "voice" in gone:
        assert metric(result, "pitch_level").not_observed == "the voice was not observed"
        assert result.timeline.tone == ()
    if "face" in gone:
        assert score(result, "eye_contact").value is None
    for item in result.scores:
        assert all(part.score == pytest.approx(part.score) for part in item.parts)


odd_words = st.builds(
    lambda text, start, length: Word(
        text=text, start=start, end=max(0.0, start + length), probability=0.5
    ),
    st.text(max_size=6)
    | st.sampled_from(["um", "like,", "you", "know", "...", "", " ", "I", "mean"]),
    st.floats(0, 100),
    st.floats(-2, 5),
)


@few(80)
@given(
    st.lists(odd_words, max_size=30),
    st.lists(st.tuples(st.floats(0, 100), st.floats(0, 10)), max_size=6),
    st.lists(st.none() | st.floats(0, 2000), max_size=200),
    st.lists(
        st.builds(
            FaceFrame,
            time=st.floats(0, 100),
            faces=st.integers(0, 3),
            yaw=st.none() | st.floats(-180, 180),
            pitch=st.none() | st.floats(-180, 180),
            gaze_x=st.none() | st.floats(-1, 1),
            gaze_y=st.none() | st.floats(-1, 1),
            eyes_closed=st.none() | st.floats(0, 1),
            smile=st.none() | st.floats(0, 1),
        ),
        max_size=40,
    ),
)
def test_odd_input_never_crashes(words, spans, f0, frames):
    session, _ = interview(2).build()
    count = len(f0)
    observations = Observations(
        duration=session.recording.duration,
        speech=(
            SpeechObservation(
                start=0,
                end=100,
                language="en",
                speech=tuple(Span(start=start, end=start + length) for start, length in spans),
                words=tuple(words),
            ),
        ),
        voice=(
            VoiceObservation(
                start=0,
                end=100,
                hop=0.5,
                f0=tuple(f0),
                voicing=(0.5,) * count,
                level=tuple(-20.0 - index % 7 for index in range(count)),
                balance=(-10.0,) * max(0, count - 1),
            ),
        ),
        face=(FaceObservation(start=0, end=100, rate=5, frames=tuple(frames)),),
    )
    result = assess(session, observations)
    json.loads(result.model_dump_json())
    for item in result.scores:
        assert item.value is None or 0 <= item.value <= 100


def test_answers_without_length_are_survived():
    session, observations = interview(1).build()
    events = tuple(event.model_copy(update={"time": 5.0}) for event in session.events)
    session = session.model_copy(update={"events": events})
    assert all(answer.duration == 0 for answer in answers_of(session))
    result = assess(session, observations)
    assert metric(result, "words").value == 0
    assert all(item.value is None for item in result.scores)


def test_nothing_at_all_is_survived():
    session, _ = interview(1).build()
    result = assess(session, Observations(duration=0.0))
    assert metric(result, "words").not_observed == "the words were not observed"
    assert metric(result, "eye_contact_share").not_observed == "the picture was not observed"
    absent = Observations(duration=0.0, absent={Modality.FACE: "no model"})
    assert metric(assess(session, absent), "smile_share").not_observed == "no model"


def test_two_hours_are_assessed_in_seconds():
    script = interview(1)
    for _ in range(40):
        script.ask(target=(60, 180))
        for _ in range(40):
            script.say(TEN_WORDS).wait(0.5)
        script.done()
    session, observations = script.build()
    assert session.recording.duration > 7000
    began = time.process_time()
    result = assess(session, observations)
    assert time.process_time() - began < 2.0
    assert metric(result, "words").value == 40 * 40 * 10 + 60
    assert len(result.timeline.pace) > 6000
