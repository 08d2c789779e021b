"""Where things are in a face, in centimetres.

The origin lies on the nose at half the height of the ears, x grows to the right of the picture
(the candidate's own left), y grows downwards. Eyes, nose, lips and outline lie where the canonical
face model of MediaPipe has them, so that the landmarker meets the proportions it knows.
"""

from typing import Final

from interviewer.simulate.drawing.shapes import Area, Point, both_halves

EYE_X: Final = 3.15
EYE_Y: Final = -2.6
EYE: Final = Area(-2.0, -1.3, 2.0, 1.2)
"""The canvas of one eye, around its own centre."""

MOUTH: Final = Area(-5.0, 1.2, 5.0, 9.0)
"""The canvas of the mouth and the folds around it, in the head's coordinates."""


def face_outline(jaw: float) -> list[Point]:
    """Corners of the face's outline; `jaw` is 0 for a narrow and 1 for a broad one."""
    wide = jaw
    return both_halves(
        [
            (0.0, -9.3),
            (3.2, -8.95),
            (5.6, -7.5),
            (6.75, -4.9),
            (7.0, -1.8),
            (6.8, 1.2),
            (6.15 + 0.25 * wide, 4.0),
            (4.85 + 0.5 * wide, 6.5),
            (3.0 + 0.5 * wide, 8.55),
            (1.35 + 0.3 * wide, 9.5),
            (0.0, 9.7),
        ]
    )


def head_area(style: str) -> Area:
    """The canvas of the head with its hair and room to move, by hair cut."""
    return {
        "short": Area(-11.5, -15.5, 11.5, 13.5),
        "crop": Area(-11.5, -15.5, 11.5, 13.5),
        "bob": Area(-12.5, -15.0, 12.5, 13.5),
        "long": Area(-13.5, -15.0, 13.5, 17.5),
        "curly": Area(-14.5, -16.0, 14.5, 13.0),
    }[style]
