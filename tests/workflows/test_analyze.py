"""What a person meets when recordings are odd, disks are full, or they press Ctrl-C."""

import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import av
import numpy as np
import pytest

TINY = "whisper-tiny.en"


def write_wav(path: Path, samples: np.ndarray, rate: int = 16_000) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=rate, layout="mono")
        pcm = (np.clip(samples, -1, 1) * 32767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(pcm[None, :], format="s16", layout="mono")
        frame.rate = rate
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def test_analysing_again_makes_nothing_anew(known, call):
    observations = known.analysed.folder.observations
    before = {path: path.stat().st_mtime_ns for path in observations.iterdir()}
    code, out, _ = call("analyze", known.analysed.folder.path, "--json")
    assert code == 0
    assert json.loads(out) == json.loads(known.analysed.folder.assessment.read_text())
    assert {path: path.stat().st_mtime_ns for path in observations.iterdir()} == before


def test_a_lost_observation_is_made_again_and_alone(known, call, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(known.analysed.folder.path, folder)
    kept = sorted((folder / "observations").glob("voice-*"))
    lost = kept.pop()
    expected = lost.read_text()
    lost.unlink()
    kept[0].with_name("speech-000000000-000000001.json").write_text("left by another cut")
    before = {path: path.stat().st_mtime_ns for path in kept}
    code, _, _ = call("analyze", folder, "--json")
    assert code == 0
    assert lost.read_text() == expected
    assert {path: path.stat().st_mtime_ns for path in kept} == before
    assert not (folder / "observations" / "speech-000000000-000000001.json").exists()


def test_a_damaged_observation_is_made_again(known, call, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(known.analysed.folder.path, folder)
    damaged = next((folder / "observations").glob("voice-*"))
    expected = damaged.read_text()
    damaged.write_text(expected[: len(expected) // 2])
    code, _, _ = call("analyze", folder, "--json")
    assert code == 0
    assert damaged.read_text() == expected


def test_a_foreign_recording_with_chapters_has_an_answer_for_each(known, call, tmp_path):
    film = shutil.copy(known.film, tmp_path / "elsewhere.mp4")
    code, out, err = call("analyze", film, "--json", "--model", TINY)
    assert code == 0, err
    answers = json.loads(out)["answers"]
    assert [answer["question"] for answer in answers] == [
        turn.question.text for turn in known.truth.turns
    ]
    latency = next(m for m in answers[0]["metrics"] if m["name"] == "response_latency")
    assert latency["value"] is None
    assert latency["not_observed"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("missing.mp4", None, "no recording"),
        ("empty.mp4", b"", "empty"),
        ("letter.mp4", b"Dear Sir or Madam, this is not a film.\n" * 40, "not"),
    ],
)
def test_what_is_no_recording_exits_2_with_one_sentence_and_the_next_step(
    name, content, words, call, tmp_path
):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    code, out, err = call("analyze", path)
    assert code == 2
    assert out == ""
    said = err.strip().splitlines()
    assert len(said) == 2, err
    assert words in said[0].lower()
    assert name in said[0]


def test_a_film_that_was_cut_off_before_its_index_exits_2(known, call, tmp_path):
    path = tmp_path / "cut.mp4"
    content = known.film.read_bytes()
    # Fast-start files carry their index first: the cut must fall inside of it.
    path.write_bytes(content[:2000])
    code, _, err = call("analyze", path)
    assert code == 2
    assert "cut.mp4" in err


def test_a_film_that_was_cut_off_in_the_middle_is_read_as_far_as_it_goes(known, call, tmp_path):
    path = tmp_path / "half.mp4"
    content = known.film.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    code, out, err = call("analyze", path, "--json", "--model", TINY)
    assert code == 0, err
    assert "ends early" in err
    assert json.loads(out)["duration"] < known.truth.duration


def test_a_recording_that_may_not_be_read_exits_2(known, tmp_path):
    path = Path(shutil.copy(known.film, tmp_path / "private.mp4"))
    path.chmod(0)
    command = [sys.executable, "-m", "interviewer", "analyze", str(path)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, preexec_fn=without_root_s_privilege
    )
    assert done.returncode == 2, done.stderr
    assert "private.mp4" in done.stderr
    assert "Traceback" not in done.stderr


def without_root_s_privilege() -> None:
    """Root reads whatever it likes; without these two capabilities it obeys permissions."""
    drop_from_bounding_set, dac_override, dac_read_search = 24, 1, 2
    libc = ctypes.CDLL(None)
    for capability in (dac_override, dac_read_search):
        libc.prctl(drop_from_bounding_set, capability, 0, 0, 0)


@pytest.mark.parametrize("kilobytes", [4, 24, 64])
def test_a_full_disk_is_one_sentence_and_what_was_observed_is_kept(kilobytes, known, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    kept = tmp_path / "kept"
    film = shutil.copy(known.film, tmp_path / "film.mp4")
    interviewer = f"{sys.executable} -m interviewer analyze {film} --out {disk} --model {TINY}"
    script = (
        f"mount -t tmpfs -o size={kilobytes}k,nr_inodes=200 tmpfs {disk} || exit 77; "
        f"{interviewer}; code=$?; cp -r {disk} {kept}; exit $code"
    )
    unshare = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script]
    done = subprocess.run(unshare, capture_output=True, text=True, check=False)
    if "unshare" in done.stderr or done.returncode == 77:
        pytest.skip("no file system of our own can be mounted here")
    assert done.returncode == 1, done.stderr
    said = done.stderr.strip().splitlines()[-2:]
    assert "no room" in said[0], done.stderr
    assert "Free some disk space" in said[1]
    assert "Traceback" not in done.stderr
    for path in kept.rglob("*.json"):
        json.loads(path.read_text())


def test_a_folder_that_is_no_session_exits_2(call, tmp_path):
    code, _, err = call("analyze", tmp_path)
    assert code == 2
    assert "session.json" in err


def test_silence_is_analysed_and_nothing_is_made_up(call, tmp_path):
    path = write_wav(tmp_path / "silence.wav", np.zeros(16_000 * 6))
    code, out, err = call("analyze", path, "--json", "--model", TINY)
    assert code == 0, err
    assessment = json.loads(out)
    assert all(not answer["words"] for answer in assessment["answers"])
    for score in assessment["scores"]:
        assert score["value"] is None, score["name"]
        assert score["not_observed"]


def test_a_session_keeps_its_own_results(known, call, tmp_path):
    code, _, err = call("analyze", known.analysed.folder.path, "--out", tmp_path / "out")
    assert code == 2
    assert "--out" in err


def test_an_unknown_model_is_named(call, known):
    code, _, err = call("analyze", known.film, "--model", "whisper-gigantic")
    assert code == 2
    assert "whisper-gigantic" in err


def test_without_weights_and_network_it_exits_4_with_the_command_to_run(
    call, known, monkeypatch, tmp_path
):
    film = shutil.copy(known.film, tmp_path / "film.mp4")
    monkeypatch.setenv("INTERVIEWER_CACHE", str(tmp_path / "empty"))
    monkeypatch.setattr("importlib.util.find_spec", lambda name, package=None: None)
    code, _, err = call("analyze", film)
    assert code == 4
    assert "interviewer models pull" in err


def test_an_observed_session_needs_neither_its_recording_nor_a_model(
    call, known, monkeypatch, tmp_path
):
    folder = tmp_path / "copy"
    shutil.copytree(known.analysed.folder.path, folder)
    (folder / "recording.mp4").unlink()
    monkeypatch.setenv("INTERVIEWER_CACHE", str(tmp_path / "empty"))
    monkeypatch.setattr("importlib.util.find_spec", lambda name, package=None: None)
    code, out, err = call("report", folder, "--no-pdf")
    assert code == 0, err
    assert "<video" not in Path(out.strip()).read_text(encoding="utf-8")


def test_without_its_recording_a_session_that_was_not_observed_exits_2(call, known, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(known.analysed.folder.path, folder)
    (folder / "recording.mp4").unlink()
    next((folder / "observations").glob("speech-*")).unlink()
    code, _, err = call("analyze", folder)
    assert code == 2
    assert "recording.mp4" in err


def test_a_report_keeps_to_the_model_that_was_chosen(call, known, tmp_path):
    film = shutil.copy(known.film, tmp_path / "film.mp4")
    code, first, err = call("analyze", film, "--model", TINY, "--language", "en", "--json")
    assert code == 0, err
    folder = Path(err.strip().splitlines()[-1].removeprefix("Kept in "))
    chosen = json.loads((folder / "session.json").read_text())["analysis"]
    assert chosen == {"recogniser": TINY, "language": "en"}
    before = {path: path.stat().st_mtime_ns for path in (folder / "observations").iterdir()}
    code, second, _ = call("analyze", film, "--json")
    assert code == 0
    assert json.loads(second) == json.loads(first)
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_ctrl_c_keeps_what_was_observed_and_the_next_run_goes_on(known, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(known.analysed.folder.path, folder)
    shutil.rmtree(folder / "observations")
    command = [sys.executable, "-m", "interviewer", "analyze", str(folder), "--json"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    deadline = time.monotonic() + 120
    while not any((folder / "observations").glob("voice-*")):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    assert "kept" in err
    assert "Traceback" not in err
    before = {p: p.stat().st_mtime_ns for p in (folder / "observations").glob("*-*-*.json")}
    assert before
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == json.loads(known.analysed.folder.assessment.read_text())
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_another_file_in_the_recordings_place_is_refused(known, call, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(known.analysed.folder.path, folder)
    write_wav(tmp_path / "other.wav", np.zeros(16_000))
    shutil.move(tmp_path / "other.wav", folder / known.analysed.session.recording.path)
    code, out, err = call("analyze", folder)
    assert code == 2
    assert out == ""
    assert "changed" in err


def test_a_session_that_tells_of_a_question_it_does_not_hold_is_refused(known, call, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(known.analysed.folder.path, folder)
    session = json.loads((folder / "session.json").read_text())
    session["events"][0]["question"] = 17
    (folder / "session.json").write_text(json.dumps(session))
    code, _, err = call("analyze", folder)
    assert code == 2
    assert "question 17" in err


def test_a_model_that_recognises_no_speech_is_refused_by_name(call, tmp_path):
    path = write_wav(tmp_path / "short.wav", np.zeros(16_000))
    code, _, err = call("analyze", path, "--model", "face-landmarker")
    assert code == 2
    assert "face-landmarker is no speech recogniser" in err
    assert TINY in err


@pytest.mark.skipif(os.name == "nt", reason="file names are text there")
def test_a_name_that_is_no_text_is_refused(call, tmp_path):
    path = write_wav(tmp_path / "short.wav", np.zeros(16_000))
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.wav")
    path.rename(odd)
    code, _, err = call("analyze", odd)
    assert code == 2
    assert "Rename it." in err


def test_a_name_that_is_too_long_is_refused(call):
    code, _, err = call("analyze", "a" * 5000)
    assert code == 2
    assert "cannot be read" in err


def test_an_empty_folder_is_told_to_hold_no_session(call, tmp_path):
    code, _, err = call("analyze", tmp_path)
    assert code == 2
    assert "holds no session" in err


@pytest.mark.skipif(os.name == "nt", reason="permissions are of another kind there")
def test_every_directory_that_is_made_is_private(tmp_path):
    from interviewer.paths import make_private

    made = make_private(tmp_path / "one" / "two" / "three")
    for directory in (made, made.parent, made.parent.parent):
        assert directory.stat().st_mode & 0o777 == 0o700


def test_results_are_never_put_over_another_session(known, call, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(known.analysed.folder.path, folder)
    before = (folder / "session.json").read_bytes()
    path = write_wav(tmp_path / "short.wav", np.zeros(16_000))
    for command in (
        ("analyze", path, "--out", folder),
        ("simulate", "--out", folder),
    ):
        code, _, err = call(*command)
        assert code == 2
        assert "already" in err
    assert (folder / "session.json").read_bytes() == before


def test_a_demo_never_replaces_anything(known, call, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(known.analysed.folder.path, folder)
    for truth in folder.glob("*.truth.json"):
        truth.unlink()
    before = (folder / "session.json").read_bytes()
    code, _, err = call("demo", "--out", folder)
    assert code == 2
    assert "not empty" in err
    assert (folder / "session.json").read_bytes() == before
