"""Findings: at most three things to improve and three that went well, and the verdict."""

from collections.abc import Mapping, Sequence
from typing import Final

from interviewer.assessment.advice import ADVICE, PRAISE, Advice, Praise
from interviewer.assessment.norms import GOOD_FROM
from interviewer.assessment.phrases import compared, number, usual, with_unit
from interviewer.assessment.scores import OVERALL, RECIPES
from interviewer.interview.documents.assessment import (
    Finding,
    Metric,
    Moment,
    Score,
    Verdict,
)

_MOST: Final = 3
_FEW: Final = 2  # strengths up to which one outside the scores is worth naming
_MOST_MOMENTS: Final = 5
_LEAST_CONFIDENCE: Final = 0.2
_MINOR: Final = 0.005  # influence of a metric that is in no score


def influence(name: str) -> float:
    """How much of the overall score hangs on a metric, 0 to 1."""
    return sum(
        OVERALL.weights[score] * recipe.weights.get(name, 0.0) for score, recipe in RECIPES.items()
    )


def improvements(metrics: Mapping[str, Metric], answers: Sequence[Metric]) -> list[Finding]:
    """What to work on: by what it costs in the overall score times how sure that is.

    Args:
        metrics: Of the session, by name.
        answers: `answer_length` of each answer, to name the one farthest from its target.
    """
    ranked: list[tuple[float, int, Advice, Metric]] = []
    for order, advice in enumerate(ADVICE):
        metric = metrics.get(advice.metric)
        if metric is not None and advice.metric == "answer_length":
            metric = _worst_length(metric, answers)
        if metric is None or not _calls_for(metric, advice):
            continue
        cost = influence(metric.name) * (100 - (metric.score or 0.0)) * metric.confidence
        ranked.append((-cost, order, advice, metric))
    chosen: list[Finding] = []
    themes: set[str] = set()
    for _, _, advice, metric in sorted(ranked, key=lambda item: item[:2]):
        if advice.theme not in themes and len(chosen) < _MOST:
            themes.add(advice.theme)
            chosen.append(_improvement(advice, metric))
    return chosen


def strengths(metrics: Mapping[str, Metric], improve: Sequence[Finding]) -> list[Finding]:
    """What went well: values within their band, the weightiest first, no theme to improve."""
    themes = {advice.theme for advice in ADVICE for found in improve if _is_about(advice, found)}
    ranked: list[tuple[float, int, Praise, Metric]] = []
    for order, praise in enumerate(PRAISE):
        metric = metrics.get(praise.metric)
        if metric is None or not _earned(metric):
            continue
        worth = max(influence(metric.name), _MINOR) * (metric.score or 0.0) * metric.confidence
        ranked.append((-worth, order, praise, metric))
    chosen: list[Finding] = []
    for _, _, praise, metric in sorted(ranked, key=lambda item: item[:2]):
        most = _MOST if influence(metric.name) else _FEW
        if praise.theme not in themes and len(chosen) < most:
            themes.add(praise.theme)
            chosen.append(_strength(praise, metric))
    return chosen


def verdict_sentence(
    metrics: Mapping[str, Metric], scores: Sequence[Score], findings: Sequence[Finding]
) -> str:
    """One honest sentence: what was best, and what to work on first."""
    best = next((found for found in findings if found.kind == "strength"), None)
    worst = next((found for found in findings if found.kind == "improve"), None)
    clause = _clause(best, metrics)
    if worst is not None:
        advice = next(advice for advice in ADVICE if _is_about(advice, worst))
        if clause:
            return f"{_capital(clause)}; work next on {advice.subject}."
        return f"The first thing to work on is {advice.subject}."
    if clause:
        second = [found for found in findings if found.kind == "strength"][1:2]
        also = f", and {_clause(second[0], metrics)}" if second else ""
        return f"{_capital(clause)}{also}; nothing that was measured stands out as a problem."
    if any(score.value is not None for score in scores):
        return "What was measured lies between usual and remarkable; there was little to go by."
    return "There was too little to go by for a judgement."


def _calls_for(metric: Metric, advice: Advice) -> bool:
    if metric.score is None or metric.score >= GOOD_FROM:
        return False
    if metric.confidence < _LEAST_CONFIDENCE:
        return False
    if metric.verdict not in {Verdict.WATCH, Verdict.ACT} or not isinstance(metric.value, float):
        return False
    if metric.band is None:
        return False
    if advice.side == "low":
        return metric.band.low is not None and metric.value < metric.band.low
    return metric.band.high is not None and metric.value > metric.band.high


def _earned(metric: Metric) -> bool:
    if metric.verdict is not Verdict.GOOD or metric.confidence < _LEAST_CONFIDENCE:
        return False
    return metric.score is None or metric.score >= GOOD_FROM


def _worst_length(session: Metric, answers: Sequence[Metric]) -> Metric | None:
    """The answer farthest from its target, weighed by the session's score."""
    judged = [metric for metric in answers if metric.score is not None and metric.band is not None]
    if session.score is None or session.score >= GOOD_FROM or not judged:
        return None
    worst = min(judged, key=lambda metric: metric.score or 0.0)
    return worst.model_copy(update={"score": session.score, "evidence": session.evidence})


def _improvement(advice: Advice, metric: Metric) -> Finding:
    moments = [m for m in metric.evidence if m.note.startswith(advice.moments)]
    return Finding(
        kind="improve",
        metric=metric.name,
        title=advice.title,
        text=_filled(advice.text, metric),
        why=advice.why,
        exercise=advice.exercise,
        moments=tuple(_first(moments)),
    )


def _strength(praise: Praise, metric: Metric) -> Finding:
    return Finding(
        kind="strength",
        metric=metric.name,
        title=praise.title,
        text=_filled(praise.text, metric),
    )


def _filled(template: str, metric: Metric) -> str:
    value = metric.value if isinstance(metric.value, float) else 0.0
    asked = usual(metric.name, metric.band) or "each question's own target"
    return template.format(
        value=with_unit(metric.name, value),
        number=number(metric.name, value),
        usual=asked,
        compared=compared(metric.name, value),
    )


def _first(moments: Sequence[Moment]) -> Sequence[Moment]:
    return moments[:_MOST_MOMENTS]


def _is_about(advice: Advice, found: Finding) -> bool:
    return advice.metric == found.metric and advice.title == found.title


def _clause(found: Finding | None, metrics: Mapping[str, Metric]) -> str:
    if found is None:
        return ""
    praise = next(praise for praise in PRAISE if praise.metric == found.metric)
    value = metrics[found.metric].value
    how_much = f" ({with_unit(found.metric, value)})" if isinstance(value, float) else ""
    return f"{praise.clause}{how_much}"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
