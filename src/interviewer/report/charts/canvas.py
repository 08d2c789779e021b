"""A sheet of page pixels that matplotlib draws and the page shows as inline SVG.

Origin at the top left, one unit is one CSS pixel, so that every position and type size is decided
here and not by a layout engine that does not know the page's fonts. Text stays text: it can be
selected, read aloud and set in the page's own font.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final, Literal

from interviewer.report.charts.svg import Paint, inline
from interviewer.report.palette import INK, Colour

Anchor = Literal["left", "center", "right"]
Weight = Literal["normal", "bold"]

# Lowers the baseline so that letters look centred on a line: about half the height of a capital.
_CENTRE: Final = 0.35
# Mean width of a letter, in parts of the type size, in common sans serif faces.
_LETTER: Final = 0.56

_PAPER_FONTS: Final = "Noto Sans, Liberation Sans, Arial, sans-serif"
_ROOM_FOR_MARGINS: Final = 420.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a chart is drawn for.

    Attributes:
        width: In page pixels.
        size: Type size in page pixels.
        paint: How colours are written.
        variant: Tells several drawings of one chart apart, in ids and class names.
    """

    width: float
    size: float
    paint: Paint
    variant: str

    @property
    def narrow(self) -> bool:
        """Whether labels must stand above what they name, for want of a margin."""
        return self.width < _ROOM_FOR_MARGINS

    @property
    def small(self) -> float:
        """Type size of what is not read first, in page pixels."""
        return self.size * 0.88


WIDE: Final = Sheet(1000, 13, Paint.THEMED, "wide")
HALF: Final = Sheet(480, 13.5, Paint.THEMED, "half")
MEDIUM: Final = Sheet(700, 13, Paint.THEMED, "medium")
NARROW: Final = Sheet(340, 12.5, Paint.THEMED, "narrow")
PRINT: Final = Sheet(672, 9.8, Paint.LITERAL, "print")
PRINT_HALF: Final = Sheet(324, 10.2, Paint.LITERAL, "print")


def letters(words: str, size: float) -> float:
    """About how wide words are, in page pixels."""
    return len(words) * size * _LETTER


class Canvas:
    """Draws rectangles, lines, marks and words."""

    def __init__(self, sheet: Sheet, height: float) -> None:
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure

        self.sheet = sheet
        self.height = height
        # 72 dots per inch make one point of matplotlib one unit of the SVG.
        self._figure = Figure(figsize=(sheet.width / 72, height / 72), dpi=72)
        FigureCanvasSVG(self._figure)
        self._axes: Any = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set_xlim(0, sheet.width)
        self._axes.set_ylim(height, 0)
        self._order = 0

    def rectangle(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        colour: Colour,
        *,
        rounded: float = 0,
    ) -> None:
        """A filled rectangle with its top left corner at x, y."""
        from matplotlib.patches import FancyBboxPatch, Patch, Rectangle

        radius = min(rounded, width / 2, height / 2)
        shape: Patch
        if radius > 0:
            style = f"round,pad=0,rounding_size={radius}"
            shape = FancyBboxPatch((x, y), width, height, boxstyle=style)
        else:
            shape = Rectangle((x, y), width, height)
        shape.set(facecolor=colour.light, linewidth=0)
        self._place(shape)
        self._axes.add_patch(shape)

    def boxes(self, boxes: Sequence[tuple[float, float, float, float]], colour: Colour) -> None:
        """Many filled rectangles as one shape: left, top, width and height of each."""
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path

        if not boxes:
            return
        outlines = [
            Path([(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)], closed=True)
            for x, y, w, h in boxes
        ]
        patch = PathPatch(Path.make_compound_path(*outlines), facecolor=colour.light, linewidth=0)
        self._place(patch)
        self._axes.add_patch(patch)

    def line(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        colour: Colour,
        *,
        width: float = 1,
        dashes: tuple[float, float] | None = None,
    ) -> None:
        """A line through points; a NaN breaks it."""
        from matplotlib.lines import Line2D

        line = Line2D(
            list(xs),
            list(ys),
            color=colour.light,
            linewidth=width,
            solid_capstyle="round",
            solid_joinstyle="round",
        )
        if dashes:
            line.set_dashes(dashes)
        self._place(line)
        self._axes.add_line(line)

    def marks(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        colour: Colour,
        *,
        shape: str = "o",
        size: float = 6,
        hollow: bool = False,
        fill: Colour | None = None,
    ) -> None:
        """Marks of matplotlib's shapes, `size` pixels wide; hollow ones show the `fill`."""
        from matplotlib.lines import Line2D

        inner = fill.light if fill else "none"
        marks = Line2D(
            list(xs),
            list(ys),
            linestyle="none",
            marker=shape,
            markersize=size,
            markeredgecolor=colour.light,
            markerfacecolor=inner if hollow else colour.light,
            markeredgewidth=1.6 if hollow else 0,
        )
        self._place(marks)
        self._axes.add_line(marks)

    def words(
        self,
        x: float,
        y: float,
        text: str,
        *,
        colour: Colour = INK,
        anchor: Anchor = "left",
        weight: Weight = "normal",
        size: float | None = None,
    ) -> None:
        """One line of text, centred on y."""
        size = self.sheet.size if size is None else size
        label = self._axes.text(
            x,
            y + _CENTRE * size,
            text,
            parse_math=False,
            color=colour.light,
            fontsize=size,
            fontweight=weight,
            ha=anchor,
            va="baseline",
        )
        self._place(label)

    def svg(self, name: str, title: str, description: str) -> str:
        """The drawing as an `<svg>` element.

        Args:
            name: Unique on the page together with the sheet's variant.
            title: What the chart is, for those who do not see it.
            description: What it says, in sentences.
        """
        import matplotlib as mpl

        prefix = f"{name}-{self.sheet.variant}"
        buffer = io.StringIO()
        with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": prefix}):
            self._figure.savefig(
                buffer,
                format="svg",
                transparent=True,
                metadata={"Date": None, "Creator": None, "Format": None, "Type": None},
            )
        body = inline(buffer.getvalue(), prefix, self.sheet.paint)
        labels = (
            f'<title id="{prefix}-title">{escape(title)}</title>'
            f'<desc id="{prefix}-desc">{escape(description)}</desc>'
        )
        return f"{self._opening(prefix)}{labels}{body}"

    def _place(self, artist: Any) -> None:  # noqa: ANN401 - the library has no types
        """Lay what is drawn later over what was drawn before."""
        self._order += 1
        artist.set_zorder(self._order)
        artist.set_clip_on(False)

    def _opening(self, prefix: str) -> str:
        width, height = f"{self.sheet.width:g}", f"{self.height:g}"
        # On screen a chart inherits the page's font; the PDF renderer does not hand it down.
        family = f' font-family="{_PAPER_FONTS}"' if self.sheet.paint is Paint.LITERAL else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
            f' class="chart chart-{self.sheet.variant}" viewBox="0 0 {width} {height}"'
            f' width="{width}" height="{height}" role="img"'
            f' aria-labelledby="{prefix}-title {prefix}-desc" stroke-linejoin="round"{family}>'
        )
