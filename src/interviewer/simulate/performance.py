"""The whole performance: for each moment what is seen, and for each sample what is heard.

Nothing here draws or plays. A film asks for all moments in order; a live source places each answer
when its question has really ended, and asks for the moment that is now.
"""

import copy
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from interviewer.simulate.acting import COMPOSE, SETTLE, Acts, AnswerActs
from interviewer.simulate.cues import Cue, talk_over_origin
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
BREAK_OFF: Final = 0.02
"""Seconds in which the voice of somebody interrupted falls silent, so that it does not click."""
_SWAY_YAW, _SWAY_PITCH, _SWAY_ROLL = 2.2, 1.4, 1.8
_SWAY_X, _SWAY_Y = 0.30, 0.14
_BEAT_PITCH, _BEAT_BROWS = 1.6, 0.45
_BREATH_SECONDS: Final = 4.2
_UP_BROWS: Final = 0.35
_ENERGY_SECONDS: Final = 1.5


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
            cue = Cue(index, now, question_end)
            if acts.first_voice < 0:
                origin = talk_over_origin(acts.first_voice, question_end, earliest=now)
                cue = replace(cue, answers_from=origin)
            cues.append(cue)
            now = performance.answer_end(cue) + script.between
        performance.cues = tuple(cues)
        return performance

    def cued(self, cue: Cue) -> "Performance":
        """The same performance with one more question, later than all before."""
        return self._with((*self.cues, cue))

    def recued(self, cue: Cue) -> "Performance":
        """The same performance with another last question."""
        return self._with((*self.cues[:-1], cue))

    @property
    def duration(self) -> float:
        """Seconds until the last cued answer and a little more are over."""
        return max((self.answer_end(cue) for cue in self.cues), default=0.0) + TAIL

    def first_voice(self, cue: Cue) -> float | None:
        """Where the answer to a question begins, in seconds; None while the candidate listens."""
        return None if cue.origin is None else cue.origin + self.acts[cue.turn].first_voice

    def answer_end(self, cue: Cue) -> float:
        """Where the answer to a question is over unless it is broken off, in seconds.

        While the candidate only listens, that is where it began to.
        """
        if cue.origin is None:
            return cue.asked_at
        last_voice = cue.origin + self.acts[cue.turn].last_voice
        return max(last_voice, cue.question_end or 0.0) + SETTLE

    def state(self, time: float) -> FaceState:
        """What is seen at a time in seconds."""
        seed = self.script.seed
        acts = self._acts_at(time)
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
            smile=min(1.0, acts.smile),
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
        for cue, following in pairwise((*self.cues, None)):
            first_voice = self.first_voice(cue) if cue else None
            if cue is None or first_voice is None:
                continue
            voice = self.spoken[cue.turn].sound
            begin = round(first_voice * RATE)
            end = begin + voice.size
            cut = end if following is None else min(end, round(following.heard_at * RATE))
            first, last = max(start, begin), min(start + count, cut)
            if first < last:
                part = voice[first - begin : last - begin]
                if cut < end:
                    part = part * _fade_out(first, last, cut)
                heard[first - start : last - start] += part
        return heard

    def _with(self, cues: tuple[Cue, ...]) -> "Performance":
        other = copy.copy(self)
        other.cues = cues
        return other

    def _acts_at(self, time: float) -> Acts:
        """What is done at a time: for the latest question heard, or what is left of an answer."""
        heard = [cue for cue in self.cues if cue.heard_at <= time][-2:]
        if not heard:
            return Acts()
        acts = self._acts_of(heard[-1], time)
        since = time - heard[-1].heard_at
        if len(heard) == 1 or since >= COMPOSE:
            return acts
        return acts.plus(self._acts_of(heard[0], time).broken_off(since))

    def _acts_of(self, cue: Cue, time: float) -> Acts:
        return Acts() if cue.origin is None else self.acts[cue.turn].at(time - cue.origin)

    def _energy(self, time: float) -> float:
        """Liveliness, which changes within a second or so after a question begins."""
        energy = 1.0
        for cue in self.cues:
            share = min(1.0, max(0.0, (time - cue.heard_at) / _ENERGY_SECONDS))
            energy += (self.script.turns[cue.turn].energy - energy) * share
        return energy


def _fade_out(first: int, last: int, cut: int) -> "NDArray[np.float32]":
    """Falls to 0 at the sample `cut`, for the samples from `first` to before `last`."""
    share = np.clip((cut - np.arange(first, last)) / (BREAK_OFF * RATE), 0, 1)
    return share.astype(np.float32)


def _limited(gaze: float) -> float:
    return min(1.0, max(-1.0, gaze))
