import pytest
from pictures_app import act, reads, text_of, until
from stagehand import StandInCheck, face, hints

from interviewer.errors import CannotDoError, DeviceError
from interviewer.tui.screens import check as module
from interviewer.tui.screens.check import Checked, CheckScreen
from interviewer.tui.screens.check_port import Taken

LOST = DeviceError("The camera 2 was lost.", "Plug it in again.")


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(module, "GAZE", 0.05)


def ready():
    check = StandInCheck()
    check.shown, check.heard, check.said = face(), -25.0, hints()
    return check


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
def test_picture_level_hints_and_what_to_do_are_all_in_sight(size):
    async def script(pilot):
        await reads(pilot, "✓ good")
        await reads(pilot, "▲ The light comes from behind you")
        await until(pilot, lambda: "▀▀▀▀▀▀▀▀▀▀" in text_of(pilot.app))
        for text in ("Look at the camera", "“The train leaves", "If you begin now:", "⏎ begin"):
            await reads(pilot, text)

    act(CheckScreen(ready(), "Data science · hard · 15 min"), script, size=size)


def test_the_level_gets_a_verdict_in_a_word():
    check = ready()

    async def script(pilot):
        for level, word in ((-1.0, "▲ clipping"), (-50.0, "▽ too quiet"), (-25.0, "✓ good")):
            pilot.app.screen.query_one("#mic").forget()
            check.heard = level
            await reads(pilot, word)

    act(CheckScreen(check), script)


def test_looking_and_reading_give_the_baselines():
    check = ready()

    async def script(pilot):
        await reads(pilot, "judged without knowing where your camera is")
        await pilot.press("g")
        await reads(pilot, "Kept: you looked at the camera.")
        await until(pilot, lambda: "without knowing" not in text_of(pilot.app))
        await pilot.press("s")
        await reads(pilot, "Now, please. s when done")
        await pilot.press("s")
        await reads(pilot, "Kept: 4.1 s of your voice.")
        await until(pilot, lambda: "If you begin now" not in text_of(pilot.app))
        await pilot.press("enter")

    app = act(CheckScreen(check), script)
    assert app.outcome is Checked.BEGIN
    assert check.calls == ["open", "begin gaze", "end gaze", "begin sentence", "end sentence"]


def test_what_went_wrong_is_said_and_can_be_done_again():
    check = ready()
    check.gaze = Taken(good=False, text="Your eyes were not seen.")

    async def script(pilot):
        await reads(pilot, "g begins")
        await pilot.press("g")
        await reads(pilot, "Your eyes were not seen. g again")
        check.gaze = Taken(good=True, text="Kept.")
        await pilot.press("g")
        await reads(pilot, "Kept.")

    act(CheckScreen(check), script)
    assert check.calls.count("end gaze") == 2


def test_one_key_begins_without_any_of_it_and_says_what_is_lost():
    check = ready()

    async def script(pilot):
        await reads(pilot, "tone is judged by its changes only, not by its level.")
        await pilot.press("enter")

    assert act(CheckScreen(check), script).outcome is Checked.BEGIN
    assert check.calls == ["open"]


def test_enter_ends_the_reading_before_it_begins_the_interview():
    check = ready()

    async def script(pilot):
        await reads(pilot, "s begins")
        await pilot.press("s", "enter")
        await reads(pilot, "Kept: 4.1 s")
        await pilot.press("enter")

    assert act(CheckScreen(check), script).outcome is Checked.BEGIN
    assert check.calls[-1] == "end sentence"


def test_without_a_camera_there_is_no_look_and_it_is_said():
    check = ready()
    check.is_seen, check.shown, check.troubles = False, None, (LOST,)

    async def script(pilot):
        await reads(pilot, "The camera 2 was lost. Plug it in again.")
        await reads(pilot, "looks are not observed (no camera)")
        assert "Look at the camera" not in text_of(pilot.app)
        await pilot.press("g")

    act(CheckScreen(check), script)
    assert check.calls == ["open"]


def test_without_a_microphone_there_is_nothing_to_read_and_no_meter():
    check = ready()
    check.is_heard = False

    async def script(pilot):
        await reads(pilot, "voice and tone are not observed (typed answers)")
        await until(pilot, lambda: not pilot.app.screen.query_one("#mic").display)
        assert "Read this aloud" not in text_of(pilot.app)
        await pilot.press("s")

    act(CheckScreen(check), script)
    assert check.calls == ["open"]


def test_a_device_that_is_lost_later_is_said_at_once():
    check = ready()

    async def script(pilot):
        await reads(pilot, "Your face is in the middle.")
        check.troubles, check.is_seen = (LOST,), False
        await reads(pilot, "The camera 2 was lost.")
        await reads(pilot, "looks are not observed")

    act(CheckScreen(check), script)


def test_going_back_lets_the_devices_go():
    check = ready()

    async def script(pilot):
        await reads(pilot, "g begins")
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.dismissed)

    assert act(CheckScreen(check), script).outcome is Checked.BACK
    assert check.calls == ["open", "close"]


def test_a_check_that_is_impossible_ends_with_the_reason():
    check = StandInCheck()
    check.refused = DeviceError("This computer has no microphone.")

    async def script(pilot):
        await until(pilot, lambda: pilot.app.dismissed)

    assert act(CheckScreen(check), script).outcome is check.refused


def test_an_error_while_measuring_is_shown_in_its_place():
    check = ready()

    def fail():
        raise CannotDoError("The face model is missing.")

    check.end_gaze = fail

    async def script(pilot):
        await reads(pilot, "g begins")
        await pilot.press("g")
        await reads(pilot, "The face model is missing.")

    act(CheckScreen(check), script)
