"""Play the sound of a moment of a recording."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interviewer.errors import CannotDoError
from interviewer.workflows.folders import SessionFolder

if TYPE_CHECKING:
    from interviewer.capture.speaker import DeviceSpeaker, Saying

RATE: Final = 48_000
LEAD: Final = 0.3
"""Seconds played before and after a moment: a word that begins at once is not understood."""
_LONGER: Final = 3.0
"""Seconds after which a loudspeaker that does not say when it is done is not waited for."""


class Player:
    """Plays one moment at a time; another one, or `hush`, ends it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._speaker: DeviceSpeaker | None = None
        self._saying: Saying | None = None

    def play(self, folder: Path, start: float, end: float) -> None:
        """Play a stretch of a session's recording; returns when it is over.

        Args:
            folder: The session folder.
            start: In seconds on the recording.
            end: In seconds.

        Raises:
            InterviewerError: There is no recording, or no loudspeaker.
        """
        import numpy as np

        from interviewer.analysis.media import read_audio
        from interviewer.capture.speaker import open_speaker

        session_folder = SessionFolder(folder)
        recording = session_folder.recording_of(session_folder.read_session())
        if not recording.exists():
            raise CannotDoError("The recording of this session was not kept.")
        first, last = max(0.0, start - LEAD), end + LEAD
        blocks = list(read_audio(recording, start=first, end=last, rate=RATE))
        if not blocks:
            return
        with self._lock:
            if self._speaker is None:
                self._speaker = open_speaker(None)
            if self._saying is not None:
                self._saying.stop()
            saying = self._saying = self._speaker.say(np.concatenate(blocks), RATE)
        saying.done.wait(last - first + _LONGER)

    def hush(self) -> None:
        """Stop what is played."""
        with self._lock:
            if self._saying is not None:
                self._saying.stop()

    def close(self) -> None:
        """Give the loudspeaker back."""
        self.hush()
        with self._lock:
            if self._speaker is not None:
                self._speaker.close()
            self._speaker = None
