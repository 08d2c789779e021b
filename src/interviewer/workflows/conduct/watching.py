"""The analysis that goes on while the interview does; it may fail without harming anything."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.errors import InterviewerError
from interviewer.interview.documents.session import Session
from interviewer.workflows.folders import SessionFolder
from interviewer.workflows.jobs import equipped, job_of
from interviewer.workflows.steps import Steps

if TYPE_CHECKING:
    from interviewer.analysis.live import LiveObserver

log = logging.getLogger(__name__)


def start_observer(
    folder: SessionFolder, begun: Session, part: Path, steps: Steps
) -> "tuple[LiveObserver | None, tuple[str, ...]]":
    """Start to observe a recording that is about to grow.

    Args:
        folder: Of the session.
        begun: The session before it begins.
        part: Where the recording will grow.
        steps: Told of models being fetched.

    Returns:
        The observer, or None and why there is none.
    """
    import dataclasses

    from interviewer.analysis.live import LiveObserver

    job, _ = job_of(folder, begun)
    try:
        ready = equipped(dataclasses.replace(job, recording=part), steps)
    except InterviewerError as error:
        return None, (
            f"{error.message} The interview is recorded all the same, and analysed later.",
        )
    observer = LiveObserver(ready)
    observer.start()
    return observer, ()


class ObserveRest:
    """What is left to observe when the recording has ended; see `complete`."""

    def __init__(self, observer: "LiveObserver", steps: Steps) -> None:
        self._observer = observer
        self._steps = steps

    def __call__(self, duration: float, boundaries: Sequence[float]) -> None:
        """Observe the rest; where that fails, the analysis after it tells why."""
        self._steps.begin("Listening and looking to the end")
        try:
            self._observer.finish(duration, boundaries, self._steps.advance)
        except InterviewerError as error:
            log.warning("the live analysis stopped: %s", error.message)
        self._steps.end()
