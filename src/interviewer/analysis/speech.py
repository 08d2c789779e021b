"""Speech: the words of each segment, fillers included, and nothing that was not said."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from interviewer.analysis.activity import SAMPLE_RATE, Samples
from interviewer.analysis.decoder import Decoder, Hearing
from interviewer.analysis.segments import Segment
from interviewer.analysis.words import HeardWord, fit_to_speech, unworded
from interviewer.interview.documents.base import Span
from interviewer.interview.documents.observations import SpeechObservation, Word

FILLER_PROMPT: Final = (
    "Um, so, uh, I, um, I think, er, that, uh, that we, um, you know, uh, we, hmm, well, um, "
    "it's like, uh, er, and, um, so, uh, yeah."
)
"""Makes Whisper write fillers down: without it, it leaves out every "um" and "uh".

It is in the style of hesitant speech and holds no content that could be mistaken for an answer.
"""

_ENGLISH: Final = "en"
_PAD: Final = 0.2  # seconds of silence left around the speech that the recogniser is given
_SURE_SPEECH: Final = 3.0  # seconds of speech from which a language is told reliably
_SURE: Final = 0.5
# Speech without words that is listened to again. Where every word was recognised, times leave at
# most 1 s of speech between them; where a sentence was skipped, it was 5 s and more.
_SKIPPED: Final = 2.0


class Recogniser:
    """Hears the words of a recording's segments, given in the order of time.

    Each segment is recognised by itself: what is heard in it does not depend on how the segments
    are grouped into calls. Only the language is carried on: once a segment with words and at least
    3 s of speech has told it with a probability of at least 0.5, it is kept for the rest.

    Args:
        model: Directory of a CTranslate2 Whisper model.
        language: ISO 639-1 code; None to detect it.
        prompt: Written style for English; other languages are recognised without one.
        threads: Threads to compute with.

    Raises:
        ModelMissingError: The directory does not hold a readable model.
        InputError: The model does not know the language.
    """

    def __init__(
        self,
        model: Path,
        *,
        language: str | None = None,
        prompt: str = FILLER_PROMPT,
        threads: int = 1,
    ) -> None:
        self._decoder = Decoder(model, threads)
        if language is not None:
            self._decoder.check_language(language)
        elif not self._decoder.multilingual:
            language = _ENGLISH
        self._language = language
        self._probability: float | None = None
        self._prompt = prompt or None

    def recall(self, earlier: SpeechObservation) -> None:
        """Take the language over from a segment that was observed before, in order of time."""
        spoken = sum(span.duration for span in earlier.speech)
        sure = (earlier.language_probability or 0.0) >= _SURE
        if self._language is None and earlier.words and sure and spoken >= _SURE_SPEECH:
            self._language = earlier.language
            self._probability = earlier.language_probability

    def transcribe(self, clips: Sequence[tuple[Segment, Samples]]) -> list[SpeechObservation]:
        """Recognise segments, one after the other.

        Args:
            clips: Each segment with its samples: mono, 16 kHz, the first one at the segment's
                start; samples that are missing at its end count as silence.

        Returns:
            One observation for each segment, in the same order.
        """
        return [self._observe(segment, samples) for segment, samples in clips]

    def _observe(self, segment: Segment, samples: Samples) -> SpeechObservation:
        if not segment.speech or len(samples) == 0:
            return self._observation(segment, None, None, ())
        language, probability = self._language_of(segment, samples)
        words = tuple(self._words(segment, samples, language))
        observation = self._observation(segment, language, probability, words)
        self.recall(observation)
        return observation

    def _language_of(self, segment: Segment, samples: Samples) -> tuple[str, float | None]:
        """The language kept, or else detected in this segment; English where it is doubtful."""
        if self._language is not None:
            return self._language, self._probability
        language, probability = self._decoder.detect(_clip(segment, samples, _whole(segment))[0])
        return (language, probability) if probability >= _SURE else (_ENGLISH, None)

    def _words(self, segment: Segment, samples: Samples, language: str) -> Iterator[HeardWord]:
        """The words of a segment; speech that got none is listened to again by itself."""
        prompt = self._prompt if language == _ENGLISH else None
        heard = self._hear(segment, samples, _whole(segment), language, prompt)
        words = fit_to_speech(heard, segment.speech)
        gaps = [gap for gap in unworded(words, segment.speech) if _spoken(segment, gap) > _SKIPPED]
        for gap in gaps:
            # The prompt is what most often makes Whisper stop early, so here it goes without.
            again = self._hear(segment, samples, gap, language, None)
            speech = [
                _within(span, gap) for span in segment.speech if span.overlap(gap.start, gap.end)
            ]
            words.extend(fit_to_speech(again, speech))
        yield from sorted(words, key=lambda word: word.start)

    def _hear(
        self, segment: Segment, samples: Samples, part: Span, language: str, prompt: str | None
    ) -> tuple[HeardWord, ...]:
        """Recognise a part; if that fails, once more without the prompt; after that, no words."""
        clip, start = _clip(segment, samples, part)
        tries = [prompt, None] if prompt else [None]
        for style in tries:
            hearing: Hearing = self._decoder.hear(clip, start, language, style)
            if hearing.credible(style):
                return hearing.words
        return ()

    def _observation(
        self,
        segment: Segment,
        language: str | None,
        probability: float | None,
        words: Sequence[HeardWord],
    ) -> SpeechObservation:
        return SpeechObservation(
            start=segment.start,
            end=segment.end,
            language=language,
            language_probability=None if probability is None else round(probability, 3),
            speech=segment.speech,
            words=tuple(
                Word(
                    text=word.text,
                    start=word.start,
                    end=word.end,
                    probability=round(min(1.0, word.probability), 3),
                )
                for word in words
            ),
        )


def _whole(segment: Segment) -> Span:
    """From the first speech of a segment to the last."""
    return Span(start=segment.speech[0].start, end=segment.speech[-1].end)


def _within(span: Span, part: Span) -> Span:
    """What a span shares with a part."""
    return Span(start=max(span.start, part.start), end=min(span.end, part.end))


def _spoken(segment: Segment, part: Span) -> float:
    """Seconds of speech in a part of a segment."""
    return sum(span.overlap(part.start, part.end) for span in segment.speech)


def _clip(segment: Segment, samples: Samples, part: Span) -> tuple[Samples, float]:
    """The samples of a part with a little silence around it, and the time of the first."""
    start = max(segment.start, part.start - _PAD)
    first = round((start - segment.start) * SAMPLE_RATE)
    last = round((min(segment.end, part.end + _PAD) - segment.start) * SAMPLE_RATE)
    clip = np.ascontiguousarray(samples[first:last], dtype=np.float32)
    return np.pad(clip, (0, max(0, last - first - len(clip)))), start
