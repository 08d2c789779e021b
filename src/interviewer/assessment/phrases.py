"""Numbers as a person reads them: with unit, and with what is usual."""

from typing import Final

from interviewer.assessment.norms import NORMS, percentile
from interviewer.interview.documents.assessment import Band

_MIDDLE: Final = 50.0  # percentile

_WRITTEN_OUT: Final = {
    "wpm": "words per minute",
    "st": "semitones",
    "syll/s": "syllables per second",
}


def number(name: str, value: float) -> str:
    """A value with as many decimals as make sense."""
    return f"{value:.{NORMS[name].digits}f}"


def with_unit(name: str, value: float) -> str:
    """A value with its unit, such as `152 words per minute`."""
    return f"{number(name, value)} {_unit(name)}".strip()


def usual(name: str, band: Band | None) -> str:
    """A band with its unit, such as `120 to 185 words per minute` or `up to 30 %`."""
    if band is None:
        return ""
    unit = _unit(name)
    if band.low is None:
        return f"up to {_plain(band.high)} {unit}".strip()
    if band.high is None:
        return f"{_plain(band.low)} {unit} and more"
    return f"{_plain(band.low)} to {_plain(band.high)} {unit}".strip()


def compared(name: str, value: float) -> str:
    """Where a value lies among speakers in mock interviews, as a sentence; empty if unknown."""
    match name:
        case "words_per_minute":
            rank = percentile(name, value)
            share, others = (rank, "slower") if rank > _MIDDLE else (100 - rank, "faster")
            return f"{_of_ten(share)} were {others}."
        case "fillers_per_100_words":
            return f"{_of_ten(percentile('um_per_100_words', value))} used fewer um and uh."
    return ""


def _of_ten(share: float) -> str:
    tenths = min(9, max(1, int(share / 10)))
    return f"At least {tenths} in 10 speakers in mock interviews"


def _unit(name: str) -> str:
    unit = NORMS[name].unit
    return _WRITTEN_OUT.get(unit, unit)


def _plain(number: float | None) -> str:
    return "" if number is None else f"{number:g}"
