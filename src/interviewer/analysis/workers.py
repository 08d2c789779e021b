"""The two processes that observe segments: one listens, one looks, one thread each.

Two processes beat two threads and one process with two threads, because decoding and the models
spend part of their time holding the interpreter's lock.
"""

import contextlib
import gc
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer import logs
from interviewer.analysis.activity import SAMPLE_RATE
from interviewer.analysis.job import Job
from interviewer.analysis.segments import Segment
from interviewer.analysis.store import ObservationStore
from interviewer.errors import InterviewerError
from interviewer.interview.documents.observations import Modality, SpeechObservation
from interviewer.paths import log_file

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from interviewer.analysis.activity import Samples

log = logging.getLogger(__name__)

# What a process that lost its parent ends with; nobody is there to read it.
_ORPHANED = 1


@dataclass(frozen=True, slots=True)
class Request:
    """One segment to observe, in the modalities that are still missing.

    Attributes:
        segment: The segment.
        modalities: What to observe of it.
        until: Where the recording ends, as far as is known, in seconds.
        earlier: Segments before it whose speech was observed by another process: the language
            that it told is kept.
    """

    segment: Segment
    modalities: frozenset[Modality]
    until: float
    earlier: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker has loaded its models; should it die from now on, a segment may be to blame."""


@dataclass(frozen=True, slots=True)
class Observed:
    """One modality of one segment has been observed and stored."""

    modality: Modality
    segment: Segment


@dataclass(frozen=True, slots=True)
class Failed:
    """The worker cannot go on."""

    error: InterviewerError | None
    detail: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The worker has done all it was asked."""


Message = Ready | Observed | Failed | Finished


def listen(
    job: Job, inbox: "Connection", outbox: "Connection", threads: int, niceness: int
) -> None:
    """Observe speech and voice of the requested segments until the inbox says None."""
    _enter_process(threads, niceness)
    try:
        _listen(job, inbox, outbox, threads)
        outbox.send(Finished())
    except BaseException as error:  # noqa: BLE001 - whatever happened, the parent must hear of it
        _fail(outbox, error)


def look(job: Job, inbox: "Connection", outbox: "Connection", threads: int, niceness: int) -> None:
    """Observe the face in the requested segments until the inbox says None."""
    _enter_process(threads, niceness)
    try:
        _look(job, inbox, outbox)
        outbox.send(Finished())
    except BaseException as error:  # noqa: BLE001 - whatever happened, the parent must hear of it
        _fail(outbox, error)


def _listen(job: Job, inbox: "Connection", outbox: "Connection", threads: int) -> None:
    from tqdm import tqdm

    from interviewer.analysis.speech import Recogniser
    from interviewer.analysis.voice import VoiceObserver

    if job.recogniser is None or job.recogniser.folder is None:
        raise ValueError("a listener needs a recogniser")
    # The recogniser's progress bar would take a system-wide lock, which a stopped process leaks.
    tqdm.set_lock(threading.RLock())
    store = ObservationStore(job.observations)
    recogniser = Recogniser(
        job.recogniser.folder, language=job.recogniser.language, threads=threads
    )
    voice = VoiceObserver()
    outbox.send(Ready())

    for request in _requests(inbox):
        segment = request.segment
        for earlier in _spoken(job, store, request.earlier):
            recogniser.recall(earlier)
        around = _Around(job.recording, segment, request.until)
        if Modality.VOICE in request.modalities:
            frames = voice.observe(
                around.samples, segment.start, before=around.before, after=around.after
            )
            store.put(job.key(Modality.VOICE, segment.start, segment.end), frames)
            outbox.send(Observed(Modality.VOICE, segment))
        if Modality.SPEECH in request.modalities:
            (words,) = recogniser.transcribe([(segment, around.own)])
            store.put(job.key(Modality.SPEECH, segment.start, segment.end), words)
            outbox.send(Observed(Modality.SPEECH, segment))
        give_memory_back()


def _look(job: Job, inbox: "Connection", outbox: "Connection") -> None:
    from interviewer.analysis.face import observe_faces

    if job.landmarker is None or job.landmarker.file is None:
        raise ValueError("a looker needs a landmarker")
    store = ObservationStore(job.observations)
    pending: list[Segment] = []

    def ranges() -> Iterator[tuple[float, float]]:
        outbox.send(Ready())
        for request in _requests(inbox):
            pending.append(request.segment)
            yield (request.segment.start, request.segment.end)

    for observation in observe_faces(
        job.recording, job.landmarker.file, ranges(), rate=job.landmarker.rate
    ):
        segment = pending.pop(0)
        store.put(job.key(Modality.FACE, segment.start, segment.end), observation)
        outbox.send(Observed(Modality.FACE, segment))
        give_memory_back()


def _requests(inbox: "Connection") -> Iterator[Request]:
    """What is asked, until nothing more will be."""
    while (request := inbox.recv()) is not None:
        yield request


def _spoken(
    job: Job, store: ObservationStore, segments: tuple[Segment, ...]
) -> Iterator[SpeechObservation]:
    """What was said in segments that were observed before, as far as anything depends on it."""
    if job.recogniser is None or job.recogniser.language is not None:
        return
    for segment in segments:
        stored = store.get(job.key(Modality.SPEECH, segment.start, segment.end))
        if isinstance(stored, SpeechObservation):
            yield stored


class _Around:
    """The sound of a segment with what the pitch detector needs to hear beside it.

    Attributes:
        samples: Mono at 16 kHz, shape `(before + n + after,)`; silence where the recording ends.
        before: Samples before the segment.
        after: Samples after it.
    """

    def __init__(self, recording: Path, segment: Segment, until: float) -> None:
        import numpy as np

        from interviewer.analysis.media import read_audio
        from interviewer.analysis.voice import CONTEXT

        first, last = (round(time * SAMPLE_RATE) for time in (segment.start, segment.end))
        self.before = min(CONTEXT, first)
        self.after = min(CONTEXT, max(0, round(until * SAMPLE_RATE) - last))
        start, end = (first - self.before) / SAMPLE_RATE, (last + self.after) / SAMPLE_RATE
        blocks = list(read_audio(recording, start=start, end=end))
        heard = np.concatenate(blocks) if blocks else np.zeros(0, dtype=np.float32)
        wanted = self.before + last - first + self.after
        self.samples = np.pad(heard[:wanted], (0, max(0, wanted - len(heard))))

    @property
    def own(self) -> "Samples":
        """The segment's samples alone."""
        return self.samples[self.before : len(self.samples) - self.after]


def _enter_process(threads: int, niceness: int) -> None:
    """Leave Ctrl-C to the parent, and keep what native libraries print off the terminal."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()
    if niceness and hasattr(os, "nice"):
        # Windows knows no such thing; there the system alone decides between the processes.
        os.nice(max(0, niceness - os.nice(0)))
    os.environ.setdefault("OMP_NUM_THREADS", str(threads))
    logs.configure()
    _redirect_output(log_file())


def _end_with_parent() -> None:
    """End this process when its parent has ended, even if that was killed and could not say so."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(_ORPHANED)


def _redirect_output(path: Path) -> None:
    try:
        target = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    except OSError:
        target = os.open(os.devnull, os.O_WRONLY)
    os.dup2(target, 1)
    os.dup2(target, 2)
    os.close(target)


def give_memory_back() -> None:
    """Let go of closed recordings.

    Containers and streams refer to each other, so that the buffers of closed decoders, some 10 MB
    for a picture of 720p, would stay until Python happens to collect: they grew with each segment.
    """
    gc.collect()


def _fail(outbox: "Connection", error: BaseException) -> None:
    expected = error if isinstance(error, InterviewerError) else None
    if isinstance(error, EOFError | BrokenPipeError):
        log.info("a worker ends, because nobody asks it any more")
    elif expected is None:
        log.error("a worker stopped", exc_info=error)
    # Where the parent hears nothing any more, there is nobody to tell.
    with contextlib.suppress(OSError):
        outbox.send(Failed(expected, f"{type(error).__name__}: {error}"))
