"""The whole command on a real pseudo-terminal, with the simulated candidate and real models."""

import os
import pty
import re
import select
import struct
import sys
import termios
import time
from fcntl import ioctl
from pathlib import Path

import pytest

from interviewer.paths import sessions_home
from interviewer.workflows.folders import SessionFolder

pytestmark = pytest.mark.slow

SCRIPT = """\
title: Screened
appearance: mei
size: [320, 240]
fps: 10
turns:
  - question: What did you build?
    response_latency: 0.5
    answer: I built a small search engine. It found every page of our shop in less than a second.
    pace: 0.9
"""
CODES = re.compile(rb"\x1b(?:\[[0-9;?<>=]*[A-Za-z]|\][^\x07]*\x07|[()][A-Z0-9]|[=>])")


class Terminal:
    """A pseudo-terminal of 100 x 30 in which the command runs."""

    def __init__(self, *arguments: str) -> None:
        self.seen = ""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
            command = [sys.executable, "-m", "interviewer", *arguments]
            os.execv(sys.executable, command)  # noqa: S606 - there is no shell
        ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))

    def wait_for(self, text: str, seconds: float = 60) -> None:
        """Read until a text was drawn since the last wait."""
        end = time.monotonic() + seconds
        raw = b""
        while time.monotonic() < end:
            if select.select([self.fd], [], [], 0.2)[0]:
                try:
                    raw += os.read(self.fd, 65536)
                except OSError:
                    break
            shown = CODES.sub(b"", raw).decode(errors="replace")
            if text in shown:
                self.seen += shown
                return
        raise AssertionError(f"{text!r} was not drawn, but: {shown[-2000:]}")

    def press(self, keys: str) -> None:
        os.write(self.fd, keys.encode())

    def leave(self, seconds: float = 90) -> int:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if select.select([self.fd], [], [], 0.2)[0]:
                try:
                    self.seen += os.read(self.fd, 65536).decode(errors="replace")
                except OSError:
                    break
        _, status = os.waitpid(self.pid, 0)
        return os.waitstatus_to_exitcode(status)


@pytest.fixture
def script(tmp_path) -> Path:
    path = tmp_path / "script.yaml"
    path.write_text(SCRIPT)
    return path


def test_from_the_first_start_to_the_review(script):
    simulated = f"simulated:{script}"
    terminal = Terminal(
        "start", "--domain", "hr", "--level", "easy", "--minutes", "2", "--no-voice",
        "--mic", simulated, "--camera", simulated, "--model", "whisper-tiny.en",
    )  # fmt: skip
    terminal.wait_for("Welcome")
    terminal.press("\r")
    terminal.wait_for("mic", 90)
    terminal.press("\r")
    terminal.wait_for("REC", 120)
    terminal.wait_for("answering", 60)
    time.sleep(6)  # the candidate talks for so long
    terminal.press("\r")
    terminal.press("\x11")
    terminal.wait_for("Stop", 30)
    terminal.press("\t\r")
    terminal.wait_for("Overall", 120)
    terminal.press("\x11")
    assert terminal.leave() == 0
    assert "Traceback" not in terminal.seen
    (folder,) = [SessionFolder(path) for path in sessions_home().iterdir()]
    session = folder.read_session()
    assert session.recording.has_video
    assert folder.html.exists()
