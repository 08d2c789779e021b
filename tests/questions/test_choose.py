from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.errors import InputError
from interviewer.questions.bank import Bank, load_bank, shipped_domains
from interviewer.questions.choose import choose
from interviewer.questions.schema import Kind, Level

DEPTH = {"easy": 0, "medium": 1, "hard": 2}
BANKS = {domain: load_bank(domain) for domain in ("ds", "web", "hr")}


def ids(plan) -> list[str]:
    return [planned.question.id for planned in plan.questions]


def test_equal_seeds_give_equal_plans_and_others_give_others():
    bank = BANKS["ds"]
    assert choose(bank, Level.HARD, 15, 4) == choose(bank, Level.HARD, 15, 4)
    assert len({tuple(ids(choose(bank, Level.EASY, 8, seed))) for seed in range(12)}) > 3


def test_the_order_of_the_bank_does_not_matter():
    bank = BANKS["web"]
    turned = Bank(bank.title, tuple(reversed(bank.entries)))
    assert ids(choose(bank, Level.MEDIUM, 12, 1)) == ids(choose(turned, Level.MEDIUM, 12, 1))


def test_every_question_of_a_level_gets_its_turn():
    bank = BANKS["ds"]
    met = {each for seed in range(60) for each in ids(choose(bank, Level.MEDIUM, 5, seed))}
    assert {entry.id for entry in bank.at(Level.MEDIUM)} <= met


@pytest.mark.parametrize("level", list(Level))
def test_a_short_interview_stays_at_its_level(level):
    plan = choose(BANKS["web"], level, 6, 2)
    assert {planned.question.level for planned in plan.questions} == {level.value}


def test_a_longer_one_opens_with_one_of_the_level_below():
    for seed in range(8):
        levels = [
            each.question.level for each in choose(BANKS["hr"], Level.HARD, 12, seed).questions
        ]
        assert levels[0] == "medium"
        assert set(levels[1:]) == {"hard"}


def bank_of(*sorts: tuple[str, Kind]) -> Bank:
    pattern = BANKS["web"].at(Level.HARD)[0]
    entries = [
        replace(
            pattern,
            question=pattern.question.model_copy(
                update={"id": f"q{number}", "topic": topic, "kind": kind}
            ),
        )
        for number, (topic, kind) in enumerate(sorts)
    ]
    return Bank("Made", tuple(entries))


def test_topics_are_not_repeated_while_others_are_left():
    bank = bank_of(*[("a", Kind.TECHNICAL)] * 6, ("b", Kind.TECHNICAL), ("c", Kind.TECHNICAL))
    for seed in range(10):
        chosen = choose(bank, Level.HARD, 9, seed)
        assert len(chosen.questions) == 3
        assert {bank.find(each).question.topic for each in ids(chosen)} == {"a", "b", "c"}


def test_kinds_are_spread_too():
    topics = iter("abcdefgh")
    kinds = [*[Kind.TECHNICAL] * 6, Kind.BEHAVIOURAL, Kind.SITUATIONAL]
    bank = bank_of(*[(next(topics), kind) for kind in kinds])
    for seed in range(10):
        chosen = choose(bank, Level.HARD, 9, seed)
        assert len({each.question.kind for each in chosen.questions}) == 3


def test_a_bank_too_small_for_the_time_is_asked_to_its_end_and_says_what_is_left():
    plan = choose(BANKS["ds"], Level.MEDIUM, 90, 1)
    assert sorted(ids(plan)) == sorted(entry.id for entry in BANKS["ds"].entries)
    assert plan.unfilled > 30 * 60


def test_however_short_the_time_one_question_is_asked():
    assert len(choose(BANKS["ds"], Level.HARD, 0.1, 1).questions) == 1


@pytest.mark.parametrize("minutes", [0, -5, float("nan")])
def test_no_time_is_refused(minutes):
    with pytest.raises(InputError, match="has no time"):
        choose(BANKS["ds"], Level.EASY, minutes, 1)


def test_a_bank_without_the_level_gives_the_nearest():
    easy = Bank("Easy", BANKS["hr"].at(Level.EASY))
    assert {each.question.level for each in choose(easy, Level.HARD, 5, 1).questions} == {"easy"}


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(BANKS)),
    st.sampled_from(Level),
    st.floats(0.5, 60),
    st.integers(0, 10_000),
)
def test_every_plan_is_sound(domain, level, minutes, seed):
    plan = choose(BANKS[domain], level, minutes, seed)
    assert len(ids(plan)) == len(set(ids(plan)))
    depths = [DEPTH[planned.question.level] for planned in plan.questions]
    assert depths == sorted(depths)
    if len(depths) > 1:
        assert plan.planned <= plan.seconds + 1e-6
    longest = max(entry.to_ask().usual for entry in BANKS[domain].entries)
    if len(depths) < len(BANKS[domain].entries) and minutes * 60 > longest:
        assert plan.planned > plan.seconds - longest


def test_the_shipped_domains_are_those_that_are_promised():
    assert {"ds", "hr", "web"} <= set(shipped_domains())
