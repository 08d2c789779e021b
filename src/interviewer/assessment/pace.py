"""Pace: words per minute, articulation rate, and the curve of pace over time."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from interviewer.assessment.grid import HAIR, places, whole
from interviewer.assessment.metric import NOT_COVERED, TOO_LITTLE, measured, missing
from interviewer.assessment.series import Point
from interviewer.assessment.spoken import Spoken
from interviewer.interview.documents.assessment import Metric, Moment

_FEWEST_WORDS: Final = 5
_WINDOW: Final = 10.0  # seconds that a point of the curve looks at
_SHORTEST_WINDOW: Final = 3.0  # seconds
_EVIDENCE_WINDOW: Final = 15.0  # seconds; shorter ones mirror single words


def pace_metrics(answers: Sequence[Spoken], *, english: bool) -> list[Metric]:
    """`words`, `words_per_minute` and `articulation_rate` over some answers.

    Words are those that are no fillers. Words per minute count them over the stretch from the
    first to the last of them, pauses and fillers included; the articulation rate counts their
    syllables over that stretch without its pauses and fillers.
    """
    spoken_words = sum(len(spoken.content) for spoken in answers)
    words = measured("words", spoken_words, spoken_words)
    timed = [spoken for spoken in answers if spoken.stretch is not None and spoken.content]
    counted = sum(len(spoken.content) for spoken in timed)
    seconds = sum(spoken.stretch_seconds for spoken in timed)
    if counted < _FEWEST_WORDS or seconds <= 0:
        reason = "nobody spoke" if spoken_words == 0 else TOO_LITTLE
        return [
            words,
            missing("words_per_minute", reason),
            missing("articulation_rate", reason),
        ]
    rate = measured(
        "words_per_minute",
        60 * counted / seconds,
        seconds,
        evidence=_extremes(timed),
        normed=english,
    )
    if not english:
        return [words, rate, missing("articulation_rate", NOT_COVERED)]
    speech = sum(spoken.fluent_seconds for spoken in timed)
    sounds = sum(sum(spoken.weights) for spoken in timed)
    articulation = (
        measured("articulation_rate", sounds / speech, speech)
        if speech > 0
        else missing("articulation_rate", TOO_LITTLE)
    )
    return [words, rate, articulation]


def pace_curve(spoken: Spoken) -> list[Point]:
    """Words per minute at each second of an answer, over the ten seconds around it."""
    stretch = spoken.stretch
    if stretch is None or not spoken.content:
        return []
    times = stretch.start + 0.5 + np.arange(whole(stretch.duration), dtype=np.float64)
    starts = np.maximum(times - _WINDOW / 2, stretch.start)
    ends = np.minimum(times + _WINDOW / 2, stretch.end)
    middles = np.sort([token.middle for token in spoken.content])
    counts = places(middles, ends) - places(middles, starts)
    spans = ends - starts
    return [
        (round(time, 3), round(60 * count / span, 1))
        for time, count, span in zip(times.tolist(), counts.tolist(), spans.tolist(), strict=True)
        if span >= _SHORTEST_WINDOW - HAIR
    ]


def _extremes(answers: Sequence[Spoken]) -> list[Moment]:
    """The slowest and the fastest stretch of about fifteen seconds."""
    found: list[tuple[float, float, float, Spoken]] = []
    for spoken in answers:
        stretch = spoken.stretch
        if stretch is None or stretch.duration < 2 * _EVIDENCE_WINDOW - HAIR:
            continue
        parts = whole(stretch.duration / _EVIDENCE_WINDOW)
        edges = np.linspace(stretch.start, stretch.end, parts + 1)
        middles = np.sort([token.middle for token in spoken.content])
        counts = np.diff(places(middles, edges))
        rates = 60 * counts / np.diff(edges)
        found += zip(
            rates.tolist(), edges[:-1].tolist(), edges[1:].tolist(), [spoken] * parts, strict=True
        )
    if not found:
        return []
    slow = min(found, key=lambda item: (item[0], item[1]))
    fast = max(found, key=lambda item: (item[0], -item[1]))
    return [
        spoken.moment(start, end, f"{kind}: {rate:.0f} words per minute")
        for kind, (rate, start, end, spoken) in (("slowest", slow), ("fastest", fast))
    ]
