from pathlib import Path

import pytest
from pictures_app import act, reads, text_of, until
from stagehand import Stagehand

from interviewer.config import Choices
from interviewer.tui.backstage import Found, Offer
from interviewer.tui.screens.setup import Aside, SetupScreen
from interviewer.tui.screens.welcome import Welcomed, WelcomeScreen
from interviewer.tui.widgets.choice import Choice

SIZES = [(80, 24), (200, 60)]


def welcome():
    return WelcomeScreen(Path.home() / "kept" / "sessions")


@pytest.mark.parametrize("size", SIZES)
def test_the_welcome_says_all_that_matters_without_scrolling(size):
    async def script(pilot):
        await reads(pilot, "What is recorded")
        await reads(pilot, "~/kept/sessions")
        await reads(pilot, "Nothing leaves this computer")
        await reads(pilot, "I agree: go on")

    act(welcome(), script, size=size)


def test_the_camera_is_off_unless_it_is_allowed():
    async def script(pilot):
        await pilot.press(*"Ada?", "enter")

    assert act(welcome(), script).outcome == Welcomed("Ada?", camera=False)


def test_a_question_mark_in_a_name_is_no_call_for_help():
    async def script(pilot):
        await pilot.press("?")

    assert act(welcome(), script).helped == 0


def test_the_camera_can_be_allowed_with_the_keys():
    async def script(pilot):
        await pilot.press("tab", "right", "enter")

    assert act(welcome(), script).outcome == Welcomed("", camera=True)


def test_the_welcome_can_be_clicked_through():
    async def script(pilot):
        camera = pilot.app.screen.query_one("#camera", Choice)
        await pilot.click(camera, offset=(28, 0))
        await pilot.click("#agree")

    assert act(welcome(), script).outcome == Welcomed("", camera=True)


def setup(hand=None, *, simulated=False, notes=(), **chosen):
    return SetupScreen(Choices(**chosen), hand or Stagehand(), simulated=simulated, notes=notes)


async def looked(pilot):
    screen = pilot.app.screen
    await until(pilot, lambda: screen._found is not None)


@pytest.mark.parametrize("size", SIZES)
def test_the_form_is_filled_with_the_last_choices_and_enter_starts(size):
    chosen = Choices(
        domain="hr",
        level="hard",
        minutes=22.5,
        microphone="Blue Yeti",
        camera="2",
        voice=False,
        keep=False,
        who="Ada",
        welcomed=True,
    )

    async def script(pilot):
        await looked(pilot)
        for text in ("● Behavioural", "● hard", "● 22.5", "Blue Yeti", "● Logitech BRIO"):
            await reads(pilot, text)
        await reads(pilot, "● text only")
        await reads(pilot, "● measures only")
        await pilot.press("enter")

    assert act(SetupScreen(chosen, Stagehand()), script, size=size).outcome == chosen


def test_every_line_is_reached_and_changed_with_the_keys():
    async def script(pilot):
        await looked(pilot)
        await pilot.press("right", "down", "right", "down", "left", "down", "right", "down")
        await pilot.press("right", "right", "down", "right", "down", "right", "enter")

    outcome = act(setup(minutes=30), script).outcome
    assert outcome == Choices(
        domain="web",
        level="hard",
        minutes=15,
        microphone="Built-in Audio Analog Stereo",
        camera="2",
        voice=False,
        keep=False,
    )


def test_any_number_of_minutes_can_be_typed():
    async def script(pilot):
        await pilot.press("down", "down", "1", "2", "backspace", ".", "5", "enter")

    assert act(setup(), script).outcome.minutes == 1.5


def test_a_number_that_begins_like_a_usual_one_is_not_cut_off():
    async def script(pilot):
        await pilot.press("down", "down", "1", "5", "0", "enter")

    assert act(setup(), script).outcome.minutes == 150


@pytest.mark.parametrize("typed", ["0", "999", "1.2.3", ""])
def test_impossible_minutes_are_refused_in_place(typed):
    async def script(pilot):
        await looked(pilot)
        await pilot.press("down", "down", "1", "backspace", *typed, "enter")
        await reads(pilot, "Minutes: type a number above 0 and up to 240.")
        await pilot.press("7", *["backspace"] * 8)
        await pilot.press("2", "0")
        await until(pilot, lambda: "Minutes: type" not in text_of(pilot.app))
        await pilot.press("enter")

    assert act(setup(), script).outcome.minutes == 20


def test_a_device_that_is_gone_is_said_and_found_again_after_it_is_back():
    hand = Stagehand()
    hand.devices = Found(microphones=(Offer("Blue Yeti", "Blue Yeti"),), no_camera="No camera.")

    async def script(pilot):
        await looked(pilot)
        await reads(pilot, "2 (not connected)")
        await pilot.press("enter")
        await reads(pilot, "The camera “2” is not connected. Choose another, or press F5.")
        hand.devices = Found(cameras=(Offer("2", "Logitech BRIO"),))
        await pilot.press("f5")
        await reads(pilot, "● Logitech BRIO")
        await pilot.press("enter")

    assert act(setup(hand, camera="2"), script).outcome.camera == "2"
    assert hand.looks == 2


def test_the_form_can_be_used_while_devices_are_looked_for():
    hand = Stagehand()
    hand.look.clear()

    async def script(pilot):
        await reads(pilot, "looking for devices")
        await pilot.press("right", "enter")
        hand.look.set()

    assert act(setup(hand, microphone="Blue Yeti"), script).outcome.domain == "web"


def test_why_there_is_no_microphone_is_said_on_its_line():
    hand = Stagehand()
    hand.devices = Found(no_microphone="PortAudio is missing.")

    async def script(pilot):
        await looked(pilot)
        await pilot.press("down", "down", "down")
        await reads(pilot, "PortAudio is missing.")

    act(setup(hand), script)


def test_what_the_backstage_refuses_is_not_started():
    hand = Stagehand()
    hand.refused = "With neither camera nor microphone there is nothing to record."

    async def script(pilot):
        await pilot.press("enter")
        await reads(pilot, hand.refused)

    assert not act(setup(hand), script).dismissed


@pytest.mark.parametrize("simulated", [False, True])
def test_the_simulated_candidate_is_offered_only_if_asked_for(simulated):
    async def script(pilot):
        await looked(pilot)
        offered = [each.value for each in pilot.app.screen.query_one("#camera", Choice).options]
        assert ("simulated" in offered) == simulated

    act(setup(simulated=simulated), script)


def test_files_and_addresses_from_the_command_line_stay_chosen():
    async def script(pilot):
        await looked(pilot)
        await pilot.press("enter")

    chosen = {"camera": "http://phone:8080/video", "microphone": "./voice.wav", "domain": "my.yaml"}
    outcome = act(setup(**chosen), script).outcome
    assert outcome.model_dump(include=set(chosen)) == chosen


def test_lines_can_be_clicked():
    async def script(pilot):
        await pilot.click("#level", offset=(14, 0))
        await pilot.click("#start")

    assert act(setup(level="hard"), script).outcome.level == "easy"


def test_a_list_that_does_not_fit_is_turned_with_its_arrows():
    async def script(pilot):
        await looked(pilot)
        line = pilot.app.screen.query_one("#microphone", Choice)
        _, end, _ = line._places[1]
        await pilot.click(line, offset=(end - 1, 0))
        assert line.value == "Built-in Audio Analog Stereo"

    act(setup(), script)


def test_progress_is_one_key_away_and_notes_are_shown():
    async def script(pilot):
        await reads(pilot, "The file was set aside.")
        await pilot.press("p")

    assert act(setup(notes=("The file was set aside.",)), script).outcome is Aside.PROGRESS


def test_a_terminal_that_is_too_small_says_so_and_recovers():
    async def script(pilot):
        await reads(pilot, "This needs 60 × 18 characters")
        await pilot.resize_terminal(80, 24)
        await reads(pilot, "About")

    act(setup(), script, size=(50, 12))
