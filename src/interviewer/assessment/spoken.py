"""One answer with all that was heard and seen in it: what every measure works on."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from interviewer.assessment.fillers import Filler, fillers_of, marks_of
from interviewer.assessment.grid import HAIR
from interviewer.assessment.series import (
    SHORTEST_PAUSE,
    Series,
    VoiceFrames,
    clipped,
    closed,
    median,
)
from interviewer.assessment.words import Token, syllables
from interviewer.interview.documents.assessment import Moment, WordMark
from interviewer.interview.documents.base import Span
from interviewer.interview.documents.observations import FaceFrame
from interviewer.interview.timeline import Answer

_QUOTE_WORDS = 3  # on each side of a moment
_LONGEST_QUOTE = 14  # words
_LATEST_ONSET = 0.5  # seconds; the detector is at most 0.3 s late, measured on simulated speech
_ONSET_DB = 20.0  # a voice's beginning lies at most so far below its middle
_CLOSURE = 0.06  # seconds without voicing that one sound may contain


@dataclass(frozen=True)
class Spoken:
    """One answer as it was spoken.

    Attributes:
        answer: Its place in the session.
        tokens: Its words in order of time, fillers included.
        fillers: Of the words; empty in languages other than English.
        marks: One per word.
        speech: Where the candidate spoke, gaps shorter than a pause closed.
        voice: Voiced frames within the speech.
        looks: Looks at the picture.
        english: Whether the rules for English words apply.
    """

    answer: Answer
    tokens: tuple[Token, ...]
    fillers: tuple[Filler, ...]
    marks: tuple[WordMark | None, ...]
    speech: tuple[Span, ...]
    voice: VoiceFrames
    looks: tuple[FaceFrame, ...]
    english: bool

    @cached_property
    def content(self) -> tuple[Token, ...]:
        """The words that are no fillers."""
        return tuple(
            token
            for token, mark in zip(self.tokens, self.marks, strict=True)
            if mark is not WordMark.FILLER
        )

    @cached_property
    def stretch(self) -> Span | None:
        """From the first to the last content word; from first to last sound without any words.

        The edges are those of the sound under the words: recognisers let words begin early and
        end late in silence.
        """
        if not self.tokens:
            return _hull(self.speech)
        if not self.content:
            return None
        first = next((t for t in self.content if self._overlaps(t)), self.content[0])
        last = next((t for t in reversed(self.content) if self._overlaps(t)), self.content[-1])
        start, end = self.onset(first), self._release(last)
        return Span(start=start, end=end) if end > start else None

    @cached_property
    def pauses(self) -> tuple[Span, ...]:
        """Silences of at least 0.25 s between the first and the last content word."""
        if self.stretch is None:
            return ()
        inside = clipped(self.speech, self.stretch.start, self.stretch.end)
        return tuple(
            Span(start=one.end, end=other.start)
            for one, other in pairwise(inside)
            if other.start - one.end >= SHORTEST_PAUSE - HAIR
        )

    @cached_property
    def filler_sounds(self) -> tuple[Span, ...]:
        """Where fillers sound in the stretch: the sound between the words around them."""
        if self.stretch is None or not self.fillers:
            return ()
        inside = clipped(self.speech, self.stretch.start, self.stretch.end)
        return tuple(
            part for gap in self._filler_gaps() for part in clipped(inside, gap.start, gap.end)
        )

    def _filler_gaps(self) -> Iterator[Span]:
        """From the word before fillers to the word after them."""
        before: Token | None = None
        passed = False
        for token, mark in zip(self.tokens, self.marks, strict=True):
            if mark is WordMark.FILLER:
                passed = True
                continue
            if passed and before is not None and token.start > before.end:
                yield Span(start=before.end, end=token.start)
            before, passed = token, False

    @property
    def stretch_seconds(self) -> float:
        """Length of the stretch in seconds, pauses and fillers included."""
        return self.stretch.duration if self.stretch is not None else 0.0

    @cached_property
    def fluent_seconds(self) -> float:
        """Length of the stretch in seconds without its pauses and without its fillers."""
        silent = sum(pause.duration for pause in self.pauses)
        return self.stretch_seconds - silent - sum(sound.duration for sound in self.filler_sounds)

    @cached_property
    def weights(self) -> tuple[int, ...]:
        """Syllables of each content word in English; 1 for each word in other languages."""
        if not self.english:
            return (1,) * len(self.content)
        return tuple(syllables(token.word, spelled=token.spelled) for token in self.content)

    @property
    def first_voice(self) -> float | None:
        """When the candidate was first heard, in seconds."""
        return self.speech[0].start if self.speech else None

    @property
    def first_word(self) -> float | None:
        """When the first content word began, in seconds."""
        return self.onset(self.content[0]) if self.content else None

    @property
    def last_word(self) -> float | None:
        """When the last content word was over, in seconds."""
        return self._release(self.content[-1]) if self.content else None

    def onset(self, token: Token) -> float:
        """When a word is first heard: where it begins, or the first sound within it."""
        index = bisect_right(self.speech, token.start, key=lambda span: span.end)
        if index < len(self.speech) and token.start < self.speech[index].start < token.end:
            return self.speech[index].start
        return token.start

    def _release(self, token: Token) -> float:
        """When a word is last heard."""
        index = bisect_left(self.speech, token.end, key=lambda span: span.start) - 1
        if index >= 0 and token.start < self.speech[index].end < token.end:
            return self.speech[index].end
        return token.end

    def _overlaps(self, token: Token) -> bool:
        index = bisect_right(self.speech, token.start, key=lambda span: span.end)
        return index < len(self.speech) and self.speech[index].start < token.end

    def moment(self, start: float, end: float, note: str) -> Moment:
        """A moment with the words spoken around it; `[…]` stands for a silence between them."""
        return Moment(start=start, end=end, quote=self._quote(start, end), note=note)

    @cached_property
    def _middles(self) -> list[float]:
        return [token.middle for token in self.tokens]

    def _quote(self, start: float, end: float) -> str:
        first = bisect_left(self._middles, start)
        last = bisect_right(self._middles, end)
        inside = [token.text for token in self.tokens[first:last]]
        before = [token.text for token in self.tokens[max(0, first - _QUOTE_WORDS) : first]]
        after = [token.text for token in self.tokens[last : last + _QUOTE_WORDS]]
        if not inside and (before or after):
            inside = ["[…]"]
        words = before + inside + after
        if len(words) > _LONGEST_QUOTE:
            words = [*words[:_LONGEST_QUOTE], "…"]
        return " ".join(words)


def spoken_of(answer: Answer, series: Series, *, english: bool) -> Spoken:
    """Take from the series what belongs to an answer."""
    inside = (series.middles >= answer.start - HAIR) & (series.middles < answer.end - HAIR)
    tokens = tuple(series.tokens[index] for index in np.flatnonzero(inside))
    fillers = fillers_of(tokens) if english else ()
    marks = marks_of(tokens, fillers) if english else (None,) * len(tokens)
    speech = _without_tail(clipped(series.speech, answer.start, answer.end), tokens, answer)
    if not speech:
        # Only content words stand in for sound that nobody listened for: an "um" is no reason to
        # call a silence shorter.
        speech = clipped(closed(_content_spans(tokens, marks)), answer.start, answer.end)
    speech = _from_onset(speech, series.voice, answer.start)
    voice = series.voice.between(answer.start, answer.end).voiced().within(speech)
    first = bisect_left(series.looks, answer.start, key=lambda look: look.time)
    last = bisect_left(series.looks, answer.end, key=lambda look: look.time)
    looks = series.looks[first:last]
    return Spoken(answer, tokens, fillers, marks, speech, voice, looks, english)


def _without_tail(
    speech: tuple[Span, ...], tokens: Sequence[Token], answer: Answer
) -> tuple[Span, ...]:
    """Leave out the last sound of the question where it reaches into the answer."""
    if not speech[1:] or speech[0].start > answer.start:
        return speech
    tail = speech[0]
    if tail.duration >= SHORTEST_PAUSE or any(token.middle <= tail.end for token in tokens):
        return speech
    return speech[1:]


def _from_onset(speech: tuple[Span, ...], voice: VoiceFrames, earliest: float) -> tuple[Span, ...]:
    """Let the first sound of an answer begin where its voicing does.

    The voice activity detector hears a hesitant "um" up to 0.3 s late. Voicing that goes on without
    a beginning is no onset but the hum of the room, and changes nothing.
    """
    if not speech:
        return speech
    first = speech[0]
    own = voice.between(first.start, first.end).voiced()
    limit = max(earliest, first.start - _LATEST_ONSET)
    lead = voice.between(limit, first.start).voiced()
    if not len(own) or not len(lead):
        return speech
    lead = lead.where(lead.level >= median(own.level) - _ONSET_DB)
    onset = first.start
    for time, step in zip(lead.time[::-1], lead.step[::-1], strict=True):
        if onset - (time + step / 2) > _CLOSURE:
            break
        onset = round(float(time - step / 2), 3)
    if onset - (first.start - _LATEST_ONSET) < _CLOSURE:
        return speech
    return (Span(start=min(first.start, max(earliest, onset)), end=first.end), *speech[1:])


def _content_spans(tokens: Iterable[Token], marks: Iterable[WordMark | None]) -> list[Span]:
    return [
        Span(start=token.start, end=token.end)
        for token, mark in zip(tokens, marks, strict=True)
        if mark is not WordMark.FILLER
    ]


def _hull(spans: Sequence[Span]) -> Span | None:
    return Span(start=spans[0].start, end=spans[-1].end) if spans else None
