import io
import re
import sys

import pytest

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


def printed(assessment, capsys, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    print_summary(assessment)
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
