import threading
from pathlib import Path

import pytest
from pictures_app import act, reads, text_of, until
from sessions import answer, reviewed
from stagehand import Stagehand
from textual.widgets import OptionList

from interviewer.errors import CannotDoError
from interviewer.tui import review_words
from interviewer.tui.screens.review import Onward, Redo, ReviewScreen

SIZES = [(80, 24), (200, 60)]


def review(hand=None, *, earlier=0, **options):
    return ReviewScreen(reviewed(earlier=earlier, **options), hand or Stagehand())


@pytest.mark.parametrize("size", SIZES)
def test_the_overview_tells_scores_verdict_and_what_to_do(size):
    async def script(pilot):
        await reads(pilot, "You kept a steady pace; work next on fillers.")
        await reads(pilot, "Overall 71")
        await reads(pilot, "Eye contact – not observed: no camera")
        await reads(pilot, "What to do next")
        await reads(pilot, "1 Replace fillers by silence")
        await reads(pilot, "Data science · 6 min 12 s")

    act(review(), script, size=size)


def test_a_change_beyond_the_usual_ups_and_downs_has_an_arrow():
    async def script(pilot):
        await reads(pilot, "Overall 71 ↑ +10")
        await reads(
            pilot, "points since last time, 21 November 2026; ↑ and ↓ are beyond your usual"
        )

    act(review(earlier=6), script)


def test_with_few_earlier_attempts_it_says_how_many_more():
    async def script(pilot):
        await reads(pilot, "Overall 71 +10")
        await reads(pilot, "after two more attempts a change can be told")

    act(review(earlier=1), script)


@pytest.mark.parametrize("size", SIZES)
def test_moments_have_time_quote_and_what_they_show(size):
    async def script(pilot):
        await pilot.press("2")
        await reads(pilot, "Replace fillers by silence")
        await reads(pilot, "1:05 “um [x]” filler")
        await reads(pilot, "1:11 Pause of 2.8 s.")

    act(review(), script, size=size)


@pytest.mark.parametrize("size", SIZES)
def test_every_question_tells_what_was_said_and_measured(size):
    async def script(pilot):
        await pilot.press("3")
        await reads(pilot, "◂ weakest 2")
        await reads(pilot, "[bold]confidence interval[/]")
        await pilot.press("up")
        await reads(pilot, "So I would look first")
        await reads(pilot, "0:00–0:09")
        await reads(pilot, "Pace 150 wpm 120–185 ● good")

    act(review(), script, size=size)


def test_what_was_not_observed_says_why():
    async def script(pilot):
        await pilot.press("4")
        await reads(pilot, "Pace 154 wpm")
        await reads(pilot, "Not observed (nobody spoke): looks.")

    act(review(), script)


def test_views_are_turned_with_the_arrows_and_clicked():
    async def script(pilot):
        screen = pilot.app.screen
        await pilot.press("right", "right")
        assert screen.view == "questions"
        await pilot.press("left")
        assert screen.view == "moments"
        await pilot.click("#--content-tab-measured")
        await until(pilot, lambda: screen.view == "measured")

    act(review(), script)


def test_a_moment_is_played_with_p_enter_or_the_mouse():
    hand = Stagehand()

    async def script(pilot):
        await pilot.press("p")
        await until(pilot, lambda: len(hand.played) == 1)
        await pilot.press("down", "enter")
        await until(pilot, lambda: len(hand.played) == 2)
        await pilot.click("#moment-list", offset=(4, 1))
        await until(pilot, lambda: len(hand.played) == 3)

    act(review(hand), script)
    assert [moment.start for moment in hand.played] == [65, 71, 65]


def test_p_again_stops_the_sound():
    hand = Stagehand()
    over = threading.Event()
    hand.play = lambda _reviewed, _moment: over.wait(20)
    hand.hush = over.set

    async def script(pilot):
        await pilot.press("2", "p")
        await reads(pilot, "▸ 1:05 Replace fillers by silence")
        await reads(pilot, "p stop")
        await pilot.press("p")
        await reads(pilot, "p play")

    act(review(hand), script)
    assert over.is_set()


def test_a_sound_that_cannot_be_played_says_why():
    hand = Stagehand()
    hand.trouble = CannotDoError("There is no loudspeaker.", "Connect one.")

    async def script(pilot):
        await pilot.press("p")
        await reads(pilot, "There is no loudspeaker. Connect one.")

    act(review(hand), script)


def test_a_recording_that_was_not_kept_cannot_be_played():
    hand = Stagehand()

    async def script(pilot):
        await pilot.press("p")
        await reads(pilot, "The sound was not kept, as you asked.")

    act(review(hand, can_play=False), script)
    assert hand.played == []


def test_the_weakest_question_is_redone():
    async def script(pilot):
        await reads(pilot, "r redo Q2")
        await pilot.press("r")

    assert act(review(), script).outcome == Redo(1)


def test_the_marked_question_is_redone_where_questions_are_seen():
    async def script(pilot):
        await pilot.press("3", "up")
        await reads(pilot, "r redo Q1")
        await pilot.press("r")

    assert act(review(), script).outcome == Redo(0)


@pytest.mark.parametrize(
    "options", [{"can_redo": False}, {"answers": ()}], ids=["not now", "no answer"]
)
def test_what_cannot_be_redone_says_so(options):
    async def script(pilot):
        await pilot.press("r")
        await reads(pilot, "There is no question that could be asked again.")

    assert not act(review(**options), script).dismissed


def test_the_report_is_opened_and_its_place_said():
    hand = Stagehand()

    async def script(pilot):
        await pilot.press("o")
        await reads(pilot, "✓ The report is in /nowhere/report.html.")

    act(review(hand), script)
    assert hand.opened == [Path("/nowhere")]


@pytest.mark.parametrize(
    ("key", "onward"),
    [("n", Onward.AGAIN), ("g", Onward.PROGRESS), ("escape", Onward.CLOSE)],
)
def test_every_way_out_has_a_key(key, onward):
    async def script(pilot):
        await pilot.press(key)

    assert act(review(), script).outcome is onward


def test_an_empty_session_says_so_everywhere():
    async def script(pilot):
        await reads(pilot, "Overall 71")
        await pilot.press("2")
        await reads(pilot, "Nothing stood out that you could listen to.")
        await pilot.press("3")
        await reads(pilot, "No question was answered.")
        await pilot.press("p")
        await reads(pilot, "There is no moment to play.")

    act(review(findings=(), answers=()), script)


def test_the_weakest_is_the_lowest_mean_score_of_those_that_have_one():
    answers = [answer(0, 80.0), answer(1, None), answer(1, 55.0)]
    assert review_words.weakest(answers) == 2
    assert review_words.weakest([answer(0, None)]) is None
    assert review_words.weakest([]) is None


def test_keys_that_do_nothing_are_told_apart():
    async def script(pilot):
        lists = pilot.app.screen.query(OptionList)
        assert not lists
        keys = {label.key.action: label.possible for label in pilot.app.screen.query("KeyLabel")}
        assert not keys["screen.play"]
        assert not keys["screen.redo"]
        assert keys["screen.report"]

    act(review(findings=(), answers=()), script)


def test_text_stays_within_the_terminal():
    async def script(pilot):
        for key in "1234":
            await pilot.press(key)
            assert max(map(len, text_of(pilot.app).splitlines())) <= 80

    act(review(earlier=4), script)
