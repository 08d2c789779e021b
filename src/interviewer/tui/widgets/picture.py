"""The live picture."""

from typing import TYPE_CHECKING, ClassVar, Final

import numpy as np
from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from interviewer.tui.widgets.halfblocks import fitted, greyed, scaled, strips

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from textual.color import Color

USUAL_SHAPE: Final = 16 / 9
"""Width over height of a camera's picture, before the first one has come."""

_FEW_COLOURS: Final = frozenset({"standard", "windows"})


class Picture(Widget):
    """A camera's picture in half blocks, whole and undistorted, as in a mirror.

    Give it a width; with `height: auto` it is as high as the picture needs. Terminals with 16
    colours get dithered greys; with NO_COLOR Textual turns its colours to greys.

    Args:
        mirrored: Show the picture as a mirror would.
        absent: What it says while there is no picture.
        id: Of the widget.
    """

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS: ClassVar[str] = """
    Picture { height: auto; background: $surface; color: $text-muted; }
    """

    def __init__(
        self,
        *,
        mirrored: bool = True,
        absent: str = "no picture",
        id: str | None = None,  # noqa: A002 - Textual's own name for it
    ) -> None:
        super().__init__(id=id)
        self._mirrored = mirrored
        self._absent = absent
        self._picture: NDArray[np.uint8] | None = None
        self._lines: list[Strip] | None = None
        self._shape = USUAL_SHAPE

    def show(self, picture: "NDArray[np.uint8] | None") -> None:
        """Show a picture, or say that there is none.

        Args:
            picture: RGB, shape (h, w, 3); it must not change afterwards.
        """
        if picture is self._picture:
            return
        shape = picture.shape[1] / picture.shape[0] if picture is not None else self._shape
        reshaped, self._shape = shape != self._shape, shape
        self._picture, self._lines = picture, None
        self.refresh(layout=reshaped)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Rows that the picture needs at this width."""
        del container, viewport
        return max(1, round(width / self._shape / 2))

    def notify_style_update(self) -> None:
        """Forget what was drawn in the colours before."""
        super().notify_style_update()
        self._lines = None

    def render_line(self, y: int) -> Strip:
        """One row of cells."""
        if self._lines is None or len(self._lines) != self.size.height:
            self._lines = self._drawn()
        return self._lines[y] if y < len(self._lines) else self._blank()

    def on_resize(self) -> None:
        """Draw anew in the new size."""
        self._lines = None

    def _blank(self) -> Strip:
        return Strip.blank(self.size.width, self.visual_style.rich_style)

    def _drawn(self) -> list[Strip]:
        columns, rows = self.size
        if not columns or not rows:
            return []
        if self._picture is None or not self._picture.size:
            return self._apology()
        width, height = fitted(self._picture, columns, rows)
        small = scaled(self._picture, width, 2 * height)
        if self._mirrored:
            small = small[:, ::-1]
        if self.app.console.color_system in _FEW_COLOURS:
            small = greyed(small)
        return strips(self._framed(small, columns, rows))

    def _framed(self, picture: "NDArray[np.uint8]", columns: int, rows: int) -> "NDArray[np.uint8]":
        """The picture in the middle of the widget, on its background."""
        height, width = picture.shape[:2]
        if (height, width) == (2 * rows, columns):
            return picture
        ground: Color = self.background_colors[1]
        framed = np.empty((2 * rows, columns, 3), dtype=np.uint8)
        framed[:] = (ground.r, ground.g, ground.b)
        top, left = 2 * ((rows - height // 2) // 2), (columns - width) // 2
        framed[top : top + height, left : left + width] = picture
        return framed

    def _apology(self) -> list[Strip]:
        columns, rows = self.size
        text = Segment(self._absent[:columns].center(columns), self.rich_style)
        middle = (rows - 1) // 2
        return [Strip([text], columns) if row == middle else self._blank() for row in range(rows)]
