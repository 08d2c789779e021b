"""Scores: weighted means of the scores of metrics, 0 to 100, of what was observed.

A part that was not observed is dropped and the other weights grow to fill its place; the score's
confidence falls by its weight. With less than half of the weight observed there is no score.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from interviewer.interview.documents.assessment import Metric, Score, ScorePart

_LEAST_WEIGHT: Final = 0.5


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a score is made of: names of metrics (of scores, for `overall`) with their weights."""

    label: str
    weights: Mapping[str, float]


# The order of the weights follows what interviewers reward: in the MIT mock interviews words per
# second (r = .34) and um rate (-.31) with "recommend hiring", then words per answer (.20); in the
# published model the share of pauses (-.111), mean (-.094) and longest pause (-.083) next to words
# per second (.139) and fillers (-.130) (Naim et al. 2018, Table 6). Pitch has little weight: within
# a sex its level says nothing (.05) and the whole voice explains 13 % (Martin-Raugh et al. 2023).
# Eye contact (rho = .45 in the same 63 studies) stands beside them in the overall score.
RECIPES: Final[dict[str, Recipe]] = {
    "confidence": Recipe(
        "Confidence",
        {
            "words_per_minute": 0.26,
            "fillers_per_100_words": 0.24,
            "answer_length": 0.14,
            "pause_share": 0.12,
            "longest_pause": 0.08,
            "response_latency": 0.08,
            "pitch_variation": 0.08,
        },
    ),
    "clarity": Recipe(
        "Clarity",
        {
            "fillers_per_100_words": 0.45,
            "words_per_minute": 0.15,
            "mean_pause": 0.15,
            "pitch_variation": 0.15,
            "longest_pause": 0.10,
        },
    ),
    "eye_contact": Recipe("Eye contact", {"eye_contact_share": 1.0}),
    "tone_stability": Recipe("Tone stability", {"tone_stability": 1.0}),
    "pace": Recipe("Pace", {"words_per_minute": 1.0}),
}

OVERALL: Final = Recipe(
    "Overall",
    {
        "confidence": 0.35,
        "clarity": 0.25,
        "eye_contact": 0.20,
        "pace": 0.10,
        "tone_stability": 0.10,
    },
)


@dataclass(frozen=True, slots=True)
class _Found:
    score: float | None
    confidence: float
    not_observed: str | None


def scores_of(metrics: Iterable[Metric]) -> tuple[Score, ...]:
    """Make all scores from the metrics of a session; `overall` is made from the others."""
    found = {
        metric.name: _Found(metric.score, metric.confidence, metric.not_observed)
        for metric in metrics
    }
    scores = [score_of(name, recipe, found) for name, recipe in RECIPES.items()]
    parts = {
        score.name: _Found(score.value, score.confidence, score.not_observed) for score in scores
    }
    return (*scores, score_of("overall", OVERALL, parts))


def score_of(name: str, recipe: Recipe, found: Mapping[str, _Found]) -> Score:
    """Make one score; its parts' weights add up to 1 and their sum of products is its value."""
    seen = {
        part: weight
        for part, weight in recipe.weights.items()
        if part in found and found[part].score is not None
    }
    total = sum(recipe.weights.values())
    weight_seen = sum(seen.values())
    if weight_seen < _LEAST_WEIGHT * total - 1e-9:
        return Score(
            name=name,
            label=recipe.label,
            value=None,
            not_observed=_heaviest_reason(recipe, found),
        )
    parts = tuple(
        ScorePart(
            metric=part, weight=round(weight / weight_seen, 4), score=found[part].score or 0.0
        )
        for part, weight in seen.items()
    )
    value = sum(weight * (found[part].score or 0.0) for part, weight in seen.items()) / weight_seen
    confidence = sum(weight * found[part].confidence for part, weight in seen.items()) / total
    return Score(
        name=name,
        label=recipe.label,
        value=round(min(100.0, max(0.0, value)), 2),
        confidence=round(min(1.0, confidence), 3),
        parts=parts,
    )


def _heaviest_reason(recipe: Recipe, found: Mapping[str, _Found]) -> str:
    """Why the heaviest missing part is missing."""
    missing = [part for part in recipe.weights if part not in found or found[part].score is None]
    for part in sorted(missing, key=lambda part: -recipe.weights[part]):
        if part in found and (reason := found[part].not_observed):
            return reason
    return "too little was observed"
