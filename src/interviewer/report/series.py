"""From the curves and marks of an assessment to the rows of the timeline."""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, floor
from statistics import fmean, median
from typing import Final

from interviewer.interview.documents.assessment import Assessment, Metric, Moment, Sample
from interviewer.interview.documents.base import Span
from interviewer.report.metrics import reason_of
from interviewer.report.palette import EYES, PACE, SMILE, TONE, Colour, colour_of
from interviewer.report.view import Curve, ReportInput, Stretch, TimelineView, ToneStretch
from interviewer.report.wording import band_text

# More points than this cannot be told apart on the widest chart, three pixels each.
CURVE_POINTS: Final = 260

_SLOWEST_SHOWN: Final = 80.0
_FASTEST_SHOWN: Final = 200.0
_PACE_STEP: Final = 20.0
_STEPS_SHOWN: Final = 3
# Neighbours further apart than so many usual distances have a hole between them.
_HOLE: Final = 1.8


def timeline_of(given: ReportInput) -> TimelineView:
    """Everything over time, on one axis."""
    assessment, recording = given.assessment, given.session.recording
    data = assessment.timeline
    no_sound = "" if recording.has_audio else "the recording has no sound"
    no_picture = "" if recording.has_video else "the recording has no video"
    heard = data.speech or data.fillers
    return TimelineView(
        duration=assessment.duration,
        answers=tuple(
            Stretch(answer.start, answer.end, f"Q{number}")
            for number, answer in enumerate(assessment.answers, 1)
        ),
        steps=_step_marks(assessment),
        tone=_tone(assessment),
        tone_reason="" if data.tone else no_sound or _reason(assessment, TONE),
        curves=(
            _pace(assessment, no_sound),
            _eyes(assessment, no_picture),
            _smile(assessment, no_picture),
        ),
        speech=_stretches(data.speech),
        pauses=_stretches(data.pauses),
        fillers=_stretches(data.fillers),
        speech_reason="" if heard else no_sound or "no speech was heard",
    )


def thinned(samples: Sequence[Sample], limit: int = CURVE_POINTS) -> tuple[Sample, ...]:
    """At most `limit` points, each the mean of its neighbours; a stretch without values stays one.

    Args:
        samples: In order of time.
        limit: The most points wanted, at least 1.
    """
    if len(samples) <= limit:
        return tuple(samples)
    edges = [round(index * len(samples) / limit) for index in range(limit + 1)]
    return tuple(_mean(samples[first:last]) for first, last in pairwise(edges))


def broken(samples: Sequence[Sample]) -> tuple[Sample, ...]:
    """Put a point without a value where samples are missing, so that no line bridges the hole."""
    distances = [after.time - before.time for before, after in pairwise(samples)]
    usual = median(distances) if distances else 0.0
    points = list(samples[:1])
    for before, after in pairwise(samples):
        if after.time - before.time > _HOLE * usual:
            points.append(Sample(time=(before.time + after.time) / 2, value=None))
        points.append(after)
    return tuple(points)


def _mean(samples: Sequence[Sample]) -> Sample:
    values = [sample.value for sample in samples if sample.value is not None]
    return Sample(
        time=fmean(sample.time for sample in samples), value=fmean(values) if values else None
    )


def _pace(assessment: Assessment, absent: str) -> Curve:
    metric = _first(assessment, PACE, "wpm")
    low, high = (metric.band.low, metric.band.high) if metric and metric.band else (None, None)
    known = [s.value for s in assessment.timeline.pace if s.value is not None]
    known += [edge for edge in (low, high) if edge is not None]
    return _curve(
        "Pace",
        "wpm",
        PACE,
        assessment.timeline.pace,
        bottom=floor(min([_SLOWEST_SHOWN, *known]) / _PACE_STEP) * _PACE_STEP,
        top=ceil(max([_FASTEST_SHOWN, *known]) / _PACE_STEP) * _PACE_STEP,
        usual=(low, high),
        usual_text=band_text(metric.band, "wpm") if metric else "",
        reason=absent or _reason(assessment, PACE),
    )


def _eyes(assessment: Assessment, absent: str) -> Curve:
    metric = _first(assessment, EYES, "%")
    band = metric.band if metric else None
    samples = [
        Sample(time=s.time, value=None if s.value is None else 100 * s.value)
        for s in assessment.timeline.eye_contact
    ]
    return _curve(
        "Eye contact",
        "%",
        EYES,
        samples,
        bottom=0.0,
        top=100.0,
        usual=(band.low, band.high) if band else (None, None),
        usual_text=band_text(band, "%"),
        reason=absent or _reason(assessment, EYES),
    )


def _smile(assessment: Assessment, absent: str) -> Curve:
    return _curve(
        "Smile",
        "0 to 1",
        SMILE,
        assessment.timeline.smile,
        bottom=0.0,
        top=1.0,
        usual=(None, None),
        usual_text="",
        reason=absent or _reason(assessment, SMILE),
    )


def _curve(
    label: str,
    unit: str,
    colour: Colour,
    samples: Sequence[Sample],
    *,
    bottom: float,
    top: float,
    usual: tuple[float | None, float | None],
    usual_text: str,
    reason: str,
) -> Curve:
    points = broken(thinned(sorted(samples, key=lambda sample: sample.time)))
    empty = all(point.value is None for point in points)
    return Curve(
        label=label,
        unit=unit,
        colour=colour.name,
        times=tuple(point.time for point in points),
        values=tuple(point.value for point in points),
        bottom=bottom,
        top=top,
        usual=usual,
        usual_text=usual_text,
        reason=reason if empty else "",
    )


def _tone(assessment: Assessment) -> tuple[ToneStretch, ...]:
    """Tone windows cut so that none runs into the next."""
    windows = sorted(assessment.timeline.tone, key=lambda window: window.start)
    ends = [min(a.end, b.start) for a, b in pairwise(windows)] + [w.end for w in windows[-1:]]
    return tuple(
        ToneStretch(window.start, end, window.label, window.tense, window.engaged)
        for window, end in zip(windows, ends, strict=True)
    )


def _step_marks(assessment: Assessment) -> tuple[tuple[int, float], ...]:
    steps = [finding for finding in assessment.findings if finding.kind == "improve"]
    return tuple(
        (number, moment.start)
        for number, finding in enumerate(steps[:_STEPS_SHOWN], 1)
        for moment in finding.moments
    )


def _first(assessment: Assessment, colour: Colour, unit: str) -> Metric | None:
    """The first metric of a family in a unit; the assessment lists the plainest one first."""
    return next(
        (m for m in assessment.metrics if colour_of(m.name) is colour and m.unit == unit), None
    )


def _reason(assessment: Assessment, colour: Colour) -> str:
    for metric in assessment.metrics:
        if colour_of(metric.name) is colour and metric.value is None:
            return reason_of(None, metric.not_observed)
    return reason_of(None, None)


def _stretches(spans: Sequence[Span | Moment]) -> tuple[Stretch, ...]:
    return tuple(
        Stretch(span.start, span.end, span.quote if isinstance(span, Moment) else "")
        for span in spans
    )
