"""From the documents of a session to everything its report shows; pure."""

from typing import Final, Literal

from interviewer.assessment.comparison import Comparison
from interviewer.interview.documents.assessment import Assessment, Band, Finding
from interviewer.interview.documents.session import Session
from interviewer.report.answers import answer_views, timing_of
from interviewer.report.changes import comparison_view, score_change
from interviewer.report.metrics import metric_view, score_notes, score_view, sources_of
from interviewer.report.moments import moment_views
from interviewer.report.palette import colour_of
from interviewer.report.series import timeline_of
from interviewer.report.view import FindingView, ReportInput, ReportView
from interviewer.report.wording import (
    band_text,
    counted,
    date_text,
    direction,
    domain_name,
    duration,
    language_name,
    sentence,
)

_TOO_LITTLE: Final = (
    "There was too little to go on. Check that the microphone is near and the level moves when "
    "you speak, then answer once more."
)
_NOTHING_STOOD_OUT: Final = (
    "Nothing stood out to change. Keep this as it is, and try harder questions next time."
)


def shape(
    session: Session, assessment: Assessment, comparison: Comparison | None = None
) -> ReportView:
    """Turn a session, its assessment and its change into what the report shows."""
    given = ReportInput(session, assessment)
    latency = _latency_band(assessment)
    # The score that sums up the others stands first.
    ordered = sorted(assessment.scores, key=lambda score: score.name != "overall")
    changes = {change.name: change for change in comparison.scores} if comparison else {}
    scores = tuple(
        score_view(
            score,
            _labels(assessment),
            score_change(changes[score.name]) if score.name in changes else None,
        )
        for score in ordered
    )
    sources = sources_of(assessment.metrics)
    return ReportView(
        title=assessment.title.strip() or session.title.strip() or "Interview",
        facts=_facts(given),
        language=assessment.language,
        direction=direction(assessment.language),
        has_audio=session.recording.has_audio,
        has_video=session.recording.has_video,
        verdict=sentence(assessment.verdict),
        scores=scores,
        score_notes=score_notes(scores),
        steps=_findings(assessment, "improve"),
        strengths=_findings(assessment, "strength"),
        nothing_to_improve=_nothing_to_improve(assessment),
        timeline=timeline_of(given),
        timing=tuple(timing_of(given, position) for position in range(len(assessment.answers))),
        latency_usual=(latency.low, latency.high) if latency else (None, None),
        latency_usual_text=f"{band_text(latency, 's')} s" if latency else "",
        answers=answer_views(given),
        metrics=tuple(
            metric_view(metric, assessment.answers, sources) for metric in assessment.metrics
        ),
        sources=tuple(sentence(source) for source in sources),
        tone_reference=_tone_reference(assessment.timeline.tone_reference),
        limits=tuple(sentence(limit) for limit in assessment.limits),
        comparison=comparison_view(session, assessment, comparison) if comparison else None,
    )


def _tone_reference(reference: str) -> str:
    reference = reference.strip().rstrip(".")
    return f"Tone was measured against {reference}." if reference else ""


def _labels(assessment: Assessment) -> dict[str, str]:
    labels = {metric.name: metric.label for metric in assessment.metrics}
    return labels | {score.name: score.label for score in assessment.scores}


def _facts(given: ReportInput) -> tuple[str, ...]:
    """Who, what and when, in a few words each."""
    session, assessment = given.session, given.assessment
    what = ", ".join(
        part for part in (domain_name(session.domain or ""), session.level or "") if part
    )
    spoken = language_name(assessment.language) if assessment.language else ""
    facts = (
        (session.candidate or "").strip(),
        what,
        date_text(session.created_at),
        duration(assessment.duration),
        counted(len(assessment.answers), "answer"),
        spoken,
    )
    return tuple(fact for fact in facts if fact)


def _findings(
    assessment: Assessment, kind: Literal["improve", "strength"]
) -> tuple[FindingView, ...]:
    chosen: list[Finding] = [finding for finding in assessment.findings if finding.kind == kind]
    return tuple(
        FindingView(
            number=number,
            anchor=f"{kind}-{number}",
            colour=colour_of(finding.metric).name,
            title=finding.title.strip(),
            text=sentence(finding.text),
            why=sentence(finding.why),
            exercise=sentence(finding.exercise),
            moments=moment_views(assessment.answers, finding.moments),
        )
        for number, finding in enumerate(chosen, 1)
    )


def _nothing_to_improve(assessment: Assessment) -> str:
    """What to say in place of next steps; empty where there are some."""
    if any(finding.kind == "improve" for finding in assessment.findings):
        return ""
    scored = any(score.value is not None for score in assessment.scores)
    return _NOTHING_STOOD_OUT if scored else _TOO_LITTLE


def _latency_band(assessment: Assessment) -> Band | None:
    metrics = [*assessment.metrics, *(m for answer in assessment.answers for m in answer.metrics)]
    for metric in metrics:
        if "latency" in metric.name and metric.unit == "s" and metric.band:
            return metric.band
    return None
