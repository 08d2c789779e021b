"""From what a person names to its session folder; foreign recordings are given one."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.errors import InputError
from interviewer.interview.documents.session import (
    Event,
    EventKind,
    Question,
    Recording,
    Session,
)
from interviewer.workflows.folders import SessionFolder, folder_for, session_at
from interviewer.workflows.steps import Steps

if TYPE_CHECKING:
    from interviewer.analysis.media import MediaInfo

PLAYABLE = "Give a recording (mp4, mov, mkv, webm, avi, wav, mp3, m4a) or a session folder."


def open_target(
    target: Path, out: Path | None, steps: Steps
) -> tuple[SessionFolder, Session, tuple[str, ...]]:
    """Find the session that is meant, or make one for a foreign recording.

    Args:
        target: A recording, a session folder, a recording inside one, or a session's id.
        out: Session folder for a foreign recording; None for the usual place.
        steps: Told what is being done.

    Returns:
        The folder, the session, and what is worth knowing about the recording.

    Raises:
        InputError: It cannot be read, or `out` is of no use.
    """
    folder = session_at(target)
    if folder is None:
        return _open_recording(target, out, steps)
    if out is not None:
        raise InputError(
            f"{target} belongs to a session, which keeps its own results in {folder.path}.",
            "Leave out --out, or give a recording that is not in a session folder.",
        )
    session = folder.read_session()
    if folder.recording_of(session).exists():
        _require_unchanged(folder, session, steps)
    return folder, session, ()


def _require_unchanged(folder: SessionFolder, session: Session, steps: Steps) -> None:
    """Refuse another file in the recording's place: what was observed would not be about it."""
    recording = folder.recording_of(session)
    if _hashed(recording, steps) != session.recording.sha256:
        raise InputError(
            f"{recording} is not the recording of the session in {folder.path}: its content has "
            "changed.",
            "Put the original back, or copy this file to another folder and analyse it there.",
        )


def require_recording(folder: SessionFolder, session: Session) -> None:
    """Say why what was not observed cannot be observed now.

    Raises:
        InputError: The recording was deleted, as was asked.
    """
    if not session.recording.kept and not folder.recording_of(session).exists():
        raise InputError(
            "The recording of this session was not kept, so nothing new can be measured in it.",
            "Leave out --model and --language: what was measured is still there.",
        )


def _hashed(recording: Path, steps: Steps) -> str:
    from interviewer.analysis.media import sha256_of

    steps.begin("Reading the recording")
    sha256 = sha256_of(recording, steps.advance)
    steps.end()
    return sha256


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
    path: Path, out: Path | None, steps: Steps
) -> tuple[SessionFolder, Session, tuple[str, ...]]:
    """Give a foreign recording its session folder."""
    from interviewer.analysis.media import probe

    if not path.exists():
        raise InputError(f"There is no recording or session called {path}.", PLAYABLE)
    for name in filter(None, (path, out)):
        _require_text(name.absolute())
    media = probe(path)
    sha256 = _hashed(path, steps)
    folder = SessionFolder(out) if out else folder_for(path, sha256)
    if out is not None:
        _require_free(folder, sha256)
    session = _session_of(path, sha256, media, folder)
    if folder.holds_session():
        session = session.model_copy(update={"analysis": folder.read_session().analysis})
    return folder, session, media.notes


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
