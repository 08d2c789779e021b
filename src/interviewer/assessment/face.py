"""The picture while answering: presence, smiles, eye contact, looks away, and their curves."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from interviewer.assessment.grid import Floats, places, whole
from interviewer.assessment.looks import Looks, runs
from interviewer.assessment.metric import measured, missing
from interviewer.assessment.series import Point
from interviewer.interview.documents.assessment import Metric, Moment

LOOK_AWAY: Final = 1.0
"""Seconds from which a look away counts; shorter glances are part of talking."""

TOO_FEW: Final = "face visible in too few looks"

_SMILE_LENGTH: Final = 0.4  # seconds
_ABSENCE: Final = 1.0  # seconds
_WINDOW: Final = 3.0  # seconds that a point of a curve looks at
_FULL_PRESENCE: Final = 0.8  # share of looks with a face from which confidence is not lowered

Sign = Callable[[Looks], Floats]

_NAMES: Final = ("face_presence", "smile_share", "eye_contact_share", "look_aways")


def face_metrics(answers: Sequence[Looks]) -> list[Metric]:
    """`face_presence`, `smile_share`, `eye_contact_share` and `look_aways` over some answers.

    Shares are in percent of the looks in which the sign can be told. Eyes that blink
    tell nothing about eye contact.
    """
    total = sum(len(looks.time) for looks in answers)
    if total == 0:
        return [missing(name, "the picture was not observed") for name in _NAMES]
    present = sum(int(looks.present.sum()) for looks in answers)
    presence = measured(
        "face_presence",
        100 * present / total,
        total,
        evidence=_longest(answers, _present, 0.0, _ABSENCE, "no face in the picture"),
        too_little="too few looks at the picture",
    )
    away = _longest(answers, _contact, 0.0, LOOK_AWAY, "looks away")
    smiles = _longest(answers, _smile, 1.0, _SMILE_LENGTH, "smile")
    known = sum(int((~np.isnan(looks.contact)).sum()) for looks in answers)
    aways = sum(len(_runs(looks, _contact, 0.0, LOOK_AWAY)) for looks in answers)
    visible = min(1.0, present / total / _FULL_PRESENCE)
    metrics = [
        presence,
        _share("smile_share", [looks.smile for looks in answers], smiles),
        _share("eye_contact_share", [looks.contact for looks in answers], away),
        measured("look_aways", aways, known, evidence=away, too_little=TOO_FEW),
    ]
    return [presence, *(_less_sure(metric, visible) for metric in metrics[1:])]


def face_curves(looks: Looks) -> tuple[list[Point], list[Point]]:
    """Shares of smiling and of looking at the camera, 0 to 1, over the 3 s around each second."""
    start, end = looks.spoken.answer.start, looks.spoken.answer.end
    times: Floats = start + 0.5 + np.arange(whole(end - start), dtype=np.float64)
    return _moving(looks.time, looks.smile, times), _moving(looks.time, looks.contact, times)


def _moving(time: Floats, sign: Floats, times: Floats) -> list[Point]:
    known = ~np.isnan(sign)
    seen = np.concatenate(([0], np.cumsum(known)))
    held = np.concatenate(([0.0], np.cumsum(np.where(known, sign, 0.0))))
    first = places(time, times - _WINDOW / 2)
    last = places(time, times + _WINDOW / 2)
    counts = seen[last] - seen[first]
    sums = held[last] - held[first]
    return [
        (round(at, 3), round(held_there / count, 3) if count else None)
        for at, held_there, count in zip(
            times.tolist(), sums.tolist(), counts.tolist(), strict=True
        )
    ]


def _share(name: str, signs: Sequence[Floats], evidence: Sequence[Moment]) -> Metric:
    every = np.concatenate(signs)
    known = every[~np.isnan(every)]
    share = 100 * float(known.mean()) if len(known) else 0.0
    return measured(name, share, len(known), evidence=evidence, too_little=TOO_FEW)


def _less_sure(metric: Metric, factor: float) -> Metric:
    """Lower the confidence where the face was often out of the picture."""
    return metric.model_copy(update={"confidence": round(metric.confidence * factor, 3)})


def _present(looks: Looks) -> Floats:
    return looks.present.astype(np.float64)


def _contact(looks: Looks) -> Floats:
    return looks.contact


def _smile(looks: Looks) -> Floats:
    return looks.smile


def _runs(looks: Looks, sign: Sign, value: float, least: float) -> list[tuple[float, float]]:
    spans = runs(looks.time, sign(looks), looks.step, least, value)
    answer = looks.spoken.answer
    return [(max(span.start, answer.start), min(span.end, answer.end)) for span in spans]


def _longest(
    answers: Sequence[Looks], sign: Sign, value: float, least: float, note: str
) -> list[Moment]:
    """The longest stretches, as moments, longest first."""
    found = [
        (start, end, looks) for looks in answers for start, end in _runs(looks, sign, value, least)
    ]
    found.sort(key=lambda item: (item[0] - item[1], item[0]))
    return [
        looks.spoken.moment(start, max(start, end), f"{note}, {end - start:.1f} s")
        for start, end, looks in found[:12]
    ]
