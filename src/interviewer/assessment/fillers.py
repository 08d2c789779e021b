"""Filled pauses, filler phrases and repetitions in English; when in doubt, a word is a word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from interviewer.assessment.words import Token
from interviewer.interview.documents.assessment import WordMark

# um, umm, uhm, uh, er, erm, ah, ahm, eh, hm, hmm, mm; not "err", "uh-huh", "mm-hmm", "oh".
_HESITATION: Final = re.compile(r"(u+h*m+|u+h+|a+h+m*|e+h+m*|erm+|er|er{3,}|h+m+|m{2,})")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_SUBJECTS: Final = _words(
    "i i'm i've i'd i'll we we're we've we'd we'll you you're they they're they've he he's she "
    "she's it's that's there's there what's"
)
# Words before which "you know" and "I mean" are meant: "do you know", "as you know".
_MEANT_AFTER: Final = _words(
    "do does did don't doesn't didn't as if what whatever would should could can may might will "
    "when once how whether let that than until before since because who where why everything all "
    "things anything something to the know see not never"
)
# Left neighbours of "kind of" and "sort of" as a hedge: "it's kind of slow", "we sort of guess".
_HEDGE_AFTER: Final = _words(
    "i we you they he she it i'm i've i'd we're we've we'd you're they're they've he's she's it's "
    "that's there's who's is was are were be been being just also still then really and but so "
    "because to don't didn't did"
)
_HEDGE_BEFORE_NOT: Final = _words("thing things stuff you them him her us")
_NO_REPETITION: Final = _words(
    "that had very really so no yes yeah okay ok well more many much far bye ha blah long never "
    "again"
)
_LONGEST_REPEAT: Final = 3  # words


@dataclass(frozen=True, slots=True)
class Filler:
    """One filler.

    Attributes:
        words: Indexes of its tokens, ascending; an "um" inside a phrase is not among them.
        text: In lower case, without punctuation.
    """

    words: tuple[int, ...]
    text: str


def is_hesitation(token: Token) -> bool:
    """Whether a word is a filled pause such as "um"; abbreviations such as "ER", "HMM" are not."""
    return not token.spelled and _HESITATION.fullmatch(token.word) is not None


def fillers_of(tokens: Sequence[Token]) -> tuple[Filler, ...]:
    """Find the fillers in the words of one answer.

    Counted are filled pauses, and "you know", "I mean", "like", "kind of" and "sort of" where
    the words around them leave no other reading: "like" only with punctuation or a filled pause
    on both sides, "you know" and "I mean" only when set off and not asked or meant ("do you
    know", "as you know"), "kind of" and "sort of" only as a hedge ("it's kind of slow"), never
    as a noun ("a kind of test"). Words such as "so", "well", "basically" are never counted.
    One more filled pause never makes a phrase uncounted.

    Args:
        tokens: In order of time.
    """
    found = [
        Filler((index,), token.word)
        for index, token in enumerate(tokens)
        if _is_filled_pause(tokens, index)
    ]
    pauses = {filler.words[0] for filler in found}
    rest = [index for index in range(len(tokens)) if index not in pauses]
    line = _Line([tokens[index] for index in rest], rest)
    at = 0
    while at < len(rest):
        length = line.phrase_length(at)
        if length:
            words = " ".join(token.word for token in line.tokens[at : at + length])
            found.append(Filler(tuple(rest[at : at + length]), words))
        at += max(1, length)
    return tuple(sorted(found, key=lambda filler: filler.words))


def _is_filled_pause(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if not is_hesitation(token):
        return False
    if token.word == "mm" and index and tokens[index - 1].word[-1:].isdigit():
        return False  # 5 mm
    agrees = not token.stop and index + 1 < len(tokens) and tokens[index + 1].word == "huh"
    return not agrees  # uh huh


@dataclass(frozen=True, slots=True)
class _Line:
    """Words without their filled pauses.

    Attributes:
        tokens: The words.
        places: Their indexes among all words; a gap is a filled pause.
    """

    tokens: Sequence[Token]
    places: Sequence[int]

    def phrase_length(self, at: int) -> int:
        """How many words the filler phrase that begins here has; 0 if none begins."""
        token = self.tokens[at]
        if token.word == "like":
            return int(self._set_off_before(at) and self._set_off_after(at))
        if token.word not in {"you", "i", "kind", "sort"} or token.stop:
            return 0
        if at + 1 == len(self.tokens):
            return 0
        match f"{token.word} {self.tokens[at + 1].word}":
            case "you know" | "i mean":
                return 2 * self._is_aside(at)
            case "kind of" | "sort of":
                return 2 * self._is_hedge(at)
        return 0

    def _is_aside(self, at: int) -> bool:
        """Whether "you know" or "I mean" is said aside rather than meant."""
        before = self._set_off_before(at)
        if not before and self.tokens[at - 1].word in _MEANT_AFTER:
            return False
        if self._set_off_after(at + 1):
            return True
        return before and self.tokens[at + 2].word in _SUBJECTS

    def _is_hedge(self, at: int) -> bool:
        """Whether "kind of" or "sort of" softens what follows rather than naming a kind."""
        stopped = at == 0 or bool(self.tokens[at - 1].stop)
        if self.tokens[at + 1].stop:
            return stopped
        if at + 2 >= len(self.tokens) or self.tokens[at + 2].word in _HEDGE_BEFORE_NOT:
            return False
        return not stopped and self.tokens[at - 1].word in _HEDGE_AFTER

    def _set_off_before(self, at: int) -> bool:
        if at == 0 or self.tokens[at - 1].stop:
            return True
        return self.places[at] - self.places[at - 1] > 1

    def _set_off_after(self, at: int) -> bool:
        if at + 1 == len(self.tokens) or self.tokens[at].stop:
            return True
        return self.places[at + 1] - self.places[at] > 1


def marks_of(tokens: Sequence[Token], fillers: Sequence[Filler]) -> tuple[WordMark | None, ...]:
    """Mark fillers, and the first of words said twice ("the the", "we had, um, we had").

    Not marked are numbers, words that are doubled on purpose ("very very", "no no"), and words
    on both sides of a full stop.

    Returns:
        One mark or None per token.
    """
    marks: list[WordMark | None] = [None] * len(tokens)
    for filler in fillers:
        for index in filler.words:
            marks[index] = WordMark.FILLER
    rest = [index for index, mark in enumerate(marks) if mark is None]
    at = 0
    while at < len(rest):
        length = _repeat_length(tokens, rest, at)
        for index in rest[at : at + length]:
            marks[index] = WordMark.REPETITION
        at += max(1, length)
    return tuple(marks)


def _repeat_length(tokens: Sequence[Token], rest: Sequence[int], at: int) -> int:
    """How many words from `rest[at]` on are said again at once; 0 if none."""
    for length in range(min(_LONGEST_REPEAT, (len(rest) - at) // 2), 0, -1):
        if tokens[rest[at]].word != tokens[rest[at + length]].word:
            continue
        once = [tokens[index] for index in rest[at : at + length]]
        again = [tokens[index] for index in rest[at + length : at + 2 * length]]
        words = [token.word for token in once]
        if words != [token.word for token in again]:
            continue
        if any(set(token.stop) & set(".?!;:") for token in once):
            continue
        if any(word[0].isdigit() for word in words) or set(words) <= _NO_REPETITION:
            continue
        return length
    return 0
