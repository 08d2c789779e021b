"""From the answers of an assessment to the sections that show them."""

from typing import Final

from interviewer.interview.documents.assessment import AnswerAssessment, Moment
from interviewer.interview.documents.session import Question
from interviewer.report.metrics import absence_notes, metric_view
from interviewer.report.moments import Place, linked_places, moment_view
from interviewer.report.palette import TIMING, colour_of
from interviewer.report.transcript import paragraphs
from interviewer.report.view import AnswerView, MomentView, ReportInput, TimingView
from interviewer.report.wording import clock, duration, number, word_joint

_LISTED_MOMENTS: Final = 6


def timing_of(given: ReportInput, position: int) -> TimingView:
    """When an answer began and how long it was, against what its question asks for."""
    answer = given.assessment.answers[position]
    asked = answer.question_end
    question = _question_of(given, answer)
    target = (question.target.low, question.target.high) if question and question.target else None
    length, usual = _length_of(answer)
    return TimingView(
        label=f"Q{position + 1}",
        length=length,
        target=target or usual,
        first_voice=_since(asked, answer.first_voice),
        first_word=_since(asked, answer.first_word),
    )


def answer_views(given: ReportInput) -> tuple[AnswerView, ...]:
    """All answers, in the order of the recording."""
    linked = linked_places(given.assessment)
    return tuple(
        _answer_view(given, position, linked) for position in range(len(given.assessment.answers))
    )


def _answer_view(given: ReportInput, position: int, linked: frozenset[Place]) -> AnswerView:
    answer = given.assessment.answers[position]
    anchors = {
        place.word: place.anchor
        for place in linked
        if place.answer == position and place.word is not None
    }
    moments, more = _moments_of(given, position)
    rows = [metric_view(metric, given.assessment.answers) for metric in answer.metrics]
    return AnswerView(
        number=position + 1,
        anchor=Place(position, None).answer_anchor,
        question=answer.question,
        take=answer.take,
        start=clock(answer.start),
        seconds=answer.start,
        facts=_facts(given, position),
        metrics=tuple(row for row in rows if row.value is not None),
        absent=tuple(absence_notes(rows)),
        moments=moments,
        more_moments=more,
        paragraphs=paragraphs(
            answer.words,
            [pause for pause in given.assessment.timeline.pauses if _inside(answer, pause)],
            word_joint(given.assessment.language),
            anchors,
        ),
        silence=_silence(given, answer),
    )


def _facts(given: ReportInput, position: int) -> tuple[tuple[str, str], ...]:
    timing = timing_of(given, position)
    answer = given.assessment.answers[position]
    facts: list[tuple[str, str]] = []
    if timing.length is not None:
        target = _target_text(timing.target)
        facts.append(
            ("Length", duration(timing.length) + (f" (target {target})" if target else ""))
        )
    if timing.first_voice is not None:
        facts.append(("First voice", f"after {number(timing.first_voice, 's')} s"))
    if answer.tone is not None:
        level = next((m.value for m in given.assessment.metrics if m.name == "tone"), None)
        # Without a baseline the label tells only how this answer differs from the others.
        against = "" if level is not None else ", against the rest of this session"
        facts.append(("Tone", f"{answer.tone.value}{against}"))
    if answer.take > 1:
        facts.append(("Take", str(answer.take)))
    return tuple(facts)


def _target_text(target: tuple[float | None, float | None]) -> str:
    low, high = target
    if low is not None and high is not None:
        return f"{clock(low)} to {clock(high)}"
    if low is not None:
        return f"{clock(low)} or more"
    return f"up to {clock(high)}" if high is not None else ""


def _moments_of(given: ReportInput, position: int) -> tuple[tuple[MomentView, ...], int]:
    """Moments in one answer, those of findings first in line, and how many were left out."""
    answers = given.assessment.answers
    answer = answers[position]
    names = {metric.name: metric.label for metric in [*given.assessment.metrics, *answer.metrics]}
    labelled = [
        (names.get(finding.metric, finding.title), moment)
        for finding in given.assessment.findings
        for moment in finding.moments
    ]
    labelled += [(metric.label, moment) for metric in answer.metrics for moment in metric.evidence]
    seen: set[tuple[float, float]] = set()
    views: list[MomentView] = []
    for label, moment in labelled:
        stretch = (round(moment.start, 1), round(moment.end, 1))
        view = moment_view(answers, moment, label)
        if view is None or stretch in seen or view.answer_anchor != Place(position, None).anchor:
            continue
        seen.add(stretch)
        views.append(view)
    listed = sorted(views[:_LISTED_MOMENTS], key=lambda view: view.seconds)
    return tuple(listed), len(views) - len(listed)


def _silence(given: ReportInput, answer: AnswerAssessment) -> str:
    if answer.words:
        return ""
    if not given.session.recording.has_audio:
        return "The recording has no sound, so there is no transcript."
    return "No words were heard in this answer."


def _question_of(given: ReportInput, answer: AnswerAssessment) -> Question | None:
    questions = given.session.questions
    return next((q for q in questions if q.id == answer.question_id), None)


def _length_of(
    answer: AnswerAssessment,
) -> tuple[float | None, tuple[float | None, float | None]]:
    """The measured length with its band; from the first to the last voice where none is given."""
    for metric in answer.metrics:
        is_length = colour_of(metric.name) is TIMING and "latency" not in metric.name
        if is_length and metric.unit == "s" and isinstance(metric.value, float | int):
            band = metric.band
            return metric.value, (band.low, band.high) if band else (None, None)
    begun = answer.first_voice if answer.first_voice is not None else answer.first_word
    return _since(begun, answer.last_word), (None, None)


def _since(start: float | None, end: float | None) -> float | None:
    return None if start is None or end is None else max(0.0, end - start)


def _inside(answer: AnswerAssessment, moment: Moment) -> bool:
    return answer.start <= (moment.start + moment.end) / 2 < answer.end
