"""From timed words to marked paragraphs."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import Final

from interviewer.assessment.timing import LONG_PAUSE
from interviewer.interview.documents.assessment import Moment, TranscriptWord, WordMark
from interviewer.report.view import Paragraph, Token, TokenKind
from interviewer.report.wording import clock

_PARAGRAPH_WORDS: Final = 60
_PARAGRAPH_LIMIT: Final = 120
_SENTENCE_ENDS: Final = tuple(".?!\N{IDEOGRAPHIC FULL STOP}\N{FULLWIDTH QUESTION MARK}")
_TITLES: Final = {WordMark.FILLER: "filler", WordMark.REPETITION: "repeated"}


def paragraphs(
    words: Sequence[TranscriptWord],
    pauses: Sequence[Moment],
    joint: str,
    anchors: dict[int, str],
) -> tuple[Paragraph, ...]:
    """Set a transcript in paragraphs, with fillers, repetitions and long pauses marked.

    Args:
        words: In order of time.
        pauses: Silences on the recording; those inside the words and long enough are marked.
        joint: What stands between two words.
        anchors: Ids of words that something links to, by their position.
    """
    silences = _silence_before(words, pauses)
    starts = _paragraph_starts(words, silences.keys())
    edges = [*starts, len(words)]
    return tuple(
        Paragraph(
            clock=clock(words[first].start),
            seconds=words[first].start,
            tokens=tuple(_tokens(words, range(first, last), silences, joint, anchors)),
        )
        for first, last in pairwise(edges)
    )


def _silence_before(
    words: Sequence[TranscriptWord], pauses: Sequence[Moment]
) -> dict[int, tuple[float, float]]:
    """Long pauses by the word they stand before, as start and length in seconds."""
    found: dict[int, tuple[float, float]] = {}
    position = 1
    for pause in sorted(pauses, key=lambda pause: pause.start):
        length = pause.end - pause.start
        if length < LONG_PAUSE or not words or pause.start < words[0].start:
            continue
        middle = (pause.start + pause.end) / 2
        while position < len(words) and words[position].start < middle:
            position += 1
        if position < len(words):
            found[position] = (pause.start, length)
    return found


def _paragraph_starts(words: Sequence[TranscriptWord], silences: AbstractSet[int]) -> list[int]:
    """Break after a sentence or at a long pause once there is enough to read."""
    starts = [0] if words else []
    for index in range(1, len(words)):
        length = index - starts[-1]
        ended = words[index - 1].text.rstrip().endswith(_SENTENCE_ENDS) or index in silences
        if (ended and length >= _PARAGRAPH_WORDS) or length >= _PARAGRAPH_LIMIT:
            starts.append(index)
    return starts


def _tokens(
    words: Sequence[TranscriptWord],
    positions: range,
    silences: dict[int, tuple[float, float]],
    joint: str,
    anchors: dict[int, str],
) -> Iterator[Token]:
    """Pieces of one paragraph; plain words without an id are joined into one piece."""
    plain: list[str] = []
    space = ""

    def flush() -> Iterator[Token]:
        nonlocal space
        if plain:
            yield Token(TokenKind.TEXT, joint.join(plain), space, "", "")
            plain.clear()
            space = joint

    for position in positions:
        word = words[position]
        if position in silences:
            yield from flush()
            start, length = silences[position]
            title = f"pause of {length:.1f} s at {clock(start)}"
            yield Token(TokenKind.PAUSE, f"{length:.1f} s", " " if space else "", "", title)
            space = " "
        anchor = anchors.get(position, "")
        if word.mark is None and not anchor:
            plain.append(word.text.strip())
            continue
        yield from flush()
        kind = TokenKind.TEXT if word.mark is None else TokenKind(word.mark.value)
        title = "" if word.mark is None else f"{_TITLES[word.mark]} at {clock(word.start)}"
        yield Token(kind, word.text.strip(), space, anchor, title)
        space = joint
    yield from flush()
