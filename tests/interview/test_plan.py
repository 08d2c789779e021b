import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.interview.documents.session import Question, TargetBand
from interviewer.interview.plan import BETWEEN, DEFAULT_TARGET, ToAsk, make_plan


def ask(low: float = 60, high: float = 120, words: int = 25) -> ToAsk:
    text = " ".join(["word"] * words)
    return ToAsk(Question(id="q", text=text, target=TargetBand(low=low, high=high)))


def test_asking_takes_as_long_as_reading_aloud_at_150_words_a_minute():
    assert ask(words=25).asking == pytest.approx(10 + 1.5)


def test_the_spoken_form_is_what_takes_time():
    question = Question(id="q", text="one two three four five")
    assert ToAsk(question, spoken="one").asking < ToAsk(question).asking


def test_time_to_spare_gives_the_upper_end_and_no_more():
    plan = make_plan([ask(), ask()], 30)
    assert [each.seconds for each in plan.questions] == [120, 120]
    assert plan.unfilled == pytest.approx(1800 - 2 * (11.5 + 120 + BETWEEN))


def test_little_time_gives_the_lower_end_and_no_less():
    plan = make_plan([ask(), ask()], 1)
    assert [each.seconds for each in plan.questions] == [60, 60]
    assert plan.unfilled == 0


def test_in_between_every_answer_has_the_same_place_in_its_band():
    first, second = make_plan([ask(60, 120), ask(90, 120)], 2 * 149.5 / 60 - 1).questions
    assert (first.seconds - 60) / 60 == pytest.approx((second.seconds - 90) / 30)
    assert 60 < first.seconds < 120


def test_a_question_without_a_band_gets_the_usual_one():
    (planned,) = make_plan([ToAsk(Question(id="q", text="Why?"))], 30).questions
    assert planned.seconds == DEFAULT_TARGET.high


@pytest.mark.parametrize(("questions", "minutes"), [([], 5), ([ask()], 0), ([ask()], -1)])
def test_no_question_or_no_time_is_no_plan(questions, minutes):
    with pytest.raises(ValueError, match="a plan needs"):
        make_plan(questions, minutes)


bands = st.tuples(st.floats(10, 200), st.floats(0, 200)).map(lambda b: ask(b[0], b[0] + b[1]))


@given(st.lists(bands, min_size=1, max_size=8), st.floats(0.1, 90))
def test_answers_stay_in_their_bands_and_fill_the_time_if_they_can(questions, minutes):
    plan = make_plan(questions, minutes)
    for planned in plan.questions:
        band = planned.asked.target
        assert band.low <= planned.seconds <= band.high + 1e-9
    least = sum(each.asking + each.target.low + BETWEEN for each in questions)
    if least <= plan.seconds:
        assert plan.planned <= plan.seconds + 1e-6
