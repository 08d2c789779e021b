"""Ctrl-C at any moment of the whole job."""

import os
import signal
import subprocess
import sys

import pytest

SHORT = """\
title: Short
appearance: jonas
size: [640, 360]
fps: 15
turns:
  - question: Ready?
    answer: Yes, I am ready whenever you are.
"""


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.05, 0.3, 1.0, 2.0, 4.0, 7.0])
def test_ctrl_c_at_any_moment_is_one_sentence_and_the_next_run_succeeds(seconds, tmp_path):
    script, folder = tmp_path / "script.yaml", tmp_path / "session"
    script.write_text(SHORT)
    interviewer = f"{sys.executable} -m interviewer"
    simulate = f"{interviewer} simulate --script {script} --out {folder} --force"
    command = f"{simulate} && {interviewer} report {folder}"
    process = subprocess.Popen(
        ["bash", "-c", command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    # Interrupted while a class is being made from text, Python itself ends by the signal, which a
    # shell shows as 130 too.
    assert process.returncode in {0, 130, -signal.SIGINT}
    assert "Traceback" not in err
    assert "leaked" not in err
    assert not list(tmp_path.rglob("*.part"))
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (folder / "report.pdf").stat().st_size > 0
