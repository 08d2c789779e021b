import pytest
from pretend import PretendInterview, plan_of

from interviewer.interview.state import Action, Refusal
from interviewer.tui import wording

ASKED = (Action.START, Action.ASKED)
BEGUN = (*ASKED, Action.VOICE)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00"), (59.99, "0:59"), (125, "2:05"), (3600, "60:00"), (-3, "0:00")],
)
def test_a_clock_shows_minutes_and_seconds(seconds, shown):
    assert wording.clock(seconds) == shown


def test_each_phase_has_its_own_words_and_a_mark():
    live = PretendInterview()
    said = [wording.phase(live.interview)]
    for action in (*BEGUN, Action.PAUSE, Action.RESUME, Action.DONE, Action.STOP):
        live.at(5, action)
        if action is not Action.RESUME:
            said.append(wording.phase(live.interview))
    assert len({each.text for each in said}) == len(said) == 7
    assert all(each.mark for each in said)


def test_between_questions_it_says_what_was_kept_and_what_follows():
    live = PretendInterview().at(5, *BEGUN, Action.DONE)
    assert wording.phase(live.interview).text == "Answer kept. The next question follows."
    live = PretendInterview(plan_of(("Only one?",))).at(5, Action.START, Action.SKIP)
    text = wording.phase(live.interview).text
    assert text == "No answer to this one. That was the last question."


@pytest.mark.parametrize(
    ("answered", "mark", "part"),
    [
        (79.9, None, None),
        (80, "◇", "0:20 left"),
        (99.5, "◇", "0:00 left"),
        (100, "◆", "is over"),
        (300, "◆", "is over"),
    ],
)
def test_warnings_come_at_80_and_100_percent_of_a_questions_time(answered, mark, part):
    live = PretendInterview(plan_of(minutes=30)).at(10, *BEGUN).at(10 + answered, Action.TICK)
    said = wording.warning(live.interview)
    if mark is None:
        assert said is None
    else:
        assert said.mark == mark
        assert part in said.text


def test_no_warning_while_a_question_is_asked():
    live = PretendInterview().at(10, Action.START).at(500, Action.TICK)
    assert wording.warning(live.interview) is None


def test_a_pause_keeps_the_warning():
    live = PretendInterview().at(10, *BEGUN).at(95, Action.PAUSE)
    assert wording.warning(live.interview).mark == "◇"


@pytest.mark.parametrize(
    ("time", "shown"),
    [(1, "10:00 left of 10:00"), (480.5, "2:00 left of 10:00"), (700, "time is over")],
)
def test_the_total_time_is_told_with_a_mark_when_it_runs_out(time, shown):
    live = PretendInterview().at(1, Action.START).at(time, Action.TICK)
    said = wording.total(live.interview, brief=False)
    assert said.text == shown
    assert said.mark == {1: "", 480.5: "", 700: "◆"}[time]


def test_the_total_time_is_marked_from_80_percent_on():
    live = PretendInterview().at(0, Action.START).at(480, Action.TICK)
    assert wording.total(live.interview, brief=True) == wording.Saying(
        "◇", "2:00 left", wording.WATCH
    )


def test_place_names_question_and_take():
    live = PretendInterview().at(5, *BEGUN, Action.REDO)
    assert wording.place(live.interview, brief=False) == "Question 1 of 3 · take 2"
    assert wording.place(live.interview, brief=True) == "Q 1 of 3 · take 2"


def test_topic_is_domain_and_level():
    assert wording.topic(PretendInterview().interview) == "Data science · hard"


def test_a_refusal_is_one_short_line_without_inner_words():
    live = PretendInterview().at(1, Action.START)
    refusal = live.do(Action.DONE)
    assert isinstance(refusal, Refusal)
    text = wording.why_not(refusal, live.interview)
    assert text == "Done is not possible while the question is being asked."


def test_a_late_repeat_is_refused_with_its_own_reason():
    live = PretendInterview().at(1, *BEGUN).at(30, Action.TICK)
    text = wording.why_not(live.do(Action.REPEAT), live.interview)
    assert text == "A question is repeated only in an answer's first 15 seconds."


def test_another_take_after_the_time_is_refused_with_its_own_reason():
    live = PretendInterview().at(1, *BEGUN).at(700, Action.TICK)
    text = wording.why_not(live.do(Action.REDO), live.interview)
    assert text == "The time is over, so there is no other take."


def test_a_caption_keeps_its_last_words():
    words = " ".join(f"word{n}" for n in range(100))
    tail = wording.tail(words, 40, 2)
    assert tail.startswith("… word")
    assert tail.endswith("word99")
    assert len(tail) <= 80
    assert wording.tail("short", 40, 2) == "short"
