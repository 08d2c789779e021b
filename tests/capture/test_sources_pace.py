import threading
import time

import pytest

from interviewer.capture.sources.pace import Pace


def test_time_stands_still_until_it_begins():
    pace = Pace()
    assert pace.now() == 0.0
    pace.begin()
    begun = time.monotonic()
    assert pace.wait_until(0.1, threading.Event())
    assert 0.09 <= time.monotonic() - begun < 0.2
    assert 0.1 <= pace.now() < 0.2


def test_beginning_again_does_not_turn_time_back():
    pace = Pace()
    pace.begin()
    pace.wait_until(0.05, threading.Event())
    pace.begin()
    assert pace.now() >= 0.05


def test_speed_is_source_seconds_in_a_second():
    pace = Pace(speed=20)
    pace.begin()
    begun = time.monotonic()
    assert pace.wait_until(4.0, threading.Event())
    assert 0.19 <= time.monotonic() - begun < 0.3


def test_a_moment_that_has_passed_is_not_waited_for():
    pace = Pace()
    pace.begin()
    begun = time.monotonic()
    assert pace.wait_until(-1.0, threading.Event())
    assert time.monotonic() - begun < 0.05


@pytest.mark.parametrize("begun", [False, True])
def test_waiting_ends_when_stopped_before_and_after_the_beginning(begun):
    pace, stopped, answers = Pace(), threading.Event(), []
    if begun:
        pace.begin()
    waiting = threading.Thread(target=lambda: answers.append(pace.wait_until(60, stopped)))
    waiting.start()
    stopped.set()
    waiting.join(1)
    assert answers == [False]


def test_who_waits_for_the_beginning_is_woken_by_it():
    pace = Pace()
    woken: list[float] = []
    waiting = threading.Thread(
        target=lambda: (pace.wait_until(0.0, threading.Event()), woken.append(pace.now()))
    )
    waiting.start()
    pace.begin()
    waiting.join(2)
    assert woken[0] < 0.03
