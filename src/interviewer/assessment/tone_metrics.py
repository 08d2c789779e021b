"""The metrics of tone: label, axes and stability, for a session and for an answer."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from interviewer.assessment.cues import Window
from interviewer.assessment.grid import Floats
from interviewer.assessment.metric import TOO_LITTLE, judged, labelled, measured, missing
from interviewer.assessment.tone import Tone, middle_of, steadiness, tone_confidence
from interviewer.interview.documents.assessment import Metric, Moment, ToneLabel

NO_BASELINE: Final = "no baseline to measure the level against"

MomentOf = Callable[[float, float, str], Moment]

# What a person hears when a cue rises or falls, in the order of CUES.
_HEARD: Final = (
    ("higher pitch", "lower pitch"),
    ("wider pitch", "flatter pitch"),
    ("louder", "quieter"),
    ("brighter voice", "softer voice"),
    ("faster", "slower"),
    ("more pauses", "fewer pauses"),
    ("more fillers", "fewer fillers"),
)
_NOTICEABLE: Final = 1.5  # deviations from which a cue is worth a word


def session_tone(tone: Tone | None, windows: Sequence[Window], moment: MomentOf) -> list[Metric]:
    """`tone`, `tone_tense`, `tone_engaged` and `tone_stability` of a session.

    The first three tell a level and need a baseline: against itself, a session nervous from end
    to end looks average.
    """
    stability = _stability(windows, moment)
    if tone is None:
        return [*_missing_level(TOO_LITTLE), stability]
    if not tone.level:
        return [*_missing_level(NO_BASELINE), stability]
    return [*_level(tone, None, moment), stability]


def answer_tone(
    tone: Tone | None, windows: Sequence[Window], index: int, *, alone: bool, moment: MomentOf
) -> tuple[list[Metric], ToneLabel | None]:
    """The same for one answer, and the label it reads as.

    Without a baseline, the axes and the label tell how the answer differs from the rest of the
    session; `tone` itself, a level, is then not observed.

    Args:
        tone: Of the session.
        windows: Of the answer.
        index: Of the answer.
        alone: Whether it is the only answer, so that nothing is left to differ from.
        moment: Makes a moment with its quote.
    """
    stability = _stability(windows, moment)
    middle = None if tone is None else middle_of(tone, {index})
    if tone is None or middle is None:
        return [*_missing_level(TOO_LITTLE), stability], None
    if not tone.level and alone:
        return [*_missing_level(NO_BASELINE), stability], None
    label, tense, engaged = _level(tone, {index}, moment)
    if not tone.level:
        label = missing("tone", NO_BASELINE)
    return [label, tense, engaged, stability], middle[2]


def _level(tone: Tone, answers: set[int] | None, moment: MomentOf) -> list[Metric]:
    middle = middle_of(tone, answers)
    if middle is None:
        return _missing_level(TOO_LITTLE)
    tense, engaged, label = middle
    confidence = tone_confidence(tone, answers)
    chosen = [
        index
        for index, window in enumerate(tone.windows)
        if answers is None or window.answer in answers
    ]
    tensest = _peak(tone, tone.tense, chosen, "most tense", moment)
    liveliest = _peak(tone, tone.engaged, chosen, "most engaged", moment)
    return [
        labelled("tone", label.value, confidence),
        judged("tone_tense", tense, confidence, evidence=tensest),
        judged("tone_engaged", engaged, confidence, evidence=liveliest),
    ]


def _missing_level(reason: str) -> list[Metric]:
    return [missing(name, reason) for name in ("tone", "tone_tense", "tone_engaged")]


def _stability(windows: Sequence[Window], moment: MomentOf) -> Metric:
    if not windows:
        return missing("tone_stability", TOO_LITTLE)
    share, outside = steadiness(windows)
    shown = [
        moment(window.start, window.end, change_in_words(deviations))
        for window, deviations in outside[:6]
    ]
    return measured("tone_stability", share, len(windows), evidence=shown)


def change_in_words(deviations: Floats) -> str:
    """The cues that stand out, largest first: "higher pitch, more pauses than usual for you"."""
    heard = [
        (abs(value), _HEARD[index][0 if value > 0 else 1])
        for index, value in enumerate(np.nan_to_num(deviations).tolist())
        if abs(value) >= _NOTICEABLE
    ]
    heard.sort(key=lambda item: -item[0])
    words = ", ".join(word for _, word in heard[:3]) or "several small changes"
    return f"{words}, compared with your usual"


def _peak(
    tone: Tone, values: Floats, chosen: Sequence[int], kind: str, moment: MomentOf
) -> list[Moment]:
    best = max(chosen, key=lambda index: (values[index], -index))
    window = tone.windows[best]
    return [moment(window.start, window.end, f"{kind}: {values[best]:+.1f} deviations")]
