from itertools import combinations

import numpy as np
import pytest

from interviewer.report import palette
from interviewer.report.palette import colour_of

# Machado, Oliveira and Fernandes 2009, severity 1.
VISIONS = {
    "full": np.eye(3),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
ON_ONE_CHART = (
    palette.TONE,
    palette.PACE,
    palette.EYES,
    palette.SMILE,
    palette.FILLERS,
    palette.PAUSES,
    palette.SUMMARY,
)


def linear(colour):
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(first, second):
    light, dark = sorted(
        (float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (first, second)),
        reverse=True,
    )
    return (light + 0.05) / (dark + 0.05)


def lab(light):
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    parts = xyz @ np.clip(light, 0, 1) / [0.9505, 1, 1.089]
    parts = np.where(parts > 0.008856, np.cbrt(parts), 7.787 * parts + 16 / 116)
    return np.array([116 * parts[1] - 16, 500 * (parts[0] - parts[1]), 200 * (parts[1] - parts[2])])


def test_the_contrast_formula_is_the_published_one():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("page", ["light", "dark"])
@pytest.mark.parametrize("ground", [palette.PAPER, palette.TRACK])
def test_whatever_colours_words_reaches_the_contrast_for_text(page, ground):
    coloured = (
        palette.INK,
        palette.MUTED,
        palette.LINK,
        *palette.FAMILIES,
        *palette.VERDICTS,
    )
    low = {
        colour.name: contrast(getattr(colour, page), getattr(ground, page))
        for colour in coloured
        if contrast(getattr(colour, page), getattr(ground, page)) < 4.5
    }
    assert low == {}


@pytest.mark.parametrize("page", ["light", "dark"])
def test_curves_stand_out_from_the_usual_band(page):
    ground = getattr(palette.USUAL, page)
    assert all(contrast(getattr(colour, page), ground) >= 3 for colour in ON_ONE_CHART)


@pytest.mark.parametrize("page", ["light", "dark"])
@pytest.mark.parametrize("vision", VISIONS)
def test_colours_on_one_chart_differ_for_every_kind_of_sight(page, vision):
    seen = {
        colour.name: lab(VISIONS[vision] @ linear(getattr(colour, page))) for colour in ON_ONE_CHART
    }
    near = {
        pair: round(float(np.linalg.norm(seen[pair[0]] - seen[pair[1]])), 1)
        for pair in combinations(seen, 2)
        if np.linalg.norm(seen[pair[0]] - seen[pair[1]]) < 12
    }
    assert near == {}


def test_every_meaning_has_a_colour_of_its_own():
    for page in ("light", "dark"):
        colours = [getattr(colour, page) for colour in palette.ALL]
        assert len(set(colours)) == len(colours)
    assert len({colour.name for colour in palette.ALL}) == len(palette.ALL)


@pytest.mark.parametrize(
    ("name", "colour"),
    [
        ("words_per_minute", palette.PACE),
        ("pace", palette.PACE),
        ("fillers_per_100_words", palette.FILLERS),
        ("mean_pause", palette.PAUSES),
        ("response_latency_content", palette.TIMING),
        ("answer_length", palette.TIMING),
        ("pitch_variation", palette.VOICE),
        ("tone_engaged", palette.TONE),
        ("eye_contact_share", palette.EYES),
        ("eye_contact", palette.EYES),
        ("look_aways", palette.EYES),
        ("smile_share", palette.SMILE),
        ("overall", palette.SUMMARY),
        ("something_new", palette.SUMMARY),
    ],
)
def test_a_metric_has_its_familys_colour(name, colour):
    assert colour_of(name) is colour


def test_every_normed_metric_of_the_assessment_keeps_a_family():
    from interviewer.assessment.norms import NORMS

    neutral = {name for name in NORMS if colour_of(name) is palette.SUMMARY}
    assert neutral <= {"words", "face_presence"}
