import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.analysis.words import HeardWord, fit_to_speech, unworded
from interviewer.interview.documents.base import Span


def words(*marks):
    return [HeardWord(f"w{index}", start, end, 0.9) for index, (start, end) in enumerate(marks)]


def spans(*marks):
    return [Span(start=start, end=end) for start, end in marks]


def edges(found):
    return [(word.start, word.end) for word in found]


def test_a_word_that_begins_in_the_pause_begins_with_its_sound():
    found = fit_to_speech(words((0.7, 1.3), (1.3, 1.9)), spans((1.0, 2.0)))
    assert edges(found) == [(1.0, 1.3), (1.3, 2.0)]


def test_a_word_that_runs_through_a_pause_belongs_to_what_follows():
    found = fit_to_speech(words((0.0, 0.6), (0.6, 2.4), (2.4, 3.0)), spans((0, 1.0), (2.2, 3.0)))
    assert edges(found) == [(0.0, 0.6), (2.2, 2.4), (2.4, 3.0)]


def test_a_word_that_only_touches_the_next_speech_stays():
    found = fit_to_speech(
        words(
            (0.4, 1.25),
        ),
        spans((0.0, 1.0), (1.2, 2.0)),
    )
    assert edges(found) == [(0.4, 1.0)]


def test_a_word_far_from_speech_is_dropped_and_one_beside_it_is_moved():
    found = fit_to_speech(words((0.0, 0.4), (0.5, 0.8)), spans((1.0, 2.0)))
    assert [word.text for word in found] == ["w1"]
    assert found[0].start == 1.0


def test_without_speech_there_are_no_words():
    assert fit_to_speech(words((0.0, 1.0)), []) == []


def test_speech_before_the_first_word_is_not_claimed_by_it():
    found = fit_to_speech(words((2.0, 2.5)), spans((0.0, 3.0)))
    assert found[0].start == 2.0


def test_words_squeezed_out_by_a_pause_still_have_time():
    found = fit_to_speech(words((0.5, 0.8), (0.8, 0.95), (0.95, 1.6)), spans((1.0, 2.0)))
    assert found[0].start == 1.0
    assert all(word.end - word.start >= 0.039 for word in found)


marks = st.lists(
    st.tuples(st.floats(0, 20), st.floats(0.02, 1.5)).map(lambda mark: (mark[0], sum(mark))),
    max_size=30,
).map(sorted)
speech = st.lists(st.floats(0, 21).map(lambda time: round(time, 2)), max_size=12, unique=True).map(
    lambda times: spans(*zip(sorted(times)[::2], sorted(times)[1::2], strict=False))
)


@given(marks, speech)
def test_words_keep_their_order_do_not_overlap_and_lie_in_speech(marks, speech):
    found = fit_to_speech(words(*marks), speech)
    names = [int(word.text[1:]) for word in found]
    assert names == sorted(names)
    for one, other in itertools.pairwise(found):
        assert one.end <= other.start + 1e-9
    for word in found:
        assert word.start <= word.end
        assert any(s.start - 1e-9 <= word.start and word.end <= s.end + 1e-9 for s in speech)


def test_speech_that_got_no_words_is_found():
    heard = words((0.0, 0.5), (0.5, 1.0), (6.0, 6.5))
    found = unworded(heard, spans((0.0, 1.0), (2.0, 4.0), (5.0, 6.5)))
    assert [(gap.start, gap.end) for gap in found] == [(2.0, 6.0)]


def test_a_last_word_stretched_over_skipped_speech_does_not_hide_it():
    (gap,) = unworded(words((0.0, 0.5), (0.5, 9.0)), spans((0.0, 10.0)))
    assert (gap.start, gap.end) == (pytest.approx(1.5), 10.0)


def test_speech_without_any_word_is_unworded_from_end_to_end():
    (gap,) = unworded([], spans((1.0, 2.0), (3.0, 4.0)))
    assert (gap.start, gap.end) == (1.0, 4.0)
