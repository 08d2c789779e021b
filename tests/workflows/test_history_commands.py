"""The list of sessions and the change between them, through the commands."""

import json
import shutil
from datetime import timedelta

from interviewer.paths import data_home, sessions_home
from interviewer.workflows.folders import SessionFolder


def session_with(known, name, days, overall):
    """A copy of the known session, recorded some days later and with another overall score."""
    folder = SessionFolder(sessions_home() / name)
    shutil.copytree(known.analysed.folder.path, folder.path)
    session, assessment = known.analysed.session, known.analysed.assessment
    created = session.created_at + timedelta(days=days)
    folder.write_session(session.model_copy(update={"id": name, "created_at": created}))
    scores = tuple(
        score.model_copy(update={"value": overall}) if score.name == "overall" else score
        for score in assessment.scores
    )
    folder.write_assessment(assessment.model_copy(update={"session": name, "scores": scores}))
    return folder


def test_without_sessions_it_says_what_to_type(call):
    code, out, _ = call("history")
    assert code == 0
    assert "interviewer demo" in out
    code, out, err = call("progress")
    assert (code, out) == (2, "")
    assert "no session" in err
    code, _, err = call("report")
    assert code == 2
    assert "interviewer demo" in err


def test_sessions_are_found_in_their_folders_newest_first(call, known):
    for days, (name, overall) in enumerate({"first": 50, "second": 60}.items()):
        session_with(known, name, days, overall)
    code, out, _ = call("history", "--json")
    assert code == 0
    assert [(row["id"], row["scores"]["overall"]) for row in json.loads(out)] == [
        ("second", 60),
        ("first", 50),
    ]
    assert (data_home() / "history.db").stat().st_mode & 0o077 == 0


def test_an_analysed_session_is_in_the_history_at_once(call, known):
    code, _, _ = call("analyze", known.analysed.folder.path)
    assert code == 0
    _, out, _ = call("history", "--json")
    assert [row["id"] for row in json.loads(out)] == [known.analysed.session.id]


def test_progress_tells_a_change_from_the_usual_ups_and_downs(call, known):
    for days, overall in enumerate((50, 52, 51, 53, 90)):
        session_with(known, f"number-{days}", days, overall)
    code, out, _ = call("progress", "--json")
    assert code == 0
    found = json.loads(out)
    (overall,) = [change for change in found["changes"] if change["name"] == "overall"]
    assert (overall["value"], overall["previous"], overall["best"]) == (90, 53, 90)
    assert overall["beyond_noise"] is True
    _, table, _ = call("progress")
    assert "↑ beyond your usual ups and downs" in table


def test_a_deleted_session_is_forgotten_by_a_rebuild(call, known):
    kept, gone = (session_with(known, name, 0, 50) for name in ("kept", "gone"))
    call("history")
    shutil.rmtree(gone.path)
    (sessions_home() / "broken").mkdir()
    (sessions_home() / "broken" / "session.json").write_text("{")
    code, out, _ = call("history", "rebuild")
    assert code == 0
    assert "1 forgotten" in out
    assert "broken" in out
    _, out, _ = call("history", "--json")
    assert [row["id"] for row in json.loads(out)] == [kept.path.name]


def test_a_damaged_history_is_built_anew_and_said(call, known):
    session_with(known, "only", 0, 50)
    call("history")
    (data_home() / "history.db").write_bytes(b"not a database" * 400)
    code, out, err = call("history", "--json")
    assert code == 0
    assert [row["id"] for row in json.loads(out)] == ["only"]
    assert "damaged" in err


def test_an_analysis_does_not_fail_for_the_history_s_sake(call, known, home_of_its_own):
    home_of_its_own.mkdir(parents=True)
    (home_of_its_own / "history.db").mkdir()
    code, out, err = call("analyze", known.analysed.folder.path, "--json")
    assert code == 0
    assert json.loads(out)["scores"]
    assert "history rebuild" in err


def test_a_report_without_a_name_is_of_the_last_session(call, known):
    session_with(known, "older", 0, 50)
    newer = session_with(known, "newer", 1, 60)
    code, out, err = call("report", "--no-pdf")
    assert code == 0, err
    assert out.strip() == str(newer.html)
