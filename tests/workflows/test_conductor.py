"""The conductor with a fake voice and hand-made ears: every time is known."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np
import pytest

from interviewer.errors import CannotDoError
from interviewer.interview.documents.session import Question, Session, TargetBand
from interviewer.interview.plan import ToAsk, make_plan
from interviewer.interview.state import Action, Phase
from interviewer.interview.timeline import answers_of, boundaries_of
from interviewer.workflows.complete import first_recording
from interviewer.workflows.conduct.asking import Shown
from interviewer.workflows.conduct.conductor import BREATH, OVERTIME, Conductor
from interviewer.workflows.conduct.told import Untold

WINDOW = 0.032
SILENT = np.zeros(512, dtype=np.float32)
READING = 2.0


@dataclass
class Asker:
    asked: list[str] = field(default_factory=list)
    prepared: list[str] = field(default_factory=list)
    muted: bool = False
    position: object = None

    def prepare(self, planned):
        self.prepared.append(planned.question.id)

    def ask(self, planned, at):
        self.asked.append(planned.question.id)
        return Shown(at, READING)

    def close(self):
        pass


@dataclass
class Keeper:
    events: list = field(default_factory=list)
    full_after: int = 1000

    def add(self, events):
        if len(self.events) + len(events) > self.full_after:
            raise CannotDoError("There is no room left.")
        self.events.extend(events)


class Room:
    """A conductor and the time in its room."""

    def __init__(self, count=2, minutes=5.0, low=10, high=40, *, ears=True, **options):
        band = TargetBand(low=low, high=high)
        asked = [ToAsk(Question(id=f"q{n}", text="Why?", target=band)) for n in range(count)]
        self.keeper = Keeper(full_after=options.pop("full_after", 1000))
        self.asker = Asker()
        self.begun = Session(
            id="s",
            title="s",
            created_at=datetime(2026, 1, 1, tzinfo=UTC),
            recording=first_recording("k", has_audio=ears, has_video=False),
            questions=tuple(each.question for each in asked),
        )
        self.conductor = Conductor(
            make_plan(asked, minutes),
            self.begun,
            self.keeper,
            self.asker,
            Untold(),
            has_ears=ears,
            **options,
        )
        self.now = 0.0
        self.settled = []
        self.conductor.do(Action.START, 0.0)

    def pass_time(self, seconds, probability=0.0):
        for _ in range(round(seconds / WINDOW)):
            if self.conductor.finished.is_set():
                return self
            self.conductor.hear(self.now, self.now + WINDOW, probability, SILENT)
            self.now += WINDOW
            self.settled.append(self.conductor.settled(self.now))
        return self

    def talk(self, seconds):
        return self.pass_time(seconds, 0.9)

    @property
    def kinds(self):
        return [event.kind.value for event in self.keeper.events]

    @property
    def answers(self):
        recording = self.begun.recording.model_copy(update={"duration": self.now})
        events = tuple(self.keeper.events)
        return answers_of(self.begun.model_copy(update={"events": events, "recording": recording}))


def test_each_question_is_asked_answered_and_left_when_silence_has_lasted():
    room = Room(2)
    room.pass_time(READING + 1).talk(20).pass_time(10).pass_time(READING).talk(15).pass_time(20)
    assert room.asker.asked == ["q0", "q1"]
    assert room.conductor.finished.is_set()
    first, second = room.answers
    assert first.question_end == pytest.approx(READING, abs=0.1)
    assert first.end == pytest.approx(READING + 1 + 20 + 0.6, abs=0.1)
    asked = [event.time for event in room.keeper.events if event.kind == "question_asked"]
    assert second.question_end == pytest.approx(asked[1] + READING, abs=0.1)


def test_a_thinking_pause_does_not_end_an_answer():
    room = Room(1).pass_time(READING + 1).talk(12).pass_time(6).talk(12).pass_time(20)
    (answer,) = room.answers
    assert answer.end == pytest.approx(READING + 1 + 30 + 0.6, abs=0.1)
    assert room.kinds.count("answer_ended") == 1


def test_who_talks_over_the_question_is_not_cut_off():
    room = Room(1).pass_time(1.0).talk(15).pass_time(20)
    (answer,) = room.answers
    assert answer.start == pytest.approx(1.0, abs=0.1)
    assert room.kinds[:3] == ["question_asked", "question_ended", "answer_started"]


def test_a_question_that_nobody_answers_is_left():
    room = Room(2).pass_time(60)
    assert room.kinds[:3] == ["question_asked", "question_ended", "question_skipped"]
    assert room.asker.asked == ["q0", "q1"]


def test_the_next_question_comes_after_a_breath_and_was_made_ready_before():
    room = Room(2).pass_time(READING + 1)
    assert room.asker.prepared == ["q0", "q1"]
    room.talk(20).pass_time(12)
    ended = next(e.time for e in room.keeper.events if e.kind == "answer_ended")
    asked = [e.time for e in room.keeper.events if e.kind == "question_asked"]
    assert asked[1] >= ended + BREATH
    assert asked[1] - ended < 9


def test_over_time_an_answer_is_given_a_minute_and_no_question_begins():
    room = Room(3, minutes=1.0).pass_time(READING + 1).talk(60 + OVERTIME + 30)
    assert room.conductor.finished.is_set()
    assert room.asker.asked == ["q0"]
    (answer,) = room.answers
    assert answer.end == pytest.approx(60 + OVERTIME, abs=0.2)
    assert room.kinds[-1] == "stopped"


def test_who_thinks_when_the_time_is_over_is_not_kept():
    room = Room(1, minutes=0.2).pass_time(20)
    assert room.conductor.finished.is_set()
    assert room.now == pytest.approx(12 + BREATH, abs=0.5)
    assert room.answers == ()


def test_without_ears_the_clock_ends_answers():
    room = Room(2, ears=False)
    for tenth in range(3000):
        room.now = tenth / 10
        room.conductor.tick(room.now)
    assert room.conductor.finished.is_set()
    assert [round(answer.duration) for answer in room.answers] == [40, 40]


def test_with_a_key_to_press_silence_never_ends_an_answer():
    room = Room(1, automatic=False).pass_time(READING + 1).talk(20).pass_time(60)
    assert room.conductor.interview.phase is Phase.ANSWERING
    room.conductor.do(Action.DONE, room.now)
    assert room.answers[0].end == pytest.approx(room.now)


def test_what_is_settled_stays_settled():
    room = Room(3).pass_time(1).talk(15).pass_time(12).pass_time(READING + 2).talk(0.1)
    room.pass_time(3).talk(14).pass_time(60)
    final = room.begun.model_copy(
        update={
            "events": tuple(room.keeper.events),
            "recording": room.begun.recording.model_copy(update={"duration": room.now}),
        }
    )
    edges = boundaries_of(final)
    assert len(edges) >= 4
    for until, known in room.settled:
        assert known == tuple(edge for edge in edges if edge < until)
    untils = [until for until, _ in room.settled]
    assert untils == sorted(untils)
    assert all(now - until < 12 for now, (until, _) in zip(times(), room.settled, strict=False))


def times():
    now = 0.0
    while True:
        now += WINDOW
        yield now


def test_a_journal_that_cannot_be_written_ends_the_interview_and_keeps_what_was_noted():
    room = Room(2, full_after=2).pass_time(READING + 1).talk(5)
    assert room.conductor.finished.is_set()
    assert room.conductor.problem is not None
    assert room.kinds == ["question_asked", "question_ended"]


def test_after_a_pause_the_question_is_asked_again():
    room = Room(1).pass_time(1)
    room.conductor.do(Action.PAUSE, room.now)
    room.conductor.do(Action.RESUME, room.now)
    room.pass_time(READING - 0.5)
    assert room.conductor.interview.phase is Phase.ASKING
    room.pass_time(1)
    assert room.conductor.interview.phase is Phase.THINKING
    assert room.asker.asked == ["q0", "q0"]
