"""The MediaPipe face landmarker: loaded quietly, asked for single pictures, closed in time."""

import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from interviewer.errors import CannotDoError, ModelMissingError

if TYPE_CHECKING:
    from numpy.typing import NDArray

# MediaPipe's own defaults. With 0.3 no face more was found in 27 clips, but three that are none.
_MIN_DETECTION = 0.5
_MIN_PRESENCE = 0.5

_STDERR = 2

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DetectedFace:
    """One face as the landmarker sees it.

    Attributes:
        points: Landmarks of shape (478, 2): x and y as shares of the picture, y downwards.
        matrix: Pose of shape (4, 4) in a space with x to the right of the picture, y up, and z
            towards the viewer.
        shapes: Blendshape name to score, 0 to 1; left and right are the person's own.
        pixels: Height of the face in pixels of the picture it was found in.
        offset: Where its centre lies from the centre of that picture, rightwards and downwards, in
            heights of that picture.
    """

    points: "NDArray[np.float32]"
    matrix: "NDArray[np.float64]"
    shapes: dict[str, float]
    pixels: float
    offset: tuple[float, float]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, width, height as shares of the picture, cut at its edges."""
        left, top = np.clip(self.points.min(axis=0), 0, 1)
        right, bottom = np.clip(self.points.max(axis=0), 0, 1)
        return float(left), float(top), float(right - left), float(bottom - top)


class Landmarker:
    """Finds faces in single pictures, each without knowledge of the others.

    Pictures are looked at one by one (the landmarker's image mode): as fast and as sure as its
    video mode at five pictures a second, and what is found does not depend on where one began.

    Args:
        model: The `.task` file.
        faces: How many faces are looked for at most.

    Raises:
        CannotDoError: A system library is missing.
        ModelMissingError: The file is no face landmarker.
    """

    def __init__(self, model: Path, *, faces: int = 3) -> None:
        self._mediapipe: Any = _load()
        vision = self._mediapipe.tasks.vision
        options = vision.FaceLandmarkerOptions(
            base_options=self._mediapipe.tasks.BaseOptions(
                model_asset_path=str(model),
                delegate=self._mediapipe.tasks.BaseOptions.Delegate.CPU,
            ),
            running_mode=vision.RunningMode.IMAGE,
            num_faces=faces,
            min_face_detection_confidence=_MIN_DETECTION,
            min_face_presence_confidence=_MIN_PRESENCE,
            output_face_blendshapes=True,
            output_facial_transformation_matrixes=True,
        )
        with _quiet_stderr():
            try:
                self._landmarker = vision.FaceLandmarker.create_from_options(options)
            except (OSError, RuntimeError, ValueError) as error:
                raise _not_created(model, error) from error
            # The graph reports on itself when it first runs: let it do so unheard.
            self.find(np.zeros((64, 64, 3), dtype=np.uint8))

    def find(self, rgb: "NDArray[np.uint8]") -> list[DetectedFace]:
        """Faces in a picture.

        Args:
            rgb: Shape (height, width, 3).
        """
        image = self._mediapipe.Image(
            image_format=self._mediapipe.ImageFormat.SRGB, data=np.ascontiguousarray(rgb)
        )
        result = self._landmarker.detect(image)
        return [
            _detected(rgb.shape, landmarks, matrix, shapes)
            for landmarks, matrix, shapes in zip(
                result.face_landmarks,
                result.facial_transformation_matrixes,
                result.face_blendshapes,
                strict=True,
            )
        ]

    def close(self) -> None:
        """Release the model; left to the end of the process, it would complain on stderr."""
        self._landmarker.close()


def _detected(
    shape: tuple[int, ...],
    landmarks: Any,  # noqa: ANN401 - MediaPipe has no types
    matrix: Any,  # noqa: ANN401
    shapes: Any,  # noqa: ANN401
) -> DetectedFace:
    height, width = shape[:2]
    points = np.array([(point.x, point.y) for point in landmarks], dtype=np.float32)
    low, high = points.min(axis=0), points.max(axis=0)
    centre = (low + high) / 2 - 0.5
    return DetectedFace(
        points=points,
        matrix=np.asarray(matrix, dtype=np.float64),
        shapes={shape.category_name: float(shape.score) for shape in shapes},
        pixels=float(high[1] - low[1]) * height,
        offset=(float(centre[0]) * width / height, float(centre[1])),
    )


def _load() -> Any:  # noqa: ANN401 - MediaPipe has no types
    try:
        with _quiet_stderr():
            import mediapipe
    except (ImportError, OSError) as error:
        raise _library_missing(error) from error
    return mediapipe


def _not_created(model: Path, error: Exception) -> Exception:
    if ".so" in str(error):
        return _library_missing(error)
    log.error("the face landmarker cannot be loaded", exc_info=error)
    return ModelMissingError(
        f"The face landmarker cannot be loaded from {model}.",
        "Fetch it again with `interviewer models pull face-landmarker`.",
    )


def _library_missing(error: Exception) -> CannotDoError:
    return CannotDoError(
        f"Faces cannot be looked at: MediaPipe misses a system library ({error}).",
        "On Debian or Ubuntu install it with `sudo apt install libgl1 libegl1 libgles2`.",
    )


@contextmanager
def _quiet_stderr() -> Iterator[None]:
    """Send what C++ code writes to the terminal to the log instead.

    Exceptions pass through; only file descriptor 2 is turned away, for as long as the block lasts.
    """
    try:
        kept = os.dup(_STDERR)
    except OSError:  # This process has no stderr.
        yield
        return
    with tempfile.TemporaryFile() as heard:
        os.dup2(heard.fileno(), _STDERR)
        try:
            yield
        finally:
            os.dup2(kept, _STDERR)
            os.close(kept)
            heard.seek(0)
            if text := heard.read().decode(errors="replace").strip():
                log.debug("MediaPipe says: %s", text)
