"""What a check says to a person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing about light, framing or sound.

    Attributes:
        text: One short sentence, such as "The light comes from behind you."
        good: Whether it is as it should be.
    """

    text: str
    good: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What a calibration gave.

    Attributes:
        good: Whether it can be used.
        text: What was found, or what to do better, in a short sentence.
    """

    good: bool
    text: str
