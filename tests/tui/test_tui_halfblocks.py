import numpy as np
import pytest

from interviewer.tui.widgets.halfblocks import GREYS, fitted, greyed, scaled, strips

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


def cells(line):
    """Every cell's character, upper and lower colour."""
    return [
        (character, tuple(style.color.triplet), tuple(style.bgcolor.triplet))
        for text, style, _ in line
        for character in text
    ]


def test_two_by_two_pixels_are_two_cells_with_exactly_their_colours():
    (line,) = strips(np.array([[RED, GREEN], [BLUE, WHITE]], dtype=np.uint8))
    assert cells(line) == [("▀", RED, BLUE), ("▀", GREEN, WHITE)]


def test_neighbours_of_equal_colours_become_one_segment():
    picture = np.array([[RED, RED, GREEN], [BLUE, BLUE, BLUE]], dtype=np.uint8)
    (line,) = strips(picture)
    assert [segment.text for segment in line] == ["▀▀", "▀"]
    assert line.cell_length == 3


def test_four_rows_of_pixels_are_two_lines():
    picture = np.array([[RED], [GREEN], [BLUE], [WHITE]], dtype=np.uint8)
    assert [cells(line) for line in strips(picture)] == [
        [("▀", RED, GREEN)],
        [("▀", BLUE, WHITE)],
    ]


def test_a_smaller_picture_has_the_mean_of_each_part():
    picture = np.array(
        [[(0, 0, 0), (100, 40, 8), RED, RED], [(20, 0, 0), (80, 0, 0), RED, RED]], dtype=np.uint8
    )
    assert scaled(picture, 2, 1).tolist() == [[[50, 10, 2], [255, 0, 0]]]


def test_a_larger_picture_repeats_its_pixels():
    picture = np.array([[RED, BLUE]], dtype=np.uint8)
    assert scaled(picture, 4, 2).tolist() == [[list(c) for c in (RED, RED, BLUE, BLUE)]] * 2


def test_uneven_parts_still_average():
    picture = np.arange(5, dtype=np.uint8).reshape(1, 5, 1).repeat(3, axis=2) * 10
    assert scaled(picture, 2, 1)[0, :, 0].tolist() == [5, 30]


@pytest.mark.parametrize(
    ("shape", "room", "size"),
    [
        ((180, 320), (32, 40), (32, 9)),
        ((180, 320), (200, 9), (32, 9)),
        ((240, 240), (10, 10), (10, 5)),
        ((180, 320), (40, 11), (40, 11)),  # 39.1 wide: the sliver is filled
    ],
)
def test_a_picture_is_shown_whole_and_undistorted(shape, room, size):
    assert fitted(np.zeros((*shape, 3), np.uint8), *room) == size


def test_sixteen_colours_get_greys_whose_mean_is_the_lightness():
    for level in (0, 40, 128, 150, 230, 255):
        picture = np.full((32, 32, 3), level, np.uint8)
        grey = greyed(picture)
        assert set(np.unique(grey)) <= set(GREYS)
        assert abs(grey.mean() - level) <= 5


def test_a_grey_is_the_lightness_of_its_colour():
    green = greyed(np.full((16, 16, 3), GREEN, np.uint8)).mean()
    blue = greyed(np.full((16, 16, 3), BLUE, np.uint8)).mean()
    assert green == pytest.approx(0.7152 * 255, abs=6)
    assert blue == pytest.approx(0.0722 * 255, abs=6)
