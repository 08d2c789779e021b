"""The colours of the screens, dark and light; a metric has the colour that it has in the report.

The values are those of the report's palette, repeated because this room does not know the report;
a test holds them equal. In styles they are called by Textual's own names: `$foreground` is ink,
`$text-muted` is quiet text, `$surface` is a card, `$primary` is a link or key, and `$success`,
`$warning` and `$error` mean good, watch and act. Every one of them can colour text on the
background and on a card: contrast at least 4.5 : 1 (WCAG 2.2, success criterion 1.4.3). A metric's
colour is `$metric-` and its family's name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from textual.theme import Theme

if TYPE_CHECKING:
    from textual.app import App


@dataclass(frozen=True, slots=True)
class Shade:
    """One meaning on light and on dark ground, as hex colours."""

    light: str
    dark: str

    def on(self, *, dark: bool) -> str:
        """The colour on this ground."""
        return self.dark if dark else self.light


PAPER: Final = Shade("#fdfdfc", "#14181e")
INK: Final = Shade("#1b2430", "#e6e9ee")
MUTED: Final = Shade("#566173", "#a6b0bf")
LINE: Final = Shade("#d3d9e1", "#38414d")
TRACK: Final = Shade("#edf0f4", "#232a33")
USUAL: Final = Shade("#d9e0e9", "#36414f")
LINK: Final = Shade("#0b5c93", "#86c2f3")
GOOD: Final = Shade("#1d6e45", "#63c78f")
WATCH: Final = Shade("#7a5c00", "#e2bf4d")
ACT: Final = Shade("#b3261e", "#ff8a80")

FAMILIES: Final[Mapping[str, Shade]] = {
    "summary": Shade("#4a5563", "#b1b9c7"),
    "pace": Shade("#0069b8", "#5ea3ee"),
    "fillers": Shade("#7d1200", "#ffbe96"),
    "pauses": Shade("#272f4a", "#b4d1ff"),
    "timing": Shade("#5b4e00", "#e7e96f"),
    "voice": Shade("#35309a", "#8e96d8"),
    "tone": Shade("#ae4786", "#eb6a9a"),
    "eyes": Shade("#1b5a40", "#8ff0d6"),
    "smile": Shade("#846500", "#c58b0d"),
}
"""Colours of the families of metrics, by name."""

DARK: Final = "interviewer-dark"
LIGHT: Final = "interviewer-light"


def make_theme(*, dark: bool) -> Theme:
    """Textual's theme for one ground."""

    def of(shade: Shade) -> str:
        return shade.on(dark=dark)

    ink, muted, card, link = of(INK), of(MUTED), of(TRACK), of(LINK)
    return Theme(
        name=DARK if dark else LIGHT,
        dark=dark,
        primary=link,
        secondary=of(FAMILIES["voice"]),
        accent=link,
        foreground=ink,
        background=of(PAPER),
        surface=card,
        panel=card,
        success=of(GOOD),
        warning=of(WATCH),
        error=of(ACT),
        variables={
            "text": ink,
            "text-muted": muted,
            "text-disabled": muted,
            "text-primary": link,
            "text-success": of(GOOD),
            "text-warning": of(WATCH),
            "text-error": of(ACT),
            "border": of(LINE),
            "border-blurred": of(LINE),
            "rule": of(LINE),
            "usual": of(USUAL),
            "block-hover-background": of(USUAL),
            "block-cursor-background": link,
            "block-cursor-foreground": of(PAPER),
            "button-foreground": ink,
            "button-color-foreground": of(PAPER),
            "footer-background": of(PAPER),
            "footer-item-background": of(PAPER),
            "footer-foreground": ink,
            "footer-key-foreground": link,
            "footer-key-background": of(PAPER),
            "footer-description-foreground": muted,
            "footer-description-background": of(PAPER),
            "scrollbar": of(USUAL),
            "scrollbar-background": of(PAPER),
            **{f"metric-{name}": of(shade) for name, shade in FAMILIES.items()},
        },
    )


def install(app: "App[Any]", *, dark: bool = True) -> None:
    """Give an app both themes, and put one on.

    Args:
        app: In its constructor: styles that are read before this do not know the metrics' colours.
        dark: Which one it begins with.
    """
    app.register_theme(make_theme(dark=True))
    app.register_theme(make_theme(dark=False))
    app.theme = DARK if dark else LIGHT
