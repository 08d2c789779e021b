"""Where a moment lies: in which answer, at which word, and the link that leads there."""

from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.interview.documents.assessment import AnswerAssessment, Assessment, Moment
from interviewer.report.view import MomentView
from interviewer.report.wording import bound, clock


@dataclass(frozen=True, slots=True)
class Place:
    """An answer by its position, and a word in it; None where no word was heard."""

    answer: int
    word: int | None

    @property
    def answer_anchor(self) -> str:
        """Id of the answer's section."""
        return f"q{self.answer + 1}"

    @property
    def anchor(self) -> str:
        """Id of the word, or of the answer where there is none."""
        return self.answer_anchor if self.word is None else word_anchor(self.answer, self.word)


def word_anchor(answer: int, word: int) -> str:
    """Id of a word of the transcript."""
    return f"q{answer + 1}-w{word + 1}"


def place_of(answers: Sequence[AnswerAssessment], time: float) -> Place:
    """Find the answer in which a time lies, or the nearest one, and the word spoken then or next.

    Raises:
        ValueError: There are no answers.
    """

    def distance(index: int) -> float:
        answer = answers[index]
        return max(answer.start - time, time - answer.end, 0.0)

    index = min(range(len(answers)), key=distance)
    words = answers[index].words
    word = next((i for i, word in enumerate(words) if word.end > time), len(words) - 1)
    return Place(index, word if words else None)


def moment_view(
    answers: Sequence[AnswerAssessment], moment: Moment, label: str = ""
) -> MomentView | None:
    """A moment with its link; None where there is no answer to link to."""
    if not answers:
        return None
    place = place_of(answers, moment.start)
    return MomentView(
        clock=clock(moment.start),
        seconds=moment.start,
        answer=f"Q{place.answer + 1}",
        anchor=place.anchor,
        answer_anchor=place.answer_anchor,
        label=label,
        quote=moment.quote.strip(),
        note=bound(moment.note),
    )


def moment_views(
    answers: Sequence[AnswerAssessment], moments: Sequence[Moment]
) -> tuple[MomentView, ...]:
    """Links to moments, in their given order."""
    views = (moment_view(answers, moment) for moment in moments)
    return tuple(view for view in views if view is not None)


def linked_places(assessment: Assessment) -> frozenset[Place]:
    """Every place that some moment may link to."""
    moments: list[Moment] = []
    for finding in assessment.findings:
        moments.extend(finding.moments)
    for metric in assessment.metrics:
        moments.extend(metric.evidence)
    for answer in assessment.answers:
        for metric in answer.metrics:
            moments.extend(metric.evidence)
    if not assessment.answers:
        return frozenset()
    return frozenset(place_of(assessment.answers, moment.start) for moment in moments)
