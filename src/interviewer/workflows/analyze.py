"""From a recording, or a session folder, to its assessment."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.interview.documents.assessment import Assessment
from interviewer.interview.documents.observations import Modality, Observations
from interviewer.interview.documents.session import Session
from interviewer.workflows.folders import SessionFolder
from interviewer.workflows.history import remember
from interviewer.workflows.jobs import choose_analysis, equipped, job_of
from interviewer.workflows.recordings import open_target, require_recording
from interviewer.workflows.steps import Quiet, Steps

if TYPE_CHECKING:
    from interviewer.analysis.job import Job


@dataclass(frozen=True, slots=True)
class Options:
    """What a person can choose about an analysis; the choice is kept with the session.

    Attributes:
        language: ISO 639-1 code of what is spoken; None for what was chosen before, else to detect
            it.
        model: Name of the recogniser in the registry; None for what was chosen before, else for
            the best that is here.
        folder: Session folder to use for a foreign recording; None for the usual place.
    """

    language: str | None = None
    model: str | None = None
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Analysed:
    """A session with its assessment and what is worth knowing about its recording."""

    folder: SessionFolder
    session: Session
    assessment: Assessment
    notes: tuple[str, ...] = field(default=())


def analyze(target: Path, options: Options | None = None, steps: Steps | None = None) -> Analysed:
    """Observe what is still missing of a recording, assess it, and write `assessment.json`.

    Where everything was observed before, neither the recording nor a model is needed.

    Args:
        target: A recording, a session folder, a recording inside one, or a session's id.
        options: Language, model and place.
        steps: Told what is being done.

    Raises:
        InterviewerError: One of its kinds, with the sentence to show.
    """
    from interviewer.analysis.observe import recall
    from interviewer.assessment.assess import assess

    options = options or Options()
    steps = steps or Quiet()
    folder, opened, notes = open_target(target, options.folder, steps)
    has_audio = opened.recording.has_audio
    chosen = choose_analysis(opened.analysis, options.model, options.language, has_audio=has_audio)
    session = opened.model_copy(update={"analysis": chosen})
    job, absent = job_of(folder, session)
    observations = recall(job, absent)
    if observations is None:
        require_recording(folder, session)
    if not folder.holds_session() or folder.read_session() != session:
        folder.write_session(session)
    if observations is None:
        observations, found = _observe(job, absent, steps)
        notes = notes or found
    assessment = assess(session, observations)
    folder.write_assessment(assessment)
    indexed = remember(session, assessment, folder.path)
    return Analysed(folder, session, assessment, (*notes, *indexed))


def _observe(
    job: "Job", absent: dict[Modality, str], steps: Steps
) -> tuple[Observations, tuple[str, ...]]:
    """Make the observations that are missing, with the recording and the models at hand."""
    from interviewer.analysis.media import probe
    from interviewer.analysis.observe import observe

    notes = probe(job.recording).notes
    ready = equipped(job, steps)
    steps.begin("Listening and looking")
    observations = observe(ready, absent, steps.advance)
    steps.end()
    return observations, notes
