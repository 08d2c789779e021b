"""The app: from the welcome to the review, and round again."""

import asyncio
import logging
import signal
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import work
from textual.app import App
from textual.binding import Binding, BindingType

from interviewer.config import Choices
from interviewer.errors import CannotDoError, ExitCode, InterviewerError
from interviewer.paths import log_file, sessions_home
from interviewer.report.wording import domain_name
from interviewer.tui import theme
from interviewer.tui.background import away
from interviewer.tui.backstage import Backstage, Reviewed, Wanted
from interviewer.tui.job import Job, unexpected
from interviewer.tui.screens.check import Checked, CheckScreen
from interviewer.tui.screens.check_port import Check
from interviewer.tui.screens.help import HelpScreen
from interviewer.tui.screens.interview import InterviewScreen
from interviewer.tui.screens.page import Page
from interviewer.tui.screens.problem import ProblemScreen
from interviewer.tui.screens.processing import Processed, ProcessingScreen, ReadyingScreen
from interviewer.tui.screens.progress import ProgressScreen
from interviewer.tui.screens.review import Onward, Redo, ReviewScreen
from interviewer.tui.screens.setup import Aside, SetupScreen
from interviewer.tui.screens.welcome import WelcomeScreen
from interviewer.tui.terminal import own_terminal

if TYPE_CHECKING:
    from textual.screen import Screen

_SIGNALS: Final = ("SIGHUP", "SIGTERM", "SIGINT")
_WATCH: Final = 0.5
"""Seconds between two looks at a job that was left running."""
_SAFE: Final = "What was recorded so far is kept; `interviewer recover` completes it."

log = logging.getLogger(__name__)


class InterviewerApp(App[None]):
    """Goes from screen to screen; everything real is behind `backstage`.

    Args:
        backstage: The real parts.
        choices: Of last time, with what the command line says.
        notes: What a person should know at the start, in sentences.
        straight: Skip the setup the first time: the command line said enough.
        simulated: Offer the simulated candidate as microphone and camera.
        captions: Show captions at first.
        past: Show the progress, and nothing else.
        dark: Whether the colours are for a dark ground.

    Attributes:
        code: What the process should say when it ends.
        last: The session that was measured last; None for none.
    """

    TITLE = "interviewer"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "leave", show=False, priority=True),
        Binding("ctrl+c", "leave", "leave", show=False),
        Binding("question_mark,f1", "help", "help", show=False),
        Binding("f2", "light", "light or dark", show=False),
    ]

    def __init__(
        self,
        backstage: Backstage,
        choices: Choices,
        *,
        notes: Sequence[str] = (),
        straight: bool = False,
        simulated: bool = False,
        captions: bool = False,
        past: bool = False,
        dark: bool = True,
    ) -> None:
        super().__init__()
        self.backstage = backstage
        self.choices = choices
        self.code = ExitCode.OK
        self._notes = tuple(notes)
        self._straight = straight
        self._simulated = simulated
        self._captions = captions
        self._past = past
        self.last: Reviewed | None = None
        self._waiting: list[Job[Reviewed]] = []
        theme.install(self, dark=dark)

    def on_mount(self) -> None:
        """Begin the journey; a signal ends it cleanly."""
        loop = asyncio.get_running_loop()
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            if number is not None:
                try:
                    loop.add_signal_handler(number, self._told_to_end, number)
                except (NotImplementedError, RuntimeError, ValueError):
                    log.info("%s is not watched here", name)
        self.set_interval(_WATCH, self._look_at_waiting)
        self._travel()

    def _told_to_end(self, number: int) -> None:
        """The terminal was closed, or the system ends us."""
        log.info("ended by signal %d", number)
        self.code = ExitCode.INTERRUPTED
        self.exit()

    def action_leave(self) -> None:
        """Leave; an interview that goes on asks first."""
        if isinstance(self.screen, InterviewScreen):
            self.screen.action_stop()
        elif any(isinstance(each, InterviewScreen) for each in self.screen_stack):
            self.screen.dismiss()
        else:
            self.exit()

    async def action_help(self) -> None:
        """Show the keys of the screen."""
        page = self.screen
        if isinstance(page, Page):
            more = "F2 changes between light and dark. Everything can be clicked, too."
            await self.push_screen(HelpScreen(page.HEADING, page.KEYS, (*page.NOTES, more)))

    def action_light(self) -> None:
        """Change between light and dark."""
        self.theme = theme.LIGHT if self.current_theme.dark else theme.DARK

    @work(exit_on_error=False)
    async def _travel(self) -> None:
        """The whole way; an error is a screen, and leads back to the setup."""
        while True:
            try:
                if self._past:
                    await self._progress()
                else:
                    await self._visit()
            except InterviewerError as error:
                await self._show(ProblemScreen(error))
            except Exception as error:
                log.exception("a screen failed")
                await self._show(ProblemScreen(unexpected(error)))
            else:
                self.exit()
                return
            if self._past:
                self.exit()
                return

    async def _visit(self) -> None:
        """Welcome once, then one interview after the other; returns to leave."""
        if not self.choices.welcomed:
            await self._welcome()
        while True:
            if not self._straight:
                chosen = await self._show(
                    SetupScreen(
                        self.choices,
                        self.backstage,
                        simulated=self._simulated,
                        notes=self._notes,
                    )
                )
                self._notes = ()
                if chosen is Aside.PROGRESS:
                    await self._progress()
                    continue
                self.choices = chosen
                await self._remember()
            self._straight = False
            if await self._hold() is Onward.CLOSE:
                return

    async def _welcome(self) -> None:
        welcomed = await self._show(
            WelcomeScreen(sessions_home(), self.choices.who, camera=self.choices.camera != "off")
        )
        camera = self.choices.camera
        if not welcomed.camera:
            camera = "off"
        elif camera == "off":
            camera = "0"
        update = {"who": welcomed.who, "camera": camera, "welcomed": True}
        self.choices = self.choices.model_copy(update=update)
        await self._remember()

    async def _remember(self) -> None:
        self._notes = (*self._notes, *await away(lambda: self.backstage.remember(self.choices)))

    async def _hold(self, redo: Reviewed | None = None, question: int | None = None) -> Onward:
        """Check, interview, measure, review; returns where to go then."""
        check = await self._check()
        if check is None:
            return Onward.AGAIN
        wanted = Wanted(self.choices, check, redo, question)
        ready = Job(lambda steps: self.backstage.interview(wanted, steps))
        ready.start()
        await self._show(ReadyingScreen(ready))
        await self._show(InterviewScreen(ready.result, captions=self._captions))
        return await self._measure()

    async def _check(self) -> Check | None:
        chosen = self.choices
        check = self.backstage.check(chosen)
        topic = f"{domain_name(chosen.domain)} · {chosen.level} · {chosen.minutes:g} min"
        outcome = await self._show(CheckScreen(check, topic))
        if isinstance(outcome, InterviewerError):
            raise outcome
        return check if outcome is Checked.BEGIN else None

    async def _measure(self) -> Onward:
        job = Job(self.backstage.process)
        job.start()
        if await self._show(ProcessingScreen(job)) is Processed.LATER:
            self._waiting.append(job)
            return Onward.AGAIN
        self.last = job.result
        return await self._review(self.last)

    async def _review(self, reviewed: Reviewed) -> Onward:
        """Review, until one goes elsewhere."""
        while True:
            onward = await self._show(ReviewScreen(reviewed, self.backstage))
            if isinstance(onward, Redo):
                return await self._hold(reviewed, onward.question)
            if onward is not Onward.PROGRESS:
                return Onward(onward)
            await self._progress(reviewed.assessment.session)

    async def _progress(self, marked: str = "") -> None:
        """Sessions over time, and into each of them and back."""
        while (row := await self._show(ProgressScreen(self.backstage, marked))) is not None:
            marked = row.id
            session = row
            try:
                reviewed = await away(lambda: self.backstage.review(session))  # noqa: B023 - at once
            except InterviewerError as error:
                await self._show(ProblemScreen(error))
                continue
            onward = await self._show(ReviewScreen(reviewed, self.backstage))
            if isinstance(onward, Redo):
                await self._hold(reviewed, onward.question)

    async def _show(self, screen: "Screen[Any]") -> Any:  # noqa: ANN401 - each has its own result
        return await self.push_screen_wait(screen)

    def _look_at_waiting(self) -> None:
        """Tell when a report that was left for later is ready, but not during an interview."""
        if any(isinstance(screen, InterviewScreen) for screen in self.screen_stack):
            return
        for job in [each for each in self._waiting if each.over]:
            self._waiting.remove(job)
            self._tell_of(job)

    def _tell_of(self, job: Job[Reviewed]) -> None:
        if job.error is not None:
            text = f"{job.error.message} {_SAFE}"
            self.notify(text, title="Not measured", severity="warning", timeout=20, markup=False)
            return
        self.last = job.result
        title = f"Measured: {self.last.assessment.title}"
        self.notify("Press p in the setup for the sessions.", title=title, timeout=20, markup=False)


def run_app(app: InterviewerApp) -> ExitCode:
    """Run the app with the terminal to itself, and finish what it began.

    Returns:
        What the process should say when it ends.

    Raises:
        CannotDoError: The screens failed; what was begun is finished all the same.
    """
    try:
        with own_terminal(log_file()):
            app.run()
    finally:
        app.backstage.close()
    if app.return_code and app.code is ExitCode.OK:
        raise CannotDoError(
            "The screens ended in a way that they should not have.",
            f"The details are in {log_file()}; please report them.",
        )
    return app.code
