"""What a simulated candidate is asked, says and does: a YAML file, checked."""

import itertools
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import ConfigDict, Field, ValidationError, field_validator, model_validator

from interviewer.errors import InputError
from interviewer.interview.documents.base import Document
from interviewer.interview.documents.session import TargetBand
from interviewer.simulate.drawing.looks import LOOKS
from interviewer.simulate.markup import Chunk, parse_answer
from interviewer.simulate.places import line_of

Direction = Literal["left", "right", "up", "down", "up-left", "up-right", "down-left", "down-right"]
_DEMO: Final = Path(__file__).with_name("demo.yaml")
_EVEN = 2


class _Act(Document):
    """Something done for a while during an answer."""

    model_config = ConfigDict(populate_by_name=True)

    at: float = Field(ge=0, description="Seconds after the end of the question.")
    seconds: float = Field(alias="for", gt=0, le=60, description="How long, in seconds.")

    @property
    def end(self) -> float:
        """Seconds after the end of the question."""
        return self.at + self.seconds


class Smile(_Act):
    """A smile."""

    strength: float = Field(default=0.9, ge=0.5, le=1, description="1 is as broad as can be.")


class LookAway(_Act):
    """A look away from the camera."""

    direction: Direction = Field(
        default="down", description="As the candidate sees it: left is its own left."
    )
    by: Literal["eyes", "head"] = Field(
        default="eyes", alias="with", description="What turns: hardly more than the eyes, or both."
    )


class Turn(Document):
    """A question and what the candidate does with it."""

    question: str = Field(min_length=1)
    id: str | None = None
    domain: str | None = None
    level: str | None = None
    kind: str | None = None
    target: TargetBand | None = None
    question_seconds: float = Field(
        default=4.0, ge=0, le=60, description="How long the asking takes; the candidate listens."
    )
    response_latency: float = Field(
        default=0.8,
        ge=-10,
        le=30,
        description="Seconds from the question's end to the first voice; below 0 the candidate "
        "talks over the question, at the earliest from where its asking begins.",
    )
    answer: str = Field(
        description="What is said, with [pause SECONDS] and the fillers [um], [uh], [er]."
    )
    pace: float = Field(default=1.0, ge=0.5, le=2, description="Speed of speech.")
    pitch: float = Field(default=0.0, ge=-4, le=4, description="In semitones.")
    gain: float = Field(default=0.0, ge=-24, le=9, description="Loudness, in dB.")
    energy: float = Field(default=1.0, ge=0, le=2, description="Liveliness of head and brows.")
    smiles: tuple[Smile, ...] = ()
    looks_away: tuple[LookAway, ...] = ()

    @field_validator("answer")
    @classmethod
    def _answer_can_be_read(cls, text: str) -> str:
        parse_answer(text)
        return text

    @field_validator("smiles", "looks_away")
    @classmethod
    def _acts_follow_each_other(cls, acts: tuple[_Act, ...]) -> tuple[_Act, ...]:
        ordered = sorted(acts, key=lambda act: act.at)
        for first, second in itertools.pairwise(ordered):
            if second.at < first.end:
                raise ValueError(
                    f"the one at {second.at:g} s begins before the one at {first.at:g} s is over"
                )
        return acts

    @property
    def chunks(self) -> tuple[Chunk, ...]:
        """The answer in the pieces in which it is spoken."""
        return parse_answer(self.answer)


_Size = Annotated[int, Field(ge=160, le=3840, multiple_of=_EVEN)]


class Script(Document):
    """A whole simulated interview."""

    title: str = Field(min_length=1)
    seed: int = Field(default=1, ge=0, description="Equal seeds give equal films.")
    appearance: str = Field(default="jonas", description="Who is seen.")
    size: tuple[_Size, _Size] = Field(
        default=(1280, 720), description="Width and height in pixels."
    )
    fps: int = Field(default=30, ge=5, le=60)
    distance: float = Field(
        default=1.0, ge=0.8, le=2.5, description="From the camera; 2 makes the face half as large."
    )
    lead_in: float = Field(
        default=0.0, ge=0, le=30, description="Seconds before the first question."
    )
    between: float = Field(
        default=1.0, ge=0, le=30, description="Seconds from an answer's end to the next question."
    )
    turns: tuple[Turn, ...] = Field(min_length=1, max_length=100)

    @field_validator("appearance")
    @classmethod
    def _appearance_is_known(cls, name: str) -> str:
        if name not in LOOKS:
            raise ValueError(f"there is no {name!r}; there are {', '.join(LOOKS)}")
        return name

    @model_validator(mode="after")
    def _lies_on_its_side(self) -> Self:
        width, height = self.size
        if width < height:
            raise ValueError("the picture must be at least as wide as it is high")
        return self


def load_script(path: Path) -> Script:
    """Read and check a script.

    Raises:
        InputError: It cannot be read, or does not describe an interview; the sentence names the
            line and the field.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InputError(f"There is no script {path}.", "Check the path.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The script {path} cannot be read: {_why(error)}.") from error
    return parse_script(text, name=str(path))


def demo_script() -> Script:
    """The short interview that ships with the package."""
    return load_script(_DEMO)


def parse_script(text: str, *, name: str) -> Script:
    """Check the text of a script.

    Args:
        text: YAML.
        name: What an error calls it.

    Raises:
        InputError: It does not describe an interview.
    """
    import yaml

    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "it is not YAML"
        raise InputError(f"The script {name}{line} cannot be read: {problem}.") from error
    except RecursionError as error:
        raise InputError(f"The script {name} cannot be read: it is nested too deeply.") from error
    except ValueError as error:  # such as a date that does not exist
        raise InputError(f"The script {name} cannot be read: {error}.") from error
    if not isinstance(content, dict):
        raise InputError(
            f"The script {name} is not a list of fields.", "Begin it with `title:` and `turns:`."
        )
    try:
        return Script.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the whole"
        line_number = line_of(text, first["loc"])
        line = f", line {line_number}" if line_number else ""
        why = first["msg"].removeprefix("Value error, ").rstrip(".")
        others = error.error_count() - 1
        more = f" ({others} more)" if others else ""
        raise InputError(f"The script {name}{line} has a fault in {field}: {why}{more}.") from error


def _why(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[0].lower() + error.strerror[1:]
    return "it is not text in UTF-8"
