import re
import tomllib

import pytest

from interviewer.weights import Weights, Where
from interviewer.weights.catalogue import ASSETS

EACH = pytest.mark.parametrize("asset", ASSETS, ids=lambda asset: asset.name)


@EACH
def test_the_installed_carrier_is_what_the_registry_says(asset):
    result = Weights(offline=True).verify(asset.name)
    if result.where is Where.MISSING:
        pytest.skip(f"not installed: {', '.join(asset.requirements)}")
    assert result.where is Where.CARRIER
    assert [check.problem for check in result.files] == [None] * len(asset.files)


def test_whisper_base_is_joined_from_its_carriers(home):
    weights = Weights(offline=True)
    if weights.verify("whisper-base").where is Where.MISSING:
        pytest.skip("the carriers of Whisper base are not installed")
    assert weights.default_recogniser() == "whisper-base"
    assert weights.directory("whisper-base") == home / "whisper-base"
    found = weights.verify("whisper-base")
    assert (found.where, found.intact) == (Where.CACHE, True)


def test_the_registry_has_the_models_that_the_program_names():
    assert {asset.name for asset in ASSETS} == {
        "whisper-tiny.en",
        "whisper-base",
        "face-landmarker",
        "swift-f0",
        "silero-vad",
        "piper-en_US-joe-medium",
    }


@EACH
def test_every_file_has_a_hash_a_size_and_a_pinned_address(asset):
    for file in asset.files:
        assert re.fullmatch(r"[0-9a-f]{64}", file.sha256)
        assert file.size > 0
        assert file.url.startswith("https://")
        assert file.url.endswith(f"/{file.name}")
        assert not re.search(r"/(main|master|latest)/", file.url)


def test_the_offline_extra_installs_exactly_the_carriers(repository):
    project = tomllib.loads((repository / "pyproject.toml").read_text())["project"]
    carriers = {need for asset in ASSETS if not asset.bundled for need in asset.requirements}
    assert set(project["optional-dependencies"]["offline"]) == carriers


def test_bundled_models_come_with_required_libraries(repository):
    project = tomllib.loads((repository / "pyproject.toml").read_text())["project"]
    required = {re.split(r"[<>=!~\[ ]", need)[0] for need in project["dependencies"]}
    bundled = {
        need.split("==")[0] for asset in ASSETS if asset.bundled for need in asset.requirements
    }
    assert bundled
    assert bundled <= required


@EACH
def test_the_manual_lists_the_model_as_the_registry_has_it(asset, repository):
    manual = (repository / "docs" / "models.md").read_text()
    (row,) = (line for line in manual.splitlines() if line.startswith(f"| `{asset.name}` |"))
    assert f"{asset.size / 1e6:.1f} MB" in row
    assert asset.licence in row
    assert asset.source in row
    assert all(f"`{need.split('==')[0]}`" in row for need in asset.requirements)
