"""`session.json`: who was asked what, and when; everything after recording reads it."""

from datetime import datetime
from enum import StrEnum
from typing import Final, Literal

from pydantic import Field

from interviewer.interview.documents.base import Document, Seconds

SESSION_VERSION: Final = 1


class TargetBand(Document):
    """How long a good answer usually takes, in seconds."""

    low: Seconds
    high: Seconds


class Question(Document):
    """One question as it was asked."""

    id: str
    text: str
    domain: str | None = None
    level: str | None = None
    kind: str | None = None
    target: TargetBand | None = None


class EventKind(StrEnum):
    """What can happen on the timeline of a session.

    A repetition drops what was said before it in the same take: the question's end is then the end
    of the repetition. `answer_redone` carries the take that it begins. Paused time is not on the
    recording, so `paused` and `resumed` mark a place in it, not a stretch.
    """

    QUESTION_ASKED = "question_asked"
    QUESTION_REPEATED = "question_repeated"
    QUESTION_ENDED = "question_ended"
    QUESTION_SKIPPED = "question_skipped"
    ANSWER_STARTED = "answer_started"
    ANSWER_ENDED = "answer_ended"
    ANSWER_REDONE = "answer_redone"
    PAUSED = "paused"
    RESUMED = "resumed"
    STOPPED = "stopped"


class Event(Document):
    """One thing that happened, with its time on the recording."""

    time: Seconds
    kind: EventKind
    question: int | None = Field(default=None, ge=0, description="Index into `questions`.")
    take: int = Field(default=1, ge=1, description="Which attempt at the question this is.")


class Recording(Document):
    """The media file that the session's times refer to."""

    path: str = Field(description="Relative to the session folder, or absolute for foreign files.")
    sha256: str
    duration: Seconds
    has_audio: bool
    has_video: bool
    key: str | None = Field(
        default=None,
        description="Names the recording in what was observed of it while it grew, before its "
        "content had a hash; None where it was observed only later.",
    )
    kept: bool = Field(
        default=True,
        description="False where the recording was deleted after it was observed, as was asked.",
    )

    @property
    def identity(self) -> str:
        """What names the recording in what was observed of it."""
        return self.key or self.sha256


class Analysis(Document):
    """How the recording is to be analysed; chosen once, so that a report sees the same words."""

    recogniser: str = Field(description="Name of the speech recogniser.")
    language: str | None = Field(
        default=None, description="ISO 639-1 of what is spoken; None to detect it."
    )


class NeutralVoice(Document):
    """How the candidate sounds when nothing is at stake, from a sentence read aloud.

    Only the voiced sound of it: how fluently somebody reads says nothing about how fluently the
    same person answers.
    """

    pitch: float = Field(gt=0, description="Median fundamental frequency in Hz.")
    pitch_range: float = Field(ge=0, description="Standard deviation of pitch in semitones.")
    loudness: float = Field(description="Median level of the voice in dB of full scale.")
    balance: float = Field(
        description="Median spectral balance: level above 1 kHz minus level below it, in dB."
    )
    seconds: float = Field(gt=0, description="How much voiced sound was measured.")


class CameraDirection(Document):
    """Where head and eyes are measured to point while the candidate looks at the camera."""

    across: float = Field(description="Degrees to the candidate's own left.")
    up: float = Field(description="Degrees upwards.")
    looks: int = Field(ge=1, description="How many looks it is the median of.")


class Calibration(Document):
    """What was measured of the candidate before the interview; either part may be missing."""

    voice: NeutralVoice | None = None
    camera: CameraDirection | None = None


class Session(Document):
    """Everything about a session that is known when its recording ends."""

    schema_version: Literal[1] = SESSION_VERSION
    id: str
    title: str
    created_at: datetime = Field(description="Wall clock, with its offset from UTC.")
    candidate: str | None = None
    domain: str | None = None
    level: str | None = None
    recording: Recording
    questions: tuple[Question, ...] = ()
    events: tuple[Event, ...] = ()
    analysis: Analysis | None = Field(
        default=None, description="None until it was analysed for the first time."
    )
    calibration: Calibration | None = Field(
        default=None, description="From the device check; None where there was none."
    )
