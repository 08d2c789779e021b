import wave
from pathlib import Path

import numpy as np
import pytest
from synthetic_media import (
    FRAGMENTED,
    Film,
    click_times,
    number_of,
    rotten,
    write,
)

from interviewer.analysis.media import probe, read_audio, sample_frames
from interviewer.analysis.media.audio import Timeline
from interviewer.errors import InputError

RATE = 16_000
EXPECTED = [0.25, 0.75, 1.25, 1.75, 2.25, 2.75, 3.25, 3.75]


def listen(path: Path, **options: float) -> np.ndarray:
    return np.concatenate([np.zeros(0, np.float32), *read_audio(path, **options)])


@pytest.mark.parametrize(
    ("name", "film"),
    [
        ("a.mp4", Film()),
        ("a.mov", Film(rate=44_100, channels=2)),
        ("a.mkv", Film()),
        ("a.webm", Film(video="libvpx", audio="libopus")),
        ("fragments.mp4", Film(container_options=FRAGMENTED)),
        ("a.m4a", Film(video=None, rate=44_100)),
        ("a.mp3", Film(video=None, audio="libmp3lame", rate=44_100, channels=2)),
        ("a.flac", Film(video=None, audio="flac", rate=44_100)),
        ("16.wav", Film(video=None, audio="pcm_s16le", channels=2)),
        ("24.wav", Film(video=None, audio="pcm_s24le")),
        ("32.wav", Film(video=None, audio="pcm_s32le", rate=8_000)),
        ("8.wav", Film(video=None, audio="pcm_u8", rate=11_025)),
        ("float.wav", Film(video=None, audio="pcm_f32le", rate=96_000)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_sound_is_at_its_time_in_every_container(
    tmp_path: Path, name: str, film: Film
) -> None:
    path = write(tmp_path / name, film)
    sound = listen(path)
    assert len(sound) == round(probe(path).duration * RATE)
    assert click_times(sound, RATE) == pytest.approx(EXPECTED, abs=0.0011)
    assert np.abs(sound).max() == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize(
    ("name", "film"),
    [
        ("a.avi", Film(video="mpeg4", audio="libmp3lame")),
        ("a.mpg", Film(video="mpeg1video", audio="mp2", fps=25)),
        ("a.ts", Film()),
    ],
)
def test_sound_and_picture_keep_together_where_a_container_begins_late(
    tmp_path: Path, name: str, film: Film
) -> None:
    path = write(tmp_path / name, film)
    sound_late = np.median(np.array(click_times(listen(path), RATE)) - EXPECTED)
    picture_late = np.median(
        [time - number_of(picture) / film.fps for time, picture in sample_frames(path, rate=5)]
    )
    assert abs(sound_late - picture_late) < 0.015


def test_sound_that_starts_after_the_picture_is_silence_until_then(tmp_path: Path) -> None:
    path = write(tmp_path / "late.mp4", Film(audio_from=1.1))
    sound = listen(path)
    assert not np.abs(sound[: int(1.05 * RATE)]).max()
    assert click_times(sound, RATE) == pytest.approx(EXPECTED[2:], abs=0.0011)


def test_picture_that_starts_after_the_sound_leaves_the_sound_where_it_is(tmp_path: Path) -> None:
    path = write(tmp_path / "late.mkv", Film(video_from=1.0))
    assert click_times(listen(path), RATE) == pytest.approx(EXPECTED, abs=0.0011)
    times = [time for time, _ in sample_frames(path, rate=5)]
    assert times[0] == pytest.approx(1.0, abs=0.002)


def test_a_gap_in_the_sound_is_silence_of_the_same_length(tmp_path: Path) -> None:
    path = write(tmp_path / "gap.mkv", Film(silent_gap=(1.3, 2.4)))
    kept = [time for time in EXPECTED if not 1.3 <= time < 2.4]
    assert click_times(listen(path), RATE) == pytest.approx(kept, abs=0.0011)


def test_sound_that_ends_before_the_picture_is_filled_up_with_silence(tmp_path: Path) -> None:
    path = write(tmp_path / "short.mp4", Film(audio_until=2.5))
    sound = listen(path)
    assert len(sound) == 4 * RATE
    assert not np.abs(sound[int(2.6 * RATE) :]).max()


def test_a_stretch_is_the_same_as_that_part_of_the_whole(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp4", Film())
    whole = listen(path)
    part = listen(path, start=1.6, end=3.1)
    assert part == pytest.approx(whole[int(1.6 * RATE) : int(3.1 * RATE)], abs=1e-3)


@pytest.mark.parametrize("name", ["a.mp3", "a.mkv", "a.ts", "a.avi"])
def test_a_stretch_of_other_containers_keeps_its_times(tmp_path: Path, name: str) -> None:
    film = {
        "a.mp3": Film(seconds=20, video=None, audio="libmp3lame", rate=44_100),
        "a.avi": Film(seconds=20, video="mpeg4", audio="libmp3lame"),
    }.get(name, Film(seconds=20))
    path = write(tmp_path / name, film)
    whole = [time - 15 for time in click_times(listen(path), RATE) if time >= 15]
    assert click_times(listen(path, start=15.0), RATE) == pytest.approx(whole, abs=0.0015)


def test_a_stretch_ends_where_the_recording_ends(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp4", Film())
    assert len(listen(path, start=3.0, end=60.0)) == pytest.approx(RATE, abs=0.02 * RATE)
    assert len(listen(path, start=30.0, end=60.0)) == 0


def test_blocks_have_the_length_asked_for_except_the_last(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp4", Film())
    lengths = [len(block) for block in read_audio(path, end=1.1, block=0.25)]
    assert lengths == [4000, 4000, 4000, 4000, 1600]


def test_another_rate_can_be_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp4", Film())
    sound = listen(path, rate=8_000)
    assert len(sound) == 32_000
    assert click_times(sound, 8_000) == pytest.approx(EXPECTED, abs=0.002)


def test_eight_channels_are_all_heard(tmp_path: Path) -> None:
    samples = np.zeros((RATE, 8), dtype="<i2")
    for channel in range(8):
        samples[channel * 2000 : channel * 2000 + 1000, channel] = 16_384
    path = tmp_path / "eight.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(8)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    sound = listen(path)
    for channel in range(8):
        middle = sound[channel * 2000 + 500]
        assert middle == pytest.approx(0.5 / 8, abs=1e-3)


def test_damage_in_the_middle_neither_stops_nor_shifts_the_sound(tmp_path: Path) -> None:
    path = rotten(write(tmp_path / "a.mp4", Film(seconds=20)), 0.4, 0.6)
    sound = listen(path)
    assert len(sound) == round(probe(path).duration * RATE)
    last = [time for time in click_times(sound, RATE) if time > 16]
    assert last == pytest.approx(np.arange(16.25, 19.9, 0.5).tolist(), abs=0.0015)


def test_a_recording_without_sound_is_refused_as_such(tmp_path: Path) -> None:
    path = write(tmp_path / "silent.mp4", Film(audio=None))
    with pytest.raises(InputError, match="has no sound"):
        listen(path)


def test_pieces_that_overlap_count_once_and_the_first_one_wins() -> None:
    timeline = Timeline(0.0, 1000)
    out = [*timeline.add(0.0, np.full(500, 0.1, np.float32), 1000)]
    out += timeline.add(0.3, np.full(500, 0.2, np.float32), 1000)
    out += timeline.finish()
    sound = np.concatenate(out)
    assert len(sound) == 800
    assert sound[499] == pytest.approx(0.1)
    assert sound[500] == pytest.approx(0.2)


def test_time_stamps_that_stray_a_little_do_not_tear_the_sound() -> None:
    timeline = Timeline(0.0, 1000)
    out = []
    for number, stray in enumerate((0.0, 0.01, -0.01, 0.02, 0.0)):
        out += timeline.add(number * 0.1 + stray, np.full(100, 0.1, np.float32), 1000)
    out += timeline.finish()
    sound = np.concatenate(out)
    assert len(sound) == 500
    assert sound.min() == pytest.approx(0.1)


@pytest.mark.data
def test_eight_planes_of_aac_are_mixed_without_a_crash(data_dir: Path) -> None:
    sound = listen(data_dir / "bad_inputs" / "wk_8_Channel_ID.m4a")
    assert len(sound) == round(8.049 * RATE)
    assert np.abs(sound).max() > 0.01


@pytest.mark.data
def test_a_phone_whose_sound_starts_late_stays_in_time(data_dir: Path) -> None:
    sound = listen(data_dir / "bad_inputs" / "phone_face_noface.mov")
    assert np.argmax(np.abs(sound) > 1e-4) / RATE == pytest.approx(107_164 / 44_100, abs=0.05)


@pytest.mark.parametrize("rate", [48_000, 44_100])
def test_wherever_reading_began_the_samples_are_the_same(rate):
    sound = np.random.default_rng(0).normal(0, 0.1, rate).astype(np.float32)
    block = 1024

    def read_from(first: int) -> np.ndarray:
        timeline = Timeline(0.5, 16_000)
        pieces = []
        for at in range(first * block, len(sound) - block, block):
            pieces += timeline.add(at / rate, sound[at : at + block], rate)
        return np.concatenate(pieces)[:4000]

    first, *others = [read_from(number) for number in range(8, 15)]
    for other in others:
        assert np.array_equal(first, other)
