"""Whole interviews with a simulated candidate: real recorder, real models, known truth."""

import dataclasses
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import threading
import wave
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import av
import jiwer
import numpy as np
import pytest

from interviewer.analysis.media import read_audio
from interviewer.errors import ExitCode
from interviewer.interview.documents.session import EventKind, Session
from interviewer.interview.timeline import answers_of
from interviewer.paths import sessions_home
from interviewer.simulate.drawing.renderer import Renderer
from interviewer.simulate.script import load_script
from interviewer.simulate.truth import Truth
from interviewer.workflows.analyze import Options as AnalyzeOptions
from interviewer.workflows.analyze import analyze
from interviewer.workflows.complete import first_recording
from interviewer.workflows.conduct import Options, conduct, prepare
from interviewer.workflows.demo import plan_of
from interviewer.workflows.folders import SessionFolder
from interviewer.workflows.journal import JOURNAL
from interviewer.workflows.recover import recover

TINY = "whisper-tiny.en"
SCRIPT = """\
title: Conducted
seed: 5
appearance: sofia
size: [320, 240]
fps: 15
turns:
  - question: What was your last project?
    id: project
    target: {low: 5, high: 20}
    response_latency: 0.6
    answer: >-
      I rebuilt the search page of a large online shop. The old page took four seconds to load.
      [pause 2.5] After that it loaded in less than one second.
    pace: 0.85
    smiles: [{at: 1, for: 3, strength: 0.9}]
  - question: What would you do differently today?
    id: differently
    target: {low: 4, high: 20}
    response_latency: 1.8
    answer: >-
      I would talk to the customers much earlier. We guessed what they wanted.
    pace: 0.85
    looks_away: [{at: 1, for: 3, direction: down, with: head}]
"""


class Heard:
    """What an interview told."""

    def __init__(self):
        self.said = []

    def __getattr__(self, name):
        def note(*arguments):
            self.said.append((name, *arguments))

        return note

    @property
    def notes(self):
        return [words[0] for name, *words in self.said if name == "noted"]


@pytest.fixture(scope="module")
def script_path(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("script") / "script.yaml"
    path.write_text(SCRIPT)
    return path


def wanted(script_path, **changes) -> Options:
    script = load_script(script_path)
    defaults = {
        "camera": "simulated",
        "mic": "simulated",
        "speed": 6.0,
        "voice": False,
        "model": TINY,
        "language": "en",
        "plan": plan_of(script),
        "minutes": plan_of(script).seconds / 60,
        "title": "Conducted",
        "script": script,
    }
    return Options(**(defaults | changes))


@pytest.fixture(scope="module")
def conducted(tmp_path_factory, shared_cache, script_path):
    """One interview, conducted once for all tests that look at it."""
    home = tmp_path_factory.mktemp("conducted")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INTERVIEWER_DATA", str(home))
        patch.setenv("INTERVIEWER_CACHE", str(shared_cache))
        patch.setenv("INTERVIEWER_OFFLINE", "1")
        heard = Heard()
        result = conduct(wanted(script_path, folder=home / "session"), told=heard)
    truth = Truth.model_validate_json((home / "session" / "recording.truth.json").read_bytes())
    return result, truth, heard


def test_every_question_is_asked_and_every_answer_bounded_as_it_was_given(conducted):
    result, truth, _ = conducted
    session = result.written.analysed.session
    answers = answers_of(session)
    assert [answer.question.id for answer in answers] == ["project", "differently"]
    assert len(truth.turns) == 2
    for answer, turn in zip(answers, truth.turns, strict=True):
        assert answer.question_end == pytest.approx(turn.question_end, abs=0.001)
        assert turn.last_voice <= answer.end <= turn.last_voice + 1.0
    started = [e.time for e in session.events if e.kind is EventKind.ANSWER_STARTED]
    assert started == pytest.approx([turn.first_voice for turn in truth.turns], abs=0.2)


def test_what_was_said_and_done_is_measured(conducted):
    result, truth, _ = conducted
    assessment = result.written.analysed.assessment
    said = " ".join(" ".join(turn.words) for turn in truth.turns)
    heard = " ".join(word.text for answer in assessment.answers for word in answer.words)
    clean = str.maketrans("", "", ".,")
    assert jiwer.wer(said.lower().translate(clean), heard.lower().translate(clean)) <= 0.1
    face = next(m for m in assessment.metrics if m.name == "face_presence")
    assert face.value > 90


def test_the_recording_plays_with_a_chapter_for_each_question(conducted):
    result, truth, _ = conducted
    folder = result.folder
    with av.open(str(folder.recording_of(result.written.analysed.session))) as container:
        titles = [chapter["metadata"]["title"] for chapter in container.chapters()]
        pictures = sum(1 for _ in container.decode(video=0))
    assert titles == [turn.question.text for turn in truth.turns]
    assert pictures == pytest.approx(truth.duration * 15, abs=12)
    assert result.stats.dropped_pictures == 0


def test_the_session_is_complete_private_and_indexed(conducted):
    result, _, heard = conducted
    names = {path.name for path in result.folder.path.iterdir()}
    assert names == {
        "recording.mp4", "recording.truth.json", "session.json", "observations",
        "assessment.json", "report.html", "report.pdf",
    }  # fmt: skip
    assert all(path.stat().st_mode & 0o077 == 0 for path in result.folder.path.rglob("*"))
    assert result.exit_code == ExitCode.OK
    assert [name for name, *_ in heard.said if name == "asking"] == ["asking", "asking"]
    assert heard.notes == []


def test_observed_live_and_analysed_later_the_words_and_numbers_are_equal(conducted, tmp_path):
    result, _, _ = conducted
    copy = SessionFolder(tmp_path / "again")
    shutil.copytree(result.folder.path, copy.path)
    shutil.rmtree(copy.observations)
    later = analyze(copy.path, AnalyzeOptions())
    assert later.assessment == result.written.analysed.assessment
    for path in sorted(result.folder.observations.iterdir()):
        assert json.loads(path.read_bytes()) == json.loads(
            (copy.observations / path.name).read_bytes()
        ), path.name


def test_metrics_only_leaves_no_recording_and_all_the_rest(script_path, tmp_path, call):
    result = conduct(wanted(script_path, folder=tmp_path / "s", keep=False, camera="off"))
    names = {path.name for path in result.folder.path.iterdir()}
    assert not any(name.endswith(".mp4") for name in names)
    assert JOURNAL not in names
    session = result.folder.read_session()
    assert not session.recording.kept
    assert "recording.mp4" not in result.written.html.read_text()
    code, _, err = call("report", result.folder.path)
    assert (code, "not kept" in err) == (0, False)
    code, _, err = call("analyze", result.folder.path, "--model", "whisper-base")
    assert code == 2
    assert "not kept" in err
    code, _, _ = call("report", result.folder.path)
    assert code == 0


@pytest.mark.slow
def test_without_a_camera_the_face_is_not_observed_and_the_rest_is(script_path, tmp_path):
    result = conduct(wanted(script_path, folder=tmp_path / "s", camera="off"))
    metrics = {metric.name: metric for metric in result.written.analysed.assessment.metrics}
    assert metrics["face_presence"].not_observed == "no camera was used"
    assert metrics["words"].value > 20


def test_without_a_microphone_the_clock_ends_answers(script_path, tmp_path):
    options = wanted(script_path, folder=tmp_path / "s", mic="off", speed=8.0)
    result = conduct(options)
    session = result.folder.read_session()
    assert not session.recording.has_audio
    assert len(answers_of(session)) == 2
    metrics = {metric.name: metric for metric in result.written.analysed.assessment.metrics}
    assert metrics["words"].not_observed == "no microphone was used"
    assert metrics["face_presence"].value > 90


def test_files_as_camera_and_microphone_end_the_interview_when_they_end(
    conducted, script_path, tmp_path, call
):
    result, truth, _ = conducted
    film = result.folder.path / "recording.mp4"
    code, out, err = call(
        "start", "--headless", "--mic", film, "--camera", film, "--speed", "6", "--no-voice",
        "--domain", "hr", "--level", "easy", "--minutes", "10", "--model", TINY, "--json",
        "--out", tmp_path / "s",
    )  # fmt: skip
    assert code == 0
    assert "come to its end" in err
    assessment = json.loads(out)
    assert assessment["duration"] == pytest.approx(truth.duration, abs=1.5)
    words = " ".join(word["text"] for answer in assessment["answers"] for word in answer["words"])
    assert "online shop" in words


class Hanging(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.set()
        self.server.over.wait(60)

    def log_message(self, *_):
        pass


@contextmanager
def serving(handler):
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.asked, server.over = threading.Event(), threading.Event()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/stream"
    server.over.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def hanging_url():
    with serving(Hanging) as url:
        yield url


@pytest.mark.slow
def test_a_camera_that_never_answers_is_done_without(script_path, tmp_path, hanging_url):
    heard = Heard()
    options = wanted(script_path, folder=tmp_path / "s", camera=hanging_url, speed=1.0)
    one = options.plan.questions[:1]
    plan = type(options.plan)(one, 30)
    options = dataclasses.replace(options, plan=plan, minutes=0.5)
    result = conduct(options, told=heard)
    assert result.exit_code == ExitCode.OK
    assert any("without a picture" in note for note in heard.notes)
    assert not result.folder.read_session().recording.has_video


def test_a_microphone_that_never_answers_is_one_sentence_and_leaves_nothing(call, hanging_url):
    code, out, err = call("start", "--headless", "--mic", hanging_url, "--minutes", "1")
    assert (code, out) == (ExitCode.DEVICE, "")
    assert "answer" in err
    assert not sessions_home().exists() or not any(sessions_home().iterdir())


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--minutes", "0"), "minutes is not possible"),
        (("--minutes", "-3"), "minutes is not possible"),
        (("--minutes", "999"), "minutes is not possible"),
        (("--level", "extreme"), "no level called extreme"),
        (("--domain", "cooking"), "no question bank cooking"),
        (("--mic", "off", "--camera", "off"), "nothing to record"),
        (("--mic", "off"), "nothing to record"),
        (("--speed", "0", "--mic", "simulated"), "speed of 0"),
        (("--patience", "0"), "patience of 0"),
        (("--mic", "nothing-here.wav"), "nothing-here.wav"),
        (("--mic", "simulated:nothing.yaml"), "nothing.yaml"),
        (("--mic", "simulated:a.yaml", "--camera", "simulated:b.yaml"), "two different scripts"),
        (("--mic", "simulated", "--model", "whisper-huge"), "whisper-huge"),
        (("--mic", "simulated", "--camera", "0", "--speed", "3"), "cannot go faster"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence_before_anything_is_opened(
    call, arguments, sentence
):
    code, out, err = call("start", "--headless", *arguments)
    assert (code, out) == (ExitCode.USAGE, "")
    assert sentence in err
    assert not sessions_home().exists() or not any(sessions_home().iterdir())


def test_a_folder_that_holds_something_is_not_written_into(call, tmp_path):
    (tmp_path / "precious").write_text("mine")
    code, _, err = call("start", "--headless", "--mic", "simulated", "--out", tmp_path)
    assert code == ExitCode.USAGE
    assert "not empty" in err
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == ["precious"]


def start_child(folder: Path, script_path: Path, *more: str) -> subprocess.Popen:
    command = [
        sys.executable, "-m", "interviewer", "start", "--headless", "--no-voice",
        "--mic", f"simulated:{script_path}", "--camera", f"simulated:{script_path}",
        "--minutes", "9", "--seed", "1", "--model", TINY, "--speed", "3",
        "--out", str(folder), *more,
    ]  # fmt: skip
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ)
    )


def wait_for(child: subprocess.Popen, text: str) -> None:
    for line in child.stderr:
        if text in line:
            return
    raise AssertionError(f"{text} was never said")


@pytest.mark.parametrize(
    ("number", "code", "reported"),
    [
        (signal.SIGINT, 130, True),
        pytest.param(signal.SIGTERM, 130, False, marks=pytest.mark.slow),
        pytest.param(signal.SIGHUP, 130, False, marks=pytest.mark.slow),
    ],
)
def test_whoever_stops_an_interview_loses_nothing(script_path, tmp_path, number, code, reported):
    folder = SessionFolder(tmp_path / "s")
    with start_child(folder.path, script_path) as child:
        wait_for(child, "Answered")
        child.send_signal(number)
        _, err = child.communicate(timeout=120)
    assert child.returncode == code, err
    assert "Traceback" not in err
    session = folder.read_session()
    assert session.events[-1].kind in {EventKind.STOPPED, EventKind.ANSWER_ENDED}
    assert len(answers_of(session)) >= 1
    sound = sum(len(block) for block in read_audio(folder.recording_of(session))) / 16_000
    assert sound == pytest.approx(session.recording.duration, abs=0.1)
    assert folder.html.exists() == reported
    assert (folder.path / JOURNAL).exists() != reported


@pytest.mark.slow
def test_ctrl_c_again_leaves_the_report_for_recover(script_path, tmp_path, call):
    folder = SessionFolder(tmp_path / "s")
    with start_child(folder.path, script_path, "--model", "whisper-base") as child:
        wait_for(child, "Answered")
        child.send_signal(signal.SIGINT)
        wait_for(child, "to the end")
        child.send_signal(signal.SIGINT)
        _, err = child.communicate(timeout=60)
    assert child.returncode == 130, err
    assert "Traceback" not in err
    assert "interviewer recover" in err
    code, out, _ = call("recover", folder.path)
    assert code == 0
    assert Path(out.strip()).exists()


@pytest.mark.parametrize("megabytes", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_a_full_disk_ends_the_interview_in_one_sentence_and_keeps_what_was_recorded(
    script_path, tmp_path, megabytes
):
    disk, kept = tmp_path / "disk", tmp_path / "kept"
    disk.mkdir()
    noisy = tmp_path / "noisy.yaml"
    noisy.write_text(SCRIPT.replace("[320, 240]", "[1280, 720]"))
    arguments = [
        "start", "--headless", "--no-voice", "--mic", f"simulated:{noisy}", "--camera", "simulated",
        "--minutes", "9", "--seed", "1", "--model", TINY, "--speed", "4", "--out", f"{disk}/s",
    ]  # fmt: skip
    script = (
        f"mount -t tmpfs -o size={megabytes}m tmpfs {disk} || exit 77; "
        f"{sys.executable} -m interviewer {' '.join(arguments)}; code=$?; "
        f"cp -r {disk}/s {kept}; exit $code"
    )
    unshare = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script]
    done = subprocess.run(unshare, capture_output=True, text=True, check=False, timeout=200)
    if "unshare" in done.stderr or done.returncode == 77:
        pytest.skip("no file system of our own can be mounted here")
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "no room" in done.stderr.lower()
    assert "interviewer recover" in done.stderr
    part = next(path for path in kept.glob("recording*.mp4"))
    assert sum(len(block) for block in read_audio(part)) / 16_000 > 3
    (recovered,) = recover(kept)
    assert recovered.written is not None, recovered.problem
    assert recovered.written.analysed.session.recording.duration > 3


class Losing(BaseHTTPRequestHandler):
    """Sends ten seconds of a tone as a WAV stream without end, then nothing."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "audio/x-wav")
        self.end_headers()
        self.wfile.write(b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\1\0\1\0")
        self.wfile.write((48_000).to_bytes(4, "little") + (96_000).to_bytes(4, "little"))
        self.wfile.write(b"\2\0\x10\0data\xff\xff\xff\xff")
        block = (np.sin(np.arange(960) * 0.05) * 8000).astype("<i2").tobytes()
        for _ in range(500):
            self.wfile.write(block)
            self.server.over.wait(0.02)
        self.server.over.wait(60)

    def log_message(self, *_):
        pass


def test_a_microphone_that_is_lost_ends_the_interview_and_the_rest_is_kept(tmp_path, call):
    with serving(Losing) as url:
        code, _, err = call(
            "start", "--headless", "--no-voice", "--mic", url, "--minutes", "3",
            "--model", TINY, "--out", tmp_path / "s",
        )  # fmt: skip
    assert code == ExitCode.DEVICE, err
    assert "What was recorded before is kept." in err
    assert (tmp_path / "s" / "report.html").exists()
    assert SessionFolder(tmp_path / "s").read_session().recording.duration > 3


@pytest.mark.slow
def test_an_interview_goes_on_when_whoever_looked_on_goes_away(script_path, tmp_path):
    folder = SessionFolder(tmp_path / "s")
    child = start_child(folder.path, script_path, "--minutes", "1")
    wait_for(child, "Question 1")
    child.stderr.close()
    assert child.wait(120) == 0
    child.stdout.close()
    assert folder.html.exists()
    kinds = [event.kind for event in folder.read_session().events]
    assert EventKind.ANSWER_ENDED in kinds


def test_a_closed_terminal_ends_the_interview_and_finishes_its_recording(script_path, tmp_path):
    folder = SessionFolder(tmp_path / "s")
    pid, terminal = pty.fork()
    if pid == 0:
        arguments = ["start", "--headless", "--no-voice", "--mic", f"simulated:{script_path}"]
        more = ["--minutes", "3", "--model", TINY, "--speed", "3", "--out", str(folder.path)]
        os.execv(  # noqa: S606 - there is no shell
            sys.executable, [sys.executable, "-m", "interviewer", *arguments, *more]
        )
    said = b""
    while b"Answered" not in said:
        said += os.read(terminal, 1000)
    os.close(terminal)
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 130
    assert (folder.path / "recording.mp4").exists()
    assert len(answers_of(folder.read_session())) >= 1


def test_a_simulated_candidate_that_fails_ends_the_interview(script_path, tmp_path, monkeypatch):
    draw = Renderer.draw
    left = 60

    def fail(self, state):
        nonlocal left
        left -= 1
        if left < 0:
            raise RuntimeError("no more paint")
        return draw(self, state)

    monkeypatch.setattr(Renderer, "draw", fail)
    result = conduct(wanted(script_path, folder=tmp_path / "s"))
    assert result.exit_code == ExitCode.FAILED
    assert "no more paint" in result.problem.message
    assert result.folder.read_session().recording.duration == pytest.approx(4, abs=0.5)


def test_a_microphone_file_without_sound_says_that_nothing_was_recorded(tmp_path, call):
    empty = tmp_path / "empty.wav"
    with wave.open(str(empty), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
    code, out, err = call("start", "--headless", "--no-voice", "--mic", empty, "--model", TINY)
    assert (code, out) == (ExitCode.FAILED, "")
    assert "Nothing was recorded." in err
    assert "The interview ends here." in err
    assert list(sessions_home().iterdir()) == []


def test_two_interviews_of_one_second_have_folders_of_their_own(script_path):
    options = wanted(script_path)
    begun = Session(
        id="ds-20260101-120000",
        title="s",
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        recording=first_recording("k", has_audio=True, has_video=False),
    )
    names = [prepare._folder(options, begun)[1].id for _ in range(3)]
    assert names == ["ds-20260101-120000", "ds-20260101-120000-2", "ds-20260101-120000-3"]


@pytest.mark.slow
def test_ctrl_c_twice_leaves_at_once_and_nothing_is_lost(script_path, tmp_path, call):
    folder = SessionFolder(tmp_path / "s")
    with start_child(folder.path, script_path) as child:
        wait_for(child, "Answered")
        child.send_signal(signal.SIGINT)
        wait_for(child, "ends here")
        child.send_signal(signal.SIGINT)
        _, err = child.communicate(timeout=60)
    assert child.returncode == 130, err
    assert f"interviewer recover {folder.path}" in err
    assert call("recover", folder.path)[0] == 0


@pytest.mark.slow
def test_ctrl_c_before_the_first_question_leaves_nothing(script_path):
    command = [sys.executable, "-m", "interviewer", "start", "--headless", "--no-voice"]
    simulated = ["--mic", f"simulated:{script_path}", "--model", TINY]
    with subprocess.Popen(
        [*command, *simulated], stderr=subprocess.PIPE, text=True, env={**os.environ}
    ) as child:
        wait_for(child, "Preparing")
        child.send_signal(signal.SIGINT)
        _, err = child.communicate(timeout=60)
    assert child.returncode == 130
    assert "Interrupted" in err
    assert not sessions_home().exists() or not any(sessions_home().iterdir())
