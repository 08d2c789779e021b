"""The curves and marks of the whole session, answer by answer."""

from collections.abc import Iterable, Sequence
from typing import Final

from pydantic import TypeAdapter

from interviewer.assessment.face import face_curves
from interviewer.assessment.fluency import filler_moments
from interviewer.assessment.looks import Looks
from interviewer.assessment.material import Material
from interviewer.assessment.pace import pace_curve
from interviewer.assessment.series import Point
from interviewer.assessment.timing import long_pauses, pause_moment
from interviewer.assessment.tone import Tone, tone_windows
from interviewer.assessment.voice import voice_curves
from interviewer.interview.documents.assessment import Sample, TimelineData

# Thousands of points are checked in one call: one by one takes longer than all measuring.
_SAMPLES: Final = TypeAdapter(tuple[Sample, ...])


def timeline_of(material: Material, looks: Sequence[Looks], tone: Tone | None) -> TimelineData:
    """Curves at one point a second within the answers, with a gap after each answer."""
    answers = material.answers
    voices = [voice_curves(spoken) for spoken in answers]
    faces = [face_curves(part) for part in looks]
    return TimelineData(
        tone=() if tone is None else tone_windows(tone),
        tone_reference="" if tone is None else tone.reference,
        pace=_chain(pace_curve(spoken) for spoken in answers),
        pitch=_chain(pitch for pitch, _ in voices),
        level=_chain(level for _, level in voices),
        smile=_chain(smile for smile, _ in faces),
        eye_contact=_chain(contact for _, contact in faces),
        speech=tuple(span for spoken in answers for span in spoken.speech),
        pauses=tuple(
            pause_moment(spoken, pause) for spoken in answers for pause in long_pauses(spoken)
        ),
        fillers=tuple(moment for spoken in answers for moment in filler_moments(spoken)),
    )


def _chain(curves: Iterable[list[Point]]) -> tuple[Sample, ...]:
    """Put the curves of answers one after the other, apart by a point without a value."""
    joined: list[Point] = []
    for curve in curves:
        if joined and curve:
            joined.append((joined[-1][0] + 0.5, None))
        joined += curve
    return _SAMPLES.validate_python([{"time": time, "value": value} for time, value in joined])
