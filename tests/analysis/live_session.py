"""A filmed interview that is recorded anew, as if it happened now."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import cv2
import numpy as np

from interviewer.analysis.job import Job, Landmarker, Recogniser
from interviewer.analysis.media import read_audio, sample_frames
from interviewer.capture.finalize import finalize
from interviewer.capture.recorder import Recorder
from interviewer.capture.recorder.recorder import _MOST_PICTURES
from interviewer.simulate.film import film
from interviewer.simulate.script import parse_script
from interviewer.weights import Weights
from interviewer.workflows.simulate import _voice
from interviewer.workflows.steps import Quiet

RATE = 48_000
BLOCK = 960
TINY = "whisper-tiny.en"

SCRIPT = """\
title: Live
seed: 4
appearance: mei
size: [320, 240]
fps: 15
turns:
  - question: What was your last project?
    id: project
    question_seconds: 2.5
    response_latency: 0.6
    answer: >-
      I rebuilt the search page of a large online shop. The old page took four seconds to load, so I
      measured where the time went, and moved the slow part to the server. [pause 1.2] After that it
      loaded in less than one second, and sales went up by three percent.
    pace: 0.85
    smiles: [{at: 1, for: 5, strength: 0.9}]
  - question: What would you do differently today?
    id: differently
    question_seconds: 2.5
    response_latency: 2.4
    answer: >-
      [um] That is a good question. [pause 1.5] [uh] I would talk to the customers much earlier.
      [um] We guessed what they wanted, and [uh] half of it was never used.
    pace: 0.85
    looks_away: [{at: 1, for: 4, direction: down, with: head}]
"""


@dataclass(frozen=True)
class Material:
    """What happens in front of the microphone and the camera."""

    sound: np.ndarray
    pictures: list[tuple[float, np.ndarray]]
    boundaries: tuple[float, ...]

    @property
    def duration(self) -> float:
        return len(self.sound) / RATE


def material(folder: Path) -> Material:
    path = folder / "film.mp4"
    truth = film(parse_script(SCRIPT, name="live"), _voice(Quiet()), path)
    sound = np.concatenate(list(read_audio(path, rate=RATE)))
    pictures = [
        (at, cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR)) for at, rgb in sample_frames(path, rate=1000)
    ]
    ends = sorted(chain.from_iterable((t.question_end, t.answer_end) for t in truth.turns))
    return Material(sound, pictures, tuple(ends))


def job_of(recording: Path, observations: Path, *, listens=True, looks=True) -> Job:
    """What the workflow makes of a session, with its models at hand."""
    weights = Weights()
    return Job(
        recording=recording,
        identity="live:1",
        duration=0.0,
        observations=observations,
        boundaries=(),
        recogniser=Recogniser(TINY, weights.fingerprint(TINY), None, weights.directory(TINY))
        if listens
        else None,
        landmarker=Landmarker(
            weights.fingerprint("face-landmarker"), 5.0, weights.file("face-landmarker")
        )
        if looks
        else None,
        voice_models=weights.fingerprints("swift-f0"),
        activity_models=weights.fingerprints("silero-vad"),
    )


def record(what: Material, path: Path, *, speed: float | None = None) -> Iterator[float]:
    """Record it, block by block; where a speed is given, no faster than that."""
    begun = time.monotonic()
    due = iter(what.pictures)
    picture = next(due, None)
    with Recorder(path, size=(320, 240), fps=15) as recorder:
        for at in range(0, len(what.sound), BLOCK):
            recorder.sound(what.sound[at : at + BLOCK])
            while picture is not None and picture[0] <= recorder.position:
                wait_for_room(recorder)
                recorder.picture(picture[1], at=picture[0])
                picture = next(due, None)
            if speed is not None:
                time.sleep(max(0.0, begun + recorder.position / speed - time.monotonic()))
            yield recorder.position


def wait_for_room(recorder: Recorder) -> None:
    """A camera that waits, so that a test may run faster than real time and drop nothing."""
    intake = recorder._intake
    with intake._changed:
        intake._changed.wait_for(lambda: intake._pictures < _MOST_PICTURES or intake._closed)


def settled_at(position: float, boundaries: tuple[float, ...]) -> tuple[float, list[float]]:
    """What is known about boundaries at a moment: all until then."""
    return position, [at for at in boundaries if at < position]


def complete(part: Path) -> Path:
    return finalize(part, part.with_name("recording.mp4"), []).path


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.glob("*.json")}
