"""What will be asked, in which order, and how much time each question may take."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from interviewer.interview.documents.session import Question, TargetBand

DEFAULT_TARGET: Final = TargetBand(low=60, high=120)
"""For a question that does not say how long a good answer takes."""

WORDS_PER_SECOND: Final = 2.5
"""150 words a minute: the usual pace at which a prepared text is read aloud."""

SETTLING: Final = 1.5
"""Seconds around the words of a question: a breath before, a beat after."""

BETWEEN: Final = 3.0
"""Seconds from the end of an answer to the next question, as planned."""

_MINUTE: Final = 60.0


@dataclass(frozen=True, slots=True)
class ToAsk:
    """A question and how it is read aloud.

    Attributes:
        question: As it is shown and written to the session.
        spoken: What is said where the text does not read aloud well; empty for the text itself.
    """

    question: Question
    spoken: str = ""

    @property
    def said(self) -> str:
        """The words that are spoken."""
        return self.spoken or self.question.text

    @property
    def asking(self) -> float:
        """Seconds that the asking takes, estimated from the number of words."""
        return len(self.said.split()) / WORDS_PER_SECOND + SETTLING

    @property
    def target(self) -> TargetBand:
        """How long a good answer takes."""
        return self.question.target or DEFAULT_TARGET

    @property
    def usual(self) -> float:
        """Seconds from one question to the next if the answer ends in the middle of its band."""
        return self.asking + (self.target.low + self.target.high) / 2 + BETWEEN


@dataclass(frozen=True, slots=True)
class PlannedQuestion:
    """A question with its time.

    Attributes:
        asked: What is asked, and how it is said.
        seconds: Time for the answer, within the question's target band.
    """

    asked: ToAsk
    seconds: float

    @property
    def question(self) -> Question:
        """As it is written to the session."""
        return self.asked.question


@dataclass(frozen=True, slots=True)
class Plan:
    """An interview before it happens.

    Attributes:
        questions: In the order in which they are asked; at least one.
        seconds: Time for the whole interview, as the candidate chose it.
    """

    questions: tuple[PlannedQuestion, ...]
    seconds: float

    def __post_init__(self) -> None:
        if not self.questions:
            raise ValueError("a plan needs a question")
        if not self.seconds > 0:
            raise ValueError("a plan needs time")

    @property
    def planned(self) -> float:
        """Seconds that the questions take if every answer uses its time."""
        return sum(each.asked.asking + each.seconds + BETWEEN for each in self.questions)

    @property
    def unfilled(self) -> float:
        """Seconds of the chosen time for which there is no question; never negative."""
        return max(0.0, self.seconds - self.planned)


def make_plan(questions: Sequence[ToAsk], minutes: float) -> Plan:
    """Share the time among the questions.

    Every answer gets the same place in its target band: the lower end when time is short, the
    upper end when there is plenty. No answer gets less than its band says, so too many questions
    do not make each one hurried: the clock then ends the interview before the last ones.

    Args:
        questions: In the order in which they are asked; at least one.
        minutes: Time for the whole interview; above 0.

    Returns:
        The plan.

    Raises:
        ValueError: There is no question, or no time.
    """
    seconds = minutes * _MINUTE
    free = seconds - sum(each.asking + each.target.low + BETWEEN for each in questions)
    width = sum(each.target.high - each.target.low for each in questions)
    place = min(1.0, max(0.0, free / width)) if width > 0 else 0.0
    return Plan(
        questions=tuple(
            PlannedQuestion(each, each.target.low + place * (each.target.high - each.target.low))
            for each in questions
        ),
        seconds=seconds,
    )
