from pathlib import Path

import numpy as np
import pytest
from hand_made import TEN_WORDS, Script, interview, metric

from interviewer.assessment.assess import assess
from interviewer.assessment.baseline import Baseline, CueReference
from interviewer.assessment.calibration import (
    SOURCE,
    Unclear,
    baseline_from,
    camera_direction_of,
    centre_from,
    neutral_voice_of,
)
from interviewer.interview.documents.assessment import ToneLabel
from interviewer.interview.documents.base import Span
from interviewer.interview.documents.observations import (
    FaceFrame,
    FaceObservation,
    Observations,
    SpeechObservation,
    VoiceObservation,
)
from interviewer.interview.documents.session import Calibration, CameraDirection, NeutralVoice

# As `Script` speaks when nothing is set: a sine of 2 semitones around 120 Hz at -20 dB.
CALM = NeutralVoice(pitch=120.0, pitch_range=1.41, loudness=-20.0, balance=-12.0, seconds=4.0)
BESIDE = CameraDirection(across=16.0, up=0.0, looks=14)


def calibrated(script, voice=None, camera=None, baseline=None):
    session, observations = script.build()
    calibration = Calibration(voice=voice, camera=camera)
    return assess(
        session.model_copy(update={"calibration": calibration}), observations, baseline=baseline
    )


def answers(say, *, language="en", count=3):
    script = Script(language=language)
    for _ in range(count):
        script.ask()
        for _ in range(6):
            say(script)
        script.done()
    return script


def calm(script):
    script.say(TEN_WORDS).wait(0.8)


def tense(script):
    script.pitch, script.balance = 120.0 * 2 ** (3 / 12), -8.0
    script.say("um").wait(0.9).say(TEN_WORDS, word=0.38).wait(1.2)


def lively(script):
    script.level, script.swing = -14.0, 4.5
    script.say(TEN_WORDS, word=0.2, gap=0.06).wait(0.4)


def look(across=0.0, up=0.0, *, closed=0.1):
    return FaceFrame(
        time=0.0, faces=1, yaw=across, pitch=up, gaze_x=0.0, gaze_y=0.0, eyes_closed=closed
    )


@pytest.mark.parametrize(
    ("say", "label"),
    [(calm, ToneLabel.CALM), (tense, ToneLabel.NERVOUS), (lively, ToneLabel.CONFIDENT)],
)
def test_the_same_tone_from_end_to_end_has_a_level(say, label):
    result = calibrated(answers(say), voice=CALM)
    assert metric(result, "tone").value == label
    assert result.timeline.tone_reference == SOURCE
    assert not any("recording of you at ease" in sentence for sentence in result.limits)


def test_without_the_sentence_there_is_no_level():
    result = calibrated(answers(tense), camera=BESIDE)
    assert metric(result, "tone").not_observed == "no baseline to measure the level against"


def test_another_language_has_a_level_though_its_fillers_are_not_known():
    assert metric(calibrated(answers(tense, language="de"), voice=CALM), "tone_tense").value > 1
    assert metric(calibrated(answers(calm, language="de"), voice=CALM), "tone").value == "calm"


def test_each_part_changes_only_what_it_is_for():
    script = interview(3)
    plain = assess(*script.build())
    voice, camera = calibrated(script, voice=CALM), calibrated(script, camera=BESIDE)
    seen = {"eye_contact_share", "look_aways"}
    for one in plain.metrics:
        if one.name not in seen:
            assert metric(camera, one.name) == one
        if not one.name.startswith("tone"):
            assert metric(voice, one.name) == one
    assert metric(camera, "eye_contact_share") != metric(plain, "eye_contact_share")


def test_an_empty_calibration_changes_nothing():
    script = interview(2)
    assert calibrated(script) == assess(*script.build())
    assert baseline_from(Calibration()) is None
    assert centre_from(Calibration()) is None


def test_a_baseline_that_is_handed_in_goes_first():
    cues = {
        name: CueReference(median=middle, spread=1.0)
        for name, middle in (("pitch_level", 82.0), ("pauses", 0.1), ("loudness", -20.0))
    }
    given = Baseline(source="earlier sessions", cues={**cues, "pitch_range": cues["pauses"]})
    result = calibrated(answers(calm), voice=CALM, baseline=given)
    assert result.timeline.tone_reference == "earlier sessions"


def test_eyes_that_rest_where_the_camera_was_found_are_eye_contact():
    script = interview(2)
    script.look_away(0.0, script.now, yaw=16.0)
    assert metric(assess(*script.build()), "eye_contact_share").value == 0
    result = calibrated(script, camera=BESIDE)
    assert metric(result, "eye_contact_share").value == 100
    assert any("before the interview" in sentence for sentence in result.limits)
    assert not any("without calibration" in sentence for sentence in result.limits)


def test_a_look_straight_ahead_is_none_where_the_camera_is_elsewhere():
    assert metric(calibrated(interview(2), camera=BESIDE), "eye_contact_share").value == 0


def test_the_camera_is_where_most_looks_go():
    found = camera_direction_of([look(5.0, -3.0)] * 10 + [look(5.0, -3.0, closed=0.8)] * 2)
    assert found == CameraDirection(across=5.0, up=-3.0, looks=10)


@pytest.mark.parametrize(
    ("frames", "why"),
    [
        ([], Unclear.NO_FACE),
        ([FaceFrame(time=0.0, faces=0)] * 9 + [look()] * 8, Unclear.NO_FACE),
        ([look()] * 7, Unclear.TOO_FEW),
        ([look(closed=0.9)] * 14, Unclear.TOO_FEW),
        ([look(-9.0), look(9.0)] * 7, Unclear.UNSTEADY),
        ([look(0.0, -12.0), look(0.0, 12.0)] * 7, Unclear.UNSTEADY),
        ([look(26.0)] * 14, Unclear.FAR),
        ([look(0.0, -30.0)] * 14, Unclear.FAR),
    ],
)
def test_looks_that_tell_nothing_say_why(frames, why):
    assert camera_direction_of(frames) is why


def test_a_neutral_voice_is_what_sounds_while_somebody_speaks():
    count = 300  # of 20 ms: voiced from 1 to 4 s, a louder hum from 5 s on in which nobody speaks
    voiced = [50 <= i < 200 or i >= 250 for i in range(count)]
    found = neutral_voice_of(
        VoiceObservation(
            start=0,
            end=6,
            hop=0.02,
            f0=tuple((200.0 if i < 200 else 90.0) if v else None for i, v in enumerate(voiced)),
            voicing=tuple(float(v) for v in voiced),
            level=tuple(-24.0 if i < 200 else -5.0 for i in range(count)),
            balance=(-11.0,) * count,
        ),
        [Span(start=0.9, end=4.1)],
    )
    assert found == NeutralVoice(
        pitch=200.0, pitch_range=0.0, loudness=-24.0, balance=-11.0, seconds=3.0
    )


def test_a_whisper_is_no_neutral_voice():
    silent = VoiceObservation(
        start=0, end=2, hop=0.02, f0=(None,) * 100, voicing=(0.0,) * 100, level=(-30.0,) * 100,
        balance=(0.0,) * 100,
    )  # fmt: skip
    assert neutral_voice_of(silent, [Span(start=0, end=2)]) is None


def drawn(observer, renderer, states):
    frames = []
    for index, state in enumerate(states):
        rgb = np.ascontiguousarray(renderer.draw(state)[:, :, ::-1])
        frames.append(observer.observe(index * 0.2, rgb))
    return frames


def test_a_drawn_candidate_whose_camera_sits_aside_is_measured_right():
    from interviewer.analysis.face import FaceObserver
    from interviewer.simulate.drawing.looks import LOOKS
    from interviewer.simulate.drawing.renderer import Renderer
    from interviewer.simulate.state import FaceState
    from interviewer.weights import Weights

    def gaze(across, index):
        return FaceState(gaze_x=across + 0.03 * (index % 3 - 1), shift_x=0.3 * (index % 2))

    renderer = Renderer(LOOKS["mei"], 640, 360, 1.0)
    script = interview(1)
    session, observations = script.build()
    (seen,) = observations.face
    away = [index % 3 == 2 for index in range(len(seen.frames))]
    shares = {}
    with FaceObserver(Weights().file("face-landmarker")) as observer:
        for camera, elsewhere in ((0.0, 0.9), (0.7, -0.2)):
            looks = drawn(observer, renderer, [gaze(camera, i) for i in range(14)])
            direction = camera_direction_of(looks)
            states = [gaze(elsewhere if a else camera, i) for i, a in enumerate(away)]
            found = tuple(
                frame.model_copy(update={"time": before.time})
                for frame, before in zip(
                    drawn(observer, renderer, states), seen.frames, strict=True
                )
            )
            face = (FaceObservation(start=0, end=seen.end, rate=5, frames=found),)
            watched = observations.model_copy(update={"face": face})
            known = session.model_copy(update={"calibration": Calibration(camera=direction)})
            shares[camera] = [
                metric(assess(each, watched), "eye_contact_share").value
                for each in (known, session)
            ]
    assert shares[0.0][0] == pytest.approx(67, abs=5)
    assert shares[0.7][0] == pytest.approx(67, abs=5)
    assert shares[0.7][1] < 40


@pytest.mark.data
def test_fearful_voices_are_told_from_calm_ones_by_each_actors_neutral_sentence(data_dir: Path):
    import soundfile

    from interviewer.analysis.activity import WINDOW, VoiceActivity
    from interviewer.analysis.spans import frame_levels, speech_spans
    from interviewer.analysis.voice import VoiceObserver

    observer = VoiceObserver()
    rate = 16_000

    def heard(samples):
        samples = samples[: len(samples) // WINDOW * WINDOW]
        seconds = len(samples) / rate
        probabilities = VoiceActivity().feed(samples)
        spans = speech_spans(probabilities, frame_levels(samples), 0.0, 0.0, seconds)
        return observer.observe(samples, 0.0), spans

    def clips(actor, emotion):
        pieces = []
        for path in sorted(
            (data_dir / "ravdess_speech").glob(f"03-01-{emotion}-*{actor:02d}.flac")
        ):
            samples, _ = soundfile.read(path, dtype="float32")
            _, spans = heard(samples)
            if spans:  # without the silence around the sentence
                first, last = round(spans[0].start * rate), round(spans[-1].end * rate)
                pieces += [samples[first:last], np.zeros(rate // 3, dtype=np.float32)]
        return np.concatenate(pieces)

    def tense_axis(actor, emotion, calibration):
        samples = clips(actor, emotion)
        # Tone needs three windows of speech; acted clips are short.
        samples = np.tile(samples, int(np.ceil(35 * rate / len(samples))))
        voice, spans = heard(samples)
        speech = SpeechObservation(start=0, end=voice.end, language="en", speech=spans, words=())
        observations = Observations(duration=voice.end, speech=(speech,), voice=(voice,))
        session, _ = Script(video=False).build()
        recording = session.recording.model_copy(update={"duration": voice.end})
        update = {"calibration": calibration, "recording": recording}
        return metric(assess(session.model_copy(update=update), observations), "tone_tense").value

    calm_ones, fearful_ones = [], []
    for actor in (1, 2, 5, 6, 9, 14):
        calibration = Calibration(voice=neutral_voice_of(*heard(clips(actor, "01"))))
        calm_ones.append(tense_axis(actor, "02", calibration))
        fearful_ones.append(tense_axis(actor, "06", calibration))
    auc = np.mean(np.array(fearful_ones)[:, None] > np.array(calm_ones))
    assert auc > 0.95
