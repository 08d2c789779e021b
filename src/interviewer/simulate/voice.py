"""What this room needs of a voice; whoever calls hands one in."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Voice(Protocol):
    """Something that can say a text."""

    name: str
    sample_rate: int

    def say(self, text: str, *, pace: float = 1.0) -> "NDArray[np.float32]":
        """Say a text; mono samples, shape (n,), at `sample_rate` Hz, without silence around."""
        ...  # pragma: no cover - a protocol has no body
