"""Interviews that are killed: what was recorded plays, what was answered is there."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest

from interviewer.analysis.media import read_audio
from interviewer.errors import ExitCode
from interviewer.interview.timeline import answers_of
from interviewer.paths import sessions_home
from interviewer.workflows.complete import PART
from interviewer.workflows.folders import SessionFolder
from interviewer.workflows.journal import JOURNAL, read_journal
from interviewer.workflows.recover import Unfinished, recover, unfinished

CHILD = Path(__file__).parent / "conducting_child.py"
TINY = "whisper-tiny.en"
SCRIPT = """\
title: Killed
appearance: mei
size: [320, 240]
fps: 15
turns:
  - question: What did you build?
    response_latency: 0.5
    answer: I built a small search engine. It found every page of our shop in less than a second.
    pace: 0.9
"""


class Interview:
    """An interview in a process of its own, which tells how far its recorder is."""

    def __init__(self, folder: SessionFolder, command: list[str], log: Path) -> None:
        self.folder = folder
        self.log = log
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=log.open("w"), text=True, env=dict(os.environ)
        )
        self.reached = 0.0
        self._told = threading.Condition()
        threading.Thread(target=self._follow, daemon=True).start()

    @property
    def part(self) -> Path:
        return self.folder.path / PART

    def wait_until_recorded(self, seconds: float) -> None:
        with self._told:
            assert self._told.wait_for(
                lambda: self.reached >= seconds or self.process.poll() is not None, 120
            )
        assert self.process.poll() is None, self.log.read_text()

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def workers(self) -> list[psutil.Process]:
        return [child for child in self.children() if "spawn_main" in " ".join(child.cmdline())]

    def kill(self) -> list[psutil.Process]:
        """Kill it, and know how far it was."""
        children = self.children()
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        return children

    def _follow(self) -> None:
        for line in self.process.stdout:
            if line.startswith("recorded "):
                with self._told:
                    self.reached = float(line.split()[1])
                    self._told.notify_all()
        with self._told:
            self._told.notify_all()


def begin(tmp_path: Path, name: str = "killed", *more: str) -> Interview:
    script = tmp_path / "script.yaml"
    script.write_text(SCRIPT)
    folder = SessionFolder(sessions_home() / name)
    command = [
        sys.executable, str(CHILD), "start", "--headless", "--no-voice",
        "--mic", f"simulated:{script}", "--camera", f"simulated:{script}", "--patience", "2",
        "--minutes", "4", "--seed", "1", "--model", TINY, "--speed", "3",
        "--out", str(folder.path), *more,
    ]  # fmt: skip
    return Interview(folder, command, tmp_path / f"{name}.err")


def assert_recovered(interview: Interview, call) -> None:
    """At most 2 s are lost, the journal's answers are there, and the session is complete."""
    noted = read_journal(interview.folder.path)
    code, out, err = call("recover", interview.folder.path.name)
    assert code == ExitCode.OK, err
    assert out.strip().endswith("report.html")
    session = interview.folder.read_session()
    assert session.recording.duration >= interview.reached - 2.0
    sound = sum(len(b) for b in read_audio(interview.folder.recording_of(session))) / 16_000
    assert sound == pytest.approx(session.recording.duration, abs=0.1)
    ended = [event.time for event in noted.events if event.kind == "answer_ended"]
    assert len(answers_of(session)) >= len(ended)
    assert not (interview.folder.path / JOURNAL).exists()
    assert not interview.part.exists()
    assessment = json.loads(interview.folder.assessment.read_text())
    assert sum(len(answer["words"]) for answer in assessment["answers"]) >= 10 * len(ended)
    assert unfinished() == []


def test_a_killed_interview_is_offered_and_completed(tmp_path, call):
    interview = begin(tmp_path)
    interview.wait_until_recorded(16)
    assert call("recover")[2] == "No interview was broken off.\n"
    code, _, err = call("recover", "killed")
    assert (code, "still going on" in err) == (ExitCode.USAGE, True)
    workers = interview.kill()
    psutil.wait_procs(workers, timeout=20)
    assert not [worker for worker in workers if worker.is_running()]
    _, _, err = call("start", "--headless", "--minutes", "0")
    assert "broken off" in err
    assert "interviewer recover" in err
    assert_recovered(interview, call)
    code, _, err = call("recover", "killed")
    assert (code, "is complete" in err) == (ExitCode.USAGE, True)


def test_metrics_only_holds_for_a_recovered_interview_too(tmp_path, call):
    interview = begin(tmp_path, "forgetful", "--no-keep")
    interview.wait_until_recorded(12)
    interview.kill()
    assert call("recover")[0] == ExitCode.OK
    assert not list(interview.folder.path.glob("*.mp4"))
    assert not interview.folder.read_session().recording.kept
    assert interview.folder.html.exists()


@pytest.mark.slow
def test_a_recovery_that_is_broken_off_is_recovered(tmp_path, call):
    interview = begin(tmp_path)
    interview.wait_until_recorded(12)
    interview.kill()
    command = [sys.executable, "-m", "interviewer", "recover"]
    for wait in (0.5, 2.0, 4.0):
        with subprocess.Popen(command, stdout=-3, stderr=-3, env=dict(os.environ)) as child:
            try:
                child.wait(wait)
            except subprocess.TimeoutExpired:
                child.kill()
    if unfinished():
        assert_recovered(interview, call)
    assert interview.folder.html.exists()


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_the_interview_nothing(tmp_path, call):
    interview = begin(tmp_path)
    interview.wait_until_recorded(5)
    for worker in interview.workers():
        worker.kill()
    interview.wait_until_recorded(9)
    interview.process.send_signal(signal.SIGINT)
    assert interview.process.wait(120) == ExitCode.INTERRUPTED
    assert interview.folder.html.exists()


def test_nothing_recorded_leaves_nothing(tmp_path, call):
    interview = begin(tmp_path)
    interview.wait_until_recorded(2)
    interview.kill()
    for empty in ("no-part", "empty-part", "no-header"):
        copy = sessions_home() / empty
        shutil.copytree(interview.folder.path, copy)
        (copy / PART).unlink()
    (sessions_home() / "empty-part" / PART).touch()
    (sessions_home() / "no-header" / JOURNAL).write_text("")
    shutil.rmtree(interview.folder.path)
    code, _, err = call("recover")
    assert code == ExitCode.OK
    assert err.count("Removed: ") == 3
    assert list(sessions_home().iterdir()) == []


def test_a_journal_nobody_understands_keeps_the_recording(tmp_path, call):
    interview = begin(tmp_path)
    interview.wait_until_recorded(4)
    interview.kill()
    (interview.folder.path / JOURNAL).write_text("{}\n")
    code, _, err = call("recover")
    assert code == ExitCode.USAGE
    assert "interviewer analyze" in err
    assert sum(len(block) for block in read_audio(interview.part)) / 16_000 > 2


def test_a_session_that_was_completed_meanwhile_is_left_alone(known, monkeypatch, call):
    folder = sessions_home() / "done"
    shutil.copytree(known.analysed.folder.path, folder)
    listed = [Unfinished(SessionFolder(folder), "done")]
    monkeypatch.setattr("interviewer.workflows.recover.unfinished", lambda: listed)
    code, _, err = call("recover")
    assert code == ExitCode.OK
    assert "Another process" in err
    assert not (folder / JOURNAL).exists()


@pytest.mark.slow
def test_what_is_being_completed_by_another_process_is_no_error(tmp_path, call):
    interview = begin(tmp_path)
    interview.wait_until_recorded(4)
    interview.kill()
    command = [sys.executable, "-m", "interviewer", "recover"]
    both = [
        subprocess.Popen(command, stdout=-3, stderr=subprocess.PIPE, text=True, env={**os.environ})
        for _ in range(2)
    ]
    said = [child.communicate(timeout=120)[1] for child in both]
    assert [child.returncode for child in both] == [0, 0], said
    assert unfinished() == []
    assert interview.folder.html.exists()


@pytest.mark.slow
@pytest.mark.timeout(1500)
def test_killed_at_twenty_random_moments_at_most_two_seconds_are_lost(tmp_path, call):
    chance = random.Random(11)  # noqa: S311 - no secret
    for number in range(20):
        interview = begin(tmp_path, f"killed-{number}")
        interview.wait_until_recorded(chance.uniform(1.0, 25.0))
        victim = chance.choice(["all", "all", "worker"])
        if victim == "worker":
            for worker in interview.workers()[:1]:
                worker.kill()
            interview.wait_until_recorded(interview.reached + 2)
        interview.kill()
        assert_recovered(interview, call)
    assert recover() == []
