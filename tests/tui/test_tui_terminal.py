import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pty = pytest.importorskip("pty")
fcntl = pytest.importorskip("fcntl")

HERE = Path(__file__).parent


class Terminal:
    """A process on a pseudo-terminal of 80 by 24."""

    def __init__(self, *command, **pipes):
        import struct
        import termios

        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        environment = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(HERE)}
        environment.pop("COLUMNS", None)
        environment.pop("LINES", None)
        self.process = subprocess.Popen(
            [sys.executable, *command],
            **{"stdin": slave, "stdout": slave, "stderr": slave, **pipes},
            env=environment,
            start_new_session=True,
        )
        os.close(slave)
        self.seen = b""

    def reads(self, text):
        end = time.monotonic() + 30
        while text not in self.seen:
            assert time.monotonic() < end, self.seen[-3000:]
            assert self._take(0.2), self.seen[-3000:]

    def rest(self):
        while self._take(0.2):
            pass
        return self.seen

    def _take(self, patience):
        if not select.select([self.master], [], [], patience)[0]:
            return self.process.poll() is None
        try:
            piece = os.read(self.master, 65536)
        except OSError:
            return False
        self.seen += piece
        return bool(piece)

    def hang_up(self):
        os.close(self.master)
        self.master = -1

    def close(self):
        with contextlib.suppress(OSError):
            os.close(self.master)
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(10)


@pytest.fixture
def terminal():
    opened = []

    def open_terminal(*command, **pipes):
        opened.append(Terminal(*command, **pipes))
        return opened[-1]

    yield open_terminal
    for each in opened:
        each.close()


APP = str(HERE / "terminal_child.py")


def test_native_prints_go_to_the_log_and_the_terminal_comes_back(terminal, home_of_its_own):
    screen = terminal(APP)
    screen.reads(b"Logitech BRIO")
    os.write(screen.master, b"\x11")
    screen.reads(b"CODE 0")
    assert screen.process.wait(20) == 0
    seen = screen.rest()
    assert b"NOISE" not in seen
    assert b"CLOSED" in seen
    assert seen.rindex(b"\x1b[?1049l") < seen.rindex(b"CLOSED")
    log = (home_of_its_own / "interviewer.log").read_text()
    assert {"NOISE-ONE", "NOISE-TWO", "NOISE-CHILD"} <= set(log.split())


def test_a_terminal_that_is_closed_ends_the_app_and_finishes_what_it_began(terminal, tmp_path):
    kept, code = tmp_path / "stderr", tmp_path / "code"
    with kept.open("wb") as file:
        screen = terminal(APP, str(code), stderr=file)
        screen.reads(b"Logitech BRIO")
        screen.hang_up()
        screen.process.wait(20)
    assert code.read_text() == "130"
    assert kept.read_bytes().startswith(b"CLOSED\n")


def test_being_ended_restores_the_terminal(terminal):
    screen = terminal(APP)
    screen.reads(b"Logitech BRIO")
    screen.process.send_signal(signal.SIGTERM)
    screen.reads(b"CODE 130")
    assert screen.process.wait(20) == 130
    assert b"\x1b[?1049l" in screen.rest()


def test_the_screen_is_seen_where_errors_are_redirected(terminal, tmp_path):
    with (tmp_path / "errors").open("wb") as file:
        screen = terminal(APP, stderr=file)
        screen.reads(b"Logitech BRIO")
        os.write(screen.master, b"\x11")
        assert screen.process.wait(20) == 0
    assert b"\x1b[" not in (tmp_path / "errors").read_bytes()


def test_screens_that_fail_leave_a_sentence_on_the_terminal_and_the_details_in_the_log(
    terminal, home_of_its_own
):
    screen = terminal(APP, "--broken")
    screen.reads(b"please report them.")
    assert screen.process.wait(20) == 1
    seen = screen.rest()
    assert b"The screens ended in a way that they should not have." in seen
    assert b"ZeroDivisionError" not in seen
    assert b"CLOSED" in seen
    assert "broken on purpose" in (home_of_its_own / "interviewer.log").read_text()
