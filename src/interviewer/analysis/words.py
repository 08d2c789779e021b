"""Word times: from the recogniser's estimates to the sound that was heard."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from interviewer.interview.documents.base import Span

# The recogniser's times come from its attention, which moves on early: measured on synthetic
# speech, the first word of a phrase begins 0.2 s (at worst 0.35 s) before its sound, through the
# pause and into the phrase before, and the last word ends 0.1 s before its sound does.
_NEAR: Final = 0.35
_REACH: Final = 0.08  # a word that reaches so far into a span begins there, not in the one before
_SHORTEST: Final = 0.04


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A word as the recogniser timed it, in seconds on the recording."""

    text: str
    start: float
    end: float
    probability: float


def fit_to_speech(words: Sequence[HeardWord], speech: Sequence[Span]) -> list[HeardWord]:
    """Move words onto the speech they belong to.

    No word starts in a pause or runs through one; the first and the last word of a span begin and
    end with its sound. A word far from any speech was not heard and is dropped.

    Args:
        words: In order of time.
        speech: Where the voice activity detector heard speech.

    Returns:
        The words in order, without overlap.
    """
    members: list[list[HeardWord]] = [[] for _ in speech]
    earliest = 0
    for word in words:
        index = _span_of(word, speech, earliest)
        if index is not None:
            members[index].append(word)
            earliest = index
    fitted: list[HeardWord] = []
    for span, inside in zip(speech, members, strict=True):
        fitted.extend(_fit(inside, span))
    return fitted


def unworded(words: Sequence[HeardWord], speech: Sequence[Span]) -> list[Span]:
    """Stretches between words, from the first speech to the last, that hold speech.

    A word is taken to claim at most a second: the recogniser stretches the last word before a
    stretch that it skipped.
    """
    if not speech:
        return []
    gaps: list[Span] = []
    reached = speech[0].start
    stop = speech[-1].end
    for start, end in [*((w.start, min(w.end, w.start + 1.0)) for w in words), (stop, stop)]:
        inside = [span for span in speech if span.overlap(reached, start) > 0]
        if start > reached and inside:
            gap = Span(start=max(reached, inside[0].start), end=min(start, inside[-1].end))
            gaps.append(gap)
        reached = max(reached, end)
    return gaps


def _span_of(word: HeardWord, speech: Sequence[Span], earliest: int) -> int | None:
    """Index of the span that the word belongs to, not before `earliest`.

    That is the last span it reaches into, or else the nearest.
    """
    best: tuple[float, int] | None = None
    for index in range(earliest, len(speech)):
        span = speech[index]
        reach = min(span.overlap(word.start, word.end), _REACH)
        distance = max(span.start - word.end, word.start - span.end, 0.0)
        rank = (reach - distance, index if reach >= _REACH else -index)
        if distance < _NEAR and (best is None or rank > best):
            best = rank
    return None if best is None else abs(best[1])


def _fit(words: list[HeardWord], span: Span) -> list[HeardWord]:
    """Place the words of one span inside it."""
    if not words:
        return []
    starts = [min(max(word.start, span.start), span.end) for word in words]
    if words[0].start - span.start <= _NEAR:
        starts[0] = span.start
    ends = [min(max(word.end, span.start), span.end) for word in words]
    if span.end - words[-1].end <= _NEAR:
        ends[-1] = span.end
    edges = _spread(starts, ends)
    return [
        replace(word, start=round(start, 3), end=round(end, 3))
        for word, (start, end) in zip(words, edges, strict=True)
    ]


def _spread(starts: list[float], ends: list[float]) -> list[tuple[float, float]]:
    """Give every word some time of its own where clipping left it none."""
    count = len(starts)
    low, high = starts[0], ends[-1]
    shortest = min(_SHORTEST, (high - low) / count)
    fitted: list[tuple[float, float]] = []
    reached = low
    for index, (start, end) in enumerate(zip(starts, ends, strict=True)):
        room = high - (count - 1 - index) * shortest
        begin = min(max(start, reached), room - shortest)
        finish = min(max(end, begin + shortest), room)
        fitted.append((begin, finish))
        reached = finish
    return fitted
