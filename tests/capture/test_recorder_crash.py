import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from recorded import click_times, decoded_levels, decoded_sound

from interviewer.analysis.media import read_audio
from interviewer.capture.finalize import Chapter, recover
from interviewer.errors import InputError

HERE = Path(__file__).parent
NEVER = 1e9
READ_RATE = 16_000


@contextmanager
def recording(
    path: Path, size: tuple[int, int] = (320, 240), camera_dies_at: float = NEVER
) -> Iterator[Iterator[float]]:
    command = [sys.executable, HERE / "recording_child.py", path, *size, camera_dies_at]
    with subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        try:
            yield (float(line) for line in child.stdout)
        finally:
            child.send_signal(signal.SIGKILL)


def killed_at(moment: float, part: Path, **options: float | tuple[int, int]) -> float:
    """Where the recorder said it was when it was killed."""
    with recording(part, **options) as positions:
        return next(at for at in positions if at >= moment)


def assert_at_most_two_seconds_are_lost(part: Path, reached: float) -> None:
    as_it_is = sum(len(block) for block in read_audio(part)) / READ_RATE
    assert as_it_is >= reached - 2.0
    done = recover(part, part.with_name("recording.mp4"), [Chapter(0, 99, "One")])
    assert not done.note
    assert done.duration >= reached - 2.0
    sound = decoded_sound(done.path)
    assert len(sound) / 48_000 >= reached - 2.0
    heard = click_times(sound)
    assert len(heard) >= int(len(sound) / 48_000 + 0.45)
    assert heard == pytest.approx(np.arange(len(heard)) + 0.5, abs=0.002)


@pytest.mark.parametrize("moment", [2.2, 3.05, 4.6])
def test_a_killed_recording_plays_but_for_its_last_two_seconds(
    tmp_path: Path, moment: float
) -> None:
    part = tmp_path / "recording.part.mp4"
    reached = killed_at(moment, part)
    assert_at_most_two_seconds_are_lost(part, reached)
    pictures = decoded_levels(tmp_path / "recording.mp4")
    assert pictures[-1][0] >= reached - 2.0


@pytest.mark.parametrize("camera_dies_at", [-1.0, 1.0])
def test_a_dead_camera_does_not_hold_back_the_sound_on_its_way_to_the_disk(
    tmp_path: Path, camera_dies_at: float
) -> None:
    part = tmp_path / "recording.part.mp4"
    reached = killed_at(2.9, part, camera_dies_at=camera_dies_at)
    assert_at_most_two_seconds_are_lost(part, reached)


@pytest.mark.slow
def test_a_recording_killed_at_any_moment_plays_but_for_its_last_two_seconds(
    tmp_path: Path,
) -> None:
    moments = np.random.default_rng(3)
    for number in range(20):
        folder = tmp_path / str(number)
        folder.mkdir()
        part = folder / "recording.part.mp4"
        reached = killed_at(moments.uniform(2.0, 9.0), part, size=(640, 480))
        assert_at_most_two_seconds_are_lost(part, reached)


def test_another_process_reads_the_first_second_while_the_third_is_recorded(
    tmp_path: Path,
) -> None:
    part = tmp_path / "recording.part.mp4"
    with recording(part) as positions:
        at, heard = next(
            (at, heard) for at in positions if len(heard := readable(part)) >= READ_RATE
        )
    assert at <= 2.5
    loud = np.flatnonzero(np.abs(heard) > 0.25)
    assert loud[0] / READ_RATE == pytest.approx(0.5, abs=0.002)


def readable(part: Path) -> np.ndarray:
    try:
        return np.concatenate([np.zeros(0), *read_audio(part)])
    except InputError:
        return np.zeros(0)


def test_a_full_disk_is_one_sentence_and_what_was_recorded_stays(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    inside = (
        f"mount -t tmpfs -o size=1m tmpfs {disk} && "
        f"{sys.executable} {HERE / 'full_disk_child.py'} {disk} {tmp_path}"
    )
    apart = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    probe = [*apart, f"mount -t tmpfs -o size=1m tmpfs {disk}"]
    if shutil.which("unshare") is None or subprocess.run(probe, check=False).returncode:
        pytest.skip("a small disk of its own needs `unshare` and user namespaces")
    told = subprocess.run([*apart, inside], capture_output=True, text=True, check=True)
    said = json.loads(told.stdout)
    assert len(said["told"]) == 1
    assert "no room left" in said["told"][0]
    assert "no room" in said["note"]
    assert said["left"] == ["recording.mp4"]
    for name in ("as_it_was.mp4", "recording.mp4"):
        sound = decoded_sound(tmp_path / name)
        seconds = len(sound) / 48_000
        assert seconds >= said["position"] - 2.0
        assert seconds > 1
        assert len(click_times(sound)) >= int(seconds - 0.5)
        assert decoded_levels(tmp_path / name)[-1][0] >= seconds - 1.0
