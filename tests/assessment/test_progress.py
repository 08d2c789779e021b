import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.assessment.progress import (
    Change,
    Direction,
    compare,
    direction_of,
    student,
    usual_spread,
)
from interviewer.interview.documents.assessment import Band

VALUES = st.floats(-1000, 1000).map(lambda value: round(value, 3))
MAYBE = st.none() | VALUES
SESSIONS = st.dictionaries(st.sampled_from("abc"), MAYBE)


def one(value, *earlier, direction=Direction.UP):
    (change,) = compare({"x": value}, [{"x": each} for each in earlier], {"x": direction})
    return change


def test_a_change_with_known_numbers():
    # differences 2, -4, 4: root of (4 + 16 + 16) / 3
    change = one(90.0, 62.0, 60.0, 64.0, 60.0)
    assert change == Change(
        name="x",
        value=90.0,
        previous=62.0,
        delta=28.0,
        best=90.0,
        usual_spread=pytest.approx(math.sqrt(12)),
        beyond_noise=True,
    )


def test_the_limit_is_students_t_times_the_usual_change():
    earlier = (60.0, 64.0, 60.0, 64.0)
    limit = 4.0 * 3.182
    assert one(60.0 + 0.99 * limit, *earlier).beyond_noise is False
    assert one(60.0 + 1.01 * limit, *earlier).beyond_noise is True
    assert one(60.0 - 1.01 * limit, *earlier).beyond_noise is True


def test_a_steady_climb_is_not_taken_for_noise_of_its_whole_range():
    earlier = [float(value) for value in range(90, 40, -2)]
    assert usual_spread(earlier) == pytest.approx(2.0)
    assert one(97.0, *earlier).beyond_noise is True
    assert one(92.0, *earlier).beyond_noise is False


def test_fewer_than_three_earlier_values_cannot_tell():
    for earlier in ((), (50.0,), (50.0, 51.0)):
        change = one(99.0, *earlier)
        assert change.beyond_noise is None
        assert change.usual_spread is None
    assert one(99.0, 50.0, 51.0, 50.0).beyond_noise is True


def test_what_was_not_observed_is_passed_over():
    change = one(70.0, None, 60.0, None, 61.0, 60.0)
    assert (change.previous, change.delta) == (60.0, 10.0)
    assert change.usual_spread == pytest.approx(1.0)
    gone = one(None, 60.0, 61.0, 60.0)
    assert (gone.value, gone.previous, gone.delta, gone.beyond_noise) == (None, 60.0, None, None)
    assert gone.best == 61.0


def test_the_first_session_has_nothing_to_compare_with():
    assert compare({"x": 1.0}, []) == [Change("x", 1.0, None, None, 1.0, None, None)]
    assert compare({"x": None}, []) == [Change("x", None, None, None, None, None, None)]


def test_equal_earlier_values_cannot_tell_unless_nothing_changed():
    assert one(1.0, 0.0, 0.0, 0.0, 0.0).beyond_noise is None
    assert one(0.0, 0.0, 0.0, 0.0, 0.0).beyond_noise is False


def test_best_follows_the_direction():
    assert one(2.0, 3.0, 1.0, direction=Direction.UP).best == 3.0
    assert one(2.0, 3.0, 1.0, direction=Direction.DOWN).best == 1.0
    assert one(2.0, 3.0, 1.0, direction=None).best is None
    (unnamed,) = compare({"x": 2.0}, [{"x": 3.0}], {"y": Direction.UP})
    assert unnamed.best is None


@pytest.mark.parametrize(
    ("band", "direction"),
    [
        (Band(low=1.0, source="s"), Direction.UP),
        (Band(high=1.0, source="s"), Direction.DOWN),
        (Band(low=1.0, high=2.0, source="s"), None),
        (Band(source="s"), None),
        (None, None),
    ],
)
def test_a_band_with_one_limit_tells_the_direction(band, direction):
    assert direction_of(band) is direction


@pytest.mark.parametrize(
    ("freedom", "table", "within"),
    [
        (2, 4.3027, 0.031),
        (3, 3.1824, 0.008),
        (4, 2.7764, 0.003),
        (9, 2.2622, 0.001),
        (99, 1.9842, 0.001),
    ],
)
def test_students_t_agrees_with_the_tables(freedom, table, within):
    assert student(freedom) == pytest.approx(table, rel=within)


@pytest.mark.parametrize("count", [3, 4, 6, 10, 20])
def test_without_any_change_about_one_in_twenty_seems_to_be_one(count):
    rng = np.random.default_rng(count)
    drawn = rng.normal(70, 5, size=(6000, count + 1)).tolist()
    called = [one(now, *earlier).beyond_noise for now, *earlier in drawn]
    assert 0.035 < sum(called) / len(called) < 0.065


@pytest.mark.parametrize(("count", "found"), [(3, 0.41), (5, 0.60), (10, 0.72)])
def test_a_change_of_four_deviations_is_found_as_often_as_is_said(count, found):
    rng = np.random.default_rng(count)
    drawn = rng.normal(70, 5, size=(2000, count + 1))
    drawn[:, 0] += 4 * 5
    called = [one(now, *earlier).beyond_noise for now, *earlier in drawn.tolist()]
    assert sum(called) / len(called) == pytest.approx(found, abs=0.04)


@given(SESSIONS, st.lists(SESSIONS, max_size=8))
def test_every_measure_is_compared_once_and_its_numbers_agree(current, earlier):
    changes = compare(current, earlier)
    assert [(change.name, change.value) for change in changes] == list(current.items())
    for change in changes:
        known = [
            session[change.name] for session in earlier if session.get(change.name) is not None
        ]
        assert change.previous == (known[0] if known else None)
        assert (change.delta is None) == (change.value is None or not known)
        if change.delta is not None:
            assert change.delta == change.value - change.previous
            assert change.best >= max(change.value, change.previous)
        assert (change.usual_spread is None) == (len(known) < 3)
        if len(known) < 3 or change.value is None:
            assert change.beyond_noise is None


@given(VALUES, st.lists(VALUES, min_size=3, max_size=9), st.sampled_from([0.5, -1.0, 4.0]))
def test_neither_the_unit_nor_the_sign_changes_the_judgement(value, earlier, factor):
    plain = one(value, *earlier)
    other = one(value * factor, *(each * factor for each in earlier))
    assert other.beyond_noise is plain.beyond_noise
    assert other.usual_spread == pytest.approx(abs(factor) * plain.usual_spread)


@given(st.lists(VALUES, min_size=3, max_size=9))
def test_the_usual_change_lies_between_the_smallest_and_the_largest(values):
    steps = [abs(after - before) for after, before in pairwise(values)]
    assert min(steps) - 1e-9 <= usual_spread(values) <= max(steps) + 1e-9
