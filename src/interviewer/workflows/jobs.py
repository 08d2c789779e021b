"""What is to be observed of a session, with which models; the same during an interview and after.

No model is looked for until something has to be observed.
"""

import dataclasses
from typing import TYPE_CHECKING, Final

from interviewer.errors import InputError
from interviewer.interview.documents.observations import Modality
from interviewer.interview.documents.session import Analysis, Session
from interviewer.interview.timeline import boundaries_of
from interviewer.workflows.folders import SessionFolder
from interviewer.workflows.steps import Fetching, Steps

if TYPE_CHECKING:
    from interviewer.analysis.job import Job

NO_SOUND: Final = "the recording has no sound"
NO_PICTURE: Final = "the recording has no picture"
NO_MICROPHONE: Final = "no microphone was used"
NO_CAMERA: Final = "no camera was used"
LANDMARKER: Final = "face-landmarker"


def choose_analysis(
    before: Analysis | None, model: str | None, language: str | None, *, has_audio: bool
) -> Analysis | None:
    """How the sound is to be analysed; what a person typed wins over what was chosen before.

    Args:
        before: The earlier choice, if any.
        model: Name of a recogniser; None for the earlier choice, else for the best that is here.
        language: ISO 639-1 code; None for the earlier choice, else to detect it.
        has_audio: Whether there is sound.

    Raises:
        InputError: There is no such recogniser.
    """
    from interviewer.weights.catalogue import RECOGNISERS
    from interviewer.weights.registry import Weights

    if not has_audio:
        return before
    weights = Weights()
    name = model or (before.recogniser if before else weights.default_recogniser())
    if weights.asset(name).name not in RECOGNISERS:
        raise InputError(f"{name} is no speech recogniser.", f"Give {' or '.join(RECOGNISERS)}.")
    return Analysis(recogniser=name, language=language or (before.language if before else None))


def job_of(folder: SessionFolder, session: Session) -> tuple["Job", dict[Modality, str]]:
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
        why = NO_SOUND if session.recording.key is None else NO_MICROPHONE
        absent |= {Modality.SPEECH: why, Modality.VOICE: why}
    if session.recording.has_video:
        landmarker = Landmarker(weights.fingerprint(LANDMARKER))
    else:
        absent[Modality.FACE] = NO_PICTURE if session.recording.key is None else NO_CAMERA
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


def equipped(job: "Job", steps: Steps) -> "Job":
    """The same job with its models found or fetched.

    Raises:
        ModelMissingError: One of them is neither here nor to be had.
    """
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
