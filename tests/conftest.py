"""What every test may rely on: a home of its own, and the labelled data where it is present."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Models are joined from their carriers once per run, not once per test."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def home_of_its_own(tmp_path: Path, shared_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the developer's sessions, weights or log."""
    home = tmp_path / "home"
    monkeypatch.setenv("INTERVIEWER_DATA", str(home))
    monkeypatch.setenv("INTERVIEWER_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("INTERVIEWER_CACHE", str(shared_cache))
    monkeypatch.setenv("INTERVIEWER_OFFLINE", "1")
    monkeypatch.delenv("INTERVIEWER_WEIGHTS", raising=False)
    return home


@pytest.fixture(scope="session")
def repository() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def data_dir() -> Path:
    path = Path(os.environ.get("INTERVIEWER_TEST_DATA", ROOT.parent / "shared" / "data"))
    if not (path / "INDEX.md").exists():
        pytest.skip("the labelled recordings are not here (INTERVIEWER_TEST_DATA)")
    return path
