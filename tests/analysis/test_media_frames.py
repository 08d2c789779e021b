from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from synthetic_media import FRAGMENTED, Film, number_of, numbered_picture, rotten, write

from interviewer.analysis.media import FrameReader, probe, sample_frames
from interviewer.analysis.media.picture import Turn, to_rgb
from interviewer.errors import InputError

MANY_B_FRAMES = {"preset": "veryfast", "g": "60", "x264-params": "bframes=16:b-adapt=0"}


def numbers(path: Path, **options: float) -> list[tuple[float, int]]:
    return [(time, number_of(picture)) for time, picture in sample_frames(path, **options)]


@pytest.mark.parametrize(
    ("name", "film"),
    [
        ("a.mp4", Film()),
        ("a.mov", Film()),
        ("a.mkv", Film(audio="libopus")),
        ("a.webm", Film(video="libvpx", audio="libopus")),
        ("9.webm", Film(video="libvpx-vp9", audio=None)),
        ("pcm.avi", Film(video="mpeg4", audio="pcm_s16le")),
        ("fragments.mp4", Film(container_options=FRAGMENTED)),
        ("silent.mp4", Film(audio=None)),
        ("b.mp4", Film(video_options=MANY_B_FRAMES)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_five_pictures_a_second_each_with_its_own_time(
    tmp_path: Path, name: str, film: Film
) -> None:
    found = numbers(write(tmp_path / name, film), rate=5)
    assert [number for _, number in found] == list(range(0, 120, 6))
    assert [time for time, _ in found] == pytest.approx(np.arange(20) / 5, abs=0.001)


def test_skipping_pictures_leaves_those_that_are_taken_untouched(tmp_path: Path) -> None:
    path = write(tmp_path / "b.mp4", Film(video_options=MANY_B_FRAMES))
    reformatter = av.video.reformatter.VideoReformatter()
    with av.open(str(path)) as container:
        whole = {
            round(frame.time, 3): to_rgb(frame, reformatter, max_side=640)
            for frame in container.decode(video=0)
        }
    taken = list(sample_frames(path, rate=5))
    assert len(taken) == 20
    for time, picture in taken:
        assert np.array_equal(picture, whole[round(time, 3)])


def test_a_source_slower_than_the_rate_gives_every_picture_once(tmp_path: Path) -> None:
    path = write(tmp_path / "slow.mp4", Film(fps=2, seconds=5))
    assert [number for _, number in numbers(path, rate=5)] == list(range(10))
    assert [number for _, number in numbers(path, rate=5, start=1.2, end=3.1)] == [3, 4, 5, 6]


def test_a_variable_frame_rate_is_sampled_by_time_and_not_by_number(tmp_path: Path) -> None:
    kept = tuple(range(30)) + tuple(range(30, 90, 15)) + tuple(range(90, 120))
    found = numbers(write(tmp_path / "vfr.mkv", Film(keep=kept, audio=None)), rate=5)
    assert [time for time, _ in found] == pytest.approx(
        [number / 30 for _, number in found], abs=0.001
    )
    assert [number for _, number in found] == [
        *range(0, 30, 6),
        30,
        45,
        60,
        75,
        *range(90, 120, 6),
    ]


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.ts", "a.mpg", "a.avi"])
def test_how_a_recording_is_cut_does_not_change_which_pictures_are_taken(
    tmp_path: Path, name: str
) -> None:
    film = {
        "a.mpg": Film(seconds=8, video="mpeg1video", audio="mp2", fps=25),
        "a.avi": Film(seconds=8, video="mpeg4", audio="pcm_s16le"),
    }.get(name, Film(seconds=8, video_options=MANY_B_FRAMES))
    path = write(tmp_path / name, film)
    whole = [time for time, _ in sample_frames(path, rate=5)]
    cuts = [0.0, 0.71, 3.33, 3.4, 6.05, 9.0]
    alone = [
        time
        for start, end in pairwise(cuts)
        for time, _ in sample_frames(path, rate=5, start=start, end=end)
    ]
    assert alone == whole
    with FrameReader(path, rate=5) as reader:
        joined = [time for start, end in pairwise(cuts) for time, _ in reader.read(start, end)]
        assert joined == whole
    with FrameReader(path, rate=5) as reader:
        parts = [
            time for start, end in ((0.5, 1.5), (5.5, 7.0)) for time, _ in reader.read(start, end)
        ]
    assert parts == [time for time in whole if 0.5 <= time < 1.5 or 5.5 <= time < 7.0]


def test_a_recording_that_still_grows_is_read_on(tmp_path: Path) -> None:
    whole = write(tmp_path / "whole.mp4", Film(seconds=8, container_options=FRAGMENTED))
    content = whole.read_bytes()
    growing = tmp_path / "growing.mp4"
    growing.write_bytes(content[: len(content) // 2])
    with FrameReader(growing, rate=5) as reader:
        first = [number_of(picture) for _, picture in reader.read(0.0, 3.0)]
        beyond = list(reader.read(6.0, 8.0))
        growing.write_bytes(content)
        then = [number_of(picture) for _, picture in reader.read(6.0, 8.0)]
    assert first == list(range(0, 90, 6))
    assert not beyond
    assert then == list(range(180, 240, 6))


def test_beyond_the_last_picture_there_is_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mkv", Film(video_until=2.0, seconds=6))
    with FrameReader(path, rate=5) as reader:
        assert len(list(reader.read(0.0, 3.0))) == 10
        assert not list(reader.read(3.0, 4.0))
        assert not list(reader.read(5.0, 6.0))


@pytest.mark.parametrize(("turn", "clockwise"), [(90, 270), (-90, 90), (180, 180)])
def test_a_turned_recording_comes_upright(tmp_path: Path, turn: int, clockwise: int) -> None:
    path = tmp_path / "turned.mp4"
    stored = np.ascontiguousarray(np.rot90(numbered_picture(5), -turn // 90))
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.height, stream.width = stored.shape[:2]
        stream.pix_fmt = "yuv420p"
        stream.set_display_rotation(turn)
        for number in range(5):
            frame = av.VideoFrame.from_ndarray(stored, format="rgb24").reformat(format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, 10)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    info = probe(path)
    assert (info.width, info.height, info.rotation) == (320, 180, clockwise)
    _, picture = next(sample_frames(path, rate=5))
    assert picture.shape == (180, 320, 3)
    assert number_of(picture) == 5


def test_turns_and_mirrors_move_a_corner_where_they_should() -> None:
    picture = np.zeros((2, 3, 3), np.uint8)
    picture[0, 0] = 255
    assert Turn(swap=True, flip_columns=True).applied_to(picture)[0, 1, 0] == 255
    assert Turn(swap=True, flip_rows=True).applied_to(picture)[2, 0, 0] == 255
    assert Turn(flip_rows=True, flip_columns=True).applied_to(picture)[1, 2, 0] == 255
    assert Turn(flip_columns=True).applied_to(picture)[0, 2, 0] == 255


def test_pictures_are_made_no_larger_than_asked_and_never_enlarged(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp4", Film())
    assert next(sample_frames(path, rate=1, max_side=160))[1].shape == (90, 160, 3)
    assert next(sample_frames(path, rate=1, max_side=640))[1].shape == (180, 320, 3)


def test_pixels_that_are_not_square_are_made_so(tmp_path: Path) -> None:
    path = write(tmp_path / "wide.mp4", Film(pixel=Fraction(2)))
    assert next(sample_frames(path, rate=1))[1].shape == (180, 640, 3)


def test_damage_in_the_middle_does_not_stop_the_pictures(tmp_path: Path) -> None:
    path = rotten(write(tmp_path / "a.mp4", Film(seconds=20)), 0.4, 0.6)
    found = numbers(path, rate=5)
    assert [number for time, number in found if time > 15.1] == list(range(456, 600, 6))


def test_a_recording_without_picture_is_refused_as_such(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", Film(video=None, audio="pcm_s16le"))
    with pytest.raises(InputError, match="has no picture"):
        next(sample_frames(path, rate=5))
