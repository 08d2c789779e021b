import numpy as np
import pytest

from interviewer.analysis.face.landmarker import DetectedFace
from interviewer.analysis.face.measures import brightness, eye_direction, head_pose
from interviewer.analysis.face.tracking import MainFace, overlap

EYES = [f"eyeLook{way}{side}" for way in ("In", "Out", "Up", "Down") for side in ("Left", "Right")]


def turned(yaw: float, pitch: float, roll: float) -> np.ndarray:
    """A matrix for a turn to the right of the picture, up, and a tilt to its right, in degrees."""
    y, p, r = np.radians([yaw, -pitch, -roll])
    about_y = [[np.cos(y), 0, np.sin(y)], [0, 1, 0], [-np.sin(y), 0, np.cos(y)]]
    about_x = [[1, 0, 0], [0, np.cos(p), -np.sin(p)], [0, np.sin(p), np.cos(p)]]
    about_z = [[np.cos(r), -np.sin(r), 0], [np.sin(r), np.cos(r), 0], [0, 0, 1]]
    matrix = np.eye(4)
    matrix[:3, :3] = 1.7 * np.array(about_y) @ about_x @ about_z
    matrix[:3, 3] = (3, -2, -40)
    return matrix


@pytest.mark.parametrize(
    "angles", [(0, 0, 0), (30, 0, 0), (-20, 0, 0), (0, 25, 0), (0, 0, 15), (-35, 20, -10)]
)
def test_a_turned_head_gives_back_its_angles(angles: tuple[float, float, float]) -> None:
    pose = head_pose(turned(*angles), (0.0, 0.0))
    assert (pose.yaw, pose.pitch, pose.roll) == pytest.approx(angles, abs=1e-6)


def face(pixels: float = 200.0, **shapes: float) -> DetectedFace:
    return DetectedFace(
        points=np.zeros((478, 2), np.float32),
        matrix=np.eye(4),
        shapes=dict.fromkeys(EYES, 0.0) | shapes,
        pixels=pixels,
        offset=(0.0, 0.0),
    )


def test_eyes_to_the_own_left_and_up_are_positive() -> None:
    middle, level = eye_direction(face())
    left, _ = eye_direction(face(eyeLookOutLeft=0.8, eyeLookInRight=0.8))
    right, _ = eye_direction(face(eyeLookInLeft=0.8, eyeLookOutRight=0.8))
    _, up = eye_direction(face(eyeLookUpLeft=0.5, eyeLookUpRight=0.5))
    assert level == 0.0
    assert left - middle == pytest.approx(0.8)
    assert middle - right == pytest.approx(0.8)
    assert up == pytest.approx(0.5)


def test_eyes_never_leave_their_range() -> None:
    far, _ = eye_direction(face(eyeLookInLeft=1.0, eyeLookOutRight=1.0))
    assert far == -1.0


def test_eyes_of_a_tiny_face_are_not_guessed() -> None:
    assert eye_direction(face(pixels=30)) == (None, None)


def test_brightness_is_the_luma_of_the_box() -> None:
    picture = np.zeros((100, 200, 3), np.uint8)
    picture[:, 100:] = (0, 255, 0)
    assert brightness(picture, (0.5, 0.0, 0.5, 1.0)) == pytest.approx(0.7152, abs=1e-3)
    assert brightness(picture, (0.0, 0.0, 0.5, 1.0)) == 0.0
    assert brightness(picture, None) == pytest.approx(0.3576, abs=1e-3)
    assert brightness(picture, (0.99, 0.99, 0.001, 0.001)) == pytest.approx(0.7152, abs=1e-3)


LEFT, RIGHT = (10.0, 10.0, 100.0, 100.0), (300.0, 10.0, 98.0, 98.0)


def test_the_largest_face_is_the_main_one() -> None:
    assert MainFace().choose(0.0, [RIGHT, LEFT]) == 1


def test_the_main_face_stays_when_the_other_becomes_a_little_larger() -> None:
    follow = MainFace()
    assert follow.choose(0.0, [LEFT, RIGHT]) == 0
    assert follow.choose(0.2, [(12.0, 12.0, 95.0, 95.0), (300.0, 10.0, 110.0, 110.0)]) == 0
    assert follow.choose(0.4, [(300.0, 10.0, 120.0, 120.0), (14.0, 12.0, 90.0, 90.0)]) == 1


def test_a_face_that_moves_slowly_is_followed_across_the_picture() -> None:
    follow = MainFace()
    follow.choose(0.0, [(0.0, 10.0, 110.0, 110.0), (500.0, 250.0, 104.0, 104.0)])
    for step in range(1, 20):
        moving = (25.0 * step, 10.0, 100.0, 100.0)
        assert follow.choose(step * 0.2, [(500.0, 250.0, 104.0, 104.0), moving]) == 1


def test_the_neighbour_does_not_stand_in_for_a_face_that_is_lost_for_a_moment() -> None:
    follow = MainFace()
    follow.choose(0.0, [LEFT, RIGHT])
    assert follow.choose(0.2, [RIGHT]) is None
    assert follow.choose(0.4, [RIGHT]) is None
    assert follow.choose(0.6, [RIGHT, LEFT]) == 1


def test_the_neighbour_takes_over_when_the_main_face_stays_away() -> None:
    follow = MainFace()
    follow.choose(0.0, [LEFT, RIGHT])
    assert follow.choose(2.5, [RIGHT]) == 0
    assert follow.choose(2.7, [LEFT, RIGHT]) == 1


def test_a_much_larger_face_takes_over_at_once() -> None:
    follow = MainFace()
    follow.choose(0.0, [(400.0, 20.0, 40.0, 40.0)])
    assert follow.choose(0.2, [(400.0, 20.0, 40.0, 40.0), LEFT]) == 1


def test_a_lone_face_that_jumps_is_still_the_main_one() -> None:
    follow = MainFace()
    follow.choose(0.0, [LEFT])
    assert follow.choose(0.2, [RIGHT]) == 0


def test_no_face_is_no_main_face() -> None:
    assert MainFace().choose(0.0, []) is None


def test_overlap_is_the_intersection_over_the_union() -> None:
    assert overlap((0, 0, 2, 2), (1, 1, 2, 2)) == pytest.approx(1 / 7)
    assert overlap(LEFT, LEFT) == 1.0
    assert overlap(LEFT, RIGHT) == 0.0
