"""Cameras of this computer, through OpenCV."""

import threading
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from interviewer.capture.sources.picture import USUAL_FPS, believed_fps
from interviewer.errors import DeviceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

PATIENCE: Final = 5.0
"""Seconds without a picture after which a camera is lost; `read` itself would wait for 30."""
_FAILURES: Final = 50
_BREATH: Final = 0.02
"""A camera that is gone fails at once, again and again: lost after one second of that."""
_WANTED_SIZE: Final = (1280, 720)


class OpenCvPictures:
    """Pictures of a camera.

    Args:
        label: The source for a person, as in "The camera 0".
        place: Number of the camera; also a file or an address, which OpenCV opens as well.
    """

    fps = USUAL_FPS

    def __init__(self, label: str, place: int | str) -> None:
        self._label = label
        self._place = place

    def pictures(self, stopped: threading.Event) -> "Iterator[NDArray[np.uint8]]":
        """Read until the camera is gone; only this thread touches it."""
        camera = self._opened()
        failures = 0
        try:
            while not stopped.is_set() and failures < _FAILURES:
                arrived, picture = camera.read()
                if arrived and picture is not None:
                    failures = 0
                    yield np.asarray(picture, dtype=np.uint8)
                else:
                    failures += 1
                    stopped.wait(_BREATH)
        finally:
            camera.release()
        if not stopped.is_set():
            raise DeviceError(f"{self._label} has stopped sending pictures.")

    def _opened(self) -> Any:  # noqa: ANN401 - the library has no types
        import cv2

        # What is wrong is said by us; the library would write into the terminal.
        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
        camera = cv2.VideoCapture(self._place)
        if not camera.isOpened():
            raise DeviceError(
                f"{self._label} cannot be opened.",
                "Check that it is connected, allowed, and not used by another program.",
            )
        if isinstance(self._place, int):
            # Over USB 2 only compressed pictures reach 30 a second at this size.
            camera.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
            camera.set(cv2.CAP_PROP_FRAME_WIDTH, _WANTED_SIZE[0])
            camera.set(cv2.CAP_PROP_FRAME_HEIGHT, _WANTED_SIZE[1])
            camera.set(cv2.CAP_PROP_FPS, USUAL_FPS)
            camera.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        self.fps = believed_fps(camera.get(cv2.CAP_PROP_FPS))
        return camera
