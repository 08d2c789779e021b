"""One worker process of a crew: what it was asked, what it has said, and who comes after it."""

import contextlib
import dataclasses
import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from interviewer.analysis import workers
from interviewer.analysis.job import Job
from interviewer.analysis.segments import Segment
from interviewer.errors import CannotDoError, InterviewerError
from interviewer.interview.documents.observations import Modality

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

GRACE = 5.0
"""Seconds that a worker which has finished may take to leave."""

AHEAD = 2
"""Segments that a worker has at hand: the one it is at, and one so that it need not wait."""

LISTEN, LOOK = "listen", "look"


@dataclass(slots=True)
class Asked:
    """A request, what of it is not observed yet, and how often a worker died at it."""

    request: workers.Request
    left: set[Modality]
    deaths: int = 0

    @property
    def rest(self) -> workers.Request:
        """What is still to be observed."""
        return dataclasses.replace(self.request, modalities=frozenset(self.left))


@dataclass(slots=True)
class Member:
    """One role of the crew: its process, and what was asked of it.

    Attributes:
        role: What it does.
        waiting: What it was not sent yet.
        sent: What it has at hand.
        done: Segments whose speech it observed or was told about, which a successor must know.
        closing: Whether nothing more will be asked.
        finished: Whether it has done all.
        deaths: How often it died in a row without having observed anything.
        error: Why it cannot go on; None as long as it can.
        failure: What the process itself said about that.
        process: The one started last.
        inbox: To the process; None without one.
        outbox: From the process; None without one.
        told: Whether the process knows that nothing more will be asked.
        knows: Whether it was told what was observed before it came.
        ready: Whether it has loaded its models.
    """

    role: str
    job: Job
    threads: int
    niceness: int
    waiting: deque[Asked] = field(default_factory=deque)
    sent: deque[Asked] = field(default_factory=deque)
    done: list[Segment] = field(default_factory=list)
    closing: bool = False
    finished: bool = False
    deaths: int = 0
    error: InterviewerError | None = None
    failure: InterviewerError | None = None
    process: "SpawnProcess | None" = None
    inbox: Connection | None = None
    outbox: Connection | None = None
    told: bool = False
    knows: bool = False
    ready: bool = False

    @property
    def pending(self) -> list[workers.Request]:
        """All that is not observed yet."""
        return [asked.rest for asked in (*self.sent, *self.waiting)]

    def start(self) -> None:
        """Start the process, unless it is there, has finished or cannot go on."""
        if self.outbox is not None or self.finished or self.error is not None:
            return
        context = multiprocessing.get_context("spawn")
        inbox, self.inbox = context.Pipe(duplex=False)
        self.outbox, outbox = context.Pipe(duplex=False)
        self.process = context.Process(
            target=workers.listen if self.role == LISTEN else workers.look,
            args=(self.job, inbox, outbox, self.threads, self.niceness),
            name=f"interviewer-{self.role}",
            daemon=True,
        )
        self.told = self.knows = self.ready = False
        self.failure = None
        try:
            with _interrupts_ignored():
                self.process.start()
        except OSError as error:
            self.process = None
            self._close()
            self.error = CannotDoError(
                f"No process could be started that should {self.role}: {error}.",
                "Close other programs and run the same command again.",
            )
        # What the process alone holds is closed when it ends, however it ends.
        inbox.close()
        outbox.close()

    def send(self) -> None:
        """Keep the process supplied."""
        self.start()
        if self.inbox is None or self.error is not None:
            return
        # Where the process has died, its outbox tells.
        with contextlib.suppress(OSError):
            while self.waiting and len(self.sent) < AHEAD:
                asked = self.waiting.popleft()
                self.sent.append(asked)
                self.inbox.send(asked.rest if self.knows else self._introduction(asked))
                self.knows = True
            if self.closing and not self.waiting and not self.told:
                self.inbox.send(None)
                self.told = True

    def hear(self) -> Iterator[workers.Observed]:
        """All that the process has said; where it has ended, its channels are closed after it."""
        try:
            while self.outbox is not None and self.outbox.poll():
                match self.outbox.recv():
                    case workers.Ready():
                        self.ready = True
                    case workers.Observed() as message:
                        yield self._count(message)
                    case workers.Failed() as message:
                        self._fail(message)
                    case workers.Finished():
                        self.finished = True
        except (EOFError, OSError):
            self._bury()
        self.send()

    def blame(self, tries: int) -> Segment | None:
        """Ask again for what the dead process had at hand; give up what kills again and again."""
        self.deaths += 1
        given_up = None
        if self.sent and self.ready:
            self.sent[0].deaths += 1
            if self.sent[0].deaths >= tries > 1:
                given_up = self.sent.popleft().request.segment
        self.take_back()
        return given_up

    def take_back(self) -> None:
        """Ask again, some time, for what the process had at hand."""
        self.waiting.extendleft(reversed(self.sent))
        self.sent.clear()

    def stop(self, grace: float) -> None:
        """End the process, by force after some seconds."""
        process = self.process
        if process is not None:
            process.join(grace)
            if process.is_alive():
                process.terminate()
            process.join()
        self._close()

    def _introduction(self, asked: Asked) -> workers.Request:
        """The first request to a process: with what its predecessor knew from before."""
        rest = asked.rest
        return dataclasses.replace(rest, earlier=(*self.done, *rest.earlier))

    def _count(self, message: workers.Observed) -> workers.Observed:
        self.deaths = 0
        asked = self.sent[0]
        if message.modality is Modality.SPEECH:
            self.done += (_place(item) for item in (*asked.request.earlier, asked.request.segment))
        asked.left.discard(message.modality)
        if not asked.left:
            self.sent.popleft()
            self.send()
        return message

    def _fail(self, message: workers.Failed) -> None:
        self.failure = message.error
        self.error = message.error or CannotDoError(
            f"The analysis stopped unexpectedly ({message.detail}).",
            "Run the same command again; it goes on where this one stopped.",
        )

    def _bury(self) -> None:
        self._close()
        if self.process is not None:
            self.process.join(GRACE)
        if self.error is None and not self.finished:
            code = self.process.exitcode if self.process else None
            self.error = CannotDoError(
                f"The process that should {self.role} ended with code {code}.",
                "Run the same command again; it goes on where this one stopped.",
            )

    def _close(self) -> None:
        for channel in (self.inbox, self.outbox):
            if channel is not None:
                channel.close()
        self.inbox = self.outbox = None


def _place(segment: Segment) -> Segment:
    """Where a segment lies, without what makes it large: many are told to a process at once."""
    return Segment(segment.start, segment.end, ())


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
