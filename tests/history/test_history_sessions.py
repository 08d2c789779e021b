import stat
from datetime import UTC, datetime, timedelta, timezone

import pytest
from indexed import NOON, assessment_of, session_of

from interviewer.errors import InputError
from interviewer.history.history import History
from interviewer.history.rows import Kind, Measure, Point, SessionRow


@pytest.fixture
def history(tmp_path):
    with History(tmp_path / "history.db") as opened:
        yield opened


def add(history, session, **known):
    folder = history._path.parent / "sessions" / session.id
    history.add(session, assessment_of(session, **known), folder)


def ids(rows):
    return [row.id for row in rows]


def test_a_session_comes_back_as_it_was_added(history, tmp_path):
    session = session_of(candidate="Ann")
    add(history, session, overall=71.5)
    assert history.last() == SessionRow(
        id="one",
        title="Title of one",
        created_at=NOON,
        duration=60.0,
        domain="ds",
        level="easy",
        candidate="Ann",
        language="en",
        folder=tmp_path / "sessions" / "one",
        answers=1,
        assessment_version=1,
        scores={"overall": 71.5, "tone_stability": None},
    )


def test_metrics_and_scores_of_one_name_stay_apart(history):
    add(history, session_of())
    assert history.measures("one") == (
        Measure(Kind.METRIC, "smile_share", "Smile_Share", "", None, None, 0.5),
        Measure(Kind.METRIC, "tone", "Tone", "", "calm", None, 0.5),
        Measure(Kind.METRIC, "tone_stability", "Tone_Stability", "%", 41.0, None, 0.5),
        Measure(Kind.METRIC, "words_per_minute", "Words_Per_Minute", "wpm", 140.0, 95.0, 0.9),
        Measure(Kind.SCORE, "overall", "Overall", "", 70.0, 70.0, 0.8),
        Measure(Kind.SCORE, "tone_stability", "Tone stability", "", None, None, 0.0),
    )


def test_answers_keep_their_question_take_and_scored_metrics(history):
    add(history, session_of())
    (answer,) = history.answers("one")
    assert (answer.question_id, answer.question, answer.take) == ("q1", "Why?", 2)
    assert (answer.start, answer.end) == (2.0, 20.0)
    assert [(one.name, one.value, one.score) for one in answer.measures] == [
        ("words_per_minute", 150.0, 90.0)
    ]


def test_a_session_without_assessment_has_answers_and_no_scores(history, tmp_path):
    history.add(session_of(), None, tmp_path / "sessions" / "one")
    row = history.last()
    assert (row.answers, row.assessment_version, row.scores) == (2, None, {})
    assert [(one.question_id, one.start) for one in history.answers("one")] == [
        ("q1", 2.0),
        ("q2", 25.0),
    ]


def test_adding_again_replaces_what_was_known(history, tmp_path):
    session = session_of()
    add(history, session, overall=10.0)
    add(history, session, overall=90.0)
    assert [row.scores["overall"] for row in history.sessions()] == [90.0]
    history.add(session, None, tmp_path / "elsewhere")
    assert history.measures("one") == ()
    assert history.last().folder == tmp_path / "elsewhere"


def test_sessions_are_newest_first_whatever_their_offset(history):
    add(history, session_of("noon", at=NOON))
    east = timezone(timedelta(hours=9))
    add(history, session_of("before", at=datetime(2026, 3, 1, 20, 59, tzinfo=east)))
    add(history, session_of("after", at=NOON + timedelta(microseconds=1)))
    assert ids(history.sessions()) == ["after", "noon", "before"]
    assert history.session("before").created_at == datetime(2026, 3, 1, 11, 59, tzinfo=UTC)


def test_filters_restrict_and_combine(history):
    add(history, session_of("a", hours=0, domain="ds", level="easy"))
    add(history, session_of("b", hours=1, domain="ds", level="hard"))
    add(history, session_of("c", hours=2, domain="web", level="hard"))
    assert ids(history.sessions(domain="ds")) == ["b", "a"]
    assert ids(history.sessions(level="hard")) == ["c", "b"]
    assert ids(history.sessions(domain="ds", level="hard")) == ["b"]
    assert ids(history.sessions(limit=2)) == ["c", "b"]
    assert ids(history.sessions(limit=0)) == []
    hour = NOON + timedelta(hours=1)
    assert ids(history.sessions(since=hour)) == ["c", "b"]
    assert ids(history.sessions(until=hour)) == ["a"]


def test_an_empty_history_has_no_last_session(history):
    assert history.last() is None
    assert history.sessions() == []
    assert history.session("one") is None
    assert history.measures("one") == ()
    assert history.answers("one") == ()


def test_earlier_sessions_are_of_the_same_candidate_and_domain(history):
    add(history, session_of("first", hours=0))
    add(history, session_of("other-domain", hours=1, domain="web"))
    add(history, session_of("other-person", hours=2, candidate="Bob"))
    add(history, session_of("second", hours=3))
    add(history, session_of("now", hours=4))
    add(history, session_of("later", hours=5))
    assert ids(history.earlier("now")) == ["second", "first"]
    assert ids(history.earlier("now", same_domain=False)) == ["second", "other-domain", "first"]
    assert ids(history.earlier("now", limit=1)) == ["second"]
    assert ids(history.earlier("first")) == []
    assert ids(history.earlier("unknown")) == []


def test_values_come_in_the_order_asked_for_and_leave_words_out(history):
    add(history, session_of("a"), pace=110.0)
    add(history, session_of("b"), pace=120.0)
    metrics = history.values(["b", "unknown", "a"])
    assert [one.get("words_per_minute") for one in metrics] == [120.0, None, 110.0]
    assert "tone" not in metrics[0]
    assert metrics[0]["smile_share"] is None
    assert history.values(["a"], Kind.SCORE) == [{"overall": 70.0, "tone_stability": None}]


def test_a_series_holds_what_was_observed_oldest_first(history):
    add(history, session_of("b", hours=1), overall=60.0)
    add(history, session_of("a", hours=0), overall=50.0)
    add(history, session_of("c", hours=2), overall=None)
    assert history.series("overall") == [
        Point(NOON, "a", 50.0),
        Point(NOON + timedelta(hours=1), "b", 60.0),
    ]
    assert [point.value for point in history.series("words_per_minute", Kind.METRIC)] == [140.0] * 3
    assert history.series("tone", Kind.METRIC) == []


def test_removing_takes_everything_of_that_session_only(history):
    add(history, session_of("a"))
    add(history, session_of("b"))
    assert history.remove("a")
    assert not history.remove("a")
    assert ids(history.sessions()) == ["b"]
    assert history.measures("a") == ()
    assert history.answers("a") == ()
    assert [point.session for point in history.series("overall")] == ["b"]


def test_what_was_removed_is_not_left_in_the_files(history, tmp_path):
    add(history, session_of("secret-name"))
    add(history, session_of("other"))
    history.remove("secret-name")
    left = b"".join(path.read_bytes() for path in tmp_path.glob("history.db*"))
    assert b"Title of other" in left
    assert b"secret-name" not in left


def test_only_the_owner_can_read_the_files(tmp_path):
    home = tmp_path / "new"
    with History(home / "history.db") as history:
        add(history, session_of())
        files = sorted(home.glob("history.db*"))
        assert {"history.db", "history.db-wal"} <= {path.name for path in files}
        assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_an_index_moved_with_its_sessions_finds_them(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    with History(old / "history.db") as history:
        add(history, session_of())
    old.rename(new)
    with History(new / "history.db") as history:
        assert history.last().folder == new / "sessions" / "one"


def test_a_date_that_cannot_be_stored_is_refused(history):
    west = timezone(timedelta(hours=-9))
    with pytest.raises(InputError, match="out of range"):
        add(history, session_of(at=datetime(9999, 12, 31, 23, tzinfo=west)))


def test_a_folder_whose_name_is_not_text_is_refused(history, tmp_path):
    with pytest.raises(InputError, match="not text"):
        history.add(session_of(), None, tmp_path / "bad\udcff")


def test_outside_of_its_block_it_cannot_be_used(tmp_path):
    history = History(tmp_path / "history.db")
    with pytest.raises(RuntimeError, match="with"):
        history.sessions()
