"""Looks at the pictures of a check: light, framing, and where the eyes go."""

import logging
import threading
import time
from collections import Counter, deque
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from interviewer.errors import CannotDoError, InterviewerError
from interviewer.interview.documents.observations import FaceFrame
from interviewer.workflows.check.framing import GOOD, Look, faults, look_at
from interviewer.workflows.check.verdicts import Hint

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from interviewer.analysis.face import FaceObserver

_EVERY: Final = 1 / 3
"""Seconds from look to look; words that change faster cannot be read."""

_EVERY_GAZE: Final = 0.15
"""The same while the candidate looks at the camera: five to seven a second from a camera of 10 and
more, about as when a recording is observed."""

_LONGEST_GAZE: Final = 6.0
"""Seconds of gaze that are kept at most."""

_SETTLING: Final = 0.5
"""Seconds until eyes and head have reached the camera: what is asked for is done a reaction time
later, 0.2 to 0.4 s, and a head takes its time to turn."""

_REMEMBERED: Final = 3
"""Looks that a hint is drawn from; what most of them say is said."""

_LET_GO: Final = 1.0

log = logging.getLogger(__name__)


class Watcher:
    """Looks at the newest picture a few times a second, on a thread of its own.

    Without the face landmarker it sees light only.

    Attributes:
        problem: Why faces are not looked for; None while they are.
    """

    def __init__(self) -> None:
        self.problem: InterviewerError | None = None
        # Guards all below.
        self._changed = threading.Condition()
        self._newest: NDArray[np.uint8] | None = None
        self._kept: deque[tuple[float, NDArray[np.uint8]]] = deque()
        self._collecting = self._stopped = self._busy = False
        self._began = self._last = 0.0
        self._gaze: list[FaceFrame] = []
        self._looks: deque[Look] = deque(maxlen=_REMEMBERED)
        self._thread = threading.Thread(target=self._work, name="watches the check", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def see(self, frame: "NDArray[np.uint8]") -> None:
        """Take a picture, blue first; most are let go unseen."""
        now = time.monotonic()
        with self._changed:
            self._newest = frame
            due = self._collecting and now - self._last >= _EVERY_GAZE
            if not due or not _SETTLING <= now - self._began <= _LONGEST_GAZE:
                return
            self._last = now
        small = _small(frame)
        with self._changed:
            if self._collecting:
                self._kept.append((now, small))
                self._changed.notify_all()

    def begin(self) -> None:
        """Keep the looks from now on."""
        with self._changed:
            self._kept.clear()
            self._gaze.clear()
            self._began, self._last, self._collecting = time.monotonic(), 0.0, True

    def end(self, patience: float = 20.0) -> tuple[FaceFrame, ...]:
        """Every look since `begin`; waits until all of them were looked at.

        Raises:
            InterviewerError: Faces cannot be looked for.
        """
        with self._changed:
            self._collecting = False
            done = self._changed.wait_for(
                lambda: not (self._kept or self._busy) or self._stopped or self.problem, patience
            )
            if self.problem is not None:
                raise self.problem
            if not done:
                raise CannotDoError("Looking for your eyes takes too long on this computer.")
            return tuple(self._gaze)

    def hints(self) -> tuple[Sequence[Hint], Sequence[Hint]]:
        """What most of the last looks say: what is wrong, and what is right."""
        with self._changed:
            looks = tuple(self._looks)
        if not looks:
            return (), ()
        said = Counter(hint for look in looks for hint in faults(look))
        wrong = [hint for hint, count in said.items() if 2 * count > len(looks)]
        seen = looks[-1].face is not None and looks[-1].face.box is not None
        return wrong, [Hint(GOOD, good=True)] if seen and not wrong else []

    def close(self) -> None:
        """Look no more."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        if self._thread.is_alive():
            self._thread.join(_LET_GO)

    def _work(self) -> None:
        observer = self._load()
        try:
            while (taken := self._next()) is not None:
                self._look(observer, *taken)
        except Exception as error:
            log.exception("the picture cannot be looked at")
            self._fail(CannotDoError(f"The picture cannot be looked at: {error}."))
        finally:
            if observer is not None:
                observer.close()

    def _load(self) -> "FaceObserver | None":
        from interviewer.analysis.face import FaceObserver
        from interviewer.weights import Weights

        try:
            # Only what is here: a check does not wait for a download.
            return FaceObserver(Weights(offline=True).file("face-landmarker"))
        except InterviewerError as error:
            self._fail(error)
            return None

    def _fail(self, error: InterviewerError) -> None:
        with self._changed:
            self.problem = error
            self._changed.notify_all()

    def _next(self) -> "tuple[float, NDArray[np.uint8], bool] | None":
        """Wait for a picture: its time, itself, whether it is one of the gaze; None at the end."""
        with self._changed:
            self._busy = False
            self._changed.notify_all()
            until = time.monotonic() + _EVERY
            while not self._stopped:
                if self._kept:
                    self._busy = True
                    return *self._kept.popleft(), True
                left = until - time.monotonic()
                if left <= 0 and self._newest is not None and not self._collecting:
                    newest, self._newest = self._newest, None
                    return time.monotonic(), _small(newest), False
                self._changed.wait(left if left > 0 else _EVERY)
        return None

    def _look(
        self,
        observer: "FaceObserver | None",
        at: float,
        bgr: "NDArray[np.uint8]",
        of_gaze: bool,  # noqa: FBT001 - unpacked from a tuple
    ) -> None:
        rgb = np.ascontiguousarray(bgr[:, :, ::-1])
        face = observer.observe(at, rgb) if observer is not None else None
        look = look_at(rgb, face)
        with self._changed:
            self._looks.append(look)
            if of_gaze and face is not None:
                self._gaze.append(face)


def _small(frame: "NDArray[np.uint8]") -> "NDArray[np.uint8]":
    """The picture at the size at which recordings are looked at, still blue first."""
    import cv2

    from interviewer.analysis.face.observer import LOOK_SIDE

    height, width = frame.shape[:2]
    scale = LOOK_SIDE / max(height, width)
    if scale >= 1:
        return frame
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
