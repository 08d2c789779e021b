import re

import pytest
from hand_made import TEN_WORDS, Script, assessed, interview, metric

from interviewer.assessment.advice import ADVICE, PRAISE
from interviewer.assessment.norms import NORMS
from interviewer.assessment.phrases import compared
from interviewer.interview.documents.assessment import Verdict

NUMBER_WITH_UNIT = (
    r"\d+(\.\d+)? (words per minute|fillers per 100 words|%|s|semitones|syllables per second)"
)


def hesitant():
    script = Script(swing=0.5).ask(target=(90, 120)).wait(5.0)
    for _ in range(7):
        script.say("um").wait(1.4).say(TEN_WORDS, word=0.5).wait(1.2).say("uh")
    return script.done().look_away(4, 30)


def improvements(result):
    return [found for found in result.findings if found.kind == "improve"]


def strengths(result):
    return [found for found in result.findings if found.kind == "strength"]


def test_at_most_three_things_to_improve_and_each_is_complete():
    found = improvements(assessed(hesitant()))
    assert len(found) == 3
    for item in found:
        assert item.title
        assert re.search(NUMBER_WITH_UNIT, item.text), item.text
        assert "usual" in item.text or "asked for" in item.text
        assert re.search(r"\d{4}|mock interviews|leaves time", item.why), item.why
        assert item.exercise.endswith(".")


def test_findings_show_their_moments_with_quotes():
    fillers = next(
        found
        for found in improvements(assessed(hesitant()))
        if found.metric == "fillers_per_100_words"
    )
    assert 1 <= len(fillers.moments) <= 5
    assert all("um" in moment.quote or "uh" in moment.quote for moment in fillers.moments)


def test_only_what_lies_outside_its_band_is_to_improve():
    result = assessed(interview(3, sentences=8))
    for found in improvements(result):
        assert metric(result, found.metric).verdict in {Verdict.WATCH, Verdict.ACT}


def test_the_costliest_comes_first():
    script = Script().ask(target=(10, 60)).wait(0.5)
    for _ in range(6):
        script.say("um").say(TEN_WORDS).say("uh").wait(0.3)
    first = improvements(assessed(script.done()))[0]
    assert first.metric == "fillers_per_100_words"
    assert "You used 20.0 fillers per 100 words" in first.text
    assert "up to 3.5 per 100 words" in first.text
    assert "At least 7 in 10 speakers in mock interviews used fewer" in first.text


def test_each_theme_is_named_once():
    result = assessed(hesitant())
    themes = [
        next(advice.theme for advice in ADVICE if advice.title == found.title)
        for found in improvements(result)
    ]
    praised = [
        next(praise.theme for praise in PRAISE if praise.title == found.title)
        for found in strengths(result)
    ]
    assert len(set(themes + praised)) == len(themes + praised)


def test_strengths_are_in_their_band_and_at_least_two_where_things_went_well():
    result = assessed(interview(3, sentences=8))
    found = strengths(result)
    assert 2 <= len(found) <= 3
    for item in found:
        assert metric(result, item.metric).verdict is Verdict.GOOD
        assert re.search(NUMBER_WITH_UNIT, item.text)
        assert item.exercise == ""


def test_a_flat_voice_is_not_praised_for_being_steady():
    result = assessed(hesitant())
    assert metric(result, "tone_stability").verdict is Verdict.GOOD
    assert metric(result, "pitch_variation").verdict is Verdict.ACT
    assert "tone_stability" not in {found.metric for found in strengths(result)}


def test_nothing_is_praised_where_nothing_went_well():
    result = assessed(hesitant())
    for item in strengths(result):
        assert metric(result, item.metric).verdict is Verdict.GOOD
    silence = assessed(Script(video=False).ask().wait(20).done())
    assert silence.findings == ()
    assert silence.verdict == "There was too little to go by for a judgement."


def test_a_short_answer_is_named_with_its_target():
    script = Script().ask(target=(60, 120)).wait(0.5).say(TEN_WORDS).say(TEN_WORDS).done()
    found = next(item for item in improvements(assessed(script)) if item.metric == "answer_length")
    assert found.text == (
        "Your answer of 8 s was the farthest from its target; 60 to 120 s was asked for."
    )


@pytest.mark.parametrize(
    ("pace", "sentence"),
    [
        (60, "At least 9 in 10 speakers in mock interviews were faster."),
        (118, "At least 8 in 10 speakers in mock interviews were faster."),
        (205, "At least 9 in 10 speakers in mock interviews were slower."),
    ],
)
def test_pace_is_compared_with_speakers_in_mock_interviews(pace, sentence):
    assert compared("words_per_minute", pace) == sentence


def test_too_slow_and_too_fast_get_opposite_advice():
    titles = []
    for word in (0.9, 0.12):
        script = Script().ask()
        for _ in range(12):
            script.say(TEN_WORDS, word=word)
        found = improvements(assessed(script.done()))
        titles += [item.title for item in found if item.metric == "words_per_minute"]
    assert len(set(titles)) == 2


@pytest.mark.parametrize("script", [hesitant(), interview(2), Script().say("hello there")])
def test_the_verdict_is_one_calm_sentence(script):
    verdict = assessed(script).verdict
    assert verdict.endswith(".")
    assert len(re.findall(r"[.!?](\s|$)", verdict)) == 1
    assert "!" not in verdict
    assert len(verdict) < 200


def test_no_text_shouts_or_diagnoses():
    texts = [
        text
        for advice in ADVICE
        for text in (advice.title, advice.text, advice.why, advice.exercise, advice.subject)
    ] + [text for praise in PRAISE for text in (praise.title, praise.text, praise.clause)]
    for text in texts:
        assert "!" not in text
        assert not re.search(r"\byou are (an?|too)\b", text.lower())


def test_every_text_is_about_a_metric_with_a_band():
    for item in (*ADVICE, *PRAISE):
        assert NORMS[item.metric].source or item.metric == "answer_length"
        assert "{value}" in item.text or "{number}" in item.text
        assert "{usual}" in item.text


def test_limits_say_what_could_not_be_told():
    blind = interview(2, video=False)
    limits = " ".join(assessed(blind).limits)
    assert "the recording has no picture" in limits
    assert "change within this session" in limits
    assert "not who you are" in limits
    foreign = " ".join(assessed(Script().say(TEN_WORDS).say(TEN_WORDS)).limits)
    assert "no questions marked" in foreign
    assert "response times were not measured" in foreign
