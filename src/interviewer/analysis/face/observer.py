"""Looks at pictures of a recording, each giving one face frame."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import numpy as np

from interviewer.analysis.face.landmarker import DetectedFace, Landmarker
from interviewer.analysis.face.measures import (
    brightness,
    eye_direction,
    head_pose,
    mean_of_sides,
)
from interviewer.analysis.face.tracking import MainFace, overlap
from interviewer.analysis.media import FrameReader
from interviewer.interview.documents.observations import FaceFrame, FaceObservation

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Longest side of the pictures that are looked at. The detector misses faces lower than an eighth of
# it whatever its size; but at 320 such a face has 40 pixels, too few for its eyes.
LOOK_SIDE = 640

# A picture this much longer than wide, or wider than high, is worth a second look at its halves.
_OBLONG = 1.2

# Two finds that share this much of their area are one face.
_SAME_FACE = 0.3


class FaceObserver:
    """Looks at pictures with the face landmarker and follows the main face.

    Close it, or use it as a context manager.

    Args:
        model: The landmarker's `.task` file.

    Raises:
        CannotDoError: A system library is missing.
        ModelMissingError: The file is no face landmarker.
    """

    def __init__(self, model: Path) -> None:
        self._landmarker = Landmarker(model)
        self._main = MainFace()

    def observe(self, time: float, rgb: "NDArray[np.uint8]") -> FaceFrame:
        """Look at one picture.

        Args:
            time: Its time in seconds; ascending from call to call.
            rgb: Shape (height, width, 3), upright.
        """
        faces = self._find(rgb)
        height, width = rgb.shape[:2]
        boxes = [face.box for face in faces]
        # In pixels, so that a wide picture does not make faces look alike in one direction.
        main = self._main.choose(
            time, [(x * width, y * height, w * width, h * height) for x, y, w, h in boxes]
        )
        if main is None:
            return FaceFrame(
                time=round(time, 3),
                faces=len(faces),
                brightness=round(brightness(rgb, None), 3),
            )
        return _frame(time, len(faces), faces[main], rgb)

    def forget(self) -> None:
        """Forget which face was the main one, so that what follows depends on itself alone."""
        self._main = MainFace()

    def close(self) -> None:
        """Release the model."""
        self._landmarker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _find(self, rgb: "NDArray[np.uint8]") -> list[DetectedFace]:
        """Faces in the picture; if there are none, faces in its two overlapping square halves.

        The detector shrinks what it is given to one size, so a face of half the size is found in
        half the picture. At most two looks more are spent.
        """
        found = self._landmarker.find(rgb)
        height, width = rgb.shape[:2]
        if found or max(height, width) < _OBLONG * min(height, width):
            return found
        side = min(height, width)
        for left, top in ((0, 0), (width - side, height - side)):
            part = rgb[top : top + side, left : left + side]
            for face in self._landmarker.find(part):
                whole = _placed(face, (left, top), side, (width, height))
                if all(overlap(whole.box, other.box) < _SAME_FACE for other in found):
                    found.append(whole)
        return found


def _placed(
    face: DetectedFace, corner: tuple[int, int], side: int, size: tuple[int, int]
) -> DetectedFace:
    """A face found in a square part, as a part of the whole picture."""
    points = (face.points * side + np.array(corner)) / np.array(size)
    return replace(face, points=points.astype(np.float32))


def _frame(time: float, count: int, face: DetectedFace, rgb: "NDArray[np.uint8]") -> FaceFrame:
    pose = head_pose(face.matrix, face.offset)
    gaze_x, gaze_y = eye_direction(face)
    x, y, w, h = face.box
    return FaceFrame(
        time=round(time, 3),
        faces=count,
        box=(round(x, 3), round(y, 3), round(w, 3), round(h, 3)),
        yaw=round(pose.yaw, 1),
        pitch=round(pose.pitch, 1),
        roll=round(pose.roll, 1),
        gaze_x=None if gaze_x is None else round(gaze_x, 3),
        gaze_y=None if gaze_y is None else round(gaze_y, 3),
        eyes_closed=round(mean_of_sides(face.shapes, "eyeBlink"), 3),
        smile=round(mean_of_sides(face.shapes, "mouthSmile"), 3),
        jaw_open=round(face.shapes["jawOpen"], 3),
        brightness=round(brightness(rgb, face.box), 3),
    )


def observe_faces(
    path: Path, model: Path, ranges: Iterable[tuple[float, float]], *, rate: float = 5.0
) -> Iterator[FaceObservation]:
    """Look at stretches of a recording in one pass, seeking over what lies between them.

    Args:
        path: The recording; it may still be growing.
        model: The landmarker's `.task` file.
        ranges: Start and end of each stretch in seconds, ascending; asked for one by one.
        rate: Looks per second.

    Yields:
        One observation for each stretch, in order, as soon as it is complete; without frames where
        there is no picture at that time.

    Raises:
        InputError: The recording cannot be read or has no picture.
        CannotDoError: A system library is missing.
        ModelMissingError: The file is no face landmarker.
    """
    with (
        FaceObserver(model) as observer,
        FrameReader(path, rate=rate, max_side=LOOK_SIDE) as reader,
    ):
        for start, end in ranges:
            # A stretch that is observed again by itself must give the same frames.
            observer.forget()
            frames = tuple(observer.observe(time, rgb) for time, rgb in reader.read(start, end))
            yield FaceObservation(start=start, end=end, rate=rate, frames=frames)
