import shutil

import pytest
from indexed import assessment_of, session_of, write_folder

from interviewer.errors import CannotDoError
from interviewer.history.history import History
from interviewer.history.rows import Rebuilt


def write_some(home, count):
    for number in range(count):
        session = session_of(f"s{number}", hours=number)
        write_folder(home, session, assessment_of(session, overall=50.0 + number % 50))


def everything(history):
    rows = history.sessions()
    return [(row, history.measures(row.id), history.answers(row.id)) for row in rows]


def test_a_lost_index_comes_back_equal(tmp_path):
    with History(tmp_path / "history.db") as history:
        for number in range(3):
            session = session_of(f"s{number}", hours=number, candidate="Ann")
            assessment = assessment_of(session, overall=50.0 + number)
            folder = write_folder(tmp_path, session, assessment)
            history.add(session, assessment, folder)
        before = everything(history)
    assert len(before) == 3
    for path in tmp_path.glob("history.db*"):
        path.unlink()
    with History(tmp_path / "history.db") as history:
        assert everything(history) == before
        assert history.notes == ()


def test_an_empty_file_is_filled_like_a_missing_one(tmp_path):
    write_some(tmp_path, 2)
    (tmp_path / "history.db").touch()
    with History(tmp_path / "history.db") as history:
        assert [row.id for row in history.sessions()] == ["s1", "s0"]


def test_an_index_that_exists_is_not_filled_again(tmp_path):
    with History(tmp_path / "history.db"):
        pass
    write_some(tmp_path, 1)
    with History(tmp_path / "history.db") as history:
        assert history.sessions() == []


def test_rebuild_adds_refreshes_and_forgets(tmp_path):
    write_some(tmp_path, 3)
    with History(tmp_path / "history.db") as history:
        session = session_of("s1", hours=1)
        changed = assessment_of(session, overall=99.0)
        (tmp_path / "sessions/s1/assessment.json").write_text(changed.model_dump_json())
        shutil.rmtree(tmp_path / "sessions/s2")
        write_folder(tmp_path, session_of("s3", hours=3))
        assert history.rebuild(tmp_path / "sessions") == Rebuilt(found=3, added=3, removed=1)
        found = [(row.id, row.scores.get("overall")) for row in history.sessions()]
        assert found == [("s3", None), ("s1", 99.0), ("s0", 50.0)]


def test_rebuild_writes_more_sessions_than_one_transaction_holds(tmp_path):
    with History(tmp_path / "history.db") as history:
        write_some(tmp_path, 120)
        assert history.rebuild() == Rebuilt(found=120, added=120)
        assert len(history.sessions()) == 120


def test_rebuild_finds_a_folder_that_was_renamed(tmp_path):
    write_some(tmp_path, 1)
    with History(tmp_path / "history.db") as history:
        (tmp_path / "sessions/s0").rename(tmp_path / "sessions/renamed")
        assert history.rebuild() == Rebuilt(found=1, added=1)
        assert [row.folder.name for row in history.sessions()] == ["renamed"]


def test_rebuild_keeps_a_session_in_a_folder_elsewhere(tmp_path):
    session = session_of()
    folder = write_folder(tmp_path / "elsewhere", session)
    with History(tmp_path / "history.db") as history:
        history.add(session, None, folder)
        assert history.rebuild() == Rebuilt()
        assert history.last().folder == folder


def test_rebuild_says_what_it_could_not_read_and_why(tmp_path):
    home = tmp_path / "sessions"
    write_some(tmp_path, 1)
    (home / "half-deleted").mkdir()
    (home / "half-written").mkdir()
    (home / "half-written" / "session.json").write_text('{"schema_version": 1, "id"')
    (home / "newer").mkdir()
    newer = (
        session_of("newer").model_dump_json().replace('"schema_version":1', '"schema_version":9')
    )
    (home / "newer" / "session.json").write_text(newer)
    shutil.copytree(home / "s0", home / "z-copy")
    (home / ".hidden").mkdir()
    (home / "notes.txt").write_text("not a folder")
    with History(tmp_path / "history.db") as history:
        rebuilt = history.rebuild()
        why = {trouble.folder.name: trouble.why for trouble in rebuilt.skipped}
        assert set(why) == {"half-deleted", "half-written", "newer", "z-copy"}
        assert why["half-deleted"] == "it has no session.json"
        assert "invalid json" in why["half-written"]
        assert "schema_version" in why["newer"]
        assert why["z-copy"] == "it holds the same session as s0"
        assert (rebuilt.found, rebuilt.added, rebuilt.unscored) == (5, 1, ())


def test_a_session_whose_assessment_is_broken_is_indexed_without_scores(tmp_path):
    write_some(tmp_path, 2)
    (tmp_path / "sessions/s0/assessment.json").write_bytes(b"\x00\xff")
    other = assessment_of(session_of("other")).model_dump_json()
    (tmp_path / "sessions/s1/assessment.json").write_text(other)
    with History(tmp_path / "history.db") as history:
        rebuilt = history.rebuild()
        assert [trouble.folder.name for trouble in rebuilt.unscored] == ["s0", "s1"]
        assert rebuilt.unscored[1].why == "assessment.json is of another session"
        assert [row.scores for row in history.sessions()] == [{}, {}]
        assert [row.answers for row in history.sessions()] == [2, 2]


def test_what_is_known_of_a_folder_that_became_unreadable_stays(tmp_path):
    write_some(tmp_path, 1)
    with History(tmp_path / "history.db") as history:
        (tmp_path / "sessions/s0/session.json").write_text("")
        rebuilt = history.rebuild()
        assert (rebuilt.added, rebuilt.removed, len(rebuilt.skipped)) == (0, 0, 1)
        assert history.last().scores["overall"] == 50.0


def test_one_folder_that_cannot_be_stored_does_not_stop_the_rest(tmp_path):
    write_some(tmp_path, 2)
    session = session_of("a-huge-take")
    huge = assessment_of(session).model_dump_json().replace('"take":2', f'"take":{10**30}')
    folder = write_folder(tmp_path, session)
    (folder / "assessment.json").write_text(huge)
    with History(tmp_path / "history.db") as history:
        (trouble,) = history.rebuild().skipped
        assert trouble.folder == folder
        assert len(history.sessions()) == 2


def test_a_sessions_directory_that_cannot_be_read_is_said(tmp_path):
    (tmp_path / "sessions").write_text("a file")
    with pytest.raises(CannotDoError, match="cannot be read"), History(tmp_path / "history.db"):
        pass
