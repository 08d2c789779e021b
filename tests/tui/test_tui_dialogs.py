import asyncio

import pytest
from textual.app import App

from interviewer.tui import theme
from interviewer.tui.screens.confirm import ConfirmScreen


def answer(*keys, click=None):
    answers = []

    class Asking(App[None]):
        def __init__(self):
            super().__init__()
            theme.install(self)

        def on_mount(self):
            screen = ConfirmScreen(
                "Delete it?", "It [cannot] be had back.", yes="Delete", no="Keep"
            )
            self.push_screen(screen, answers.append)

    async def run():
        async with Asking().run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await pilot.press(*keys)
            if click:
                await pilot.click(click)
            await pilot.pause()

    asyncio.run(run())
    return answers


@pytest.mark.parametrize(
    ("keys", "click", "answers"),
    [
        (("y",), None, [True]),
        (("n",), None, [False]),
        (("escape",), None, [False]),
        (("enter",), None, [False]),
        (("left", "enter"), None, [True]),
        (("right", "right", "enter"), None, [False]),
        ((), "#yes", [True]),
        ((), "#no", [False]),
        (("x",), None, []),
    ],
)
def test_a_dialog_gives_the_answer(keys, click, answers):
    assert answer(*keys, click=click) == answers
