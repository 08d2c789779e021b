"""What is true about a simulated recording: the ground truth beside it."""

from collections.abc import Iterable
from typing import Final, Literal

from pydantic import Field

from interviewer.interview.documents.base import Document, Seconds, Share, Span
from interviewer.interview.documents.session import Question

TRUTH_VERSION: Final = 1


class Spoken(Document):
    """Words or a filler, exactly where they are in the sound."""

    text: str
    start: Seconds
    end: Seconds


class Silence(Document):
    """A stretch inside an answer in which nothing is said.

    Short silences inside of a phrase, at a comma, are the voice's own and not listed.
    """

    start: Seconds
    end: Seconds
    scripted: bool = Field(description="A pause of the script, not the breath between sentences.")


class TurnTruth(Document):
    """One question and its answer; all times are exact.

    A question that got no answer, as it was skipped or the recording ended, has no turn.
    """

    question: Question
    asked_at: Seconds
    question_end: Seconds
    first_voice: Seconds
    last_voice: Seconds
    answer_end: Seconds
    response_latency: float = Field(
        description="Seconds from question_end to first_voice; below 0 where the candidate talked "
        "over the question."
    )
    words: tuple[str, ...] = Field(description="All that is said, fillers included, in order.")
    phrases: tuple[Spoken, ...]
    fillers: tuple[Spoken, ...]
    pauses: tuple[Silence, ...]
    broken_off: Spoken | None = Field(
        default=None,
        description="The phrase or filler in which the answer was broken off: its whole text, and "
        "the part of it that is heard. It is not among the words, phrases and fillers.",
    )
    away: tuple[Span, ...] = Field(description="Looks away from the camera.")
    smiles: tuple[Span, ...]
    eye_contact_share: Share = Field(description="From question_end to answer_end.")
    smile_share: Share = Field(description="From question_end to answer_end.")


class Series(Document):
    """The candidate's state at even steps; signs and units as in `FaceFrame`.

    These are the values that were drawn. Yaw and roll of a face landmarker follow them to about a
    fifth, its pitch is about two thirds of them, its other values follow their order.
    """

    rate: float = Field(gt=0, description="Values per second; value i belongs to i / rate.")
    yaw: tuple[float, ...]
    pitch: tuple[float, ...]
    roll: tuple[float, ...]
    gaze_x: tuple[float, ...]
    gaze_y: tuple[float, ...]
    eyes_open: tuple[float, ...]
    smile: tuple[float, ...]
    mouth: tuple[float, ...]


class Truth(Document):
    """`<recording>.truth.json`."""

    schema_version: Literal[1] = TRUTH_VERSION
    title: str
    seed: int
    appearance: str
    voice: str
    width: int
    height: int
    fps: int
    duration: Seconds
    turns: tuple[TurnTruth, ...]
    blinks: tuple[Span, ...]
    series: Series

    @property
    def words(self) -> tuple[str, ...]:
        """All that is said in the recording, fillers included, in order."""
        return tuple(word for turn in self.turns for word in turn.words)

    @property
    def eye_contact_share(self) -> float:
        """Share of the time of all answers, each from question_end to answer_end."""
        return 1 - self._share([(turn, turn.away) for turn in self.turns])

    @property
    def smile_share(self) -> float:
        """Share of the time of all answers, each from question_end to answer_end."""
        return self._share([(turn, turn.smiles) for turn in self.turns])

    def _share(self, done: Iterable[tuple[TurnTruth, tuple[Span, ...]]]) -> float:
        total = sum(turn.answer_end - turn.question_end for turn in self.turns)
        part = sum(
            span.overlap(turn.question_end, turn.answer_end)
            for turn, spans in done
            for span in spans
        )
        return part / total if total else 0.0
