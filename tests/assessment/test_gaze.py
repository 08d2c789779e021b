import csv
from pathlib import Path

import pytest

from interviewer.assessment.gaze import (
    direction,
    estimate_centre,
    looks_at_camera,
    looks_in,
)
from interviewer.interview.documents.observations import FaceFrame


def look(
    across: float = 0.0,
    up: float = 0.0,
    *,
    time: float = 0.0,
    closed: float = 0.1,
    eyes: tuple[float | None, float | None] = (0.0, 0.0),
) -> FaceFrame:
    return FaceFrame(
        time=time,
        faces=1,
        yaw=across,
        pitch=up,
        gaze_x=eyes[0],
        gaze_y=eyes[1],
        eyes_closed=closed,
    )


def series(*looks: FaceFrame) -> list[FaceFrame]:
    return [frame.model_copy(update={"time": i * 0.2}) for i, frame in enumerate(looks)]


def test_eyes_that_stay_on_the_camera_undo_the_turn_of_the_head() -> None:
    frame = look(15.0, -10.0, eyes=(-0.6, 0.4))
    assert direction(frame) == pytest.approx((0.0, 0.0))
    assert looks_at_camera(frame) is True


def test_eyes_alone_can_leave_the_camera() -> None:
    assert looks_at_camera(look(eyes=(0.8, 0.0))) is False
    assert looks_at_camera(look(eyes=(-0.8, 0.0))) is False
    assert looks_at_camera(look(eyes=(0.0, 0.8))) is False
    assert looks_at_camera(look(eyes=(0.0, -0.8))) is False


def test_the_screen_below_the_camera_counts_and_the_desk_does_not() -> None:
    assert looks_at_camera(look(0.0, -12.0)) is True
    assert looks_at_camera(look(0.0, -25.0)) is False


def test_nothing_is_said_about_what_cannot_be_seen() -> None:
    assert looks_at_camera(FaceFrame(time=0.0, faces=0)) is None
    assert looks_at_camera(look(eyes=(None, None))) is None
    assert looks_at_camera(look(closed=0.8)) is None


def test_a_head_turned_aside_with_closed_eyes_does_not_look_at_the_camera() -> None:
    assert looks_at_camera(look(30.0, closed=0.8)) is False


def test_the_centre_moves_what_counts() -> None:
    assert looks_at_camera(look(12.0), centre=(4.0, 0.0)) is True
    assert looks_at_camera(look(-8.0), centre=(4.0, 0.0)) is False


def test_a_blink_tells_nothing_and_lowered_lids_are_a_look_away() -> None:
    shut = look(closed=0.7)
    blink = series(look(), shut, shut, look())
    assert looks_in(blink) == (True, None, None, True)
    reading = series(look(), *[shut] * 5, look())
    assert looks_in(reading) == (True, *[False] * 5, True)


def test_a_series_without_closed_eyes_is_its_single_looks() -> None:
    frames = series(look(), look(20.0), FaceFrame(time=0.0, faces=0), look(0.0, -30.0))
    assert looks_in(frames, (1.0, 1.0)) == tuple(looks_at_camera(f, (1.0, 1.0)) for f in frames)
    assert looks_in([]) == ()


def test_somebody_whose_straight_look_is_measured_aside_is_corrected_for() -> None:
    assert estimate_centre([look(3.0, 5.0)] * 60 + [look(25.0)] * 20) == (3.0, 5.0)


def test_the_correction_has_limits() -> None:
    assert estimate_centre([look(7.0, 14.0)] * 60) == (4.0, 6.0)
    assert estimate_centre([look(-7.0, -14.0)] * 60) == (-4.0, -4.0)


@pytest.mark.parametrize("across", [15.0, -17.0, 20.0])
def test_an_interviewer_beside_the_camera_is_not_taken_for_the_camera(across: float) -> None:
    frames = [look(across, -4.0)] * 90 + [look(1.0)] * 10
    assert estimate_centre(frames) == (0.0, 0.0)
    assert looks_in(frames, estimate_centre(frames)).count(True) == 10


def test_few_looks_do_not_move_the_camera() -> None:
    assert estimate_centre([look(3.0)] * 9) == (0.0, 0.0)
    assert estimate_centre([]) == (0.0, 0.0)


def test_blinks_do_not_move_the_camera() -> None:
    assert estimate_centre([look(2.0)] * 30 + [look(2.0, -14.0, closed=0.7)] * 29) == (2.0, 0.0)


@pytest.mark.data
@pytest.mark.slow
def test_people_who_look_at_the_camera_are_told_from_those_who_do_not(data_dir: Path) -> None:
    from interviewer.analysis.face import observe_faces
    from interviewer.analysis.media import probe
    from interviewer.weights import Weights

    model = Weights().file("face-landmarker")
    folder = data_dir / "talking_heads"
    clips = {
        folder / row["file"]: row["gaze_by_eye"]
        for row in csv.DictReader((folder / "clips.csv").open())
        if row["gaze_by_eye"] in {"camera", "off_camera"}
    }
    clips |= dict.fromkeys((data_dir / "grid").glob("*.mpg"), "camera")
    shares: dict[str, list[float]] = {"camera": [], "off_camera": []}
    for path, gaze in clips.items():
        (found,) = observe_faces(path, model, [(0.0, probe(path).duration)], rate=5.0)
        looks = looks_in(found.frames, estimate_centre(found.frames))
        seen = [value for value in looks if value is not None]
        shares[gaze].append(sum(seen) / len(seen))
    assert len(shares["camera"]) >= 10
    assert len(shares["off_camera"]) >= 3
    assert min(shares["camera"]) > 0.85
    assert max(shares["off_camera"]) < 0.35


@pytest.mark.data
def test_stills_of_video_calls_are_told_apart(data_dir: Path) -> None:
    import cv2

    from interviewer.analysis.face import FaceObserver
    from interviewer.weights import Weights

    answers: dict[str, list[bool | None]] = {"Camera": [], "Not_Camera": []}
    with FaceObserver(Weights().file("face-landmarker")) as observer:
        time = 0.0
        for kind in ("real", "synthetic"):
            folder = data_dir / "zoom_gaze" / kind
            for row in csv.DictReader((folder / "labels.csv").open()):
                if row["Gaze"] not in answers:
                    continue
                (path,) = folder.glob(f"{row['filename']}.*")
                picture = cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB)
                scale = min(1.0, 640 / max(picture.shape))
                small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
                time += 5.0
                answers[row["Gaze"]].append(looks_at_camera(observer.observe(time, small)))
    assert len(answers["Camera"]) > 8
    assert answers["Camera"].count(True) >= 0.9 * len(answers["Camera"])
    assert answers["Not_Camera"].count(True) == 0
