"""What is shown instead of a screen that does not fit."""

from typing import ClassVar, Final

from textual.geometry import Size
from textual.widgets import Static

WIDTH: Final = 60
HEIGHT: Final = 18
"""The smallest terminal in which every screen is whole."""


def too_small(size: Size) -> bool:
    """Whether a terminal is smaller than that."""
    return size.width < WIDTH or size.height < HEIGHT


class TooSmall(Static):
    """Says how large the terminal must be, and what goes on meanwhile.

    Args:
        meanwhile: What goes on, in a sentence; may be empty.
        id: Of the widget.
    """

    DEFAULT_CSS: ClassVar[str] = """
    TooSmall { width: 1fr; height: 1fr; content-align: center middle; text-align: center; }
    """

    def __init__(
        self,
        meanwhile: str = "",
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
    ) -> None:
        super().__init__(id=id, markup=False)
        self._meanwhile = meanwhile

    def on_resize(self) -> None:
        """Name the size of now."""
        here = self.app.size
        self.update(
            f"This needs {WIDTH} × {HEIGHT} characters;\n"
            f"the terminal has {here.width} × {here.height}.\n{self._meanwhile}"
        )
