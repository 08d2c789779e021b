"""How a workflow tells what it is doing, without knowing who listens."""

from typing import Protocol


class Steps(Protocol):
    """Listens to a workflow; a terminal draws bars from it, a test records it."""

    def begin(self, name: str) -> None:
        """A step starts, named by what it does for the person."""

    def advance(self, share: float) -> None:
        """The share of the current step that is done, 0 to 1."""

    def end(self) -> None:
        """The current step is done."""


class Quiet:
    """Nobody listens."""

    def begin(self, name: str) -> None:
        """Say nothing."""

    def advance(self, share: float) -> None:
        """Say nothing."""

    def end(self) -> None:
        """Say nothing."""


class Fetching:
    """Tells of a model being fetched, if it has to be fetched at all."""

    def __init__(self, steps: Steps, name: str) -> None:
        self._steps = steps
        self._name = name
        self._begun = False

    def __call__(self, share: float) -> None:
        """Take the share that is there."""
        if not self._begun:
            self._begun = True
            self._steps.begin(f"Fetching {self._name}")
        self._steps.advance(share)
        if share >= 1:
            self._steps.end()
