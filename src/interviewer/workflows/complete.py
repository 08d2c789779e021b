"""From what an interview left behind, complete or cut off, to its session and its report."""

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interviewer.errors import CannotDoError
from interviewer.interview.documents.session import Event, EventKind, Recording, Session
from interviewer.interview.timeline import boundaries_of
from interviewer.workflows.analyze import Analysed, analyze
from interviewer.workflows.folders import SessionFolder
from interviewer.workflows.journal import Noted, forget, read_journal
from interviewer.workflows.report import Written, render
from interviewer.workflows.steps import Quiet, Steps

if TYPE_CHECKING:
    from interviewer.capture.finalize import Chapter

PART: Final = "recording.part.mp4"
"""The recording while it grows."""

RECORDING: Final = "recording.mp4"

_OVER: Final = {EventKind.ANSWER_ENDED, EventKind.QUESTION_SKIPPED, EventKind.STOPPED}

ObserveRest = Callable[[float, Sequence[float]], None]
"""Observes what is left of a recording, given its length in seconds and its boundaries."""


def complete(
    folder: SessionFolder,
    steps: Steps | None = None,
    observe_rest: ObserveRest | None = None,
    told: Callable[[str], None] | None = None,
) -> Session:
    """Write `session.json` and `recording.mp4` from the journal and the growing recording.

    It may be cut off and called again at any time.

    Args:
        folder: Of an unfinished session.
        steps: Told what is being done.
        observe_rest: Of an interview that was observed while it was conducted; called while the
            recording still lies where it grew.
        told: Told in a sentence what the recording lacks, if it lacks anything.

    Raises:
        InputError: The journal cannot be understood.
        CannotDoError: Nothing was recorded, or the disk is full; what is there is kept.
    """
    from interviewer.analysis.media import probe, sha256_of
    from interviewer.capture.finalize import recover

    steps = steps or Quiet()
    if folder.holds_session():
        return folder.read_session()
    noted = read_journal(folder.path)
    part, out = folder.path / PART, folder.path / RECORDING
    if not has_recording(folder):
        raise CannotDoError("Nothing was recorded.", "Hold the interview again.")
    if observe_rest is not None:
        draft = _session(noted, probe(part).duration)
        observe_rest(draft.recording.duration, boundaries_of(draft))
        duration: float | None = draft.recording.duration
    else:
        draft = _session(noted, _readable_seconds(part, out))
        duration = None
    finished = recover(
        part, out, _chapters(draft), progress=_told(steps, "Finishing the recording")
    )
    if finished.note and told is not None:
        told(finished.note)
    if duration is None:
        duration = probe(out).duration
    media = probe(out)
    session = _session(noted, duration)
    recording = session.recording.model_copy(
        update={
            "path": RECORDING,
            "sha256": sha256_of(out),
            "has_audio": session.recording.has_audio and media.has_audio,
            "has_video": session.recording.has_video and media.has_video,
        }
    )
    session = session.model_copy(update={"recording": recording})
    folder.write_session(session)
    return session


def has_recording(folder: SessionFolder) -> bool:
    """Whether there is anything that could be played; else nothing is lost with the folder."""
    from interviewer.capture.boxes import whole_fragments

    if folder.holds_session() or (folder.path / RECORDING).exists():
        return True
    part = folder.path / PART
    return part.exists() and whole_fragments(part) > 0


def report_on(folder: SessionFolder, steps: Steps | None = None) -> Written:
    """Analyse and report on a completed session, then delete a recording that is not to be kept.

    Raises:
        InterviewerError: One of its kinds; the session stays unfinished and can be recovered.
    """
    steps = steps or Quiet()
    keep = read_journal(folder.path).header.keep
    analysed = analyze(folder.path, steps=steps)
    if not keep:
        analysed = _without_recording(analysed)
    written = render(analysed, steps=steps)
    forget(folder.path)
    return written


def _without_recording(analysed: Analysed) -> Analysed:
    """Delete the recording; the session says so before it is gone."""
    session = analysed.session
    recording = session.recording.model_copy(update={"kept": False})
    session = session.model_copy(update={"recording": recording})
    analysed.folder.write_session(session)
    for name in (RECORDING, PART):
        (analysed.folder.path / name).unlink(missing_ok=True)
    return dataclasses.replace(analysed, session=session)


def _readable_seconds(part: Path, out: Path) -> float:
    from interviewer.analysis.media import probe
    from interviewer.errors import InputError

    try:
        return probe(part if part.exists() else out).duration
    except InputError:
        return 0.0  # `recover` then says what is wrong with it.


def _session(noted: Noted, duration: float) -> Session:
    """The session as the journal tells it, on a recording of this length in seconds."""
    begun = noted.header.session
    events = [
        event.model_copy(update={"time": min(event.time, duration)}) for event in noted.events
    ]
    if events and events[-1].kind not in _OVER:
        last = events[-1]
        events.append(
            Event(time=duration, kind=EventKind.STOPPED, question=last.question, take=last.take)
        )
    recording = begun.recording.model_copy(update={"duration": duration})
    return begun.model_copy(update={"events": tuple(events), "recording": recording})


def first_recording(key: str, *, has_audio: bool, has_video: bool) -> Recording:
    """How a recording is described before it begins.

    Args:
        key: Names it in what is observed of it.
        has_audio: Whether there is a microphone.
        has_video: Whether there is a camera.
    """
    return Recording(
        path=PART, sha256="", duration=0.0, has_audio=has_audio, has_video=has_video, key=key
    )


def _chapters(session: Session) -> "list[Chapter]":
    """One for each time a question is asked, lasting until the next one."""
    from interviewer.capture.finalize import Chapter

    asked = [event for event in session.events if event.kind is EventKind.QUESTION_ASKED]
    ends = [event.time for event in asked[1:]] + [session.recording.duration]
    return [
        Chapter(event.time, end, session.questions[event.question or 0].text)
        for event, end in zip(asked, ends, strict=True)
    ]


def _told(steps: Steps, name: str) -> Callable[[float], None]:
    begun = False

    def tell(share: float) -> None:
        nonlocal begun
        if not begun:
            begun = True
            steps.begin(name)
        steps.advance(share)
        if share >= 1:
            steps.end()

    return tell
