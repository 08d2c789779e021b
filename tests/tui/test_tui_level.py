import pytest

from interviewer.tui.widgets.level import Verdict, bar, verdict


@pytest.mark.parametrize(
    ("levels", "judged"),
    [
        ([], Verdict.SILENT),
        ([-100.0, -61.0], Verdict.SILENT),
        ([-50.0, -100.0], Verdict.QUIET),
        ([-26.0, -100.0, -100.0], Verdict.GOOD),
        ([-26.0, -3.0, -30.0], Verdict.CLIPPING),
    ],
)
def test_the_loudest_of_the_latest_levels_is_judged(levels, judged):
    assert verdict(levels) is judged


def test_bars_rise_from_nothing_to_a_full_block():
    levels = (-100, -60, -59.9, -29.9, -0.1, 0, 3)
    assert "".join(bar(level) for level in levels) == "  ▁▅███"


def test_every_verdict_has_its_own_word():
    assert len({each.value for each in Verdict}) == 4
