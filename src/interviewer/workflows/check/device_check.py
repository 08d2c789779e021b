"""Devices looked through before the interview, and the candidate's baselines."""

import logging
import threading
from collections.abc import Sequence
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Final

from interviewer.assessment.calibration import Unclear, camera_direction_of
from interviewer.errors import DeviceError, InterviewerError
from interviewer.interview.documents.session import Calibration, CameraDirection, NeutralVoice
from interviewer.workflows.check.devices import Devices
from interviewer.workflows.check.listener import Listener
from interviewer.workflows.check.reading import SENTENCE, judge
from interviewer.workflows.check.verdicts import Hint, Taken
from interviewer.workflows.check.watcher import Watcher
from interviewer.workflows.conduct.senses import Senses

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_UNCLEAR: Final = {
    Unclear.NO_FACE: "Your face was not found: move into the picture.",
    Unclear.TOO_FEW: "Your eyes were hardly seen: come nearer, or into better light.",
    Unclear.UNSTEADY: "Your eyes wandered: keep them on the lens.",
    Unclear.FAR: "You looked far beside the camera: look into its lens.",
}

log = logging.getLogger(__name__)


class DeviceCheck:
    """Looks and listens through the devices; nothing of it is written to disk.

    Used once: opened, then closed. Everything but `open`, `close` and the two `end_…` returns at
    once; those four may block.

    Args:
        microphone: `off`, `simulated`, `simulated:SCRIPT`, `default`, a device's name, a file or
            an address.
        camera: The same; a number for a device.
        speed: How much faster than real time files and simulated candidates go.
    """

    def __init__(self, microphone: str, camera: str, *, speed: float = 1.0) -> None:
        self._devices = Devices(microphone, camera, SENTENCE, speed=speed)
        self._senses = Senses()
        # Somebody may leave while the devices are still being opened.
        self._opening = threading.RLock()
        self._closed = False
        self._watcher: Watcher | None = None
        self._listener: Listener | None = None
        self._voice: NeutralVoice | None = None
        self._camera: CameraDirection | None = None

    @property
    def is_seen(self) -> bool:
        """Whether a camera was wanted and works."""
        return self._devices.is_seen

    @property
    def is_heard(self) -> bool:
        """Whether a microphone was wanted and works."""
        return self._devices.is_heard

    @property
    def sentence(self) -> str:
        """One neutral sentence to read aloud."""
        return SENTENCE

    @property
    def troubles(self) -> Sequence[InterviewerError]:
        """Devices that could not be opened or were lost."""
        return tuple(self._devices.troubles)

    @property
    def calibration(self) -> Calibration | None:
        """What was found out about the candidate; None where nothing was."""
        if self._voice is None and self._camera is None:
            return None
        return Calibration(voice=self._voice, camera=self._camera)

    def open(self) -> None:
        """Open the devices; what cannot be opened is among `troubles`.

        Raises:
            InterviewerError: Not one of the devices could be opened.
        """
        import cv2  # noqa: F401 - loaded here, so that the first picture is shown at once

        with self._opening:
            if not self._closed:
                self._open()

    def close(self) -> None:
        """Let the devices go; waits for devices that are being opened."""
        with self._opening:
            self._closed = True
            self._devices.close()
            if self._watcher is not None:
                self._watcher.close()
            if self._listener is not None:
                self._listener.close()

    def picture(self) -> "NDArray[np.uint8] | None":
        """The newest picture, RGB of shape (h, w, 3), at most 320 wide; None without one."""
        return self._senses.picture() if self.is_seen else None

    def level(self) -> float | None:
        """Level of the last 50 ms in dBFS; None without a microphone."""
        return self._senses.level if self.is_heard else None

    def hints(self) -> Sequence[Hint]:
        """What is to be said about framing, light and sound, the most important first."""
        wrong_picture, good_picture = self._watched()
        wrong_sound, good_sound = self._listened()
        in_turn = chain.from_iterable(zip_longest(wrong_picture, wrong_sound))
        return (*(hint for hint in in_turn if hint is not None), *good_picture, *good_sound)

    def begin_gaze(self) -> None:
        """The person looks at the camera from now on."""
        if self._watcher is not None:
            self._watcher.begin()

    def end_gaze(self) -> Taken:
        """The person has looked at the camera: keep where that is, and nothing from before."""
        self._camera = None
        if self._watcher is None or not self.is_seen:
            return Taken(good=False, text="There is no picture.")
        try:
            found = camera_direction_of(self._watcher.end())
        except InterviewerError as error:
            return Taken(good=False, text=error.message)
        if isinstance(found, Unclear):
            return Taken(good=False, text=_UNCLEAR[found])
        self._camera = found
        return Taken(good=True, text="Kept: you looked at the camera.")

    def begin_sentence(self) -> None:
        """The person reads the sentence aloud from now on."""
        if self._listener is not None:
            self._listener.begin()
            self._devices.read_aloud()

    def end_sentence(self) -> Taken:
        """The sentence was read: keep how the person sounds, and nothing from before."""
        self._voice = None
        if self._listener is None or not self.is_heard:
            return Taken(good=False, text="There is no sound.")
        reading = self._listener.end()
        if self._listener.problem is not None:
            log.error("speech is not heard in the check", exc_info=self._listener.problem)
            return Taken(good=False, text="Speech cannot be recognised as such on this computer.")
        taken, self._voice = judge(reading)
        return taken

    def _open(self) -> None:
        # Made first: the first picture may come before all is open.
        self._watcher, self._listener = Watcher(), Listener()
        self._devices.open(self._hear, self._see)
        if self._devices.is_seen:
            self._watcher.start()
        if self._devices.is_heard:
            self._listener.start()
        if not self._devices.is_seen and not self._devices.is_heard:
            self.close()
            raise next(iter(self._devices.troubles), _nothing())

    def _hear(self, block: "NDArray[np.float32]") -> None:
        self._senses.hear(block)
        if self._listener is not None:
            self._listener.hear(block)

    def _see(self, frame: "NDArray[np.uint8]") -> None:
        self._senses.see(frame)
        if self._watcher is not None:
            self._watcher.see(frame)

    def _watched(self) -> tuple[Sequence[Hint], Sequence[Hint]]:
        return self._watcher.hints() if self._watcher is not None and self.is_seen else ((), ())

    def _listened(self) -> tuple[Sequence[Hint], Sequence[Hint]]:
        return self._listener.hints() if self._listener is not None and self.is_heard else ((), ())


def _nothing() -> InterviewerError:
    return DeviceError("Neither camera nor microphone was chosen.", "Choose one of them.")
