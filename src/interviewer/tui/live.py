"""What the interview screen needs of an interview that goes on; a workflow fulfils it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from interviewer.interview.state import Action, Interview, Refusal, Step

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class LiveInterview(Protocol):
    """An interview under way.

    The screen polls it from its own thread, up to 15 times a second. Everything here answers at
    once: nothing waits for a device, a model or a file.
    """

    @property
    def interview(self) -> Interview:
        """Where it stands."""

    @property
    def now(self) -> float:
        """Seconds on the recording; it stands still during a pause."""

    def do(self, action: Action) -> Step | Refusal:
        """Do what the candidate commands; may be called from any thread."""

    def picture(self) -> "NDArray[np.uint8] | None":
        """The newest picture of the camera.

        RGB, shape (h, w, 3), at most 320 wide, never changed afterwards; None without a camera.
        The same object as before means: no newer one has come.
        """

    def level(self) -> float:
        """The microphone's level in the last 50 ms, in dBFS; -100 in silence."""

    @property
    def muted(self) -> bool:
        """Whether the interviewer's voice is off."""

    def mute(self, on: bool, /) -> None:  # noqa: FBT001 - a switch with one position
        """Switch the interviewer's voice off or on."""

    @property
    def recording(self) -> bool:
        """Whether sound is being recorded at this moment."""

    @property
    def notices(self) -> Sequence[str]:
        """What a person should know now, each one sentence, such as a camera that is gone."""

    def caption(self) -> str:
        """What has been understood of the answer so far; may be empty."""
