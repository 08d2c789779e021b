"""When a face smiles, and when it only speaks."""

from collections.abc import Sequence
from itertools import groupby
from statistics import median

from interviewer.interview.documents.observations import FaceFrame

SMILE_THRESHOLD = 0.4
"""Mean of the left and right mouth-smile blendshapes from which a face in a picture smiles.

Measured with the face landmarker. On posed expressions (CK+, 80 happy faces and 319 of six other
expressions) it finds all smiles and takes 5 % of the others for one, mostly fear and disgust, which
stretch the mouth as well. On 400 pictures of 64 pixels (SMILEsmileD) it finds 58 % of the smiles
and takes 9 % of the rest for one: it errs towards too few. At 0.3 it would be 62 % and 12 %, at 0.5
52 % and 4 %. All this holds for faces that do not speak: see `smiles_in`.
"""

SMILE_FLOOR = 0.3
"""A smile does not fall below this between its beginning and its end."""

SMILE_SECONDS = 0.75
"""A smile lasts longer than the mouth is wide in a vowel; felt smiles last two thirds of a second
to four seconds (Ekman & Friesen 1982). Single looks above the threshold make up 24 % of a clip of
35 s in which a man speaks earnestly and never smiles; with floor and duration none is left, while
clips of smiles keep nine tenths of theirs."""


def smiles_in(frames: Sequence[FaceFrame]) -> tuple[bool | None, ...]:
    """Whether each look belongs to a smile.

    A smile is a stretch of looks that stay above `SMILE_FLOOR` for `SMILE_SECONDS` and have a
    median of at least `SMILE_THRESHOLD`.

    Args:
        frames: In order of time, some looks a second.

    Returns:
        One value for each frame; None without a face.
    """
    smiles: list[bool | None] = []
    for is_wide, group in groupby(frames, key=_is_wide):
        run = list(group)
        if is_wide is None:
            smiles += [None] * len(run)
        else:
            smiles += [is_wide and _is_smile(run)] * len(run)
    return tuple(smiles)


def _is_wide(frame: FaceFrame) -> bool | None:
    return None if frame.smile is None else frame.smile >= SMILE_FLOOR


def _is_smile(run: Sequence[FaceFrame]) -> bool:
    lasts = run[-1].time - run[0].time
    return lasts >= SMILE_SECONDS and median(frame.smile or 0.0 for frame in run) >= SMILE_THRESHOLD
