"""Sorting moments into stretches of time, safely against the last digit.

Times are whole milliseconds, but their sums and differences are not: every comparison here grants
a thousandth of that, so that a recording that began elsewhere gives the same numbers.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt

from interviewer.interview.documents.base import Span

HAIR: Final = 1e-6
"""Seconds that are no difference."""

Floats = npt.NDArray[np.float64]


def places(times: Floats, edges: Floats) -> npt.NDArray[np.intp]:
    """Where edges fall among times in order: a time at an edge lies behind it, shape of `edges`."""
    return np.searchsorted(times, edges - HAIR)


def whole(seconds: float) -> int:
    """How many whole ones are in a number of seconds."""
    return int(seconds + HAIR)


def seconds_between(spans: Iterable[Span], edges: Floats) -> Floats:
    """How much of spans, in order and apart, lies between consecutive edges, in seconds."""
    times: list[float] = []
    done: list[float] = []
    total = 0.0
    for span in spans:
        times += (span.start, span.end)
        done += (total, total + span.duration)
        total = done[-1]
    if not times:
        return np.zeros(len(edges) - 1)
    return np.diff(np.interp(edges, times, done))
