import pytest
from hand_made import TEN_WORDS, Script, assessed, interview, metric, score

from interviewer.interview.documents.assessment import Verdict


def test_pace_counts_words_over_the_stretch_with_its_pauses():
    script = Script().ask().wait(5)
    for _ in range(4):
        script.say(TEN_WORDS).wait(0.9)
    result = assessed(script.done())
    # 40 words over four sentences of 3.9 s and three pauses of 1.0 s.
    assert metric(result, "words").value == 40
    assert metric(result, "words_per_minute").value == pytest.approx(60 * 40 / 18.6, abs=0.1)


def test_articulation_counts_syllables_over_speech_without_its_pauses():
    script = Script().ask().wait(1)
    for _ in range(4):
        script.say(TEN_WORDS).wait(0.9)
    result = assessed(script.done())
    assert metric(result, "articulation_rate").value == pytest.approx(4 * 12 / (4 * 3.9), abs=0.01)


def test_pace_of_a_session_weighs_its_answers_by_their_length():
    script = Script().ask()
    for _ in range(9):
        script.say(TEN_WORDS)
    script.done().ask().say(TEN_WORDS, word=0.9).done()
    first, second = assessed(script).answers
    whole = metric(assessed(script), "words_per_minute").value
    assert metric(second, "words_per_minute").value < 65
    assert whole == pytest.approx(60 * 100 / (9 * 4.0 - 0.1 + 9.9), abs=0.5)
    assert whole < metric(first, "words_per_minute").value


@pytest.mark.parametrize(
    ("word", "verdict"), [(0.9, Verdict.ACT), (0.3, Verdict.GOOD), (0.1, Verdict.ACT)]
)
def test_too_slow_and_too_fast_are_told_from_a_usual_pace(word, verdict):
    script = Script().ask()
    for _ in range(6):
        script.say(TEN_WORDS, word=word)
    assert metric(assessed(script.done()), "words_per_minute").verdict is verdict


def test_few_words_have_no_pace():
    for text in ("yes", "um", "one two three four"):
        result = assessed(Script().ask().say(text).done())
        assert metric(result, "words_per_minute").value is None
        assert score(result, "pace").value is None


def test_fillers_are_counted_per_hundred_other_words():
    script = Script().ask()
    for _ in range(5):
        script.say(TEN_WORDS).say("um").say(TEN_WORDS).say("you know,")
    result = assessed(script.done())
    assert metric(result, "words").value == 100
    assert metric(result, "fillers").value == 10
    assert metric(result, "fillers_per_100_words").value == pytest.approx(10)
    assert len(result.timeline.fillers) == 10


def test_fillers_need_twenty_words_before_they_are_a_rate():
    result = assessed(Script().ask().say(f"um {TEN_WORDS}").done())
    assert metric(result, "fillers").value == 1
    assert metric(result, "fillers_per_100_words").not_observed == "too few words"


def test_a_filler_in_a_pause_changes_no_pace():
    plain = Script().ask().wait(1).say(TEN_WORDS).wait(2.0).say(TEN_WORDS).done()
    filled = Script().ask().wait(1).say(TEN_WORDS).wait(0.9).say("um").wait(0.7)
    filled.say(TEN_WORDS).done()
    paces = [metric(assessed(script), "words_per_minute").value for script in (plain, filled)]
    assert paces[0] == pytest.approx(paces[1], abs=0.1)


def test_other_languages_have_words_and_times_but_no_english_measures():
    script = Script(language="de").ask().wait(0.7)
    for _ in range(6):
        script.say("wir haben den fehler um acht uhr gefunden").wait(0.4)
    result = assessed(script.done())
    for name in ("fillers", "fillers_per_100_words", "articulation_rate"):
        assert metric(result, name).not_observed == "language not covered"
    pace = metric(result, "words_per_minute")
    assert pace.value > 100
    assert (pace.score, pace.band, pace.verdict) == (None, None, Verdict.NONE)
    assert metric(result, "pauses").value == 0
    assert metric(result, "response_latency").value == pytest.approx(0.7, abs=0.01)
    assert score(result, "pace").value is None
    assert score(result, "clarity").not_observed == "language not covered"
    assert not any(word.mark for word in result.answers[0].words)
    assert any("English" in sentence for sentence in result.limits)


def test_the_language_of_most_words_counts():
    script = interview(1)
    session, observations = script.build()
    speech = observations.speech[0]
    stray = speech.model_copy(update={"language": "cy", "words": speech.words[:1], "speech": ()})
    rest = speech.model_copy(update={"words": speech.words[1:]})
    mixed = observations.model_copy(update={"speech": (stray, rest)})
    from interviewer.assessment.assess import assess

    result = assess(session, mixed)
    assert result.language == "en"
    assert metric(result, "fillers").value == 0


def test_the_curve_of_pace_lies_within_the_answers_and_breaks_between_them():
    result = assessed(interview(2))
    first, second = result.answers
    assert any(sample.value is None for sample in result.timeline.pace)
    for sample in result.timeline.pace:
        if sample.value is not None:
            home = first if sample.time <= first.end else second
            assert home.first_word <= sample.time <= home.last_word
            assert 60 < sample.value < 240
    times = [sample.time for sample in result.timeline.pace]
    assert times == sorted(times)


def test_the_slowest_and_the_fastest_stretch_are_shown():
    script = Script().ask()
    for _ in range(6):
        script.say(TEN_WORDS)
    for _ in range(6):
        script.say(TEN_WORDS, word=0.6)
    shown = metric(assessed(script.done()), "words_per_minute").evidence
    assert {moment.note.split(":")[0] for moment in shown} == {"slowest", "fastest"}
    slow = next(moment for moment in shown if moment.note.startswith("slowest"))
    assert slow.start > 20
