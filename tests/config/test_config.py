import datetime as dt
import os
import stat
import tomllib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviewer.config import Choices, _toml, read_choices, remember
from interviewer.paths import config_file


@pytest.fixture(autouse=True)
def own_config(tmp_path, monkeypatch):
    monkeypatch.setenv("INTERVIEWER_CONFIG", str(tmp_path / "config" / "deep"))


def write(text):
    config_file().parent.mkdir(parents=True)
    config_file().write_text(text, "utf-8")


def test_the_first_time_everything_is_usual_and_the_camera_is_off():
    found = read_choices()
    assert found.choices == Choices()
    assert found.notes == ()
    assert found.choices.camera == "off"
    assert not found.choices.welcomed


def test_what_was_chosen_comes_back():
    chosen = Choices(
        domain="web",
        level="hard",
        minutes=22.5,
        microphone='Blue "Yeti" \\ 2\u2028\x01',
        camera="1",
        voice=False,
        keep=False,
        who="Zoë Ñandú",
        email="zoe@example.org",
        welcomed=True,
    )
    assert remember(chosen) == ()
    assert read_choices().choices == chosen


def test_the_file_is_private_and_nothing_is_left_beside_it():
    remember(Choices())
    assert stat.S_IMODE(config_file().stat().st_mode) == 0o600
    assert stat.S_IMODE(config_file().parent.stat().st_mode) == 0o700
    assert [path.name for path in config_file().parent.iterdir()] == ["config.toml"]


def test_what_is_not_known_here_is_kept():
    write(
        'future = "yes"\nlevel = "easy"\nwhen = 2026-11-22T10:00:00Z\nmany = [1, 2.5, "a", {b = 1}]'
        '\n[table]\nx = 1\n[table."deep er"]\ny = ["z"]\n'
    )
    assert remember(Choices(level="hard")) == ()
    kept = tomllib.loads(config_file().read_text("utf-8"))
    assert kept["future"] == "yes"
    assert kept["level"] == "hard"
    assert kept["when"] == dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)
    assert kept["many"] == [1, 2.5, "a", {"b": 1}]
    assert kept["table"] == {"x": 1, "deep er": {"y": ["z"]}}


@pytest.mark.parametrize("content", [b"level = ", b"\xff\xfe\x00", b"[a]\n[a]\n"])
def test_a_broken_file_is_set_aside_with_a_sentence(content):
    write("")
    config_file().write_bytes(content)
    found = read_choices()
    assert found.choices == Choices()
    (note,) = found.notes
    assert "set aside as config.toml.broken" in note
    assert not config_file().exists()
    assert config_file().with_name("config.toml.broken").read_bytes() == content
    assert read_choices().notes == ()


def test_a_broken_file_is_not_overwritten_by_remembering():
    write("level = ")
    (note,) = remember(Choices(level="hard"))
    assert "set aside" in note
    assert read_choices().choices.level == "hard"
    assert config_file().with_name("config.toml.broken").read_text() == "level = "


def test_an_impossible_value_costs_only_itself():
    write('level = "expert"\nminutes = -3\ndomain = "hr"\n')
    found = read_choices()
    assert found.choices == Choices(domain="hr")
    (note,) = found.notes
    assert "level, minutes" in note


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_place_that_cannot_be_written_is_a_note_not_a_crash():
    config_file().parent.mkdir(parents=True, mode=0o500)
    (note,) = remember(Choices())
    assert "not kept" in note


def test_a_folder_in_the_place_of_the_file_is_a_note():
    config_file().mkdir(parents=True)
    assert "cannot be read" in read_choices().notes[0]
    assert "not kept" in remember(Choices())[0]


UNKNOWN = st.recursive(
    st.booleans()
    | st.integers(-(2**62), 2**62)
    | st.floats(allow_nan=False)
    | st.text()
    | st.dates()
    | st.times(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.text(min_size=1).map(lambda name: f"x{name}"), UNKNOWN))
def test_whatever_else_a_file_holds_survives_being_remembered(tmp_path, unknown):
    config_file().parent.mkdir(parents=True, exist_ok=True)
    config_file().write_bytes(_toml(unknown).encode())
    assert remember(Choices(level="hard")) == ()
    kept = tomllib.loads(config_file().read_text("utf-8"))
    assert {name: kept[name] for name in unknown} == unknown
    assert read_choices().choices.level == "hard"
