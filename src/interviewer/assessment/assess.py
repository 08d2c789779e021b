"""The one way in: a session and its observations become an assessment."""

from collections.abc import Sequence
from typing import Final

from pydantic import TypeAdapter

from interviewer.assessment.baseline import Baseline
from interviewer.assessment.calibration import baseline_from, centre_from
from interviewer.assessment.cues import Window, windows_of
from interviewer.assessment.curves import timeline_of
from interviewer.assessment.findings import improvements, strengths, verdict_sentence
from interviewer.assessment.limits import limits_of
from interviewer.assessment.looks import Looks, looks_of
from interviewer.assessment.material import Material, material_of
from interviewer.assessment.metrics import Part, metrics_of
from interviewer.assessment.scores import scores_of
from interviewer.assessment.spoken import Spoken
from interviewer.assessment.tone import Tone, tone_of
from interviewer.assessment.tone_metrics import answer_tone, session_tone
from interviewer.interview.documents.assessment import (
    AnswerAssessment,
    Assessment,
    Metric,
    Moment,
    TranscriptWord,
)
from interviewer.interview.documents.observations import Observations
from interviewer.interview.documents.session import Session

_WORDS: Final = TypeAdapter(tuple[TranscriptWord, ...])


def assess(
    session: Session, observations: Observations, baseline: Baseline | None = None
) -> Assessment:
    """Turn observations into metrics, scores, findings and advice.

    Pure: the same session, observations and baseline always give the same assessment, however
    the recording was cut into segments. Only what lies inside answers counts.

    Args:
        session: What was asked and when.
        observations: What was heard and seen.
        baseline: The speaker's neutral reference for the level of tone, which goes before that of
            the session's calibration; without either, tone is measured as change within the
            session.

    Returns:
        The assessment; what was not observed says why.
    """
    material = material_of(session, observations)
    centre = centre_from(session.calibration)
    looks = looks_of(material.answers, centre)
    windows = [windows_of(spoken) for spoken in material.answers]
    every = [window for part in windows for window in part]
    if baseline is None:
        baseline = baseline_from(session.calibration)
    tone = tone_of(every, baseline)
    metrics = _session_metrics(material, looks, every, tone)
    answers = _answers(material, looks, windows, tone)
    scores = scores_of(metrics)
    named = {metric.name: metric for metric in metrics}
    improve = improvements(named, [_length_of(answer) for answer in answers])
    findings = (*improve, *strengths(named, improve))
    return Assessment(
        session=session.id,
        title=session.title,
        duration=session.recording.duration,
        language=material.series.language,
        verdict=verdict_sentence(named, scores, findings),
        scores=scores,
        metrics=metrics,
        answers=answers,
        findings=findings,
        timeline=timeline_of(material, looks, tone),
        limits=limits_of(material, looks, named, tone, calibrated=centre is not None),
    )


def _session_metrics(
    material: Material, looks: Sequence[Looks], windows: Sequence[Window], tone: Tone | None
) -> tuple[Metric, ...]:
    def moment(start: float, end: float, note: str) -> Moment:
        home = next(s for s in material.answers if s.answer.start <= start <= s.answer.end)
        return home.moment(start, end, note)

    part = Part(material.answers, looks, material.english)
    return metrics_of(part, session_tone(tone, windows, moment), material)


def _answers(
    material: Material,
    looks: Sequence[Looks],
    windows: Sequence[Sequence[Window]],
    tone: Tone | None,
) -> tuple[AnswerAssessment, ...]:
    alone = sum(bool(part) for part in windows) <= 1
    return tuple(
        _answer(material, spoken, looks[index : index + 1], windows[index], tone, alone=alone)
        for index, spoken in enumerate(material.answers)
    )


def _answer(
    material: Material,
    spoken: Spoken,
    looks: Sequence[Looks],
    windows: Sequence[Window],
    tone: Tone | None,
    *,
    alone: bool,
) -> AnswerAssessment:
    answer = spoken.answer
    toned, label = answer_tone(tone, windows, answer.index, alone=alone, moment=spoken.moment)
    return AnswerAssessment(
        index=answer.index,
        question=answer.question.text if answer.question else None,
        question_id=answer.question.id if answer.question else None,
        take=answer.take,
        start=answer.start,
        end=answer.end,
        question_end=answer.question_end,
        first_voice=spoken.first_voice,
        first_word=spoken.first_word,
        last_word=spoken.last_word,
        words=_transcript(spoken),
        metrics=metrics_of(Part([spoken], looks, material.english), toned, material),
        tone=label,
    )


def _transcript(spoken: Spoken) -> tuple[TranscriptWord, ...]:
    return _WORDS.validate_python(
        [
            {
                "text": token.text,
                "start": token.start,
                "end": token.end,
                "probability": token.probability,
                "mark": mark,
            }
            for token, mark in zip(spoken.tokens, spoken.marks, strict=True)
        ]
    )


def _length_of(answer: AnswerAssessment) -> Metric:
    return next(metric for metric in answer.metrics if metric.name == "answer_length")
