"""The whole performance: for each moment what is seen, and for each sample what is heard.

Nothing here draws or plays. A film asks for all moments in order; a live source places each answer
when its question has really ended, and asks for the moment that is now.
"""

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from interviewer.simulate.acting import Acts, AnswerActs
from interviewer.simulate.motion import eyes_open, glance, sway
from interviewer.simulate.sound import RATE, room_noise
from interviewer.simulate.state import FaceState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from interviewer.simulate.script import Script
    from interviewer.simulate.speech import SpokenAnswer

TAIL: Final = 1.0
"""Seconds after the last answer."""
_SWAY_YAW, _SWAY_PITCH, _SWAY_ROLL = 2.2, 1.4, 1.8
_SWAY_X, _SWAY_Y = 0.30, 0.14
_BEAT_PITCH, _BEAT_BROWS = 1.6, 0.45
_BREATH_SECONDS: Final = 4.2
_UP_BROWS: Final = 0.35
_ENERGY_SECONDS: Final = 1.5


@dataclass(frozen=True, slots=True)
class Cue:
    """When the question of a turn is asked and when it ends, in seconds.

    Attributes:
        turn: Index into the script's turns.
        asked_at: Where the asking begins.
        question_end: Where it ends; the turn's answer follows after its latency.
    """

    turn: int
    asked_at: float
    question_end: float


class Performance:
    """A candidate who acts on cues.

    Args:
        script: What is to be done.
        spoken: The answers as sound, one for each turn.
        cues: When questions are asked, in order of time. A question that is asked during an answer
            ends it.
    """

    def __init__(
        self, script: "Script", spoken: "Sequence[SpokenAnswer]", cues: "Iterable[Cue]" = ()
    ) -> None:
        self.script = script
        self.spoken = tuple(spoken)
        self.cues = tuple(cues)
        self.acts = tuple(
            AnswerActs(turn, answer) for turn, answer in zip(script.turns, spoken, strict=True)
        )
        self._noise = room_noise(script.seed)

    @classmethod
    def planned(cls, script: "Script", spoken: "Sequence[SpokenAnswer]") -> "Performance":
        """Ask one question after the other, as the script's times say."""
        performance = cls(script, spoken)
        cues = []
        now = script.lead_in
        for index, (turn, acts) in enumerate(zip(script.turns, performance.acts, strict=True)):
            question_end = now + turn.question_seconds
            cues.append(Cue(index, now, question_end))
            now = question_end + acts.end + script.between
        performance.cues = tuple(cues)
        return performance

    def cued(self, cue: Cue) -> "Performance":
        """The same performance with one more question, later than all before."""
        later = copy.copy(self)
        later.cues = (*self.cues, cue)
        return later

    @property
    def duration(self) -> float:
        """Seconds until the last cued answer and a little more are over."""
        ends = [cue.question_end + self.acts[cue.turn].end for cue in self.cues]
        return max(ends, default=0.0) + TAIL

    def state(self, time: float) -> FaceState:
        """What is seen at a time in seconds."""
        seed = self.script.seed
        cue = self._cue_at(time)
        acts = self.acts[cue.turn].at(time - cue.question_end) if cue else Acts()
        energy = self._energy(time)
        jitter_x, jitter_y = glance(seed, time)
        return FaceState(
            yaw=acts.yaw + energy * _SWAY_YAW * sway(seed, "yaw", time),
            pitch=acts.pitch
            + energy * (_SWAY_PITCH * sway(seed, "pitch", time) - _BEAT_PITCH * acts.beat),
            roll=energy * _SWAY_ROLL * sway(seed, "roll", time),
            gaze_x=_limited(acts.gaze_x + jitter_x),
            gaze_y=_limited(acts.gaze_y + jitter_y),
            eyes_open=eyes_open(seed, time),
            smile=acts.smile,
            mouth=acts.mouth * (1 - 0.35 * acts.smile),
            brows=min(
                1.0,
                max(0.0, energy * _BEAT_BROWS * acts.beat) + _UP_BROWS * max(0.0, acts.gaze_y),
            ),
            shift_x=_SWAY_X * sway(seed, "x", time),
            shift_y=_SWAY_Y * sway(seed, "y", time),
            breath=float(np.sin(2 * np.pi * time / _BREATH_SECONDS)),
        )

    def sound(self, start: int, count: int) -> "NDArray[np.float32]":
        """What is heard: mono at `RATE`, shape (count,), from the sample `start` on."""
        place = np.arange(start, start + count) % self._noise.size
        heard = self._noise[place]
        for index, cue in enumerate(self.cues):
            voice = self.spoken[cue.turn].sound
            begin = round((cue.question_end + self.acts[cue.turn].first_voice) * RATE)
            end = begin + voice.size
            if index + 1 < len(self.cues):
                end = min(end, round(self.cues[index + 1].asked_at * RATE))
            first, last = max(start, begin), min(start + count, end)
            if first < last:
                heard[first - start : last - start] += voice[first - begin : last - begin]
        return heard

    def _cue_at(self, time: float) -> Cue | None:
        """The latest cue whose question is asked or has ended."""
        passed = [cue for cue in self.cues if cue.asked_at <= time]
        return passed[-1] if passed else None

    def _energy(self, time: float) -> float:
        """Liveliness, which changes within a second or so after a question begins."""
        energy = 1.0
        for cue in self.cues:
            share = min(1.0, max(0.0, (time - cue.asked_at) / _ENERGY_SECONDS))
            energy += (self.script.turns[cue.turn].energy - energy) * share
        return energy


def _limited(gaze: float) -> float:
    return min(1.0, max(-1.0, gaze))
