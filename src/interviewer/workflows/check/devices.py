"""Microphone and camera of a check, real, played or simulated."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeVar

from interviewer.errors import DeviceError, InputError, InterviewerError
from interviewer.interview.documents.session import Question
from interviewer.workflows.conduct.equipment import find_any_voice
from interviewer.workflows.conduct.options import OFF, SIMULATED, is_simulated, script_of
from interviewer.workflows.steps import Quiet

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from interviewer.capture.sources import Camera, Microphone, Over
    from interviewer.simulate.live import LiveCandidate
    from interviewer.simulate.script import Script

_PLUG_IN: Final = "Plug it in again, or go back and choose another."
_READ: Final = Question(id="calibration", text="Please read the sentence aloud.")
_SOON: Final = 0.3
"""Seconds after which a simulated candidate begins to read."""

Opened = TypeVar("Opened")

log = logging.getLogger(__name__)


class Devices:
    """What is looked and listened through.

    Args:
        microphone: `off`, `simulated`, `simulated:SCRIPT`, `default`, a device's name, a file or
            an address.
        camera: The same; a number for a device.
        sentence: What a simulated candidate reads aloud.
        speed: How much faster than real time files and simulated candidates go.

    Attributes:
        troubles: What could not be opened or was lost.
        is_heard: Whether sound comes.
        is_seen: Whether pictures come.
    """

    def __init__(self, microphone: str, camera: str, sentence: str, *, speed: float = 1.0) -> None:
        self.troubles: list[InterviewerError] = []
        self.is_heard = self.is_seen = False
        self._wanted = (microphone, camera)
        self._sentence = sentence
        self._speed = speed
        self._microphone: Microphone | None = None
        self._camera: Camera | None = None
        self._candidate: LiveCandidate | None = None

    def open(
        self,
        hear: "Callable[[NDArray[np.float32]], None]",
        see: "Callable[[NDArray[np.uint8]], None]",
    ) -> None:
        """Open what is wanted and let it run; what cannot be opened is among the troubles.

        Args:
            hear: Given the sound, one channel at 48 kHz, block by block.
            see: Given each picture, blue first.
        """
        from interviewer.capture.sources import Pace, open_camera, open_microphone

        pace = Pace(self._speed)
        heard, seen = self._wanted
        if is_simulated(heard) or is_simulated(seen):
            self._attempt(self._simulate)
        if heard != OFF and not is_simulated(heard):
            self._microphone = self._attempt(lambda: open_microphone(heard, pace))
        if seen != OFF and not is_simulated(seen):
            self._camera = self._attempt(lambda: open_camera(seen, pace))
        self.is_heard = self._microphone is not None or self._acts(heard)
        self.is_seen = self._camera is not None or self._acts(seen)
        if self._camera is not None:
            self._camera.start(lambda picture, _: see(picture), self._picture_over)
        if self._microphone is not None:
            self._microphone.start(hear, self._sound_over)
        if self._candidate is not None:
            self._candidate.start(
                hear if self._acts(heard) else None,
                (lambda picture, _: see(picture)) if self._acts(seen) else None,
            )
        pace.begin()

    def read_aloud(self) -> None:
        """Have a simulated candidate read the sentence; a person was asked by the screen."""
        if self._candidate is not None:
            now = self._candidate.position
            self._candidate.asked(_READ, now, now)
            self._candidate.question_over(now)

    def close(self) -> None:
        """Let go of all; nothing is given after it."""
        for source in (self._camera, self._microphone, self._candidate):
            if source is None:
                continue
            try:
                source.stop()
            except Exception:  # the check is over: what ended a simulated candidate is for the log
                log.exception("a source of the check had failed")

    def _acts(self, source: str) -> bool:
        return self._candidate is not None and is_simulated(source)

    def _attempt(self, opened: Callable[[], Opened]) -> Opened | None:
        try:
            return opened()
        except InterviewerError as error:
            self.troubles.append(error)
            return None

    def _simulate(self) -> None:
        from interviewer.simulate.live import LiveCandidate
        from interviewer.simulate.speech import speak_all

        script = _reading(self._wanted, self._sentence)
        spoken = speak_all(script, find_any_voice(Quiet()))
        self._candidate = LiveCandidate(script, spoken, speed=self._speed)

    def _sound_over(self, over: "Over") -> None:
        if over.lost:
            self.is_heard = False
            self.troubles.append(DeviceError(over.message, _PLUG_IN))

    def _picture_over(self, over: "Over") -> None:
        if over.lost:
            self.is_seen = False
            self.troubles.append(DeviceError(over.message, _PLUG_IN))


def _reading(sources: tuple[str, str], sentence: str) -> "Script":
    """A script with the candidate of another, who does nothing but read the sentence."""
    from interviewer.simulate.script import Turn, demo_script, load_script

    paths = {script_of(source) for source in sources if is_simulated(source)} - {None}
    if len(paths) > 1:
        raise InputError(
            "Camera and microphone are given two different scripts.",
            f"A simulated candidate has one: give it once, as {SIMULATED}:SCRIPT.",
        )
    path = next(iter(paths), None)
    script = load_script(path) if path is not None else demo_script()
    turn = Turn(
        id=_READ.id,
        question=_READ.text,
        question_seconds=0,
        response_latency=_SOON,
        answer=sentence,
        pace=0.9,
    )
    return script.model_copy(update={"turns": (turn,), "lead_in": 0.0})
