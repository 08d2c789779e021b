"""The real parts behind the screens, all of them use cases of `workflows`."""

import contextlib
import webbrowser
from collections.abc import Mapping, Sequence
from datetime import datetime
from multiprocessing import resource_tracker
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from interviewer import config
from interviewer.config import Choices
from interviewer.errors import InputError
from interviewer.interview.documents.assessment import Assessment, Moment
from interviewer.interview.plan import ToAsk, make_plan
from interviewer.tui.backstage import Found, Offer, Reviewed, Wanted
from interviewer.workflows.conduct.options import Options
from interviewer.workflows.folders import SessionFolder
from interviewer.workflows.steps import Steps

if TYPE_CHECKING:
    from interviewer.history.rows import SessionRow
    from interviewer.tui.live import LiveInterview
    from interviewer.tui.screens.check_port import Check
    from interviewer.workflows.conduct.screened import Screened
    from interviewer.workflows.playback import Player

_SPARE: Final = 1.5
"""A question asked again is given so many times what its longest good answer takes."""


def chosen(given: Mapping[str, object]) -> tuple[Choices, tuple[str, ...]]:
    """The choices of last time with what the command line says, and what is worth knowing.

    Args:
        given: Names of choices with their values.

    Raises:
        InputError: A value is not possible.
    """
    remembered = config.read_choices()
    try:
        choices = Choices.model_validate({**remembered.choices.model_dump(), **given})
    except ValidationError as error:
        first = error.errors()[0]
        raise InputError(
            f"{first['input']} is not possible for {first['loc'][0]}.",
            "`interviewer start --help` says what is.",
        ) from error
    return choices, remembered.notes


class RealBackstage:
    """Fulfils `Backstage`.

    Args:
        usual: What the command line says beyond the choices: seed, speed, model, patience.
    """

    def __init__(self, usual: Options) -> None:
        # Started while a screen is shown, it would be given descriptors that are not there.
        resource_tracker.ensure_running()
        self._usual = usual
        self._held: Screened | None = None
        self._player: Player | None = None

    def domains(self) -> Sequence[Offer]:
        """The shipped banks."""
        from interviewer.workflows.banks import domains

        return [Offer(slug, title) for slug, title in domains()]

    def refusal(self, choices: Choices) -> str:
        """What is impossible about choices."""
        try:
            self._options(choices).check()
        except InputError as error:
            return error.message
        return ""

    def found(self) -> Found:
        """Microphones and cameras of this computer."""
        from interviewer.workflows.devices import find

        found = find()
        return Found(
            microphones=tuple(Offer(each.spec, each.name) for each in found.microphones.found),
            cameras=tuple(Offer(each.spec, each.name) for each in found.cameras.found),
            no_microphone=found.microphones.reason,
            no_camera=found.cameras.reason,
        )

    def remember(self, choices: Choices) -> Sequence[str]:
        """Keep choices for next time."""
        return config.remember(choices)

    def check(self, choices: Choices) -> "Check":
        """The chosen devices, not yet open."""
        from interviewer.workflows.check import DeviceCheck

        return DeviceCheck(choices.microphone, choices.camera)

    def interview(self, wanted: Wanted, steps: Steps) -> "LiveInterview":
        """Open everything; the interview then asks its first question."""
        from interviewer.workflows.conduct.screened import Screened

        wanted.check.close()
        options = self._options(wanted.choices, wanted)
        self._held = Screened(options, steps)
        return self._held.live

    def process(self, steps: Steps) -> Reviewed:
        """Complete the interview that is over."""
        held = self._held
        if held is None:
            raise RuntimeError("there is no interview to complete")
        written = held.complete(steps)
        self._held = None
        analysed = written.analysed
        return Reviewed(
            assessment=analysed.assessment,
            comparison=written.comparison,
            folder=analysed.folder.path,
            can_play=analysed.session.recording.kept and analysed.session.recording.has_audio,
        )

    def play(self, reviewed: Reviewed, moment: Moment) -> None:
        """Play a moment."""
        from interviewer.workflows.playback import Player

        if self._player is None:
            self._player = Player()
        self._player.play(reviewed.folder, moment.start, moment.end)

    def hush(self) -> None:
        """Stop what is played."""
        if self._player is not None:
            self._player.hush()

    def open_report(self, reviewed: Reviewed) -> str:
        """Show the page in a browser where there is one."""
        page = SessionFolder(reviewed.folder).html
        if not page.exists():
            return f"There is no report yet; `interviewer report {reviewed.folder.name}` writes it."
        with contextlib.suppress(webbrowser.Error):
            webbrowser.open(page.resolve().as_uri())
        return f"The report is in {page}."

    def past(self) -> "Sequence[SessionRow]":
        """The sessions of this computer, newest first."""
        from interviewer.workflows.history import listed

        return listed().sessions

    def review(self, row: "SessionRow") -> Reviewed:
        """Read a session of the past."""
        from interviewer.workflows.history import comparison

        folder = SessionFolder(row.folder)
        session = folder.read_session()
        assessment = _assessment(folder.assessment)
        kept = folder.recording_of(session).exists() and session.recording.has_audio
        when = row.created_at.astimezone()
        return Reviewed(
            assessment=assessment,
            comparison=comparison(session, assessment),
            folder=folder.path,
            can_play=kept,
            can_redo=bool(session.questions),
            when=_when(when),
        )

    def close(self) -> None:
        """Finish what was begun."""
        held, self._held = self._held, None
        if held is not None:
            held.leave()
        if self._player is not None:
            self._player.close()

    def _options(self, choices: Choices, wanted: Wanted | None = None) -> Options:
        """The choices as the interview takes them."""
        from dataclasses import replace

        options = replace(
            self._usual,
            domain=choices.domain,
            level=choices.level,
            minutes=choices.minutes,
            camera=choices.camera,
            mic=choices.microphone,
            voice=choices.voice,
            keep=choices.keep,
            who=choices.who or None,
        )
        if wanted is None:
            return options
        calibration = getattr(wanted.check, "calibration", None)
        options = replace(options, calibration=calibration)
        again = _question_of(wanted)
        if again is None:
            return options
        plan = make_plan([again], (again.asking + _SPARE * again.target.high) / 60)
        title = wanted.redo.assessment.title if wanted.redo is not None else None
        return replace(options, plan=plan, minutes=plan.seconds / 60, title=title)


def _question_of(wanted: Wanted) -> ToAsk | None:
    """The one question that is asked again; None for a new interview."""
    if wanted.redo is None or wanted.question is None:
        return None
    from interviewer.interview.timeline import answers_of

    session = SessionFolder(wanted.redo.folder).read_session()
    answers = answers_of(session)
    if not 0 <= wanted.question < len(answers):
        return None
    question = answers[wanted.question].question
    return None if question is None else ToAsk(question)


def _assessment(path: Path) -> Assessment:
    try:
        return Assessment.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise InputError(
            f"{path} cannot be read.", f"`interviewer report {path.parent.name}` makes it anew."
        ) from error


def _when(moment: datetime) -> str:
    return f"{moment:%d %B %Y, %H:%M}"
