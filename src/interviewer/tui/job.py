"""A long piece of work that goes on while other screens are looked at."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar

from interviewer.errors import CannotDoError, InterviewerError
from interviewer.paths import log_file
from interviewer.workflows.steps import Steps

T = TypeVar("T")

_ENOUGH: Final = 0.03
"""Share of a step after which its time left can be told."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a job.

    Attributes:
        name: What it does for the person.
        share: How much of it is done, 0 to 1.
        begun: When it began, on the clock of the job.
        ended: When it ended; None while it goes on.
    """

    name: str
    share: float
    begun: float
    ended: float | None = None

    def left(self, now: float) -> float | None:
        """Seconds it will still take at the pace so far; None where that cannot be told."""
        if self.ended is not None:
            return 0.0
        if self.share < _ENOUGH:
            return None
        return (now - self.begun) * (1 - self.share) / self.share


class Job(Generic[T]):
    """Runs on a thread of its own; its properties may be read from any thread.

    Args:
        work: Given the listener that it tells its steps.
        clock: Seconds, ever increasing.
    """

    def __init__(
        self, work: Callable[[Steps], T], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._work = work
        self._clock = clock
        self._lock = threading.Lock()
        self._steps: list[Step] = []
        self._over = threading.Event()
        self._result: T | None = None
        self._error: InterviewerError | None = None

    def start(self) -> None:
        """Begin; to be called once."""
        threading.Thread(target=self._run, name="job", daemon=True).start()

    @property
    def over(self) -> bool:
        """Whether it has ended, well or not."""
        return self._over.is_set()

    @property
    def error(self) -> InterviewerError | None:
        """Why it failed; None where it did not."""
        return self._error

    @property
    def result(self) -> T:
        """What it made.

        Raises:
            InterviewerError: Why it failed.
            RuntimeError: It is not over.
        """
        if not self.over:
            raise RuntimeError("the job is not over")
        if self._error is not None:
            raise self._error
        return self._result  # type: ignore[return-value] # set where there is no error

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps so far; the last one may be going on."""
        with self._lock:
            return tuple(self._steps)

    @property
    def now(self) -> float:
        """The clock by which the steps are timed."""
        return self._clock()

    def begin(self, name: str) -> None:
        """A step starts; one that was not ended is over."""
        with self._lock:
            self._end()
            self._steps.append(Step(name, 0.0, self._clock()))

    def advance(self, share: float) -> None:
        """So much of the current step is done."""
        with self._lock:
            if self._steps:
                self._steps[-1] = replace(self._steps[-1], share=min(1.0, max(0.0, share)))

    def end(self) -> None:
        """The current step is done."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._steps and self._steps[-1].ended is None:
            self._steps[-1] = replace(self._steps[-1], share=1.0, ended=self._clock())

    def _run(self) -> None:
        try:
            self._result = self._work(self)
        except InterviewerError as error:
            log.warning("%s: %s", type(error).__name__, error.message)
            self._error = error
        except Exception as error:
            log.exception("the job failed")
            self._error = unexpected(error)
        self._over.set()


def unexpected(error: BaseException) -> InterviewerError:
    """What is shown of an error that should not have been."""
    return CannotDoError(
        f"Something went wrong that should not have ({type(error).__name__}: {error}).",
        f"The details are in {log_file()}; please report them.",
    )
