"""What the candidate does during one answer, by the seconds since the question's end."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from interviewer.interview.documents.base import Span
from interviewer.simulate.motion import ramp
from interviewer.simulate.sound import frame_levels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from interviewer.simulate.script import LookAway, Turn
    from interviewer.simulate.speech import SpokenAnswer

SETTLE: Final = 0.6
"""Seconds from the last voice until the answer counts as ended."""
EYES_RISE: Final = 0.16
HEAD_RISE: Final = 0.45
SMILE_RISE: Final = 0.5

COMPOSE: Final = 0.4
"""Seconds in which head, eyes and smile of somebody interrupted come back."""
_SHUT: Final = 0.1
"""Seconds in which the mouth of somebody interrupted closes."""
_ENVELOPE_HZ: Final = 50
_LOUD_SHARE: Final = 95
_MOUTH_REACH: Final = 0.78
_ATTACK, _RELEASE = 0.75, 0.4
_BEAT_SECONDS: Final = 0.7
_SPLIT: Final = 0.75
"""A diagonal look goes so far in each of its two directions."""
_EYES: Final = {"across": (0.95, 4.0), "up": (1.0, 8.0), "down": (1.0, 12.0)}
"""Looks with the eyes: how far they turn, and the few degrees that a head goes with them."""
_HEAD: Final = {"across": (0.42, 20.0), "up": (0.7, 11.0), "down": (0.8, 14.0)}
"""Looks with the head: the same."""


@dataclass(frozen=True, slots=True)
class Acts:
    """The scripted part of a moment; angles in degrees, signs as in `FaceFrame`."""

    yaw: float = 0.0
    pitch: float = 0.0
    gaze_x: float = 0.0
    gaze_y: float = 0.0
    smile: float = 0.0
    mouth: float = 0.0
    beat: float = 0.0

    def plus(self, other: "Acts") -> "Acts":
        """Both together."""
        return Acts(
            yaw=self.yaw + other.yaw,
            pitch=self.pitch + other.pitch,
            gaze_x=self.gaze_x + other.gaze_x,
            gaze_y=self.gaze_y + other.gaze_y,
            smile=self.smile + other.smile,
            mouth=self.mouth + other.mouth,
            beat=self.beat + other.beat,
        )

    def broken_off(self, seconds: float) -> "Acts":
        """What is left of it so long after the candidate was interrupted."""
        rest = 1 - _eased(seconds / COMPOSE)
        shut = 1 - _eased(seconds / _SHUT)
        return Acts(
            yaw=self.yaw * rest,
            pitch=self.pitch * rest,
            gaze_x=self.gaze_x * rest,
            gaze_y=self.gaze_y * rest,
            smile=self.smile * rest,
            mouth=self.mouth * shut,
            beat=self.beat * rest,
        )


@dataclass(frozen=True, slots=True)
class _Look:
    start: float
    end: float
    yaw: float
    pitch: float
    gaze_x: float
    gaze_y: float
    rise: float


class AnswerActs:
    """Gaze, smile, mouth and emphasis of one answer.

    What the script lets begin after the answer is not done; what it lets end later is cut there.

    Args:
        turn: The script's turn.
        spoken: Its answer as sound.
    """

    def __init__(self, turn: "Turn", spoken: "SpokenAnswer") -> None:
        self.first_voice = turn.response_latency
        self.last_voice = self.first_voice + spoken.duration
        self.end = max(0.0, self.last_voice) + SETTLE
        self._looks = [_look(look, self.end) for look in turn.looks_away if look.at < self.end]
        self._smiles = [
            (smile.at, min(smile.end, self.end), smile.strength)
            for smile in turn.smiles
            if smile.at < self.end
        ]
        self._mouth, self._beat = _envelopes(spoken.sound)

    def at(self, time: float) -> Acts:
        """What is done at a time, in seconds since the question's end; nothing before and after.

        An answer that talks over the question begins before its end, at a time below 0.
        """
        if not min(0.0, self.first_voice) <= time <= self.end:
            return Acts()
        yaw = pitch = gaze_x = gaze_y = 0.0
        for look in self._looks:
            head = ramp(time, look.start, look.end, look.rise)
            eyes = ramp(time, look.start, look.end, EYES_RISE)
            yaw, pitch = yaw + head * look.yaw, pitch + head * look.pitch
            gaze_x, gaze_y = gaze_x + eyes * look.gaze_x, gaze_y + eyes * look.gaze_y
        smile = max(
            (
                strength * ramp(time, start, end, SMILE_RISE)
                for start, end, strength in self._smiles
            ),
            default=0.0,
        )
        voiced = time - self.first_voice
        return Acts(
            yaw=yaw,
            pitch=pitch,
            gaze_x=gaze_x,
            gaze_y=gaze_y,
            smile=smile,
            mouth=_read(self._mouth, voiced),
            beat=_read(self._beat, voiced),
        )

    @property
    def away(self) -> tuple[Span, ...]:
        """When the eyes are more than half of the way away, in order."""
        return tuple(
            _half_way(look.start, look.end, EYES_RISE)
            for look in sorted(self._looks, key=lambda look: look.start)
        )

    @property
    def smiles(self) -> tuple[Span, ...]:
        """When a smile is at more than half of its strength, in order."""
        return tuple(_half_way(start, end, SMILE_RISE) for start, end, _ in sorted(self._smiles))


def _eased(share: float) -> float:
    share = min(1.0, max(0.0, share))
    return share * share * (3 - 2 * share)


def _half_way(start: float, end: float, rise: float) -> Span:
    edge = min(rise, (end - start) / 2) / 2
    return Span(start=start + edge, end=end - edge)


def _look(look: "LookAway", latest: float) -> _Look:
    ways = look.direction.split("-")
    share = _SPLIT if len(ways) > 1 else 1.0
    reach = _HEAD if look.by == "head" else _EYES
    # Own left is positive, up is positive.
    x = share * (("left" in ways) - ("right" in ways))
    y = share * (("up" in ways) - ("down" in ways))
    eyes_across, head_across = reach["across"]
    eyes_along, head_along = reach["up" if y > 0 else "down"]
    return _Look(
        start=look.at,
        end=min(look.end, latest),
        yaw=head_across * x,
        pitch=head_along * y,
        gaze_x=eyes_across * x,
        gaze_y=eyes_along * y,
        rise=HEAD_RISE if look.by == "head" else EYES_RISE,
    )


def _envelopes(sound: "NDArray[np.float32]") -> "tuple[list[float], list[float]]":
    """Opening of the mouth, and slow emphasis about 0, both at 50 Hz."""
    level = frame_levels(sound)
    if level.size == 0 or level.max() <= 0:
        return [], []
    loud = float(np.percentile(level[level > 0], _LOUD_SHARE))
    aim = np.clip(level / loud, 0, 1.2) ** 0.6 * _MOUTH_REACH
    mouth: list[float] = []
    now = 0.0
    for value in aim.tolist():
        now += (value - now) * (_ATTACK if value > now else _RELEASE)
        mouth.append(min(1.0, now if now > 0.03 else 0.0))  # noqa: PLR2004  # lips touch
    width = round(_BEAT_SECONDS * _ENVELOPE_HZ)
    slow = np.convolve(aim, np.hanning(width) / np.hanning(width).sum(), mode="same")
    beat = np.clip((slow - slow.mean()) / (_MOUTH_REACH / 2), -1, 1)
    # The head comes into the answer and out of it without a jerk.
    edge = np.minimum(np.arange(beat.size), np.arange(beat.size)[::-1]) / width
    return mouth, (beat * np.clip(edge, 0, 1)).tolist()


def _read(series: "Sequence[float]", time: float) -> float:
    """A series at a time, straight between its points, 0 outside."""
    place = time * _ENVELOPE_HZ - 0.5
    index = int(np.floor(place))
    if not -1 <= index < len(series):
        return 0.0
    first = series[index] if index >= 0 else 0.0
    second = series[index + 1] if index + 1 < len(series) else 0.0
    return first + (second - first) * (place - index)
