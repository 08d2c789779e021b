"""Painting with soft shapes on a small canvas, in the head's own centimetres."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from interviewer.simulate.drawing.shapes import Area, Colour, Point, curve, ribbon

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Pixels = NDArray[np.float32]
    Frame = NDArray[np.uint8]
    Window = tuple[slice, slice]

_SUBPIXEL_BITS = 4
_BLUR_REACH = 3.0
_COARSE_SIGMA = 6.0


class Canvas:
    """A picture with transparency that is painted layer over layer.

    Colours are held multiplied by their opacity, as `pixels` of shape (height, width, 4): blue,
    green, red, opacity, each 0 to 1.

    Args:
        area: What part of the plane the canvas shows.
        scale: Pixels per centimetre of the finished picture.
        fine: How many times finer the canvas is while it is painted, for smooth edges.
    """

    def __init__(self, area: Area, scale: float, *, fine: int = 2) -> None:
        self.area = area
        self.fine = fine
        self.scale = scale * fine
        self.width = round((area.right - area.left) * scale) * fine
        self.height = round((area.bottom - area.top) * scale) * fine
        self.pixels: Pixels = np.zeros((self.height, self.width, 4), dtype=np.float32)

    def fill(
        self,
        outline: Sequence[Point],
        paint: Colour,
        alpha: float = 1.0,
        *,
        blur: float = 0.0,
        atop: bool = False,
        within: "Pixels | None" = None,
    ) -> None:
        """Fill a closed outline.

        Args:
            outline: Its corners in centimetres.
            paint: The colour.
            alpha: Opacity, 0 to 1.
            blur: Softness of the edge in centimetres (standard deviation).
            atop: Paint only where the canvas already has paint.
            within: A mask from `mask` to stay inside of.
        """
        found = self._shape(outline, blur)
        if found is None:
            return
        window, shape = found
        self._lay(window, shape * np.float32(alpha), paint, atop=atop, within=within)

    def fade(
        self,
        outline: Sequence[Point],
        paints: tuple[Colour, Colour],
        across: tuple[Point, Point],
        alpha: float = 1.0,
        *,
        blur: float = 0.0,
        atop: bool = False,
        within: "Pixels | None" = None,
    ) -> None:
        """Fill a closed outline with a straight gradient from one point to another."""
        found = self._shape(outline, blur)
        if found is None:
            return
        window, shape = found
        x, y = self._plane(window)
        (x0, y0), (x1, y1) = across
        length = (x1 - x0) ** 2 + (y1 - y0) ** 2
        share = np.clip(((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length, 0, 1)
        share = (share * share * (3 - 2 * share))[..., None]
        first, second = (np.asarray(paint, dtype=np.float32) for paint in paints)
        self._lay(
            window,
            shape * np.float32(alpha),
            floats(first * (1 - share) + second * share),
            atop=atop,
            within=within,
        )

    def glow(
        self,
        centre: Point,
        radii: tuple[float, float],
        paint: Colour,
        alpha: float,
        *,
        tilt: float = 0.0,
        atop: bool = True,
        within: "Pixels | None" = None,
    ) -> None:
        """A soft elliptical spot; `radii` are its standard deviations, `tilt` is in degrees."""
        reach = 2.6 * max(radii)
        window = self._window(centre[0] - reach, centre[1] - reach, *(c + reach for c in centre))
        if window is None:
            return
        x, y = self._plane(window)
        angle = np.deg2rad(tilt)
        dx, dy = x - centre[0], y - centre[1]
        u = (dx * np.cos(angle) + dy * np.sin(angle)) / radii[0]
        v = (dy * np.cos(angle) - dx * np.sin(angle)) / radii[1]
        spot = floats(np.exp(-0.5 * (u * u + v * v)))
        self._lay(window, spot * np.float32(alpha), paint, atop=atop, within=within)

    def stroke(
        self,
        points: Sequence[Point],
        widths: Sequence[float],
        paint: Colour,
        alpha: float = 1.0,
        *,
        blur: float = 0.0,
        atop: bool = False,
        within: "Pixels | None" = None,
    ) -> None:
        """A smooth line through points, its width changing along it."""
        outline = ribbon(curve(points), widths)
        self.fill(outline, paint, alpha, blur=blur, atop=atop, within=within)

    def hatch(
        self,
        outlines: Sequence[Sequence[Point]],
        paint: Colour,
        alpha: float,
        *,
        blur: float = 0.0,
        within: "Pixels | None" = None,
    ) -> None:
        """Fill many outlines at once, as one flat layer: hairs and strands."""
        import cv2

        corners = np.concatenate([np.asarray(outline) for outline in outlines])
        pad = blur * _BLUR_REACH + 2 / self.scale
        (left, top), (right, bottom) = corners.min(axis=0) - pad, corners.max(axis=0) + pad
        window = self._window(left, top, right, bottom)
        if window is None:
            return
        rows, columns = window
        shape = np.zeros((rows.stop - rows.start, columns.stop - columns.start), dtype=np.uint8)
        for outline in outlines:
            self._outline_into(shape, outline, (columns.start, rows.start))
        soft = floats(shape) / np.float32(255)
        if blur > 0:
            soft = floats(cv2.GaussianBlur(soft, (0, 0), blur * self.scale))
        self._lay(window, soft * np.float32(alpha), paint, atop=False, within=within)

    def mask(self, outline: Sequence[Point], *, blur: float = 0.0) -> "Pixels":
        """Coverage of an outline over the whole canvas, 0 to 1, for `within`."""
        full: Pixels = np.zeros((self.height, self.width), dtype=np.float32)
        found = self._shape(outline, blur)
        if found is not None:
            window, shape = found
            full[window] = shape
        return full

    def finished(self) -> "Pixels":
        """The picture at its final size, shape (height, width, 4), 0 to 1."""
        import cv2

        size = (self.width // self.fine, self.height // self.fine)
        return floats(cv2.resize(self.pixels, size, interpolation=cv2.INTER_AREA))

    def _shape(self, outline: Sequence[Point], blur: float) -> "tuple[Window, Pixels] | None":
        """Coverage of an outline, and where on the canvas that piece lies."""
        corners = np.asarray(outline, dtype=np.float64)
        pad = blur * _BLUR_REACH + 2 / self.scale
        (left, top), (right, bottom) = corners.min(axis=0) - pad, corners.max(axis=0) + pad
        # A blur needs to see the shape beyond the canvas's edge too.
        whole = self._window(left, top, right, bottom, clip=blur == 0)
        if whole is None:
            return None
        rows, columns = whole
        shape = np.zeros((rows.stop - rows.start, columns.stop - columns.start), dtype=np.uint8)
        self._outline_into(shape, outline, (columns.start, rows.start))
        soft = floats(shape) / np.float32(255)
        if blur > 0:
            soft = _blurred(soft, blur * self.scale)
        inside = self._window(left, top, right, bottom)
        if inside is None:
            return None
        seen_rows, seen_columns = inside
        return inside, soft[
            seen_rows.start - rows.start : seen_rows.stop - rows.start,
            seen_columns.start - columns.start : seen_columns.stop - columns.start,
        ]

    def _outline_into(
        self, shape: "NDArray[np.uint8]", outline: Sequence[Point], corner: tuple[int, int]
    ) -> None:
        """Fill an outline with 255 on a piece whose first pixel is `corner`."""
        import cv2

        pixel = (
            np.asarray(outline, dtype=np.float64) - (self.area.left, self.area.top)
        ) * self.scale
        pixel -= (corner[0] + 0.5, corner[1] + 0.5)
        fixed = np.rint(pixel * 2**_SUBPIXEL_BITS).astype(np.int32)
        cv2.fillPoly(shape, [fixed], 255, lineType=cv2.LINE_AA, shift=_SUBPIXEL_BITS)

    def _window(
        self, left: float, top: float, right: float, bottom: float, *, clip: bool = True
    ) -> "Window | None":
        x0 = int(np.floor((left - self.area.left) * self.scale))
        y0 = int(np.floor((top - self.area.top) * self.scale))
        x1 = int(np.ceil((right - self.area.left) * self.scale)) + 1
        y1 = int(np.ceil((bottom - self.area.top) * self.scale)) + 1
        if clip:
            x0, y0, x1, y1 = max(0, x0), max(0, y0), min(self.width, x1), min(self.height, y1)
        if x1 <= x0 or y1 <= y0:
            return None
        return slice(y0, y1), slice(x0, x1)

    def _plane(self, window: "Window") -> tuple["Pixels", "Pixels"]:
        rows, columns = window
        x = (np.arange(columns.start, columns.stop) + 0.5) / self.scale + self.area.left
        y = (np.arange(rows.start, rows.stop) + 0.5) / self.scale + self.area.top
        return floats(x[None, :]), floats(y[:, None])

    def _lay(
        self,
        window: "Window",
        cover: "Pixels",
        paint: "Colour | Pixels",
        *,
        atop: bool,
        within: "Pixels | None",
    ) -> None:
        part = self.pixels[window]
        if within is not None:
            cover = cover * within[window]
        if atop:
            cover = cover * part[..., 3]
        cover = cover[..., None]
        painted = part[..., :3] if atop else part
        painted *= 1 - cover
        part[..., :3] += cover * np.asarray(paint, dtype=np.float32)
        if not atop:
            part[..., 3:] += cover


def _blurred(shape: "Pixels", sigma: float) -> "Pixels":
    """Gaussian blur; wide ones on a smaller picture, where they cost little and look the same."""
    import cv2

    factor = max(1, int(sigma / _COARSE_SIGMA))
    if factor == 1:
        return floats(cv2.GaussianBlur(shape, (0, 0), sigma))
    height, width = shape.shape
    size = (max(2, width // factor), max(2, height // factor))
    small = cv2.resize(shape, size, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), sigma / factor)
    return floats(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR))


def over(below: "Pixels", above: "Pixels") -> "Pixels":
    """One premultiplied picture over another of the same size."""
    result: Pixels = above + below * (1 - above[..., 3:])
    return result


def floats(values: "ArrayLike") -> "Pixels":
    """Values as 32-bit numbers; such an array is handed back as it is."""
    return np.asarray(values, dtype=np.float32)


def as_bytes(picture: "Pixels") -> "Frame":
    """A picture of 0 to 1 as one of 0 to 255."""
    scaled = picture * np.float32(255) + np.float32(0.5)
    return np.asarray(np.clip(scaled, 0, 255), dtype=np.uint8)
