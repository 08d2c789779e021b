from itertools import pairwise

import builders
import pytest

from interviewer.assessment.timing import LONG_PAUSE
from interviewer.interview.documents.assessment import WordMark
from interviewer.report.transcript import paragraphs
from interviewer.report.view import TokenKind
from interviewer.report.wording import word_joint


def _read(found, joint):
    """The words of paragraphs without the pauses, as they stand on the page."""
    lines = []
    for paragraph in found:
        line = ""
        for token in paragraph.tokens:
            if token.kind is not TokenKind.PAUSE:
                line += token.space + token.text
        lines.append(line.strip())
    return joint.join(lines)


@pytest.mark.parametrize("case", ["rich", "japanese", "right_to_left", "endless"])
def test_every_word_is_set_once_and_in_order(case):
    assessment = getattr(builders, case)().assessment
    joint = word_joint(assessment.language)
    for answer in assessment.answers:
        anchors = {3: "here", 7: "there"}
        found = paragraphs(answer.words, assessment.timeline.pauses, joint, anchors)
        expected = joint.join(word.text for word in answer.words)
        # The space around a pause does not count where words are written without one.
        assert joint.join(_read(found, joint).split()) == joint.join(expected.split())


def test_fillers_and_repetitions_are_marked_where_they_were_said():
    answer = builders.rich().assessment.answers[0]
    (paragraph, *rest) = paragraphs(answer.words, (), " ", {})
    tokens = [token for part in (paragraph, *rest) for token in part.tokens]
    marked = {kind: [t.text for t in tokens if t.kind is kind] for kind in TokenKind}
    assert marked[TokenKind.FILLER] == ["um,", "uh,", "um,"]
    assert marked[TokenKind.REPETITION] == ["at"]
    assert sum(word.mark is WordMark.FILLER for word in answer.words) == 3
    assert tokens[1].title == "filler at 0:10"


def test_a_long_pause_stands_between_the_words_around_it():
    assessment = builders.rich().assessment
    answer = assessment.answers[1]
    inside = [p for p in assessment.timeline.pauses if answer.start <= p.start < answer.end]
    tokens = [t for p in paragraphs(answer.words, inside, " ", {}) for t in p.tokens]
    (position,) = [i for i, token in enumerate(tokens) if token.kind is TokenKind.PAUSE]
    assert tokens[position].text == "2.8 s"
    assert tokens[position - 1].text.endswith("batch.")
    assert tokens[position + 1].text.startswith("My colleague")


def test_a_short_pause_and_one_before_the_first_word_are_not_marked():
    answer = builders.rich().assessment.answers[0]
    pauses = builders.rich().assessment.timeline.pauses[:1]
    start = pauses[0].start
    short = [pauses[0].model_copy(update={"end": start + LONG_PAUSE - 0.05})]
    early = [pauses[0].model_copy(update={"start": 0.0, "end": answer.words[0].start})]
    for hidden in (short, early):
        tokens = [t for p in paragraphs(answer.words, hidden, " ", {}) for t in p.tokens]
        assert all(token.kind is not TokenKind.PAUSE for token in tokens)


def test_a_very_long_answer_is_set_in_paragraphs_in_order_of_time():
    answer = builders.endless().assessment.answers[0]
    found = paragraphs(answer.words, (), " ", {})
    lengths = [len(" ".join(t.text for t in p.tokens).split()) for p in found]
    assert sum(lengths) == len(answer.words) > 3500
    assert max(lengths) <= 120
    assert all(a.seconds < b.seconds for a, b in pairwise(found))


def test_a_word_that_something_links_to_has_its_id():
    answer = builders.rich().assessment.answers[0]
    tokens = [t for p in paragraphs(answer.words, (), " ", {2: "q1-w3"}) for t in p.tokens]
    (linked,) = [token for token in tokens if token.anchor]
    assert (linked.anchor, linked.text) == ("q1-w3", "first")


def test_nothing_said_makes_no_paragraph():
    assert paragraphs((), builders.rich().assessment.timeline.pauses, " ", {}) == ()
