import logging
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from interviewer.interview.documents.assessment import (
    Assessment,
    Band,
    Metric,
    Score,
    TimelineData,
)
from interviewer.interview.documents.session import Recording, Session
from interviewer.paths import sessions_home
from interviewer.workflows.analyze import Analysed
from interviewer.workflows.folders import SessionFolder
from interviewer.workflows.history import EARLIER, comparison, rebuild, remember
from interviewer.workflows.report import render

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SEEN = "Compared with earlier attempts"


def held(day, overall, *, name=None, candidate="Ada", domain="ds", level="easy", fillers=4.0):
    """A session in its folder and in the index, as an analysis leaves it."""
    session = Session(
        id=name or f"day-{day}",
        title=f"Practice {day}",
        created_at=NOON + timedelta(days=day),
        candidate=candidate,
        domain=domain,
        level=level,
        recording=Recording(
            path="recording.mp4", sha256="0" * 64, duration=60, has_audio=True, has_video=False
        ),
    )
    assessment = Assessment(
        session=session.id,
        title=session.title,
        duration=60,
        language="en",
        verdict="Fine.",
        scores=(
            Score(name="overall", label="Overall", value=overall, confidence=0.8),
            Score(name="eye_contact", label="Eye contact", value=None, not_observed="no video"),
        ),
        metrics=(
            Metric(
                name="fillers_per_100_words",
                label="Fillers",
                unit="per 100 words",
                value=None if overall is None else fillers,
                band=Band(high=3.5, source="somebody"),
                confidence=0.8,
            ),
            Metric(name="tone", label="Tone", unit="", value="calm", confidence=0.8),
        ),
        answers=(),
        findings=(),
        timeline=TimelineData(),
    )
    folder = SessionFolder(sessions_home() / session.id)
    folder.path.mkdir(parents=True)
    folder.write_session(session)
    folder.write_assessment(assessment)
    remember(session, assessment, folder.path)
    return Analysed(folder, session, assessment)


def compared(analysed):
    return comparison(analysed.session, analysed.assessment)


def days(found):
    return [attempt.id for attempt in found.earlier]


def page_of(analysed):
    text = render(analysed, pdf=False).html.read_text(encoding="utf-8")
    return re.sub(r"<footer>.*?</footer>", "", text, flags=re.DOTALL)


def test_the_first_attempt_has_nothing_to_compare_with():
    first = held(0, 50)
    assert compared(first) is None
    assert SEEN not in page_of(first)


def test_earlier_attempts_come_newest_first_with_scores_and_metrics():
    # Indexed in another order than they were recorded in.
    held(2, 60, fillers=5.0)
    held(0, 50, level="hard", fillers=8.0)
    now = held(3, 70, fillers=3.0)
    found = compared(now)
    assert days(found) == ["day-2", "day-0"]
    assert [attempt.level for attempt in found.earlier] == ["easy", "hard"]
    overall, eyes = found.scores
    assert (overall.value, overall.previous, overall.delta, overall.best) == (70, 60, 10, 70)
    assert overall.beyond_noise is None
    assert (eyes.value, eyes.previous) == (None, None)
    (fillers,) = found.metrics
    assert (fillers.value, fillers.previous, fillers.best) == (3.0, 5.0, 3.0)


def test_three_earlier_attempts_tell_a_change_from_ups_and_downs():
    for day, overall in enumerate((50, 52, 51)):
        held(day, overall)
    assert compared(held(3, 53)).scores[0].beyond_noise is False
    assert compared(held(4, 90)).scores[0].beyond_noise is True


def test_another_domain_and_another_candidate_take_no_part():
    held(0, 10, domain="web")
    held(1, 20, candidate="Bob")
    held(2, 30, candidate=None)
    now = held(4, 70)
    assert compared(now) is None
    held(3, 60)
    assert days(compared(now)) == ["day-3"]


def test_a_recording_that_names_neither_candidate_nor_domain_is_compared_with_none():
    held(0, 50, candidate=None, domain=None)
    assert compared(held(1, 60, candidate=None, domain=None)) is None
    held(2, 50, candidate=None)
    assert days(compared(held(3, 60, candidate=None))) == ["day-2"]


def test_an_attempt_in_which_nothing_was_observed_is_no_attempt_to_compare_with():
    held(0, 50)
    held(1, None)
    assert days(compared(held(2, 60))) == ["day-0"]


def test_no_more_than_the_newest_twenty_are_looked_at():
    for day in range(EARLIER + 3):
        held(day, 50 + day)
    found = compared(held(EARLIER + 3, 90))
    assert len(found.earlier) == EARLIER
    assert found.earlier[-1].id == "day-3"


def test_the_report_of_an_old_session_stays_what_it_was():
    held(0, 50)
    old = held(1, 60)
    before = page_of(old)
    assert SEEN in before
    assert "+10 since last time" in before
    newer = held(2, 80)
    assert page_of(old) == before
    assert "+20 since last time" in page_of(newer)


def test_a_session_is_not_compared_with_itself_however_often_it_is_reported_on():
    held(0, 50)
    now = held(1, 60)
    remember(now.session, now.assessment, now.folder.path)
    page_of(now)
    assert days(compared(now)) == ["day-0"]


def test_the_print_and_the_result_carry_the_comparison():
    held(0, 50)
    written = render(held(1, 60))
    assert days(written.comparison) == ["day-0"]
    assert written.pdf.stat().st_size > 10_000


@pytest.fixture
def newer_index(home_of_its_own):
    """An index of a later version, which this one must not touch."""

    def put():
        with closing(sqlite3.connect(home_of_its_own / "history.db")) as connection:
            connection.execute("PRAGMA user_version = 99")

    return put


def test_an_index_that_cannot_be_read_costs_the_comparison_and_not_the_report(newer_index, caplog):
    held(0, 50)
    now = held(1, 60)
    newer_index()
    with caplog.at_level(logging.WARNING):
        page = page_of(now)
    assert SEEN not in page
    assert "Overall" in page
    (said,) = [r.getMessage() for r in caplog.records if "not compared" in r.getMessage()]
    assert "newer version" in said


def test_a_damaged_index_is_mended_and_the_comparison_is_there(home_of_its_own):
    held(0, 50)
    now = held(1, 60)
    (home_of_its_own / "history.db").write_bytes(b"not a database" * 400)
    assert days(compared(now)) == ["day-0"]


def test_a_rebuilt_index_gives_the_same_comparison():
    for day, overall in enumerate((50, 52, 51)):
        held(day, overall)
    now = held(3, 60)
    before = compared(now)
    rebuild()
    assert compared(now) == before
