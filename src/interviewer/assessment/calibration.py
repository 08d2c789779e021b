"""What the device check learns about a candidate, and what an assessment takes from it."""

from collections.abc import Sequence
from enum import Enum
from statistics import median
from typing import Final

import numpy as np

from interviewer.assessment.baseline import Baseline, CueReference
from interviewer.assessment.cues import CUES, TYPICAL, voice_cues
from interviewer.assessment.gaze import Direction, direction, has_closed_eyes
from interviewer.assessment.series import series_of
from interviewer.interview.documents.base import Span
from interviewer.interview.documents.observations import (
    FaceFrame,
    Observations,
    SpeechObservation,
    VoiceObservation,
)
from interviewer.interview.documents.session import Calibration, CameraDirection, NeutralVoice

SOURCE: Final = (
    "the sentence you read before the interview; pauses and fillers against what is usual in "
    "interviews"
)
"""What a person reads about where the level of tone is from."""

_USUAL_FILLERS: Final = 0.9
"""Fillers in 10 s: the median of 3.5 um, uh and ah per 100 words at the median of 154 words a
minute, 137 mock interviews of 69 MIT students (corpus of Naim et al., 2018)."""

_USUAL_PAUSES: Final = 0.16
"""Share of pauses: the middle of the 2 to 30 % (5th to 95th percentile) of 101 readers, measured as
here; talks to a camera lie in the same range."""

_FEWEST_LOOKS: Final = 8
"""Open eyes seen; at five a second somewhat more than half of three seconds."""

_STEADY_ACROSS: Final = 6.0
_STEADY_UP: Final = 8.0
_STEADY_SHARE: Final = 0.7
"""Degrees around the middle within which this share of all looks must lie: people who look at a
camera keep four fifths of their looks within 6 degrees to the side. Up and down is measured with
more noise, because lids follow the eyes."""

_FARTHEST_ACROSS: Final = 20.0
_FARTHEST_UP: Final = 25.0
"""Degrees that no look at the camera is measured off: uncalibrated, people who look at the camera
had medians up to 6 across and 13 up or down."""


class Unclear(Enum):
    """Why looks do not tell where the camera is."""

    NO_FACE = "no face"
    TOO_FEW = "too few looks"
    UNSTEADY = "unsteady"
    FAR = "far from the camera"


def neutral_voice_of(voice: VoiceObservation, speech: Sequence[Span]) -> NeutralVoice | None:
    """How somebody sounds who reads a neutral sentence aloud.

    Args:
        voice: Frames of it.
        speech: Where it was spoken, in seconds on the same clock.

    Returns:
        None with less than a second of voiced sound.
    """
    spoken = SpeechObservation(start=voice.start, end=voice.end, speech=tuple(speech), words=())
    series = series_of(Observations(duration=voice.end, speech=(spoken,), voice=(voice,)))
    voiced = series.voice.voiced().within(series.speech)
    cues = voice_cues(voiced)
    if cues is None:
        return None
    pitch, pitch_range, loudness, balance = cues
    return NeutralVoice(
        pitch=round(2 ** (pitch / 12), 1),
        pitch_range=round(pitch_range, 2),
        loudness=round(loudness, 1),
        balance=round(balance, 1),
        seconds=round(float(voiced.step.sum()), 2),
    )


def camera_direction_of(frames: Sequence[FaceFrame]) -> CameraDirection | Unclear:
    """Where somebody is measured to look who was asked to look at the camera.

    Args:
        frames: About five a second, in order of time.

    Returns:
        The median direction of the looks; or why it cannot be told.
    """
    if sum(frame.faces > 0 for frame in frames) < len(frames) / 2 or not frames:
        return Unclear.NO_FACE
    found = [
        look
        for frame in frames
        if not has_closed_eyes(frame) and (look := direction(frame)) is not None
    ]
    if len(found) < _FEWEST_LOOKS:
        return Unclear.TOO_FEW
    across, up = median(look[0] for look in found), median(look[1] for look in found)
    steady = sum(
        abs(look[0] - across) <= _STEADY_ACROSS and abs(look[1] - up) <= _STEADY_UP
        for look in found
    )
    if steady < _STEADY_SHARE * len(found):
        return Unclear.UNSTEADY
    if abs(across) > _FARTHEST_ACROSS or abs(up) > _FARTHEST_UP:
        return Unclear.FAR
    return CameraDirection(across=round(across, 1), up=round(up, 1), looks=len(found))


def centre_from(calibration: Calibration | None) -> Direction | None:
    """Where the camera is, as the measure of eye contact wants it; None where it was not found."""
    if calibration is None or calibration.camera is None:
        return None
    return calibration.camera.across, calibration.camera.up


def baseline_from(calibration: Calibration | None) -> Baseline | None:
    """What the level of tone is measured against; None where nothing was read aloud.

    The voice is compared with the candidate's own. Pauses and fillers are compared with what is
    usual in interviews, because reading has next to none of them; and rate takes no part, because
    people read faster or slower than they talk.
    """
    if calibration is None or calibration.voice is None:
        return None
    voice = calibration.voice
    usual = {
        "pitch_level": 12 * float(np.log2(voice.pitch)),
        "pitch_range": voice.pitch_range,
        "loudness": voice.loudness,
        "balance": voice.balance,
        "pauses": _USUAL_PAUSES,
        "fillers": _USUAL_FILLERS,
    }
    typical = dict(zip(CUES, TYPICAL.tolist(), strict=True))
    return Baseline(
        source=SOURCE,
        cues={
            name: CueReference(median=round(value, 4), spread=typical[name])
            for name, value in usual.items()
        },
    )
