"""An app that shows one screen, and what a test needs to drive it."""

import asyncio
import time

from textual.app import App

from interviewer.tui import theme

PATIENCE = 15.0
"""Seconds after which something that does not happen fails a test."""


class OneScreen(App):
    """Shows one screen, and keeps what it was dismissed with."""

    BINDINGS = [("question_mark", "help", "")]  # noqa: RUF012

    def __init__(self, screen, *, dark=True):
        super().__init__()
        self.shown = screen
        theme.install(self, dark=dark)
        self.outcome = None
        self.dismissed = False
        self.helped = 0

    def on_mount(self):
        self.push_screen(self.shown, self._take)

    def _take(self, outcome):
        self.outcome = outcome
        self.dismissed = True

    def action_help(self):
        self.helped += 1


def text_of(app):
    """What is on the terminal, as plain text."""
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in line).rstrip() for line in lines)


async def until(pilot, holds):
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, text_of(pilot.app)
        await pilot.pause(0.01)
    await pilot.pause()


async def reads(pilot, text):
    """Wait until a text is on the terminal, wherever its lines break."""
    await until(pilot, lambda: text in " ".join(text_of(pilot.app).split()))


def act(screen, script, *, size=(80, 24), dark=True):
    """Run a screen without a terminal, and give back the app."""
    app = OneScreen(screen, dark=dark)

    async def run():
        async with app.run_test(size=size) as pilot:
            await until(pilot, lambda: app.screen is screen or app.dismissed)
            await script(pilot)

    asyncio.run(run())
    return app
