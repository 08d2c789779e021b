import re
from collections import Counter

import pytest

from interviewer.assessment.fillers import fillers_of, marks_of
from interviewer.assessment.words import tokens_of
from interviewer.interview.documents.assessment import WordMark
from interviewer.interview.documents.observations import Word


def tokens(sentence):
    return tokens_of(
        Word(text=text, start=index, end=index + 0.5, probability=1)
        for index, text in enumerate(sentence.split())
    )


def found(sentence):
    return [filler.text for filler in fillers_of(tokens(sentence))]


def repeated(sentence):
    words = tokens(sentence)
    marks = marks_of(words, fillers_of(words))
    return [t.word for t, mark in zip(words, marks, strict=True) if mark is WordMark.REPETITION]


@pytest.mark.parametrize(
    "text", ["um", "Um,", "uh...", "uhm", "Ummm", "hmm", "er", "erm", "mm", "ah"]
)
def test_filled_pauses_are_fillers(text):
    assert len(found(f"we {text} agreed")) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "uh-huh that is right",
        "Uh huh. that is right",
        "she went to the ER at night",
        "a HMM is a Markov model",
        "we err on the safe side",
        "the part is 5 mm wide",
        "oh that is new",
        "so basically it works well",
    ],
)
def test_words_that_only_look_like_filled_pauses_are_words(sentence):
    assert found(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "fillers"),
    [
        ("it was, you know, slow", ["you know"]),
        ("You know, the model failed", ["you know"]),
        ("the model failed, you know?", ["you know"]),
        ("so, you know we tried again", ["you know"]),
        ("I mean, it failed", ["i mean"]),
        ("it failed, I mean we saw it", ["i mean"]),
        ("it was, like, ten days", ["like"]),
        ("Like, nobody knew", ["like"]),
        ("it was um like uh late", ["um", "like", "uh"]),
        ("it's kind of slow", ["kind of"]),
        ("we sort of guessed it", ["sort of"]),
    ],
)
def test_phrases_said_aside_are_fillers(sentence, fillers):
    assert found(sentence) == fillers


@pytest.mark.parametrize(
    "sentence",
    [
        "do you know, by chance, the answer",
        "as you know, the model failed",
        "you know the model well",
        "what I mean, in short, is this",
        "I mean business",
        "I mean the other one",
        "it looks like rain",
        "things like that, for example",
        "would you like, if possible, some tea",
        "what kind of test was it",
        "it is a kind of test",
        "this sort of thing, really",
        "that is kind of you",
        "three of a kind of course",
    ],
)
def test_the_same_phrases_with_their_meaning_are_words(sentence):
    assert found(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    ["it was, you know, slow", "it's kind of slow", "it was, like, ten", "I mean, it was"],
)
def test_a_filled_pause_anywhere_makes_no_phrase_uncounted(sentence):
    plain = found(sentence)
    words = sentence.split()
    for at in range(len(words) + 1):
        more = found(" ".join([*words[:at], "um", *words[at:]]))
        assert len(more) >= len(plain) + 1
        assert set(plain) <= set(more)


def test_a_phrase_is_one_filler_with_two_marked_words():
    words = tokens("it was, you know, slow")
    fillers = fillers_of(words)
    marks = marks_of(words, fillers)
    assert len(fillers) == 1
    assert [mark is WordMark.FILLER for mark in marks] == [False, False, True, True, False]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("the the model", ["the"]),
        ("I, I think so", ["i"]),
        ("the, um, the model", ["the"]),
        ("we had we had to go", ["we", "had"]),
        ("it was very very good", []),
        ("no, no that is fine", []),
        ("that is it. It works", []),
        ("room 1 1 2", []),
        ("I know that that is so", []),
    ],
)
def test_words_said_twice_are_marked_once_where_they_were_not_meant(sentence, words):
    assert repeated(sentence) == words


def labelled_turns(path):
    """Turns of Switchboard as (words, label of the braces around each word)."""
    for line in path.read_text().splitlines():
        body = re.sub(r"^[AB]\.\d+:|<[^>]*>|[()#+/\[\]]|--|-/", "", line)
        words, labels, label = [], [], None
        for part in re.findall(r"\{[A-Z]|\}|[^\s{}]+", body):
            if part.startswith("{"):
                label = part[1]
            elif part == "}":
                label = None
            elif re.search(r"\w", part):
                words.append(part)
                labels.append(label)
            elif words and part[0] in ",.?":
                words[-1] += part[0]
        if words:
            yield words, labels


@pytest.mark.data
def test_phrases_of_telephone_talk_are_found_and_few_others(data_dir):
    hits, wrong, missed = Counter(), Counter(), Counter()
    path = data_dir / "switchboard_text" / "switchboard" / "disfluency"
    for words, labels in labelled_turns(path):
        spoken = tokens(" ".join(words))
        marked = {(int(spoken[f.words[0]].start), f.text) for f in fillers_of(spoken)}
        plain = [re.sub(r"[^\w'-]", "", word).lower() for word in words]
        meant = {
            (index, phrase)
            for index in range(len(plain) - 1)
            for phrase, kinds in (("you know", "D"), ("i mean", "DE"))
            if " ".join(plain[index : index + 2]) == phrase and (labels[index] or "-") in kinds
        }
        for phrase in ("you know", "i mean"):
            here = {item for item in marked if item[1] == phrase}
            there = {item for item in meant if item[1] == phrase}
            hits[phrase] += len(here & there)
            wrong[phrase] += len(here - there)
            missed[phrase] += len(there - here)
    for phrase, recall in (("you know", 0.9), ("i mean", 0.7)):
        assert hits[phrase] / (hits[phrase] + wrong[phrase]) > 0.97
        assert hits[phrase] / (hits[phrase] + missed[phrase]) > recall
