"""When questions are asked, as the candidate hears it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from interviewer.interview.documents.session import Question


@dataclass(frozen=True, slots=True)
class Cue:
    """When the question of a turn is asked and when it ends, in seconds.

    Attributes:
        turn: Index into the script's turns.
        asked_at: Where the asking begins.
        question_end: Where it ends; None while that is not known.
        answers_from: What the times of the turn count from, where that is not the question's end:
            an answer that talks over the question is placed before the end is known, and one
            whose cue comes late is late. None for the question's end.
        noticed_at: Where the candidate stops what it was saying, if that is later than `asked_at`.
        question: What was asked; None for the question of the script.
    """

    turn: int
    asked_at: float
    question_end: float | None
    answers_from: float | None = None
    noticed_at: float | None = None
    question: "Question | None" = None

    @property
    def origin(self) -> float | None:
        """What the times of the turn count from; None while the candidate only listens."""
        return self.question_end if self.answers_from is None else self.answers_from

    @property
    def heard_at(self) -> float:
        """Where an answer before is over, and this question has the candidate's attention."""
        return self.asked_at if self.noticed_at is None else self.noticed_at


def talk_over_origin(latency: float, question_end: float, earliest: float) -> float:
    """What the times of a turn count from, so that its first voice is not too early.

    Args:
        latency: Of the first voice after the question's end, in seconds; negative before it.
        question_end: Where the question ends or is expected to end.
        earliest: Where the first voice may be.
    """
    return max(question_end, earliest - latency)
