"""Those who take sound and pictures in tests, and remember what came and when."""

import threading
import time
from collections.abc import Callable

import numpy as np

from interviewer.capture.sources.ports import Over


class Taker:
    """Remembers what was taken.

    Args:
        clock: Stamps what arrives.
        enough: How much has to arrive before `full` is set.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, enough: int = 1) -> None:
        self.clock = clock
        self.enough = enough
        self.things: list[np.ndarray] = []
        self.times: list[float] = []
        self.overs: list[Over] = []
        self.full = threading.Event()
        self.ended = threading.Event()
        self.ended_at = 0.0

    def take(self, thing: np.ndarray, at: float | None = None) -> None:
        self.times.append(self.clock())
        assert at is None
        self.things.append(thing)
        if len(self.things) >= self.enough:
            self.full.set()

    def over(self, over: Over) -> None:
        self.ended_at = self.clock()
        self.overs.append(over)
        self.ended.set()

    @property
    def sound(self) -> np.ndarray:
        return np.concatenate(self.things)

    @property
    def levels(self) -> list[float]:
        return [float(picture.mean()) for picture in self.things]
