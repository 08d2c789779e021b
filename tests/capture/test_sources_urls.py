import subprocess
import sys
import threading
import time

import filmed
import numpy as np
import pytest
import served
from takers import Taker

from interviewer.capture.sources import Pace, open_camera, open_microphone
from interviewer.errors import DeviceError

PATIENCE = 5.0


def watched(source, enough: int = 1) -> Taker:
    taker = Taker(enough=enough)
    source.start(taker.take, taker.over)
    return taker


def test_a_phone_as_a_camera(serve):
    camera = open_camera(serve(served.pictures(None)).url, Pace())
    assert camera.size == served.SIZE
    taker = watched(camera, enough=20)
    assert taker.full.wait(5)
    camera.stop()
    steps = np.diff(taker.levels)
    assert steps.min() > 0
    assert np.median(steps) == pytest.approx(1, abs=0.5)
    assert taker.overs == []


def test_pictures_that_came_before_the_start_are_not_shown(serve):
    server = serve(served.pictures(60, then=served.never))
    camera = open_camera(server.url, Pace())
    assert server.enough.wait(10)
    sent = server.sent
    taker = watched(camera)
    taker.full.wait(0.5)
    camera.stop()
    assert all(level >= 20 + sent - 3 for level in taker.levels)


def test_a_slow_taker_gets_the_newest_picture(serve):
    server = serve(served.pictures(None, fps=50))
    camera = open_camera(server.url, Pace())
    ages, enough = [], threading.Event()

    def take(picture, at):
        ages.append(20 + server.sent % 200 - picture.mean())
        if len(ages) == 4:
            enough.set()
        server.closing.wait(0.5)

    camera.start(take, lambda over: None)
    assert enough.wait(10)
    camera.stop()
    assert max(ages[1:]) <= 5


def test_a_camera_that_hangs_is_lost_after_five_seconds(serve):
    server = serve(served.pictures(30, then=served.never))
    camera = open_camera(server.url, Pace())
    taker = watched(camera)
    assert taker.ended.wait(15)
    assert PATIENCE - 0.5 <= taker.ended_at - taker.times[-1] <= PATIENCE + 1
    assert [(o.lost, o.message) for o in taker.overs] == [
        (True, f"The camera {server.url} has sent nothing for 5 seconds.")
    ]
    camera.stop()


def test_a_camera_that_hangs_is_stopped_at_once_and_says_nothing_after(serve):
    server = serve(served.pictures(10, then=served.never))
    camera = open_camera(server.url, Pace())
    taker = watched(camera)
    assert server.enough.wait(5)
    begun = time.monotonic()
    camera.stop()
    assert time.monotonic() - begun < 2
    count = len(taker.things)
    assert not taker.ended.wait(PATIENCE + 1)
    assert len(taker.things) == count


def test_a_camera_that_closes_is_lost_at_once(serve):
    server = serve(served.pictures(20))
    taker = watched(open_camera(server.url, Pace()))
    assert taker.ended.wait(5)
    assert taker.overs[0].lost
    assert taker.overs[0].message == f"The camera {server.url} has stopped sending."
    assert taker.ended_at - taker.times[-1] < 1


@pytest.mark.parametrize("open_source", [open_camera, open_microphone])
def test_an_address_that_never_answers_is_given_up_after_five_seconds(serve, open_source):
    begun = time.monotonic()
    with pytest.raises(DeviceError, match="did not answer within 5 seconds"):
        open_source(serve(served.never).url, Pace())
    assert time.monotonic() - begun < PATIENCE + 0.5


def test_a_stream_that_sends_only_its_head_is_given_up_after_five_seconds(serve):
    begun = time.monotonic()
    with pytest.raises(DeviceError):
        open_camera(serve(served.pictures(0, then=served.never)).url, Pace())
    assert time.monotonic() - begun < PATIENCE + 1


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://127.0.0.1:9/video", "Connection refused"),
        ("rtsp://127.0.0.1:9/video", "Connection refused"),
        ("nonsense://127.0.0.1/video", "Protocol not found"),
    ],
)
def test_what_cannot_be_reached_is_said_in_one_sentence(url, sentence):
    for open_source in (open_camera, open_microphone):
        with pytest.raises(DeviceError, match=sentence) as caught:
            open_source(url, Pace())
        assert url in caught.value.message
        assert caught.value.next_step


def test_an_address_without_a_stream_is_said_in_one_sentence(serve):
    page = served.file(b"<html><body>no stream here</body></html>" * 50, b"text/html")
    with pytest.raises(DeviceError):
        open_camera(serve(page).url, Pace())


def test_passwords_are_not_shown(serve, caplog):
    caplog.set_level("DEBUG")
    server = serve(served.pictures(20))
    camera = open_camera(f"http://me:secret@{server.address}/stream", Pace())
    assert camera.name == server.url
    taker = watched(camera)
    assert taker.ended.wait(5)
    assert "secret" not in taker.overs[0].message
    with pytest.raises(DeviceError) as caught:
        open_camera("http://me:p@secret@127.0.0.1:9/", Pace())
    assert "secret" not in str(caught.value)
    assert "secret" not in caplog.text


def test_sound_of_a_stream(serve):
    microphone = open_microphone(serve(served.sounds(30, hertz=523)).url, Pace())
    taker = watched(microphone, enough=30)
    assert taker.full.wait(10)
    microphone.stop()
    assert filmed.frequency(taker.sound) == pytest.approx(523, abs=1)
    assert filmed.longest_hush(taker.sound) < 0.001


def test_a_microphone_that_hangs_is_lost_after_five_seconds(serve):
    server = serve(served.sounds(3, then=served.never))
    microphone = open_microphone(server.url, Pace())
    taker = watched(microphone)
    assert taker.ended.wait(15)
    assert PATIENCE - 0.5 <= taker.ended_at - taker.times[-1] <= PATIENCE + 1
    assert taker.overs[0].lost
    assert "has sent nothing for 5 seconds" in taker.overs[0].message


def test_picture_and_sound_of_one_broadcast(serve, tmp_path):
    content = filmed.write_broadcast(tmp_path / "cast.ts", 12.0)
    server = serve(served.trickle(content, b"video/mp2t", 12.0))
    camera, microphone = open_camera(server.url, Pace()), open_microphone(server.url, Pace())
    seeing, hearing = watched(camera, enough=30), watched(microphone, enough=40)
    assert seeing.full.wait(10)
    assert hearing.full.wait(10)
    camera.stop()
    microphone.stop()
    assert camera.size == (320, 240)
    assert camera.fps == pytest.approx(25)
    assert np.diff(seeing.levels).min() >= 0
    assert filmed.frequency(hearing.sound) == pytest.approx(660, abs=1)
    assert filmed.longest_hush(hearing.sound) < 0.002


def test_a_recording_behind_an_address_plays_at_its_pace(serve, tmp_path):
    sound = filmed.tone(1.0)
    content = filmed.write_sound(tmp_path / "a.wav", (0, sound)).read_bytes()
    pace = Pace()
    microphone = open_microphone(serve(served.file(content, b"audio/wav")).url, pace)
    taker = Taker(pace.now)
    microphone.start(taker.take, taker.over)
    pace.begin()
    assert taker.ended.wait(10)
    assert taker.ended_at == pytest.approx(1.0, abs=0.1)
    assert not taker.overs[0].lost
    assert np.abs(taker.sound - sound).max() < 1e-4


def test_a_recording_behind_an_address_that_hangs_is_lost(serve, tmp_path):
    content = filmed.write_sound(tmp_path / "a.wav", (0, filmed.tone(8.0))).read_bytes()
    pace = Pace()
    talk = served.file(content, b"audio/wav", until=len(content) // 2)
    microphone = open_microphone(serve(talk).url, pace)
    taker = Taker(pace.now)
    microphone.start(taker.take, taker.over)
    pace.begin()
    assert taker.ended.wait(20)
    assert taker.overs[0].lost
    assert taker.ended_at - taker.times[-1] <= PATIENCE + 1


def test_a_process_ends_though_a_stream_hangs(serve):
    server = serve(served.pictures(5, then=served.never))
    code = (
        "import sys\n"
        "from interviewer.capture.sources import Pace, open_camera\n"
        "camera = open_camera(sys.argv[1], Pace())\n"
        "camera.start(lambda picture, at: None, lambda over: None)\n"
        "print('started')\n"
    )
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code, server.url],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "started\n", "")
    assert time.monotonic() - begun < PATIENCE + 3
