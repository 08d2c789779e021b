from itertools import pairwise

import numpy as np
import pytest
from humming import HumVoice, script_of

from interviewer.analysis.face.observer import FaceObserver
from interviewer.interview.documents.observations import FaceFrame
from interviewer.simulate.drawing.looks import LOOKS
from interviewer.simulate.drawing.renderer import Renderer
from interviewer.simulate.performance import Performance
from interviewer.simulate.speech import speak
from interviewer.simulate.state import FaceState

WIDTH, HEIGHT = 640, 360
LIVELY = (
    "I built a model for the whole team, and it worked well enough to be used. [pause 0.5] [um] "
    "We shipped it in spring, and people still rely on it for their work every single day."
)


class Sitter:
    """Somebody who is drawn, and looked at by the face landmarker."""

    def __init__(self, renderer: Renderer, observer: FaceObserver) -> None:
        self._renderer = renderer
        self._observer = observer
        self._time = 0.0

    def seen(self, state: FaceState | None = None, **pose: float) -> FaceFrame:
        self._time += 0.2
        frame = self._renderer.draw(state or FaceState(**pose))
        found = self._observer.observe(self._time, np.ascontiguousarray(frame[:, :, ::-1]))
        assert found.faces <= 1
        return found


@pytest.fixture(scope="module", params=list(LOOKS))
def sitter(request: pytest.FixtureRequest, observer: FaceObserver) -> Sitter:
    return Sitter(Renderer(LOOKS[request.param], WIDTH, HEIGHT), observer)


def test_the_face_is_found_in_all_of_a_lively_performance(sitter: Sitter) -> None:
    script = script_of(
        LIVELY,
        energy=2.0,
        smiles=[{"at": 4, "for": 3, "strength": 1.0}],
        looks_away=[
            {"at": 1, "for": 2, "direction": "down-left", "with": "head"},
            {"at": 7, "for": 2, "direction": "right", "with": "head"},
        ],
    )
    performance = Performance.planned(script, [speak(turn, HumVoice()) for turn in script.turns])
    times = np.linspace(0, performance.duration, 40)
    found = [sitter.seen(performance.state(float(time))).faces for time in times]
    assert found.count(1) == len(found)


def test_a_still_face_reads_as_neutral_and_straight(sitter: Sitter) -> None:
    face = sitter.seen()
    assert face.smile < 0.1
    assert face.jaw_open < 0.1
    assert face.eyes_closed < 0.1
    assert abs(face.gaze_x) < 0.2
    assert abs(face.gaze_y) < 0.3
    assert abs(face.yaw) < 4
    assert abs(face.pitch) < 6
    assert abs(face.roll) < 3


def test_the_smile_follows(sitter: Sitter) -> None:
    none, half, full = (sitter.seen(smile=value).smile for value in (0, 0.6, 1.0))
    assert none < 0.1
    assert none <= half < full
    assert full >= 0.6
    assert sitter.seen(smile=0.9, mouth=0.4).smile >= 0.45


def test_the_gaze_follows_to_both_sides(sitter: Sitter) -> None:
    far_right, right, left, far_left = (
        sitter.seen(gaze_x=value).gaze_x for value in (-1, -0.5, 0.5, 1)
    )
    assert far_right < right < -0.3
    assert 0.3 < left < far_left
    assert far_right < -0.75
    assert far_left > 0.75


def test_the_gaze_follows_up_and_down(sitter: Sitter) -> None:
    down, straight, up = (sitter.seen(gaze_y=value).gaze_y for value in (-1, 0, 1))
    assert down < straight - 0.2
    assert up > straight + 0.2


def test_closed_eyes_read_as_closed(sitter: Sitter) -> None:
    closed = sitter.seen(eyes_open=0).eyes_closed
    assert closed > 0.28
    assert closed > sitter.seen(eyes_open=1).eyes_closed + 0.25


def test_the_jaw_follows(sitter: Sitter) -> None:
    shut, half, wide = (sitter.seen(mouth=value).jaw_open for value in (0, 0.6, 1))
    assert shut < 0.06 < half < wide
    assert wide > 0.25


@pytest.mark.parametrize(
    ("angle", "values", "least"),
    [
        # What the landmarker sees of the whole turn, at least, in degrees.
        ("yaw", (-20, -10, 0, 10, 20), 28),
        ("pitch", (-14, -7, 0, 7, 14), 12),
        ("roll", (-12, -6, 0, 6, 12), 20),
    ],
)
def test_the_head_turns_as_told(
    sitter: Sitter, angle: str, values: tuple[float, ...], least: float
) -> None:
    seen = [getattr(sitter.seen(**{angle: value}), angle) for value in values]
    assert seen == sorted(seen)
    assert all(b - a > 1 for a, b in pairwise(seen))
    assert seen[-1] - seen[0] > least


def test_only_the_head_and_the_shoulders_move() -> None:
    renderer = Renderer(LOOKS["jonas"], WIDTH, HEIGHT)
    still = renderer.draw(FaceState())
    moved = renderer.draw(FaceState(yaw=15, roll=5, smile=1, mouth=1, shift_x=0.3))
    changed = np.abs(still.astype(int) - moved).max(axis=2) > 8
    assert changed.any()
    assert not changed[:, : WIDTH // 4].any()
    assert not changed[:, -WIDTH // 4 :].any()


def test_equal_states_give_equal_frames() -> None:
    state = FaceState(yaw=5, gaze_x=0.3, smile=0.4, mouth=0.5, breath=0.7)
    first, second = (Renderer(LOOKS["amara"], 320, 180).draw(state) for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_drawing_leaves_no_trace_in_the_next_frame() -> None:
    renderer = Renderer(LOOKS["mei"], 320, 180)
    before = renderer.draw(FaceState())
    renderer.draw(FaceState(yaw=-20, smile=1, mouth=1, eyes_open=0, gaze_x=1, breath=1))
    np.testing.assert_array_equal(renderer.draw(FaceState()), before)


@pytest.mark.parametrize("distance", [0.8, 1.6])
def test_the_face_is_as_large_as_the_distance_says(observer: FaceObserver, distance: float) -> None:
    near, moved = (
        Sitter(Renderer(LOOKS["jonas"], WIDTH, HEIGHT, away), observer).seen().box
        for away in (1.0, distance)
    )
    assert moved[3] == pytest.approx(near[3] / distance, rel=0.1)
