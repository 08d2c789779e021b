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
