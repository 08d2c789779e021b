import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.interview.documents.assessment import Band
from interviewer.report.wording import (
    MINUS,
    band_text,
    clock,
    counted,
    difference,
    duration,
    in_minutes,
    listed,
    number,
    quantity,
    sentence,
)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00"), (7.4, "0:07"), (59.6, "1:00"), (187, "3:07"), (3599.7, "1:00:00")],
)
def test_a_time_reads_as_on_a_player(seconds, text):
    assert clock(seconds) == text


@given(st.floats(0, 86_400))
def test_a_clock_is_within_half_a_second_of_its_time(seconds):
    parts = [int(part) for part in clock(seconds).split(":")]
    back = sum(part * 60**power for power, part in enumerate(reversed(parts)))
    assert abs(back - seconds) <= 0.5


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, "0 s"), (48.4, "48 s"), (60, "1 min"), (372, "6 min 12 s"), (3900, "1 h 5 min")],
)
def test_a_length_of_time_reads_in_words(seconds, text):
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (154.4, "wpm", "154"),
        (3.0, "", "3"),
        (0.62, "%", "0.6"),
        (18.4, "%", "18"),
        (2.84, "s", "2.8"),
        (3.0, "s", "3.0"),
        (0.04, "st", "0.04"),
        (-0.42, "deviations", f"{MINUS}0.4"),
        (-0.0, "", "0"),
        (1234.5, "Hz", "1234"),
    ],
)
def test_a_number_has_the_digits_it_can_bear(value, unit, text):
    assert number(value, unit) == text


@given(st.floats(-1e6, 1e6), st.sampled_from(["", "%", "wpm", "Hz", "s", "dB", "per 100 words"]))
def test_a_number_never_reads_as_minus_nothing_and_stays_near_its_value(value, unit):
    text = number(value, unit)
    back = float(text.replace(MINUS, "-"))
    assert not (text.startswith(MINUS) and back == 0)
    assert abs(back - value) <= max(0.5, 0.006 * abs(value))


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (120, 185, "120–185"),
        (None, 3.5, "up to 3.5"),
        (60, None, "60 or more"),
        (-3, 2, f"{MINUS}3.0 to 2.0"),
        (None, None, ""),
    ],
)
def test_a_band_says_what_is_usual(low, high, text):
    unit = "wpm" if low == 120 else "x"
    if low == 60:
        unit = "%"
    assert band_text(Band(low=low, high=high, source="s"), unit) == text


def test_long_seconds_and_their_band_read_as_minutes_together():
    assert in_minutes("s", 45, 60, 120)
    assert quantity(45, "s", minutes=True) == ("0:45", "min")
    assert band_text(Band(low=60, high=120, source="s"), "s", minutes=True) == "1:00–2:00"
    assert not in_minutes("s", 1.2, None, 2.0)
    assert not in_minutes("wpm", 154)


def test_clauses_become_sentences_and_names_a_list():
    assert sentence("no speech was heard") == "No speech was heard."
    assert sentence("Is it?") == "Is it?"
    assert sentence("  ") == ""
    joined = "It took 2.8\N{NO-BREAK SPACE}s; 60\N{NO-BREAK SPACE}% is usual."
    assert sentence("it took 2.8 s; 60 % is usual") == joined
    assert sentence("3 sorts in 5 seconds") == "3 sorts in 5 seconds."
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert counted(1, "answer") == "1 answer"
    assert counted(2, "answer") == "2 answers"


@pytest.mark.parametrize(
    ("value", "before", "unit", "text"),
    [
        (154.4, 160.6, "wpm", "−7"),
        (4.14, 5.72, "per 100 words", "−1.6"),
        (0.4, -0.4, "deviations", "+0.8"),
        (0.05, 0.02, "s", "+0.03"),
        (9.6, 12.0, "%", "−2.4"),
        (2.04, 1.96, "s", ""),
        (65.2, 40.0, "s", "+0:25"),
        (3700.0, 30.0, "s", "+1:01:10"),
    ],
)
def test_a_difference_is_that_of_the_numbers_as_they_are_shown(value, before, unit, text):
    assert difference(value, before, unit) == text
