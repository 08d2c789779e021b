import textwrap
from pathlib import Path

import pytest
import yaml

from interviewer.errors import ExitCode, InputError
from interviewer.questions.bank import load_bank, shipped_domains
from interviewer.questions.schema import Level

QUESTION = """
  - id: {id}
    text: Why?
    level: easy
    topic: causes
    kind: technical
    target: {{ low: 30, high: 60 }}
    key_points:
      - {{ id: one, text: First. }}
      - {{ id: two, text: Second. }}
      - {{ id: three, text: Third. }}
    outline: Because.
    follow_ups:
      - {{ text: Why so, when: covered }}
"""


FIRST_LINE_OF_THE_SECOND = 3 + QUESTION.count("\n") + 2


def written(folder: Path, *ids: str, domain: str = "own", name: str = "own.yaml") -> Path:
    body = "".join(QUESTION.format(id=each) for each in ids)
    path = folder / name
    path.write_text(f"domain: {domain}\ntitle: Own\nquestions:\n{body}", encoding="utf-8")
    return path


def refused(source: str | Path) -> InputError:
    with pytest.raises(InputError) as caught:
        load_bank(source)
    assert caught.value.exit_code == ExitCode.USAGE
    assert caught.value.message.endswith(".")
    return caught.value


def changed(folder: Path, old: str, new: str) -> tuple[InputError, int]:
    path = written(folder, "first", "second")
    text = path.read_text()
    start = text.rindex(old)
    path.write_text(text[:start] + new + text[start + len(old) :])
    return refused(path), text[:start].count("\n") + 1


def test_a_file_of_one_s_own_is_read(tmp_path):
    bank = load_bank(written(tmp_path, "first", "second"))
    assert [entry.id for entry in bank.entries] == ["first", "second"]
    assert bank.domains == ("own",)
    assert bank.find("second") is bank.entries[1]
    assert bank.find("third") is None
    assert load_bank(str(tmp_path / "own.yaml")) == bank


def test_a_folder_joins_its_files_and_keeps_their_domains(tmp_path):
    written(tmp_path, "second", domain="beta", name="b.yml")
    written(tmp_path, "first", domain="alpha", name="a.yaml")
    (tmp_path / "notes.txt").write_text("no bank")
    bank = load_bank(tmp_path)
    assert [(entry.domain, entry.id) for entry in bank.entries] == [
        ("alpha", "first"),
        ("beta", "second"),
    ]


def test_a_question_becomes_one_of_a_session(tmp_path):
    entry = load_bank(written(tmp_path, "first")).entries[0]
    asked = entry.to_ask()
    assert asked.said == "Why?"
    assert asked.question.model_dump() == {
        "id": "first",
        "text": "Why?",
        "domain": "own",
        "level": "easy",
        "kind": "technical",
        "target": {"low": 30, "high": 60},
    }


def test_the_spoken_form_is_what_is_said(tmp_path):
    path = written(tmp_path, "first")
    path.write_text(path.read_text().replace("text: Why?", "text: Why?\n    spoken: Why, then?"))
    asked = load_bank(path).entries[0].to_ask()
    assert (asked.question.text, asked.said) == ("Why?", "Why, then?")


def test_a_byte_order_mark_does_no_harm(tmp_path):
    path = written(tmp_path, "first")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(load_bank(path).entries) == 1


def test_an_id_used_twice_names_both_lines(tmp_path):
    path = written(tmp_path, "same", "other", "same")
    lines = [n for n, line in enumerate(path.read_text().splitlines(), 1) if "id: same" in line]
    message = refused(path).message
    assert f"line {lines[1]} " in message
    assert f"line {lines[0]} of own.yaml" in message


def test_an_id_used_twice_is_found_across_files(tmp_path):
    written(tmp_path, "same", name="a.yaml")
    written(tmp_path, "same", name="b.yaml")
    message = refused(tmp_path).message
    assert "b.yaml" in message
    assert "of a.yaml" in message


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "domain: a\ntitle: A\nquestions: []\n"])
def test_an_empty_bank_says_so(tmp_path, text):
    path = tmp_path / "own.yaml"
    path.write_text(text)
    assert "has no questions" in refused(path).message


def test_an_empty_folder_says_so(tmp_path):
    assert "holds no question bank" in refused(tmp_path).message


def test_text_that_is_not_utf_8_names_the_line(tmp_path):
    path = written(tmp_path, "first")
    path.write_bytes(path.read_bytes().replace(b"Why?", "Warum nicht für".encode("latin-1")))
    message = refused(path).message
    assert "line 6 " in message
    assert "not text in UTF-8" in message


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("level: easy", "level: simple", "'easy', 'medium' or 'hard'"),
        ("kind: technical", "kind: riddle", "kind"),
        ("target: { low: 30, high: 60 }", "target: { low: 60, high: 30 }", "below `high`"),
        ("target: { low: 30, high: 60 }", "target: { low: 30, high: .inf }", "target"),
        ("outline: Because.", "outlin: Because.", "outlin"),
        ("- { id: three, text: Third. }", "- { id: one, text: Third. }", "called one"),
        ("when: covered }", "when: missing }", "`point` belongs to"),
        ("when: covered }", "when: missing, point: four }", "names the point four"),
        ("id: second", "id: Second One", "id"),
        ("text: Why?", "text: 7", "text"),
        ("text: Why?", 'text: ""', "text"),
    ],
)
def test_a_fault_names_file_line_and_reason(tmp_path, old, new, why):
    error, line = changed(tmp_path, old, new)
    assert "own.yaml" in error.message
    assert why in error.message
    said = int(error.message.split("line ")[1].split()[0])
    begins = FIRST_LINE_OF_THE_SECOND
    if why in {"called one", "`point` belongs to", "names the point four", "outlin"}:
        # What is wrong between fields is shown where the whole begins.
        assert begins <= said <= line
    else:
        assert said == line


def test_two_key_points_are_too_few(tmp_path):
    error, _ = changed(tmp_path, "      - { id: three, text: Third. }\n", "")
    assert "key_points" in error.message
    assert "at least 3" in error.message


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("text: Why?", "text: Why: because?", "put the whole text in quotes"),
        ("    level: easy", "\tlevel: easy", "indented with a tab"),
        ("text: Why?", 'text: "Why?', "not YAML"),
        ("text: Why?", "text: Why?\n    text: How?", "second time"),
        ("text: Why?", "text: *nobody", "not YAML"),
        ("text: Why?", "text: \x07", "does not allow"),
        ("text: Why?", "text: 2026-13-45", "cannot be read"),
    ],
)
def test_what_is_not_yaml_is_one_sentence_too(tmp_path, old, new, why):
    error, _ = changed(tmp_path, old, new)
    assert why in error.message
    assert "own.yaml" in error.message


def test_a_broken_line_is_the_one_that_is_named(tmp_path):
    error, line = changed(tmp_path, "text: Why?", "text: Why: because?")
    assert f"line {line} " in error.message
    error, line = changed(tmp_path, "text: Why?", "text: Why?\n    text: How?")
    assert f"line {line + 1} " in error.message


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words\n", "7\n"])
def test_what_is_no_list_of_fields_says_so(tmp_path, text):
    path = tmp_path / "own.yaml"
    path.write_text(text)
    assert "not a list of fields" in refused(path).message


def test_deep_nesting_is_survived(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text("[" * 5000)
    assert "own.yaml" in refused(path).message


def test_an_unknown_bank_names_those_there_are(tmp_path):
    error = refused("cooking")
    assert "cooking" in error.message
    assert "ds, hr, web" in error.next_step
    assert "There is no question bank" in refused(tmp_path / "none.yaml").message


def test_a_folder_named_like_a_domain_does_not_hide_the_shipped_bank(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ds").mkdir()
    assert len(load_bank("ds").entries) >= 15


@pytest.mark.parametrize("domain", ["ds", "web", "hr"])
def test_the_shipped_banks_have_five_questions_and_more_for_each_level(domain):
    bank = load_bank(domain)
    assert bank.domains == (domain,)
    for level in Level:
        assert len(bank.at(level)) >= 5


def test_levels_do_not_differ_by_the_length_of_the_question():
    lengths = {level: [] for level in Level}
    for domain in shipped_domains():
        for entry in load_bank(domain).entries:
            lengths[entry.question.level].append(len(entry.question.text.split()))
    means = {level: sum(words) / len(words) for level, words in lengths.items()}
    assert max(means.values()) < 1.6 * min(means.values()), means
    assert all(words <= 60 for level in Level for words in lengths[level])


def test_every_shipped_question_can_be_followed_up_whatever_the_answer():
    for domain in shipped_domains():
        for entry in load_bank(domain).entries:
            triggers = {follow_up.when for follow_up in entry.question.follow_ups}
            assert "covered" in triggers, entry.id
            assert len(triggers) >= 2, entry.id


def test_shipped_ids_are_unique_across_domains_and_name_their_domain():
    ids = [entry.id for domain in shipped_domains() for entry in load_bank(domain).entries]
    assert len(ids) == len(set(ids))
    for domain in shipped_domains():
        assert all(entry.id.startswith(f"{domain}-") for entry in load_bank(domain).entries)


def test_no_two_shipped_questions_are_nearly_the_same():
    def words(text: str) -> set[str]:
        return {word.strip(".,?\"'").lower() for word in text.split() if len(word) > 4}

    questions = [
        entry.question for domain in shipped_domains() for entry in load_bank(domain).entries
    ]
    for index, first in enumerate(questions):
        for second in questions[:index]:
            both, either = (
                words(first.text) & words(second.text),
                words(first.text) | words(second.text),
            )
            assert len(both) / len(either) < 0.4, (first.id, second.id)


def test_what_is_read_is_what_stands_in_the_file(repository):
    path = repository / "questions" / "ds.yaml"
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert [each["id"] for each in raw["questions"]] == [e.id for e in load_bank("ds").entries]


def test_the_line_of_a_nested_fault_is_exact(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(
        textwrap.dedent("""\
            domain: own
            title: Own
            questions:
              - id: a
                text: Why?
                level: easy
                topic: t
                kind: technical
                target:
                  low: 30
                  high: 60
                key_points:
                  - id: one
                    text: First.
                  - id: two
                    text: Second.
                    weight: heavy
                  - id: three
                    text: Third.
                outline: Because.
                follow_ups:
                  - text: And?
                    when: covered
            """)
    )
    error = refused(path)
    assert "line 17 " in error.message
    assert "questions.0.key_points.1.weight" in error.message
