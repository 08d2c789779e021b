"""Tone over time: two axes from the cues, and the label they read as.

Tense rises with pitch level, spectral balance, pauses and fillers, and falls with rate. Engaged
rises with loudness, pitch range, rate and spectral balance. Each cue is taken in deviations from
a reference, held within three deviations, and weighted; an axis is the weighted sum, divided so
that independent cues give it the deviation 1. Cues that were not observed are left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from interviewer.assessment.baseline import Baseline, reference_of
from interviewer.assessment.cues import CUES, TYPICAL, Window
from interviewer.assessment.grid import HAIR, Floats
from interviewer.assessment.series import median
from interviewer.interview.documents.assessment import ToneLabel, ToneWindow

FEWEST_WINDOWS: Final = 3

# Order as in CUES. Tense: fillers and slowness are what interviews show (um rate against "calm"
# -.30 and "not stressed" -.35 in the MIT interviews; slow speech the only cue tied to both sides'
# ratings of anxiety, Feiler & Powell 2016); pauses and pitch level after Jiang & Pell 2017 and
# Goupil et al. 2021, pitch with low weight (stress raises it by .17 after bias correction);
# spectral balance from acted calm and fearful speech. Engaged: louder, wider, faster (Jiang & Pell;
# intensity against "recommend hiring" +.36 in the MIT interviews).
TENSE: Final = np.array([0.20, 0.0, 0.0, 0.15, -0.15, 0.20, 0.30])
ENGAGED: Final = np.array([0.0, 0.25, 0.35, 0.15, 0.25, 0.0, 0.0])

_LARGEST: Final = 3.0  # deviations
_WINDOW_LIMIT: Final = 1.5  # deviations from which one window reads as more than calm
_MEAN_LIMIT: Final = 1.0  # the same for the middle of several windows, which varies less
_APART: Final = 2.0  # deviations by which one axis must lead for both-high to read as that axis
_STEADY: Final = 1.5  # deviations within which a window counts as steady
_SUREST: Final = 0.7  # acted speech is told apart in .80 to .84 of cases, interviews in fewer
_LEAST_SHARE: Final = 0.4  # of an axis' weights; with fewer cues it would be another axis
_FULL_SPEECH: Final = 5.0  # seconds


@dataclass(frozen=True, slots=True)
class Tone:
    """The tone of a session.

    Attributes:
        windows: What was measured, in order of time.
        tense: Axis of each window in deviations, shape `(n,)`.
        engaged: The same.
        share: Share of the weights whose cues were observed, per window, shape `(n,)`.
        level: Whether the axes tell a level, not only changes within the session.
        reference: What they were measured against.
    """

    windows: tuple[Window, ...]
    tense: Floats
    engaged: Floats
    share: Floats
    level: bool
    reference: str


def tone_of(windows: Sequence[Window], baseline: Baseline | None) -> Tone | None:
    """Place windows on the two axes.

    Args:
        windows: Of the whole session, in order of time.
        baseline: The speaker's neutral reference; None to measure against the session itself.

    Returns:
        The tone; None with fewer than three windows, or with a baseline of too few cues.
    """
    if len(windows) < FEWEST_WINDOWS:
        return None
    centre, spread = _centre(windows, baseline)
    cues = np.array([window.cues for window in windows])
    tense, share_tense = axis(cues, centre, spread, TENSE)
    engaged, share_engaged = axis(cues, centre, spread, ENGAGED)
    reference = (
        "the session itself: labels tell how a stretch differs from the rest"
        if baseline is None
        else baseline.source
    )
    share = np.minimum(share_tense, share_engaged)
    if share.min() < _LEAST_SHARE:
        return None
    return Tone(tuple(windows), tense, engaged, share, baseline is not None, reference)


def axis(cues: Floats, centre: Floats, spread: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Place windows on one axis.

    Args:
        cues: Shape `(n, 7)`.
        centre: Reference of each cue, NaN without one, shape `(7,)`.
        spread: Deviation of each cue, shape `(7,)`.
        weights: Of each cue, signed, shape `(7,)`.

    Returns:
        The axis in deviations, and the share of the weights whose cues were observed; both of
        shape `(n,)`. With a share of 0 the axis says nothing.
    """
    deviations = np.clip((cues - centre) / spread, -_LARGEST, _LARGEST)
    seen = ~np.isnan(deviations)
    summed = np.where(seen, deviations, 0.0) @ weights
    scale = np.sqrt(seen @ weights**2)
    share = (seen @ np.abs(weights)) / np.abs(weights).sum()
    return np.divide(summed, scale, out=np.zeros(len(cues)), where=scale > 0), share


def label_of(tense: float, engaged: float, limit: float) -> ToneLabel:
    """Read a label off the axes.

    Both axes high reads as mixed unless one leads clearly: raised voices sound alike in worry
    and in excitement.
    """
    if tense >= limit and (engaged < limit or tense - engaged >= _APART):
        return ToneLabel.NERVOUS
    if engaged >= limit and (tense < limit or engaged - tense >= _APART):
        return ToneLabel.CONFIDENT
    if tense >= limit:
        return ToneLabel.MIXED
    return ToneLabel.FLAT if engaged <= -limit else ToneLabel.CALM


def tone_windows(tone: Tone) -> tuple[ToneWindow, ...]:
    """The curve of tone with a label for each window."""
    return tuple(
        ToneWindow(
            start=round(window.start, 3),
            end=round(window.end, 3),
            tense=round(tense, 2),
            engaged=round(engaged, 2),
            label=label_of(tense, engaged, _WINDOW_LIMIT),
            confidence=round(_window_confidence(window, tense, engaged, share), 3),
        )
        for window, tense, engaged, share in zip(
            tone.windows,
            tone.tense.tolist(),
            tone.engaged.tolist(),
            tone.share.tolist(),
            strict=True,
        )
    )


def middle_of(tone: Tone, answers: set[int] | None = None) -> tuple[float, float, ToneLabel] | None:
    """Medians of both axes and their label, over all windows or those of some answers."""
    chosen = np.array([answers is None or window.answer in answers for window in tone.windows])
    if not chosen.any():
        return None
    tense, engaged = median(tone.tense[chosen]), median(tone.engaged[chosen])
    return tense, engaged, label_of(tense, engaged, _MEAN_LIMIT)


def tone_confidence(tone: Tone, answers: set[int] | None = None) -> float:
    """How sure the label of several windows is, 0 to 0.7."""
    chosen = np.array([answers is None or window.answer in answers for window in tone.windows])
    amount = min(1.0, float(chosen.sum()) / 12)
    return _SUREST * amount * float(tone.share[chosen].mean()) if chosen.any() else 0.0


def steadiness(windows: Sequence[Window]) -> tuple[float, tuple[tuple[Window, Floats], ...]]:
    """Share of time, in percent, in which both axes stay within 1.5 deviations of their median.

    Deviations are those that are typical for one speaker from window to window, whatever the
    reference: measured in its own deviations, every session would be equally steady.

    Returns:
        The share, and the windows outside with the deviations of their cues, farthest first.
    """
    centre, _ = reference_of(windows)
    cues = np.array([window.cues for window in windows])
    durations = np.array([window.duration for window in windows])
    farthest = np.zeros(len(windows))
    for weights in (TENSE, ENGAGED):
        values, _ = axis(cues, centre, TYPICAL, weights)
        farthest = np.maximum(farthest, np.abs(values - median(values)))
    steady = farthest <= _STEADY + HAIR
    order = [index for index in np.argsort(-farthest, kind="stable") if not steady[index]]
    outside = tuple((windows[i], (cues[i] - centre) / TYPICAL) for i in order)
    return float(100 * durations[steady].sum() / durations.sum()), outside


def _centre(windows: Sequence[Window], baseline: Baseline | None) -> tuple[Floats, Floats]:
    if baseline is None:
        return reference_of(windows)
    centre = np.full(len(CUES), np.nan)
    spread = TYPICAL.copy()
    for index, name in enumerate(CUES):
        if name in baseline.cues:
            centre[index] = baseline.cues[name].median
            spread[index] = max(TYPICAL[index], baseline.cues[name].spread)
    return centre, spread


def _window_confidence(window: Window, tense: float, engaged: float, share: float) -> float:
    """Less with little speech, missing cues, or close to the border between two labels."""
    border = min(abs(abs(tense) - _WINDOW_LIMIT), abs(abs(engaged) - _WINDOW_LIMIT))
    clear = 0.5 + 0.5 * min(1.0, border / 0.5)
    return _SUREST * min(1.0, window.speech / _FULL_SPEECH) * share * clear
