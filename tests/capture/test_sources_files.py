import struct
import threading
import time
from fractions import Fraction
from pathlib import Path

import av
import filmed
import numpy as np
import pytest
from takers import Taker

from interviewer.capture.sources import Pace, open_camera, open_microphone
from interviewer.errors import InputError

FAST = 10.0


def play(source, pace: Pace, taker: Taker) -> Taker:
    source.start(taker.take, taker.over)
    pace.begin()
    assert taker.ended.wait(20)
    source.stop()
    return taker


def heard(path: Path, speed: float = FAST) -> Taker:
    pace = Pace(speed)
    return play(open_microphone(str(path), pace), pace, Taker(pace.now))


def seen(path: Path, speed: float = 1.0) -> Taker:
    pace = Pace(speed)
    return play(open_camera(str(path), pace), pace, Taker(pace.now))


def test_sound_comes_unchanged_in_blocks_of_20_ms(tmp_path):
    sound = filmed.tone(1.01)
    taker = heard(filmed.write_sound(tmp_path / "answers.wav", (0, sound)))
    assert {block.size for block in taker.things[:-1]} == {960}
    assert taker.things[0].dtype == np.float32
    assert taker.sound.shape == sound.shape
    assert np.abs(taker.sound - sound).max() < 1e-4


def test_the_end_of_a_file_is_no_loss_and_is_said_once(tmp_path):
    taker = heard(filmed.write_sound(tmp_path / "answers.wav", (0, filmed.tone(0.3))))
    assert [(over.lost, over.message) for over in taker.overs] == [
        (False, "The microphone answers.wav has come to its end.")
    ]


def test_blocks_are_never_early_and_seldom_late(tmp_path):
    taker = heard(filmed.write_sound(tmp_path / "a.wav", (0, filmed.tone(2))), speed=1)
    late = np.array(taker.times) - 0.02 * np.arange(1, len(taker.times) + 1)
    assert late.min() >= -1e-6
    assert np.median(late) < 0.01


@pytest.mark.parametrize("rate", [8000, 16_000, 44_100, 96_000])
def test_any_rate_becomes_ours_without_a_seam(tmp_path, rate):
    sound = filmed.tone(2, 440, rate)
    stereo = np.stack([sound, sound])
    taker = heard(filmed.write_sound(tmp_path / "a.wav", (0, stereo), rate=rate))
    assert abs(taker.sound.size - 96_000) <= 50
    middle = taker.sound[4800:91_200]
    assert filmed.frequency(middle) == pytest.approx(440, abs=0.05)
    # A seam between two frames would be a jump steeper than the tone itself ever is.
    assert np.abs(np.diff(middle)).max() < 0.5 * 2 * np.pi * 440 / 48_000 * 1.05


def test_a_gap_in_the_stamps_is_silence(tmp_path):
    film = filmed.write_sound(
        tmp_path / "gap.mkv", (0, filmed.tone(0.5)), (2.0, filmed.tone(0.5, 880))
    )
    taker = heard(film)
    assert taker.sound.size == pytest.approx(2.5 * 48_000, abs=100)
    loud = np.flatnonzero(np.abs(taker.sound) > 0.1)
    assert np.diff(loud).max() / 48_000 == pytest.approx(1.5, abs=0.01)
    assert filmed.frequency(taker.sound[-20_000:]) == pytest.approx(880, abs=1)


def test_sound_that_starts_after_the_picture_keeps_its_time(tmp_path):
    film = filmed.write_film(
        tmp_path / "late.mkv", [100] * 45, sound=filmed.tone(0.5), sound_at=0.7
    )
    first = np.flatnonzero(np.abs(heard(film).sound) > 0.1)[0] / 48_000
    assert first == pytest.approx(0.7, abs=0.005)


@pytest.mark.parametrize("speed", [1.0, 4.0])
def test_pictures_come_when_it_is_their_time(tmp_path, speed):
    levels = [20 + 3 * k for k in range(60)]
    taker = seen(filmed.write_film(tmp_path / "film.mp4", levels, size=(1280, 720)), speed)
    which = np.round((np.array(taker.levels) - 19.5) / 3)
    late = (np.array(taker.times) - which / 30) / speed
    # A machine that is busy may leave some out, and be late with some.
    assert len(which) >= 45
    assert np.diff(which).min() >= 1
    assert late.min() >= -1e-6
    assert np.median(late) < 0.01
    assert taker.ended_at == pytest.approx(2.0, abs=0.1 * speed)
    assert not taker.overs[0].lost


def test_camera_and_microphone_of_one_film_are_in_step(tmp_path):
    fps, flash_at = 25, 1.2
    sound = np.zeros(96_000, dtype=np.float32)
    sound[round(flash_at * 48_000) :] = filmed.tone(2 - flash_at, 1000)
    levels = [20 if k / fps < flash_at else 220 for k in range(2 * fps)]
    film = filmed.write_film(tmp_path / "film.mkv", levels, fps=fps, sound=sound)
    pace = Pace()
    sounds, position, flashes = [], [0], []

    def hear(block):
        sounds.append(block)
        position[0] += block.size

    def see(picture, at):
        if picture.mean() > 120 and not flashes:
            flashes.append(position[0] / 48_000)

    ended = [threading.Event(), threading.Event()]
    microphone, camera = open_microphone(str(film), pace), open_camera(str(film), pace)
    camera.start(see, lambda over: ended[0].set())
    microphone.start(hear, lambda over: ended[1].set())
    pace.begin()
    assert all(event.wait(10) for event in ended)
    beep = np.flatnonzero(np.abs(np.concatenate(sounds)) > 0.05)[0] / 48_000
    assert beep == pytest.approx(flash_at, abs=0.001)
    # The count of samples runs up to one block behind the time of the picture.
    assert -0.035 <= flashes[0] - beep <= 0.01


def test_nothing_is_given_before_the_beginning(tmp_path):
    film = filmed.write_film(tmp_path / "film.mkv", [100] * 10, sound=filmed.tone(0.3))
    pace, taker = Pace(), Taker()
    sources = [open_camera(str(film), pace), open_microphone(str(film), pace)]
    for source in sources:
        source.start(taker.take, taker.over)
    assert not taker.full.wait(0.3)
    begun = time.monotonic()
    for source in sources:
        source.stop()
    assert time.monotonic() - begun < 1
    pace.begin()
    assert not taker.full.wait(0.3)
    assert taker.overs == []


def test_nothing_comes_after_stop(tmp_path):
    film = filmed.write_film(tmp_path / "film.mkv", [100] * 90, sound=filmed.tone(3))
    for open_source in (open_camera, open_microphone):
        pace, taker = Pace(), Taker(enough=5)
        source = open_source(str(film), pace)
        source.start(taker.take, taker.over)
        pace.begin()
        assert taker.full.wait(5)
        source.stop()
        count = len(taker.things)
        pace.wait_until(pace.now() + 0.2, threading.Event())
        assert len(taker.things) == count
        assert taker.overs == []
        source.stop()


def test_a_taker_may_stop_its_source(tmp_path):
    pace, stopped = Pace(), threading.Event()
    microphone = open_microphone(
        str(filmed.write_sound(tmp_path / "a.wav", (0, filmed.tone(1)))), pace
    )
    calls = []

    def take(block):
        calls.append(block)
        microphone.stop()
        stopped.set()

    microphone.start(take, calls.append)
    pace.begin()
    assert stopped.wait(5)
    pace.wait_until(pace.now() + 0.2, threading.Event())
    assert len(calls) == 1


def test_a_taker_that_fails_ends_the_source_with_a_sentence(tmp_path):
    pace, overs, ended = Pace(), [], threading.Event()
    microphone = open_microphone(
        str(filmed.write_sound(tmp_path / "a.wav", (0, filmed.tone(1)))), pace
    )

    def take(block):
        raise ValueError

    microphone.start(take, lambda over: (overs.append(over), ended.set()))
    pace.begin()
    assert ended.wait(5)
    assert overs[0].lost
    assert "a.wav failed" in overs[0].message


def test_a_camera_says_its_size_and_rate(tmp_path):
    film = filmed.write_film(tmp_path / "film.mp4", [100] * 5, fps=25, size=(320, 180))
    camera = open_camera(str(film), Pace())
    assert camera.name == "film.mp4"
    assert camera.size == (320, 180)
    assert camera.fps == pytest.approx(25)
    camera.stop()


def test_wide_pixels_are_made_square(tmp_path):
    film = filmed.write_film(
        tmp_path / "film.mp4", [100] * 5, size=(320, 240), shape=Fraction(4, 3)
    )
    camera = open_camera(str(film), Pace())
    assert camera.size == (427, 240)
    camera.stop()


def test_a_film_that_was_turned_is_upright(tmp_path):
    path = tmp_path / "phone.mp4"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = 128, 64, "yuv420p"
        lying = np.zeros((64, 128, 3), np.uint8)
        lying[:, :64] = 255
        for _ in range(3):
            out.mux(stream.encode(av.VideoFrame.from_ndarray(lying, format="bgr24")))
        out.mux(stream.encode(None))
    # ISO/IEC 14496-12, 8.3.2: the matrix follows 36 bytes after the name of the box; this one
    # shows what is stored at the left (small x) at the top (small y).
    content = bytearray(path.read_bytes())
    at = content.index(b"tkhd") + 4 + 40
    turned = struct.pack(">9i", 0, 1 << 16, 0, -1 << 16, 0, 0, 0, 0, 1 << 30)
    assert content[at : at + 4] == bytes.fromhex("00010000")
    content[at : at + 36] = turned
    path.write_bytes(content)
    camera = open_camera(str(path), Pace())
    assert camera.size == (64, 128)
    camera.stop()
    picture = seen(path).things[0]
    assert picture.shape == (128, 64, 3)
    assert picture[:56].mean() > 200
    assert picture[72:].mean() < 50


def test_pictures_are_blue_first(tmp_path):
    with av.open(str(tmp_path / "blue.mp4"), "w") as out:
        stream = out.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        blue = np.zeros((64, 64, 3), np.uint8)
        blue[..., 0] = 255
        for _ in range(3):
            out.mux(stream.encode(av.VideoFrame.from_ndarray(blue, format="bgr24")))
        out.mux(stream.encode(None))
    picture = seen(tmp_path / "blue.mp4").things[0]
    assert picture[32, 32, 0] > 200
    assert picture[32, 32, 2] < 50


def test_a_slow_taker_sees_no_stale_pictures(tmp_path):
    levels = [20 + 2 * k for k in range(90)]
    film = filmed.write_film(tmp_path / "film.mp4", levels)
    pace, lag, ended = Pace(), [], threading.Event()
    camera = open_camera(str(film), pace)

    def take(picture, at):
        lag.append(pace.now() - (picture.mean() - 20) / 2 / 30)
        pace.wait_until(pace.now() + 0.4, threading.Event())

    camera.start(take, lambda over: ended.set())
    pace.begin()
    assert ended.wait(10)
    assert len(lag) >= 5
    assert max(lag) < 0.65


def test_an_existing_file_goes_before_a_device(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    filmed.write_sound(tmp_path / "default.wav", (0, filmed.tone(0.1))).rename("default")
    filmed.write_film(tmp_path / "0.mp4", [100] * 3).rename("0")
    assert open_microphone("default", Pace()).name == "default"
    assert open_camera("0", Pace()).size == (160, 120)


def test_a_file_address_is_a_file(tmp_path):
    film = filmed.write_film(tmp_path / "my film.mp4", [100] * 3)
    assert open_camera(film.as_uri(), Pace()).name == "my film.mp4"


def test_what_cannot_be_played_is_refused_in_one_sentence(tmp_path):
    text = tmp_path / "notes.mp4"
    text.write_text("no film\n" * 100)
    empty = tmp_path / "empty.wav"
    empty.touch()
    silent = filmed.write_film(tmp_path / "silent.mp4", [100] * 3)
    blind = filmed.write_sound(tmp_path / "blind.wav", (0, filmed.tone(0.1)))
    cases = [
        (open_microphone, tmp_path / "missing.wav", "There is no file called"),
        (open_camera, tmp_path / "missing.mp4", "There is no file called"),
        (open_camera, tmp_path, "is a folder"),
        (open_camera, tmp_path / ("long" * 100 + ".mp4"), "cannot be read: File name too long"),
        (open_camera, text, "cannot be played"),
        (open_microphone, empty, "cannot be played"),
        (open_microphone, silent, "has no sound"),
        (open_camera, blind, "has no moving picture"),
    ]
    for open_source, path, sentence in cases:
        with pytest.raises(InputError, match=sentence) as caught:
            open_source(str(path), Pace())
        assert str(path) in caught.value.message
        assert caught.value.next_step


def test_a_damaged_film_plays_on_around_the_damage(tmp_path):
    film = filmed.write_film(tmp_path / "film.mkv", list(range(20, 200, 2)))
    whole = bytearray(film.read_bytes())
    middle = len(whole) // 2
    whole[middle : middle + 300] = bytes(300)
    film.write_bytes(whole)
    taker = seen(film, speed=2)
    assert taker.levels[0] == pytest.approx(20, abs=5)
    assert len(taker.things) > 20
    assert len(taker.overs) == 1
