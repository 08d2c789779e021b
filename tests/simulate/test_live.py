import threading
import time
from functools import partial

import numpy as np
import pytest
from humming import HumVoice, script_of
from hypothesis import given, settings
from hypothesis import strategies as st
from listening import ENDLESS, Listener

from interviewer.capture.voices import PiperVoice
from interviewer.interview.documents.session import Question
from interviewer.simulate import live
from interviewer.simulate.live import LiveCandidate
from interviewer.simulate.performance import Performance
from interviewer.simulate.script import Script
from interviewer.simulate.sound import RATE, room_noise
from interviewer.simulate.speech import SpokenAnswer, speak_all

ANSWER = "I built a model for the team. [pause 1.0] [um] It worked and we [uh] shipped it."
FPS = 25
FIRST = Question(id="ds-1", text="What did you build?")
SECOND = Question(id="ds-2", text="Was it used?")
LOUD = 0.02
CLICK = 0.006
"""The hummed tone changes by 0.003 from one sample to the next at most; a hard cut by up to 0.1."""


def small(script: Script, **fields: object) -> Script:
    return script.model_copy(update={"size": (160, 90), "fps": FPS} | fields)


def candidate_of(answer: str = ANSWER, **fields: object) -> LiveCandidate:
    script = small(script_of(answer, **({"response_latency": 0.5} | fields)))
    return LiveCandidate(script, speak_all(script, HumVoice()), speed=ENDLESS)


def spoken_by(candidate: LiveCandidate, turn: int = 0) -> SpokenAnswer:
    return candidate._performance.spoken[turn]


def voice_in(sound: np.ndarray, seed: int = 1) -> np.ndarray:
    """What is heard without the room."""
    noise = room_noise(seed)
    return sound - noise[np.arange(sound.size) % noise.size]


def onset(sound: np.ndarray, since: float = 0.0, seed: int = 1) -> float:
    first = round(since * RATE)
    return (first + np.flatnonzero(np.abs(voice_in(sound, seed)[first:]) > 1e-4)[0]) / RATE


def asked_and_over(
    candidate: LiveCandidate, at: float, until: float, question: Question = FIRST
) -> list:
    return [
        (at, partial(candidate.asked, question, at, until)),
        (until, partial(candidate.question_over, until)),
    ]


def test_the_answer_begins_after_question_and_latency_to_the_sample() -> None:
    candidate = candidate_of()
    heard = Listener(9, asked_and_over(candidate, 1.0, 2.0)).hear_all(candidate)
    answer = spoken_by(candidate).sound
    expected = room_noise(1)[np.arange(heard.size) % (4 * RATE)]
    begin = round(2.5 * RATE)
    expected[begin : begin + answer.size] += answer[: heard.size - begin]
    np.testing.assert_array_equal(heard, expected)


def test_without_a_question_nothing_is_said() -> None:
    candidate = candidate_of()
    listener = Listener(5, [(1.0, partial(candidate.question_over, 1.0))])
    assert not voice_in(listener.hear_all(candidate)).any()
    assert candidate.truth.turns == ()


def test_sound_lies_between_the_pictures_without_gaps() -> None:
    script = small(script_of("Yes."), fps=7)
    candidate = LiveCandidate(script, speak_all(script, HumVoice()), speed=ENDLESS)
    listener = Listener(3)
    listener.hear_all(candidate, looking=True)
    assert (candidate.size, candidate.fps) == ((160, 90), 7.0)
    for number, (at, samples, picture) in enumerate(listener.pictures):
        assert at == number / 7
        assert samples == round(number * RATE / 7)
        assert picture.shape == (90, 160, 3)
    assert len(listener.pictures) == len(listener.blocks)
    np.testing.assert_array_equal(listener.sound, candidate._performance.sound(0, listener.samples))


def test_the_picture_is_that_of_its_moment() -> None:
    candidate = candidate_of()
    listener = Listener(3.2, asked_and_over(candidate, 0.2, 0.4))
    listener.hear_all(candidate, looking=True)
    renderer = candidate._renderer()
    for at, _, picture in listener.pictures[10::20]:
        expected = renderer.draw(candidate._performance.state(at))
        np.testing.assert_array_equal(picture, expected)


def test_without_a_camera_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(live, "Renderer")
    candidate = candidate_of()
    assert Listener(1).hear_all(candidate).size >= RATE


def test_without_a_microphone_pictures_have_no_time() -> None:
    candidate = candidate_of()
    taken: list[float | None] = []
    enough = threading.Event()

    def take(picture: np.ndarray, at: float | None) -> None:
        taken.append(at)
        if len(taken) == 5:
            enough.set()

    candidate.start(None, take)
    assert enough.wait(30)
    candidate.stop()
    assert set(taken) == {None}


def test_a_question_is_answered_by_the_turn_of_its_id() -> None:
    turns = [
        {"question": "A?", "answer": "Short.", "id": "ds-2", "response_latency": 0.1},
        {"question": "B?", "answer": "Somewhat longer.", "response_latency": 0.2},
    ]
    script = small(Script.model_validate({"title": "Two", "turns": turns}))
    candidate = LiveCandidate(script, speak_all(script, HumVoice()), speed=ENDLESS)
    words = [
        *asked_and_over(candidate, 0.2, 0.4, SECOND),
        *asked_and_over(candidate, 4.0, 5.0, FIRST),
        *asked_and_over(candidate, 8.0, 9.0, SECOND),
    ]
    Listener(13, words).hear_all(candidate)
    turns = candidate.truth.turns
    assert [turn.question for turn in turns] == [SECOND, FIRST, SECOND]
    assert [turn.words for turn in turns] == [("Short",), ("Somewhat", "longer"), ("Short",)]
    assert [turn.first_voice for turn in turns] == pytest.approx([0.5, 5.2, 9.1])


def test_a_new_question_breaks_the_answer_off_without_a_click() -> None:
    candidate = candidate_of()
    words = [
        *asked_and_over(candidate, 0.2, 0.4),
        *asked_and_over(candidate, 1.52, 3.0, SECOND),
    ]
    heard = Listener(10, words).hear_all(candidate)
    voice = voice_in(heard)
    first, second = candidate.truth.turns
    # The word came when 1.52 s had been given; the voice falls silent from there.
    cut = first.answer_end
    assert cut == pytest.approx(1.54, abs=0.001)
    assert np.abs(voice[round(1.50 * RATE) : round(1.52 * RATE)]).max() > LOUD
    assert not voice[round(cut * RATE) : round(second.first_voice * RATE)].any()
    assert np.abs(np.diff(voice)).max() < CLICK
    assert first.words == ()
    assert first.broken_off is not None
    assert first.broken_off.text == "I built a model for the team."
    assert first.broken_off.end == first.last_voice == cut
    assert second.broken_off is None
    assert second.first_voice == 3.5


def test_a_question_that_was_skipped_has_no_answer() -> None:
    candidate = candidate_of()
    words = [
        (0.2, partial(candidate.asked, FIRST, 0.2, 4.0)),
        *asked_and_over(candidate, 1.0, 2.0, SECOND),
    ]
    heard = Listener(9, words).hear_all(candidate)
    (turn,) = candidate.truth.turns
    assert turn.question == SECOND
    assert onset(heard) == pytest.approx(2.5, abs=0.003)


def test_the_end_of_the_recording_ends_an_answer() -> None:
    candidate = candidate_of()
    Listener(1.6, asked_and_over(candidate, 0.2, 0.4)).hear_all(candidate)
    truth = candidate.truth
    assert truth.duration == candidate.position == 1.6
    assert truth.turns[0].answer_end <= truth.duration
    assert truth.turns[0].broken_off is not None


def test_a_late_word_changes_nothing_that_was_given() -> None:
    candidate = candidate_of()
    words = [
        (1.0, partial(candidate.asked, FIRST, 0.2, 0.4)),
        (3.0, partial(candidate.question_over, 1.1)),
    ]
    heard = Listener(9, words).hear_all(candidate)
    (turn,) = candidate.truth.turns
    assert (turn.asked_at, turn.question_end) == (0.2, 1.1)
    assert turn.first_voice == pytest.approx(3.0)
    assert turn.response_latency == pytest.approx(1.9)
    assert onset(heard) == pytest.approx(3.0, abs=0.003)


def test_an_answer_talks_over_its_question() -> None:
    candidate = candidate_of(response_latency=-1.5)
    heard = Listener(12, asked_and_over(candidate, 1.0, 4.0)).hear_all(candidate)
    (turn,) = candidate.truth.turns
    assert onset(heard) == pytest.approx(2.5, abs=0.003)
    assert turn.first_voice == pytest.approx(2.5)
    assert turn.response_latency == pytest.approx(-1.5)
    mouth = candidate._performance.state(3.2).mouth
    assert mouth > 0.3


def test_an_answer_stays_where_it_is_when_the_interviewer_gives_way() -> None:
    candidate = candidate_of(response_latency=-1.5)
    words = [
        (1.0, partial(candidate.asked, FIRST, 1.0, 4.0)),
        (3.0, partial(candidate.question_over, 3.0)),
    ]
    given_way = Listener(12, words).hear_all(candidate)
    other = candidate_of(response_latency=-1.5)
    np.testing.assert_array_equal(
        given_way, Listener(12, asked_and_over(other, 1.0, 4.0)).hear_all(other)
    )
    (turn,) = candidate.truth.turns
    assert (turn.question_end, turn.response_latency) == (3.0, pytest.approx(-0.5))
    assert turn.answer_end == other.truth.turns[0].answer_end


def test_nobody_answers_before_a_question_begins() -> None:
    candidate = candidate_of(response_latency=-10)
    heard = Listener(12, asked_and_over(candidate, 1.0, 4.0)).hear_all(candidate)
    (turn,) = candidate.truth.turns
    assert 1.0 <= turn.first_voice <= 1.03
    assert onset(heard) == pytest.approx(turn.first_voice, abs=0.003)


moments = st.lists(
    st.tuples(st.floats(0, 8), st.floats(-1, 1), st.sampled_from(["asked", "over"])), max_size=12
)


@settings(max_examples=30, deadline=None)
@given(moments, st.sampled_from([-2.0, -0.3, 0.0, 0.7]))
def test_what_was_heard_is_what_the_truth_is_made_of(
    events: list[tuple[float, float, str]], latency: float
) -> None:
    candidate = candidate_of(response_latency=latency)
    words = []
    at = 0.0
    for number, (when, off, kind) in enumerate(sorted(events)):
        at = max(at, when + off)
        question = Question(id=f"q{number % 3}", text="Why?")
        say = (
            partial(candidate.asked, question, at, at + 1)
            if kind == "asked"
            else partial(candidate.question_over, at)
        )
        words.append((when, say))
    heard = Listener(10, words).hear_all(candidate)
    np.testing.assert_array_equal(heard, candidate._performance.sound(0, heard.size))
    truth = candidate.truth
    voice = voice_in(heard)
    assert np.abs(np.diff(voice)).max() < CLICK
    for turn in truth.turns:
        assert turn.asked_at <= turn.question_end <= turn.answer_end <= truth.duration
        assert turn.asked_at <= turn.first_voice <= turn.last_voice <= turn.answer_end
        for spoken in turn.phrases:
            part = voice[round(spoken.start * RATE) : round(spoken.end * RATE)]
            assert np.sqrt(np.mean(part**2)) > LOUD
    for turn in truth.turns:
        voice[round(turn.first_voice * RATE) : round(turn.last_voice * RATE) + 1] = 0
    assert not voice.any()


def test_it_is_never_ahead_of_the_clock() -> None:
    script = small(script_of("Yes."))
    candidate = LiveCandidate(script, speak_all(script, HumVoice()), speed=20)
    arrivals: list[tuple[float, float]] = []
    listener = Listener(10)

    def take(samples: np.ndarray) -> None:
        listener.take_sound(samples)
        arrivals.append((time.monotonic() - began, listener.samples / RATE))

    began = time.monotonic()
    candidate.start(take, None)
    assert listener.done.wait(30)
    candidate.stop()
    assert all(position <= elapsed * 20 + 1e-6 for elapsed, position in arrivals)
    elapsed, position = arrivals[-1]
    assert position / elapsed > 5


def test_a_receiver_that_blocks_holds_it_up() -> None:
    candidate = candidate_of()
    gate, arrived = threading.Semaphore(3), threading.Semaphore(0)
    listener = Listener(1000)

    def take(samples: np.ndarray) -> None:
        gate.acquire()
        listener.take_sound(samples)
        arrived.release()

    candidate.start(take, None)
    for _ in range(3):
        assert arrived.acquire(timeout=30)
    assert not arrived.acquire(timeout=0.1)
    # Three blocks were taken, and the fourth is offered.
    assert candidate.position <= 4 / FPS
    gate.release(2)
    for _ in range(2):
        assert arrived.acquire(timeout=30)
    gate.release(1000)
    candidate.stop()
    np.testing.assert_array_equal(listener.sound, candidate._performance.sound(0, listener.samples))


def test_in_a_pause_its_time_stands_still() -> None:
    script = small(script_of(ANSWER, response_latency=0.5))
    candidate = LiveCandidate(script, speak_all(script, HumVoice()), speed=20)
    listener, blocks = Listener(8), threading.Semaphore(0)
    reached = threading.Event()
    arrivals: list[tuple[float, float]] = []

    def take(samples: np.ndarray) -> None:
        listener.take_sound(samples)
        arrivals.append((time.monotonic(), listener.samples / RATE))
        blocks.release()
        if listener.samples > RATE:
            reached.set()

    candidate.asked(FIRST, 0.0, 0.4)
    candidate.question_over(0.4)
    candidate.start(take, None)
    assert reached.wait(30)
    candidate.pause()
    stood = candidate.position
    assert listener.samples == round(stood * RATE)
    while blocks.acquire(blocking=False):
        pass
    assert not blocks.acquire(timeout=0.2)
    assert candidate.position == stood
    before, resumed = len(arrivals), time.monotonic()
    candidate.resume()
    assert listener.done.wait(30)
    candidate.stop()
    # The pause is not made good.
    for now, position in arrivals[before:]:
        assert position - stood <= (now - resumed) * 20 + 1.5 / FPS
    np.testing.assert_array_equal(listener.sound, candidate._performance.sound(0, listener.samples))


def test_a_pause_begins_when_what_is_handed_over_was_taken() -> None:
    candidate = candidate_of()
    offered, gate, stood = threading.Event(), threading.Event(), threading.Event()

    def take(samples: np.ndarray) -> None:
        offered.set()
        gate.wait(30)

    def pause() -> None:
        candidate.pause()
        stood.set()

    candidate.start(take, None)
    assert offered.wait(30)
    pausing = threading.Thread(target=pause)
    pausing.start()
    assert not stood.wait(0.2)
    gate.set()
    assert stood.wait(30)
    pausing.join()
    candidate.stop()


def test_it_can_be_paused_by_its_receiver_and_stopped_in_a_pause() -> None:
    candidate = candidate_of()
    paused = threading.Event()

    def take(samples: np.ndarray) -> None:
        candidate.pause()
        paused.set()

    candidate.start(take, None)
    assert paused.wait(30)
    candidate.stop()
    assert candidate.over


def test_what_goes_wrong_in_its_thread_is_said_once_by_stop() -> None:
    candidate = candidate_of()
    failed = threading.Event()

    def take(samples: np.ndarray) -> None:
        failed.set()
        raise OSError("the cable was pulled")

    candidate.start(take, None)
    assert failed.wait(30)
    with pytest.raises(OSError, match="the cable was pulled"):
        candidate.stop()
    assert candidate.over
    candidate.stop()


def test_it_can_be_stopped_before_it_began_but_not_started_twice() -> None:
    candidate = candidate_of()
    candidate.stop()
    candidate = candidate_of()
    candidate.start(None, None)
    with pytest.raises(RuntimeError):
        candidate.start(None, None)
    candidate.stop()
    candidate.stop()


def test_it_can_be_told_from_another_thread() -> None:
    script = small(script_of(ANSWER, response_latency=0.5))
    candidate = LiveCandidate(script, speak_all(script, HumVoice()), speed=20)
    listener = Listener(10)
    begun = threading.Event()

    def take(samples: np.ndarray) -> None:
        listener.take_sound(samples)
        begun.set()

    candidate.start(take, None)
    assert begun.wait(30)
    candidate.asked(FIRST, candidate.position, candidate.position + 1)
    over = candidate.position + 1
    candidate.question_over(over)
    assert listener.done.wait(30)
    candidate.stop()
    (turn,) = candidate.truth.turns
    assert turn.first_voice == pytest.approx(over + 0.5)
    assert onset(listener.sound) == pytest.approx(turn.first_voice, abs=0.003)


@pytest.mark.slow
def test_a_real_voice_answers_in_real_time(short_script: Script, piper: PiperVoice) -> None:
    candidate = LiveCandidate(short_script, speak_all(short_script, piper))
    first, second = (
        Question(id=name, text=turn.question)
        for name, turn in zip(("first", "other"), short_script.turns, strict=True)
    )
    listener = Listener(
        14,
        [
            *asked_and_over(candidate, 0.5, 1.5, first),
            *asked_and_over(candidate, 10.0, 10.5, second),
        ],
    )
    began = time.monotonic()
    heard = listener.hear_all(candidate, looking=True)
    elapsed = time.monotonic() - began
    truth = candidate.truth
    assert elapsed >= 14
    assert len(listener.pictures) == len(listener.blocks)
    assert truth.voice == piper.name
    assert [turn.question.id for turn in truth.turns] == ["first", "other"]
    for turn in truth.turns:
        found = onset(heard, turn.question_end, short_script.seed)
        assert found == pytest.approx(turn.first_voice, abs=0.02)
    planned = Performance(short_script, candidate._performance.spoken, candidate._performance.cues)
    np.testing.assert_array_equal(heard, planned.sound(0, heard.size))
