"""The whole way from a film to its assessment, against what is known about the film."""

import json
import re

import jiwer
import jsonschema
import pytest

from interviewer.interview.documents.assessment import WordMark

FILLERS = {"um", "uh", "er"}


def normalised(words):
    cleaned = (re.sub(r"[^a-z0-9']", "", word.lower()) for word in words)
    return " ".join(word for word in cleaned if word and word not in FILLERS)


def metric(answer, name):
    (found,) = [metric for metric in answer.metrics if metric.name == name]
    return found


def test_the_words_are_right_but_for_one_in_ten(known):
    heard = [word.text for answer in known.analysed.assessment.answers for word in answer.words]
    said = known.truth.words
    assert jiwer.wer(normalised(said), normalised(heard)) < 0.10


def test_every_answer_has_the_question_that_was_asked(known):
    questions = [answer.question for answer in known.analysed.assessment.answers]
    assert questions == [turn.question.text for turn in known.truth.turns]


def test_response_latency_is_within_150_ms(known):
    for turn, answer in zip(known.truth.turns, known.analysed.assessment.answers, strict=True):
        found = metric(answer, "response_latency").value
        assert found == pytest.approx(turn.response_latency, abs=0.150)


def test_the_first_content_word_comes_after_the_fillers(known):
    for turn, answer in zip(known.truth.turns, known.analysed.assessment.answers, strict=True):
        content = turn.phrases[0].start - turn.question_end
        found = metric(answer, "response_latency_content").value
        assert found == pytest.approx(content, abs=0.250)


def test_scripted_fillers_are_found_where_they_are(known):
    said = [filler for turn in known.truth.turns for filler in turn.fillers]
    heard = [
        word
        for answer in known.analysed.assessment.answers
        for word in answer.words
        if word.mark is WordMark.FILLER
    ]
    assert len(heard) == len(said)
    for filler in said:
        assert any(
            word.start < filler.end + 0.3 and word.end > filler.start - 0.3 for word in heard
        ), filler


def test_scripted_pauses_are_found(known):
    found = known.analysed.assessment.timeline.pauses
    for turn in known.truth.turns:
        for pause in (pause for pause in turn.pauses if pause.scripted):
            assert any(
                abs(span.start - pause.start) < 0.3 and abs(span.end - pause.end) < 0.3
                for span in found
            ), pause


def test_gaze_and_smile_shares_are_within_five_points(known):
    for turn, answer in zip(known.truth.turns, known.analysed.assessment.answers, strict=True):
        assert metric(answer, "eye_contact_share").value == pytest.approx(
            100 * turn.eye_contact_share, abs=5
        )
        assert metric(answer, "smile_share").value == pytest.approx(100 * turn.smile_share, abs=5)


def test_everything_asked_of_an_assessment_is_in_it(known):
    assessment = known.analysed.assessment
    names = {metric.name for metric in assessment.metrics}
    assert names >= {
        "words_per_minute",
        "articulation_rate",
        "fillers",
        "pauses",
        "response_latency",
        "response_latency_content",
        "answer_length",
        "pitch_level",
        "pitch_variation",
        "loudness_variation",
        "tone_tense",
        "tone_engaged",
        "tone",
        "tone_stability",
        "smile_share",
        "eye_contact_share",
    }
    assert {score.name for score in assessment.scores} >= {
        "confidence",
        "clarity",
        "eye_contact",
        "tone_stability",
        "pace",
        "overall",
    }
    assert assessment.timeline.tone
    assert all(score.value is not None for score in assessment.scores)


def test_the_assessment_keeps_to_its_published_schema(known, repository):
    schema = json.loads((repository / "docs/schemas/assessment.schema.json").read_text())
    written = json.loads(known.analysed.folder.assessment.read_text())
    jsonschema.Draft202012Validator(schema).validate(written)
    session = json.loads((repository / "docs/schemas/session.schema.json").read_text())
    folder = known.analysed.folder.path
    jsonschema.Draft202012Validator(session).validate(
        json.loads((folder / "session.json").read_text())
    )


def test_nothing_in_a_session_can_be_read_by_others(known):
    folder = known.analysed.folder.path
    assert folder.stat().st_mode & 0o777 == 0o700
    for path in folder.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
