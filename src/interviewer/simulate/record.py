"""From a performance to its truth, and from the truth to a session."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from interviewer.interview.documents.base import Span
from interviewer.interview.documents.session import (
    Event,
    EventKind,
    Question,
    Recording,
    Session,
)
from interviewer.simulate.markup import words_of
from interviewer.simulate.motion import BLINK_SECONDS, blink_start
from interviewer.simulate.truth import Series, Silence, Spoken, Truth, TurnTruth

if TYPE_CHECKING:
    from collections.abc import Iterable

    from interviewer.simulate.performance import Cue, Performance
    from interviewer.simulate.script import Turn
    from interviewer.simulate.state import FaceState

SERIES_RATE: Final = 10.0
_MS: Final = 6
"""Digits of times: a sample at 48 kHz is 21 microseconds long."""


def truth_of(performance: "Performance", voice: str, duration: float) -> Truth:
    """Write down what a performance shows and says.

    Args:
        performance: With its cues.
        voice: Name of the voice.
        duration: Of the recording, in seconds.
    """
    script = performance.script
    count = int(duration * SERIES_RATE)
    states = [performance.state(i / SERIES_RATE) for i in range(count)]
    return Truth(
        title=script.title,
        seed=script.seed,
        appearance=script.appearance,
        voice=voice,
        width=script.size[0],
        height=script.size[1],
        fps=script.fps,
        duration=round(duration, _MS),
        turns=tuple(_turn_truth(performance, cue) for cue in performance.cues),
        blinks=_blinks(script.seed, duration),
        series=_series(states),
    )


def session_from(
    truth: Truth, recording: Recording, created_at: datetime, *, session_id: str | None = None
) -> Session:
    """The session that such a recording would have been.

    Args:
        truth: Of the recording.
        recording: The media file as the session refers to it.
        created_at: Wall clock with its offset.
        session_id: None makes one from the time.
    """
    domains = {turn.question.domain for turn in truth.turns}
    levels = {turn.question.level for turn in truth.turns}
    events = []
    for index, turn in enumerate(truth.turns):
        for kind, time in (
            (EventKind.QUESTION_ASKED, turn.asked_at),
            (EventKind.QUESTION_ENDED, turn.question_end),
            (EventKind.ANSWER_ENDED, turn.answer_end),
        ):
            events.append(Event(time=time, kind=kind, question=index))
    return Session(
        id=session_id or f"{created_at:%Y%m%d-%H%M%S}-simulated",
        title=truth.title,
        created_at=created_at,
        candidate=f"{truth.appearance.capitalize()} (simulated)",
        domain=domains.pop() if len(domains) == 1 else None,
        level=levels.pop() if len(levels) == 1 else None,
        recording=recording,
        questions=tuple(turn.question for turn in truth.turns),
        events=tuple(events),
    )


def _turn_truth(performance: "Performance", cue: "Cue") -> TurnTruth:
    acts = performance.acts[cue.turn]
    spoken = performance.spoken[cue.turn]
    start = cue.question_end
    first = start + acts.first_voice
    away = _moved(acts.away, start)
    smiles = _moved(acts.smiles, start)
    voiced = [piece for piece in spoken.pieces if piece.text]

    def said(kind: str) -> tuple[Spoken, ...]:
        return tuple(
            Spoken(text=p.text, start=round(first + p.start, _MS), end=round(first + p.end, _MS))
            for p in voiced
            if p.kind == kind
        )

    return TurnTruth(
        question=_question(performance.script.turns[cue.turn], cue.turn),
        asked_at=round(cue.asked_at, _MS),
        question_end=round(start, _MS),
        first_voice=round(first, _MS),
        last_voice=round(start + acts.last_voice, _MS),
        answer_end=round(start + acts.end, _MS),
        response_latency=round(acts.first_voice, _MS),
        words=tuple(word for piece in voiced for word in words_of(piece.text)),
        phrases=said("phrase"),
        fillers=said("filler"),
        pauses=tuple(
            Silence(
                start=round(first + piece.start, _MS),
                end=round(first + piece.end, _MS),
                scripted=piece.kind == "pause",
            )
            for piece in spoken.pieces
            if not piece.text
        ),
        away=away,
        smiles=smiles,
        eye_contact_share=round(1 - _total(away) / acts.end, 4),
        smile_share=round(_total(smiles) / acts.end, 4),
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


def _moved(spans: "Iterable[Span]", by: float) -> tuple[Span, ...]:
    return tuple(
        Span(start=round(span.start + by, _MS), end=round(span.end + by, _MS)) for span in spans
    )


def _total(spans: "Iterable[Span]") -> float:
    return sum(span.duration for span in spans)


def _blinks(seed: int, duration: float) -> tuple[Span, ...]:
    spans = []
    number = 0
    while (start := blink_start(seed, number)) + BLINK_SECONDS < duration:
        spans.append(Span(start=round(start, _MS), end=round(start + BLINK_SECONDS, _MS)))
        number += 1
    return tuple(spans)


def _series(states: "list[FaceState]") -> Series:
    def column(name: str) -> tuple[float, ...]:
        return tuple(round(getattr(state, name), 3) for state in states)

    return Series(
        rate=SERIES_RATE,
        yaw=column("yaw"),
        pitch=column("pitch"),
        roll=column("roll"),
        gaze_x=column("gaze_x"),
        gaze_y=column("gaze_y"),
        eyes_open=column("eyes_open"),
        smile=column("smile"),
        mouth=column("mouth"),
    )
