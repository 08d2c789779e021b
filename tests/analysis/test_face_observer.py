import csv
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from interviewer.analysis.face import FaceObserver, observe_faces
from interviewer.analysis.face import landmarker as landmarker_module
from interviewer.errors import CannotDoError, ExitCode, ModelMissingError
from interviewer.interview.documents.observations import FaceFrame
from interviewer.simulate.drawing.looks import LOOKS
from interviewer.simulate.drawing.renderer import Renderer
from interviewer.simulate.state import FaceState
from interviewer.weights import Weights

STRANGER = 3.0  # seconds after which a face is no longer followed


@pytest.fixture(scope="module")
def model() -> Path:
    return Weights().file("face-landmarker")


@pytest.fixture(scope="module")
def observer(model: Path) -> Iterator[FaceObserver]:
    with FaceObserver(model) as opened:
        yield opened


@pytest.fixture(scope="module")
def renderers() -> dict[str, Renderer]:
    return {name: Renderer(look, 640, 360) for name, look in LOOKS.items()}


def drawn(renderer: Renderer, **state: float) -> np.ndarray:
    return np.ascontiguousarray(renderer.draw(FaceState(**state))[..., ::-1])


class Clock:
    now = 0.0


def look(observer: FaceObserver, picture: np.ndarray) -> FaceFrame:
    Clock.now += STRANGER
    return observer.observe(Clock.now, picture)


@pytest.mark.parametrize("name", sorted(LOOKS))
def test_signs_follow_the_drawn_face(
    observer: FaceObserver, renderers: dict[str, Renderer], name: str
) -> None:
    def seen(**state: float) -> FaceFrame:
        frame = look(observer, drawn(renderers[name], **state))
        assert frame.faces == 1
        return frame

    assert seen(yaw=10).yaw - seen(yaw=-10).yaw == pytest.approx(17, abs=4)
    assert seen(pitch=8).pitch - seen(pitch=-8).pitch == pytest.approx(9, abs=4)
    assert seen(roll=8).roll == pytest.approx(8, abs=2)
    assert seen(gaze_x=1).gaze_x > 0.6
    assert seen(gaze_x=-1).gaze_x < -0.6
    assert seen(gaze_y=1).gaze_y - seen(gaze_y=-1).gaze_y > 0.5
    assert seen(smile=1).smile > 0.6
    assert seen(mouth=1).jaw_open > 0.2
    assert seen(eyes_open=0).eyes_closed > 0.3
    still = seen()
    assert still.smile < 0.05
    assert still.jaw_open < 0.1
    assert still.eyes_closed < 0.1
    assert (still.yaw, still.roll) == pytest.approx((0, 0), abs=2)


def on_grey(picture: np.ndarray, centre: tuple[int, int], scale: float) -> np.ndarray:
    """The middle of a picture, scaled, on a grey canvas of 640 x 360 around a place."""
    face = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    side = min(face.shape[0], 2 * min(centre[0], 640 - centre[0])) // 2
    height = min(face.shape[0] // 2, centre[1], 360 - centre[1])
    middle = face.shape[0] // 2, face.shape[1] // 2
    canvas = np.full((360, 640, 3), 120, np.uint8)
    canvas[centre[1] - height : centre[1] + height, centre[0] - side : centre[0] + side] = face[
        middle[0] - height : middle[0] + height, middle[1] - side : middle[1] + side
    ]
    return canvas


def test_a_face_is_turned_the_same_wherever_it_is_in_the_picture(
    observer: FaceObserver, renderers: dict[str, Renderer]
) -> None:
    picture = drawn(renderers["sofia"])
    yaws = [look(observer, on_grey(picture, (x, 180), 0.8)).yaw for x in (160, 240, 320, 400, 480)]
    assert max(yaws) - min(yaws) < 3.0


def test_a_face_too_small_for_the_first_look_is_found_by_the_second(
    observer: FaceObserver, renderers: dict[str, Renderer]
) -> None:
    picture = drawn(renderers["sofia"])
    for x in (140, 320, 500):
        canvas = on_grey(picture, (x, 180), 0.3)
        assert not observer._landmarker.find(canvas), "the first look must miss this one"
        frame = look(observer, canvas)
        assert frame.box is not None
        assert frame.box[0] + frame.box[2] / 2 == pytest.approx(x / 640, abs=0.03)
        assert frame.yaw == pytest.approx(0, abs=4)


def two(renderers: dict[str, Renderer], left: float, right: float) -> np.ndarray:
    pictures = [
        on_grey(drawn(renderers[name]), (160 if i == 0 else 480, 180), scale)
        for i, (name, scale) in enumerate((("sofia", left), ("jonas", right)))
    ]
    return np.hstack([pictures[0][:, :320], pictures[1][:, 320:]])


def test_of_two_faces_the_main_one_stays_the_same_person(
    observer: FaceObserver, renderers: dict[str, Renderer]
) -> None:
    Clock.now += STRANGER
    scales = [(0.8, 0.7), (0.75, 0.78), (0.72, 0.8), (0.78, 0.75)]
    frames = [
        observer.observe(Clock.now + 0.2 * i, two(renderers, *pair))
        for i, pair in enumerate(scales)
    ]
    Clock.now += STRANGER
    assert [frame.faces for frame in frames] == [2, 2, 2, 2]
    assert all(frame.box is not None and frame.box[0] < 0.5 for frame in frames)


def test_pictures_without_a_face_hardly_ever_hold_one(observer: FaceObserver) -> None:
    chance = np.random.default_rng(7)
    false = 0
    for number in range(60):
        coarse = chance.integers(0, 256, (9 + number, 16 + number, 3), dtype=np.uint8)
        picture = cv2.resize(coarse, (640, 360), interpolation=cv2.INTER_CUBIC)
        frame = look(observer, picture)
        false += frame.faces > 0
        assert frame.brightness is not None
    assert false <= 1


def test_without_a_face_nothing_is_made_up(observer: FaceObserver) -> None:
    frame = look(observer, np.full((360, 640, 3), 51, np.uint8))
    assert frame == FaceFrame(time=Clock.now, faces=0, brightness=0.2)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory, renderers: dict[str, Renderer]) -> Path:
    """Six seconds: looks at the camera, from 2 to 4 s to its own left, then no face."""
    path = tmp_path_factory.mktemp("film") / "face.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 640, 360, "yuv420p"
        stream.options = {"preset": "veryfast", "g": "10"}
        for number in range(60):
            picture = drawn(renderers["mei"], gaze_x=1.0 if 20 <= number < 40 else 0.0)
            if number >= 40:
                picture = np.full_like(picture, 90)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(format="yuv420p")
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def test_observations_come_one_by_one_as_ranges_are_asked_for(film: Path, model: Path) -> None:
    asked: list[float] = []

    def ranges() -> Iterator[tuple[float, float]]:
        for start in (0.0, 2.0, 4.0):
            asked.append(start)
            yield start, start + 2.0

    observations = observe_faces(film, model, ranges(), rate=5.0)
    first = next(observations)
    assert asked == [0.0]
    second, third = observations
    for observation, start in ((first, 0.0), (second, 2.0), (third, 4.0)):
        assert (observation.start, observation.end, observation.rate) == (start, start + 2, 5.0)
        times = [frame.time for frame in observation.frames]
        assert times == pytest.approx(start + np.arange(10) / 5, abs=0.002)
    assert all(abs(frame.gaze_x) < 0.25 for frame in first.frames)
    assert all(frame.gaze_x > 0.6 for frame in second.frames)
    assert all(frame.faces == 0 and frame.box is None for frame in third.frames)


def test_a_range_observed_alone_is_what_it_is_within_the_whole(film: Path, model: Path) -> None:
    whole = next(observe_faces(film, model, [(0.0, 6.0)]))
    alone = next(observe_faces(film, model, [(1.5, 3.5)]))
    assert alone.frames == tuple(frame for frame in whole.frames if 1.5 <= frame.time < 3.5)


def test_a_range_beyond_the_end_has_no_frames(film: Path, model: Path) -> None:
    assert [len(o.frames) for o in observe_faces(film, model, [(0.0, 1.0), (50.0, 60.0)])] == [5, 0]


def test_nothing_is_written_to_the_terminal(film: Path, model: Path) -> None:
    program = (
        "import sys, pathlib\n"
        "from interviewer.analysis.face import observe_faces\n"
        "film, model = map(pathlib.Path, sys.argv[1:])\n"
        "found = list(observe_faces(film, model, [(0.0, 6.0)]))\n"
        "print(sum(frame.faces for frame in found[0].frames))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(film), str(model)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "20\n", "")


def test_errors_of_python_pass_through_the_silence(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ZeroDivisionError), landmarker_module._quiet_stderr():
        print(1 / 0)  # noqa: T201
    print("heard", file=sys.stderr)  # noqa: T201
    assert capfd.readouterr().err == "heard\n"


@pytest.mark.parametrize("content", [None, b"", b"not a model" * 1000])
def test_a_file_that_is_no_model_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "face.task"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelMissingError, match=r"face\.task") as caught:
        FaceObserver(path)
    assert caught.value.exit_code is ExitCode.MODEL
    assert "interviewer models pull" in caught.value.next_step


def test_a_missing_system_library_names_the_packages(
    monkeypatch: pytest.MonkeyPatch, model: Path
) -> None:
    from mediapipe.tasks.python.core import mediapipe_c_bindings

    def missing(*_: object, **__: object) -> None:
        raise OSError("libGLESv2.so.2: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(mediapipe_c_bindings, "_shared_lib", None)
    monkeypatch.setattr(mediapipe_c_bindings.ctypes, "CDLL", missing)
    with pytest.raises(CannotDoError, match=r"libGLESv2\.so\.2") as caught:
        FaceObserver(model)
    assert "libgl1 libegl1 libgles2" in caught.value.next_step


@pytest.mark.data
def test_head_pose_agrees_with_labelled_pictures(observer: FaceObserver, data_dir: Path) -> None:
    folder = data_dir / "head_pose_aflw2000"
    errors = []
    for row in csv.DictReader((folder / "labels.csv").open()):
        path = folder / row["file"]
        if not path.exists():
            continue
        picture = cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB)
        frame = look(observer, picture)
        # The labels count a turn to the own right as positive.
        errors.append(
            [
                frame.yaw + float(row["yaw_deg"]),
                frame.pitch - float(row["pitch_deg"]),
                frame.roll - float(row["roll_deg"]),
            ]
        )
    assert len(errors) >= 5
    assert np.abs(errors).mean(axis=0) == pytest.approx([0, 0, 0], abs=6)
