"""Every measure in one table: what it needs, what it gives, and in which order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from interviewer.assessment.face import face_metrics
from interviewer.assessment.fluency import filler_metrics
from interviewer.assessment.looks import Looks
from interviewer.assessment.material import Material
from interviewer.assessment.metric import missing
from interviewer.assessment.norms import NORMS
from interviewer.assessment.pace import pace_metrics
from interviewer.assessment.spoken import Spoken
from interviewer.assessment.timing import latency_metrics, length_metrics, pause_metrics
from interviewer.assessment.voice import voice_metrics
from interviewer.interview.documents.assessment import Metric
from interviewer.interview.documents.observations import Modality


@dataclass(frozen=True, slots=True)
class Part:
    """Some answers, one or all of them, ready to be measured."""

    answers: Sequence[Spoken]
    looks: Sequence[Looks]
    english: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """A group of metrics that is measured together.

    Attributes:
        names: Of the metrics, in order.
        needs: One of these modalities must have been observed.
        measure: Measures them over a part of the session.
    """

    names: tuple[str, ...]
    needs: tuple[Modality, ...]
    measure: Callable[[Part], list[Metric]]


MEASURES: Final = (
    Measure(
        ("words", "words_per_minute", "articulation_rate"),
        (Modality.SPEECH,),
        lambda part: pace_metrics(part.answers, english=part.english),
    ),
    Measure(
        ("fillers", "fillers_per_100_words"),
        (Modality.SPEECH,),
        lambda part: filler_metrics(part.answers, english=part.english),
    ),
    Measure(
        ("pauses", "pause_share", "mean_pause", "longest_pause"),
        (Modality.SPEECH, Modality.VOICE),
        lambda part: pause_metrics(part.answers),
    ),
    Measure(
        ("response_latency", "response_latency_content"),
        (Modality.SPEECH, Modality.VOICE),
        lambda part: latency_metrics(part.answers, english=part.english),
    ),
    Measure(
        ("answer_length",),
        (Modality.SPEECH, Modality.VOICE),
        lambda part: length_metrics(part.answers),
    ),
    Measure(
        ("pitch_level", "pitch_variation", "loudness_variation"),
        (Modality.VOICE,),
        lambda part: voice_metrics(part.answers),
    ),
    Measure(
        ("face_presence", "smile_share", "eye_contact_share", "look_aways"),
        (Modality.FACE,),
        lambda part: face_metrics(part.looks),
    ),
)

TONE: Final = ("tone", "tone_tense", "tone_engaged", "tone_stability")
"""Measured apart: one answer's tone depends on the whole session."""


def metrics_of(part: Part, tone: Sequence[Metric], material: Material) -> tuple[Metric, ...]:
    """All metrics of a part, in the order of the norms' table.

    Args:
        part: What to measure.
        tone: Its metrics of tone.
        material: Knows why a modality was not observed.
    """
    made: list[Metric] = []
    for measure in MEASURES:
        reason = why_not(material, measure.needs)
        if reason is None:
            made += measure.measure(part)
        else:
            made += [missing(name, reason) for name in measure.names]
    reason = why_not(material, (Modality.VOICE,))
    made += tone if reason is None else [missing(name, reason) for name in TONE]
    order = list(NORMS)
    return tuple(sorted(made, key=lambda metric: order.index(metric.name)))


def why_not(material: Material, needs: tuple[Modality, ...]) -> str | None:
    """Why none of some modalities was observed; None if one was."""
    reasons = [material.absent[modality] for modality in needs if modality in material.absent]
    return reasons[0] if len(reasons) == len(needs) else None
