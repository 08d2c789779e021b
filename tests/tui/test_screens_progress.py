import pytest
from pictures_app import act, reads, text_of, until
from sessions import rows
from stagehand import Stagehand

from interviewer.errors import CannotDoError
from interviewer.tui.screens.progress import ProgressScreen
from interviewer.tui.widgets.columns import Columns


def progress(sessions, marked=""):
    hand = Stagehand()
    hand.rows = sessions
    return ProgressScreen(hand, marked)


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
def test_chart_and_sessions_tell_where_one_stands(size):
    async def script(pilot):
        await reads(pilot, "◂ Overall ▸ 60 · +2 since last time")
        await reads(pilot, "6 sessions")
        await reads(pilot, "When Session min Overall Conf. Clar. Eyes Pace")
        await reads(pilot, "2026-11-27 Session 5 [b] 15.0 60 – – 40 –")
        await until(pilot, lambda: "███" in text_of(pilot.app))
        assert max(map(len, text_of(pilot.app).splitlines())) <= size[0]

    act(progress(rows(6)), script, size=size)


def test_the_marked_session_is_named_under_the_chart():
    async def script(pilot):
        await reads(pilot, "▲ 27 November 2026")
        await pilot.press("down", "down")
        await reads(pilot, "▲ 25 November 2026")
        await reads(pilot, "◂ Overall ▸ 56")

    act(progress(rows(6)), script)


def test_other_scores_are_shown_and_gaps_stay_gaps():
    async def script(pilot):
        await reads(pilot, "◂ Overall ▸")
        await pilot.press("right")
        await reads(pilot, "◂ Eye contact ▸ 40 · the same as last time")
        await pilot.press("down", "down")
        await reads(pilot, "◂ Eye contact ▸ not observed in this session")
        await pilot.press("left")
        await reads(pilot, "◂ Overall ▸")

    act(progress(rows(6)), script)


def test_a_session_is_opened_with_enter():
    async def script(pilot):
        await reads(pilot, "6 sessions")
        await pilot.press("down", "enter")

    assert act(progress(rows(6)), script).outcome.id == "s4"


def test_a_click_on_the_chart_marks_and_a_click_on_the_list_opens():
    async def script(pilot):
        await reads(pilot, "6 sessions")
        chart = pilot.app.screen.query_one(Columns)
        width, _ = chart._layout()
        await pilot.click(chart, offset=(5 + 2 * width, 3))
        await reads(pilot, "▲ 24 November 2026")
        await pilot.click("#sessions", offset=(20, 0))

    assert act(progress(rows(6)), script).outcome.id == "s5"


def test_domains_are_shown_one_by_one():
    async def script(pilot):
        await reads(pilot, "5 sessions")
        await pilot.press("d")
        await reads(pilot, "3 sessions · Data science")
        await pilot.press("d")
        await reads(pilot, "2 sessions · Web development")
        await pilot.press("d")
        await until(pilot, lambda: "5 sessions" in text_of(pilot.app))

    act(progress((*rows(3), *rows(2, "web"))), script)


def test_a_change_is_told_against_the_same_domain_only():
    async def script(pilot):
        await reads(pilot, "◂ Overall ▸ 54 · +2 since last time")
        await pilot.press("down", "down", "down")
        await reads(pilot, "◂ Overall ▸ 50 · the first of its kind")

    act(progress((*rows(3), *rows(1, "web"))), script)


def test_coming_back_marks_the_session_that_was_open():
    async def script(pilot):
        await reads(pilot, "▲ 24 November 2026")

    act(progress(rows(6), "s2"), script)


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
def test_the_empty_state_says_how_to_fill_it(size):
    async def script(pilot):
        await reads(pilot, "There is no session yet.")
        await reads(pilot, "`interviewer demo`")
        await pilot.press("enter", "right", "d", "down", "escape")

    app = act(progress(()), script, size=size)
    assert app.dismissed
    assert app.outcome is None


def test_a_history_that_cannot_be_read_says_why():
    hand = Stagehand()

    def fail():
        raise CannotDoError("history.db cannot be read.", "Run `interviewer history rebuild`.")

    hand.past = fail

    async def script(pilot):
        await reads(pilot, "▲ history.db cannot be read. Run `interviewer history rebuild`.")

    act(ProgressScreen(hand), script)


def test_very_many_sessions_stay_usable():
    async def script(pilot):
        await reads(pilot, "300 sessions")
        await reads(pilot, "▲ 17 September 2027")
        await pilot.press("end")
        await reads(pilot, "▲ 22 November 2026")

    act(progress(rows(300)), script)
