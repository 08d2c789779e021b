"""Observes an interview while it is recorded, so that its report is ready soon after its end.

It is the analysis that `observe` makes, earlier: the same cutter, the same functions, the same
store. Nothing that fails here may disturb the interview; what is missing in the end is made later.
"""

import dataclasses
import logging
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

from interviewer.analysis.activity import SAMPLE_RATE
from interviewer.analysis.crew import Crew
from interviewer.analysis.growing_cut import GrowingCut
from interviewer.analysis.job import Job
from interviewer.analysis.observe import Progress, Run, segments_of
from interviewer.analysis.segments import Segment
from interviewer.analysis.voice import CONTEXT

FOLLOW_EVERY: Final = 0.5
"""Seconds between looks at the recording: the length of its fragments."""

TRIES: Final = 3
"""So often a worker may die at one segment before it is left to the later analysis."""

_BEHIND: Final = 1.0 + CONTEXT / SAMPLE_RATE
"""Seconds that must be on the disk after a segment: what is heard beside it, and a safe margin."""

_STEP: Final = 30.0  # seconds taken in at once; so that a late start is caught up in small steps

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LiveStats:
    """How the live analysis is going.

    Attributes:
        segments: Segments that were cut.
        observed: Observations made: one for each segment and modality.
        restarts: How often a worker was started anew.
        lag: Seconds of the recording that could be observed and are not yet.
        longest_lag: The most that was so far.
    """

    segments: int
    observed: int
    restarts: int
    lag: float
    longest_lag: float


class LiveObserver:
    """Observes the finished segments of a growing recording in processes of low priority.

    Segments end only where all boundaries are known, which `settle` tells; what waits is the
    recording itself, so that falling behind costs no memory. Problems are logged and left to the
    later analysis. Close it, or use it as a context manager.

    Args:
        job: `recording` is the growing file, which need not exist yet; `duration` and `boundaries`
            are not known yet and not looked at. The models must be at hand.
        niceness: What the priority of the processes is lowered by; on Windows they keep theirs.
    """

    def __init__(self, job: Job, *, niceness: int = 10) -> None:
        self._job = job
        self._niceness = niceness
        self._crew = Crew(job, niceness=niceness, tries=TRIES)
        self._run = Run(job, _nobody)
        self._cut: GrowingCut | None = None
        self._due: deque[Segment] = deque()
        self._asked: set[Segment] = set()
        self._settled: tuple[float, tuple[float, ...]] = (0.0, ())
        self._sound = True
        self._observed = 0
        self._reached = 0.0
        self._longest_lag = 0.0
        self._stopping = threading.Event()
        self._busy = threading.RLock()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start the processes, which load their models, and follow the recording.

        Call it before a full-screen program takes the terminal.
        """
        self._crew.start()
        self._thread = threading.Thread(target=self._follow, name="live-observer", daemon=True)
        self._thread.start()

    def settle(self, until: float, boundaries: Sequence[float]) -> None:
        """Tell how far the recording may be cut.

        Args:
            until: In seconds; all boundaries before it are known. It never goes back.
            boundaries: At least all of these.
        """
        before, known = self._settled
        late = {time for time in boundaries if time < before} - set(known)
        if late:
            log.warning("boundaries at %s s came too late for the live analysis", sorted(late))
        self._settled = max(before, until), tuple(boundaries)

    @property
    def lag(self) -> float:
        """Seconds of the recording that are settled but not observed yet."""
        return max(0.0, self._settled[0] - self._reached)

    @property
    def stats(self) -> LiveStats:
        """How it is going."""
        cut = self._cut
        return LiveStats(
            segments=len(cut.segments) if cut else 0,
            observed=self._observed,
            restarts=self._crew.restarts,
            lag=self.lag,
            longest_lag=max(self._longest_lag, self.lag),
        )

    def finish(
        self, duration: float, boundaries: Sequence[float], progress: Callable[[float], None]
    ) -> None:
        """Observe the rest of the recording, which is complete now and still in its place.

        Afterwards `observe` and `recall` find everything in the store, but for segments at which
        workers died again and again.

        Args:
            duration: Its length in seconds.
            boundaries: All of them, as the final job has them.
            progress: Told the share of what was left that is done.

        Raises:
            InterviewerError: The recording cannot be read, the store cannot be written, or the
                workers fail again and again; what was observed is kept.
        """
        progress(0.0)
        self._halt()
        with self._busy:
            job = dataclasses.replace(self._job, duration=duration, boundaries=tuple(boundaries))
            for segment in self._complete(job):
                if segment not in self._asked:
                    self._ask(segment, duration)
            self._due.clear()
            self._crew.revive()
            self._await(progress)
            self._reached = max(duration, self._settled[0])
            # All is stored; nothing is gained by waiting until the processes have tidied up.
            self._crew.stop()
        progress(1.0)

    def close(self) -> None:
        """Stop everything now; what was observed stays."""
        self._crew.give_up()
        self._halt()
        with self._busy:
            self._crew.stop()
            if self._cut is not None:
                self._cut.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _halt(self) -> None:
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _follow(self) -> None:
        """Cut, ask and listen, until told to stop."""
        try:
            _lower_priority(self._niceness)
            self._cut = GrowingCut(self._job)
            while not self._stopping.wait(FOLLOW_EVERY):
                self._advance(self._cut)
                self._tend(self._cut)
        except Exception:
            # The interview must not hear of it; the later analysis makes what is missing.
            log.exception("the live analysis has stopped")
            self._sound = False

    def _advance(self, cut: GrowingCut) -> None:
        """Cut what has been recorded and settled, step by step."""
        until, boundaries = self._settled
        while self._sound and not self._stopping.is_set():
            before = cut.fed
            step = min(until, before + _STEP)
            try:
                self._due.extend(cut.advance(step, boundaries))
            except Exception:
                log.exception("the recording cannot be followed")
                self._sound = False
                return
            if step >= until or cut.fed == before:
                return

    def _tend(self, cut: GrowingCut) -> None:
        """Ask for the segments that can be read, and hear what was observed."""
        while self._due and self._due[0].end + _BEHIND <= cut.readable:
            segment = self._due.popleft()
            self._ask(segment, cut.readable)
        for _ in self._crew.waiting():
            self._observed += 1
        self._note(cut.reached)

    def _ask(self, segment: Segment, until: float) -> None:
        self._asked.add(segment)
        self._run.ask(self._crew, segment, self._run.take(segment), until)

    def _note(self, cut_until: float) -> None:
        """Find how far everything is observed."""
        starts = [pending[0].segment.start for pending in self._crew.pending.values() if pending]
        due = self._due[0].start if self._due else cut_until
        self._reached = min([*starts, due])
        self._longest_lag = max(self._longest_lag, self.lag)

    def _complete(self, job: Job) -> list[Segment]:
        """All segments of the recording, kept in the store for the later analysis."""
        cut = self._cut or GrowingCut(self._job)
        self._cut = cut
        if self._can_go_on(cut, job) and _finished(cut, job):
            self._run.store.remember_segments(job, cut.segments)
            return cut.segments
        log.info("the recording is cut anew")
        return list(segments_of(job, self._run.store))

    def _can_go_on(self, cut: GrowingCut, job: Job) -> bool:
        """Whether what was cut so far is what would be cut now that everything is known."""
        known = {round(time, 3) for time in job.boundaries if time < cut.fed}
        given = {time for time in cut.boundaries if time < cut.fed}
        return self._sound and known == given and cut.fed <= job.duration

    def _await(self, progress: Progress) -> None:
        pending = self._crew.pending.values()
        left = sum(r.segment.duration * len(r.modalities) for asked in pending for r in asked)
        total = max(left, 1e-6)
        for message in self._crew.finish():
            self._observed += 1
            left -= message.segment.duration
            progress(min(1.0, max(0.0, 1 - left / total)))


def _finished(cut: GrowingCut, job: Job) -> bool:
    """Cut the rest; False where that fails, and then a second reading of the file says why."""
    try:
        cut.finish(job.duration, job.boundaries)
    except Exception:
        log.exception("the rest of the recording cannot be followed")
        return False
    finally:
        cut.close()
    return True


def _lower_priority(niceness: int) -> None:
    """Lower the priority of this thread alone, which only Linux can."""
    if sys.platform == "linux":
        thread = threading.get_native_id()
        now = os.getpriority(os.PRIO_PROCESS, thread)
        os.setpriority(os.PRIO_PROCESS, thread, max(now, niceness))


def _nobody(_share: float) -> None:
    """Nobody is told."""
