"""Observations on disk: one file per segment and modality, found again by what it depends on."""

import contextlib
import json
import logging
import time
from pathlib import Path

from pydantic import ValidationError

from interviewer.analysis.job import Job
from interviewer.analysis.segments import CUTTER_VERSION, Segment
from interviewer.interview.documents.base import Span
from interviewer.interview.documents.observations import (
    FaceObservation,
    Modality,
    ObservationKey,
    SpeechObservation,
    VoiceObservation,
)
from interviewer.paths import make_private, write_atomically

Observation = SpeechObservation | VoiceObservation | FaceObservation

_MODELS: dict[Modality, type[SpeechObservation | VoiceObservation | FaceObservation]] = {
    Modality.SPEECH: SpeechObservation,
    Modality.VOICE: VoiceObservation,
    Modality.FACE: FaceObservation,
}

_SEGMENTS = "segments.json"

ABANDONED = 600.0
"""Seconds after which a file that was never finished belongs to a process that was stopped."""

log = logging.getLogger(__name__)


class ObservationStore:
    """The `observations/` folder of a session.

    A file is written whole or not at all, so whatever is there survived an interruption and need
    not be made again.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path_of(self, key: ObservationKey) -> Path:
        """Where the observation of this segment and modality is kept."""
        start, end = round(key.start * 1000), round(key.end * 1000)
        return self.folder / f"{key.modality}-{start:09d}-{end:09d}.json"

    def get(self, key: ObservationKey) -> Observation | None:
        """Return what was observed under exactly this key.

        Returns:
            None where nothing was stored, it depended on something else, or it cannot be read.
        """
        path = self.path_of(key)
        try:
            stored = json.loads(path.read_bytes())
            if ObservationKey.model_validate(stored["key"]) != key:
                return None
            return _MODELS[key.modality].model_validate(stored["observation"])
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, ValidationError) as error:
            log.warning("observation %s is not readable and will be made again: %s", path, error)
            return None

    def put(self, key: ObservationKey, observation: Observation) -> None:
        """Keep an observation, in place of any earlier one of this segment and modality.

        Raises:
            CannotDoError: The disk is full or the folder cannot be written.
        """
        make_private(self.folder)
        content = {
            "key": key.model_dump(mode="json"),
            "observation": observation.model_dump(mode="json", exclude_none=True),
        }
        write_atomically(self.path_of(key), json.dumps(content, separators=(",", ":")))

    def segments(self, job: Job) -> list[Segment] | None:
        """Return how the recording was cut, if the same cutter cut the same recording.

        Returns:
            The segments in order; None where the recording must be cut anew.
        """
        try:
            stored = json.loads((self.folder / _SEGMENTS).read_bytes())
            if stored["key"] != _cut_key(job):
                return None
            return [
                Segment(start, end, tuple(Span(start=a, end=b) for a, b in speech))
                for start, end, speech in stored["segments"]
            ]
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("the segments in %s are not readable: %s", self.folder, error)
            return None

    def remember_segments(self, job: Job, segments: list[Segment]) -> None:
        """Keep how the recording was cut.

        Raises:
            CannotDoError: The disk is full or the folder cannot be written.
        """
        make_private(self.folder)
        content = {
            "key": _cut_key(job),
            "segments": [
                [item.start, item.end, [[span.start, span.end] for span in item.speech]]
                for item in segments
            ],
        }
        write_atomically(self.folder / _SEGMENTS, json.dumps(content, separators=(",", ":")))

    def prune(self, keep: set[Path]) -> None:
        """Remove observations of segments that the recording is no longer cut into."""
        for path in self.folder.glob("*-*-*.json"):
            if path not in keep:
                path.unlink(missing_ok=True)
        for part in self.folder.glob(".*.part"):
            # A young one may be what another analysis of this recording is writing just now.
            with contextlib.suppress(FileNotFoundError):
                if time.time() - part.stat().st_mtime > ABANDONED:
                    part.unlink()


def _cut_key(job: Job) -> dict[str, object]:
    return {
        "recording": job.identity,
        "cutter": CUTTER_VERSION,
        "models": job.activity_models,
        "sound": job.recogniser is not None,
        "boundaries": list(job.boundaries),
    }
