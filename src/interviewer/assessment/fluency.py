"""Fillers: how many, how often, and where."""

from collections.abc import Sequence

from interviewer.assessment.fillers import Filler
from interviewer.assessment.metric import NOT_COVERED, measured, missing
from interviewer.assessment.spoken import Spoken
from interviewer.interview.documents.assessment import Metric, Moment


def filler_moments(spoken: Spoken, *, most: int | None = None) -> list[Moment]:
    """The fillers of an answer as moments to jump to."""
    return [_moment(spoken, filler) for filler in spoken.fillers[:most]]


def filler_metrics(answers: Sequence[Spoken], *, english: bool) -> list[Metric]:
    """`fillers` and `fillers_per_100_words` (that are no fillers) over some answers."""
    words = sum(len(spoken.content) for spoken in answers)
    heard = sum(len(spoken.tokens) for spoken in answers)
    if heard == 0:
        reason = "nobody spoke"
        return [missing("fillers", reason), missing("fillers_per_100_words", reason)]
    if not english:
        return [missing("fillers", NOT_COVERED), missing("fillers_per_100_words", NOT_COVERED)]
    count = sum(len(spoken.fillers) for spoken in answers)
    shown = [moment for spoken in answers for moment in filler_moments(spoken, most=12)]
    shown = _spread(shown)
    share = 100 * count / words if words else 0.0
    return [
        measured("fillers", count, words, evidence=shown),
        measured("fillers_per_100_words", share, words, evidence=shown, too_little="too few words"),
    ]


def _spread(moments: list[Moment], most: int = 12) -> list[Moment]:
    """At most twelve moments, spread over the whole."""
    if len(moments) <= most:
        return moments
    return [moments[round(index * (len(moments) - 1) / (most - 1))] for index in range(most)]


def _moment(spoken: Spoken, filler: Filler) -> Moment:
    start = spoken.tokens[filler.words[0]].start
    end = max(start, spoken.tokens[filler.words[-1]].end)
    return spoken.moment(start, end, f"“{filler.text}”")
