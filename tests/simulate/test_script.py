from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.errors import ExitCode, InputError
from interviewer.simulate.drawing.looks import LOOKS
from interviewer.simulate.markup import Filler, Pause, Phrase, parse_answer, words_of
from interviewer.simulate.script import demo_script, load_script, parse_script

GOOD = """title: T
turns:
  - question: Why?
    answer: Because.
"""


def refused(text: str) -> str:
    with pytest.raises(InputError) as caught:
        parse_script(text, name="interview.yaml")
    assert caught.value.exit_code == ExitCode.USAGE
    return caught.value.message


def test_marks_become_pauses_and_fillers() -> None:
    assert parse_answer("I built it. [pause 1.2] [um] then we [uh] shipped it.") == (
        Phrase("I built it."),
        Pause(1.2),
        Filler("um"),
        Phrase("then we"),
        Filler("uh"),
        Phrase("shipped it."),
    )


def test_each_sentence_is_a_phrase() -> None:
    assert parse_answer("One here.  Two\n there! Three?") == (
        Phrase("One here."),
        Phrase("Two there!"),
        Phrase("Three?"),
    )


def test_punctuation_between_marks_is_not_spoken() -> None:
    assert parse_answer("So [um] , [uh] . I left.") == (
        Phrase("So"),
        Filler("um"),
        Filler("uh"),
        Phrase("I left."),
    )


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("I [cough] left.", r"\[cough\] is not known"),
        ("I [um 2] left.", r"\[um 2\] is not known"),
        ("I [pause] left.", "needs a number of seconds"),
        ("I [pause long] left.", "needs a number of seconds"),
        ("I [pause -1] left.", "must be above 0"),
        ("I [pause 99] left.", "at most 30 seconds"),
        ("I [pause nan] left.", "must be above 0"),
        ("I [pause 1 left.", "not closed"),
        ("I pause 1] left.", "not closed or not opened"),
        ("[pause 1] I left.", "cannot begin with a pause"),
        ("I left. [pause 1]", "cannot end with a pause"),
        ("[um]", "needs words"),
        ("", "needs words"),
    ],
)
def test_a_broken_answer_says_why(answer: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_answer(answer)


def test_words_lose_only_the_punctuation_around_them() -> None:
    assert words_of("Well, the team's (old) model - it's 2.5 times worse.") == (
        "Well",
        "the",
        "team's",
        "old",
        "model",
        "it's",
        "2.5",
        "times",
        "worse",
    )


@given(st.lists(st.sampled_from(["We left.", "[um]", "[pause 0.5]", "then", "[uh]"]), min_size=1))
def test_no_word_of_an_answer_is_lost(parts: list[str]) -> None:
    answer = " ".join(["Yes.", *parts, "Done."])
    said = [
        word
        for chunk in parse_answer(answer)
        if not isinstance(chunk, Pause)
        for word in words_of(chunk.text)
    ]
    expected = [word.strip("[].") for part in ["Yes.", *parts, "Done."] for word in part.split()]
    assert said == [word for word in expected if word not in ("pause", "0.5")]


def test_a_plain_script_has_sensible_defaults() -> None:
    script = parse_script(GOOD, name="good")
    assert script.size == (1280, 720)
    assert script.fps == 30
    assert script.turns[0].response_latency == 0.8


def test_the_demo_can_be_read_and_tells_three_different_stories() -> None:
    script = demo_script()
    assert len(script.turns) == 3
    fillers = [sum(isinstance(c, Filler) for c in turn.chunks) for turn in script.turns]
    assert fillers[0] == 0
    assert fillers[1] >= 5
    latencies = [turn.response_latency for turn in script.turns]
    assert latencies[1] > 2 > max(latencies[0], latencies[2])
    assert all(turn.target and turn.domain == "ds" for turn in script.turns)


def test_at_least_four_people_can_be_seen() -> None:
    assert len(LOOKS) >= 4
    assert len({look.skin for look in LOOKS.values()}) == len(LOOKS)
    assert {look.glasses for look in LOOKS.values()} == {True, False}
    assert {look.beard > 0 for look in LOOKS.values()} == {True, False}
    assert len({look.style for look in LOOKS.values()}) >= 4


def test_a_wrong_value_is_named_by_line_and_field() -> None:
    message = refused(GOOD + "    pace: 9\n")
    assert "interview.yaml, line 5" in message
    assert "turns.0.pace" in message
    assert "less than or equal to 2" in message


def test_an_unknown_field_is_named() -> None:
    message = refused(GOOD + "    colour: red\n")
    assert "line 5" in message
    assert "turns.0.colour" in message


def test_a_missing_field_is_named() -> None:
    message = refused("title: T\nturns:\n  - question: Why?\n")
    assert "turns.0.answer" in message
    assert "line 3" in message


def test_a_broken_mark_is_named_by_its_line() -> None:
    message = refused(GOOD.replace("Because.", "Because [hm] yes."))
    assert "line 4" in message
    assert "[hm] is not known" in message


def test_an_unknown_appearance_lists_those_there_are() -> None:
    message = refused(GOOD + "appearance: elvis\n")
    assert "there is no 'elvis'" in message
    assert all(name in message for name in LOOKS)


def test_looks_away_cannot_overlap() -> None:
    message = refused(GOOD + "    looks_away: [{at: 1, for: 3}, {at: 2, for: 1}]\n")
    assert "turns.0.looks_away" in message
    assert "begins before the one at 1 s is over" in message


def test_broken_yaml_is_named_by_its_line() -> None:
    message = refused('title: T\nturns: ["\n')
    assert "interview.yaml, line" in message


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words"])
def test_something_else_than_fields_is_refused(text: str) -> None:
    assert "is not a list of fields" in refused(text)


def test_a_missing_script_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no script"):
        load_script(tmp_path / "none.yaml")


def test_a_directory_is_no_script(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: is a directory"):
        load_script(tmp_path)


def test_a_script_that_is_no_text_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "script.yaml"
    path.write_bytes(b"\xff\xfe\x00title")
    with pytest.raises(InputError, match="not text in UTF-8"):
        load_script(path)


@pytest.mark.parametrize(
    ("text", "why"),
    [("[" * 3000, "nested too deeply"), ("title: 2020-13-45\n", "month must be in 1..12")],
)
def test_yaml_that_breaks_its_reader_is_told_in_words(text: str, why: str) -> None:
    assert why in refused(text)


def test_a_candidate_talks_over_at_most_ten_seconds_of_a_question() -> None:
    script = parse_script(GOOD + "    response_latency: -10\n", name="good")
    assert script.turns[0].response_latency == -10
    assert "turns.0.response_latency" in refused(GOOD + "    response_latency: -10.5\n")
