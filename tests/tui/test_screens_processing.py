import threading

import pytest
from pictures_app import act, reads, until

from interviewer.errors import CannotDoError, DeviceError
from interviewer.tui.job import Job, Step
from interviewer.tui.screens.problem import ProblemScreen
from interviewer.tui.screens.processing import Processed, ProcessingScreen, ReadyingScreen
from interviewer.tui.widgets.progress_lines import time_left


class Held:
    """A job that stands still until it is let go."""

    def __init__(self):
        self.clock = 100.0
        self.go = threading.Event()
        self.reached = threading.Event()
        self.job = Job(self.work, lambda: self.clock)
        self.job.start()
        assert self.reached.wait(10)

    def work(self, steps):
        steps.begin("Measuring the last answer")
        self.clock += 7
        steps.end()
        steps.begin("Writing the report")
        self.clock += 10
        steps.advance(0.25)
        self.reached.set()
        assert self.go.wait(20)
        return "made"


def test_a_job_tells_its_steps_and_the_time_left():
    held = Held()
    first, second = held.job.steps
    assert first == Step("Measuring the last answer", 1.0, 100.0, 107.0)
    assert second.left(held.job.now) == pytest.approx(30)
    assert not held.job.over
    with pytest.raises(RuntimeError):
        _ = held.job.result
    held.go.set()


def test_a_step_that_has_hardly_begun_tells_no_time():
    assert Step("x", 0.01, 0.0).left(5.0) is None


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
def test_steps_bars_and_time_left_are_shown_until_it_is_over(size):
    held = Held()

    async def script(pilot):
        await reads(pilot, "✓ Measuring the last answer 7 s")
        await reads(pilot, "▸ Writing the report ▰▰▰▰▰▱▱▱▱▱▱▱▱▱▱▱▱▱▱▱ 25 % about 30 s left")
        held.go.set()
        await until(pilot, lambda: pilot.app.dismissed)

    assert act(ProcessingScreen(held.job), script, size=size).outcome is Processed.OVER
    assert held.job.result == "made"


def test_it_can_be_left_running():
    held = Held()

    async def script(pilot):
        await reads(pilot, "You can go on meanwhile")
        await pilot.press("b")
        await until(pilot, lambda: pilot.app.dismissed)
        assert not held.job.over

    assert act(ProcessingScreen(held.job), script).outcome is Processed.LATER
    held.go.set()


def test_getting_ready_cannot_be_left_running():
    held = Held()

    async def script(pilot):
        await reads(pilot, "Getting ready")
        await pilot.press("b")
        assert not pilot.app.dismissed
        held.go.set()
        await until(pilot, lambda: pilot.app.dismissed)

    assert act(ReadyingScreen(held.job), script).outcome is Processed.OVER


def failed(error):
    def work(_steps):
        raise error

    job = Job(work)
    job.start()
    assert job._over.wait(10)
    return job


def test_a_job_that_fails_keeps_its_reason():
    reason = CannotDoError("The disk is full.")
    job = failed(reason)
    assert job.error is reason
    with pytest.raises(CannotDoError, match="disk is full"):
        _ = job.result


def test_an_error_that_should_not_have_been_becomes_a_sentence():
    job = failed(ZeroDivisionError("by zero"))
    assert "ZeroDivisionError: by zero" in job.error.message
    assert "interviewer.log" in job.error.next_step


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (None, ""),
        (3.2, "a few seconds left"),
        (12.1, "about 15 s left"),
        (56, "about 1 min left"),
        (61, "about 2 min left"),
    ],
)
def test_time_left_is_said_without_false_precision(seconds, text):
    assert time_left(seconds) == text


@pytest.mark.parametrize("key", ["enter", "escape"])
def test_a_problem_says_what_happened_and_what_to_do(key):
    error = DeviceError("No microphone [x].", "Connect one.")

    async def script(pilot):
        await reads(pilot, "▲ No microphone [x]. Connect one. Your answers are kept.")
        await pilot.press(key)

    assert act(ProblemScreen(error, "Your answers are kept."), script).dismissed
