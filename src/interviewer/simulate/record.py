"""From a performance to its truth, and from the truth to a session."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from interviewer.interview.documents.base import Span
from interviewer.interview.documents.session import (
    Event,
    EventKind,
    Recording,
    Session,
)
from interviewer.simulate.motion import BLINK_SECONDS, blink_start
from interviewer.simulate.truth import Series, Truth
from interviewer.simulate.turn_truth import DIGITS, turns_truth

if TYPE_CHECKING:
    from interviewer.simulate.performance import Performance
    from interviewer.simulate.state import FaceState

SERIES_RATE: Final = 10.0


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
        duration=round(duration, DIGITS),
        turns=turns_truth(performance, duration),
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
        # An interviewer who is talked over gives way; else the answer's first words lay outside it.
        gave_way = min(turn.question_end, turn.first_voice)
        for kind, time in (
            (EventKind.QUESTION_ASKED, turn.asked_at),
            (EventKind.QUESTION_ENDED, gave_way),
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


def _blinks(seed: int, duration: float) -> tuple[Span, ...]:
    spans = []
    number = 0
    while (start := blink_start(seed, number)) + BLINK_SECONDS < duration:
        spans.append(Span(start=round(start, DIGITS), end=round(start + BLINK_SECONDS, DIGITS)))
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
