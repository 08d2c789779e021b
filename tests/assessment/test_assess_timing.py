import pytest
from hand_made import TEN_WORDS, Script, assessed, interview, metric

from interviewer.assessment.timing import length_score
from interviewer.interview.documents.assessment import Verdict
from interviewer.interview.documents.session import TargetBand


def three_long_pauses():
    script = Script().ask().wait(0.5)
    for pause in (0.2, 0.6, 1.5, 3.0, 1.0):
        script.say(TEN_WORDS).wait(pause - 0.1)
    return script.say(TEN_WORDS).done()


def test_pauses_between_words_are_counted_and_measured():
    result = assessed(three_long_pauses())
    assert metric(result, "pauses").value == 3
    assert metric(result, "longest_pause").value == pytest.approx(3.0, abs=0.01)
    # Pauses of 0.6, 1.5, 3.0 and 1.0 s; 0.2 s is part of articulation.
    assert metric(result, "mean_pause").value == pytest.approx(6.1 / 4, abs=0.01)
    # Six sentences of 3.9 s with 6.3 s of silence between them.
    assert metric(result, "pause_share").value == pytest.approx(
        100 * 6.1 / (6 * 3.9 + 6.3), abs=0.1
    )


def test_a_long_pause_is_shown_with_the_words_around_it():
    longest = metric(assessed(three_long_pauses()), "longest_pause").evidence[0]
    assert longest.quote == "came in late […] we found the"
    assert longest.end - longest.start == pytest.approx(3.0, abs=0.01)
    assert longest.note == "pause of 3.0 s"


def test_silence_before_the_first_and_after_the_last_word_is_no_pause():
    script = Script().wait(20).say(TEN_WORDS).say(TEN_WORDS).wait(30)
    result = assessed(script)
    assert metric(result, "pauses").value == 0
    assert metric(result, "pause_share").value == 0
    assert metric(result, "mean_pause").not_observed == "no pauses"


def test_silence_while_a_question_is_asked_is_no_pause():
    script = Script()
    for _ in range(3):
        script.ask(seconds=15).wait(0.5).say(TEN_WORDS).say(TEN_WORDS).done().wait(9)
    assert metric(assessed(script), "pauses").value == 0


def test_words_that_reach_into_silence_do_not_hide_where_speech_ends():
    script = Script().ask().wait(1.0).say(TEN_WORDS).wait(2.0).say(TEN_WORDS).done()
    stretched = script.words[9]
    script.words[9] = stretched.model_copy(update={"end": stretched.end + 1.5})
    script.words[0] = script.words[0].model_copy(update={"start": 2.1})
    result = assessed(script)
    assert metric(result, "longest_pause").value == pytest.approx(2.1, abs=0.01)
    assert metric(result, "response_latency_content").value == pytest.approx(1.0, abs=0.01)


def test_latency_counts_to_the_first_sound_and_to_the_first_content_word():
    script = Script().ask().wait(0.8).say("um").wait(1.1).say(TEN_WORDS).done()
    result = assessed(script)
    assert metric(result, "response_latency").value == pytest.approx(0.8, abs=0.01)
    # 0.8 s, "um" of 0.3 s, then 1.2 s of silence.
    assert metric(result, "response_latency_content").value == pytest.approx(2.3, abs=0.01)
    answer = result.answers[0]
    assert (answer.first_voice, answer.first_word) == (pytest.approx(2.8), pytest.approx(4.3))


def test_latency_of_a_session_is_the_median_over_its_answers():
    script = Script()
    for wait in (0.5, 1.0, 9.0):
        script.ask().wait(wait).say(TEN_WORDS).done()
    assert metric(assessed(script), "response_latency").value == pytest.approx(1.0, abs=0.01)


def test_latency_is_not_observed_where_the_end_of_the_question_is_not_known():
    result = assessed(Script().wait(2).say(TEN_WORDS))
    for name in ("response_latency", "response_latency_content"):
        assert metric(result, name).not_observed == "the end of the question is not known"
        assert metric(result, name).score is None


def test_the_tail_of_the_question_is_not_the_candidates_voice():
    script = Script().ask().wait(1.5).say(TEN_WORDS).done()
    tail = script.spans[0].model_copy(update={"start": 2.0, "end": 2.12})
    script.spans.insert(0, tail)
    assert metric(assessed(script), "response_latency").value == pytest.approx(1.5, abs=0.01)


def test_answer_length_is_judged_against_the_target_of_its_question():
    short = Script().ask(target=(60, 120)).say(TEN_WORDS).done()
    result = assessed(short)
    length = metric(result, "answer_length")
    assert length.value == pytest.approx(3.9, abs=0.01)
    assert (length.band.low, length.band.high) == (60, 120)
    assert length.verdict is Verdict.ACT
    fine = metric(assessed(Script().ask(target=(3, 10)).say(TEN_WORDS).done()), "answer_length")
    assert (fine.verdict, fine.score) == (Verdict.GOOD, 100)


def test_answer_length_without_a_target_has_no_score():
    length = metric(assessed(Script().ask().say(TEN_WORDS).done()), "answer_length")
    assert length.value is not None
    assert (length.band, length.score, length.verdict) == (None, None, Verdict.NONE)


def test_a_short_and_a_long_answer_do_not_average_to_a_good_one():
    script = Script().ask(target=(20, 40)).say(TEN_WORDS).done().ask(target=(20, 40))
    for _ in range(15):
        script.say(TEN_WORDS)
    length = metric(assessed(script.done()), "answer_length")
    assert 20 < length.value < 40
    assert length.verdict is not Verdict.GOOD
    assert length.score < 75


def test_length_score_falls_on_both_sides_of_the_target():
    target = TargetBand(low=60, high=120)
    inside = [length_score(seconds, target) for seconds in (60, 90, 120)]
    shorter = [length_score(seconds, target) for seconds in (59, 40, 20, 5, 0)]
    longer = [length_score(seconds, target) for seconds in (121, 160, 240, 400)]
    assert inside == [100, 100, 100]
    assert shorter == sorted(shorter, reverse=True)
    assert longer == sorted(longer, reverse=True)
    assert shorter[-1] == longer[-1] == 0


def test_a_session_of_silence_has_no_times():
    result = assessed(Script().ask().wait(20).done())
    for name in ("pauses", "pause_share", "mean_pause", "longest_pause", "answer_length"):
        assert metric(result, name).not_observed == "nobody spoke"
    assert metric(result, "response_latency").not_observed == "nobody spoke"
    assert metric(result, "words").value == 0


def test_each_answer_has_its_own_times():
    script = Script().ask().wait(0.5).say(TEN_WORDS).wait(2.0).say(TEN_WORDS).done()
    script.ask().wait(3.0).say(TEN_WORDS).say(TEN_WORDS).done()
    first, second = assessed(script).answers
    assert metric(first, "pauses").value == 1
    assert metric(second, "pauses").value == 0
    assert metric(second, "response_latency").value == pytest.approx(3.0, abs=0.01)


def test_every_answer_and_the_session_have_every_metric():
    result = assessed(interview())
    names = [item.name for item in result.metrics]
    assert len(set(names)) == len(names) == 23
    for answer in result.answers:
        assert [item.name for item in answer.metrics] == names


def test_a_voice_that_the_detector_heard_late_begins_where_it_was_voiced():
    script = Script().ask().wait(1.0).say(TEN_WORDS).wait(1.0).done()
    start = script.spans[0].start
    script.voiced.append((start - 0.28, start, script.pitch, 0.0, script.level, script.balance))
    assert metric(assessed(script), "response_latency").value == pytest.approx(0.72, abs=0.03)


def test_a_hum_before_the_answer_is_no_voice():
    script = Script().ask().wait(2.0).say(TEN_WORDS).wait(1.0).done()
    start = script.spans[0].start
    script.voiced.append((start - 2.0, start, script.pitch, 0.0, script.level, script.balance))
    assert metric(assessed(script), "response_latency").value == pytest.approx(2.0, abs=0.03)


def test_a_faint_sound_before_the_answer_is_no_voice():
    script = Script().ask().wait(1.0).say(TEN_WORDS).wait(1.0).done()
    start = script.spans[0].start
    script.voiced.append((start - 0.3, start, script.pitch, 0.0, -60.0, script.balance))
    assert metric(assessed(script), "response_latency").value == pytest.approx(1.0, abs=0.03)
