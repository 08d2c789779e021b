"""Looks at the picture as arrays: is there a face, does it look at the camera, does it smile."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from interviewer.assessment.expression import smiles_in
from interviewer.assessment.gaze import Direction, estimate_centre, looks_in
from interviewer.assessment.grid import HAIR, Floats
from interviewer.assessment.series import median
from interviewer.assessment.spoken import Spoken
from interviewer.interview.documents.base import Span

_LONGEST_GAP: Final = 0.7  # seconds without a sign that a run may bridge: a blink, a lost face
_DEFAULT_STEP: Final = 0.2  # seconds that a single look stands for


@dataclass(frozen=True, slots=True)
class Looks:
    """Looks of one answer in order of time.

    Attributes:
        spoken: The answer.
        time: In seconds, shape `(n,)`.
        step: Seconds that one look stands for.
        present: Whether a face was there, shape `(n,)`.
        contact: 1 at the camera, 0 away from it, NaN where it cannot be told, shape `(n,)`.
        smile: 1 smiling, 0 not, NaN without a face, shape `(n,)`.
        crowded: Whether more than one face was there, shape `(n,)`.
    """

    spoken: Spoken
    time: Floats
    step: float
    present: npt.NDArray[np.bool_]
    contact: Floats
    smile: Floats
    crowded: npt.NDArray[np.bool_]


def looks_of(answers: Sequence[Spoken], centre: Direction | None = None) -> tuple[Looks, ...]:
    """Read the looks of all answers.

    Args:
        answers: In order of time.
        centre: Where the camera is, if that was found out before; None to estimate it from all
            looks.
    """
    frames = [look for spoken in answers for look in spoken.looks]
    if not frames:
        return ()
    if centre is None:
        centre = estimate_centre(frames)
    steps = np.diff([frame.time for frame in frames])
    steps = steps[(steps > 0) & (steps < 1)]
    step = median(steps) if len(steps) else _DEFAULT_STEP
    found: list[Looks] = []
    for spoken in answers:
        contact = looks_in(spoken.looks, centre)
        found.append(
            Looks(
                spoken=spoken,
                time=np.array([look.time for look in spoken.looks], dtype=np.float64),
                step=step,
                present=np.array([look.faces > 0 for look in spoken.looks], dtype=bool),
                contact=np.array(contact, dtype=np.float64),
                smile=np.array(smiles_in(spoken.looks), dtype=np.float64),
                crowded=np.array([look.faces > 1 for look in spoken.looks], dtype=bool),
            )
        )
    return tuple(found)


def runs(time: Floats, sign: Floats, step: float, least: float, value: float) -> list[Span]:
    """Stretches in which a sign keeps a value.

    Args:
        time: Of the looks in seconds, shape `(n,)`.
        sign: 1, 0 or NaN, shape `(n,)`; up to 0.7 s of NaN, such as a blink, are bridged.
        step: Seconds that one look stands for.
        least: Shortest stretch in seconds.
        value: The value to keep, 0 or 1.

    Returns:
        The stretches in order, each reaching half a step beyond its first and last look.
    """
    known = ~np.isnan(sign)
    time, sign = time[known], sign[known]
    keeps = sign == value
    if not keeps.any():
        return []
    apart = np.diff(time) > _LONGEST_GAP + step
    begins = np.flatnonzero(keeps & np.concatenate(([True], ~keeps[:-1] | apart)))
    ends = np.flatnonzero(keeps & np.concatenate((~keeps[1:] | apart, [True])))
    spans = [
        Span(start=max(0.0, float(time[a]) - step / 2), end=float(time[b]) + step / 2)
        for a, b in zip(begins, ends, strict=True)
    ]
    return [span for span in spans if span.duration >= least - HAIR]
