import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from indexed import assessment_of, session_of, write_folder

from interviewer.errors import CannotDoError, InputError
from interviewer.history import migrations
from interviewer.history.history import History

SET_ASIDE = (
    "The history was damaged; it was set aside as history.db.corrupt-1 and built anew "
    "from 30 of 30 session folders."
)


@pytest.fixture
def filled(tmp_path):
    path = tmp_path / "history.db"
    for number in range(30):
        session = session_of(f"s{number:02}", hours=number)
        write_folder(tmp_path, session, assessment_of(session))
    with History(path) as history:
        assert len(history.sessions()) == 30
    return path


def asides(path):
    return sorted(each.name for each in path.parent.glob("history.db.corrupt-*"))


def scribble(path, start):
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(start)
        file.write(b"\xa5" * (size - start))


def pragma(path, statement):
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.mark.parametrize("start", [0, 100], ids=["header", "schema"])
def test_a_damaged_file_is_set_aside_and_built_anew_at_opening(filled, start):
    scribble(filled, start)
    damaged = filled.read_bytes()
    with History(filled) as history:
        assert len(history.sessions()) == 30
        assert history.notes == (SET_ASIDE,)
    assert asides(filled) == ["history.db.corrupt-1"]
    assert (filled.parent / "history.db.corrupt-1").read_bytes() == damaged
    with History(filled) as history:
        assert history.notes == ()


def test_damage_inside_the_file_is_mended_when_it_is_met(filled):
    scribble(filled, 4096)
    with History(filled) as history:
        assert history.notes == ()
        assert len(history.sessions()) == 30
        assert len(history.notes) == 1
        assert len(history.series("overall")) == 30
    assert asides(filled) == ["history.db.corrupt-1"]


def test_damage_met_while_adding_loses_no_session(filled):
    scribble(filled, 4096)
    session = session_of("new", hours=99)
    folder = write_folder(filled.parent, session, assessment_of(session))
    with History(filled) as history:
        history.add(session, assessment_of(session), folder)
        assert history.last().id == "new"
        assert len(history.sessions()) == 31


def test_a_second_damaged_file_gets_a_name_of_its_own(filled):
    for _ in range(2):
        scribble(filled, 0)
        with History(filled):
            pass
    assert asides(filled) == ["history.db.corrupt-1", "history.db.corrupt-2"]


def test_a_newer_history_is_refused_and_left_alone(filled):
    pragma(filled, "PRAGMA user_version = 7")
    before = filled.read_bytes()
    with pytest.raises(InputError, match="newer version") as caught, History(filled):
        pass
    assert "Upgrade" in caught.value.next_step
    assert filled.read_bytes() == before
    assert asides(filled) == []


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "history.db"
    pragma(path, "CREATE TABLE recipe (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(InputError, match="another program"), History(path):
        pass
    assert path.read_bytes() == before


def test_a_step_that_fails_leaves_the_old_schema_and_data(filled, monkeypatch):
    def half(connection):
        connection.execute("ALTER TABLE session ADD COLUMN note TEXT")
        connection.execute("INSERT INTO nowhere VALUES (1)")

    with monkeypatch.context() as patched:
        patched.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, half))
        with pytest.raises(CannotDoError, match="nowhere"), History(filled):
            pass
    with History(filled) as history:
        assert len(history.sessions()) == 30


def test_a_new_step_is_taken_once_and_keeps_the_data(filled, monkeypatch):
    taken = []

    def step(connection):
        taken.append(1)
        connection.execute("ALTER TABLE session ADD COLUMN note TEXT")
        connection.execute("UPDATE session SET note = 'kept'")

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, step))
    for _ in range(2):
        with History(filled) as history:
            assert len(history.sessions()) == 30
            session = session_of("s00")
            history.add(session, None, filled.parent / "sessions" / "s00")
    assert taken == [1]
    notes = sqlite3.connect(filled).execute("SELECT DISTINCT note FROM session").fetchall()
    assert notes == [("kept",)]


def test_a_place_that_is_a_directory_is_said(tmp_path):
    (tmp_path / "history.db").mkdir()
    with pytest.raises(CannotDoError, match="cannot be opened"), History(tmp_path / "history.db"):
        pass


READ_ONLY = """
import os, sys
from pathlib import Path
from interviewer.errors import CannotDoError
from interviewer.history.history import History
if os.geteuid() == 0:  # whom permissions do not stop
    os.setgid(65534)
    os.setuid(65534)
try:
    with History(Path(sys.argv[1])) as history:
        print("listed", len(history.sessions()))
        history.remove("s00")
except CannotDoError as error:
    print(error.message, error.next_step)
"""


@pytest.fixture
def foreign_home():
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        session = session_of("s00")
        write_folder(home, session, assessment_of(session))
        with History(home / "history.db"):
            pass
        yield home


def run_without_rights(home):
    done = subprocess.run(
        [sys.executable, "-c", READ_ONLY, str(home / "history.db")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_read_only_file_can_be_listed_and_says_that_it_cannot_be_written(foreign_home):
    (foreign_home / "history.db").chmod(0o444)
    foreign_home.chmod(0o777)
    (foreign_home / "history.db.lock").unlink()
    printed = run_without_rights(foreign_home)
    assert printed.startswith("listed 1\n")
    assert "cannot be opened for writing" in printed
    assert "permissions" in printed


@pytest.mark.parametrize("lock", ["there", "missing"])
def test_a_read_only_directory_is_said(foreign_home, lock):
    for path in foreign_home.glob("history.db*"):
        path.chmod(0o444)
    if lock == "missing":
        (foreign_home / "history.db.lock").unlink()
    foreign_home.chmod(0o555)
    try:
        printed = run_without_rights(foreign_home)
    finally:
        foreign_home.chmod(0o755)
    assert printed.count("\n") == 1
    assert "cannot be opened for writing" in printed
    assert "permissions" in printed


def test_a_full_disk_is_said_and_keeps_what_was_there(filled):
    with History(filled) as history:
        connection = history._database.connection
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        session = session_of("big").model_copy(update={"title": "x" * 1_000_000})
        with pytest.raises(CannotDoError, match="no room left"):
            history.add(session, None, filled.parent / "big")
        assert len(history.sessions()) == 30


def test_two_that_meet_the_same_damage_set_the_file_aside_once(filled):
    scribble(filled, 4096)
    with History(filled) as first, History(filled) as second:
        assert len(first.sessions()) == 30
        assert len(second.sessions()) == 30
        assert (len(first.notes), second.notes) == (1, ())
        session = session_of("new", hours=99)
        second.add(session, None, filled.parent / "sessions" / "new")
        assert first.last().id == "new"
    assert asides(filled) == [
        "history.db.corrupt-1",
        "history.db.corrupt-1-shm",
        "history.db.corrupt-1-wal",
    ]
