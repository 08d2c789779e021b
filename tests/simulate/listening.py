"""Who listens to and looks at a live candidate, and says words to it at known moments."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from interviewer.simulate.live import LiveCandidate
from interviewer.simulate.sound import RATE

ENDLESS = 1e9
"""A speed at which nothing is waited for."""


@dataclass
class Word:
    at: float
    say: Callable[[], None]


class Listener:
    """Keeps what it is given, and calls each word when so many seconds have been given."""

    def __init__(self, until: float, words: list[tuple[float, Callable[[], None]]] = ()) -> None:
        self.blocks: list[np.ndarray] = []
        self.pictures: list[tuple[float | None, int, np.ndarray]] = []
        self.samples = 0
        self.done = threading.Event()
        self._until = until
        self._words = sorted((Word(at, say) for at, say in words), key=lambda word: word.at)

    def take_sound(self, samples: np.ndarray) -> None:
        if self.done.is_set():
            return
        self.blocks.append(samples)
        self.samples += samples.size
        while self._words and self._words[0].at * RATE <= self.samples:
            self._words.pop(0).say()
        if self.samples >= self._until * RATE:
            self.done.set()

    def take_picture(self, picture: np.ndarray, time: float | None) -> None:
        if not self.done.is_set():
            self.pictures.append((time, self.samples, picture))

    @property
    def sound(self) -> np.ndarray:
        return np.concatenate(self.blocks)

    def hear_all(self, candidate: LiveCandidate, *, looking: bool = False) -> np.ndarray:
        # Stopped by itself, it stands exactly where the listener left it.
        self._words.append(Word(self._until, candidate.stop))
        candidate.start(self.take_sound, self.take_picture if looking else None)
        assert self.done.wait(60)
        candidate.stop()
        return self.sound
