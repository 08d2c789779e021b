import pytest
from pretend import ASKED, BEGUN, PretendInterview, answering, label, page, play, words

from interviewer.interview.state import Action, Phase, Refusal
from interviewer.tui.screens.confirm import ConfirmScreen
from interviewer.tui.screens.help import HelpLine, HelpScreen
from interviewer.tui.screens.interview_keys import KEYS


@pytest.mark.parametrize(
    ("before", "key", "action", "phase"),
    [
        ((), "enter", Action.START, Phase.ASKING),
        (BEGUN, "enter", Action.DONE, Phase.BETWEEN),
        (ASKED, "enter", Action.DONE, Phase.BETWEEN),
        ((*BEGUN, Action.DONE), "enter", Action.PROCEED, Phase.ASKING),
        (ASKED, "r", Action.REPEAT, Phase.ASKING),
        (BEGUN, "a", Action.REDO, Phase.ASKING),
        (BEGUN, "s", Action.SKIP, Phase.BETWEEN),
        (BEGUN, "space", Action.PAUSE, Phase.PAUSED),
        ((*BEGUN, Action.PAUSE), "space", Action.RESUME, Phase.ANSWERING),
    ],
)
def test_a_key_does_its_action(before, key, action, phase):
    live = PretendInterview().at(10, *before)

    async def script(pilot, screen):
        await pilot.press(key)

    play(live, script)
    assert live.done == [action]
    assert live.interview.phase is phase


@pytest.mark.parametrize(
    ("before", "key", "reason"),
    [
        ((Action.START,), "enter", "Done is not possible while the question is being asked."),
        ((Action.START,), "a", "Redo is not possible while the question is being asked."),
        ((*BEGUN, Action.DONE), "r", "Repeat is not possible while no question is under way."),
        ((*BEGUN, Action.PAUSE), "enter", "Done is not possible while the interview is paused."),
        ((*BEGUN, Action.PAUSE), "s", "Skip is not possible while the interview is paused."),
        ((), "space", "Pause is not possible while the interview has not begun."),
    ],
)
def test_a_refused_key_says_why_and_changes_nothing(before, key, reason):
    live = PretendInterview().at(10, *before)
    interview = live.interview

    async def script(pilot, screen):
        await pilot.press(key)
        screen.show_times()
        await pilot.pause()
        assert words(screen.query_one("#warning")) == f"– {reason}"

    play(live, script)
    assert live.interview == interview
    assert isinstance(live.steps[-1], Refusal)


def test_what_is_not_possible_is_dimmed():
    async def script(pilot, screen):
        assert label(screen, "screen.forward").possible
        assert not label(screen, "screen.do('repeat')").possible  # 52 s into the answer
        assert label(screen, "screen.do('redo')").possible
        await pilot.press("space")
        assert not label(screen, "screen.forward").possible
        assert not label(screen, "screen.do('redo')").possible
        assert label(screen, "screen.pause").possible
        assert label(screen, "screen.pause").label == "resume"
        assert label(screen, "screen.stop").possible

    play(answering(), script)


def test_a_refusal_gives_way_to_the_next_command():
    async def script(pilot, screen):
        await pilot.press("r")
        assert "first 15 seconds" in words(screen.query_one("#warning"))
        await pilot.press("enter")
        await pilot.pause()
        assert words(screen.query_one("#warning")) == ""

    play(answering(), script)


@pytest.mark.parametrize(
    ("action", "done"),
    [
        ("screen.forward", Action.DONE),
        ("screen.do('redo')", Action.REDO),
        ("screen.do('skip')", Action.SKIP),
        ("screen.pause", Action.PAUSE),
    ],
)
def test_a_click_does_what_the_key_does(action, done):
    live = answering()

    async def script(pilot, screen):
        assert await pilot.click(label(screen, action))

    play(live, script)
    assert live.done == [done]


def test_a_click_on_a_dimmed_key_says_why():
    live = answering()

    async def script(pilot, screen):
        await pilot.click(label(screen, "screen.do('repeat')"))
        await pilot.pause()
        assert "first 15 seconds" in words(screen.query_one("#warning"))

    play(live, script)


def test_stop_asks_first_and_enter_goes_on():
    live = answering()

    async def script(pilot, screen):
        await pilot.press("ctrl+q")
        assert isinstance(pilot.app.screen, ConfirmScreen)
        assert "2 questions" in page(pilot.app)
        await pilot.press("enter")
        assert pilot.app.screen is screen

    stage = play(live, script)
    assert live.done == []
    assert not stage.left


@pytest.mark.parametrize("key", ["escape", "n"])
def test_stop_can_be_taken_back(key):
    live = answering()

    async def script(pilot, screen):
        await pilot.press("ctrl+q", key)
        assert pilot.app.screen is screen

    play(live, script)
    assert live.done == []


@pytest.mark.parametrize("keys", [("y",), ("left", "enter"), ("tab", "enter")])
def test_stop_confirmed_ends_the_interview_and_the_screen(keys):
    live = answering()

    async def script(pilot, screen):
        await pilot.press("ctrl+q", *keys)
        await pilot.pause()

    stage = play(live, script)
    assert live.done == [Action.STOP]
    assert live.interview.phase is Phase.FINISHED
    assert stage.left


def test_stop_by_mouse():
    live = answering()

    async def script(pilot, screen):
        await pilot.click(label(screen, "screen.stop"))
        await pilot.click("#yes")
        await pilot.pause()

    assert play(live, script).left
    assert live.done == [Action.STOP]


def test_an_interview_that_ends_under_a_dialog_closes_both():
    live = answering()

    async def script(pilot, screen):
        await pilot.press("question_mark")
        live.at(70, Action.STOP)
        screen.show_times()
        await pilot.pause()
        screen.show_times()
        await pilot.pause()

    assert play(live, script).left


def test_help_lists_every_key_and_closes():
    async def script(pilot, screen):
        await pilot.press("question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        shown = page(pilot.app)
        for key in KEYS:
            assert f"{key.shown}  {key.told}" in shown
        await pilot.press("enter")
        assert pilot.app.screen is screen
        await pilot.press("question_mark", "escape")
        assert pilot.app.screen is screen

    live = answering()
    play(live, script)
    assert live.done == []


def test_a_click_on_a_line_of_the_help_does_what_the_key_does():
    live = answering()
    live.heard = "first I would check"

    async def script(pilot, screen):
        await pilot.press("question_mark")
        lines = {line.key.key: line for line in pilot.app.screen.query(HelpLine)}
        await pilot.click(lines["t"])
        await pilot.pause()
        assert pilot.app.screen is screen
        assert live.heard in page(pilot.app)

    play(live, script)
    assert live.done == []
