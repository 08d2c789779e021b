import itertools
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.interview.documents.session import (
    Event,
    EventKind,
    Question,
    Recording,
    Session,
)
from interviewer.interview.timeline import answers_of, boundaries_of


def session(*events: Event, duration: float = 60.0) -> Session:
    return Session(
        id="s",
        title="s",
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        recording=Recording(
            path="recording.mp4", sha256="0", duration=duration, has_audio=True, has_video=True
        ),
        questions=(Question(id="a", text="First?"), Question(id="b", text="Second?")),
        events=events,
    )


def test_a_session_without_events_is_one_answer_from_start_to_end():
    (answer,) = answers_of(session())
    assert (answer.start, answer.end, answer.question, answer.question_end) == (0, 60, None, None)


def test_an_answer_runs_from_the_end_of_its_question_to_its_own_end():
    first, second = answers_of(
        session(
            Event(time=0, kind=EventKind.QUESTION_ASKED, question=0),
            Event(time=4, kind=EventKind.QUESTION_ENDED, question=0),
            Event(time=20, kind=EventKind.ANSWER_ENDED, question=0),
            Event(time=21, kind=EventKind.QUESTION_ASKED, question=1),
            Event(time=25, kind=EventKind.QUESTION_ENDED, question=1),
        )
    )
    assert (first.start, first.end, first.question_end) == (4, 20, 4)
    assert first.question is not None
    assert first.question.text == "First?"
    assert (second.start, second.end) == (25, 60)


def test_where_the_question_s_end_is_unknown_there_is_no_question_end():
    (answer,) = answers_of(
        session(
            Event(time=5, kind=EventKind.ANSWER_STARTED, question=1),
            Event(time=9, kind=EventKind.ANSWER_ENDED, question=1),
        )
    )
    assert answer.question_end is None
    assert (answer.start, answer.end) == (5, 9)


def test_a_second_take_is_an_answer_of_its_own():
    takes = answers_of(
        session(
            Event(time=1, kind=EventKind.QUESTION_ENDED, question=0, take=1),
            Event(time=5, kind=EventKind.ANSWER_ENDED, question=0, take=1),
            Event(time=6, kind=EventKind.QUESTION_ENDED, question=0, take=2),
            Event(time=9, kind=EventKind.ANSWER_ENDED, question=0, take=2),
        )
    )
    assert [answer.take for answer in takes] == [1, 2]


def test_a_repetition_drops_what_was_said_before_it():
    (answer,) = answers_of(
        session(
            Event(time=4, kind=EventKind.QUESTION_ENDED, question=0),
            Event(time=5, kind=EventKind.ANSWER_STARTED, question=0),
            Event(time=7, kind=EventKind.QUESTION_REPEATED, question=0),
            Event(time=10, kind=EventKind.QUESTION_ENDED, question=0),
            Event(time=30, kind=EventKind.ANSWER_ENDED, question=0),
        )
    )
    assert (answer.question_end, answer.start, answer.end) == (10, 10, 30)


@pytest.mark.parametrize("kind", [EventKind.ANSWER_REDONE, EventKind.STOPPED])
def test_only_where_something_was_said_does_a_new_take_or_a_stop_leave_an_answer(kind):
    silent = [
        Event(time=4, kind=EventKind.QUESTION_ENDED, question=0),
        Event(time=9, kind=kind, question=0),
    ]
    assert answers_of(session(*silent)) == ()
    voiced = Event(time=5, kind=EventKind.ANSWER_STARTED, question=0)
    assert [answer.end for answer in answers_of(session(*silent, voiced))] == [9]


def test_an_interview_stopped_before_its_first_question_was_asked_has_no_answer():
    asked = Event(time=1, kind=EventKind.QUESTION_ASKED, question=0)
    assert answers_of(session(asked, Event(time=2, kind=EventKind.STOPPED))) == ()


events = st.lists(
    st.builds(
        Event,
        time=st.floats(0, 60),
        kind=st.sampled_from(EventKind),
        question=st.one_of(st.none(), st.integers(0, 1)),
    ),
    max_size=12,
)


@given(events)
def test_whatever_the_events_answers_never_overlap_and_stay_in_the_recording(found):
    answers = answers_of(session(*found))
    assert answers or found
    for before, after in itertools.pairwise(answers):
        assert before.end <= after.start
    assert all(0 <= answer.start <= answer.end <= 60 for answer in answers)


@given(events)
def test_boundaries_ascend_and_lie_inside_the_recording(found):
    edges = boundaries_of(session(*found))
    assert list(edges) == sorted(set(edges))
    assert all(0 < edge < 60 for edge in edges)


@given(events, st.integers(0, 20))
def test_a_boundary_once_there_stays_whatever_happens_later(found, count):
    ordered = sorted(found, key=lambda event: event.time)
    early = set(boundaries_of(session(*ordered[:count])))
    assert early <= set(boundaries_of(session(*ordered)))


@given(events)
def test_no_answer_begins_or_ends_inside_a_segment(found):
    edges = {0.0, 60.0, *boundaries_of(session(*found))}
    for answer in answers_of(session(*found)):
        assert {answer.start, answer.end} <= edges
