import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from indexed import assessment_of, session_of, write_folder

from interviewer.errors import CannotDoError
from interviewer.history.history import History

HERE = Path(__file__).parent

ADD = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from indexed import assessment_of, session_of
from interviewer.history.history import History
path, name = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
sys.stdin.readline()
with History(path) as history:
    for number in range(40):
        session = session_of(f"{name}-{number}", hours=number)
        history.add(session, assessment_of(session), path.parent / session.id)
        history.add(session_of("shared"), None, path.parent / name)
        assert len(history.sessions()) > number
"""

HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN " + sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
"""

FILL = """
import sys
from pathlib import Path
from interviewer.history import history as room
read = room.scan
def scan(home):
    for number, scanned in enumerate(read(home)):
        if number == 3:
            print("ready", flush=True)
            sys.stdin.readline()
        yield scanned
room.scan = scan
with room.History(Path(sys.argv[1])):
    pass
"""


def start(code, *arguments):
    process = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n", process.stderr.read()
    return process


def finish(process):
    _, errors = process.communicate("go\n", timeout=120)
    assert process.returncode == 0, errors


def test_processes_that_open_a_new_history_at_once_and_write_lose_nothing(tmp_path):
    path = tmp_path / "history.db"
    writers = [start(ADD, path, name, HERE) for name in ("a", "b", "c")]
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        finish(writer)
    with History(path) as history:
        expected = {f"{name}-{number}" for name in "abc" for number in range(40)} | {"shared"}
        rows = history.sessions()
        assert {row.id for row in rows} == expected
        assert len(rows) == len(expected)
        assert len(history.series("overall")) == 120


def test_processes_that_meet_the_same_damage_set_it_aside_once(tmp_path):
    path = tmp_path / "history.db"
    session = session_of("kept")
    write_folder(tmp_path, session, assessment_of(session))
    path.write_bytes(b"\xa5" * 8192)
    writers = [start(ADD, path, name, HERE) for name in ("a", "b", "c")]
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        finish(writer)
    assert [each.name for each in tmp_path.glob("*corrupt*")] == ["history.db.corrupt-1"]
    with History(path) as history:
        assert len(history.sessions()) == 3 * 40 + 2


def test_reading_goes_on_while_another_process_writes_and_writing_says_it_is_busy(tmp_path):
    path = tmp_path / "history.db"
    with History(path) as history:
        history.add(session_of(), None, tmp_path)
    holder = start(HOLD, path, "IMMEDIATE")
    with History(path, patience=0.05) as history:
        assert len(history.sessions()) == 1
        with pytest.raises(CannotDoError, match="Another interviewer") as caught:
            history.add(session_of("two"), None, tmp_path)
        assert "Wait" in caught.value.next_step
        finish(holder)
        history.add(session_of("two"), None, tmp_path)
        assert len(history.sessions()) == 2


def test_a_history_that_another_process_is_opening_says_that_it_is_busy(tmp_path):
    path = tmp_path / "history.db"
    with History(path):
        pass
    holder = start(HOLD, tmp_path / "history.db.lock", "EXCLUSIVE")
    with (
        pytest.raises(CannotDoError, match="Another interviewer"),
        History(path, patience=0.05),
    ):
        pass
    finish(holder)
    with History(path) as history:
        assert history.sessions() == []


def test_a_filling_that_was_killed_is_begun_anew(tmp_path):
    path = tmp_path / "history.db"
    for number in range(6):
        write_folder(tmp_path, session_of(f"s{number}", hours=number))
    filling = start(FILL, path)
    os.kill(filling.pid, signal.SIGKILL)
    filling.communicate()
    with History(path, patience=0.5) as history:
        assert len(history.sessions()) == 6
        assert history.notes == ()


def test_opening_loads_no_heavy_library():
    code = (
        "import sys, interviewer.history.history\n"
        "heavy = {'numpy', 'cv2', 'av', 'scipy', 'matplotlib', 'textual', 'sqlalchemy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
