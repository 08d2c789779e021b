"""What the report shows of the change since earlier attempts, as plain values."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

SAME: Final = "same"
"""The change of a score that looks as it did last time."""


class Reading(StrEnum):
    """What a change says."""

    BEYOND = "beyond"
    WITHIN = "within"
    UNKNOWN = "unknown"

    @property
    def words(self) -> str:
        """What is said of it; nothing where it cannot be told."""
        return "" if self is Reading.UNKNOWN else f"{self.value} your usual ups and downs"


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change since last time.

    Attributes:
        text: Signed, as in `+6`, or `same` where both look alike.
        rises: Whether it went up.
        reading: Whether it is more than the usual ups and downs.
        better: Whether it is for the better; None where better has no direction.
    """

    text: str
    rises: bool
    reading: Reading
    better: bool | None

    @property
    def words(self) -> str:
        """The change as a clause: `+6 since last time, within your usual ups and downs`."""
        step = "the same as last time" if self.text == SAME else f"{self.text} since last time"
        return f"{step}, {self.reading.words}" if self.reading.words else step


@dataclass(frozen=True, slots=True)
class TrendView:
    """One score over the attempts.

    Attributes:
        values: Oldest first, this attempt last; None where it was not observed.
        expected: Edges of where this attempt would lie by the usual ups and downs alone; None with
            too few earlier ones to tell.
        change: Since last time; None where there is nothing to compare.
    """

    name: str
    label: str
    colour: str
    values: tuple[float | None, ...]
    expected: tuple[float, float] | None
    change: ChangeView | None


@dataclass(frozen=True, slots=True)
class ChangedView:
    """One measure that changed, as a row; `best` and `usual` are empty where there is none."""

    label: str
    colour: str
    unit: str
    before: str
    now: str
    change: ChangeView
    usual: str
    best: str


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """This attempt against the earlier ones.

    Attributes:
        since: When the newest earlier attempt was.
        first: When the oldest was.
        lead: What it is compared with, in a sentence.
        notes: What must be known to read it, in sentences.
        told: Whether any change can be told from the usual ups and downs.
        trends: One for each score, the one that sums up the others first.
        rows: The measures that changed most, the largest change first.
        rest: What is to be said of the other measures; empty for nothing.
    """

    since: str
    first: str
    lead: str
    notes: tuple[str, ...]
    told: bool
    trends: tuple[TrendView, ...]
    rows: tuple[ChangedView, ...]
    rest: str
