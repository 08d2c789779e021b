import time

import numpy as np
import pytest
from pretend import (
    BEGUN,
    CHURN,
    TEXTS,
    PretendInterview,
    answering,
    card,
    label,
    page,
    plan_of,
    play,
    words,
)

from interviewer.interview.state import Action
from interviewer.tui.widgets.clock import EMPTY, FILLED

SIZES = [(60, 18), (80, 24), (120, 40), (200, 60)]


def test_timers_and_band():
    live = PretendInterview(plan_of(seconds=120.0)).at(9, *BEGUN)

    async def script(pilot, screen):
        live.now = 9 + 86.25
        screen.show_times()
        await pilot.pause()
        bar, band = words(screen.query_one("#clock")).split("\n")
        assert bar.endswith("1:26")
        assert bar.count(FILLED) == pytest.approx(bar.count(EMPTY), abs=1)  # half of 172.5 s
        assert "1:30–2:30" in band
        assert words(screen.query_one("#total")).strip() == "8:33 left of 10:00"
        assert words(screen.query_one("#place")) == "Question 1 of 3"

    play(live, script)


def test_between_questions_the_answers_time_stays():
    live = answering(61)

    async def script(pilot, screen):
        await pilot.press("enter")
        live.now = 65
        screen.show_times()
        await pilot.pause()
        assert "0:52" in words(screen.query_one("#clock"))
        await pilot.press("enter")
        await pilot.pause()
        assert "0:00" in words(screen.query_one("#clock"))

    play(live, script)


def test_the_clock_follows_the_recording_and_not_the_last_tick():
    live = answering(20)

    async def script(pilot, screen):
        for seconds, shown in ((30.2, "0:21"), (31.4, "0:22")):
            live.now = seconds
            screen.show_times()
            await pilot.pause()
            assert shown in words(screen.query_one("#clock"))

    play(live, script)


@pytest.mark.parametrize(
    ("now", "said"), [(90, "◇ 0:19 left"), (109, "◆ The time for this answer")]
)
def test_warnings_are_shown_by_shape_and_word(now, said):
    async def script(pilot, screen):
        assert words(screen.query_one("#warning")).startswith(said)

    play(answering(now), script)


def test_the_phase_is_told_in_words():
    live = PretendInterview()

    async def script(pilot, screen):
        for actions, said in (
            ((), "Ready"),
            ((Action.START,), "Listen"),
            ((Action.ASKED,), "Your turn"),
            ((Action.VOICE,), "Answering"),
            ((Action.PAUSE,), "Paused"),
            ((Action.RESUME, Action.DONE), "Answer kept"),
        ):
            live.at(10, *actions)
            screen.show_times()
            await pilot.pause()
            assert said in words(screen.query_one("#phase"))

    play(live, script)


def test_the_badge_tells_recording_pause_and_neither():
    live = answering()

    async def script(pilot, screen):
        assert words(screen.query_one("#badge")).startswith("● REC  Data science · hard")
        await pilot.press("space")
        assert words(screen.query_one("#badge")).startswith("‖ PAUSED")
        await pilot.press("space")
        live.recording = False
        screen.show_times()
        await pilot.pause()
        assert words(screen.query_one("#badge")).startswith("○ not recording")

    play(live, script)


def test_the_next_question_replaces_the_last_and_is_not_read_as_markup():
    live = answering()

    async def script(pilot, screen):
        assert "churn" in words(screen.query_one("#question"))
        live.at(70, Action.DONE, Action.PROCEED, Action.SKIP, Action.PROCEED)
        screen.show_times()
        await pilot.pause()
        assert words(screen.query_one("#question")) == TEXTS[2]
        assert "Question 3 of 3" in page(pilot.app)

    play(live, script)


def test_a_hidden_picture_is_not_fetched_and_gives_its_room_to_the_question():
    live = answering()
    live.pixels = card()

    async def script(pilot, screen):
        question = screen.query_one("#question")
        width = question.size.width
        await pilot.press("c")
        await pilot.pause()
        assert not screen.query_one("#picture").region
        assert question.size.width > width + 15
        looked = live.looked
        screen.show_senses()
        assert live.looked == looked
        await pilot.press("c")
        await pilot.pause()
        screen.show_senses()
        assert live.looked > looked

    play(live, script)


def test_no_camera_is_told():
    live = answering()
    live.notices = ("The camera is gone; sound is still recorded.",)

    async def script(pilot, screen):
        screen.show_senses()
        screen.show_times()
        await pilot.pause()
        assert "no camera" in page(pilot.app)
        assert "▲ The camera is gone; sound is still recorded." in page(pilot.app)
        live.notices = ()
        screen.show_times()
        await pilot.pause()
        assert "▲" not in page(pilot.app)

    play(live, script)


def test_the_voice_is_switched():
    live = answering()

    async def script(pilot, screen):
        await pilot.press("v")
        assert live.muted
        assert label(screen, "screen.mute").label == "unmute"
        await pilot.press("v")
        assert not live.muted

    play(live, script)


def test_captions_come_and_go():
    live = answering()
    live.heard = "first I would check the features"

    async def script(pilot, screen):
        assert live.heard not in page(pilot.app)
        await pilot.press("t")
        await pilot.pause()
        assert live.heard in page(pilot.app)
        live.heard = "and then the labels"
        screen.show_times()
        await pilot.pause()
        assert live.heard in page(pilot.app)
        await pilot.press("t")
        await pilot.pause()
        assert live.heard not in page(pilot.app)

    play(live, script)


def test_the_level_is_judged_only_while_somebody_should_speak():
    live = answering()

    async def script(pilot, screen):
        live.loudness = -3.0
        screen.show_senses()
        await pilot.pause()
        assert "▲ clipping" in words(screen.query_one("#mic"))
        live.at(70, Action.DONE)
        screen.show_senses()
        await pilot.pause()
        assert "clipping" not in words(screen.query_one("#mic"))

    play(live, script)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("dark", [True, False])
def test_everything_is_on_the_screen_at_every_size(size, dark):
    live = answering(100)
    live.pixels = card()

    async def script(pilot, screen):
        screen.show_senses()
        await pilot.pause()
        shown = page(pilot.app)
        for part in ("● REC", "1 of 3", "left", "Answering", "◇ 0:09", "1:30–2:30", "mic", "▀▀▀"):
            assert part in shown
        for part in ("⏎ done", "space pause", "? help", "^q stop"):
            assert part in shown
        question = screen.query_one("#question")
        assert " ".join(words(question).split()) == CHURN
        card_region = screen.query_one("#card").region
        assert card_region.contains_region(question.region)
        assert not card_region.overlaps(screen.query_one("#side").region)

    play(live, script, size=size, dark=dark)


def test_the_question_has_the_largest_part_at_80_by_24():
    async def script(pilot, screen):
        area = screen.query_one("#card").region.area
        for other in ("#side", "#under", "#top", "#keybar"):
            assert area > 2 * screen.query_one(other).region.area

    play(answering(), script)


def test_a_long_question_can_be_scrolled():
    live = PretendInterview(plan_of((" ".join(f"word{n}" for n in range(90)),))).at(9, *BEGUN)

    async def script(pilot, screen):
        assert "word0 " in page(pilot.app)
        await pilot.press(*["down"] * 6)
        assert "word89" in page(pilot.app)
        await pilot.press(*["up"] * 6)
        assert "word0 " in page(pilot.app)

    play(live, script)


def test_too_small_says_so_and_keys_still_work():
    live = answering()

    async def script(pilot, screen):
        for size in ((59, 18), (60, 17), (20, 5)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert "This needs 60 × 18" in " ".join(page(pilot.app).split())[:40] or size[0] < 40
            assert "churn" not in page(pilot.app)
        await pilot.press("enter")
        await pilot.resize_terminal(60, 18)
        await pilot.pause()
        assert "churn" in page(pilot.app)

    play(live, script)
    assert live.done == [Action.DONE]


def test_a_resize_in_the_middle_keeps_everything():
    live = answering()
    live.pixels = card()

    async def script(pilot, screen):
        for size in (*SIZES, *reversed(SIZES)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert "Answering" in page(pilot.app)
            assert " ".join(words(screen.query_one("#question")).split()) == CHURN

    play(live, script)


def test_the_picture_has_its_own_shape_at_every_size():
    live = answering()
    live.pixels = card(180, 320)

    async def script(pilot, screen):
        for size in SIZES:
            await pilot.resize_terminal(*size)
            screen.show_senses()
            await pilot.pause()
            columns, rows = screen.query_one("#picture").size
            assert columns / (2 * rows) == pytest.approx(16 / 9, rel=0.12)

    play(live, script)


def test_the_picture_is_a_mirror(monkeypatch):
    monkeypatch.setenv("COLORTERM", "truecolor")
    live = answering()
    live.pixels = np.zeros((180, 320, 3), np.uint8)
    live.pixels[:, :160] = (255, 0, 0)

    async def script(pilot, screen):
        screen.show_senses()
        await pilot.pause()
        line = screen.query_one("#picture").render_line(2)
        first, last = line._segments[0].style, line._segments[-1].style
        assert tuple(first.color.triplet) == tuple(first.bgcolor.triplet) == (0, 0, 0)
        assert tuple(last.color.triplet) == tuple(last.bgcolor.triplet) == (255, 0, 0)

    play(live, script)


def test_a_terminal_of_16_colours_gets_greys(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("COLORTERM", raising=False)
    live = answering()
    live.pixels = card()

    async def script(pilot, screen):
        screen.show_senses()
        await pilot.pause()
        picture = screen.query_one("#picture")
        for row in range(picture.size.height):
            for segment in picture.render_line(row)._segments:
                red, green, blue = segment.style.color.triplet
                assert red == green == blue

    play(live, script)


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
def test_nothing_blocks_with_a_noisy_picture(size, monkeypatch):
    monkeypatch.setenv("COLORTERM", "truecolor")
    live = answering()
    noise = np.random.default_rng(1).integers(0, 255, (20, 180, 320, 3), dtype=np.uint8)
    spent = []

    async def script(pilot, screen):
        for picture in noise:
            live.pixels = picture
            live.now += 0.07
            begun = time.process_time()
            screen.show_senses()
            screen.show_times()
            await pilot.pause()
            spent.append(time.process_time() - begun)

    play(live, script, size=size)
    assert sorted(spent)[len(spent) // 2] < 0.1
