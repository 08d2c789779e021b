import pytest

from interviewer.tui.widgets.clock import BEYOND, EMPTY, FILLED, Timing, bar, bracket


def timing(elapsed, low=90.0, high=150.0, limit=100.0):
    return Timing(elapsed, low, high, limit)


def test_the_bar_is_filled_in_proportion():
    assert timing(0).full == pytest.approx(172.5)
    assert bar(timing(0), 40) == EMPTY * 40
    assert bar(timing(86.25), 40) == FILLED * 20 + EMPTY * 20


def test_the_band_stands_under_its_part_of_the_bar():
    line = bracket(timing(0), 69)
    assert line.index("└") == 36  # 90 s of 172.5 s in 69 cells
    assert line.index("┘") == 59  # just before 150 s, cell 60
    assert "1:30–2:30" in line


def test_an_answer_in_its_band_fills_the_bar_to_above_the_bracket():
    line = bracket(timing(0), 69)
    filled = bar(timing(120), 69).count(FILLED)
    assert line.index("└") < filled < line.index("┘")


def test_beyond_the_bar_an_arrow_says_so():
    assert bar(timing(172.5), 40) == FILLED * 40
    assert bar(timing(173), 40) == FILLED * 39 + BEYOND


@pytest.mark.parametrize("width", range(4, 130))
def test_the_band_never_leaves_its_line(width):
    for each in (timing(0), timing(0, 0, 30, 30), timing(0, 60, 60, 60), timing(0, 0, 0, 0)):
        line = bracket(each, width)
        assert len(line) <= width
        assert line.count("└") == line.count("┘") == 1


def test_a_narrow_band_has_its_times_beside_it():
    assert bracket(timing(0, 20, 40, 160), 60).endswith("┘ 0:20–0:40")
    assert " 2:30–2:50 └" in bracket(timing(0, 150, 170, 170), 60)
