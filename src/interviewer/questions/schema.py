"""What a bank of questions may say; people write it, so every rule explains itself."""

import itertools
from enum import StrEnum
from typing import Annotated, Final, Self

from pydantic import Field, field_validator, model_validator

from interviewer.interview.documents.base import Document
from interviewer.interview.documents.session import Question, TargetBand
from interviewer.interview.plan import ToAsk

_SLUG: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_LONGEST: Final = 600.0
_SHORTEST: Final = 10.0

Slug = Annotated[str, Field(pattern=_SLUG, max_length=60)]
Text = Annotated[str, Field(min_length=1, max_length=2000)]


class Level(StrEnum):
    """How deep a question goes."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Kind(StrEnum):
    """What a question is after."""

    BEHAVIOURAL = "behavioural"
    """What the candidate did."""
    SITUATIONAL = "situational"
    """What the candidate would do."""
    TECHNICAL = "technical"
    SYSTEM_DESIGN = "system design"
    MOTIVATION = "motivation"


class Trigger(StrEnum):
    """What about an answer calls for a follow-up."""

    MISSING = "missing"
    """A key point was not made."""
    TOO_SHORT = "too_short"
    NO_EXAMPLE = "no_example"
    NO_RESULT = "no_result"
    COVERED = "covered"
    """The answer was good: go deeper."""


class KeyPoint(Document):
    """One thing that a good answer says."""

    id: Slug = Field(description="Unique within the question; follow-ups refer to it.")
    text: Text = Field(description="One sentence.")
    weight: float = Field(default=1.0, gt=0, le=5, description="Importance next to the others.")
    wrong_idea: Text | None = Field(default=None, description="What is commonly said instead.")


class FollowUp(Document):
    """What is asked next, and when."""

    text: Text
    when: Trigger
    point: Slug | None = Field(default=None, description="The key point that is missing.")

    @model_validator(mode="after")
    def _names_a_point_if_one_is_missing(self) -> Self:
        if (self.when is Trigger.MISSING) != (self.point is not None):
            raise ValueError("`point` belongs to `when: missing`, and there it is needed")
        return self


class BankQuestion(Document):
    """One question of a bank, with what is needed to judge and follow up an answer."""

    id: Slug = Field(description="Unique in the bank.")
    text: Text = Field(description="As it is shown.")
    spoken: Text | None = Field(
        default=None, description="As it is said, where the text does not read aloud well."
    )
    level: Level
    topic: Slug
    kind: Kind
    target: TargetBand = Field(description="How long a good answer takes, in seconds.")
    key_points: tuple[KeyPoint, ...] = Field(min_length=3, max_length=6)
    outline: Text = Field(description="A model answer in a few lines.")
    follow_ups: tuple[FollowUp, ...] = Field(min_length=1, max_length=6)
    tags: tuple[Slug, ...] = ()

    @field_validator("target")
    @classmethod
    def _target_can_be_met(cls, band: TargetBand) -> TargetBand:
        if not _SHORTEST <= band.low < band.high <= _LONGEST:
            raise ValueError(
                f"`low` must be below `high`, both from {_SHORTEST:g} to {_LONGEST:g} seconds"
            )
        return band

    @field_validator("key_points")
    @classmethod
    def _points_differ(cls, points: tuple[KeyPoint, ...]) -> tuple[KeyPoint, ...]:
        for before, after in itertools.combinations(points, 2):
            if before.id == after.id:
                raise ValueError(f"two of them are called {after.id}")
        return points

    @model_validator(mode="after")
    def _follow_ups_refer_to_its_points(self) -> Self:
        known = [point.id for point in self.key_points]
        for follow_up in self.follow_ups:
            if follow_up.point is not None and follow_up.point not in known:
                raise ValueError(
                    f"a follow-up names the point {follow_up.point}; there are {', '.join(known)}"
                )
        return self

    def to_ask(self, domain: str) -> ToAsk:
        """The question as a plan and a session know it."""
        question = Question(
            id=self.id,
            text=self.text,
            domain=domain,
            level=self.level.value,
            kind=self.kind.value,
            target=self.target,
        )
        return ToAsk(question, self.spoken or "")


class BankFile(Document):
    """One file of a bank: the questions of one domain."""

    domain: Slug
    title: Text = Field(description="What the domain is called on screen.")
    questions: tuple[BankQuestion, ...] = Field(max_length=5000)
