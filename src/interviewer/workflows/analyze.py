"""From a recording, or a session folder, to its assessment."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.errors import InputError
from interviewer.interview.documents.assessment import Assessment
from interviewer.interview.documents.observations import Modality
from interviewer.interview.documents.session import (
    Event,
    EventKind,
    Question,
    Recording,
    Session,
)
from interviewer.interview.timeline import boundaries_of
from interviewer.workflows.folders import SessionFolder, folder_for, session_at
from interviewer.workflows.history import remember
from interviewer.workflows.steps import Fetching, Quiet, Steps

if TYPE_CHECKING:
    from interviewer.analysis.job import Job
    from interviewer.analysis.media import MediaInfo

NO_SOUND = "the recording has no sound"
NO_PICTURE = "the recording has no picture"
PLAYABLE = "Give a recording (mp4, mov, mkv, webm, avi, wav, mp3, m4a) or a session folder."


@dataclass(frozen=True, slots=True)
class Options:
    """What a person can choose about an analysis.

    Attributes:
        language: ISO 639-1 code of what is spoken; None to detect it.
        model: Name of the recogniser in the registry; None for the best that is here.
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

    Args:
        target: A recording, a session folder, a recording inside one, or a session's id.
        options: Language, model and place.
        steps: Told what is being done.

    Raises:
        InterviewerError: One of its kinds, with the sentence to show.
    """
    from interviewer.analysis.media import probe
    from interviewer.analysis.observe import observe
    from interviewer.assessment.assess import assess

    options = options or Options()
    steps = steps or Quiet()
    folder = session_at(target)
    if folder is None:
        folder, session, media = _open_recording(target, options, steps)
    elif options.folder is not None:
        raise InputError(
            f"{target} belongs to a session, which keeps its own results in {folder.path}.",
            "Leave out --out, or give a recording that is not in a session folder.",
        )
    else:
        session = folder.read_session()
        media = probe(folder.recording_of(session))
        _require_unchanged(folder, session, steps)
    job, absent = _job(folder, session, media, options, steps)

    steps.begin("Listening and looking")
    observations = observe(job, absent, steps.advance)
    steps.end()
    assessment = assess(session, observations)
    folder.write_assessment(assessment)
    notes = remember(session, assessment, folder.path)
    return Analysed(folder, session, assessment, (*media.notes, *notes))


def _require_unchanged(folder: SessionFolder, session: Session, steps: Steps) -> None:
    """Refuse another file in the recording's place: what was observed would not be about it."""
    from interviewer.analysis.media import sha256_of

    recording = folder.recording_of(session)
    steps.begin("Reading the recording")
    sha256 = sha256_of(recording, steps.advance)
    steps.end()
    if sha256 != session.recording.sha256:
        raise InputError(
            f"{recording} is not the recording of the session in {folder.path}: its content has "
            "changed.",
            "Put the original back, or copy this file to another folder and analyse it there.",
        )


def _require_text(path: Path) -> None:
    """Refuse a name whose bytes are no text, because documents could not hold it."""
    try:
        str(path).encode()
    except UnicodeEncodeError as error:
        raise InputError(
            f"The name {path.name!a} holds bytes that are not text.", "Rename it."
        ) from error


def _require_free(folder: SessionFolder, sha256: str) -> None:
    """Refuse a folder that holds another session, which would be lost."""
    if not folder.holds_session():
        return
    held = folder.read_session().recording
    if held.sha256 != sha256 or not Path(held.path).is_absolute():
        raise InputError(
            f"{folder.path} holds another session already.", "Give another folder with --out."
        )


def _open_recording(
    path: Path, options: Options, steps: Steps
) -> tuple[SessionFolder, Session, "MediaInfo"]:
    """Give a foreign recording its session folder."""
    from interviewer.analysis.media import probe, sha256_of

    if not path.exists():
        raise InputError(f"There is no recording or session called {path}.", PLAYABLE)
    for name in filter(None, (path, options.folder)):
        _require_text(name.absolute())
    media = probe(path)
    steps.begin("Reading the recording")
    sha256 = sha256_of(path, steps.advance)
    steps.end()
    folder = SessionFolder(options.folder) if options.folder else folder_for(path, sha256)
    if options.folder is not None:
        _require_free(folder, sha256)
    session = _session_of(path, sha256, media, folder)
    folder.write_session(session)
    return folder, session, media


def _session_of(path: Path, sha256: str, media: "MediaInfo", folder: SessionFolder) -> Session:
    """Describe a foreign recording: a chapter is an answer; without chapters it is one answer."""
    events: list[Event] = []
    questions: list[Question] = []
    for index, chapter in enumerate(media.chapters):
        questions.append(Question(id=f"chapter-{index + 1}", text=chapter.title))
        events += [
            Event(time=chapter.start, kind=EventKind.ANSWER_STARTED, question=index),
            Event(time=chapter.end, kind=EventKind.ANSWER_ENDED, question=index),
        ]
    return Session(
        id=folder.path.name,
        title=path.stem,
        created_at=datetime.fromtimestamp(path.stat().st_mtime, tz=UTC),
        recording=Recording(
            path=str(path.resolve()),
            sha256=sha256,
            duration=media.duration,
            has_audio=media.has_audio,
            has_video=media.has_video,
        ),
        questions=tuple(questions),
        events=tuple(events),
    )


def _job(
    folder: SessionFolder,
    session: Session,
    media: "MediaInfo",
    options: Options,
    steps: Steps,
) -> tuple["Job", dict[Modality, str]]:
    """Decide what can be observed, and find the models for it."""
    from interviewer.analysis.job import Job, Landmarker, Recogniser
    from interviewer.weights.catalogue import RECOGNISERS
    from interviewer.weights.registry import Weights

    weights = Weights()
    absent: dict[Modality, str] = {}
    recogniser = landmarker = None
    voice_models: dict[str, str] = {}
    if media.has_audio:
        name = options.model or weights.default_recogniser()
        if weights.asset(name).name not in RECOGNISERS:
            raise InputError(
                f"{name} is no speech recogniser.", f"Give {' or '.join(RECOGNISERS)}."
            )
        recogniser = Recogniser(
            name,
            weights.directory(name, Fetching(steps, name)),
            weights.fingerprint(name),
            options.language,
        )
        voice_models = {"swift-f0": weights.fingerprint("swift-f0")}
    else:
        absent |= {Modality.SPEECH: NO_SOUND, Modality.VOICE: NO_SOUND}
    if media.has_video:
        name = "face-landmarker"
        file = weights.file(name, progress=Fetching(steps, name))
        landmarker = Landmarker(file, weights.fingerprint(name))
    else:
        absent[Modality.FACE] = NO_PICTURE
    job = Job(
        recording=folder.recording_of(session),
        sha256=session.recording.sha256,
        duration=media.duration,
        observations=folder.observations,
        boundaries=boundaries_of(session),
        recogniser=recogniser,
        landmarker=landmarker,
        voice_models=voice_models,
        activity_models={"silero-vad": weights.fingerprint("silero-vad")},
    )
    return job, absent
