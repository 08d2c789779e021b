import re

import pytest

from interviewer.assessment.norms import NORMS
from interviewer.assessment.scores import OVERALL, RECIPES
from interviewer.assessment.tone import ENGAGED, TENSE


@pytest.fixture(scope="module")
def page(repository):
    return (repository / "docs" / "metrics.md").read_text(encoding="utf-8")


def row(page, first):
    """Cells of the last table row whose first cell is `first`."""
    rows = [line for line in page.splitlines() if line.startswith(f"| `{first}` |")]
    assert rows, first
    return [cell.strip() for cell in rows[-1].strip("|").split(" | ")]


@pytest.mark.parametrize("name", NORMS)
def test_every_metric_has_its_row_with_its_unit(page, name):
    line = next(line for line in page.splitlines() if line.startswith(f"| `{name}` |"))
    unit = line.split("|")[2].strip()
    assert unit == (NORMS[name].unit or "–")


@pytest.mark.parametrize("name", [*RECIPES, "overall"])
def test_every_score_is_described_with_its_weights(page, name):
    weights = (OVERALL if name == "overall" else RECIPES[name]).weights
    described = row(page, name)[1]
    for part, weight in weights.items():
        expected = f"`{part}`" if weight == 1 else f".{round(weight * 100):02d} `{part}`"
        assert expected in described
    assert described.count("`") == 2 * len(weights)


@pytest.mark.parametrize("name", [name for name, norm in NORMS.items() if norm.curve])
def test_every_curve_is_written_out(page, name):
    section = page[page.index("value → score") :]
    line = next(line for line in section.splitlines() if line.startswith(f"| `{name}` |"))
    written = {}
    for values, score in re.findall(r"([\d.–]+) → (\d+)", line):
        for value in values.split("–"):
            written[float(value)] = float(score)
    points = dict(NORMS[name].curve)
    assert written.items() <= points.items()
    flat = {v: s for v, s in points.items() if v not in written}
    assert all(score == 100 for score in flat.values())


@pytest.mark.parametrize("name", [name for name, norm in NORMS.items() if norm.band])
def test_every_band_is_written_out(page, name):
    norm = NORMS[name]
    line = next(line for line in page.splitlines() if line.startswith(f"| `{name}` |"))
    for end in (norm.low, norm.high):
        assert end is None or re.search(rf"\b{end:g}(\.0)?\b", line.split("|")[4])


def test_the_weights_of_tone_are_written_out(page):
    names = (
        "pitch level",
        "pitch range",
        "loudness",
        "spectral balance",
        "rate",
        "pauses",
        "fillers",
    )
    for name, tense, engaged in zip(names, TENSE.tolist(), ENGAGED.tolist(), strict=True):
        line = next(line for line in page.splitlines() if line.startswith(f"| {name} |"))
        cells = [cell.strip() for cell in line.split("|")[2:4]]
        for cell, weight in zip(cells, (tense, engaged), strict=True):
            assert float(cell.replace("−", "-") or 0) == weight
