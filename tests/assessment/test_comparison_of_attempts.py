from datetime import UTC, datetime, timedelta

from interviewer.assessment.comparison import Attempt, compared
from interviewer.assessment.progress import student, usual_reach, usual_spread
from interviewer.interview.documents.assessment import (
    Assessment,
    Band,
    Metric,
    Score,
    TimelineData,
)

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def metric(name, value, band=None):
    return Metric(name=name, label=name, unit="s", value=value, band=band)


def assessed(metrics=(), scores=()):
    return Assessment(
        session="now",
        title="Now",
        duration=60,
        language="en",
        verdict="Fine.",
        scores=tuple(Score(name=name, label=name, value=value) for name, value in scores),
        metrics=tuple(metrics),
        answers=(),
        findings=(),
        timeline=TimelineData(),
    )


def attempt(back, scores=None, metrics=None):
    return Attempt(f"b{back}", "", NOON - timedelta(days=back), scores or {}, metrics or {})


def test_scores_and_metrics_of_one_name_are_not_mixed_up():
    now = assessed([metric("tone_stability", 40.0)], [("tone_stability", 55.0)])
    found = compared(now, [attempt(1, {"tone_stability": 50.0}, {"tone_stability": 30.0})])
    assert [change.delta for change in found.scores] == [5.0]
    assert [change.delta for change in found.metrics] == [10.0]


def test_the_best_of_a_metric_lies_where_its_band_says():
    low, high = Band(high=2.0, source="x"), Band(low=60.0, source="x")
    both = Band(low=1.0, high=2.0, source="x")
    now = assessed(
        [
            metric("pause", 3.0, low),
            metric("eyes", 50.0, high),
            metric("pace", 1.0, both),
            metric("pitch", 1.0),
        ]
    )
    before = attempt(1, {}, {"pause": 2.0, "eyes": 40.0, "pace": 2.0, "pitch": 2.0})
    found = compared(now, [before])
    assert [change.best for change in found.metrics] == [2.0, 50.0, None, None]


def test_words_have_no_difference_and_what_was_not_observed_has_none_either():
    now = assessed([metric("tone", "calm"), metric("pause", None)])
    found = compared(now, [attempt(1, {}, {"pause": 1.0})])
    assert [(change.name, change.delta) for change in found.metrics] == [("pause", None)]


def test_attempts_without_any_number_are_left_out():
    now = assessed(scores=[("overall", 60.0)])
    silent = attempt(1, {"overall": None}, {"pause": None})
    assert compared(now, []) is None
    assert compared(now, [silent, attempt(2)]) is None
    found = compared(now, [silent, attempt(3, {"overall": 50.0})])
    assert [each.id for each in found.earlier] == ["b3"]


def test_the_reach_is_the_largest_change_that_is_not_called_one():
    values = [60.0, 64.0, 60.0, 64.0]
    reach = usual_reach(values)
    assert reach == student(3) * usual_spread(values)
    for step, beyond in ((0.999, False), (1.001, True)):
        now = assessed(scores=[("overall", 60.0 + step * reach)])
        found = compared(now, [attempt(n, {"overall": v}) for n, v in enumerate(values)])
        assert found.scores[0].beyond_noise is beyond


def test_there_is_no_reach_with_too_few_values_or_without_any_change():
    assert usual_reach([60.0, 64.0]) is None
    assert usual_reach([60.0, 60.0, 60.0]) is None
