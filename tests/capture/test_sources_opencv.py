import time

import filmed
import numpy as np
import pytest
import served
from takers import Taker

from interviewer.capture.sources import Pace, open_camera
from interviewer.capture.sources.live import LiveCamera
from interviewer.capture.sources.opencv import PATIENCE, OpenCvPictures
from interviewer.errors import DeviceError


def opened(place: str) -> LiveCamera:
    return LiveCamera("0", OpenCvPictures("The camera 0", place), PATIENCE)


def test_pictures_of_a_camera_come_in_order_and_blue_first(serve):
    camera = opened(serve(served.pictures(None)).url)
    assert camera.size == served.SIZE
    taker = Taker(enough=20)
    camera.start(taker.take, taker.over)
    assert taker.full.wait(10)
    camera.stop()
    assert np.diff(taker.levels).min() > 0
    assert taker.things[0].shape == (240, 320, 3)


def test_a_slow_taker_gets_the_newest_picture(serve):
    server = serve(served.pictures(None, fps=50))
    camera = opened(server.url)
    taker = Taker(enough=4)
    ages = []

    def take(picture, at):
        ages.append(20 + server.sent % 200 - picture.mean())
        server.closing.wait(0.5)
        taker.take(picture, at)

    camera.start(take, taker.over)
    assert taker.full.wait(10)
    camera.stop()
    assert max(ages[1:]) <= 6


def test_the_loss_is_noticed_though_the_read_is_blocked(serve):
    camera = opened(serve(served.pictures(30, then=served.never)).url)
    taker = Taker()
    camera.start(taker.take, taker.over)
    assert taker.ended.wait(15)
    assert PATIENCE - 0.5 <= taker.ended_at - taker.times[-1] <= PATIENCE + 1
    assert [(o.lost, o.message) for o in taker.overs] == [
        (True, "The camera 0 has sent nothing for 5 seconds.")
    ]


def test_stop_does_not_wait_for_a_blocked_read(serve):
    server = serve(served.pictures(10, then=served.never))
    camera = opened(server.url)
    taker = Taker()
    camera.start(taker.take, taker.over)
    assert server.enough.wait(5)
    begun = time.monotonic()
    camera.stop()
    assert time.monotonic() - begun < 2
    assert taker.overs == []


def test_a_camera_that_fails_again_and_again_is_lost_soon(tmp_path):
    film = filmed.write_film(tmp_path / "film.mp4", list(range(20, 80)))
    camera = opened(str(film))
    assert camera.fps == pytest.approx(30)
    taker = Taker()
    begun = time.monotonic()
    camera.start(taker.take, taker.over)
    assert taker.ended.wait(10)
    assert time.monotonic() - begun < 4
    assert taker.overs[0].message == "The camera 0 has stopped sending pictures."
    assert taker.overs[0].lost


def test_a_camera_that_is_not_there_is_said_in_one_sentence_and_nothing_else(capfd):
    for spec in ("97", "/dev/video97"):
        with pytest.raises(DeviceError, match=f"The camera {spec} cannot be opened") as caught:
            open_camera(spec, Pace())
        assert caught.value.next_step
    assert capfd.readouterr() == ("", "")
