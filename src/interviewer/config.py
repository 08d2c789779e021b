"""What a person chose last time, kept as a small file that people can read and edit."""

import contextlib
import logging
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from interviewer.errors import InterviewerError
from interviewer.paths import config_file, make_private, write_atomically

LONGEST: Final = 240.0
"""Minutes of the longest interview that can be chosen."""

BROKEN: Final = ".broken"
"""What is added to the name of a file that could not be read."""

log = logging.getLogger(__name__)


class Choices(BaseModel):
    """What is asked about, through what, and what is kept."""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)

    domain: str = Field(default="ds", min_length=1)
    """Slug of a shipped bank of questions, or the path of one."""
    level: Literal["easy", "medium", "hard"] = "medium"
    """How deep the questions go."""
    minutes: float = Field(default=15.0, gt=0, le=LONGEST)
    """Time for the whole interview."""
    microphone: str = Field(default="default", min_length=1)
    """A device's name, `default`, a file, an address, `simulated`, or `off` for typed answers."""
    camera: str = Field(default="off", min_length=1)
    """A camera's number, a file, an address, `simulated`, or `off`: the camera is opt-in."""
    voice: bool = True
    """Whether the questions are said aloud."""
    keep: bool = True
    """Whether the recording stays after it was measured."""
    who: str = Field(default="", max_length=80)
    """Name of the candidate; empty for nobody in particular."""
    email: str | None = None
    """Where reports may be sent when asked to; None for nowhere."""
    welcomed: bool = False
    """Whether it was said what is recorded and where it stays."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """Choices, and what a person should know about their file, in sentences."""

    choices: Choices
    notes: tuple[str, ...] = ()


def read_choices() -> Remembered:
    """Read the choices of last time; what cannot be read has its usual value.

    A file that is not TOML is set aside, so that nothing in it is lost.
    """
    path = config_file()
    try:
        known = _read(path)
    except OSError as error:
        log.warning("%s cannot be read: %s", path, error)
        return Remembered(Choices(), (f"{path} cannot be read; the usual choices are used.",))
    except ValueError:
        return Remembered(Choices(), (_set_aside(path),))
    choices, wrong = _valid(known)
    if not wrong:
        return Remembered(choices)
    names = ", ".join(wrong)
    return Remembered(
        choices, (f"{path}: what is given for {names} is not possible and not used.",)
    )


def remember(choices: Choices) -> tuple[str, ...]:
    """Keep choices for next time; keys of the file that are not known here stay as they are.

    Returns:
        What a person should know, in sentences; an interview never fails for this.
    """
    path = config_file()
    notes: tuple[str, ...] = ()
    kept: dict[str, Any] = {}
    try:
        kept = _read(path)
    except OSError as error:
        log.warning("%s cannot be read: %s", path, error)
    except ValueError:
        notes = (_set_aside(path),)
    for name in Choices.model_fields:
        kept.pop(name, None)
    content = _toml({**choices.model_dump(exclude_none=True), **kept})
    try:
        make_private(path.parent)
        write_atomically(path, content)
    except InterviewerError as error:
        log.warning("the choices are not kept: %s", error.message)
        return (*notes, f"{error.message} Your choices are not kept for next time.")
    return notes


def _read(path: Path) -> dict[str, Any]:
    """The file as it is; empty where there is none.

    Raises:
        OSError: It may not be read.
        ValueError: It is not TOML, or not text.
    """
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}


def _valid(known: Mapping[str, Any]) -> tuple[Choices, list[str]]:
    try:
        return Choices.model_validate(known), []
    except ValidationError as error:
        wrong = sorted({str(each["loc"][0]) for each in error.errors()})
        rest = {name: value for name, value in known.items() if name not in wrong}
        return Choices.model_validate(rest), wrong


def _set_aside(path: Path) -> str:
    aside = path.with_name(path.name + BROKEN)
    with contextlib.suppress(OSError):
        path.replace(aside)
        return f"{path} could not be read and was set aside as {aside.name}."
    return f"{path} could not be read; the usual choices are used."


def _toml(table: Mapping[str, Any], place: tuple[str, ...] = ()) -> str:
    """TOML of what `tomllib` reads: plain values first, then the tables below them."""
    lines = [f"[{'.'.join(map(_text, place))}]"] if place else []
    tables = {name: value for name, value in table.items() if isinstance(value, dict)}
    lines += [
        f"{_key(name)} = {_value(value)}" for name, value in table.items() if name not in tables
    ]
    below = [_toml(value, (*place, name)) for name, value in tables.items()]
    return "\n".join([*lines, *(f"\n{each}".rstrip("\n") for each in below)]) + "\n"


def _key(name: str) -> str:
    plain = name.isascii() and name.replace("_", "").replace("-", "").isalnum()
    return name if plain else _text(name)


def _value(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return _text(value)
        case list():
            return f"[{', '.join(map(_value, value))}]"
        case dict():
            pairs = (f"{_key(name)} = {_value(inner)}" for name, inner in value.items())
            return f"{{ {', '.join(pairs)} }}"
        case _:
            return str(value)  # numbers, and dates in the form of ISO 8601


def _text(text: str) -> str:
    """A basic string: quotes, backslashes and control characters are escaped."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"".join(_visible(each) for each in escaped)}"'


def _visible(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < ord(" ") or code == 0x7F else character  # noqa: PLR2004 - DEL
