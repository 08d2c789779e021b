"""Everything that is recorded: sources into one recorder, on one clock."""

import threading
from typing import TYPE_CHECKING, Final

import numpy as np

from interviewer.workflows.conduct.equipment import Equipment

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from interviewer.capture.recorder import Recorder
    from interviewer.capture.sources import Over

SOUND_RATE: Final = 48_000
_BLOCK: Final = 0.02
"""Seconds of a block of silence: pictures are placed within the length of a block."""

_MOST_WAITING: Final = 8
"""Pictures that may wait for the encoder before a source that can wait is held up."""

_LOOK_AGAIN: Final = 0.004


class Stage:
    """Sources on their way into the recording.

    Args:
        equipment: The sources.
        recorder: Takes sound and pictures.
        hear: Given each block of the microphone's sound after it was recorded.
        sound_over: Told when the microphone gives nothing more.
        picture_over: Told when the camera gives nothing more.
        see: Given each picture after it was recorded.
    """

    def __init__(
        self,
        equipment: Equipment,
        recorder: "Recorder",
        *,
        hear: "Callable[[NDArray[np.float32]], None]",
        sound_over: "Callable[[Over], None]",
        picture_over: "Callable[[Over], None]",
        see: "Callable[[NDArray[np.uint8]], None] | None" = None,
    ) -> None:
        self._equipment = equipment
        self._recorder = recorder
        self._hear = hear
        self._see = see
        self._sound_over = sound_over
        self._picture_over = picture_over
        self._stopped = threading.Event()
        self._paused = False
        self._silence: threading.Thread | None = None
        # Who is simulated or read from a file faster than life can wait for the encoder.
        self._patient = equipment.candidate is not None or equipment.pace.speed > 1

    def begin(self) -> None:
        """Let everything start together; the camera first, because it takes longer."""
        kit = self._equipment
        if kit.camera is not None:
            kit.camera.start(self._picture, self._picture_over)
        if kit.candidate is not None:
            simulated_sound = kit.is_heard and kit.microphone is None
            simulated_picture = kit.is_seen and kit.camera is None
            kit.candidate.start(
                self._sound if simulated_sound else None,
                self._picture if simulated_picture else None,
            )
        if kit.microphone is not None:
            kit.microphone.start(self._sound, self._sound_over)
        elif not kit.is_heard:
            self._silence = threading.Thread(target=self._be_silent, name="silence", daemon=True)
            self._silence.start()
        kit.pace.begin()

    def pause(self) -> None:
        """Record nothing until `resume`; a simulated candidate stands still first."""
        if self._equipment.candidate is not None:
            self._equipment.candidate.pause()
        self._paused = True
        self._recorder.pause()

    def resume(self) -> None:
        """Go on."""
        self._recorder.resume()
        self._paused = False
        if self._equipment.candidate is not None:
            self._equipment.candidate.resume()

    def end(self) -> None:
        """Stop all sources; nothing is recorded or heard after it."""
        self._stopped.set()
        kit = self._equipment
        try:
            for source in (kit.camera, kit.microphone):
                if source is not None:
                    source.stop()
        finally:
            if self._silence is not None:
                self._silence.join()
            if kit.candidate is not None:
                kit.candidate.stop()

    def _sound(self, block: "NDArray[np.float32]") -> None:
        if self._paused or self._stopped.is_set():
            return
        self._recorder.sound(block)
        self._hear(block)

    def _picture(self, frame: "NDArray[np.uint8]", at: float | None) -> None:
        while self._patient and self._recorder.pictures_waiting >= _MOST_WAITING:
            if self._stopped.wait(_LOOK_AGAIN):
                return
        if self._paused or self._stopped.is_set():
            return
        self._recorder.picture(frame, at)
        if self._see is not None:
            self._see(frame)

    def _be_silent(self) -> None:
        """Without a microphone silence keeps the recording's time."""
        block = np.zeros(round(_BLOCK * SOUND_RATE), dtype=np.float32)
        count = 1
        while self._equipment.pace.wait_until(count * _BLOCK, self._stopped):
            self._sound(block)
            count += 1
