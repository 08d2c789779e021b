"""What is to be observed of one recording, and with what; it crosses to the worker processes."""

from dataclasses import dataclass
from pathlib import Path

from interviewer.analysis.segments import CUTTER_VERSION
from interviewer.analysis.speech import FILLER_PROMPT
from interviewer.interview.documents.observations import Modality, ObservationKey


@dataclass(frozen=True, slots=True)
class Recogniser:
    """The speech recogniser's weights and how it is to be asked.

    Attributes:
        name: Its name in the registry of models.
        fingerprint: SHA-256 of its weights.
        language: ISO 639-1 code; None to detect it.
        folder: Directory of its files; None as long as nothing has to be recognised.
    """

    name: str
    fingerprint: str
    language: str | None = None
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Landmarker:
    """The face landmarker's weights.

    Attributes:
        fingerprint: SHA-256 of its file.
        rate: Looks at the picture per second.
        file: The `.task` file; None as long as nothing has to be looked at.
    """

    fingerprint: str
    rate: float = 5.0
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One recording to observe.

    Attributes:
        recording: The media file.
        identity: Names its content: its SHA-256, or what it was called while it was being recorded.
        duration: Its length in seconds.
        observations: Folder in which observations are kept.
        boundaries: Times at which a segment must end, ascending, in seconds.
        recogniser: None where there is no sound.
        landmarker: None where there is no picture.
        voice_models: Model name to SHA-256 for what measures the voice.
        activity_models: The same for what hears where somebody speaks.
    """

    recording: Path
    identity: str
    duration: float
    observations: Path
    boundaries: tuple[float, ...]
    recogniser: Recogniser | None
    landmarker: Landmarker | None
    voice_models: dict[str, str]
    activity_models: dict[str, str]

    @property
    def modalities(self) -> tuple[Modality, ...]:
        """What can be observed of this recording."""
        sound = (Modality.SPEECH, Modality.VOICE) if self.recogniser else ()
        return sound + ((Modality.FACE,) if self.landmarker else ())

    def key(self, modality: Modality, start: float, end: float) -> ObservationKey:
        """What the observation of a segment depends on.

        Args:
            modality: One of `modalities`.
            start: Start of the segment in seconds.
            end: End of the segment in seconds.
        """
        models: dict[str, str] = {}
        options: dict[str, str | float | None] = {}
        if modality is Modality.SPEECH and self.recogniser:
            # A segment's spans of speech come from the cutter, and decide what is recognised.
            models = {self.recogniser.name: self.recogniser.fingerprint, **self.activity_models}
            options = {
                "language": self.recogniser.language,
                "prompt": FILLER_PROMPT,
                "cutter": CUTTER_VERSION,
            }
        elif modality is Modality.VOICE:
            models = self.voice_models
        elif modality is Modality.FACE and self.landmarker:
            models = {"face-landmarker": self.landmarker.fingerprint}
            options = {"rate": self.landmarker.rate}
        return ObservationKey(
            recording=self.identity,
            start=round(start, 3),
            end=round(end, 3),
            modality=modality,
            models=models,
            options=options,
        )
