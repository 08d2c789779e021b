import asyncio
import os
import signal
import threading

import pytest
from pictures_app import reads, text_of, until
from pretend import PretendInterview
from sessions import reviewed, rows
from stagehand import Stagehand

from interviewer.config import Choices
from interviewer.errors import CannotDoError, DeviceError, ExitCode
from interviewer.interview.state import Action
from interviewer.tui.app import InterviewerApp, run_app
from interviewer.tui.screens.check import CheckScreen
from interviewer.tui.screens.interview import InterviewScreen
from interviewer.tui.screens.problem import ProblemScreen
from interviewer.tui.screens.processing import ProcessingScreen
from interviewer.tui.screens.progress import ProgressScreen
from interviewer.tui.screens.review import ReviewScreen
from interviewer.tui.screens.setup import SetupScreen
from interviewer.tui.screens.welcome import WelcomeScreen

KNOWN = Choices(welcomed=True, who="Ada")


class Stage(Stagehand):
    """Each interview is driven by the real state machine."""

    def __init__(self):
        super().__init__()
        self.reviewed = reviewed()
        self.rows = rows(3)
        self.lives = []

    def interview(self, wanted, steps):
        steps.begin("Loading the models")
        self.asked.append(wanted)
        if self.trouble is not None:
            trouble, self.trouble = self.trouble, None
            raise trouble
        self.lives.append(PretendInterview())
        return self.lives[-1]


def ride(script, *, hand=None, choices=KNOWN, size=(80, 24), **options):
    """Run the app until the script ends or the app does."""
    hand = hand or Stage()
    app = InterviewerApp(hand, choices, **options)

    async def run():
        async with app.run_test(size=size, notifications=True) as pilot:
            await script(pilot)

    asyncio.run(run())
    return app


async def at(pilot, kind):
    await until(pilot, lambda: type(pilot.app.screen) is kind)


async def finish(pilot, hand):
    """Answer nothing and stop."""
    await at(pilot, InterviewScreen)
    hand.lives[-1].at(5.0, Action.START, Action.STOP)


async def begin(pilot):
    await at(pilot, CheckScreen)
    await reads(pilot, "If you begin now")
    await pilot.press("enter")


def test_the_first_start_goes_all_the_way_and_remembers():
    hand = Stage()

    async def script(pilot):
        await at(pilot, WelcomeScreen)
        await pilot.press(*"Bo", "enter")
        await at(pilot, SetupScreen)
        await pilot.press("right", "enter")
        await begin(pilot)
        await finish(pilot, hand)
        await at(pilot, ReviewScreen)
        await pilot.press("escape")
        await until(pilot, lambda: not pilot.app.is_running)

    ride(script, hand=hand, choices=Choices())
    assert [(each.who, each.domain, each.welcomed) for each in hand.remembered] == [
        ("Bo", "ds", True),
        ("Bo", "web", True),
    ]
    (wanted,) = hand.asked
    assert wanted.choices == hand.remembered[-1]
    assert wanted.check is hand.checked
    assert wanted.redo is None


def test_a_camera_that_was_allowed_is_chosen():
    hand = Stage()

    async def script(pilot):
        await at(pilot, WelcomeScreen)
        await pilot.press("tab", "right", "enter")
        await at(pilot, SetupScreen)
        await reads(pilot, "● Integrated Camera")

    ride(script, hand=hand, choices=Choices())


def test_with_enough_said_it_goes_straight_to_the_device_check():
    async def script(pilot):
        await at(pilot, CheckScreen)
        await reads(pilot, "Data science · medium · 15 min")
        await pilot.press("escape")
        await at(pilot, SetupScreen)

    ride(script, straight=True)


def test_run_again_goes_to_the_setup_and_redo_asks_one_question_again():
    hand = Stage()

    async def script(pilot):
        await begin(pilot)
        await finish(pilot, hand)
        await at(pilot, ReviewScreen)
        await pilot.press("r")
        await begin(pilot)
        await finish(pilot, hand)
        await at(pilot, ReviewScreen)
        await pilot.press("n")
        await at(pilot, SetupScreen)

    ride(script, hand=hand, straight=True)
    first, second = hand.asked
    assert first.question is None
    assert second.question == 1
    assert second.redo is hand.reviewed


def test_progress_leads_into_a_session_and_back():
    async def script(pilot):
        await at(pilot, SetupScreen)
        await pilot.press("p")
        await at(pilot, ProgressScreen)
        await reads(pilot, "3 sessions")
        await pilot.press("down", "enter")
        await at(pilot, ReviewScreen)
        await pilot.press("escape")
        await at(pilot, ProgressScreen)
        await reads(pilot, "▲ 23 November 2026")
        await pilot.press("escape")
        await at(pilot, SetupScreen)

    ride(script)


def test_only_the_past_can_be_shown():
    async def script(pilot):
        await at(pilot, ProgressScreen)
        await reads(pilot, "3 sessions")
        await pilot.press("escape")
        await until(pilot, lambda: not pilot.app.is_running)

    assert ride(script, past=True).code is ExitCode.OK


def test_a_session_that_cannot_be_read_says_so_and_leads_back():
    hand = Stage()
    hand.trouble = CannotDoError("The session was moved.", "Run `interviewer history rebuild`.")

    async def script(pilot):
        await reads(pilot, "3 sessions")
        await pilot.press("enter")
        await at(pilot, ProblemScreen)
        await reads(pilot, "The session was moved. Run `interviewer history rebuild`.")
        await pilot.press("enter")
        await at(pilot, ProgressScreen)

    ride(script, hand=hand, past=True)


@pytest.mark.parametrize("where", ["check", "interview", "process"])
def test_an_error_anywhere_is_a_screen_and_leads_back_to_the_setup(where):
    hand = Stage()
    error = DeviceError("This computer has no microphone.", "Connect one.")

    def fail(_steps):
        raise error

    if where == "check":
        hand.checked.refused = error
    elif where == "interview":
        hand.trouble = error
    else:
        hand.work = fail

    async def script(pilot):
        if where != "check":
            await begin(pilot)
        if where == "process":
            await finish(pilot, hand)
        await at(pilot, ProblemScreen)
        await reads(pilot, "▲ This computer has no microphone. Connect one.")
        await pilot.press("enter")
        await at(pilot, SetupScreen)

    ride(script, hand=hand, straight=True)


def test_an_error_that_should_not_have_been_is_a_screen_too():
    hand = Stage()
    hand.check = lambda choices: 1 / 0

    async def script(pilot):
        await at(pilot, ProblemScreen)
        await reads(pilot, "ZeroDivisionError")
        await reads(pilot, "please report them.")

    ride(script, hand=hand, straight=True)


def test_measuring_can_be_left_running_and_its_end_is_told():
    hand = Stage()
    held = threading.Event()

    def work(steps):
        steps.begin("Measuring the last answer")
        held.wait(20)
        return hand.reviewed

    hand.work = work

    async def script(pilot):
        await begin(pilot)
        await finish(pilot, hand)
        await at(pilot, ProcessingScreen)
        await reads(pilot, "Measuring the last answer")
        await pilot.press("b")
        await at(pilot, SetupScreen)
        held.set()
        await reads(pilot, "Measured: Data science")

    try:
        assert ride(script, hand=hand, straight=True).last is hand.reviewed
    finally:
        held.set()


def test_a_report_that_is_ready_does_not_disturb_an_interview():
    hand = Stage()
    held = threading.Event()

    def work(steps):
        steps.begin("Measuring the last answer")
        held.wait(20)
        return hand.reviewed

    hand.work = work

    async def script(pilot):
        await begin(pilot)
        await finish(pilot, hand)
        await at(pilot, ProcessingScreen)
        await pilot.press("b")
        await at(pilot, SetupScreen)
        await pilot.press("enter")
        await begin(pilot)
        await at(pilot, InterviewScreen)
        (job,) = pilot.app._waiting
        held.set()
        await until(pilot, lambda: job.over)
        pilot.app._look_at_waiting()
        assert pilot.app._waiting == [job]
        hand.lives[-1].at(5.0, Action.START, Action.STOP)
        await reads(pilot, "Measured: Data science")

    try:
        ride(script, hand=hand, straight=True)
    finally:
        held.set()


def test_a_report_that_failed_later_is_told_with_what_is_kept():
    hand = Stage()
    held = threading.Event()

    def work(steps):
        steps.begin("Measuring the last answer")
        held.wait(20)
        raise CannotDoError("The disk [is] full.")

    hand.work = work

    async def script(pilot):
        await begin(pilot)
        await finish(pilot, hand)
        await at(pilot, ProcessingScreen)
        await pilot.press("b")
        await at(pilot, SetupScreen)
        held.set()
        await reads(pilot, "Not measured")
        await reads(pilot, "The disk [is] full.")
        await reads(pilot, "`interviewer recover`")

    try:
        assert ride(script, hand=hand, straight=True).last is None
    finally:
        held.set()


def test_leaving_an_interview_asks_first():
    hand = Stage()

    async def script(pilot):
        await begin(pilot)
        await at(pilot, InterviewScreen)
        hand.lives[-1].at(1.0, Action.START)
        await pilot.press("ctrl+q")
        await reads(pilot, "Stop the interview?")
        await pilot.press("ctrl+q")
        await at(pilot, InterviewScreen)
        await pilot.press("ctrl+c")
        await reads(pilot, "Stop the interview?")
        await pilot.press("y")
        await at(pilot, ReviewScreen)

    ride(script, hand=hand, straight=True)


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
def test_every_other_screen_is_left_at_once(key):
    async def script(pilot):
        await at(pilot, WelcomeScreen)
        await pilot.press(key)
        await until(pilot, lambda: not pilot.app.is_running)

    assert ride(script, choices=Choices()).code is ExitCode.OK


@pytest.mark.parametrize("name", ["SIGHUP", "SIGTERM", "SIGINT"])
def test_a_signal_ends_the_app_cleanly(name):
    async def script(pilot):
        await at(pilot, SetupScreen)
        os.kill(os.getpid(), getattr(signal, name))
        await until(pilot, lambda: not pilot.app.is_running)

    assert ride(script).code is ExitCode.INTERRUPTED


def test_the_help_names_every_key_of_the_screen():
    async def script(pilot):
        await at(pilot, SetupScreen)
        await pilot.press("question_mark")
        await reads(pilot, "New interview")
        for key in SetupScreen.KEYS:
            await reads(pilot, key.told)
        await pilot.press("escape")
        await at(pilot, SetupScreen)

    ride(script)


def test_light_and_dark_change_with_a_key():
    async def script(pilot):
        await at(pilot, SetupScreen)
        assert pilot.app.current_theme.dark
        await pilot.press("f2")
        assert not pilot.app.current_theme.dark
        await pilot.press("f2")
        assert pilot.app.current_theme.dark

    ride(script)


def test_notes_of_the_start_are_shown_once():
    async def script(pilot):
        await reads(pilot, "config.toml was set aside.")
        await pilot.press("p", "escape")
        await at(pilot, SetupScreen)
        await until(pilot, lambda: "set aside" not in text_of(pilot.app))

    ride(script, notes=("config.toml was set aside.",))


def test_what_was_begun_is_closed_even_if_the_app_fails(monkeypatch):
    hand = Stage()
    app = InterviewerApp(hand, KNOWN)

    def fail():
        raise RuntimeError("no terminal")

    monkeypatch.setattr(app, "run", fail)
    with pytest.raises(RuntimeError):
        run_app(app)
    assert hand.closed == 1
