import errno
import os
import subprocess
import sys

import pytest

from interviewer.console.boundary import run
from interviewer.errors import (
    CannotDoError,
    DeviceError,
    ExitCode,
    InputError,
    ModelMissingError,
)
from interviewer.paths import log_file


def raiser(error):
    def command():
        raise error

    return command


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (CannotDoError("It broke.", "Mend it."), 1),
        (InputError("It is empty.", "Give another."), 2),
        (DeviceError("No camera.", "Plug one in."), 3),
        (ModelMissingError("No model.", "Fetch it."), 4),
    ],
)
def test_an_expected_error_is_its_sentence_the_next_step_and_its_code(error, code, capsys):
    assert run(raiser(error)) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [error.message, error.next_step]


def test_ctrl_c_exits_130_and_says_that_nothing_is_lost(capsys):
    assert run(raiser(KeyboardInterrupt())) == ExitCode.INTERRUPTED
    assert "kept" in capsys.readouterr().err


def test_an_unexpected_error_points_to_the_log_and_shows_no_traceback(capsys):
    from interviewer import logs

    logs.configure()
    assert run(raiser(ZeroDivisionError("oops"))) == ExitCode.FAILED
    err = capsys.readouterr().err
    assert "Traceback" not in err
    assert str(log_file()) in err
    assert "ZeroDivisionError: oops" in log_file().read_text()


def test_an_error_keeps_both_sentences_across_processes():
    import pickle

    error = pickle.loads(pickle.dumps(InputError("One.", "Two.")))  # noqa: S301 - our own bytes
    assert (error.message, error.next_step, error.exit_code) == ("One.", "Two.", 2)


@pytest.mark.parametrize("arguments", [["--nonsense"], ["nonsense"], ["analyze"]])
def test_wrong_usage_exits_2_in_words(arguments, capsys, monkeypatch):
    from interviewer.cli import _run

    monkeypatch.setattr(sys, "argv", ["interviewer", *arguments])
    assert run(_run) == ExitCode.USAGE
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    assert err.strip()


def test_ctrl_c_that_a_library_turns_into_its_own_error_is_still_ctrl_c(capsys):
    import signal

    def command():
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            raise RuntimeError("this part needs a library that is not installed") from None

    assert run(command) == ExitCode.INTERRUPTED
    assert "library" not in capsys.readouterr().err
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_full_disk_under_the_output_is_one_sentence_and_exit_code_1(capsys):
    assert run(raiser(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))) == ExitCode.FAILED
    err = capsys.readouterr().err
    assert "room" in err
    assert "should not have" not in err


def piped(*arguments, **environment):
    return subprocess.run(
        ["bash", "-c", *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize("command", ["--help", "models list", "models list --json"])
def test_a_reader_that_goes_away_is_no_failure(command):
    read_nothing = f"{sys.executable} -m interviewer {command} | true; echo ${{PIPESTATUS[0]}}"
    done = piped(read_nothing)
    assert done.stdout.strip() == b"0"
    assert done.stderr == b""


@pytest.mark.parametrize("closed", ["2>&-", ">&-", "2>&- >&-"])
def test_closed_streams_are_no_failure(closed):
    done = piped(f"{sys.executable} -m interviewer models list --json {closed}")
    assert done.returncode == 0, done.stderr


def test_what_the_terminal_cannot_show_is_replaced():
    program = "print('\\u25b0 a \\u2026')"
    done = piped(
        f'{sys.executable} -c "from interviewer.console.streams import prepare; prepare(); '
        f'{program}"',
        PYTHONIOENCODING="ascii",
    )
    assert done.stdout == b"? a ?\n", done.stderr


def test_a_data_directory_that_cannot_be_used_stops_only_what_needs_it(tmp_path):
    (tmp_path / "file").touch()
    interviewer = f"{sys.executable} -m interviewer"
    done = piped(f"{interviewer} models list --json", INTERVIEWER_DATA=str(tmp_path / "file"))
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""


def test_a_log_that_can_no_longer_be_written_says_nothing(capsys, monkeypatch):
    import logging

    from interviewer import logs

    class Full:
        def write(self, text):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        def flush(self):
            pass

    monkeypatch.setattr(logging, "raiseExceptions", True)
    logs.configure()
    handler = logging.getLogger().handlers[-1]
    with handler.stream:
        monkeypatch.setattr(handler, "stream", Full())
        logging.getLogger("interviewer").warning("This is lost.")
    logging.getLogger().removeHandler(handler)
    assert capsys.readouterr().err == ""
