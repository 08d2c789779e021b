from datetime import UTC, datetime

import pytest

from interviewer.interview.documents.session import (
    EventKind,
    Question,
    Recording,
    Session,
    TargetBand,
)
from interviewer.interview.machine import advance
from interviewer.interview.plan import Plan, ToAsk, make_plan
from interviewer.interview.state import Action, Interview, Phase, Refusal, Signal, Step, possible
from interviewer.interview.timeline import answers_of

BAND = TargetBand(low=60, high=100)
START, ASKED, VOICE, DONE, PROCEED = (
    Action.START,
    Action.ASKED,
    Action.VOICE,
    Action.DONE,
    Action.PROCEED,
)


def plan(count: int = 3, minutes: float = 10) -> Plan:
    questions = [Question(id=f"q{n}", text="Why is that so?", target=BAND) for n in range(count)]
    return make_plan([ToAsk(question) for question in questions], minutes)


class Told:
    def __init__(self, *told: tuple[Action, float], plan: Plan) -> None:
        self.interview = Interview(plan)
        self.events = []
        self.signals = []
        for action, time in told:
            self.tell(action, time)

    def tell(self, action: Action, time: float) -> "Told":
        step = advance(self.interview, action, time)
        assert isinstance(step, Step), step
        self.interview = step.interview
        self.events += step.events
        self.signals += step.signals
        return self

    @property
    def kinds(self) -> list[str]:
        return [event.kind.value for event in self.events]

    def answers(self, duration: float = 500.0):
        return answers_of(
            Session(
                id="s",
                title="s",
                created_at=datetime(2026, 1, 1, tzinfo=UTC),
                recording=Recording(
                    path="r.mp4", sha256="0", duration=duration, has_audio=True, has_video=True
                ),
                questions=tuple(each.question for each in self.interview.plan.questions),
                events=tuple(self.events),
            )
        )


def test_a_plain_interview_asks_every_question_once_and_finishes():
    told = Told((START, 1), plan=plan(2))
    told.tell(ASKED, 4).tell(VOICE, 5).tell(DONE, 60).tell(PROCEED, 62)
    told.tell(ASKED, 66).tell(VOICE, 67).tell(DONE, 120).tell(PROCEED, 122)
    assert told.interview.phase is Phase.FINISHED
    assert told.kinds == ["question_asked", "question_ended", "answer_started", "answer_ended"] * 2
    assert [event.time for event in told.events] == [1, 4, 5, 60, 62, 66, 67, 120]
    assert [event.question for event in told.events] == [0] * 4 + [1] * 4
    first, second = told.answers()
    assert (first.start, first.end, second.start, second.end) == (4, 60, 66, 120)


def test_an_answer_can_be_ended_though_no_voice_was_noticed():
    told = Told((START, 0), (ASKED, 3), (DONE, 30), plan=plan())
    assert [(answer.start, answer.end) for answer in told.answers()] == [(3, 30)]


def test_a_repetition_moves_the_end_of_the_question():
    told = Told((START, 0), (ASKED, 3), (Action.REPEAT, 6), (ASKED, 9), plan=plan())
    told.tell(VOICE, 10).tell(DONE, 40)
    (answer,) = told.answers()
    assert (answer.question_end, answer.start, answer.end, answer.take) == (9, 9, 40, 1)


def test_asking_aloud_for_a_repetition_is_not_an_answer():
    told = Told((START, 0), (ASKED, 3), (VOICE, 4), (Action.REPEAT, 6), (ASKED, 9), plan=plan())
    told.tell(VOICE, 11).tell(DONE, 40)
    (answer,) = told.answers()
    assert (answer.question_end, answer.start, answer.end) == (9, 9, 40)


def test_well_into_an_answer_the_question_is_not_repeated_but_may_be_redone():
    told = Told((START, 0), (ASKED, 3), (VOICE, 4), plan=plan())
    refusal = advance(told.interview, Action.REPEAT, 19.5)
    assert isinstance(refusal, Refusal)
    assert Action.REPEAT not in refusal.possible
    assert Action.REDO in refusal.possible
    assert isinstance(advance(told.interview, Action.REPEAT, 18.5), Step)


def test_a_redone_take_is_an_answer_of_its_own_and_keeps_the_first():
    told = Told((START, 0), (ASKED, 3), (VOICE, 4), (Action.REDO, 20), (ASKED, 23), plan=plan())
    told.tell(VOICE, 24).tell(DONE, 60)
    assert [(a.take, a.start, a.end) for a in told.answers()] == [(1, 3, 20), (2, 23, 60)]
    redone = next(event for event in told.events if event.kind is EventKind.ANSWER_REDONE)
    assert (redone.time, redone.question, redone.take) == (20, 0, 2)


def test_a_take_redone_before_anything_was_said_leaves_no_answer():
    told = Told((START, 0), (ASKED, 3), (Action.REDO, 20), (ASKED, 23), plan=plan())
    told.tell(DONE, 60)
    assert [(answer.take, answer.start) for answer in told.answers()] == [(2, 23)]


def test_even_the_last_answer_can_be_redone():
    told = Told((START, 0), (ASKED, 3), (DONE, 40), (Action.REDO, 42), plan=plan(1))
    told.tell(ASKED, 45).tell(DONE, 70).tell(PROCEED, 71)
    assert told.interview.phase is Phase.FINISHED
    assert [answer.take for answer in told.answers()] == [1, 2]


def test_the_next_question_begins_with_its_first_take():
    told = Told((START, 0), (ASKED, 3), (DONE, 40), (Action.REDO, 42), plan=plan())
    told.tell(ASKED, 45).tell(DONE, 70).tell(PROCEED, 71)
    assert (told.interview.index, told.interview.take) == (1, 1)


@pytest.mark.parametrize("before", [[], [(ASKED, 3)], [(ASKED, 3), (VOICE, 4)]])
def test_a_skipped_question_gives_no_answer(before):
    told = Told((START, 0), *before, (Action.SKIP, 8), (PROCEED, 9), (ASKED, 12), plan=plan())
    told.tell(DONE, 40)
    (answer,) = told.answers()
    assert answer.question is not None
    assert answer.question.id == "q1"


def test_when_all_is_skipped_there_is_no_answer():
    told = Told((START, 0), (ASKED, 3), (Action.SKIP, 8), (PROCEED, 9), plan=plan(1))
    assert told.answers() == ()


@pytest.mark.parametrize(
    "phase", [[], [(ASKED, 3)], [(ASKED, 3), (VOICE, 4)], [(ASKED, 3), (VOICE, 4), (DONE, 9)]]
)
def test_a_pause_goes_on_where_it_began(phase):
    told = Told((START, 0), *phase, plan=plan())
    before = told.interview.phase
    told.tell(Action.PAUSE, 10)
    assert told.interview.phase is Phase.PAUSED
    told.tell(Action.RESUME, 10)
    assert told.interview.phase is before
    assert told.kinds[-2:] == ["paused", "resumed"]


def test_a_pause_does_not_cut_an_answer_in_two():
    told = Told((START, 0), (ASKED, 3), (VOICE, 4), (Action.PAUSE, 10), plan=plan())
    told.tell(Action.RESUME, 10).tell(DONE, 40)
    assert [(answer.start, answer.end) for answer in told.answers()] == [(3, 40)]


def test_paused_time_does_not_count():
    told = Told((START, 0), (ASKED, 3), (VOICE, 4), (Action.PAUSE, 10), plan=plan())
    left = told.interview.remaining
    told.tell(Action.TICK, 10).tell(Action.RESUME, 10)
    assert told.interview.remaining == left == 590


@pytest.mark.parametrize("paused", [False, True])
def test_stopping_keeps_the_answer_under_way(paused):
    told = Told((START, 0), (ASKED, 3), (VOICE, 4), plan=plan())
    if paused:
        told.tell(Action.PAUSE, 20)
    told.tell(Action.STOP, 20)
    assert told.kinds[-2:] == ["answer_ended", "stopped"]
    assert [(answer.start, answer.end) for answer in told.answers()] == [(3, 20)]


def test_stopping_before_anything_was_said_leaves_no_answer():
    told = Told((START, 0), (ASKED, 3), (Action.STOP, 20), plan=plan())
    assert told.answers() == ()


def test_after_a_crash_the_answer_under_way_runs_to_the_end_of_the_recording():
    told = Told((START, 0), (ASKED, 3), (VOICE, 4), plan=plan())
    assert [(answer.start, answer.end) for answer in told.answers(44)] == [(3, 44)]


def test_who_talks_over_the_question_is_answering_when_it_ends():
    told = Told((START, 0), (VOICE, 2), (ASKED, 3), plan=plan())
    assert told.interview.phase is Phase.ANSWERING
    assert [(event.kind.value, event.time) for event in told.events[1:]] == [
        ("question_ended", 3),
        ("answer_started", 3),
    ]


def test_a_voice_noticed_late_is_dated_back_but_not_before_the_question():
    told = Told((START, 0), (ASKED, 3), (Action.TICK, 5), plan=plan())
    noticed = Told((START, 0), (ASKED, 3), (Action.TICK, 5), (VOICE, 4.5), plan=plan())
    assert noticed.events[-1].time == 4.5
    assert noticed.interview.time == 5
    assert told.tell(VOICE, 2.5).events[-1].time == 3


def test_the_time_of_a_question_is_announced_once_at_80_and_at_100_percent():
    told = Told((START, 0), (ASKED, 3), (VOICE, 4), plan=plan(1))
    assert told.interview.current.seconds == 100
    heard = {}
    for time in range(5, 140):
        before = len(told.signals)
        told.tell(Action.TICK, time)
        heard |= dict.fromkeys(told.signals[before:], time)
    assert heard == {Signal.QUESTION_NEARLY_OVER: 83, Signal.QUESTION_OVER: 103}
    assert len(told.signals) == 2
    assert told.interview.phase is Phase.ANSWERING


def test_during_a_pause_the_clock_says_nothing():
    told = Told((START, 0), (ASKED, 3), (VOICE, 4), (Action.PAUSE, 98), plan=plan(1, minutes=2))
    assert told.tell(Action.TICK, 98).signals == []
    told.tell(Action.RESUME, 98).tell(Action.TICK, 98)
    assert told.signals == [Signal.QUESTION_NEARLY_OVER, Signal.TOTAL_NEARLY_OVER]


def test_each_take_has_its_own_time():
    told = Told((START, 0), (ASKED, 3), (VOICE, 4), (Action.TICK, 90), plan=plan(1))
    told.tell(Action.REDO, 91).tell(ASKED, 95).tell(VOICE, 96).tell(Action.TICK, 174)
    assert told.signals == [Signal.QUESTION_NEARLY_OVER]
    told.tell(Action.TICK, 175)
    assert told.signals == [Signal.QUESTION_NEARLY_OVER] * 2


def test_over_time_the_answer_goes_on_but_no_question_begins():
    told = Told((START, 10), (ASKED, 13), (VOICE, 14), (Action.TICK, 131), plan=plan(3, minutes=2))
    assert (told.interview.remaining, told.interview.elapsed) == (0, 121)
    assert Signal.TOTAL_OVER in told.signals
    assert told.interview.phase is Phase.ANSWERING
    told.tell(DONE, 150)
    assert Action.REDO not in possible(told.interview)
    assert told.interview.upcoming is None
    told.tell(PROCEED, 152)
    assert told.interview.phase is Phase.FINISHED
    assert [(answer.start, answer.end) for answer in told.answers()] == [(13, 150)]


def test_the_whole_time_counts_from_the_start_not_from_the_recording():
    told = Told((START, 100), (Action.TICK, 160), plan=plan(minutes=2))
    assert (told.interview.elapsed, told.interview.remaining) == (60, 60)


@pytest.mark.parametrize(
    ("told", "action"),
    [
        ([], Action.DONE),
        ([(START, 0)], Action.DONE),
        ([(START, 0)], Action.START),
        ([(START, 0), (ASKED, 3)], Action.ASKED),
        ([(START, 0), (ASKED, 3)], Action.PROCEED),
        ([(START, 0), (ASKED, 3), (DONE, 9)], Action.SKIP),
        ([(START, 0), (Action.PAUSE, 1)], Action.DONE),
        ([(START, 0), (Action.STOP, 1)], Action.TICK),
    ],
)
def test_what_is_not_possible_is_refused_and_says_what_is(told, action):
    interview = Told(*told, plan=plan()).interview
    refusal = advance(interview, action, 20)
    assert isinstance(refusal, Refusal)
    assert refusal.action is action
    assert refusal.possible == possible(interview)
    assert action not in refusal.possible


def test_a_refusal_reads_as_one_sentence():
    refusal = advance(Interview(plan()), Action.DONE, 0)
    assert isinstance(refusal, Refusal)
    assert refusal.message == (
        "done is not possible while the interview has not begun; possible now: start, stop."
    )


@pytest.mark.parametrize("time", [float("nan"), float("inf"), -0.1])
def test_what_is_no_time_is_an_error(time):
    with pytest.raises(ValueError, match="not a time"):
        advance(Interview(plan()), START, time)


def test_no_question_is_asked_only_to_be_broken_off():
    told = Told((START, 0), (ASKED, 3), (VOICE, 4), (DONE, 86), plan=plan(2, minutes=2))
    needed = told.interview.plan.questions[1].asked.asking + BAND.low / 2
    assert told.interview.remaining >= needed
    assert told.interview.upcoming is not None
    late = Told((START, 0), (ASKED, 3), (VOICE, 4), (DONE, 88), plan=plan(2, minutes=2))
    assert late.interview.remaining < needed
    late.tell(PROCEED, 88)
    assert late.interview.phase is Phase.FINISHED


def test_the_first_question_is_asked_however_short_the_time():
    assert Interview(plan(1, minutes=0.1)).upcoming is not None
