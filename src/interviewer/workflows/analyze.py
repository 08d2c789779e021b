"""From a recording, or a session folder, to its assessment."""

import dataclasses
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.errors import InputError
from interviewer.interview.documents.assessment import Assessment
from interviewer.interview.documents.observations import Modality, Observations
from interviewer.interview.documents.session import Analysis, Session
from interviewer.interview.timeline import boundaries_of
from interviewer.workflows.folders import SessionFolder
from interviewer.workflows.history import remember
from interviewer.workflows.recordings import open_target
from interviewer.workflows.steps import Fetching, Quiet, Steps

if TYPE_CHECKING:
    from interviewer.analysis.job import Job

NO_SOUND = "the recording has no sound"
NO_PICTURE = "the recording has no picture"
LANDMARKER = "face-landmarker"


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
    session = opened.model_copy(update={"analysis": _chosen(opened, options)})
    if not folder.holds_session() or folder.read_session() != session:
        folder.write_session(session)
    job, absent = _job(folder, session)
    observations = recall(job, absent)
    if observations is None:
        observations, found = _observe(job, absent, steps)
        notes = notes or found
    assessment = assess(session, observations)
    folder.write_assessment(assessment)
    indexed = remember(session, assessment, folder.path)
    return Analysed(folder, session, assessment, (*notes, *indexed))


def _chosen(session: Session, options: Options) -> Analysis | None:
    """How the sound is to be analysed; what a person typed wins over what was chosen before."""
    from interviewer.weights.catalogue import RECOGNISERS
    from interviewer.weights.registry import Weights

    if not session.recording.has_audio:
        return session.analysis
    weights = Weights()
    before = session.analysis
    name = options.model or (before.recogniser if before else weights.default_recogniser())
    if weights.asset(name).name not in RECOGNISERS:
        raise InputError(f"{name} is no speech recogniser.", f"Give {' or '.join(RECOGNISERS)}.")
    language = options.language or (before.language if before else None)
    return Analysis(recogniser=name, language=language)


def _job(folder: SessionFolder, session: Session) -> tuple["Job", dict[Modality, str]]:
    """What can be observed of a session, and why the rest cannot; no model is looked for yet."""
    from interviewer.analysis.job import Job, Landmarker, Recogniser
    from interviewer.weights.registry import Weights

    weights = Weights()
    absent: dict[Modality, str] = {}
    recogniser = landmarker = None
    if session.analysis is not None and session.recording.has_audio:
        name = session.analysis.recogniser
        recogniser = Recogniser(name, weights.fingerprint(name), session.analysis.language)
    else:
        absent |= {Modality.SPEECH: NO_SOUND, Modality.VOICE: NO_SOUND}
    if session.recording.has_video:
        landmarker = Landmarker(weights.fingerprint(LANDMARKER))
    else:
        absent[Modality.FACE] = NO_PICTURE
    job = Job(
        recording=folder.recording_of(session),
        identity=session.recording.identity,
        duration=session.recording.duration,
        observations=folder.observations,
        boundaries=boundaries_of(session),
        recogniser=recogniser,
        landmarker=landmarker,
        voice_models=weights.fingerprints("swift-f0"),
        activity_models=weights.fingerprints("silero-vad"),
    )
    return job, absent


def _observe(
    job: "Job", absent: dict[Modality, str], steps: Steps
) -> tuple[Observations, tuple[str, ...]]:
    """Make the observations that are missing, with the recording and the models at hand."""
    from interviewer.analysis.media import probe
    from interviewer.analysis.observe import observe

    notes = probe(job.recording).notes
    equipped = _equipped(job, steps)
    steps.begin("Listening and looking")
    observations = observe(equipped, absent, steps.advance)
    steps.end()
    return observations, notes


def _equipped(job: "Job", steps: Steps) -> "Job":
    """The same job with its models found or fetched."""
    from interviewer.weights.registry import Weights

    weights = Weights()
    recogniser, landmarker = job.recogniser, job.landmarker
    if recogniser is not None:
        folder = weights.directory(recogniser.name, Fetching(steps, recogniser.name))
        recogniser = dataclasses.replace(recogniser, folder=folder)
    if landmarker is not None:
        file = weights.file(LANDMARKER, progress=Fetching(steps, LANDMARKER))
        landmarker = dataclasses.replace(landmarker, file=file)
    return dataclasses.replace(job, recogniser=recogniser, landmarker=landmarker)
