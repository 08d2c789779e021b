from functools import partial

import numpy as np
import pytest
from humming import HumVoice, script_of
from listening import ENDLESS, Listener

from interviewer.interview.documents.session import Question
from interviewer.simulate.leak import Leak
from interviewer.simulate.live import LiveCandidate
from interviewer.simulate.sound import RATE, SPEECH_LEVEL_DB, room_noise, speech_level
from interviewer.simulate.speech import speak_all

SAID_RATE = 22_050


def said(seconds: float = 2.0, level: float = 0.2) -> np.ndarray:
    """A hiss at the level of nobody's choice."""
    samples = np.random.default_rng(3).standard_normal(round(seconds * SAID_RATE))
    return (level * samples).astype(np.float32)


def db(samples: np.ndarray) -> float:
    return 20 * np.log10(np.sqrt(np.mean(samples.astype(float) ** 2)) + 1e-12)


def leaked(
    leak: Leak | None,
    *,
    heard_late: float = 0.0,
    hush_at: float | None = None,
    hushed_late: float = 0.0,
) -> np.ndarray:
    """Six seconds of a microphone, less the room's own hiss, with something said at 1 s."""
    script = script_of("Yes.").model_copy(update={"size": (160, 90)})
    candidate = LiveCandidate(script, speak_all(script, HumVoice()), speed=ENDLESS, leak=leak)
    words = [(1.0 + heard_late, partial(candidate.hear, said(), SAID_RATE, 1.0))]
    if hush_at is not None:
        words.append((hush_at + hushed_late, partial(candidate.hush, hush_at)))
    heard = Listener(6, words).hear_all(candidate)
    noise = room_noise(script.seed)
    return heard - noise[np.arange(heard.size) % noise.size]


def part(samples: np.ndarray, start: float, end: float) -> np.ndarray:
    return samples[round(start * RATE) : round(end * RATE)]


def test_without_a_leak_nothing_is_heard_of_the_interviewer() -> None:
    assert not leaked(None, hush_at=2.0).any()


@pytest.mark.parametrize("delay", [0.12, 0.05, 0.4])
def test_the_leak_comes_after_its_delay(delay: float) -> None:
    heard = leaked(Leak(delay=delay))
    first = np.flatnonzero(np.abs(heard) > 1e-4)[0]
    assert first / RATE == pytest.approx(1 + delay, abs=0.001)


@pytest.mark.parametrize("level", [-20.0, -6.0, -35.0])
@pytest.mark.parametrize("decay", [0.0, 0.3, 0.6])
def test_the_leak_has_its_level_whatever_was_said(level: float, decay: float) -> None:
    heard = leaked(Leak(level_db=level, decay=decay))
    found = 20 * np.log10(speech_level(part(heard, 1.12, 3.12)))
    assert found == pytest.approx(SPEECH_LEVEL_DB + level, abs=0.2)


@pytest.mark.parametrize("decay", [0.2, 0.3, 0.8])
def test_the_room_falls_by_sixty_decibel_in_its_time(decay: float) -> None:
    heard = leaked(Leak(level_db=0, decay=decay))
    end = 3.12
    early, late = (
        db(part(heard, end + share * decay, end + (share + 0.1) * decay)) for share in (0.1, 0.5)
    )
    assert early - late == pytest.approx(0.4 * 60, abs=3)
    assert not part(heard, end + decay + 0.01, 6).any()


def test_a_room_without_reverberation_ends_with_the_sound() -> None:
    heard = leaked(Leak(decay=0))
    assert db(part(heard, 3.0, 3.11)) > -50
    assert not part(heard, 3.13, 6).any()


def test_hushing_leaves_only_the_room() -> None:
    leak = Leak(level_db=0, decay=0.3)
    whole, hushed = leaked(leak), leaked(leak, hush_at=2.0)
    np.testing.assert_array_equal(part(hushed, 0, 2.115), part(whole, 0, 2.115))
    assert db(part(hushed, 2.0, 2.1)) > -27
    early, late = (db(part(hushed, 2.12 + t, 2.15 + t)) for t in (0.0, 0.15))
    assert early - late == pytest.approx(30, abs=4)
    assert not part(hushed, 2.12 + 0.31, 6).any()


def test_hushing_does_not_click() -> None:
    heard = leaked(Leak(level_db=0, decay=0), hush_at=2.0)
    # The last 2.5 ms fall to nothing.
    assert db(part(heard, 2.1190, 2.1199)) < db(part(heard, 2.1165, 2.1174)) - 3
    assert not part(heard, 2.1201, 6).any()


def test_hushing_late_changes_nothing_that_was_given() -> None:
    leak = Leak(level_db=0, decay=0.3)
    whole, hushed = leaked(leak), leaked(leak, hush_at=1.5, hushed_late=0.5)
    np.testing.assert_array_equal(part(hushed, 0, 2.0), part(whole, 0, 2.0))
    # What follows joins it: the fade begins only here.
    joined = slice(2 * RATE, 2 * RATE + 5)
    np.testing.assert_allclose(hushed[joined], whole[joined], atol=0.05 * np.abs(whole).max())
    assert np.abs(whole[joined]).max() > 0.2 * np.abs(whole).max()
    assert db(part(hushed, 2.01, 2.03)) < db(part(hushed, 1.97, 1.99)) - 2
    assert not part(hushed, 2.4, 6).any()


def test_what_is_said_late_keeps_its_delay_and_lacks_its_beginning() -> None:
    leak = Leak(level_db=0)
    whole, late = leaked(leak), leaked(leak, heard_late=0.5)
    assert not part(late, 0, 1.5).any()
    np.testing.assert_array_equal(part(late, 1.55, 6), part(whole, 1.55, 6))


def test_silence_and_nothing_leak_nothing() -> None:
    script = script_of("Yes.").model_copy(update={"size": (160, 90)})
    candidate = LiveCandidate(
        script, speak_all(script, HumVoice()), speed=ENDLESS, leak=Leak(delay=0)
    )
    words = [
        (0.5, partial(candidate.hear, np.zeros(2000, dtype=np.float32), SAID_RATE, 0.5)),
        (0.6, partial(candidate.hear, np.zeros(0, dtype=np.float32), SAID_RATE, 0.6)),
        (0.7, partial(candidate.hush, 0.7)),
    ]
    heard = Listener(1, words).hear_all(candidate)
    np.testing.assert_array_equal(heard, room_noise(script.seed)[: heard.size])


def test_the_candidate_is_heard_through_the_leak() -> None:
    script = script_of("Yes.", response_latency=0.5).model_copy(update={"size": (160, 90)})
    candidate = LiveCandidate(
        script, speak_all(script, HumVoice()), speed=ENDLESS, leak=Leak(level_db=-20)
    )
    candidate.asked(Question(id="a", text="Why?"), 0.0, 0.5)
    candidate.question_over(0.5)
    candidate.hear(said(), SAID_RATE, 0.5)
    heard = Listener(2).hear_all(candidate)
    assert 20 * np.log10(speech_level(part(heard, 1.0, 1.2))) == pytest.approx(
        SPEECH_LEVEL_DB, abs=1
    )
    assert db(part(heard, 0.7, 0.95)) == pytest.approx(SPEECH_LEVEL_DB - 20, abs=1)
