import numpy as np
import pytest
from hand_made import TEN_WORDS, Script, assessed, interview, metric, score
from hypothesis import given
from hypothesis import strategies as st

from interviewer.assessment.norms import NORMS, curve_score, percentile, verdict_of
from interviewer.assessment.scores import OVERALL, RECIPES, scores_of
from interviewer.interview.documents.assessment import Band, Metric, Verdict

SCORED = sorted({name for recipe in RECIPES.values() for name in recipe.weights})


def made(values):
    return [
        Metric(
            name=name,
            label=name,
            unit="",
            value=None if value is None else 1.0,
            score=value,
            confidence=0.0 if value is None else 1.0,
            not_observed="not there" if value is None else None,
        )
        for name, value in values.items()
    ]


def named(scores):
    return {item.name: item for item in scores}


def test_weights_of_every_recipe_add_up_to_one():
    for recipe in (*RECIPES.values(), OVERALL):
        assert sum(recipe.weights.values()) == pytest.approx(1)


def test_every_weighted_metric_has_a_curve_or_a_target():
    for name in SCORED:
        assert NORMS[name].curve or name == "answer_length"


def test_a_score_is_the_weighted_mean_of_its_parts():
    result = assessed(interview())
    for item in result.scores:
        assert sum(part.weight for part in item.parts) == pytest.approx(1, abs=1e-3)
        total = sum(part.weight * part.score for part in item.parts)
        assert item.value == pytest.approx(total, abs=0.1)
    clarity = score(result, "clarity")
    assert {part.metric for part in clarity.parts} == set(RECIPES["clarity"].weights)


def test_missing_parts_are_dropped_and_lower_the_confidence():
    full = named(scores_of(made(dict.fromkeys(SCORED, 80.0))))["confidence"]
    some = dict.fromkeys(SCORED, 80.0) | {"fillers_per_100_words": None, "answer_length": None}
    part = named(scores_of(made(some)))["confidence"]
    assert full.value == part.value == 80
    assert part.confidence == pytest.approx(1 - 0.24 - 0.14)
    assert "answer_length" not in {item.metric for item in part.parts}


def test_less_than_half_of_the_weight_gives_no_score():
    clarity = dict.fromkeys(SCORED, 90.0) | {
        "fillers_per_100_words": None,
        "words_per_minute": None,
    }
    found = named(scores_of(made(clarity)))
    assert found["clarity"].value is None
    assert found["clarity"].not_observed == "not there"
    assert found["clarity"].parts == ()
    assert found["pace"].value is None


def test_nothing_observed_gives_no_score_and_never_a_default():
    result = assessed(Script(video=False).ask().wait(10).done())
    for item in result.scores:
        assert item.value is None
        assert item.confidence == 0
        assert item.not_observed


@given(st.dictionaries(st.sampled_from(SCORED), st.none() | st.floats(0, 100)))
def test_scores_stay_between_the_scores_of_their_parts(values):
    found = named(scores_of(made(values)))
    for name, recipe in RECIPES.items():
        parts = [values[part] for part in recipe.weights if values.get(part) is not None]
        if found[name].value is not None:
            assert min(parts) - 0.01 <= found[name].value <= max(parts) + 0.01
        assert 0 <= found[name].confidence <= 1


@given(
    st.fixed_dictionaries({name: st.floats(0, 100) for name in SCORED}),
    st.sampled_from(SCORED),
    st.floats(0, 100),
)
def test_a_better_part_never_lowers_a_score(values, name, other):
    low, high = sorted((values[name], other))
    worse = named(scores_of(made(values | {name: low})))
    better = named(scores_of(made(values | {name: high})))
    for item in worse:
        assert worse[item].value <= better[item].value + 0.01


@pytest.mark.parametrize("name", [name for name, norm in NORMS.items() if norm.curve])
def test_curves_are_ascending_in_value_and_within_the_scale(name):
    values, scores = zip(*NORMS[name].curve, strict=True)
    assert list(values) == sorted(set(values))
    assert all(0 <= item <= 100 for item in scores)


@pytest.mark.parametrize("name", [name for name, norm in NORMS.items() if norm.curve])
def test_values_within_the_band_score_well_and_the_best_lie_inside(name):
    norm = NORMS[name]
    values = np.linspace(
        norm.low if norm.low is not None else 0, norm.high if norm.high is not None else 100, 50
    )
    assert min(curve_score(name, value) for value in values) >= 75
    assert max(curve_score(name, value) for value in values) == 100


@pytest.mark.parametrize(
    "name", ["fillers_per_100_words", "pause_share", "longest_pause", "response_latency"]
)
def test_more_of_what_costs_never_scores_better(name):
    scores = [curve_score(name, value) for value in np.linspace(0, 100, 300)]
    assert scores == sorted(scores, reverse=True)


def test_every_band_names_its_source():
    for name, norm in NORMS.items():
        assert (norm.band is None) == (norm.source == ""), name
        if norm.curve:
            assert norm.source


def test_percentiles_are_those_of_the_mock_interviews():
    assert percentile("words_per_minute", 154) == 50
    assert percentile("words_per_minute", 113) == 10
    assert percentile("um_per_100_words", 5.0) == 75
    assert percentile("words_per_minute", 60) == 10


def test_verdicts_follow_the_band_first():
    band = Band(low=10, high=20, source="here")
    assert verdict_of(10, band, 76) is Verdict.GOOD
    assert verdict_of(21, band, 90) is Verdict.WATCH
    assert verdict_of(40, band, 20) is Verdict.ACT
    assert verdict_of(40, band, None) is Verdict.WATCH
    assert verdict_of(40, None, None) is Verdict.NONE


def test_more_data_makes_a_metric_surer():
    short, long = (assessed(interview(1, sentences=n)) for n in (3, 12))
    for name in ("words_per_minute", "fillers_per_100_words", "pitch_variation", "pause_share"):
        assert 0 < metric(short, name).confidence < metric(long, name).confidence <= 1


def test_long_silences_lower_confidence():
    hesitant = Script().ask(target=(10, 60)).wait(0.8)
    for _ in range(6):
        hesitant.say(TEN_WORDS).wait(4.0)
    hesitant.done()
    assert (
        score(assessed(hesitant), "confidence").value
        < score(assessed(interview(1)), "confidence").value - 10
    )
