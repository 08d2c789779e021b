"""A simulated interview, filmed and analysed once for all tests that compare with its truth."""

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from interviewer.cli import _run
from interviewer.console.boundary import run
from interviewer.simulate.truth import Truth
from interviewer.workflows.analyze import Analysed, Options, analyze
from interviewer.workflows.simulate import simulate

SCRIPT = """\
title: Spine
seed: 3
appearance: mei
size: [640, 360]
fps: 15
turns:
  - question: What was your last project?
    id: project
    target: {low: 10, high: 40}
    question_seconds: 2.5
    response_latency: 0.6
    answer: >-
      I rebuilt the search page of a large online shop. The old page took four seconds to load, so I
      measured where the time went, and moved the slow part to the server. [pause 1.2] After that it
      loaded in less than one second, and sales went up by three percent.
    pace: 0.85
    smiles:
      - {at: 1, for: 5, strength: 0.9}
    looks_away:
      - {at: 8, for: 2, direction: left, with: head}
  - question: What would you do differently today?
    id: differently
    target: {low: 10, high: 40}
    question_seconds: 2.5
    response_latency: 2.4
    answer: >-
      [um] That is a good question. [pause 1.5] [uh] I would talk to the customers much earlier.
      [um] We guessed what they wanted, and [uh] half of it was never used.
    pace: 0.85
    looks_away:
      - {at: 1, for: 4, direction: down, with: head}
"""


@pytest.fixture
def call(monkeypatch, capsys):
    """The command line, called as a person calls it: exit code, stdout, stderr."""

    def interviewer(*arguments):
        monkeypatch.setattr(sys, "argv", ["interviewer", *map(str, arguments)])
        code = run(_run)
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return interviewer


@dataclass(frozen=True)
class Known:
    """An analysed film and what is true about it."""

    film: Path
    truth: Truth
    analysed: Analysed


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory, shared_cache: Path) -> Known:
    folder = tmp_path_factory.mktemp("known")
    script = folder / "script.yaml"
    script.write_text(SCRIPT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INTERVIEWER_DATA", str(folder / "data"))
        patch.setenv("INTERVIEWER_CACHE", str(shared_cache))
        patch.setenv("INTERVIEWER_OFFLINE", "1")
        filmed = simulate(script, folder / "session")
        analysed = analyze(folder / "session", Options())
    truth = Truth.model_validate_json(filmed.truth.read_bytes())
    return Known(filmed.recording, truth, analysed)
