"""The session folder on disk: where each document of a session lies, and how it is read."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from interviewer.errors import InputError
from interviewer.interview.documents.assessment import Assessment
from interviewer.interview.documents.session import Session
from interviewer.paths import make_private, sessions_home, write_atomically

SESSION_FILE = "session.json"

JOURNAL = "journal.jsonl"
"""What an unfinished session has."""

_ELSEWHERE = "Upgrade interviewer, or copy the recording to another folder and analyse it there."


@dataclass(frozen=True, slots=True)
class SessionFolder:
    """One session's directory."""

    path: Path

    @property
    def observations(self) -> Path:
        """What was measured, one file per segment and modality."""
        return self.path / "observations"

    @property
    def assessment(self) -> Path:
        """Metrics, scores and findings."""
        return self.path / "assessment.json"

    @property
    def html(self) -> Path:
        """The report as a page."""
        return self.path / "report.html"

    @property
    def pdf(self) -> Path:
        """The report for print."""
        return self.path / "report.pdf"

    def recording_of(self, session: Session) -> Path:
        """The media file that a session refers to."""
        return self.path / session.recording.path

    def holds_session(self) -> bool:
        """Whether there is a `session.json`, readable or not."""
        return (self.path / SESSION_FILE).exists()

    def read_session(self) -> Session:
        """Read `session.json`.

        Raises:
            InputError: It is not there, cannot be read, or is of another version.
        """
        path = self.path / SESSION_FILE
        try:
            session = Session.model_validate_json(path.read_bytes())
        except FileNotFoundError as error:
            if (self.path / JOURNAL).exists():
                raise InputError(
                    f"The interview in {self.path} is not complete.",
                    "Wait until it has ended; where it was broken off, run `interviewer recover`.",
                ) from error
            raise InputError(
                f"{self.path} holds no session: there is no {SESSION_FILE} in it.",
                "Give a session folder or a recording.",
            ) from error
        except OSError as error:
            raise InputError(
                f"{path} cannot be read: {(error.strerror or str(error)).lower()}.",
                "Give a session folder or a recording.",
            ) from error
        except ValidationError as error:
            raise InputError(
                f"{path} is not a session this version understands: {_first(error)}.",
                _ELSEWHERE,
            ) from error
        asked = [event.question for event in session.events if event.question is not None]
        if asked and max(asked) >= len(session.questions):
            raise InputError(
                f"{path} tells of question {max(asked)}, counted from 0, but holds "
                f"{len(session.questions)}.",
                _ELSEWHERE,
            )
        return session

    def write_session(self, session: Session) -> None:
        """Write `session.json`, creating the folder if need be."""
        make_private(self.path)
        write_atomically(self.path / SESSION_FILE, session.model_dump_json(indent=1))

    def write_assessment(self, assessment: Assessment) -> None:
        """Write `assessment.json`, unless it says the same already."""
        content = assessment.model_dump_json(indent=1)
        if not self.assessment.exists() or self.assessment.read_text("utf-8") != content:
            write_atomically(self.assessment, content)


def session_at(target: Path) -> SessionFolder | None:
    """Find the session folder that a person means, if they mean one.

    Args:
        target: The folder, the recording inside it, or a session's id.

    Raises:
        InputError: It may not be read.
    """
    try:
        return _session_at(target)
    except OSError as error:
        raise InputError(
            f"{target} cannot be read: {(error.strerror or str(error)).lower()}.",
            "Check the name and its permissions, or copy it to a folder of your own.",
        ) from error


def _session_at(target: Path) -> SessionFolder | None:
    if target.is_dir():
        return SessionFolder(target)
    if target.is_file():
        folder = SessionFolder(target.parent)
        if not (target.parent / SESSION_FILE).exists():
            return None
        recording = folder.recording_of(folder.read_session())
        return folder if recording.exists() and recording.samefile(target) else None
    known = sessions_home() / target.name
    if target.parent == Path() and known.is_dir():
        return SessionFolder(known)
    return None


def folder_for(recording: Path, sha256: str) -> SessionFolder:
    """The folder of a foreign recording: the same content always finds the same folder."""
    return SessionFolder(sessions_home() / f"{slug(recording.stem)}-{sha256[:8]}")


def slug(text: str) -> str:
    """A short name that is safe as a directory on every system."""
    words = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    return words[:48].strip("-") or hashlib.sha256(text.encode()).hexdigest()[:8]


def _first(error: ValidationError) -> str:
    problem = error.errors()[0]
    where = ".".join(str(part) for part in problem["loc"]) or "the file"
    return f"{where}: {problem['msg'].lower()}"
