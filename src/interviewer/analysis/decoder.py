"""Whisper on one clip of sound: what it says, how sure it is, and whether to believe it."""

import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from interviewer.analysis.activity import SAMPLE_RATE, Samples
from interviewer.analysis.words import HeardWord
from interviewer.errors import InputError, ModelMissingError

# Five beams cost a tenth more time than one and lose fewer words in noise.
_BEAMS: Final = 5

# Whisper's own signs of a failed decoding (Radford et al., Robust Speech Recognition via
# Large-Scale Weak Supervision, 2022, section 4.5): text that compresses too well is a loop, a mean
# log probability below -1 is a guess, and a no-speech probability above 0.6 is silence unless the
# text is sure. Measured here: noise and silence -1.1 and below, with 0.4 to 0.8 for no speech;
# speech -0.96 and above, with at most 0.35.
_LOOP_COMPRESSION: Final = 2.4
_GUESS_LOG_PROBABILITY: Final = -1.0
_NO_SPEECH: Final = 0.6
_SURE_LOG_PROBABILITY: Final = -0.5
_ECHO_WORDS: Final = 5  # so many words in the prompt's order are the prompt, not speech

# Written without spaces; in all other languages a piece without a space before it belongs to the
# word before it ("two" + "-thirds").
_UNSPACED: Final = frozenset({"zh", "ja", "th", "lo", "my", "yue"})


@dataclass(frozen=True, slots=True)
class Hearing:
    """What was recognised in a clip.

    Attributes:
        words: In order, timed on the recording.
        log_probability: Mean natural log probability of the tokens.
        no_speech: Probability that nobody speaks.
    """

    words: tuple[HeardWord, ...]
    log_probability: float
    no_speech: float = 0.0

    def credible(self, prompt: str | None) -> bool:
        """Whether this is speech, and not a loop, a guess or the prompt said back."""
        text = " ".join(word.text for word in self.words)
        doubtful = self.no_speech > _NO_SPEECH
        return (
            self.log_probability >= (_SURE_LOG_PROBABILITY if doubtful else _GUESS_LOG_PROBABILITY)
            and _compression(text) <= _LOOP_COMPRESSION
            and not _echoes(text, prompt)
        )


class Decoder:
    """A loaded Whisper model that hears one clip at a time.

    One clip at a time, because on a CPU a batch is not faster, while the words of a clip would
    depend on what else is in its batch.

    Args:
        model: Directory of the CTranslate2 model.
        threads: Threads to compute with.

    Raises:
        ModelMissingError: The directory does not hold a readable model.
    """

    def __init__(self, model: Path, threads: int) -> None:
        from faster_whisper import BatchedInferencePipeline, WhisperModel

        try:
            if not (model / "tokenizer.json").is_file():
                raise FileNotFoundError(model / "tokenizer.json")
            self._model = WhisperModel(
                str(model),
                device="cpu",
                compute_type="int8",
                cpu_threads=threads,
                local_files_only=True,
            )
        except (RuntimeError, OSError, ValueError) as error:
            raise ModelMissingError(
                f"The speech recogniser in {model} cannot be read ({error}).",
                "Run `interviewer models verify`, which fetches a damaged model again.",
            ) from error
        self._pipeline: Any = BatchedInferencePipeline(self._model)

    @property
    def multilingual(self) -> bool:
        """Whether it knows more than English."""
        return bool(self._model.model.is_multilingual)

    def check_language(self, language: str) -> None:
        """See whether a language is known.

        Raises:
            InputError: It is not.
        """
        known = self._model.supported_languages
        if language not in known:
            several = "such as en, de or ja" if len(known) > 1 else "only en"
            raise InputError(
                f"The speech recogniser does not know the language {language!r}.",
                f"Give one that it knows ({several}), or none to have it detected.",
            )

    def detect(self, samples: Samples) -> tuple[str, float]:
        """The language of a clip as an ISO 639-1 code, and its probability."""
        language, probability, _ = self._model.detect_language(samples)
        return str(language), float(probability)

    def hear(self, samples: Samples, start: float, language: str, prompt: str | None) -> Hearing:
        """Recognise the words of a clip.

        Args:
            samples: Mono samples at 16 kHz, shape `(n,)`, at most 30 s.
            start: Time of the first sample on the recording, in seconds.
            language: ISO 639-1 code.
            prompt: Text in whose style the words are to be written.
        """
        clip = {"start": 0.0, "end": len(samples) / SAMPLE_RATE}
        parts, _ = self._pipeline.transcribe(
            samples,
            language=language,
            clip_timestamps=[clip],
            batch_size=1,
            beam_size=_BEAMS,
            initial_prompt=prompt,
            word_timestamps=True,
        )
        parts = list(parts)
        return Hearing(
            words=tuple(_words(parts, start, spaced=language not in _UNSPACED)),
            log_probability=min((float(part.avg_logprob) for part in parts), default=0.0),
            no_speech=max((float(part.no_speech_prob) for part in parts), default=0.0),
        )


def _words(parts: list[Any], start: float, *, spaced: bool) -> list[HeardWord]:
    """The recogniser's pieces as words, with punctuation attached and on the recording's time."""
    words: list[HeardWord] = []
    for piece in (piece for part in parts for piece in part.words or ()):
        text = piece.word.strip()
        joins = spaced and not piece.word.startswith(" ")
        if words and (joins or not any(letter.isalnum() for letter in text)):
            last = words[-1]
            words[-1] = HeardWord(
                last.text + text,
                last.start,
                max(last.end, start + float(piece.end)),
                min(last.probability, float(piece.probability)),
            )
        elif any(letter.isalnum() for letter in text):
            words.append(
                HeardWord(
                    text,
                    start + float(piece.start),
                    start + float(piece.end),
                    float(piece.probability),
                )
            )
    return words


def _compression(text: str) -> float:
    """How many times shorter a text becomes when compressed; repetition makes it large."""
    data = text.encode()
    return len(data) / len(zlib.compress(data)) if data else 0.0


def _echoes(text: str, prompt: str | None) -> bool:
    """Whether the whole text stands in the prompt."""
    said = _letters(text)
    if prompt is None or len(said.split()) < _ECHO_WORDS:
        return False
    return f" {said} " in f" {_letters(prompt)} "


def _letters(text: str) -> str:
    """A text reduced to lower-case words."""
    kept = "".join(letter if letter.isalnum() else " " for letter in text.lower())
    return " ".join(kept.split())
