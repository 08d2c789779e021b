"""What is to be said about one look at the picture. Pure."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from interviewer.interview.documents.observations import FaceFrame
from interviewer.workflows.check.verdicts import Hint

if TYPE_CHECKING:
    from numpy.typing import NDArray

COVERED: Final = "The picture is almost black: is the lens covered?"
DARK: Final = "It is too dark: more light in front of you helps."
BRIGHT: Final = "It is too bright: less light on your face helps."
BEHIND: Final = "The light comes from behind you: light in front of you helps."
NO_FACE: Final = "Your face is not found in the picture."
CUT_OFF: Final = "Your face is cut off at the {side}."
SMALL: Final = "Your face is small: come nearer."
NEAR: Final = "Your face fills the picture: move back a little."
ASIDE: Final = "Your face is at the edge: move to the middle."
GOOD: Final = "Light and framing are good."

# Shares of full luma; this project's choices, tried on video calls, interviews and selfies that
# people had found good enough to publish, and on drawn pictures.
_BLACK: Final = 0.04
_DARK_FACE: Final = 0.15
_DARK_PICTURE: Final = 0.12
_BRIGHT_FACE: Final = 0.85
_BRIGHT_PICTURE: Final = 0.92

# A dark face alone tells nothing of the light, people differ; light from behind also blows out
# what is behind.
_DARKER: Final = 0.2
_BLOWN_OUT: Final = 0.94
_GLARE: Final = 0.15

# Heights of a face in heights of the picture: below 0.15, the eyes of a face have fewer than the 40
# pixels that gaze needs in a picture of 640 x 360.
_SMALLEST: Final = 0.15
_LARGEST: Final = 0.75

_EDGE: Final = 0.005
_MIDDLE: Final = (0.25, 0.75)
"""Where the middle of a face may lie across the picture."""

_LUMA: Final = np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)  # Rec. 709
_STRIDE: Final = 4


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the picture.

    Attributes:
        face: What the landmarker saw; None where nobody looks for faces.
        mean: Mean luma of the picture, 0 to 1.
        around: Mean luma of what is not the face.
        glare: Share of what is not the face that is blown out.
    """

    face: FaceFrame | None
    mean: float
    around: float
    glare: float


def look_at(rgb: "NDArray[np.uint8]", face: FaceFrame | None) -> Look:
    """Measure the light of a picture of shape (h, w, 3)."""
    luma = rgb[::_STRIDE, ::_STRIDE].astype(np.float32) @ _LUMA / 255
    outside = np.ones(luma.shape, dtype=bool)
    if face is not None and face.box is not None:
        left, top, width, height = face.box
        rows, columns = luma.shape
        outside[
            int(top * rows) : round((top + height) * rows),
            int(left * columns) : round((left + width) * columns),
        ] = False
    rest = luma[outside] if outside.any() else luma
    return Look(
        face, float(luma.mean()), float(rest.mean()), float((rest.ravel() >= _BLOWN_OUT).mean())
    )


def faults(look: Look) -> tuple[Hint, ...]:
    """What is not as it should be, the most important first; empty for a good picture."""
    if look.mean < _BLACK:
        return (Hint(COVERED),)
    face = look.face
    if face is None or face.box is None:
        texts = _light_of_all(look)
        if face is not None:
            texts.insert(0, NO_FACE)
    else:
        texts = [*_place(face.box), *_light(look, face)]
    return tuple(Hint(text) for text in texts)


def _light_of_all(look: Look) -> list[str]:
    if look.mean < _DARK_PICTURE:
        return [DARK]
    return [BRIGHT] if look.mean > _BRIGHT_PICTURE else []


def _light(look: Look, face: FaceFrame) -> list[str]:
    luma = look.mean if face.brightness is None else face.brightness
    if look.glare >= _GLARE and look.around - luma >= _DARKER:
        return [BEHIND]
    if luma < _DARK_FACE:
        return [DARK]
    return [BRIGHT] if luma > _BRIGHT_FACE else []


def _place(box: tuple[float, float, float, float]) -> list[str]:
    left, top, width, height = box
    if height > _LARGEST:
        return [NEAR]
    sides = {
        "top": top <= _EDGE,
        "bottom": top + height >= 1 - _EDGE,
        "side": left <= _EDGE or left + width >= 1 - _EDGE,
    }
    cut = [side for side, there in sides.items() if there]
    if cut:
        return [CUT_OFF.format(side=cut[0])]
    if height < _SMALLEST:
        return [SMALL]
    low, high = _MIDDLE
    return [] if low <= left + width / 2 <= high else [ASIDE]
