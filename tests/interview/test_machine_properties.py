import itertools
from datetime import UTC, datetime

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from interviewer.interview.documents.session import (
    EventKind,
    Question,
    Recording,
    Session,
    TargetBand,
)
from interviewer.interview.machine import advance
from interviewer.interview.plan import ToAsk, make_plan
from interviewer.interview.state import Action, Interview, Phase, Refusal, Step, possible
from interviewer.interview.timeline import answers_of

LIVELY = [
    *(Action.ASKED, Action.VOICE, Action.DONE, Action.PROCEED, Action.REDO),
    *(Action.REPEAT, Action.SKIP, Action.PAUSE, Action.RESUME, Action.TICK),
]


class AnyInterview(RuleBasedStateMachine):
    @initialize(count=st.integers(1, 3), minutes=st.floats(0.5, 5))
    def prepare(self, count: int, minutes: float) -> None:
        band = TargetBand(low=20, high=40)
        questions = [Question(id=f"q{n}", text="Why?", target=band) for n in range(count)]
        self.interview = Interview(make_plan([ToAsk(each) for each in questions], minutes))
        self.events = []
        self.signals = []
        self.now = 0.0
        self.tell(Action.START, 1.0)

    def tell(self, action: Action, later: float) -> None:
        self.now += later
        before = self.interview
        result = advance(before, action, self.now)
        if isinstance(result, Refusal):
            assert action not in result.possible
            assert self.interview is before
            return
        assert isinstance(result, Step)
        if action is Action.DONE:
            assert result.events[-1].kind is EventKind.ANSWER_ENDED
        self.interview = result.interview
        self.events += result.events
        self.signals += [(self.interview.index, self.interview.take, s) for s in result.signals]
        if result.events and result.events[-1].kind is EventKind.QUESTION_ASKED:
            assert before.started is None or before.plan.seconds > self.now - before.started

    @rule(action=st.sampled_from(LIVELY), later=st.floats(0, 20))
    def command(self, action: Action, later: float) -> None:
        self.tell(action, later)

    @rule(later=st.floats(0.1, 5))
    def answer(self, later: float) -> None:
        for action in (Action.ASKED, Action.VOICE, Action.DONE, Action.PROCEED):
            self.tell(action, later)

    @rule(choice=st.integers(0, 20), back=st.floats(0, 5))
    def something_possible_noticed_late(self, choice: int, back: float) -> None:
        actions = [action for action in possible(self.interview) if action is not Action.STOP]
        if actions:
            self.tell(actions[choice % len(actions)], -min(back, self.now))

    @rule(chance=st.integers(0, 9))
    def stop(self, chance: int) -> None:
        if chance == 0:
            self.tell(Action.STOP, 0.5)

    @invariant()
    def times_ascend(self) -> None:
        times = [event.time for event in self.events]
        assert times == sorted(times)

    @invariant()
    def at_most_one_answer_is_open(self) -> None:
        opened = None
        for event in self.events:
            match event.kind:
                case EventKind.QUESTION_ENDED:
                    assert opened is None
                    opened = (event.question, event.take)
                case EventKind.ANSWER_STARTED:
                    assert opened == (event.question, event.take)
                case EventKind.ANSWER_ENDED:
                    assert opened == (event.question, event.take)
                    opened = None
                case EventKind.PAUSED | EventKind.RESUMED:
                    pass
                case _:
                    opened = None

    @invariant()
    def finished_is_final(self) -> None:
        if self.interview.phase is Phase.FINISHED:
            assert possible(self.interview) == ()
            for action in Action:
                assert isinstance(advance(self.interview, action, self.now), Refusal)

    @invariant()
    def takes_count_up_and_questions_follow_each_other(self) -> None:
        asked = [e for e in self.events if e.kind is EventKind.QUESTION_ASKED]
        for before, after in itertools.pairwise(asked):
            again = (after.question, after.take) == (before.question, before.take + 1)
            onward = (after.question, after.take) == (before.question + 1, 1)
            assert again or onward

    @invariant()
    def no_time_is_negative(self) -> None:
        interview = self.interview
        assert interview.elapsed >= 0
        assert 0 <= interview.remaining <= interview.plan.seconds
        assert interview.answer_elapsed >= 0

    @invariant()
    def only_a_pause_has_something_to_go_on_with(self) -> None:
        assert (self.interview.paused_in is None) == (self.interview.phase is not Phase.PAUSED)

    @invariant()
    def answers_lie_between_their_question_and_the_next(self) -> None:
        answers = self.answers()
        for answer in answers:
            assert answer.question_end is not None
            asked = [
                event.time
                for event in self.events
                if event.kind is EventKind.QUESTION_ASKED
                and event.take == answer.take
                and self.interview.plan.questions[event.question].question == answer.question
            ]
            assert len(asked) == 1
            assert asked[0] <= answer.question_end == answer.start <= answer.end
        for before, after in itertools.pairwise(answers):
            assert before.end <= after.start
        takes = [(answer.question.id, answer.take) for answer in answers]
        assert takes == sorted(set(takes))

    @invariant()
    def every_ended_answer_is_found_and_no_skipped_one(self) -> None:
        ended = [e for e in self.events if e.kind is EventKind.ANSWER_ENDED]
        answers = self.answers()
        running = self.interview.doing in {Phase.THINKING, Phase.ANSWERING}
        assert len(answers) == len(ended) + running

    def answers(self):
        return answers_of(
            Session(
                id="s",
                title="s",
                created_at=datetime(2026, 1, 1, tzinfo=UTC),
                recording=Recording(
                    path="r", sha256="0", duration=self.now + 1, has_audio=True, has_video=False
                ),
                questions=tuple(each.question for each in self.interview.plan.questions),
                events=tuple(self.events),
            )
        )


AnyInterview.TestCase.settings = settings(
    max_examples=60, stateful_step_count=30, deadline=None, derandomize=True
)
TestAnyInterview = AnyInterview.TestCase
