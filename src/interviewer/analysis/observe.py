"""Observe a recording: cut it into segments and have each observed, once.

What was observed before, under the same key, is taken from the store; so an interrupted analysis
goes on where it stopped, and an analysed recording costs nothing the second time.
"""

from collections.abc import Callable, Iterator

from interviewer.analysis.crew import Crew
from interviewer.analysis.job import Job
from interviewer.analysis.media import read_audio
from interviewer.analysis.segments import Cutter, Segment
from interviewer.analysis.store import Observation, ObservationStore
from interviewer.errors import CannotDoError, InputError
from interviewer.interview.documents.observations import (
    FaceObservation,
    Modality,
    Observations,
    SpeechObservation,
    VoiceObservation,
)

Progress = Callable[[float], None]
"""Told the share that is done, 0 to 1."""

SOUND = frozenset({Modality.SPEECH, Modality.VOICE})


def observe(job: Job, absent: dict[Modality, str], progress: Progress) -> Observations:
    """Make every observation that is still missing, and return all of them.

    Args:
        job: What to observe and with what.
        absent: Why the other modalities cannot be observed, as short clauses.
        progress: Told the share that is done.

    Raises:
        InputError: The recording has neither sound nor picture.
        CannotDoError: A worker died or the disk is full; what was observed is kept.
    """
    if not job.modalities:
        raise InputError(
            f"{job.recording} has neither sound nor picture to look at.",
            "Give a recording that a media player can play.",
        )
    run = Run(job, progress)
    with Crew(job) as crew:
        for segment in segments_of(job, run.store):
            run.ask(crew, segment, run.take(segment))
            for message in crew.waiting():
                run.count(message.segment)
        for message in crew.finish():
            run.count(message.segment)
    return run.collect(absent)


def recall(job: Job, absent: dict[Modality, str]) -> Observations | None:
    """Return all observations if every one of them is in the store; needs no recording or model.

    Returns:
        None where any is missing.
    """
    run = Run(job, lambda _: None)
    segments = run.store.segments(job)
    if segments is None or any(run.take(segment) for segment in segments):
        return None
    return run.collect(absent)


class Run:
    """One analysis: what was found in the store, what is being made, and how far it is."""

    def __init__(self, job: Job, progress: Progress) -> None:
        self.store = ObservationStore(job.observations)
        self._job = job
        self._progress = progress
        self._segments: list[Segment] = []
        self._found: dict[tuple[Modality, Segment], Observation] = {}
        self._earlier: list[Segment] = []
        self._total = max(job.duration, 1e-6) * len(job.modalities)
        self._done = 0.0
        progress(0.0)

    def take(self, segment: Segment) -> frozenset[Modality]:
        """Take from the store what it has of a segment; return what is missing."""
        self._segments.append(segment)
        return frozenset(m for m in self._job.modalities if not self._recall(m, segment))

    def ask(
        self,
        crew: Crew,
        segment: Segment,
        missing: frozenset[Modality],
        until: float | None = None,
    ) -> None:
        """Have the crew observe what is missing of a segment.

        Args:
            crew: Who observes.
            segment: Later than those asked for before.
            missing: What to observe of it.
            until: Where the recording ends, as far as is known; None for the job's duration.
        """
        end = self._job.duration if until is None else until
        if missing & SOUND:
            crew.listen(segment, missing & SOUND, tuple(self._earlier), end)
            self._earlier.clear()
        if Modality.FACE in missing:
            crew.look(segment, end)

    def count(self, segment: Segment) -> None:
        """One modality of a segment is done."""
        self._done += segment.duration
        self._progress(min(1.0, self._done / self._total))

    def collect(self, absent: dict[Modality, str]) -> Observations:
        """Everything in order of time; the store is left with this and nothing else."""
        wanted = [(m, s) for s in self._segments for m in self._job.modalities]
        made = [self._found.get(one) or self._read(*one) for one in wanted]
        self.store.prune({self.store.path_of(self._job.key(m, s.start, s.end)) for m, s in wanted})
        return Observations(
            duration=self._job.duration,
            speech=tuple(item for item in made if isinstance(item, SpeechObservation)),
            voice=tuple(item for item in made if isinstance(item, VoiceObservation)),
            face=tuple(item for item in made if isinstance(item, FaceObservation)),
            absent=absent,
        )

    def _recall(self, modality: Modality, segment: Segment) -> bool:
        stored = self.store.get(self._job.key(modality, segment.start, segment.end))
        if stored is None:
            return False
        self._found[modality, segment] = stored
        if isinstance(stored, SpeechObservation):
            self._earlier.append(segment)
        self.count(segment)
        return True

    def _read(self, modality: Modality, segment: Segment) -> Observation:
        stored = self.store.get(self._job.key(modality, segment.start, segment.end))
        if stored is None:
            raise CannotDoError(
                f"What was observed of second {segment.start:.0f} to {segment.end:.0f} "
                f"disappeared from {self.store.folder}.",
                "Run the same command again; it makes only what is missing.",
            )
        return stored


def segments_of(job: Job, store: ObservationStore) -> Iterator[Segment]:
    """The recording's segments in order: remembered, or cut while they are consumed.

    Raises:
        InterviewerError: The recording cannot be read, or the segments cannot be kept.
    """
    remembered = store.segments(job)
    if remembered is not None:
        yield from remembered
        return
    cutter = Cutter(boundaries=job.boundaries)
    cut: list[Segment] = []
    if job.recogniser is not None:
        for samples in read_audio(job.recording, end=job.duration):
            for segment in cutter.feed(samples):
                cut.append(segment)
                yield segment
    for segment in cutter.finish(job.duration):
        cut.append(segment)
        yield segment
    store.remember_segments(job, cut)
