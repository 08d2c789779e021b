"""The crew: the worker processes of one analysis, started when there is something to do."""

import contextlib
import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Self

from interviewer.analysis import workers
from interviewer.analysis.job import Job
from interviewer.analysis.segments import Segment
from interviewer.errors import CannotDoError
from interviewer.interview.documents.observations import Modality, SpeechObservation

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess
    from multiprocessing.queues import Queue

GRACE = 5.0
"""Seconds that a worker which has finished may take to leave."""

CLOSING = 1.0
"""Seconds that a channel to a worker may take to close."""

POLL = 0.2
"""Seconds between looks at whether a worker is still alive."""


class Crew:
    """The worker processes, started when there is something for them to do."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._context = multiprocessing.get_context("spawn")
        self._outbox: Queue[workers.Message] = self._context.Queue()
        self._inboxes: dict[str, Queue[workers.Request | None]] = {}
        self._processes: dict[str, SpawnProcess] = {}
        self._finished = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the workers; what they had stored stays, what they were at is made again."""
        for process in self._processes.values():
            process.join(GRACE if kind is None else 0)
            if process.is_alive():
                process.terminate()
            process.join()
        for inbox in self._inboxes.values():
            _close(inbox)
        self._outbox.close()
        # A traceback may keep this object alive; the channels' semaphores must go all the same.
        self._inboxes.clear()
        del self._outbox

    def listen(
        self,
        segment: Segment,
        modalities: frozenset[Modality],
        earlier: tuple[SpeechObservation, ...],
    ) -> None:
        """Have the sound of a segment observed; returns at once.

        Args:
            segment: Later than those asked for before.
            modalities: Speech, voice, or both.
            earlier: Speech before it that was observed in an earlier run.
        """
        request = workers.Request(segment, modalities, earlier)
        self._inbox("listen").put(request)

    def look(self, segment: Segment) -> None:
        """Have the picture of a segment observed; returns at once."""
        self._inbox("look").put(workers.Request(segment, frozenset({Modality.FACE})))

    def waiting(self) -> Iterator[workers.Observed]:
        """What has been observed since the last call, without waiting.

        Raises:
            InterviewerError: A worker failed.
        """
        while True:
            try:
                message = self._outbox.get_nowait()
            except queue.Empty:
                return
            if (observed := self._read(message)) is not None:
                yield observed

    def finish(self) -> Iterator[workers.Observed]:
        """Say that nothing more will be asked, and report until everything is observed.

        Raises:
            InterviewerError: A worker failed.
        """
        for inbox in self._inboxes.values():
            inbox.put(None)
        while self._finished < len(self._processes):
            try:
                message = self._outbox.get(timeout=POLL)
            except queue.Empty:
                self._check_alive()
                continue
            if (observed := self._read(message)) is not None:
                yield observed

    def _inbox(self, role: str) -> "Queue[workers.Request | None]":
        if role not in self._inboxes:
            inbox: Queue[workers.Request | None] = self._context.Queue()
            both = self._job.recogniser is not None and self._job.landmarker is not None
            cores = os.cpu_count() or 1
            process = self._context.Process(
                target=workers.listen if role == "listen" else workers.look,
                args=(self._job, inbox, self._outbox, max(1, cores // 2 if both else cores)),
                name=f"interviewer-{role}",
                daemon=True,
            )
            with _interrupts_ignored():
                process.start()
            self._inboxes[role], self._processes[role] = inbox, process
        return self._inboxes[role]

    def _read(self, message: workers.Message) -> workers.Observed | None:
        match message:
            case workers.Observed():
                return message
            case workers.Finished():
                self._finished += 1
                return None
            case workers.Failed(error=error, detail=detail):
                raise error or CannotDoError(
                    f"The analysis stopped unexpectedly ({detail}).",
                    "Run the same command again; it goes on where this one stopped.",
                )

    def _check_alive(self) -> None:
        for role, process in self._processes.items():
            if process.exitcode not in {None, 0}:
                raise CannotDoError(
                    f"The process that should {role} ended with code {process.exitcode}.",
                    "Run the same command again; it goes on where this one stopped.",
                )


def _close(inbox: "Queue[workers.Request | None]") -> None:
    """Close a channel and wait until its thread has left, so that none of its locks leaks.

    Where nobody reads any more the thread may never leave; then the end of the process takes it.
    """
    inbox.close()
    closing = threading.Thread(target=inbox.join_thread, daemon=True)
    closing.start()
    closing.join(CLOSING)
    inbox.cancel_join_thread()


@contextlib.contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Start children that ignore Ctrl-C from the first: it is for the parent to obey."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
