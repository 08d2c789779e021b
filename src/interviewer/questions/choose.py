"""From a bank to the plan of one interview."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from interviewer.errors import InputError
from interviewer.interview.plan import Plan, make_plan
from interviewer.questions.bank import Bank, Entry
from interviewer.questions.schema import Kind, Level

_DEPTH: Final = {Level.EASY: 0, Level.MEDIUM: 1, Level.HARD: 2}
_WARM_UP_FROM: Final = 4
"""Questions from which on one of the level below opens the interview."""

_OPENERS: Final = {Kind.MOTIVATION: 0, Kind.BEHAVIOURAL: 1}
"""Kinds that are easier to talk into; of equally deep questions they come first."""


def choose(bank: Bank, level: Level, minutes: float, seed: int) -> Plan:
    """Choose questions that fill the time, spread over topics and kinds, in rising depth.

    Questions of the level come first. If there is time for at least four, the interview opens with
    one of the level below. If the level runs out, the nearest other levels fill up. At least one
    question is asked, however short the time.

    Args:
        bank: Where to choose from.
        level: How deep to go.
        minutes: Time for the whole interview, in minutes.
        seed: Equal seeds give equal plans; a question added to the bank moves no other.

    Returns:
        The plan; its `unfilled` time says whether the bank was too small.

    Raises:
        InputError: The time is not above 0.
    """
    if not minutes > 0:
        raise InputError(f"An interview of {minutes:g} minutes has no time for a question.")
    shuffled = sorted(bank.entries, key=lambda entry: _lot(seed, entry.id))
    tiers = [_of_depth(shuffled, depths) for depths in _tiers(level)]
    chosen = _filled(tiers, minutes * 60)
    opener = _warm_up(chosen, shuffled, level)
    if opener is not None:
        chosen = [opener, *_filled(tiers, minutes * 60 - opener.to_ask().usual, [opener])]
    return make_plan([entry.to_ask() for entry in _rising(chosen)], minutes)


def _lot(seed: int, question_id: str) -> bytes:
    """A question's place in the draw, by hash: the same on every machine and Python."""
    return hashlib.sha256(f"{seed}:{question_id}".encode()).digest()


def _tiers(level: Level) -> list[set[int]]:
    """Depths by their distance from the level."""
    wanted = _DEPTH[level]
    distances = sorted({abs(depth - wanted) for depth in _DEPTH.values()})
    return [
        {depth for depth in _DEPTH.values() if abs(depth - wanted) == distance}
        for distance in distances
    ]


def _of_depth(entries: Iterable[Entry], depths: set[int]) -> list[Entry]:
    return [entry for entry in entries if _DEPTH[entry.question.level] in depths]


def _filled(
    tiers: Sequence[Sequence[Entry]], seconds: float, already: Sequence[Entry] = ()
) -> list[Entry]:
    """Take questions until the time is filled, each time the one least like those taken."""
    taken: list[Entry] = []
    for tier in tiers:
        left = [entry for entry in tier if entry not in already]
        while fitting := [entry for entry in left if entry.to_ask().usual <= seconds]:
            best = _least_alike(fitting, [*already, *taken])
            taken.append(best)
            left.remove(best)
            seconds -= best.to_ask().usual
        if left:
            break  # The level is not used up; what time is left goes to its answers.
    if not taken and not already:
        nearest = next(tier for tier in tiers if tier)
        taken.append(min(nearest, key=lambda entry: entry.to_ask().usual))
    return taken


def _least_alike(entries: Sequence[Entry], taken: Sequence[Entry]) -> Entry:
    """The first in the draw among those whose topic, then kind, was taken least often."""
    topics = Counter(entry.question.topic for entry in taken)
    kinds = Counter(entry.question.kind for entry in taken)
    return min(entries, key=lambda e: (topics[e.question.topic], kinds[e.question.kind]))


def _warm_up(chosen: Sequence[Entry], shuffled: Sequence[Entry], level: Level) -> Entry | None:
    """A question of the level below, where there is room for one and none is there yet."""
    below = _of_depth(shuffled, {_DEPTH[level] - 1})
    if len(chosen) < _WARM_UP_FROM or not below or any(entry in below for entry in chosen):
        return None
    return min(below, key=lambda entry: _OPENERS.get(entry.question.kind, len(_OPENERS)))


def _rising(entries: Sequence[Entry]) -> list[Entry]:
    """Order by depth; where that is equal, an easy opening first, the longest answer last."""

    def depth(entry: Entry) -> tuple[int, int, float]:
        question = entry.question
        opener = _OPENERS.get(question.kind, len(_OPENERS))
        return (_DEPTH[question.level], opener, question.target.high)

    return sorted(entries, key=depth)
