from itertools import product

import pytest

from interviewer.report import palette
from interviewer.tui import theme


def luminance(colour):
    def linear(part):
        share = int(part, 16) / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(colour[at : at + 2]) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first, second):
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


TEXT = {
    "ink": theme.INK,
    "muted": theme.MUTED,
    "link": theme.LINK,
    "good": theme.GOOD,
    "watch": theme.WATCH,
    "act": theme.ACT,
    **theme.FAMILIES,
}


@pytest.mark.parametrize(("name", "dark"), list(product(TEXT, (True, False))))
def test_every_colour_of_text_can_be_read_on_the_ground_and_on_a_card(name, dark):
    for ground in (theme.PAPER, theme.TRACK):
        assert contrast(TEXT[name].on(dark=dark), ground.on(dark=dark)) >= 4.5


@pytest.mark.parametrize("dark", [True, False])
def test_a_button_and_its_focus_can_be_read(dark):
    assert contrast(theme.INK.on(dark=dark), theme.USUAL.on(dark=dark)) >= 4.5
    assert contrast(theme.PAPER.on(dark=dark), theme.LINK.on(dark=dark)) >= 4.5


def test_a_meaning_has_the_reports_colour():
    here = {
        "paper": theme.PAPER,
        "line": theme.LINE,
        "track": theme.TRACK,
        "usual": theme.USUAL,
        **TEXT,
    }
    there = {colour.name: (colour.light, colour.dark) for colour in palette.ALL}
    assert {name: (shade.light, shade.dark) for name, shade in here.items()} == there


@pytest.mark.parametrize("dark", [True, False])
def test_the_theme_knows_every_metric(dark):
    variables = theme.make_theme(dark=dark).variables
    for family in palette.FAMILIES:
        wanted = family.dark if dark else family.light
        assert variables[f"metric-{family.name}"] == wanted
