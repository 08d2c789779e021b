"""How numbers, times and names are written, the same in every chart, table and sentence."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from interviewer.interview.documents.assessment import Band, Verdict

MINUS: Final = "\N{MINUS SIGN}"
DASH: Final = "\N{EN DASH}"
NOT_OBSERVED: Final = "not observed"

_MINUTE: Final = 60
# Units whose tenths are below what can be measured.
_WHOLE_UNITS: Final = frozenset({"%", "wpm", "Hz"})
_NUMBER_AND_UNIT: Final = re.compile(r"(\d) (%|(?:s|st|wpm|dB|Hz|words|min)\b)")
_THREE_DIGITS: Final = 100
_TWO_DIGITS: Final = 10
_SMALL: Final = 0.1
_HIGH_CONFIDENCE: Final = 0.75
_MEDIUM_CONFIDENCE: Final = 0.45
_SMALL_NUMBERS: Final = {1: "one", 2: "two", 3: "three"}
_DOMAINS: Final = {"ds": "Data science", "web": "Web development", "hr": "Behavioural"}
_LANGUAGES: Final = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}
# Written without spaces between words.
_UNSPACED: Final = frozenset({"ja", "zh", "yue", "th", "lo", "km", "my"})
_RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd"})


def clock(seconds: float) -> str:
    """A time on the recording: `3:07`, or `1:03:07` from an hour on."""
    total = int(seconds + 0.5)
    hours, rest = divmod(total, _MINUTE * _MINUTE)
    minutes, left = divmod(rest, _MINUTE)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def duration(seconds: float) -> str:
    """A length of time in words: `48 s`, `6 min 12 s` or `1 h 5 min`."""
    total = int(seconds + 0.5)
    hours, rest = divmod(total, _MINUTE * _MINUTE)
    minutes, left = divmod(rest, _MINUTE)
    if hours:
        return f"{hours} h {minutes} min"
    if minutes:
        return f"{minutes} min {left} s" if left else f"{minutes} min"
    return f"{left} s"


def number(value: float, unit: str = "") -> str:
    """A value with as many digits as it can bear: whole where the unit is coarse or it is large."""
    size = abs(value)
    integral = float(value).is_integer()
    whole_unit = unit in _WHOLE_UNITS and (size >= _TWO_DIGITS or integral)
    if size >= _THREE_DIGITS or whole_unit or (not unit and integral):
        decimals = 0
    else:
        decimals = 2 if 0 < size < _SMALL else 1
    text = f"{size:.{decimals}f}"
    return f"{MINUS}{text}" if value < 0 and float(text) != 0 else text


def in_minutes(unit: str, *values: float | None) -> bool:
    """Whether seconds read better as minutes, for a value and its band alike."""
    return unit == "s" and any(value is not None and value >= _MINUTE for value in values)


def quantity(value: float, unit: str, *, minutes: bool = False) -> tuple[str, str]:
    """A value and its unit as they are shown, apart so that both can be aligned."""
    return (clock(value), "min") if minutes else (number(value, unit), unit)


def band_text(band: Band | None, unit: str, *, minutes: bool = False) -> str:
    """The usual range without its unit; empty where there is none."""
    if band is None:
        return ""
    low, high = (
        None if edge is None else quantity(edge, unit, minutes=minutes)[0]
        for edge in (band.low, band.high)
    )
    if low is not None and high is not None:
        joint = " to " if MINUS in low + high else DASH
        return f"{low}{joint}{high}"
    if low is not None:
        return f"{low} or more"
    return f"up to {high}" if high is not None else ""


def confidence_word(share: float) -> str:
    """A confidence in a word."""
    if share >= _HIGH_CONFIDENCE:
        return "high"
    return "medium" if share >= _MEDIUM_CONFIDENCE else "low"


def verdict_word(verdict: Verdict) -> str:
    """What a verdict is called; empty where none was given."""
    return "" if verdict is Verdict.NONE else verdict.value


def date_text(moment: datetime) -> str:
    """A wall-clock time in full."""
    return f"{moment:%A}, {moment.day} {moment:%B %Y}, {moment:%H:%M}"


def day_text(moment: datetime) -> str:
    """A day, as `3 March 2026`."""
    return f"{moment.day} {moment:%B %Y}"


def points(step: int) -> str:
    """A change with its sign: `+6`, or a true minus."""
    return f"{MINUS if step < 0 else '+'}{abs(step)}"


def difference(value: float, before: float, unit: str) -> str:
    """The change between two values as they are shown, with its sign; empty where they look alike.

    It is taken between the rounded values, so that a reader who subtracts finds the same.
    """
    if in_minutes(unit, value, before):
        step = int(value + 0.5) - int(before + 0.5)
        return f"{MINUS if step < 0 else '+'}{clock(abs(step))}" if step else ""
    texts = [number(each, unit).replace(MINUS, "-") for each in (value, before)]
    decimals = max(len(text.partition(".")[2]) for text in texts)
    step_text = f"{float(texts[0]) - float(texts[1]):+.{decimals}f}"
    return step_text.replace("-", MINUS) if float(step_text) else ""


def domain_name(slug: str) -> str:
    """The name of a domain; an unknown one keeps its own."""
    return _DOMAINS.get(slug, slug)


def language_name(code: str) -> str:
    """The English name of a language; an unknown one keeps its code."""
    return _LANGUAGES.get(code, code)


def word_joint(code: str | None) -> str:
    """What stands between two words of a language."""
    return "" if code in _UNSPACED else " "


def direction(code: str | None) -> str:
    """The HTML `dir` of a language: by its letters where the language is unknown."""
    if code is None:
        return "auto"
    return "rtl" if code in _RIGHT_TO_LEFT else "auto"


def bound(text: str) -> str:
    """Keep each number on one line with its unit."""
    return _NUMBER_AND_UNIT.sub("\\1\N{NO-BREAK SPACE}\\2", text.strip())


def sentence(text: str) -> str:
    """A clause as a sentence: a capital first and a full stop last."""
    text = bound(text)
    if not text:
        return ""
    return f"{text[0].upper()}{text[1:]}{'' if text[-1] in '.?!' else '.'}"


def listed(names: Sequence[str]) -> str:
    """Names in a row: `a`, `a and b`, `a, b and c`."""
    *rest, last = names
    return f"{', '.join(rest)} and {last}" if rest else last


def counted(count: int, singular: str, plural: str | None = None) -> str:
    """A count with its noun."""
    return f"{count} {singular if count == 1 else plural or singular + 's'}"


def counted_in_words(count: int, singular: str) -> str:
    """A count with its noun, for a sentence: small numbers as words."""
    words = counted(count, singular)
    return words.replace(str(count), _SMALL_NUMBERS.get(count, str(count)), 1)
