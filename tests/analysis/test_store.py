import os
import time
from dataclasses import replace

import pytest

from interviewer.analysis.job import Job, Landmarker, Recogniser
from interviewer.analysis.segments import Segment
from interviewer.analysis.store import ABANDONED, ObservationStore
from interviewer.interview.documents.observations import Modality, SpeechObservation


@pytest.fixture
def job(tmp_path):
    return Job(
        recording=tmp_path / "recording.mp4",
        identity="a" * 64,
        duration=60.0,
        observations=tmp_path / "observations",
        boundaries=(30.0,),
        recogniser=Recogniser("whisper-base", "b" * 64),
        landmarker=Landmarker("c" * 64),
        voice_models={"swift-f0": "d" * 64},
        activity_models={"silero-vad": "e" * 64},
    )


OTHERWISE = {
    "recording": lambda job: replace(job, identity="0" * 64),
    "weights": lambda job: replace(job, recogniser=replace(job.recogniser, fingerprint="0" * 64)),
    "language": lambda job: replace(job, recogniser=replace(job.recogniser, language="de")),
    "activity": lambda job: replace(job, activity_models={"silero-vad": "0" * 64}),
}


@pytest.mark.parametrize("change", OTHERWISE)
def test_words_are_not_taken_from_an_observation_that_depended_on_something_else(job, change):
    store = ObservationStore(job.observations)
    words = SpeechObservation(start=0, end=30, speech=(), words=())
    store.put(job.key(Modality.SPEECH, 0, 30), words)
    assert store.get(job.key(Modality.SPEECH, 0, 30)) == words
    assert store.get(OTHERWISE[change](job).key(Modality.SPEECH, 0, 30)) is None


@pytest.mark.parametrize("name", ["FILLER_PROMPT", "CUTTER_VERSION"])
def test_words_depend_on_the_prompt_and_on_the_cutter(job, name, monkeypatch):
    before = job.key(Modality.SPEECH, 0, 30)
    monkeypatch.setattr(f"interviewer.analysis.job.{name}", 99 if "VERSION" in name else "Er.")
    assert job.key(Modality.SPEECH, 0, 30) != before


def test_a_recording_is_cut_anew_when_speech_is_heard_by_another_model(job):
    store = ObservationStore(job.observations)
    store.remember_segments(job, [Segment(0.0, 30.0, ()), Segment(30.0, 60.0, ())])
    assert store.segments(job) is not None
    assert store.segments(OTHERWISE["activity"](job)) is None


def test_pruning_leaves_what_another_analysis_is_writing(job):
    job.observations.mkdir()
    young, old = (job.observations / f".face-0-1.json.{pid}.part" for pid in (1, 2))
    for part in (young, old):
        part.touch()
    long_ago = time.time() - ABANDONED - 60
    os.utime(old, (long_ago, long_ago))
    ObservationStore(job.observations).prune(set())
    assert young.exists()
    assert not old.exists()
