"""`observations/`: what was measured, one file per segment and modality.

All series are rounded when stored (times to 1 ms, pitch to 0.1 Hz, levels to 0.1 dB, angles to
0.1 degree, shares to 0.001), far below what the measurement itself can tell.
"""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from interviewer.interview.documents.base import Document, Seconds, Share, Span

OBSERVATION_VERSION = 1


class Modality(StrEnum):
    """One way of observing a segment."""

    SPEECH = "speech"
    VOICE = "voice"
    FACE = "face"


class ObservationKey(Document):
    """What an observation depends on: equal keys mean that it need not be made again."""

    recording: str = Field(description="SHA-256 of the recording.")
    start: Seconds
    end: Seconds
    modality: Modality
    version: int = OBSERVATION_VERSION
    models: dict[str, str] = Field(default={}, description="Model name to SHA-256 of its weights.")
    options: dict[str, str | float | None] = Field(
        default={}, description="Language, prompt, rate and the like."
    )


class Word(Document):
    """One word as it was heard, fillers included, punctuation attached."""

    text: str
    start: Seconds
    end: Seconds
    probability: Share


class SpeechObservation(Document):
    """Words of one segment."""

    modality: Literal[Modality.SPEECH] = Modality.SPEECH
    start: Seconds
    end: Seconds
    language: str | None = Field(default=None, description="ISO 639-1; None where nobody spoke.")
    language_probability: Share | None = None
    speech: tuple[Span, ...] = Field(description="Where the voice activity detector heard speech.")
    words: tuple[Word, ...]


class VoiceObservation(Document):
    """Frames of the voice in one segment: frame i is centred `start + (i + 0.5) * hop`."""

    modality: Literal[Modality.VOICE] = Modality.VOICE
    start: Seconds
    end: Seconds
    hop: float = Field(gt=0, description="Seconds from one frame to the next.")
    f0: tuple[float | None, ...] = Field(
        description="Fundamental frequency in Hz; None where the frame is unvoiced."
    )
    voicing: tuple[float, ...] = Field(description="Confidence that the frame is voiced, 0 to 1.")
    level: tuple[float, ...] = Field(description="Root mean square level in dB of full scale.")
    balance: tuple[float, ...] = Field(
        description="Spectral balance: level above 1 kHz minus level below it, in dB."
    )


class FaceFrame(Document):
    """One look at the picture. Angles in degrees from the candidate's point of view."""

    time: Seconds
    faces: int = Field(ge=0, description="How many faces were found.")
    box: tuple[float, float, float, float] | None = Field(
        default=None, description="The main face: left, top, width, height as shares of the frame."
    )
    yaw: float | None = Field(
        default=None,
        description="Head turn against the line to the camera; positive to its own left.",
    )
    pitch: float | None = Field(
        default=None, description="Head nod against the line to the camera; positive is up."
    )
    roll: float | None = Field(default=None, description="Head tilt; positive to its own left.")
    gaze_x: float | None = Field(
        default=None, description="Eyes in the head, -1 to 1; positive to their own left."
    )
    gaze_y: float | None = Field(
        default=None, description="Eyes in the head, -1 to 1; positive is up."
    )
    eyes_closed: float | None = Field(default=None, description="Blink blendshape, 0 to 1.")
    smile: float | None = Field(default=None, description="Smile blendshape, 0 to 1.")
    jaw_open: float | None = Field(default=None, description="Jaw blendshape, 0 to 1.")
    brightness: float | None = Field(
        default=None, description="Mean luma of the main face, 0 to 1; of the frame without one."
    )


class FaceObservation(Document):
    """Looks at the picture in one segment, about five a second."""

    modality: Literal[Modality.FACE] = Modality.FACE
    start: Seconds
    end: Seconds
    rate: float = Field(gt=0, description="Looks per second that were asked for.")
    frames: tuple[FaceFrame, ...]


class Observations(Document):
    """All that was observed of one recording, in order of time."""

    duration: Seconds
    speech: tuple[SpeechObservation, ...] = ()
    voice: tuple[VoiceObservation, ...] = ()
    face: tuple[FaceObservation, ...] = ()
    absent: dict[Modality, str] = Field(
        default={}, description="Why a modality was not observed at all, as a short clause."
    )
