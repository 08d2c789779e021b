"""From speech probabilities to stretches of speech with exact edges."""

from typing import Final

import numpy as np
import numpy.typing as npt

from interviewer.analysis.activity import SAMPLE_RATE, WINDOW
from interviewer.interview.documents.base import Span

WINDOW_SECONDS: Final = WINDOW / SAMPLE_RATE
FRAMES_PER_WINDOW: Final = 4
_FRAME_SECONDS: Final = WINDOW_SECONDS / FRAMES_PER_WINDOW

# Hysteresis, shortest silence: the published defaults of Silero VAD (`get_speech_timestamps`:
# threshold 0.5, threshold - 0.15 to let go, 100 ms). Its 250 ms as shortest speech would lose an
# "uh" or a "yes"; noise alone, tested with pink, traffic and machine noise, stays below the
# threshold altogether, so 100 ms is enough. Its padding is replaced by the search for the edges.
ENTER: Final = 0.5
LEAVE: Final = 0.35
_MIN_SILENCE: Final = 0.1
_MIN_SPEECH: Final = 0.1

# A frame belongs to speech if it stands out of the room's noise by 6 dB (twice the amplitude) and
# lies within 35 dB of the speaker's level: the weakest fricatives lie about 30 dB below the
# strongest vowels (Fletcher, Speech and Hearing in Communication, 1953).
_ABOVE_FLOOR_DB: Final = 6.0
_BELOW_SPEECH_DB: Final = 35.0
_MARGIN_DB: Final = 6.0  # in a room nearly as loud as the voice, the voice's own edges decide
_SEARCH_OUT: Final = 0.1  # the detector hears a weak fricative up to 100 ms late
_SEARCH_IN: Final = 0.3  # and lets go of a word in noise up to 300 ms late
_QUIET_DB: Final = -100.0


def frame_levels(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Level of each 8 ms frame of whole windows.

    Args:
        samples: Shape `(n * WINDOW,)`.

    Returns:
        Root mean square level in dB of full scale, shape `(n * FRAMES_PER_WINDOW,)`, at least
        -100 dB.
    """
    frames = samples.reshape(-1, WINDOW // FRAMES_PER_WINDOW)
    power = np.mean(np.square(frames, dtype=np.float64), axis=1)
    levels: npt.NDArray[np.float64] = 10 * np.log10(np.maximum(power, 10 ** (_QUIET_DB / 10)))
    return levels.astype(np.float32)


def speech_spans(
    probabilities: npt.NDArray[np.float32],
    levels: npt.NDArray[np.float32],
    origin: float,
    start: float,
    end: float,
) -> tuple[Span, ...]:
    """Find where speech is.

    Args:
        probabilities: Of speech in consecutive windows, shape `(n,)`.
        levels: Of the same windows' frames in dB, shape `(n * FRAMES_PER_WINDOW,)`.
        origin: Time of the first window's start in seconds.
        start: Spans begin here at the earliest.
        end: Spans end here at the latest.

    Returns:
        Spans in order, apart from each other, in whole milliseconds.
    """
    runs = _active_runs(probabilities)
    edges = _edges(runs, levels)
    spans: list[Span] = []
    for first, last in edges:
        begin = max(start, round(origin + first * _FRAME_SECONDS, 3))
        finish = min(end, round(origin + last * _FRAME_SECONDS, 3))
        if spans and begin <= spans[-1].end:
            spans[-1] = Span(start=spans[-1].start, end=max(finish, spans[-1].end))
        elif finish > begin:
            spans.append(Span(start=begin, end=finish))
    return tuple(spans)


def _active_runs(probabilities: npt.NDArray[np.float32]) -> list[tuple[int, int]]:
    """Runs of windows (first, past the last) by hysteresis, bridged and cleaned of blips."""
    runs: list[tuple[int, int]] = []
    first: int | None = None
    bridge = round(_MIN_SILENCE / WINDOW_SECONDS)
    for index, probability in enumerate(probabilities):
        if first is None and probability >= ENTER:
            first = index
            if runs and index - runs[-1][1] < bridge:
                first = runs.pop()[0]
        elif first is not None and probability < LEAVE:
            runs.append((first, index))
            first = None
    if first is not None:
        runs.append((first, len(probabilities)))
    shortest = round(_MIN_SPEECH / WINDOW_SECONDS)
    return [(first, last) for first, last in runs if last - first >= shortest]


def _edges(runs: list[tuple[int, int]], levels: npt.NDArray[np.float32]) -> list[tuple[int, int]]:
    """Move the edges of runs of windows to the frames where the sound begins and ends."""
    if not runs:
        return []
    inside = np.zeros(len(levels), dtype=bool)
    frames = [(first * FRAMES_PER_WINDOW, last * FRAMES_PER_WINDOW) for first, last in runs]
    for first, last in frames:
        inside[first:last] = True
    voice = float(np.median(levels[inside]))
    floor = float(np.median(levels[~inside])) if not inside.all() else _QUIET_DB
    threshold = max(voice - _BELOW_SPEECH_DB, min(floor + _ABOVE_FLOOR_DB, voice - _MARGIN_DB))
    loud = levels >= threshold
    return [
        (
            _onset(loud, first, last),
            len(loud) - _onset(loud[::-1], len(loud) - last, len(loud) - first),
        )
        for first, last in frames
    ]


def _onset(loud: npt.NDArray[np.bool_], first: int, last: int) -> int:
    """The frame where sound begins, searched around `first`."""
    reach_out = round(_SEARCH_OUT / _FRAME_SECONDS)
    reach_in = round(_SEARCH_IN / _FRAME_SECONDS)
    onset = first
    if loud[first]:
        while onset > max(0, first - reach_out) and loud[onset - 1]:
            onset -= 1
        return onset
    inner = loud[first : min(last, first + reach_in)]
    return first + int(np.argmax(inner)) if inner.any() else first
