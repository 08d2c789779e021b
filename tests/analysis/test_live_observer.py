import dataclasses
import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import psutil
import pytest
from live_session import (
    Material,
    complete,
    contents,
    job_of,
    material,
    record,
    settled_at,
)

from interviewer.analysis.growing_cut import GrowingCut
from interviewer.analysis.job import Job
from interviewer.analysis.live import LiveObserver
from interviewer.analysis.observe import observe, recall
from interviewer.errors import CannotDoError, InterviewerError


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory, shared_cache: Path) -> Material:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INTERVIEWER_CACHE", str(shared_cache))
        patch.setenv("INTERVIEWER_OFFLINE", "1")
        return material(tmp_path_factory.mktemp("film"))


def ignore(_share: float) -> None:
    pass


def final(job: Job, what: Material, recording: Path, observations: Path) -> Job:
    return dataclasses.replace(
        job,
        recording=recording,
        duration=what.duration,
        boundaries=what.boundaries,
        observations=observations,
    )


def observed_later(job: Job, what: Material, recording: Path, folder: Path) -> dict[str, str]:
    observe(final(job, what, recording, folder), {}, ignore)
    return contents(folder)


def lived(job: Job, what: Material, *, speed=None, during=lambda live, at: None) -> LiveObserver:
    with LiveObserver(job, niceness=0) as live:
        live.start()
        for position in record(what, job.recording, speed=speed):
            live.settle(*settled_at(position, what.boundaries))
            during(live, position)
        told = []
        live.finish(what.duration, what.boundaries, told.append)
        assert told[0] == 0.0
        assert told[-1] == 1.0
        assert told == sorted(told)
    return live


@pytest.mark.parametrize("speed", [pytest.param(5.0, marks=pytest.mark.slow), None])
def test_live_and_later_observations_are_the_same_to_the_last_bit(speed, talk, tmp_path):
    job = job_of(tmp_path / "recording.part.mp4", tmp_path / "live")
    live = lived(job, talk, speed=speed)
    recording = complete(job.recording)
    made = contents(job.observations)
    assert made == observed_later(job, talk, recording, tmp_path / "later")
    assert live.stats.segments * 3 == live.stats.observed == len(made) - 1
    if speed is not None:
        assert live.stats.longest_lag > 0
    found = recall(final(job, talk, recording, job.observations), {})
    assert found is not None
    assert contents(job.observations) == made


@pytest.mark.parametrize("seed", [2, pytest.param(3, marks=pytest.mark.slow)])
def test_workers_killed_at_random_moments_lose_nothing(seed, talk, tmp_path):
    chance = np.random.default_rng(seed)
    job = job_of(tmp_path / "recording.part.mp4", tmp_path / "live")
    # Twice each: the third time at one segment would give it up.
    due = [(chance.uniform(1, talk.duration), role) for role in (0, 1, 0, 1)]
    killed = []

    def kill(live, position):
        if due and position > min(due)[0]:
            at, role = min(due)
            due.remove((at, role))
            os.kill(live._crew.processes[role].pid, signal.SIGKILL)
            killed.append(role)

    live = lived(job, talk, speed=4.0, during=kill)
    assert len(killed) == 4
    # Two kills of one role within a look at it are one death.
    assert 2 <= live.stats.restarts <= 4
    recording = complete(job.recording)
    later = observed_later(job, talk, recording, tmp_path / "later")
    assert contents(job.observations) == later


@pytest.mark.slow
def test_workers_killed_while_it_is_finished_lose_nothing(talk, tmp_path):
    job = job_of(tmp_path / "recording.part.mp4", tmp_path / "live")
    killed = []
    with LiveObserver(job, niceness=0) as live:
        live.start()
        for position in record(talk, job.recording):
            live.settle(*settled_at(position, talk.boundaries))

        def kill(share):
            if share > 0 and not killed:
                for process in live._crew.processes:
                    os.kill(process.pid, signal.SIGKILL)
                    killed.append(process.pid)

        live.finish(talk.duration, talk.boundaries, kill)
    assert len(killed) == live.stats.restarts == 2
    recording = complete(job.recording)
    later = observed_later(job, talk, recording, tmp_path / "later")
    assert contents(job.observations) == later


@pytest.mark.slow
def test_a_segment_at_which_a_worker_dies_three_times_is_left_to_the_later_analysis(
    talk, tmp_path, caplog
):
    job = job_of(tmp_path / "recording.part.mp4", tmp_path / "live", looks=False)
    killed = []

    def kill(live, position):
        member = live._crew._members["listen"]
        process = member.process
        at_first = member.ready and member.sent and member.sent[0].request.segment.start == 0.0
        if at_first and process.pid not in killed:
            os.kill(process.pid, signal.SIGKILL)
            killed.append(process.pid)

    live = lived(job, talk, speed=3.0, during=kill)
    assert len(killed) == live.stats.restarts == 3
    assert "is left to the later analysis" in caplog.text
    made = contents(job.observations)
    recording = complete(job.recording)
    later = observed_later(job, talk, recording, tmp_path / "later")
    missing = later.keys() - made.keys()
    assert missing
    assert all("-000000000-" in name for name in missing)
    assert all(later[name] == text for name, text in made.items())
    observe(final(job, talk, recording, job.observations), {}, ignore)
    assert contents(job.observations) == later


@pytest.mark.slow
def test_a_boundary_that_came_too_late_has_the_recording_cut_anew(talk, tmp_path, caplog):
    job = job_of(tmp_path / "recording.part.mp4", tmp_path / "live", looks=False)
    with LiveObserver(job, niceness=0) as live:
        live.start()
        for position in record(talk, job.recording, speed=6.0):
            live.settle(position, [])
        live.settle(talk.duration, talk.boundaries)
        assert "came too late" in caplog.text
        live.finish(talk.duration, talk.boundaries, ignore)
    recording = complete(job.recording)
    assert recall(final(job, talk, recording, job.observations), {}) is not None
    later = observed_later(job, talk, recording, tmp_path / "later")
    assert contents(job.observations) == later


@pytest.mark.slow
@pytest.mark.parametrize(("listens", "looks"), [(True, False), (False, True)])
def test_one_modality_alone_is_the_same_live_and_later(listens, looks, talk, tmp_path):
    job = job_of(tmp_path / "recording.part.mp4", tmp_path / "live", listens=listens, looks=looks)
    lived(job, talk)
    recording = complete(job.recording)
    later = observed_later(job, talk, recording, tmp_path / "later")
    assert contents(job.observations) == later


def failing(*_arguments):
    raise OSError("the disk is gone")


@pytest.mark.parametrize("step", ["advance", "finish"])
def test_where_following_fails_the_recording_is_cut_anew_at_its_end(
    step, talk, tmp_path, monkeypatch
):
    monkeypatch.setattr(GrowingCut, step, failing)
    job = job_of(tmp_path / "recording.part.mp4", tmp_path / "live", listens=False)
    lived(job, talk)
    recording = complete(job.recording)
    later = observed_later(job, talk, recording, tmp_path / "later")
    assert contents(job.observations) == later


def test_nothing_is_cut_past_what_is_settled(talk, tmp_path):
    job = job_of(tmp_path / "recording.part.mp4", tmp_path / "live", looks=False)
    with LiveObserver(job, niceness=0) as live:
        live.start()
        live.settle(4.0, [])
        for _ in record(talk, job.recording, speed=6.0):
            assert live.stats.lag <= 4.0
        assert live._cut.fed <= 4.0
        assert live._cut.reached <= 4.0


def test_what_was_observed_stays_when_it_is_closed_in_the_middle(talk, tmp_path):
    job = job_of(tmp_path / "recording.part.mp4", tmp_path / "live")
    with LiveObserver(job, niceness=0) as live:
        live.start()
        processes = [psutil.Process(process.pid) for process in live._crew.processes]
        assert len(processes) == 2
        for position in record(talk, job.recording, speed=2.0):
            live.settle(*settled_at(position, talk.boundaries))
            if live.stats.observed >= 2:
                break
        live.close()
        live.close()
        assert not any(process.is_running() for process in processes)
        made = contents(job.observations)
    assert len(made) >= 2


@pytest.mark.skipif(not hasattr(os, "nice"), reason="this system knows no niceness")
def test_the_processes_have_a_low_priority_also_after_a_restart(tmp_path):
    job = job_of(tmp_path / "recording.part.mp4", tmp_path / "live", listens=False)

    def until(condition):
        end = time.monotonic() + 30
        while not condition():
            assert time.monotonic() < end
            os.sched_yield()

    with LiveObserver(job) as live:
        live.start()
        (first,) = live._crew.processes
        until(lambda: psutil.Process(first.pid).nice() == 10)
        os.kill(first.pid, signal.SIGKILL)
        until(lambda: live.stats.restarts == 1)
        (second,) = live._crew.processes
        assert second.pid != first.pid
        until(lambda: psutil.Process(second.pid).nice() == 10)


def test_the_processes_end_when_their_parent_is_killed(tmp_path):
    child = Path(__file__).with_name("live_child.py")
    parent = subprocess.Popen(
        [sys.executable, str(child), str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    workers = [psutil.Process(int(pid)) for pid in parent.stdout.readline().split()]
    assert len(workers) == 2
    parent.kill()
    parent.wait()
    parent.stdout.close()
    _, alive = psutil.wait_procs(workers, timeout=10)
    for process in alive:
        process.kill()
    assert not alive


def broken(path: Path) -> None:
    path.write_bytes(b"\0\0\0\x14ftypisom\0\0\2\0isom" + np.random.default_rng(1).bytes(50_000))


def text(path: Path) -> None:
    path.write_text("no recording\n" * 1000)


@pytest.mark.parametrize("spoil", [broken, text, Path.mkdir])
def test_a_recording_that_cannot_be_read_is_quiet_until_the_end(spoil, talk, tmp_path):
    job = job_of(tmp_path / "recording.part.mp4", tmp_path / "live")
    spoil(job.recording)
    with LiveObserver(job, niceness=0) as live:
        live.start()
        live.settle(30.0, [])
        assert live.lag == 30.0
        live._thread.join(2)
        with pytest.raises(InterviewerError):
            live.finish(talk.duration, talk.boundaries, ignore)


@pytest.mark.slow
def test_a_store_that_cannot_be_written_is_quiet_until_the_end(talk, tmp_path, caplog):
    job = job_of(tmp_path / "recording.part.mp4", tmp_path / "live" / "observations", looks=False)
    blocked = tmp_path / "live"
    blocked.write_text("in the way")
    with LiveObserver(job, niceness=0) as live:
        live.start()
        for position in record(talk, job.recording, speed=4.0):
            live.settle(*settled_at(position, talk.boundaries))
        assert live.stats.observed == 0
        with pytest.raises(CannotDoError):
            live.finish(talk.duration, talk.boundaries, ignore)
    blocked.unlink()
    recording = complete(job.recording)
    observe(final(job, talk, recording, job.observations), {}, ignore)
    later = observed_later(job, talk, recording, tmp_path / "later")
    assert contents(job.observations) == later


@pytest.mark.slow
def test_a_store_that_can_be_written_again_is_caught_up_with(talk, tmp_path, caplog):
    job = job_of(tmp_path / "recording.part.mp4", tmp_path / "live" / "observations", looks=False)
    blocked = tmp_path / "live"
    blocked.write_text("in the way")

    def free(live, position):
        if blocked.is_file() and "is given up" in caplog.text:
            blocked.unlink()

    caplog.set_level(logging.INFO)
    live = lived(job, talk, speed=3.0, during=free)
    assert live.stats.restarts == 0
    assert blocked.is_dir()
    recording = complete(job.recording)
    later = observed_later(job, talk, recording, tmp_path / "later")
    assert contents(job.observations) == later
