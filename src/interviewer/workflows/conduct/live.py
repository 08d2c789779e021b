"""An interview under way: sources, recorder, ears, conductor and live analysis, held together.

Whoever shows the interview, a screen or plain lines, begins it, looks at it, and ends it.
"""

import logging
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interviewer.errors import CannotDoError, DeviceError, InterviewerError
from interviewer.interview.documents.session import Session
from interviewer.interview.plan import Plan
from interviewer.interview.state import Action, Interview, Phase, Refusal, Step
from interviewer.workflows.conduct.conductor import Conductor, Keeper
from interviewer.workflows.conduct.ears import Ears
from interviewer.workflows.conduct.equipment import Equipment
from interviewer.workflows.conduct.senses import Senses
from interviewer.workflows.conduct.stage import Stage
from interviewer.workflows.conduct.told import Told, safely

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from interviewer.analysis.live import LiveObserver
    from interviewer.capture.recorder import Recorder, RecorderStats
    from interviewer.capture.sources import Over

_SETTLE_EVERY: Final = 0.25
"""Seconds of recording between words to the live analysis."""

log = logging.getLogger(__name__)


class Live:
    """One interview from its first sample to its last.

    Args:
        plan: What is asked.
        begun: The session as far as it is known before it begins.
        keeper: Keeps the events.
        equipment: Sources and voice.
        observer: The live analysis; None where there is none.
        part: Where the recording grows.
        told: Told what happens.
        automatic: Whether silence ends an answer.
        patience: Seconds of silence that end an answer of good length.

    Attributes:
        problem: What went wrong though the rest is kept; None where nothing did.
    """

    def __init__(
        self,
        plan: Plan,
        begun: Session,
        keeper: Keeper,
        equipment: Equipment,
        *,
        observer: "LiveObserver | None",
        part: Path,
        told: Told,
        automatic: bool,
        patience: float,
    ) -> None:
        self.problem: InterviewerError | None = None
        self._equipment = equipment
        self._observer = observer
        self._part = part
        self._told = told
        self._over: Over | None = None
        self._notices: list[str] = []
        self._settled_at = 0.0
        self._stage: Stage | None = None
        self._recorder: Recorder | None = None
        self._conductor = Conductor(
            plan,
            begun,
            keeper,
            equipment.asker,
            told,
            follower=equipment.candidate,
            has_ears=equipment.is_heard,
            automatic=automatic,
            patience=patience,
        )
        self._ears = Ears(self._heard)
        self._senses = Senses()

    @property
    def interview(self) -> Interview:
        """Where it stands."""
        return self._conductor.interview

    @property
    def now(self) -> float:
        """Seconds recorded."""
        return self._recorder.position if self._recorder is not None else 0.0

    @property
    def stats(self) -> "RecorderStats":
        """What the recorder says; only once it has begun."""
        if self._recorder is None:
            raise RuntimeError("the interview has not begun")
        return self._recorder.stats

    def picture(self) -> "NDArray[np.uint8] | None":
        """The newest picture, RGB, shape (h, w, 3), at most `WIDEST` wide; None without one."""
        return self._senses.picture()

    def level(self) -> float:
        """The microphone's level in the last moment, in dBFS; -100 in silence."""
        return self._senses.level

    @property
    def recording(self) -> bool:
        """Whether sound is being recorded at this moment."""
        begun = self._recorder is not None and self._stage is not None
        return begun and self.interview.phase not in {Phase.PAUSED, Phase.FINISHED}

    @property
    def notices(self) -> Sequence[str]:
        """What a person should know now, in sentences."""
        return tuple(self._notices)

    @property
    def muted(self) -> bool:
        """Whether the interviewer's voice is off."""
        return self._equipment.asker.muted

    def mute(self, on: bool, /) -> None:  # noqa: FBT001 - a switch with one position
        """Switch the interviewer's voice off or on; a question being said goes on in writing."""
        self._conductor.mute(on=on)

    def caption(self) -> str:
        """What has been understood of the answer so far; nothing yet."""
        return ""

    def begin(self) -> None:
        """Record, and ask the first question.

        Raises:
            CannotDoError: The recording cannot be written.
        """
        from interviewer.capture.recorder import Recorder

        kit = self._equipment
        self._recorder = Recorder(
            self._part,
            size=kit.size,
            fps=kit.fps,
            clock=lambda: time.monotonic() * kit.pace.speed,
        )
        self._stage = Stage(
            kit,
            self._recorder,
            hear=self._hear,
            sound_over=self._sound_over,
            picture_over=self._picture_over,
            see=self._senses.see,
        )
        kit.asker.position = lambda: self.now
        if kit.is_heard:
            self._ears.start()
        self._stage.begin()
        self._conductor.do(Action.START, self.now)

    def do(self, action: Action) -> Step | Refusal:
        """Do what the candidate commands, now."""
        step = self._conductor.do(action, self.now)
        if isinstance(step, Step) and self._stage is not None:
            if action is Action.PAUSE:
                self._stage.pause()
            elif action is Action.RESUME:
                self._stage.resume()
        return step

    def wait(self, seconds: float) -> bool:
        """Let time pass, and see to what nobody else sees to.

        Args:
            seconds: At most so many of the wall clock.

        Returns:
            Whether the interview has finished.
        """
        if self._conductor.finished.wait(seconds):
            return True
        if not self._equipment.is_heard:
            self._conductor.tick(self.now)
            self._settle(self.now)
        if self.is_broken:
            self.stop()
        return False

    @property
    def is_broken(self) -> bool:
        """Whether it cannot go on: the disk is full, the microphone is gone, or a part failed."""
        if self._ears.problem is not None and self.problem is None:
            self.problem = _unexpected(self._ears.problem)
        failed = self._recorder is not None and self._recorder.failed
        candidate = self._equipment.candidate
        gone = self._over is not None or (candidate is not None and candidate.over)
        return failed or gone or self.problem is not None

    def stop(self) -> None:
        """Ask no more; an answer under way ends now."""
        if self._over is not None:
            self._ears.finish()
        self._conductor.do(Action.STOP, self.now)
        self._conductor.finished.set()

    def end(self) -> None:
        """End sources and recording, whatever happened; what went wrong first is the problem."""
        try:
            if self._stage is not None:
                self._stage.end()
        except Exception as error:  # noqa: BLE001 - the recording must be ended all the same
            self.problem = self.problem or _unexpected(error)
        self._ears.finish()
        self._conductor.asker.close()
        try:
            if self._recorder is not None:
                self._recorder.stop()
        except InterviewerError as error:
            self.problem = error
        self.problem = self.problem or self._conductor.problem
        if self._over is not None and self._over.lost:
            self.problem = self.problem or DeviceError(
                self._over.message, "What was recorded before is kept."
            )

    def _hear(self, block: "NDArray[np.float32]") -> None:
        self._senses.hear(block)
        self._ears.put(block)

    def _heard(
        self, start: float, end: float, probability: float, window: "NDArray[np.float32]"
    ) -> None:
        if self.interview.phase is Phase.FINISHED:
            return
        self._conductor.hear(start, end, probability, window)
        self._settle(end)

    def _settle(self, now: float) -> None:
        """Let the live analysis go on to where everything is decided."""
        if self._observer is None or now - self._settled_at < _SETTLE_EVERY:
            return
        self._settled_at = now
        self._observer.settle(*self._conductor.settled(now))

    def _sound_over(self, over: "Over") -> None:
        self._note(f"{over.message} The interview ends there.")
        self._over = over

    def _picture_over(self, over: "Over") -> None:
        if self._equipment.is_heard:
            self._note(f"{over.message} The interview goes on without a picture.")
        else:
            self._sound_over(over)

    def _note(self, sentence: str) -> None:
        """Say what a person should know, as long as it is of use."""
        if not self._conductor.finished.is_set():
            self._notices.append(sentence)
            safely(self._told.noted, sentence)


def _unexpected(error: BaseException) -> InterviewerError:
    if isinstance(error, InterviewerError):
        return error
    log.error("the interview was ended by a fault", exc_info=error)
    return CannotDoError(
        f"The interview was ended by a fault ({type(error).__name__}: {error}).",
        "What was recorded before is kept; the details are in the log.",
    )
