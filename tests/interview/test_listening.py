import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.interview.listening import (
    BRIDGE,
    MEMORY,
    SHORTEST,
    TRAIL,
    Ended,
    Listener,
    Onset,
    Unanswered,
)

WINDOW = 0.032
PATIENCE = 5.0


def windows(spans, until, start=0.0):
    """(start, end, probability) of windows in which the given spans are voice."""
    for index in range(round((until - start) / WINDOW)):
        begin = start + index * WINDOW
        middle = begin + WINDOW / 2
        loud = any(first <= middle < last for first, last in spans)
        yield begin, begin + WINDOW, 0.9 if loud else 0.05


def listen(spans, until, *, low=20.0, high=60.0, begin=0.0, listener=None, voice_since=None):
    listener = listener or Listener(PATIENCE)
    listener.begin(begin, low, high, voice_since=voice_since)
    return [
        heard for window in windows(spans, until) if (heard := listener.hear(*window)) is not None
    ]


def assert_heard(found, *expected):
    assert [type(heard) for heard in found] == [kind for kind, _ in expected]
    for heard, (_, time) in zip(found, expected, strict=True):
        assert heard.time == pytest.approx(time, abs=WINDOW)


def test_an_answer_begins_with_its_voice_and_ends_after_it():
    assert_heard(listen([(3, 40)], 60), (Onset, 3), (Ended, 40 + TRAIL))


def test_thinking_for_six_seconds_in_the_middle_does_not_end_the_answer():
    for said in (10, 20, 30, 42):
        found = listen([(1, 1 + said), (7 + said, 75)], 90)
        assert_heard(found, (Onset, 1), (Ended, 75 + TRAIL))


def test_a_first_hm_does_not_shorten_the_time_to_think():
    assert_heard(listen([(2, 2.6), (12, 50)], 70), (Onset, 2), (Ended, 50 + TRAIL))


def test_who_is_done_after_a_long_answer_waits_less():
    listener = Listener(PATIENCE)
    listener.begin(0, 20, 60)
    ended = [
        start
        for start, end, p in windows([(1, 70)], 90)
        if isinstance(listener.hear(start, end, p), Ended)
    ]
    assert ended == [pytest.approx(70 + 0.7 * PATIENCE, abs=2 * WINDOW)]


def test_who_often_pauses_is_given_time_even_after_a_long_answer():
    spans = [(1, 30), (35.5, 65), (70, 80)]
    assert_heard(listen(spans, 100), (Onset, 1), (Ended, 80 + TRAIL))
    assert_heard(listen([(1, 65), (70, 80)], 100), (Onset, 1), (Ended, 65 + TRAIL))


def test_nobody_answers():
    assert_heard(listen([], 60, begin=2), (Unanswered, 47))


def test_a_cough_is_no_answer():
    assert_heard(listen([(5, 5.15), (20, 20.1)], 60), (Unanswered, 45))


def test_a_cough_does_not_extend_an_answer():
    assert_heard(listen([(1, 30), (33, 33.15)], 60), (Onset, 1), (Ended, 30 + TRAIL))


def test_gaps_inside_a_word_do_not_hide_it():
    spans = [(2 + k * 0.16, 2.1 + k * 0.16) for k in range(4)]
    assert BRIDGE > 0.06
    assert listen(spans, 5)[0].time == pytest.approx(2, abs=WINDOW)


def test_voice_over_the_question_goes_on_as_the_answer():
    found = listen([(4, 40)], 60, begin=6, voice_since=4)
    assert_heard(found, (Ended, 40 + TRAIL))


def test_the_interviewers_last_word_is_not_the_answer():
    assert_heard(listen([(0, 10.3), (13, 40)], 60, begin=10), (Onset, 13), (Ended, 40 + TRAIL))


def test_an_answer_right_at_the_questions_end_is_heard():
    assert_heard(listen([(0, 10), (10.2, 40)], 60, begin=10), (Onset, 10.2), (Ended, 40 + TRAIL))


def test_what_was_heard_before_the_questions_end_was_known_counts():
    listener = Listener(PATIENCE)
    heard = [listener.hear(*window) for window in windows([(0, 10), (10.5, 14)], 12)]
    assert heard == [None] * len(heard)
    listener.begin(10, 20, 60)
    assert listener.settled(12) == pytest.approx(10.5, abs=WINDOW)
    assert listener.hear(12, 12 + WINDOW, 0.9).time == pytest.approx(10.5, abs=WINDOW)


def test_memory_is_bounded():
    listener = Listener(PATIENCE)
    for window in windows([], 20):
        listener.hear(*window)
    assert len(listener._memory) <= MEMORY / WINDOW + 2


def test_rest_hears_nothing_and_all_is_settled():
    listener = Listener(PATIENCE)
    listener.begin(0, 20, 60)
    for window in windows([(1, 2)], 2):
        listener.hear(*window)
    listener.rest()
    assert listener.settled(3) == 3
    later = windows([(2, 8)], 30, start=2.0)
    assert not any(listener.hear(*window) for window in later)


def test_silence_settles_shortly_after_the_voice():
    listener = Listener(PATIENCE)
    listener.begin(0, 20, 60)
    for window in windows([(1, 10)], 13):
        listener.hear(*window)
    assert listener.settled(13) == pytest.approx(10 + TRAIL, abs=WINDOW)


def test_without_patience_there_is_no_listening():
    with pytest.raises(ValueError, match="within words"):
        Listener(patience=0.5)


spans_of_talk = st.lists(
    st.tuples(st.floats(0.05, 9.0), st.floats(0.04, 12.0)), min_size=0, max_size=8
)


def placed(pairs):
    spans, time = [], 0.0
    for silence, voice in pairs:
        spans.append((time + silence, time + silence + voice))
        time += silence + voice
    return spans


@settings(max_examples=50, deadline=None, derandomize=True)
@given(
    spans_of_talk,
    st.floats(0, 5),
    st.floats(1, 20),
    st.floats(0, 40),
    st.lists(st.floats(0, 1), max_size=40),
)
def test_times_never_go_back_and_what_is_settled_stays(pairs, begin, low, width, noise):
    spans = placed(pairs)
    listener = Listener(PATIENCE, unanswered=15)
    listener.begin(begin, low, low + width)
    promised, latest = 0.0, begin
    for index, (start, end, p) in enumerate(windows(spans, 110)):
        heard = listener.hear(start, end, max(p, noise[index]) if index < len(noise) else p)
        if heard is not None:
            assert heard.time >= promised
            assert latest <= heard.time <= end
            latest = heard.time
        settled = listener.settled(end)
        assert promised <= settled <= end
        promised = settled


@settings(max_examples=50, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(st.floats(0.1, 3.4), st.floats(0.3, 12)), min_size=1, max_size=8),
    st.floats(1, 20),
    st.floats(0, 40),
)
def test_a_short_pause_never_ends_an_answer_and_silence_always_does(pairs, low, width):
    spans = placed(pairs)
    last = spans[-1][1]
    found = listen(spans, last + 2 * PATIENCE + 1, low=low, high=low + width)
    assert_heard(found, (Onset, spans[0][0]), (Ended, last + TRAIL))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.floats(0.2, 3), st.floats(0.01, SHORTEST - 0.05)), max_size=10))
def test_no_number_of_coughs_is_an_answer(pairs):
    assert_heard(listen(placed(pairs), 60), (Unanswered, 45))
