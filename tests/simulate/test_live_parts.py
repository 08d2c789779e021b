import pytest

from interviewer.simulate.pace import CATCH_UP, Pace
from interviewer.simulate.script import Turn
from interviewer.simulate.turns import TurnChoice


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_position_is_due_when_the_clock_has_come_so_far() -> None:
    clock = Clock()
    pace = Pace(20, clock)
    assert pace.wait(2.0) == pytest.approx(0.1)
    clock.now += 0.04
    assert pace.wait(2.0) == pytest.approx(0.06)
    clock.now += 0.06
    assert pace.wait(2.0) == pytest.approx(0)
    assert pace.wait(3.0) == pytest.approx(0.05)


def test_a_short_delay_is_made_good() -> None:
    clock = Clock()
    pace = Pace(1, clock)
    clock.now += 1.15
    assert pace.wait(1.0) == pytest.approx(-0.15)
    assert pace.wait(1.1) == pytest.approx(-0.05)
    assert pace.wait(1.2) == pytest.approx(0.05)


@pytest.mark.parametrize("speed", [0.5, 1, 20])
def test_after_a_long_delay_there_is_no_long_burst(speed: float) -> None:
    clock = Clock()
    pace = Pace(speed, clock)
    clock.now += 60
    step = 0.01 * speed
    burst = 0
    while pace.wait((burst + 1) * step) <= 0:
        burst += 1
    assert burst * 0.01 == pytest.approx(CATCH_UP, abs=0.02)


def test_after_a_pause_the_position_is_due_at_once_and_nothing_is_made_good() -> None:
    clock = Clock()
    pace = Pace(2, clock)
    clock.now += 30
    pace.restart(5.0)
    assert pace.wait(5.0) == pytest.approx(0)
    assert pace.wait(6.0) == pytest.approx(0.5)


def turns(*ids: str | None) -> list[Turn]:
    return [Turn(question="Why?", answer="Because.", id=name) for name in ids]


def chosen(choice: TurnChoice, *questions: str) -> list[int]:
    return [choice.turn_for(question) for question in questions]


def test_unknown_questions_get_the_turns_in_order_and_then_again() -> None:
    assert chosen(TurnChoice(turns(None, "x", None)), *"abcde") == [0, 1, 2, 0, 1]


def test_a_known_question_gets_its_own_turn_and_uses_it_up() -> None:
    assert chosen(TurnChoice(turns("x", "y", None)), "y", "a", "b", "c") == [1, 0, 2, 0]


def test_a_turn_of_its_own_answers_even_if_it_was_used_for_another() -> None:
    assert chosen(TurnChoice(turns("x", "y")), "a", "x", "b") == [0, 0, 1]


def test_a_question_asked_again_has_the_same_turn() -> None:
    assert chosen(TurnChoice(turns(None, None, None)), *"abaab", "c", "d", "a") == [
        0,
        1,
        0,
        0,
        1,
        2,
        0,
        0,
    ]
