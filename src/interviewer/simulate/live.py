"""The simulated candidate as the microphone and the camera of a live interview."""

import itertools
import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from interviewer.simulate.cues import Cue, talk_over_origin
from interviewer.simulate.drawing.looks import LOOKS
from interviewer.simulate.drawing.renderer import Renderer
from interviewer.simulate.leak import Leak, Loudspeaker
from interviewer.simulate.pace import Pace
from interviewer.simulate.performance import BREAK_OFF, Performance
from interviewer.simulate.record import truth_of
from interviewer.simulate.sound import RATE
from interviewer.simulate.turns import TurnChoice

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from interviewer.interview.documents.session import Question
    from interviewer.simulate.script import Script
    from interviewer.simulate.speech import SpokenAnswer
    from interviewer.simulate.truth import Truth

log = logging.getLogger(__name__)

TakeSound = Callable[["NDArray[np.float32]"], None]
TakePicture = Callable[["NDArray[np.uint8]", float | None], None]

_REST: Final = 1.0
_JOIN: Final = 5.0
"""Seconds that `pause` and `stop` wait for a receiver that blocks."""


class LiveCandidate:
    """Listens until a question has ended, then acts and speaks an answer.

    Its time is the sound it has given, in samples: 0 at `start`, and it stands still in a pause.
    It never runs ahead of the wall clock times `speed`; a receiver that takes its time slows it
    down, and it catches up with no more than `pace.CATCH_UP`. All times handed in are of the
    recording, so the recording begins with the candidate and pauses with it. Every method may be
    called from any thread.

    A word to it that comes late cannot change what was given already: an answer whose beginning
    would lie there begins now, and an answer that is to be broken off there goes on until now. The
    truth says what really happened.

    Args:
        script: Who is seen and what is answered.
        spoken: The answers as sound, one for each turn.
        speed: Seconds of recording for each second of the wall clock, above 0.
        leak: How the interviewer's loudspeaker reaches the microphone; None for headphones.
    """

    name = "simulated candidate"

    def __init__(
        self,
        script: "Script",
        spoken: "Sequence[SpokenAnswer]",
        *,
        speed: float = 1.0,
        leak: Leak | None = None,
    ) -> None:
        self.size = script.size
        self.fps = float(script.fps)
        self._speed = speed
        self._performance = Performance(script, spoken)
        self._choice = TurnChoice(script.turns)
        self._loudspeaker = None if leak is None else Loudspeaker(leak, script.seed)
        # Guards all below; told when one of them changes.
        self._changed = threading.Condition()
        self._samples = 0
        self._asking = self._paused = self._stopping = self._handing = self._over = False
        self._error: Exception | None = None
        self._thread: threading.Thread | None = None

    def start(self, take_sound: TakeSound | None, take_picture: TakePicture | None) -> None:
        """Begin to be heard and seen, on a thread of its own.

        Args:
            take_sound: Takes mono blocks at 48 kHz, one from each picture to the next, without
                gaps; None where nobody listens. It may block.
            take_picture: Takes pictures (blue, green, red; shape (height, width, 3)), the first at
                0 and each after the sound before it, and their times: exact ones in seconds where
                the sound is taken too, else None. None where nobody looks: then nothing is drawn.
                It may block.
        """
        if self._thread is not None:
            raise RuntimeError("A live candidate starts once.")
        self._thread = threading.Thread(
            target=self._run,
            args=(take_sound, take_picture),
            name="simulated candidate",
            daemon=True,
        )
        self._thread.start()

    def asked(self, question: "Question", at: float, until: float) -> None:
        """The interviewer begins to ask a question; an answer that is going on is broken off.

        Args:
            question: What is asked.
            at: Where the asking begins.
            until: Where it is expected to end.
        """
        with self._changed:
            if self._asking and (open_cue := self._performance.cues[-1]).question_end is not None:
                end = min(open_cue.question_end, at)
                self._performance = self._performance.recued(replace(open_cue, question_end=end))
            turn = self._choice.turn_for(question.id)
            # A voice needs a moment to fall silent.
            noticed = max(at, self._now + BREAK_OFF)
            cue = Cue(turn, at, None, noticed_at=noticed, question=question)
            latency = self._performance.acts[turn].first_voice
            if latency < 0:
                origin = talk_over_origin(latency, until, earliest=noticed)
                cue = replace(cue, question_end=until, answers_from=origin)
            self._performance = self._performance.cued(cue)
            self._asking = True

    def question_over(self, at: float) -> None:
        """The question has ended, as it was said in full or the interviewer gave way.

        The answer begins after its response latency; one that talks over the question stays where
        it is. Without a question that is being asked, nothing happens.

        Args:
            at: Where it has ended.
        """
        with self._changed:
            if not self._asking:
                return
            self._asking = False
            cue = self._performance.cues[-1]
            latency = self._performance.acts[cue.turn].first_voice
            origin = cue.answers_from
            if origin is None:
                origin = max(at, max(self._now, cue.heard_at) - latency)
            ended = replace(cue, question_end=at, answers_from=origin)
            self._performance = self._performance.recued(ended)

    def hear(self, samples: "NDArray[np.float32]", rate: int, at: float) -> None:
        """The interviewer says something, which leaks into the microphone.

        Args:
            samples: All of it: mono, shape (n,), at any level.
            rate: Samples per second.
            at: Where it begins to be played.
        """
        if self._loudspeaker is None:
            return
        arriving = self._loudspeaker.arriving(samples, rate)
        with self._changed:
            self._loudspeaker.play(arriving, at, self._samples)

    def hush(self, at: float) -> None:
        """The interviewer stops what it is saying."""
        if self._loudspeaker is not None:
            with self._changed:
                self._loudspeaker.hush(at, self._samples)

    def pause(self) -> None:
        """Let its time stand still; what is being handed over is taken before this returns.

        Pause the candidate before the recording: then both stand at the same place. A receiver
        that blocks for longer than a second is not waited for.
        """
        with self._changed:
            self._paused = True
            self._changed.notify_all()
            if threading.current_thread() is not self._thread:
                self._changed.wait_for(lambda: not self._handing, timeout=_REST)

    def resume(self) -> None:
        """Go on from where it stood."""
        with self._changed:
            self._paused = False
            self._changed.notify_all()

    def stop(self) -> None:
        """Give nothing more. Calling it again does nothing.

        Raises:
            Exception: What ended the candidate before, be it its own or its receiver's; said once.
        """
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        if self._thread is not None and threading.current_thread() is not self._thread:
            self._thread.join(_JOIN)
            if self._thread.is_alive():
                log.warning("Who listens to the simulated candidate still holds it up.")
        error, self._error = self._error, None
        if error is not None:
            raise error

    @property
    def position(self) -> float:
        """Seconds given, with the block that is just being handed over."""
        return self._now

    @property
    def over(self) -> bool:
        """Whether it gives nothing more: it was stopped, or failed and `stop` will say why."""
        return self._over

    @property
    def truth(self) -> "Truth":
        """What it did until now; complete once it is stopped."""
        with self._changed:
            performance, now = self._performance, self._now
        voice = performance.spoken[0].voice
        return truth_of(performance, voice, now)

    @property
    def _now(self) -> float:
        return self._samples / RATE

    def _run(self, take_sound: TakeSound | None, take_picture: TakePicture | None) -> None:
        try:
            self._give(take_sound, take_picture)
        except Exception as error:  # noqa: BLE001  # raised again by `stop`, in its caller's thread
            self._error = error
        finally:
            with self._changed:
                self._over, self._handing = True, False
                self._changed.notify_all()

    def _give(self, take_sound: TakeSound | None, take_picture: TakePicture | None) -> None:
        renderer = None if take_picture is None else self._renderer()
        pace = Pace(self._speed)
        for number in itertools.count():
            moment = self._next(number, pace)
            if moment is None:
                return
            performance, sound = moment
            if take_sound is not None and sound.size:
                take_sound(sound)
            if take_picture is not None and renderer is not None:
                time = number / self.fps
                picture = renderer.draw(performance.state(time))
                take_picture(picture, None if take_sound is None else time)
            with self._changed:
                self._handing = False
                self._changed.notify_all()

    def _next(self, number: int, pace: Pace) -> "tuple[Performance, NDArray[np.float32]] | None":
        """Wait until a picture is due; who is seen then, and the sound before it; None at the end.

        From here on the sound counts as given: a word that comes later changes only what follows.
        """
        with self._changed:
            while not self._stopping:
                if self._paused:
                    self._changed.wait_for(lambda: self._stopping or not self._paused)
                    pace.restart(number / self.fps)
                elif (left := pace.wait(number / self.fps)) > 0:
                    self._changed.wait(left)
                else:
                    return self._performance, self._taken(number)
        return None

    def _taken(self, number: int) -> "NDArray[np.float32]":
        start, end = self._samples, round(number * RATE / self.fps)
        sound = self._performance.sound(start, end - start)
        if self._loudspeaker is not None:
            sound += self._loudspeaker.sound(start, end - start)
        self._samples = end
        self._handing = True
        return sound

    def _renderer(self) -> Renderer:
        script = self._performance.script
        width, height = script.size
        return Renderer(LOOKS[script.appearance], width, height, script.distance)
