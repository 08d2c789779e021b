"""Which turn of a script answers a question that a real interview asks."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from interviewer.simulate.script import Turn


class TurnChoice:
    """Chooses turns, each once before any is used again.

    Args:
        turns: Of the script, at least one.
    """

    def __init__(self, turns: "Sequence[Turn]") -> None:
        self._named = {turn.id: index for index, turn in enumerate(turns) if turn.id is not None}
        self._unused = list(range(len(turns)))
        self._count = len(turns)
        self._chosen: dict[str, int] = {}

    def turn_for(self, question: str) -> int:
        """The turn for a question's id, as an index.

        It is the one of the same id; else the next that was not used. A question that was asked
        before has the turn it had. When all are used, they come again from the first.
        """
        chosen = self._chosen.get(question)
        if chosen is None:
            chosen = self._named.get(question)
        if chosen is None:
            self._unused = self._unused or list(range(self._count))
            chosen = self._unused[0]
        if chosen in self._unused:
            self._unused.remove(chosen)
        self._chosen[question] = chosen
        return chosen
