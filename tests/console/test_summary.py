import io
import re
import sys
from datetime import UTC, datetime

import pytest

from interviewer.assessment.comparison import Attempt, compared
from interviewer.console.steps import PlainSteps
from interviewer.console.summary import print_summary
from interviewer.interview.documents.assessment import (
    Assessment,
    Band,
    Finding,
    Metric,
    Score,
    TimelineData,
    Verdict,
)


@pytest.fixture
def assessment():
    return Assessment(
        session="s",
        title="Practice [red]with brackets[/red]",
        duration=75,
        language="en",
        verdict="Your pace was easy to follow; work next on fewer fillers.",
        scores=(
            Score(name="pace", label="Pace", value=81.4),
            Score(name="eye", label="Eye contact", value=None, not_observed="no picture"),
        ),
        metrics=(
            Metric(
                name="words_per_minute",
                label="Pace",
                unit="wpm",
                value=157.93,
                band=Band(low=120, high=185, source="somebody"),
                verdict=Verdict.GOOD,
            ),
            Metric(name="smile", label="Smiling", unit="%", value=None, not_observed="no picture"),
            Metric(name="gaze", label="Gaze", unit="%", value=None, not_observed="no picture"),
        ),
        answers=(),
        findings=(
            Finding(
                kind="improve",
                metric="fillers",
                title="Replace fillers by silence",
                text="You used 6 fillers per 100 words; usual is up to 3.5 per 100 words.",
                exercise="Answer one question again.",
            ),
        ),
        timeline=TimelineData(),
    )


def printed(assessment, capsys, monkeypatch, columns, comparison=None):
    monkeypatch.setenv("COLUMNS", str(columns))
    print_summary(assessment, comparison)
    return capsys.readouterr().out


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_no_line_is_wider_than_the_terminal_or_eighty_columns(
    assessment, capsys, monkeypatch, columns
):
    lines = printed(assessment, capsys, monkeypatch, columns).splitlines()
    assert max(map(len, lines)) <= min(columns, 80)


def test_numbers_come_with_unit_and_usual_range(assessment, capsys, monkeypatch):
    out = printed(assessment, capsys, monkeypatch, 80)
    assert re.search(r"Pace +158 +wpm +120–185 +● good", out)
    assert re.search(r"Pace +81 +▰{16}", out)


def test_a_narrow_terminal_loses_what_is_usual_before_it_loses_a_number(
    assessment, capsys, monkeypatch
):
    assert re.search(r"Pace +158 +wpm +● good", printed(assessment, capsys, monkeypatch, 40))


def test_what_was_not_observed_says_why_and_has_no_number(assessment, capsys, monkeypatch):
    out = printed(assessment, capsys, monkeypatch, 80)
    assert "Eye contact    –  not observed: no picture" in out
    assert "Not observed (no picture): smiling, gaze." in out


def after(assessment, *paces):
    """A comparison with earlier attempts, newest first, of which only the pace is known."""
    when = datetime(2026, 3, 1, 12, tzinfo=UTC)
    return compared(assessment, [Attempt("x", "", when, {"pace": pace}, {}) for pace in paces])


@pytest.mark.parametrize(
    ("paces", "expected"),
    [
        ((77.6,), (r"Pace +81 +\+3  ▰{16}", "after two more attempts")),
        ((81.0,), (r"Pace +81 +same  ▰{16}", "after two more attempts")),
        ((80.0, 84.0, 79.0), (r"Pace +81 +\+1  ▰{16}", "none is beyond your usual")),
        ((30.0, 31.0, 30.0), (r"Pace +81 +↑ \+51  ▰{16}", "↑ and ↓ are beyond your usual")),
        ((99.0, 98.0, 99.0), (r"Pace +81 +↓ −18  ▰{16}", "↑ and ↓ are beyond your usual")),
    ],
)
def test_a_change_stands_beside_its_score_and_is_explained(
    assessment, capsys, monkeypatch, paces, expected
):
    said, why = expected
    out = printed(assessment, capsys, monkeypatch, 80, after(assessment, *paces))
    assert re.search(said, out)
    assert why in " ".join(out.split())
    assert "since last time, 2026-03-01" in " ".join(out.split())
    assert "Eye contact    –  not observed: no picture" in out


@pytest.mark.parametrize("columns", [40, 80])
def test_changes_keep_within_the_width_too(assessment, capsys, monkeypatch, columns):
    out = printed(assessment, capsys, monkeypatch, columns, after(assessment, 30.0, 31.0, 30.0))
    assert max(map(len, out.splitlines())) <= columns
    assert "↑ +51" in out


def test_what_a_person_wrote_is_never_read_as_markup(assessment, capsys, monkeypatch):
    assert "[red]with brackets[/red]" in printed(assessment, capsys, monkeypatch, 80)


def test_a_pipe_gets_no_colour(assessment, capsys, monkeypatch):
    assert "\x1b" not in printed(assessment, capsys, monkeypatch, 80)


def test_a_log_gets_a_line_for_each_step_and_nothing_on_stdout(capsys):
    out = io.StringIO()
    with PlainSteps(out) as steps:
        steps.begin("Listening")
        steps.advance(0.5)
        steps.end()
    first, last = out.getvalue().splitlines()
    assert first == "Listening …"
    assert last.startswith("Listening: done in ")
    assert capsys.readouterr() == ("", "")


def test_progress_goes_to_stderr_by_default(capsys):
    with PlainSteps(sys.stderr) as steps:
        steps.begin("Looking")
    assert capsys.readouterr().out == ""
