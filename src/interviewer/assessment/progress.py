"""Change against earlier sessions, and whether it is more than the usual ups and downs.

The usual change is the root mean square of the differences between successive earlier sessions, so
a person's slow improvement does not count as noise (the mean square successive difference of von
Neumann et al. 1941). A change is beyond noise where it is larger than that times Student's t for
95 %, two-sided, with one degree of freedom less than there are earlier values. This is the reliable
change index (difference over the standard error of a difference, Jacobson & Truax 1991), in units
of the person's own variability from session to session, as Salthouse 2007 (Neuropsychology 21(4))
proposes, and with t in place of 1.96 because the spread is known from a few sessions only. In
simulated sessions without any change, 4.5 to 5.3 % are called a change with 3 to 20 earlier ones;
with 1.96 it would be 18 % with three. A change of four deviations of a session is found in 41 % of
cases with 3 earlier ones, 60 % with 5 and 72 % with 10: what is not beyond noise may still be real.

Each measure is judged by itself: of twenty that did not change, about one will seem to have.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from interviewer.interview.documents.assessment import Band

FEWEST_EARLIER: Final = 3
"""Earlier values that are needed to tell a change from noise: two differences."""

_NORMAL: Final = 1.959964  # the 97.5 % quantile of the normal distribution


class Direction(StrEnum):
    """Where better is."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Change:
    """One measure against earlier sessions; each number in the unit of the measure.

    Attributes:
        name: Name of the metric or score.
        value: Now; None where it was not observed.
        previous: In the newest earlier session in which it was observed; None if in none.
        delta: `value - previous`; None where either is missing.
        best: The best of all, this session included; None where better has no direction.
        usual_spread: What it usually changes by from one session to the next; None with fewer than
            three earlier values.
        beyond_noise: Whether the change is larger than the usual ups and downs; None where that
            cannot be told: nothing to compare, fewer than three earlier values, or earlier values
            that are all equal (a score at its limit, a count of none) next to another one now.
    """

    name: str
    value: float | None
    previous: float | None
    delta: float | None
    best: float | None
    usual_spread: float | None
    beyond_noise: bool | None


def compare(
    current: Mapping[str, float | None],
    earlier: Sequence[Mapping[str, float | None]],
    directions: Mapping[str, Direction | None] | None = None,
) -> list[Change]:
    """Compare a session with those before it.

    Args:
        current: Name of each measure to its value; None where it was not observed.
        earlier: The same for the earlier sessions, newest first; a name may be missing.
        directions: Where better is, by name; a name that is not in it has no best. Without it,
            higher is better, as it is for scores.

    Returns:
        One change per name of `current`, in its order.
    """
    changes = []
    for name, value in current.items():
        before = [known for session in earlier if (known := session.get(name)) is not None]
        direction = Direction.UP if directions is None else directions.get(name)
        changes.append(_change(name, value, before, direction))
    return changes


def direction_of(band: Band | None) -> Direction | None:
    """Where better is, as a band tells: below its only limit, or above it; else None."""
    if band is None or (band.low is None) == (band.high is None):
        return None
    return Direction.UP if band.high is None else Direction.DOWN


def _change(
    name: str, value: float | None, before: Sequence[float], direction: Direction | None
) -> Change:
    previous = before[0] if before else None
    delta = None if value is None or previous is None else value - previous
    return Change(
        name=name,
        value=value,
        previous=previous,
        delta=delta,
        best=_best([*before, *([] if value is None else [value])], direction),
        usual_spread=usual_spread(before),
        beyond_noise=_beyond(delta, before),
    )


def usual_spread(values: Sequence[float]) -> float | None:
    """Root mean square of the differences between neighbours; None with fewer than three values."""
    if len(values) < FEWEST_EARLIER:
        return None
    differences = [after - before for after, before in pairwise(values)]
    return math.hypot(*differences) / math.sqrt(len(differences))


def usual_reach(values: Sequence[float]) -> float | None:
    """The largest change that is still within the usual ups and downs.

    Args:
        values: Earlier values, in order of time or its reverse.

    Returns:
        In the unit of the values; None with fewer than three, or where they are all equal.
    """
    spread = usual_spread(values)
    return student(len(values) - 1) * spread if spread else None


def _best(values: Sequence[float], direction: Direction | None) -> float | None:
    if not values or direction is None:
        return None
    return max(values) if direction is Direction.UP else min(values)


def _beyond(delta: float | None, before: Sequence[float]) -> bool | None:
    if delta is None or len(before) < FEWEST_EARLIER:
        return None
    if delta == 0:
        return False
    reach = usual_reach(before)
    return None if reach is None else abs(delta) > reach


def student(freedom: int) -> float:
    """The 97.5 % quantile of Student's t, from that of the normal distribution.

    The expansion of Abramowitz & Stegun 26.7.5 to its third term: within 3.1 % with two degrees of
    freedom, 0.8 % with three, and closer with more.
    """
    z, n = _NORMAL, freedom
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / n + second / n**2 + third / n**3
