from itertools import pairwise

import builders
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.interview.documents.assessment import Moment, Sample, Verdict
from interviewer.report.moments import place_of
from interviewer.report.series import CURVE_POINTS, broken, thinned
from interviewer.report.shape import shape


def shaped(case):
    return shape(case.session, case.assessment)


@pytest.fixture(scope="module")
def rich():
    return shaped(builders.rich())


def test_who_what_and_when_are_said_in_full(rich):
    assert rich.title == "Data science practice, first round"
    assert rich.facts == (
        "Amina Diallo",
        "Data science, hard",
        "Sunday, 22 November 2026, 14:05",
        "2 min 18 s",
        "3 answers",
        "English",
    )


def test_the_overall_score_stands_first_and_keeps_the_others_order(rich):
    names = [score.name for score in rich.scores]
    assert names == ["overall", "confidence", "clarity", "eye_contact", "tone_stability", "pace"]


def test_a_score_reads_by_the_assessments_own_thresholds(rich):
    verdicts = {score.name: score.verdict for score in rich.scores}
    assert verdicts["pace"] is Verdict.GOOD
    assert verdicts["overall"] is Verdict.WATCH
    assert verdicts["eye_contact"] is Verdict.ACT


def test_what_a_score_is_made_of_names_metrics_and_shares(rich):
    parts = [(part.label, part.score, part.share) for part in rich.scores[0].parts]
    assert parts == [
        ("Pace", "88", "50"),
        ("Fillers", "52", "30"),
        ("Share of pauses", "100", "20"),
    ]


def test_what_was_not_observed_has_no_value_but_a_reason():
    view = shaped(builders.without_video())
    absent = {row.name: row for row in view.metrics if row.value is None}
    assert set(absent) == {"eye_contact_share", "smile_share"}
    assert absent["smile_share"].reason == "the recording has no video"
    assert absent["smile_share"].verdict is Verdict.NONE
    assert absent["smile_share"].confidence == ""
    eyes = next(score for score in view.scores if score.name == "eye_contact")
    assert eyes.value is None
    assert view.score_notes[0] == "Eye contact: not observed, the recording has no video."
    empty = {curve.label: curve.reason for curve in view.timeline.curves}
    assert empty == {
        "Pace": "",
        "Eye contact": "the recording has no video",
        "Smile": "the recording has no video",
    }
    for answer in view.answers:
        assert all(row.value is not None for row in answer.metrics)
        assert answer.absent == (
            "Eye contact and Smiling: not observed, the recording has no video.",
        )


def test_silence_is_told_apart_from_a_recording_without_sound():
    heard_nothing = shaped(builders.silent())
    assert heard_nothing.answers[0].silence == "No words were heard in this answer."
    assert heard_nothing.timeline.speech_reason == "no speech was heard"
    deaf = shaped(builders.build((None,), ("",), audio=False))
    assert "no sound" in deaf.answers[0].silence
    assert deaf.timeline.speech_reason == "the recording has no sound"
    assert deaf.timeline.tone_reason == "the recording has no sound"


def test_next_steps_say_something_even_when_there_are_none(rich):
    assert rich.nothing_to_improve == ""
    assert "Nothing stood out" in shaped(builders.plain()).nothing_to_improve
    assert "too little" in shaped(builders.silent()).nothing_to_improve


def test_timing_is_what_was_built(rich):
    for row, latency in zip(rich.timing, (0.8, 2.3, 0.4), strict=True):
        assert row.first_voice == pytest.approx(latency)
        assert row.first_word == pytest.approx(latency + 0.9)
        assert row.target == (30, 60)
    answers = builders.rich().assessment.answers
    lengths = [a.last_word - a.first_voice for a in answers]
    assert [row.length for row in rich.timing] == pytest.approx(lengths)
    assert rich.latency_usual == (0.2, 2.0)


def test_an_answer_without_question_has_neither_target_nor_latency():
    case = builders.build((None,), (builders.LEAKAGE,), targets=[None])
    (row,) = shaped(case).timing
    assert row.target == (None, None)
    assert row.first_voice is None
    assert row.length is not None


def test_a_moment_links_to_the_word_spoken_then():
    answers = builders.rich().assessment.answers
    for number, answer in enumerate(answers):
        for position in (0, 5, len(answer.words) - 1):
            word = answer.words[position]
            place = place_of(answers, (word.start + word.end) / 2)
            assert (place.answer, place.word) == (number, position)
            assert place.anchor == f"q{number + 1}-w{position + 1}"


def test_a_moment_outside_the_answers_links_to_the_nearest():
    answers = builders.rich().assessment.answers
    before, after = answers[0].end, answers[1].start
    assert place_of(answers, before + 0.2 * (after - before)).answer == 0
    assert place_of(answers, before + 0.8 * (after - before)).answer == 1
    assert place_of(answers, 0).answer == 0
    assert place_of(answers, 10_000).answer == 2


def test_a_moment_where_nobody_spoke_links_to_the_answer():
    case = builders.silent()
    moment = Moment(start=9, end=10, note="looked away")
    metric = case.assessment.metrics[0].model_copy(update={"evidence": (moment,)})
    assessment = case.assessment.model_copy(update={"metrics": (metric,)})
    (link,) = shape(case.session, assessment).metrics[0].moments
    assert (link.anchor, link.answer, link.clock) == ("q1", "Q1", "0:09")


def test_moments_of_an_answer_lie_in_it_in_order_and_are_named_by_what_they_show(rich):
    for answer, built in zip(rich.answers, builders.rich().assessment.answers, strict=True):
        times = [moment.seconds for moment in answer.moments]
        assert times == sorted(times)
        assert all(built.start <= time <= built.end for time in times)
    labels = {moment.label for answer in rich.answers for moment in answer.moments}
    assert labels == {"Eye contact", "Fillers", "Longest pause", "Pace"}


def test_sources_are_named_once_and_numbered_by_first_use(rich):
    assert len(set(rich.sources)) == len(rich.sources)
    given = builders.rich().assessment.metrics
    for row, metric in zip(rich.metrics, given, strict=True):
        if metric.band:
            source = rich.sources[row.source - 1]
            assert source.lower().rstrip(".") == metric.band.source.lower().rstrip(".")
        else:
            assert row.source == 0
    used = [row.source for row in rich.metrics if row.source]
    assert list(dict.fromkeys(used)) == list(range(1, len(rich.sources) + 1))


def test_answer_length_reads_in_minutes_with_its_band():
    case = builders.build((None,), (builders.LEAKAGE * 3,), targets=[(60, 120)])
    row = next(r for r in shaped(case).answers[0].metrics if r.name == "answer_length")
    assert (row.unit, row.usual) == ("min", "1:00–2:00")
    assert ":" in row.value


def test_tone_stretches_never_overlap(rich):
    stretches = rich.timeline.tone
    assert len(stretches) > 5
    assert all(a.end <= b.start + 1e-9 for a, b in pairwise(stretches))


def test_only_the_first_three_steps_are_numbered_on_the_timeline():
    view = shaped(builders.rich())
    assert {number for number, _ in view.timeline.steps} == {1, 2, 3}
    assert len(view.steps) == 4


def test_no_answers_and_no_scores_still_make_a_report():
    case = builders.rich()
    bare = case.assessment.model_copy(
        update={"answers": (), "scores": (), "metrics": (), "verdict": "", "title": " "}
    )
    view = shape(case.session, bare)
    assert view.answers == ()
    assert view.title == case.session.title
    assert all(step.moments == () for step in view.steps)


samples = st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=1, max_size=900).map(
    lambda values: [Sample(time=float(i), value=v) for i, v in enumerate(values)]
)


@given(samples)
def test_thinning_keeps_the_order_the_range_and_the_limit(points):
    thin = thinned(points, 50)
    assert len(thin) <= 50
    assert all(a.time < b.time for a, b in pairwise(thin))
    known = [p.value for p in points if p.value is not None]
    kept = [p.value for p in thin if p.value is not None]
    assert bool(known) == bool(kept)
    if known:
        assert min(known) - 1e-9 <= min(kept)
        assert max(kept) <= max(known) + 1e-9


def test_a_short_curve_is_left_as_it_is():
    points = [Sample(time=float(i), value=0.5) for i in range(CURVE_POINTS)]
    assert thinned(points) == tuple(points)


def test_a_curve_breaks_where_samples_are_missing():
    points = [Sample(time=float(t), value=0.5) for t in (0, 1, 2, 10, 11)]
    assert [p.time for p in broken(points) if p.value is None] == [6.0]
    assert broken([]) == ()
    assert len(broken(points[:1])) == 1


def test_a_unit_that_the_label_says_is_not_said_twice():
    case = builders.rich()
    fillers = next(m for m in case.assessment.metrics if m.name == "fillers_per_100_words")
    named = fillers.model_copy(update={"label": "Fillers per 100 words"})
    assessment = case.assessment.model_copy(update={"metrics": (fillers, named)})
    rows = shape(case.session, assessment).metrics
    assert [row.unit for row in rows] == ["per 100 words", ""]


def test_a_tone_without_a_baseline_is_said_to_be_relative():
    case = builders.rich()
    assert ("Tone", "calm") in shaped(case).answers[0].facts
    tone = next(m for m in case.assessment.metrics if m.name == "tone")
    unknown = tone.model_copy(update={"value": None, "not_observed": "no baseline"})
    assessment = case.assessment.model_copy(update={"metrics": (unknown,)})
    facts = shape(case.session, assessment).answers[0].facts
    assert ("Tone", "calm, against the rest of this session") in facts
