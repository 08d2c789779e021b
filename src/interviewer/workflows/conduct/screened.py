"""An interview that somebody leads from a screen: the candidate says when an answer is done."""

import logging
import threading
from typing import TYPE_CHECKING, Final

from interviewer.errors import InterviewerError
from interviewer.workflows.conduct.interview import TAIL, finish
from interviewer.workflows.conduct.options import Options
from interviewer.workflows.conduct.prepare import Prepared, prepare
from interviewer.workflows.conduct.told import Untold
from interviewer.workflows.report import Written
from interviewer.workflows.steps import Quiet, Steps

if TYPE_CHECKING:
    from interviewer.workflows.conduct.live import Live

_LOOK_AGAIN: Final = 0.05

log = logging.getLogger(__name__)


class Screened:
    """Begins an interview, and completes it when it is over.

    Args:
        options: The interview as it is wanted.
        steps: Told what is being done before it begins.

    Attributes:
        live: The interview, which has begun.

    Raises:
        InterviewerError: It is not possible.
    """

    def __init__(self, options: Options, steps: Steps) -> None:
        self._ended = False
        self._lock = threading.Lock()
        self._prepared: Prepared = prepare(options, steps, Untold())
        self.live: Live = self._prepared.live(Untold(), automatic=False)
        try:
            self.live.begin()
        except BaseException:
            self._prepared.__exit__(None, None, None)
            raise
        self._watcher = threading.Thread(target=self._watch, name="interview", daemon=True)
        self._watcher.start()

    def complete(self, steps: Steps) -> Written:
        """End the recording, measure the rest, write the report.

        Raises:
            InterviewerError: What was recorded is kept, and the sentence says what completes it.
        """
        self._end()
        with self._prepared as prepared:
            written = finish(prepared, steps, Untold())
        if written is None:
            raise RuntimeError("a report was to be written at once")
        return written

    def leave(self) -> None:
        """End the recording and finish its files; the rest is left for `interviewer recover`."""
        self._end()
        with self._prepared as prepared:
            try:
                finish(prepared, Quiet(), Untold(), at_once=False)
            except InterviewerError as error:
                log.warning("the interview was left unfinished: %s", error.message)

    def _watch(self) -> None:
        """See to what nobody at the screen sees to: the clock, and a source that is gone."""
        while not self._ended and not self.live.wait(_LOOK_AGAIN):
            pass

    def _end(self) -> None:
        with self._lock:
            if self._ended:
                return
            if not self.live.wait(0):
                self.live.stop()
            over = threading.Event()
            end = self.live.now + TAIL
            # A source that is gone or very slow is not waited for longer than it should take.
            for _ in range(round(2 * TAIL / _LOOK_AGAIN)):
                if self.live.now >= end or self.live.is_broken:
                    break
                over.wait(_LOOK_AGAIN)
            self._ended = True
            self.live.end()
        self._watcher.join()
