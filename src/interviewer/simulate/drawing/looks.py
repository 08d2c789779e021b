"""The named appearances: colours and the parts a face is put together from."""

from dataclasses import dataclass
from typing import Final, Literal

from interviewer.simulate.drawing.shapes import Colour, colour

Hair = Literal["short", "bob", "long", "curly", "crop"]
Clothes = Literal["shirt", "blazer", "sweater"]


@dataclass(frozen=True, slots=True)
class Look:
    """One appearance.

    Attributes:
        skin: Lit skin; the shades are mixed from it and `shade`.
        shade: Skin in shadow.
        blush: Cheeks, ears and nose.
        lips: The lips.
        iris: The iris.
        hair: Its colour; brows and lashes are mixed from it.
        hair_light: Where light falls on the hair.
        style: The cut.
        clothes: What is worn.
        cloth: Colour of the garment.
        shirt: Colour of what is worn beneath it.
        wall: Colour of the room.
        jaw: Width of the jaw; 1 is broad, 0 narrow.
        brow: Strength of the brows.
        lash: Length of the lashes.
        glasses: Whether glasses are worn.
        beard: Strength of the beard, 0 is none.
    """

    skin: Colour
    shade: Colour
    blush: Colour
    lips: Colour
    iris: Colour
    hair: Colour
    hair_light: Colour
    style: Hair
    clothes: Clothes
    cloth: Colour
    shirt: Colour
    wall: Colour
    jaw: float
    brow: float
    lash: float
    glasses: bool = False
    beard: float = 0.0


LOOKS: Final[dict[str, Look]] = {
    "jonas": Look(
        skin=colour("#eec4a6"),
        shade=colour("#a8694f"),
        blush=colour("#d97f6c"),
        lips=colour("#c27468"),
        iris=colour("#5b7f9c"),
        hair=colour("#4a3123"),
        hair_light=colour("#8a6244"),
        style="short",
        clothes="sweater",
        cloth=colour("#3f5871"),
        shirt=colour("#f1ede6"),
        wall=colour("#d5d3cb"),
        jaw=1.0,
        brow=0.95,
        lash=0.45,
        beard=0.85,
    ),
    "amara": Look(
        skin=colour("#8d5a3c"),
        shade=colour("#40221a"),
        blush=colour("#9a4a38"),
        lips=colour("#8c4342"),
        iris=colour("#4a2c1c"),
        hair=colour("#1d1513"),
        hair_light=colour("#4c3831"),
        style="curly",
        clothes="blazer",
        cloth=colour("#2f6b62"),
        shirt=colour("#f3e9da"),
        wall=colour("#ddd0bd"),
        jaw=0.25,
        brow=0.8,
        lash=1.0,
    ),
    "mei": Look(
        skin=colour("#f1cfae"),
        shade=colour("#b07a5a"),
        blush=colour("#e08f7d"),
        lips=colour("#c9605f"),
        iris=colour("#4f3222"),
        hair=colour("#1f1a1c"),
        hair_light=colour("#57505a"),
        style="bob",
        clothes="shirt",
        cloth=colour("#e9eef2"),
        shirt=colour("#d5dee6"),
        wall=colour("#b9c7c4"),
        jaw=0.15,
        brow=0.65,
        lash=0.9,
        glasses=True,
    ),
    "ravi": Look(
        skin=colour("#bf8a62"),
        shade=colour("#6b3f2b"),
        blush=colour("#b0624c"),
        lips=colour("#a05b50"),
        iris=colour("#4a2f1e"),
        hair=colour("#1b1716"),
        hair_light=colour("#4d423d"),
        style="crop",
        clothes="blazer",
        cloth=colour("#39424f"),
        shirt=colour("#e8edf3"),
        wall=colour("#c9cfd6"),
        jaw=0.8,
        brow=1.0,
        lash=0.6,
        glasses=True,
        beard=0.45,
    ),
    "sofia": Look(
        skin=colour("#e0b08a"),
        shade=colour("#94603f"),
        blush=colour("#d17e66"),
        lips=colour("#bb5a56"),
        iris=colour("#6d6a3c"),
        hair=colour("#5e3a24"),
        hair_light=colour("#a8733f"),
        style="long",
        clothes="sweater",
        cloth=colour("#9b4f4a"),
        shirt=colour("#f3e9da"),
        wall=colour("#cfd3c3"),
        jaw=0.2,
        brow=0.7,
        lash=1.0,
    ),
}
"""Every appearance by the name that a script gives."""
