import subprocess
import sys
from datetime import UTC, datetime

import pytest

from interviewer.errors import InputError
from interviewer.interview.documents.session import Event, EventKind, Question, Session
from interviewer.workflows.complete import first_recording
from interviewer.workflows.journal import (
    JOURNAL,
    Header,
    Journal,
    forget,
    is_unfinished,
    read_journal,
    take_up,
)


def header(*, keep: bool = True) -> Header:
    session = Session(
        id="s",
        title="Data science, hard",
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        recording=first_recording("key", has_audio=True, has_video=False),
        questions=(Question(id="a", text="Why?"),),
    )
    return Header(session=session, keep=keep)


ASKED = Event(time=0.0, kind=EventKind.QUESTION_ASKED, question=0)
ENDED = Event(time=4.5, kind=EventKind.QUESTION_ENDED, question=0)


def test_what_was_noted_is_read_again(tmp_path):
    journal = Journal.begin(tmp_path, header(keep=False))
    journal.add([ASKED])
    journal.add([])
    journal.add([ENDED])
    noted = read_journal(tmp_path)
    assert noted.header == header(keep=False)
    assert noted.events == (ASKED, ENDED)


@pytest.mark.parametrize("lost", range(1, 60, 7))
def test_a_line_that_was_cut_off_loses_nothing_before_it(tmp_path, lost):
    journal = Journal.begin(tmp_path, header())
    journal.add([ASKED])
    journal.add([ENDED])
    path = tmp_path / JOURNAL
    path.write_bytes(path.read_bytes()[:-lost])
    assert read_journal(tmp_path).events == (ASKED,)


def test_a_journal_cut_off_in_its_first_line_says_so(tmp_path):
    Journal.begin(tmp_path, header())
    path = tmp_path / JOURNAL
    path.write_bytes(path.read_bytes()[:20])
    with pytest.raises(InputError, match="which interview"):
        read_journal(tmp_path)


def test_a_journal_is_its_owner_s_alone(tmp_path):
    Journal.begin(tmp_path, header())
    assert (tmp_path / JOURNAL).stat().st_mode & 0o777 == 0o600


def test_no_interview_begins_in_the_folder_of_one_that_was_not_completed(tmp_path):
    Journal.begin(tmp_path, header()).close()
    with pytest.raises(InputError, match="not completed"):
        Journal.begin(tmp_path, header())


def test_a_journal_is_held_until_it_is_left(tmp_path):
    journal = Journal.begin(tmp_path, header())
    assert take_up(tmp_path) is None
    journal.close()
    held = take_up(tmp_path)
    assert held is not None
    assert take_up(tmp_path) is None
    held.let_go()


def test_a_process_that_is_killed_leaves_its_journal_to_others(tmp_path):
    program = (
        "import sys; from interviewer.locks import try_alone; from pathlib import Path\n"
        f"held = try_alone(Path(sys.argv[1]) / {JOURNAL!r}); print('held', flush=True); input()"
    )
    Journal.begin(tmp_path, header()).close()
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"held\n"
        assert take_up(tmp_path) is None
        child.kill()
    held = take_up(tmp_path)
    assert held is not None
    held.let_go()


def test_a_complete_session_has_no_journal(tmp_path):
    Journal.begin(tmp_path, header()).close()
    assert is_unfinished(tmp_path)
    forget(tmp_path)
    assert not is_unfinished(tmp_path)
