"""From the state of a face to a frame: painted layers, bent and composited."""

from typing import TYPE_CHECKING, Final

import numpy as np

from interviewer.simulate.drawing.body import paint_body
from interviewer.simulate.drawing.brush import Canvas, as_bytes, floats, over
from interviewer.simulate.drawing.eyes import Eye
from interviewer.simulate.drawing.geometry import EYE, EYE_X, EYE_Y, MOUTH, head_area
from interviewer.simulate.drawing.glasses import paint_glasses
from interviewer.simulate.drawing.hair import paint_beard, paint_hair_before, paint_hair_behind
from interviewer.simulate.drawing.mouth import Mouth
from interviewer.simulate.drawing.pose import Bend, Warp
from interviewer.simulate.drawing.room import paint_room
from interviewer.simulate.drawing.shapes import Area
from interviewer.simulate.drawing.skin import paint_skin

if TYPE_CHECKING:
    from interviewer.simulate.drawing.brush import Frame, Pixels, Window
    from interviewer.simulate.drawing.looks import Look
    from interviewer.simulate.state import FaceState

_SCALE: Final = 21.0 / 720
"""Pixels per centimetre and pixel of the frame's height, at distance 1."""
_ORIGIN_Y: Final = 0.49
"""Where the middle of the face lies, as a share of the frame's height."""
_SQUINT: Final = 0.85
_JAW_CM: Final = 0.8
_BROW_CM: Final = 0.45
_BREATH_CM: Final = 0.14
_PLATES: Final = 9
"""How many positions of the shoulders are painted; one step is less than a pixel."""


class Renderer:
    """Draws one look at one size.

    Args:
        look: The appearance.
        width: Of the frame in pixels, even.
        height: Of the frame in pixels, even.
        distance: From the camera; 1 is the usual distance of a web camera.
    """

    def __init__(self, look: "Look", width: int, height: int, distance: float = 1.0) -> None:
        self._look = look
        self._width, self._height = width, height
        self._scale = _SCALE * height / distance
        self._origin = (width / 2, height * _ORIGIN_Y)
        self._area = head_area(look.style)
        self._room = paint_room(look, width, height)
        self._body = self._painted_body()
        self._plates: dict[int, Frame] = {}
        # A grain of half a step of brightness, or the smooth wall would show bands.
        grain = np.random.default_rng(1).uniform(-0.5, 0.5, (height, width, 1)) / 255
        self._grain = floats(grain)
        self._head, self._glasses = self._painted_head()
        self._texture = as_bytes(self._head)
        rows, columns = self._head.shape[:2]
        self._warp = Warp(self._area, self._scale, (columns, rows))
        self._mouth_window = self._window(MOUTH, (0.0, 0.0))
        self._mouth = Mouth(look, self._scale, self._head[self._mouth_window])
        self._eyes = tuple(self._eye(side) for side in (-1.0, 1.0))

    def draw(self, state: "FaceState") -> "Frame":
        """Draw a frame.

        Returns:
            Shape (height, width, 3), blue, green, red; the caller may keep and change it.
        """
        import cv2

        self._put_features(state)
        bend = Bend(
            yaw=state.yaw,
            pitch=state.pitch,
            roll=state.roll,
            shift=(state.shift_x, state.shift_y),
            jaw=state.mouth * _JAW_CM,
            cheeks=state.smile,
            brows=state.brows * _BROW_CM,
        )
        map_x, map_y = self._warp.maps(bend)
        head = np.asarray(cv2.remap(self._texture, map_x, map_y, cv2.INTER_LINEAR), dtype=np.uint8)
        frame = self._plate(state.breath).copy()
        top = round(self._origin[1] + self._area.top * self._scale)
        left = round(self._origin[0] + self._area.left * self._scale)
        _lay_over(frame, head, top, left)
        return frame

    def _put_features(self, state: "FaceState") -> None:
        """Mouth and eyes are the only parts of the painting that change."""
        self._texture[self._mouth_window] = self._mouth.draw(state.smile, state.mouth)
        squint = _SQUINT * state.smile
        for eye, window in self._eyes:
            self._texture[window] = eye.draw(state.gaze_x, state.gaze_y, state.eyes_open, squint)

    def _eye(self, side: float) -> "tuple[Eye, Window]":
        window = self._window(EYE, (side * EYE_X, EYE_Y))
        glasses = None if self._glasses is None else self._glasses[window]
        return Eye(self._look, self._scale, side, self._head[window], glasses), window

    def _painted_head(self) -> "tuple[Pixels, Pixels | None]":
        look = self._look
        canvas = Canvas(self._area, self._scale)
        paint_hair_behind(canvas, look)
        face = paint_skin(canvas, look)
        paint_beard(canvas, look, face)
        paint_hair_before(canvas, look)
        head = canvas.finished()
        if not look.glasses:
            return head, None
        glasses_canvas = Canvas(self._area, self._scale)
        paint_glasses(glasses_canvas, look)
        glasses = glasses_canvas.finished()
        # Outside of the eyes the glasses never change, so they are part of the head there.
        plain = head.copy()
        head = over(head, glasses)
        for side in (-1.0, 1.0):
            window = self._window(EYE, (side * EYE_X, EYE_Y))
            head[window] = plain[window]
        return head, glasses

    def _painted_body(self) -> "Pixels":
        left, top = (-start / self._scale for start in self._origin)
        right, bottom = left + self._width / self._scale, top + self._height / self._scale
        return paint_body(self._look, Area(left, top, right, bottom), self._scale)

    def _plate(self, breath: float) -> "Frame":
        """Room and shoulders at one of few positions, painted when first needed."""
        import cv2

        half = _PLATES // 2
        step = round(min(max(breath, -1.0), 1.0) * half)
        if step not in self._plates:
            down = -step / half * _BREATH_CM * self._scale
            move = np.array([[1, 0, 0], [0, 1, down]], dtype=np.float64)
            body = cv2.warpAffine(
                self._body,
                move,
                (self._width, self._height),
                flags=cv2.INTER_LINEAR,
                borderMode=cv2.BORDER_REPLICATE,
            )
            plate = over(self._room, floats(body))[..., :3]
            self._plates[step] = as_bytes(plate + self._grain)
        return self._plates[step]

    def _window(self, area: Area, centre: tuple[float, float]) -> "Window":
        """Rows and columns of the head's canvas that an area around a centre takes."""
        width = round((area.right - area.left) * self._scale)
        height = round((area.bottom - area.top) * self._scale)
        column = round((centre[0] + area.left - self._area.left) * self._scale)
        row = round((centre[1] + area.top - self._area.top) * self._scale)
        return slice(row, row + height), slice(column, column + width)


def _lay_over(frame: "Frame", layer: "Frame", top: int, left: int) -> None:
    """Composite a premultiplied layer into a frame; what lies outside of the frame is left away."""
    import cv2

    height, width = frame.shape[:2]
    rows = slice(max(0, top), min(height, top + layer.shape[0]))
    columns = slice(max(0, left), min(width, left + layer.shape[1]))
    part = frame[rows, columns]
    above = layer[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]
    clear = cv2.cvtColor(cv2.bitwise_not(cv2.extractChannel(above, 3)), cv2.COLOR_GRAY2BGR)
    below = cv2.multiply(part, clear, scale=1 / 255)
    cv2.add(below, cv2.cvtColor(above, cv2.COLOR_BGRA2BGR), dst=part)
