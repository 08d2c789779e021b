"""An interview driven by the real state machine; clock, camera and microphone are by hand."""

import asyncio
from collections.abc import Awaitable, Callable

import numpy as np
from textual.app import App
from textual.pilot import Pilot

from interviewer.interview.documents.session import Question, TargetBand
from interviewer.interview.machine import advance
from interviewer.interview.plan import Plan, PlannedQuestion, ToAsk
from interviewer.interview.state import Action, Interview, Refusal, Step
from interviewer.tui import theme
from interviewer.tui.screens.interview import InterviewScreen
from interviewer.tui.widgets.keybar import KeyLabel

CHURN = (
    "Your churn model scores 0.97 AUC in validation and 0.71 in production. "
    "Walk me through how you would find out why."
)
TEXTS = (CHURN, "How would you explain a p-value to a manager?", "Tell me about [a failure].")

ASKED = (Action.START, Action.ASKED)
BEGUN = (*ASKED, Action.VOICE)


def plan_of(texts=TEXTS, minutes=10.0, seconds=100.0):
    band = TargetBand(low=90, high=150)
    return Plan(
        questions=tuple(
            PlannedQuestion(
                ToAsk(Question(id=f"q{n}", text=text, domain="ds", level="hard", target=band)),
                seconds,
            )
            for n, text in enumerate(texts)
        ),
        seconds=minutes * 60,
    )


class PretendInterview:
    def __init__(self, plan=None):
        self.interview = Interview(plan or plan_of())
        self.now = 0.0
        self.done = []
        self.steps = []
        self.loudness = -100.0
        self.pixels = None
        self.looked = 0
        self.muted = False
        self.recording = True
        self.notices = ()
        self.heard = ""

    def do(self, action: Action) -> Step | Refusal:
        self.done.append(action)
        outcome = advance(self.interview, action, self.now)
        if isinstance(outcome, Step):
            self.interview = outcome.interview
        self.steps.append(outcome)
        return outcome

    def at(self, seconds, *actions):
        """Go to a time, and let these happen there without the screen."""
        self.now = seconds
        for action in actions:
            outcome = advance(self.interview, action, self.now)
            assert isinstance(outcome, Step), outcome
            self.interview = outcome.interview
        return self

    def picture(self):
        self.looked += 1
        return self.pixels

    def level(self):
        return self.loudness

    def mute(self, on):
        self.muted = on

    def caption(self):
        return self.heard


def answering(seconds=61.0):
    """An answer that began at 9 s, at this time."""
    return PretendInterview().at(9, *BEGUN).at(seconds)


class Stage(App[None]):
    """Only what the screen needs; the real app is tested elsewhere."""

    def __init__(self, screen, *, dark=True):
        super().__init__()
        theme.install(self, dark=dark)
        self.shown = screen
        self.left = False

    def on_mount(self):
        self.push_screen(self.shown, self._gone)

    def _gone(self, result):
        self.left = True

    async def action_quit(self):
        self.shown.action_stop()


def words(widget):
    """What a widget shows, without colours."""
    return "\n".join(strip.text.rstrip() for strip in widget.render_lines(widget.size.region))


def page(app):
    """What the whole terminal shows."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


def label(screen, action):
    """The footer's label of an action."""
    return next(each for each in screen.query(KeyLabel) if each.key.action == action)


def play(
    live: PretendInterview,
    script: Callable[[Pilot[None], InterviewScreen], Awaitable[None]],
    *,
    size: tuple[int, int] = (80, 24),
    dark: bool = True,
    captions: bool = False,
) -> Stage:
    """Run a screen without a terminal."""
    screen = InterviewScreen(live, captions=captions)
    stage = Stage(screen, dark=dark)

    async def run() -> None:
        async with stage.run_test(size=size) as pilot:
            await pilot.pause()
            await script(pilot, screen)

    asyncio.run(run())
    return stage


def card(height=180, width=320):
    """A gradient with a bright disc left of the middle."""
    y, x = np.mgrid[0:height, 0:width]
    picture = np.stack(
        [60 + 120 * y / height, 60 + 100 * x / width, np.full_like(x, 110.0)], axis=2
    )
    face = (x - width * 0.42) ** 2 + ((y - height * 0.45) * 0.8) ** 2 < (height * 0.24) ** 2
    picture[face] = (226, 178, 150)
    return picture.astype(np.uint8)
