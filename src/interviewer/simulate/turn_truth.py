"""What is true about one question and its answer, also where the answer was broken off."""

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from interviewer.interview.documents.base import Span
from interviewer.interview.documents.session import Question
from interviewer.simulate.markup import words_of
from interviewer.simulate.truth import Silence, Spoken, TurnTruth

if TYPE_CHECKING:
    from collections.abc import Iterable

    from interviewer.simulate.cues import Cue
    from interviewer.simulate.performance import Performance
    from interviewer.simulate.script import Turn
    from interviewer.simulate.speech import Piece

DIGITS: Final = 6
"""Of times: a sample at 48 kHz is 21 microseconds long."""


def turns_truth(performance: "Performance", duration: float) -> tuple[TurnTruth, ...]:
    """Write down each question that got an answer.

    Args:
        performance: With its cues.
        duration: Of the recording, in seconds; what would have come after it is left out.
    """
    answers = []
    for cue, following in pairwise((*performance.cues, None)):
        if cue is None:
            continue
        cut = duration if following is None else min(following.heard_at, duration)
        first_voice = performance.first_voice(cue)
        if cue.question_end is not None and first_voice is not None and first_voice < cut:
            question_end = min(cue.question_end, cut)
            answers.append(_turn_truth(performance, cue, question_end, first_voice, cut))
    return tuple(answers)


def _turn_truth(
    performance: "Performance", cue: "Cue", question_end: float, first_voice: float, cut: float
) -> TurnTruth:
    acts = performance.acts[cue.turn]
    origin = first_voice - acts.first_voice
    heard = [
        replace(piece, start=first_voice + piece.start, end=first_voice + piece.end)
        for piece in performance.spoken[cue.turn].pieces
        if first_voice + piece.start < cut
    ]
    whole = [piece for piece in heard if piece.text and piece.end <= cut]
    broken = [piece for piece in heard if piece.text and piece.end > cut]
    answer = Span(start=question_end, end=min(performance.answer_end(cue), cut))
    away, smiles = (_moved(spans, origin, cut) for spans in (acts.away, acts.smiles))
    return TurnTruth(
        question=cue.question or _question(performance.script.turns[cue.turn], cue.turn),
        asked_at=round(cue.asked_at, DIGITS),
        question_end=round(question_end, DIGITS),
        first_voice=round(first_voice, DIGITS),
        last_voice=round(min(origin + acts.last_voice, cut), DIGITS),
        answer_end=round(answer.end, DIGITS),
        response_latency=round(first_voice - question_end, DIGITS),
        words=tuple(word for piece in whole for word in words_of(piece.text)),
        phrases=tuple(_said(piece, cut) for piece in whole if piece.kind == "phrase"),
        fillers=tuple(_said(piece, cut) for piece in whole if piece.kind == "filler"),
        pauses=tuple(_silence(piece, cut) for piece in heard if not piece.text),
        broken_off=_said(broken[0], cut) if broken else None,
        away=away,
        smiles=smiles,
        eye_contact_share=round(1 - _share(away, answer), 4),
        smile_share=round(_share(smiles, answer), 4),
    )


def _said(piece: "Piece", cut: float) -> Spoken:
    end = min(piece.end, cut)
    return Spoken(text=piece.text, start=round(piece.start, DIGITS), end=round(end, DIGITS))


def _silence(piece: "Piece", cut: float) -> Silence:
    return Silence(
        start=round(piece.start, DIGITS),
        end=round(min(piece.end, cut), DIGITS),
        scripted=piece.kind == "pause",
    )


def _question(turn: "Turn", index: int) -> Question:
    return Question(
        id=turn.id or f"q{index + 1}",
        text=turn.question,
        domain=turn.domain,
        level=turn.level,
        kind=turn.kind,
        target=turn.target,
    )


def _moved(spans: "Iterable[Span]", by: float, cut: float) -> tuple[Span, ...]:
    return tuple(
        Span(start=round(span.start + by, DIGITS), end=round(min(span.end + by, cut), DIGITS))
        for span in spans
        if span.start + by < cut
    )


def _share(spans: "Iterable[Span]", answer: Span) -> float:
    if answer.duration == 0:
        return 0.0
    return sum(span.overlap(answer.start, answer.end) for span in spans) / answer.duration
