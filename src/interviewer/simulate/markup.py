"""Answers as written in a script: sentences, pauses and fillers."""

import re
from dataclasses import dataclass
from typing import Final

_MARK: Final = re.compile(r"\[([^\[\]]*)\]")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+")
_LONGEST_PAUSE: Final = 30.0
FILLERS: Final = ("um", "uh", "er")
"""What can stand in brackets as a filler."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that are said in one breath: a sentence, or a piece of one between marks."""

    text: str


@dataclass(frozen=True, slots=True)
class Filler:
    """A filled pause; its spelling is also how it is written down."""

    text: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence of a known length in seconds."""

    seconds: float


Chunk = Phrase | Filler | Pause


def parse_answer(text: str) -> tuple[Chunk, ...]:
    """Read an answer such as `I built it. [pause 1.2] [um] then we shipped it.` into chunks.

    Raises:
        ValueError: A mark is unknown or broken, or the answer does not begin and end with a voice.
    """
    chunks: list[Chunk] = []
    rest = 0
    for found in _MARK.finditer(text):
        chunks += _phrases(text[rest : found.start()])
        chunks.append(_mark(found.group(1)))
        rest = found.end()
    chunks += _phrases(text[rest:])
    if not any(isinstance(chunk, Phrase) for chunk in chunks):
        raise ValueError("an answer needs words")
    silent_start, silent_end = (isinstance(chunk, Pause) for chunk in (chunks[0], chunks[-1]))
    if silent_start:
        raise ValueError("an answer cannot begin with a pause; set response_latency instead")
    if silent_end:
        raise ValueError("an answer cannot end with a pause")
    return tuple(chunks)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a phrase without the punctuation around them."""
    bare = (word.strip(".,;:!?\"'()…—–-") for word in text.split())
    return tuple(word for word in bare if word)


def _phrases(text: str) -> list[Chunk]:
    if "[" in text or "]" in text:
        raise ValueError(f"a bracket is not closed or not opened near {text.strip()[:30]!r}")
    pieces = (piece.strip() for piece in _SENTENCE_END.split(text.strip()))
    return [Phrase(" ".join(piece.split())) for piece in pieces if words_of(piece)]


def _mark(content: str) -> Chunk:
    name, _, value = content.strip().partition(" ")
    if name in FILLERS and not value:
        return Filler(name)
    if name == "pause":
        try:
            seconds = float(value)
        except ValueError:
            raise ValueError(f"[{content}] needs a number of seconds, as in [pause 1.2]") from None
        if not 0 < seconds <= _LONGEST_PAUSE:
            raise ValueError(
                f"[{content}] must be above 0 and at most {_LONGEST_PAUSE:.0f} seconds"
            )
        return Pause(seconds)
    known = ", ".join(f"[{filler}]" for filler in FILLERS)
    raise ValueError(f"[{content}] is not known; use [pause SECONDS], {known}")
