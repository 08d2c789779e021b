"""Movements as pure functions of time: sway, blinks, small glances, ramps."""

import math
import random
from functools import lru_cache
from typing import Final

BLINK_EVERY: Final = 4.0
"""Mean seconds between blinks; people talking blink 15 to 25 times a minute at most."""
BLINK_SECONDS: Final = 0.24
_BLINK_SPREAD: Final = 0.5
_CLOSING: Final = 0.08
_CLOSED: Final = 0.06
_GLANCE_EVERY: Final = 0.9
_GLANCE_MOVE: Final = 0.04
_GLANCE_REACH: Final = 0.05


def ramp(time: float, start: float, end: float, rise: float) -> float:
    """0 outside of a stretch and 1 inside, eased over `rise` seconds within both of its ends."""
    rise = min(rise, (end - start) / 2)
    if not start < time < end:
        return 0.0
    share = min((time - start) / rise, (end - time) / rise, 1.0)
    return share * share * (3 - 2 * share)


def blink_start(seed: int, number: int) -> float:
    """When a blink begins; neighbours are 3 to 5 s apart."""
    return (number + 0.5) * BLINK_EVERY + _spread(seed, "blink", number) * _BLINK_SPREAD


def eyes_open(seed: int, time: float) -> float:
    """How far the lids are open at a time, 0 to 1."""
    number = math.floor(time / BLINK_EVERY - 0.5)
    since = min(
        (time - start for n in (number, number + 1) if (start := blink_start(seed, n)) <= time),
        default=BLINK_SECONDS,
    )
    if since >= BLINK_SECONDS:
        return 1.0
    if since < _CLOSING:
        return 1 - since / _CLOSING
    if since < _CLOSING + _CLOSED:
        return 0.0
    opening = BLINK_SECONDS - _CLOSING - _CLOSED
    return (since - _CLOSING - _CLOSED) / opening


def glance(seed: int, time: float) -> tuple[float, float]:
    """The tiny restlessness of eyes that look at one point, in units of gaze."""
    number = math.floor(time / _GLANCE_EVERY)
    share = min(1.0, (time - number * _GLANCE_EVERY) / _GLANCE_MOVE)
    x, y = (
        _spread(seed, axis, number - 1) * (1 - share) + _spread(seed, axis, number) * share
        for axis in ("glance x", "glance y")
    )
    return x * _GLANCE_REACH, y * _GLANCE_REACH


def sway(seed: int, axis: str, time: float) -> float:
    """A slow, never quite repeating movement between -1 and 1."""
    total = 0.0
    for number, (period, share) in enumerate(((9.7, 0.5), (5.3, 0.32), (2.9, 0.18))):
        phase = _spread(seed, axis, number) * math.pi
        total += share * math.sin(2 * math.pi * time / period + phase)
    return total


@lru_cache(maxsize=4096)
def _spread(seed: int, what: str, number: int) -> float:
    """A fixed random number between -1 and 1."""
    return random.Random(f"{seed} {what} {number}").uniform(-1, 1)  # noqa: S311  # not a secret
