from datetime import UTC, datetime

import numpy as np
import pytest
from humming import HumVoice, script_of
from hypothesis import given
from hypothesis import strategies as st

from interviewer.interview.documents.session import Recording
from interviewer.interview.timeline import answers_of
from interviewer.simulate.acting import SETTLE
from interviewer.simulate.cues import Cue
from interviewer.simulate.motion import BLINK_SECONDS, blink_start, eyes_open, ramp, sway
from interviewer.simulate.performance import BREAK_OFF, Performance
from interviewer.simulate.record import session_from, truth_of
from interviewer.simulate.script import Script
from interviewer.simulate.sound import NOISE_LEVEL_DB, RATE, SPEECH_LEVEL_DB
from interviewer.simulate.speech import SpokenAnswer, speak

ANSWER = "I built a model for the team. [pause 1.0] [um] It worked and we [uh] shipped it."


def performed(script: Script, voice: HumVoice) -> Performance:
    return Performance.planned(script, [speak(turn, voice) for turn in script.turns])


def level(samples: np.ndarray) -> float:
    return 20 * np.log10(np.sqrt(np.mean(samples.astype(float) ** 2)))


def test_pieces_follow_each_other_without_holes(hum: HumVoice) -> None:
    spoken = speak(script_of(ANSWER).turns[0], hum)
    assert [piece.kind for piece in spoken.pieces] == [
        "phrase",
        "pause",
        "filler",
        "gap",
        "phrase",
        "gap",
        "filler",
        "gap",
        "phrase",
    ]
    assert spoken.pieces[0].start == 0
    for first, second in zip(spoken.pieces, spoken.pieces[1:], strict=False):
        assert first.end == second.start
    assert spoken.pieces[-1].end == pytest.approx(spoken.duration)


def test_sound_is_where_the_pieces_say(hum: HumVoice) -> None:
    spoken = speak(script_of(ANSWER).turns[0], hum)
    for piece in spoken.pieces:
        part = spoken.sound[round(piece.start * RATE) : round(piece.end * RATE)]
        if piece.text:
            assert level(part) > SPEECH_LEVEL_DB - 3
        else:
            assert not part.any()


def test_a_scripted_pause_lasts_as_long_as_written(hum: HumVoice) -> None:
    spoken = speak(script_of("So. [pause 1.25] Yes.").turns[0], hum)
    (pause,) = [piece for piece in spoken.pieces if piece.kind == "pause"]
    assert pause.end - pause.start == pytest.approx(1.25)


def test_fillers_are_drawn_out(hum: HumVoice) -> None:
    spoken = speak(script_of("So [um] yes.").turns[0], hum)
    (filler,) = [piece for piece in spoken.pieces if piece.kind == "filler"]
    plain = HumVoice().say("Um,").size / HumVoice.sample_rate
    assert filler.end - filler.start > 1.8 * plain


@pytest.mark.parametrize("pitch", [-2.0, 2.0])
def test_pitch_changes_the_tone_but_not_the_pace(hum: HumVoice, pitch: float) -> None:
    plain = speak(script_of("Nothing but a tone.").turns[0], hum)
    moved = speak(script_of("Nothing but a tone.", pitch=pitch).turns[0], hum)
    assert moved.duration == pytest.approx(plain.duration, rel=0.01)
    spectrum = np.abs(np.fft.rfft(moved.sound * np.hanning(moved.sound.size)))
    found = np.argmax(spectrum) * RATE / moved.sound.size
    assert found == pytest.approx(hum.pitch * 2 ** (pitch / 12), abs=2)


@pytest.mark.parametrize("gain", [-9.0, 0.0, 6.0])
def test_gain_sets_the_level_whatever_the_voice_gave(hum: HumVoice, gain: float) -> None:
    spoken = speak(script_of("Nothing but a tone.", gain=gain).turns[0], hum)
    assert level(spoken.sound) == pytest.approx(SPEECH_LEVEL_DB + gain, abs=0.5)
    assert np.abs(spoken.sound).max() <= 1


def test_the_voice_begins_after_question_and_latency(hum: HumVoice) -> None:
    script = script_of(ANSWER, question_seconds=1.5, response_latency=2.25)
    performance = performed(script, hum)
    heard = performance.sound(0, round(performance.duration * RATE))
    loud = np.flatnonzero(np.abs(heard) > 0.02)
    assert loud[0] / RATE == pytest.approx(1.5 + 2.25, abs=0.005)
    assert level(heard[: round(3.7 * RATE)]) == pytest.approx(NOISE_LEVEL_DB, abs=1)


@given(st.lists(st.integers(1, 4000), min_size=1, max_size=40))
def test_sound_does_not_depend_on_how_it_is_cut(sizes: list[int]) -> None:
    voice = np.linspace(-1, 1, 20_000, dtype=np.float32)
    script = script_of("Yes.", question_seconds=0.1, response_latency=0.1)
    performance = Performance.planned(script, [SpokenAnswer(voice, ())])
    total = sum(sizes)
    starts = np.cumsum([0, *sizes[:-1]]).tolist()
    parts = [performance.sound(start, size) for start, size in zip(starts, sizes, strict=True)]
    np.testing.assert_array_equal(np.concatenate(parts), performance.sound(0, total))


def test_the_mouth_moves_with_the_voice_only(hum: HumVoice) -> None:
    performance = performed(script_of(ANSWER), hum)
    turn = truth_of(performance, "hum", performance.duration).turns[0]
    phrase, pause = turn.phrases[0], turn.pauses[0]
    assert pause.scripted
    talking = [performance.state(t).mouth for t in np.arange(phrase.start + 0.1, phrase.end, 0.03)]
    silent = [
        performance.state(t).mouth for t in np.arange(pause.start + 0.25, pause.end - 0.05, 0.03)
    ]
    assert min(talking) > 0.3
    assert max(silent) == 0
    assert performance.state(turn.question_end).mouth == 0


@pytest.mark.parametrize(
    ("direction", "horizontal", "vertical"),
    [("left", 1, 0), ("right", -1, 0), ("up", 0, 1), ("down", 0, -1), ("down-left", 1, -1)],
)
@pytest.mark.parametrize("by", ["eyes", "head"])
def test_looks_away_go_where_the_script_says(
    hum: HumVoice, by: str, direction: str, horizontal: int, vertical: int
) -> None:
    away = {"at": 1, "for": 2, "direction": direction, "with": by}
    performance = performed(script_of(ANSWER * 2, looks_away=[away]), hum)
    start = performance.cues[0].question_end
    before, during, after = (performance.state(start + t) for t in (0.5, 2, 3.5))
    for still in (before, after):
        assert abs(still.gaze_x) < 0.1
        assert abs(still.gaze_y) < 0.1
        assert abs(still.yaw) < 4
    gaze, pose = (during.gaze_x, during.gaze_y), (during.yaw, during.pitch)
    for wanted, eyes, head in zip((horizontal, vertical), gaze, pose, strict=True):
        assert eyes * wanted >= 0.2 * abs(wanted)
        assert abs(eyes) < 0.1 or wanted
        if by == "head":
            assert head * wanted >= 7 * abs(wanted)


def test_truth_counts_looks_and_smiles_over_the_answer(hum: HumVoice) -> None:
    script = script_of(
        ANSWER,
        looks_away=[{"at": 1, "for": 2, "direction": "left"}],
        smiles=[{"at": 0.5, "for": 1.5}],
    )
    performance = performed(script, hum)
    truth = truth_of(performance, "hum", performance.duration)
    turn = truth.turns[0]
    length = turn.answer_end - turn.question_end
    assert turn.away[0].duration == pytest.approx(2, abs=0.2)
    assert turn.eye_contact_share == pytest.approx(1 - turn.away[0].duration / length, abs=1e-3)
    assert turn.smile_share == pytest.approx(turn.smiles[0].duration / length, abs=1e-3)
    assert truth.eye_contact_share == pytest.approx(turn.eye_contact_share, abs=1e-3)
    assert truth.smile_share == pytest.approx(turn.smile_share, abs=1e-3)
    middle = (turn.smiles[0].start + turn.smiles[0].end) / 2
    assert performance.state(middle).smile == pytest.approx(0.9)
    assert performance.state(turn.smiles[0].start).smile == pytest.approx(0.45, abs=0.01)


def test_what_would_happen_after_the_answer_is_left_out(hum: HumVoice) -> None:
    script = script_of(
        "Yes.",
        smiles=[{"at": 50, "for": 2}],
        looks_away=[{"at": 0.5, "for": 50}],
    )
    performance = performed(script, hum)
    turn = truth_of(performance, "hum", performance.duration).turns[0]
    assert turn.smiles == ()
    assert turn.away[0].end < turn.answer_end
    assert turn.answer_end == pytest.approx(turn.last_voice + SETTLE)


def test_truth_words_are_those_of_the_script(hum: HumVoice) -> None:
    performance = performed(script_of(ANSWER), hum)
    truth = truth_of(performance, "hum", performance.duration)
    expected = "I built a model for the team um It worked and we uh shipped it"
    assert list(truth.words) == expected.split()
    assert [filler.text for filler in truth.turns[0].fillers] == ["um", "uh"]


def test_a_live_source_answers_when_its_question_has_ended(hum: HumVoice) -> None:
    script = script_of(ANSWER, response_latency=0.5)
    spoken = [speak(turn, hum) for turn in script.turns]
    waiting = Performance(script, spoken)
    assert not np.any(np.abs(waiting.sound(0, 10 * RATE)) > 0.02)
    assert waiting.state(7.0).mouth == 0
    cued = waiting.cued(Cue(turn=0, asked_at=3.0, question_end=6.0))
    loud = np.flatnonzero(np.abs(cued.sound(0, 10 * RATE)) > 0.02)
    assert loud[0] / RATE == pytest.approx(6.5, abs=0.005)
    assert cued.state(7.0).mouth > 0.3
    # Until the cue nothing differs, so a live source can go on without a jump.
    assert cued.state(5.9) == waiting.state(5.9)


def test_a_new_question_ends_an_answer(hum: HumVoice) -> None:
    script = script_of(ANSWER, response_latency=0.5)
    performance = Performance(script, [speak(turn, hum) for turn in script.turns])
    performance = performance.cued(Cue(turn=0, asked_at=0, question_end=1))
    cut = performance.cued(Cue(turn=0, asked_at=2.2, question_end=4))
    loud = np.flatnonzero(np.abs(cut.sound(0, 6 * RATE)) > 0.02) / RATE
    assert not np.any((loud > 2.2) & (loud < 4.5))
    assert loud[-1] > 4.5
    assert performance.state(2.4).mouth > 0.3
    assert cut.state(2.4).mouth == 0


def test_nothing_jumps(hum: HumVoice) -> None:
    turn = script_of(ANSWER, smiles=[{"at": 1, "for": 2}]).turns[0]
    turns = [turn.model_copy(update={"energy": energy}) for energy in (2.0, 0.0, 1.5)]
    performance = performed(script_of(ANSWER).model_copy(update={"turns": tuple(turns)}), hum)
    states = [performance.state(i / 30) for i in range(int(performance.duration * 30))]
    for name, most in (("yaw", 0.4), ("pitch", 0.8), ("roll", 0.4), ("smile", 0.12)):
        values = np.array([getattr(state, name) for state in states])
        assert np.abs(np.diff(values)).max() < most, name


def test_an_answer_can_begin_before_its_question_ends(hum: HumVoice) -> None:
    script = script_of(
        ANSWER,
        question_seconds=3,
        response_latency=-1,
        smiles=[{"at": 1, "for": 2}],
        looks_away=[{"at": 0.5, "for": 1, "direction": "left"}],
    )
    performance = performed(script, hum)
    heard = performance.sound(0, round(performance.duration * RATE))
    loud = np.flatnonzero(np.abs(heard) > 0.02) / RATE
    assert loud[0] == pytest.approx(2, abs=0.005)
    assert performance.state(2.6).mouth > 0.3
    turn = truth_of(performance, "hum", performance.duration).turns[0]
    assert (turn.question_end, turn.first_voice, turn.response_latency) == (3, 2, -1)
    assert turn.last_voice == pytest.approx(loud[-1], abs=0.005)
    # What is done counts from the question's end, as in every other turn.
    assert turn.away[0].start == pytest.approx(3.5, abs=0.1)
    assert turn.smiles[0].start == pytest.approx(4, abs=0.3)


def test_an_answer_does_not_begin_before_the_asking(hum: HumVoice) -> None:
    script = script_of("Yes.", question_seconds=2, response_latency=-10)
    first = script.turns[0]
    performance = performed(script.model_copy(update={"turns": (first, first)}), hum)
    for turn in truth_of(performance, "hum", performance.duration).turns:
        assert turn.first_voice == pytest.approx(turn.asked_at)
        assert turn.response_latency == pytest.approx(-2)
        # The answer is over before the question, and lasts until the question has ended.
        assert turn.last_voice < turn.question_end
        assert turn.answer_end == pytest.approx(turn.question_end + SETTLE)


def test_all_words_of_a_talk_over_lie_in_its_answer(hum: HumVoice) -> None:
    script = script_of(ANSWER, question_seconds=3, response_latency=-1.2)
    performance = performed(script, hum)
    truth = truth_of(performance, "hum", performance.duration)
    recording = Recording(
        path="r.mp4", sha256="0", duration=truth.duration, has_audio=True, has_video=True
    )
    (answer,) = answers_of(session_from(truth, recording, datetime.now(UTC)))
    assert answer.start == truth.turns[0].first_voice
    assert answer.end == truth.turns[0].answer_end


def test_an_interrupted_face_composes_itself_without_a_jump(hum: HumVoice) -> None:
    script = script_of(
        ANSWER,
        response_latency=0.5,
        smiles=[{"at": 0.2, "for": 4}],
        looks_away=[{"at": 0.2, "for": 4, "direction": "left", "with": "head"}],
    )
    performance = Performance(script, [speak(turn, hum) for turn in script.turns])
    performance = performance.cued(Cue(0, 0, 1)).cued(Cue(0, 3.0, 6.0))
    states = [performance.state(3.0 + i / 30) for i in range(-5, 30)]
    for name, most in (("yaw", 3.0), ("gaze_x", 0.2), ("smile", 0.15), ("mouth", 0.3)):
        values = np.array([getattr(state, name) for state in states])
        assert np.abs(np.diff(values)).max() < most, name
        assert abs(values[-1]) < max(0.1, abs(values[0]) / 4), name
    assert states[0].smile > 0.8
    assert states[-1].smile == 0


def test_the_voice_of_somebody_interrupted_does_not_click(hum: HumVoice) -> None:
    script = script_of(ANSWER, response_latency=0.5)
    performance = Performance(script, [speak(turn, hum) for turn in script.turns])
    whole = performance.cued(Cue(0, 0, 1))
    cut = whole.cued(Cue(0, 2.201, 6.0))
    before, after = (p.sound(0, 3 * RATE) for p in (whole, cut))
    fade = round((2.201 - BREAK_OFF) * RATE)
    np.testing.assert_array_equal(after[:fade], before[:fade])
    assert level(before[fade : round(2.201 * RATE)]) > SPEECH_LEVEL_DB - 3
    assert np.abs(np.diff(after)).max() < 0.01
    assert level(after[round(2.201 * RATE) :]) == pytest.approx(NOISE_LEVEL_DB, abs=1)


@given(st.integers(0, 1000), st.integers(0, 400))
def test_blinks_come_every_three_to_five_seconds(seed: int, number: int) -> None:
    first, second = (blink_start(seed, n) for n in (number, number + 1))
    assert 3 <= second - first <= 5
    assert eyes_open(seed, first + BLINK_SECONDS * 0.4) == 0
    assert eyes_open(seed, first - 0.01) == 1
    assert eyes_open(seed, first + BLINK_SECONDS + 0.01) == 1


@given(st.floats(0, 100), st.floats(0, 100), st.floats(0.05, 10), st.floats(0.05, 1))
def test_ramps_stay_between_nothing_and_all(
    time: float, start: float, length: float, rise: float
) -> None:
    value = ramp(time, start, start + length, rise)
    assert 0 <= value <= 1
    if not start < time < start + length:
        assert value == 0


@given(st.integers(0, 100), st.floats(0, 5000))
def test_sway_is_bounded_and_smooth(seed: int, time: float) -> None:
    assert abs(sway(seed, "yaw", time)) <= 1
    assert abs(sway(seed, "yaw", time + 1 / 30) - sway(seed, "yaw", time)) < 0.05
