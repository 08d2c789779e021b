"""Everything that has to be there before the first question is asked."""

import itertools
import secrets
import shutil
import uuid
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from interviewer.errors import InputError
from interviewer.interview.documents.session import Session
from interviewer.interview.plan import Plan
from interviewer.paths import (
    PRIVATE_DIRECTORY,
    make_private,
    sessions_home,
    write_atomically,
    write_error,
)
from interviewer.workflows.complete import PART, RECORDING, first_recording
from interviewer.workflows.conduct.equipment import Equipment, equip
from interviewer.workflows.conduct.live import Live
from interviewer.workflows.conduct.options import Options
from interviewer.workflows.conduct.told import Told
from interviewer.workflows.conduct.watching import start_observer
from interviewer.workflows.folders import SessionFolder
from interviewer.workflows.jobs import choose_analysis
from interviewer.workflows.journal import Header, Journal
from interviewer.workflows.steps import Steps

if TYPE_CHECKING:
    from interviewer.analysis.live import LiveObserver

_SEEDS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """An interview that can begin; a context that lets go of everything at its end.

    Attributes:
        options: As it is wanted.
        plan: What is asked.
        begun: The session as far as it is known.
        folder: Its folder, which has a journal.
        journal: Keeps what happens.
        equipment: Sources and voice.
        observer: The live analysis, which waits for the recording; None where there is none.
    """

    options: Options
    plan: Plan
    begun: Session
    folder: SessionFolder
    journal: Journal
    equipment: Equipment
    observer: "LiveObserver | None"

    def live(self, told: Told, *, automatic: bool) -> Live:
        """The interview itself; see `Live`."""
        return Live(
            self.plan,
            self.begun,
            self.journal,
            self.equipment,
            observer=self.observer,
            part=self.folder.path / PART,
            told=told,
            automatic=automatic,
            patience=self.options.patience,
        )

    @property
    def longest_lag(self) -> float:
        """Seconds by which the live analysis was behind, at most."""
        return self.observer.stats.longest_lag if self.observer is not None else 0.0

    def keep_truth(self) -> None:
        """Write what a simulated candidate did beside the recording of it."""
        if self.equipment.candidate is None:
            return
        from interviewer.simulate.film import truth_path

        truth = self.equipment.candidate.truth.model_dump_json(indent=1)
        write_atomically(truth_path(self.folder.path / RECORDING), truth)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.observer is not None:
            self.observer.close()
        self.journal.close()


def prepare(options: Options, steps: Steps, told: Told) -> Prepared:
    """Choose the questions, open the sources, begin the journal, start the live analysis.

    Args:
        options: The interview as it is wanted.
        steps: Told what is being done.
        told: Told in sentences what is missing though the interview can be held without it.

    Raises:
        InputError: The options make no sense, or a file cannot be played.
        DeviceError: The microphone is missing.
        ModelMissingError: There is no voice for the simulated candidate.
        CannotDoError: The session folder cannot be written.
    """
    options.check()
    plan, title = _plan(options)
    equipment = equip(options, steps, told.noted)
    begun = _begun(options, plan, title, equipment)
    folder, begun = _folder(options, begun)
    journal = Journal.begin(folder.path, Header(session=begun, keep=options.keep))
    try:
        observer, notes = start_observer(folder, begun, folder.path / PART, steps)
    except BaseException:
        # Nothing is recorded yet, so nothing is worth being kept.
        journal.close()
        shutil.rmtree(folder.path, ignore_errors=True)
        raise
    for note in (*equipment.notes, *notes):
        told.noted(note)
    return Prepared(options, plan, begun, folder, journal, equipment, observer)


def _folder(options: Options, begun: Session) -> tuple[SessionFolder, Session]:
    """An empty folder, and the session with the name of it."""
    if options.folder is not None:
        folder = SessionFolder(options.folder)
        _require_empty(folder)
        make_private(folder.path)
        return folder, begun
    make_private(sessions_home())
    for number in itertools.count(1):
        name = begun.id if number == 1 else f"{begun.id}-{number}"
        try:
            (sessions_home() / name).mkdir(mode=PRIVATE_DIRECTORY)
        except FileExistsError:
            continue  # another interview began in the same second
        except OSError as error:
            raise write_error(sessions_home() / name, error) from error
        return SessionFolder(sessions_home() / name), begun.model_copy(update={"id": name})
    raise AssertionError("numbers do not end")


def _plan(options: Options) -> tuple[Plan, str]:
    """What is asked, and what it is called."""
    from interviewer.questions.bank import load_bank
    from interviewer.questions.choose import choose
    from interviewer.questions.schema import Level

    if options.plan is not None:
        return options.plan, options.title or "Interview"
    levels = [level.value for level in Level]
    if options.level not in levels:
        raise InputError(
            f"There is no level called {options.level}.", f"Choose {', '.join(levels)}."
        )
    bank = load_bank(options.domain)
    seed = secrets.randbelow(_SEEDS) if options.seed is None else options.seed
    plan = choose(bank, Level(options.level), options.minutes, seed)
    return plan, f"{bank.title}, {options.level}"


def _begun(options: Options, plan: Plan, title: str, equipment: Equipment) -> Session:
    """The session as far as it is known before it begins."""
    now = datetime.now().astimezone()
    questions = tuple(planned.question for planned in plan.questions)
    domains = {question.domain for question in questions}
    levels = {question.level for question in questions}
    domain = domains.pop() if len(domains) == 1 else None
    session_id = f"{options.name or domain or 'interview'}-{now:%Y%m%d-%H%M%S}"
    return Session(
        id=options.folder.resolve().name if options.folder else session_id,
        title=title,
        created_at=now,
        candidate=equipment.who or options.who,
        domain=domain,
        level=options.level if options.plan is None else levels.pop() if len(levels) == 1 else None,
        recording=first_recording(
            uuid.uuid4().hex, has_audio=equipment.is_heard, has_video=equipment.is_seen
        ),
        questions=questions,
        calibration=options.calibration,
        analysis=choose_analysis(
            None, options.model, options.language, has_audio=equipment.is_heard
        ),
    )


def _require_empty(folder: SessionFolder) -> None:
    if folder.path.exists() and any(folder.path.iterdir()):
        raise InputError(
            f"{folder.path} is not empty.", "Give a new directory, or leave out --out."
        )
