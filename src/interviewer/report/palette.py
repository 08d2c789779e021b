"""The one palette: a metric keeps its colour in every chart and table.

The hues come from Okabe and Ito's set (Color Universal Design, 2008). Each is darkened for paper or
lightened for a dark page until it reaches a contrast of 4.5 : 1 (WCAG 2.2, success criterion
1.4.3), so that it can colour text. What stands on one chart also differs in lightness, which every
form of colour blindness leaves to see (checked with the simulation of Machado et al., 2009).
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Colour:
    """One meaning and how it is drawn.

    Attributes:
        name: Its CSS custom property is `--c-` and this name.
        light: Hex colour on light paper.
        dark: Hex colour on a dark page.
    """

    name: str
    light: str
    dark: str


PAPER: Final = Colour("paper", "#fdfdfc", "#14181e")
INK: Final = Colour("ink", "#1b2430", "#e6e9ee")
MUTED: Final = Colour("muted", "#566173", "#a6b0bf")
LINE: Final = Colour("line", "#d3d9e1", "#38414d")
TRACK: Final = Colour("track", "#edf0f4", "#232a33")
USUAL: Final = Colour("usual", "#d9e0e9", "#36414f")
LINK: Final = Colour("link", "#0b5c93", "#86c2f3")

SUMMARY: Final = Colour("summary", "#4a5563", "#b1b9c7")
PACE: Final = Colour("pace", "#0069b8", "#5ea3ee")
FILLERS: Final = Colour("fillers", "#7d1200", "#ffbe96")
PAUSES: Final = Colour("pauses", "#272f4a", "#b4d1ff")
TIMING: Final = Colour("timing", "#5b4e00", "#e7e96f")
VOICE: Final = Colour("voice", "#35309a", "#8e96d8")
TONE: Final = Colour("tone", "#ae4786", "#eb6a9a")
EYES: Final = Colour("eyes", "#1b5a40", "#8ff0d6")
SMILE: Final = Colour("smile", "#846500", "#c58b0d")

GOOD: Final = Colour("good", "#1d6e45", "#63c78f")
WATCH: Final = Colour("watch", "#7a5c00", "#e2bf4d")
ACT: Final = Colour("act", "#b3261e", "#ff8a80")

ROLES: Final = (PAPER, INK, MUTED, LINE, TRACK, USUAL, LINK)
FAMILIES: Final = (SUMMARY, PACE, FILLERS, PAUSES, TIMING, VOICE, TONE, EYES, SMILE)
VERDICTS: Final = (GOOD, WATCH, ACT)
ALL: Final = ROLES + FAMILIES + VERDICTS

# The first row with a key in the metric's name decides, so the narrower meanings stand first.
_KEYS: Final = (
    (FILLERS, ("filler", "filled")),
    (PAUSES, ("pause", "silence")),
    (TIMING, ("latency", "length", "duration", "target")),
    (EYES, ("eye", "gaze", "look")),
    (SMILE, ("smile",)),
    (TONE, ("tone", "tense", "engaged")),
    (PACE, ("pace", "words_per_minute", "wpm", "articulation", "speaking_rate")),
    (VOICE, ("pitch", "loud", "level", "energy", "voice", "f0")),
)


def colour_of(name: str) -> Colour:
    """The colour of a metric or score by its stable name.

    A score that mixes several families, such as confidence or overall, has the neutral colour.
    """
    lowered = name.lower()
    for colour, keys in _KEYS:
        if any(key in lowered for key in keys):
            return colour
    return SUMMARY


def custom_properties(*, dark: bool) -> str:
    """The palette as CSS: light, and where wanted dark for those who prefer it."""
    light = " ".join(f"--c-{colour.name}: {colour.light};" for colour in ALL)
    if not dark:
        return f":root {{ {light} }}"
    night = " ".join(f"--c-{colour.name}: {colour.dark};" for colour in ALL)
    return (
        f":root {{ color-scheme: light dark; {light} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {night} }} }}"
    )
