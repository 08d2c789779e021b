"""A speaker's neutral reference, from elsewhere: the calibration sentence or earlier sessions."""

from collections.abc import Sequence

import numpy as np

from interviewer.assessment.cues import CUES, TYPICAL, Window, windows_of
from interviewer.assessment.grid import Floats
from interviewer.assessment.material import material_of
from interviewer.assessment.series import median
from interviewer.interview.documents.base import Document
from interviewer.interview.documents.observations import Observations
from interviewer.interview.documents.session import Session


class CueReference(Document):
    """Where one cue of a speaker usually lies, and how much it varies, in the cue's unit."""

    median: float
    spread: float


class Baseline(Document):
    """What tone is measured against; a cue that is not in it takes no part.

    Loudness and spectral balance compare only between recordings with the same microphone at the
    same place: leave them out otherwise.
    """

    source: str
    """What it was taken from, such as `the calibration sentence`."""
    cues: dict[str, CueReference]
    """By name, as in `interviewer.assessment.cues.CUES`."""


def baseline_of(
    session: Session, observations: Observations, source: str, *, same_microphone: bool = True
) -> Baseline | None:
    """Take a baseline from a recording in which the speaker was at ease.

    Args:
        session: The recording's session.
        observations: Of the recording.
        source: What a person reads about where the baseline is from.
        same_microphone: Whether loudness and spectral balance may be compared with it.

    Returns:
        The baseline; None where there were not five seconds of speech in one piece.
    """
    material = material_of(session, observations)
    windows = [window for spoken in material.answers for window in windows_of(spoken)]
    if not windows:
        return None
    centre, spread = reference_of(windows)
    cues = {
        name: CueReference(median=round(float(centre[index]), 4), spread=float(spread[index]))
        for index, name in enumerate(CUES)
        if not np.isnan(centre[index]) and (same_microphone or name not in {"loudness", "balance"})
    }
    return Baseline(source=source, cues=cues)


def reference_of(windows: Sequence[Window]) -> tuple[Floats, Floats]:
    """Median and robust spread of each cue over windows, NaN where it was never observed.

    The spread is 1.4826 times the median absolute deviation, and never less than what is typical
    from window to window: a steady speaker's small changes must not read as large ones.
    """
    cues = np.array([window.cues for window in windows])
    centre = np.full(len(CUES), np.nan)
    spread = TYPICAL.copy()
    for index in range(len(CUES)):
        seen = cues[~np.isnan(cues[:, index]), index]
        if len(seen):
            centre[index] = median(seen)
            spread[index] = max(TYPICAL[index], 1.4826 * median(np.abs(seen - centre[index])))
    return centre, spread
