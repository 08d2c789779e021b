"""The crew: the worker processes of one analysis, started anew when they die, as far as wanted."""

import logging
import os
from collections.abc import Iterator
from multiprocessing.connection import wait
from types import TracebackType
from typing import TYPE_CHECKING, Self

from interviewer.analysis import workers
from interviewer.analysis.job import Job
from interviewer.analysis.member import GRACE, LISTEN, LOOK, Asked, Member
from interviewer.analysis.segments import Segment
from interviewer.errors import CannotDoError
from interviewer.interview.documents.observations import Modality

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

POLL = 0.2
"""Seconds between looks at what the workers say."""

log = logging.getLogger(__name__)


class Crew:
    """The worker processes, started when there is something for them to do.

    What is asked waits here; a worker has no more than two segments at hand. Each worker has
    channels of its own without any lock, so that killing one cannot hold up the other.

    Args:
        job: What to observe; of its recording only the content matters, not yet the length.
        niceness: What the workers' priority is lowered by, where the system knows such a thing.
        tries: So often a worker may die at one segment before the segment is given up; and twice
            as often in a row before it is not started anew. With 1 the first death is an error.

    Attributes:
        restarts: How often a worker was started anew.
    """

    def __init__(self, job: Job, *, niceness: int = 0, tries: int = 1) -> None:
        self.restarts = 0
        self._stopped = False
        self._job = job
        self._niceness = niceness
        self._tries = tries
        self._members: dict[str, Member] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop(GRACE if kind is None else 0)

    def stop(self, grace: float = 0) -> None:
        """Stop the workers; what they had stored stays, what they were at is made again."""
        self._stopped = True
        for member in self._members.values():
            member.stop(grace)

    def give_up(self) -> None:
        """Have `finish`, which may run in another thread, end with an error at once."""
        self._stopped = True

    def start(self) -> None:
        """Start every worker now, so that its models are loaded when there is something to do."""
        if self._job.recogniser is not None:
            self._member(LISTEN).start()
        if self._job.landmarker is not None:
            self._member(LOOK).start()

    @property
    def pending(self) -> dict[str, list[workers.Request]]:
        """What was asked of each worker and is not observed yet, in order."""
        return {role: member.pending for role, member in self._members.items()}

    @property
    def processes(self) -> "list[SpawnProcess]":
        """Those that were started last, one of each role."""
        return [m.process for m in self._members.values() if m.process is not None]

    def listen(
        self,
        segment: Segment,
        modalities: frozenset[Modality],
        earlier: tuple[Segment, ...],
        until: float,
    ) -> None:
        """Have the sound of a segment observed; returns at once.

        Args:
            segment: Later than those asked for before.
            modalities: Speech, voice, or both.
            earlier: Segments before it whose speech was observed in an earlier run.
            until: Where the recording ends, as far as is known, in seconds.
        """
        self._ask(LISTEN, workers.Request(segment, modalities, until, earlier))

    def look(self, segment: Segment, until: float) -> None:
        """Have the picture of a segment observed; returns at once."""
        self._ask(LOOK, workers.Request(segment, frozenset({Modality.FACE}), until))

    def waiting(self) -> Iterator[workers.Observed]:
        """What has been observed since the last call, without waiting.

        Raises:
            InterviewerError: A worker failed, and no death of a worker is tolerated.
        """
        yield from self._hear(0)
        if self._tries == 1:
            self._check()

    def revive(self) -> None:
        """Give workers that were given up another chance."""
        for member in self._members.values():
            member.error = None
            member.deaths = 0
            member.send()

    def finish(self) -> Iterator[workers.Observed]:
        """Say that nothing more will be asked, and report until everything is observed.

        Raises:
            InterviewerError: A worker failed.
        """
        for member in self._members.values():
            member.closing = True
            member.send()
        while not all(member.finished for member in self._members.values()):
            yield from self._hear(POLL)
            self._check()

    def _ask(self, role: str, request: workers.Request) -> None:
        member = self._member(role)
        member.start()
        member.waiting.append(Asked(request, set(request.modalities)))
        member.send()

    def _member(self, role: str) -> "Member":
        if role not in self._members:
            both = self._job.recogniser is not None and self._job.landmarker is not None
            cores = os.cpu_count() or 1
            threads = max(1, cores // 2 if both else cores)
            self._members[role] = Member(role, self._job, threads, self._niceness)
        return self._members[role]

    def _hear(self, patience: float) -> Iterator[workers.Observed]:
        """What the workers say now or within some seconds; the dead are replaced."""
        members = {m.outbox: m for m in self._members.values() if m.outbox is not None}
        if not members:
            return
        for outbox in wait(list(members), patience):
            member = members[outbox]  # type: ignore[index]  # what `wait` returns is what it got
            yield from member.hear()
            if member.outbox is None and not member.finished:
                self._replace(member)

    def _replace(self, member: "Member") -> None:
        """A worker has died: start another one, unless this happens too often."""
        if member.failure is not None:
            # What it said itself, as of a full disk, another process would say again.
            member.take_back()
            log.warning("what should %s is given up: %s", member.role, member.error)
            return
        given_up = member.blame(self._tries)
        if self._tries == 1 or member.deaths >= 2 * self._tries:
            log.warning("what should %s is given up: %s", member.role, member.error)
            return
        log.warning("what should %s is started anew: %s", member.role, member.error)
        if given_up is not None:
            log.warning(
                "second %.0f to %.0f is left to the later analysis", given_up.start, given_up.end
            )
        member.error = None
        self.restarts += 1
        member.start()
        member.send()

    def _check(self) -> None:
        if self._stopped:
            raise CannotDoError(
                "The analysis was stopped.", "Analyse the session again; what was done is kept."
            )
        for member in self._members.values():
            if member.error is not None:
                raise member.error
