import pytest

from interviewer.assessment.words import syllables, tokens_of
from interviewer.interview.documents.observations import Word


def word(text, start=0.0, end=0.3):
    return Word(text=text, start=start, end=end, probability=1.0)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("the", 1), ("model", 2), ("table", 2), ("make", 1), ("makes", 1), ("wanted", 2),
        ("played", 1), ("boxes", 2), ("changes", 2), ("something", 2), ("going", 2),
        ("validation", 4), ("scenario", 4), ("client", 2), ("patient", 2), ("experience", 4),
        ("evaluate", 4), ("quality", 3), ("didn't", 2), ("don't", 1), ("people", 2),
        ("created", 3), ("well-known", 2), ("50%", 5), ("friend", 1), ("2019", 5), ("rhythm", 1),
    ],
)  # fmt: skip
def test_syllables_follow_the_rule(text, count):
    assert syllables(text) == count


def test_short_abbreviations_are_spelled_and_long_ones_are_read():
    assert syllables("sql", spelled=True) == 3
    assert syllables("aws", spelled=True) == 5
    assert syllables("html") == 4
    assert syllables("nasa", spelled=True) == 2


def test_every_word_has_a_syllable():
    for text in ("mm", "hm", "x", "7", "'s", "…a", "日本"):
        assert syllables(text) >= 1


def test_tokens_keep_the_punctuation_apart():
    first, second, third = tokens_of([word(" Well,"), word("“yes.”", 1, 2), word("C++", 2, 3)])
    assert (first.word, first.stop) == ("well", ",")
    assert (second.word, second.stop) == ("yes", ".")
    assert third.word == "c++"


def test_what_is_no_word_is_left_out():
    assert tokens_of([word(""), word("…"), word(" - "), word("[Music]"), word("(laughs)")]) == ()


def test_tokens_come_in_order_of_time_and_never_end_before_they_begin():
    tokens = tokens_of([word("late", 5, 6), word("early", 1, 0.5)])
    assert [token.word for token in tokens] == ["early", "late"]
    assert tokens[0].end == tokens[0].start == 1
