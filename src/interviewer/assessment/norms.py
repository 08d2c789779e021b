"""Every band and curve with its source, in one table.

A band says what is usual or advisable; a curve turns a value into a score from 0 to 100, linear
between its points and flat beyond them. A metric without a sound norm has no curve and takes no
part in a score.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from interviewer.interview.documents.assessment import Band, Verdict

MIT: Final = (
    "137 mock interviews of 69 MIT students, re-analysed (corpus of Naim et al., IEEE Trans. "
    "Affective Computing 2018)"
)
READ_ALOUD: Final = (
    "middle 90 % of 105 people reading aloud (LibriSpeech), measured as here; spontaneous speech "
    "lies in the same range"
)

GOOD_FROM: Final = 75.0  # score from which a value without a band is good
WATCH_FROM: Final = 45.0  # score below which a value outside its band asks for action

Curve = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Norm:
    """What is known about a metric before anything is measured.

    Attributes:
        label: What a person reads.
        unit: Empty for a bare count.
        least: Amount of data below which the metric is not observed.
        enough: Amount of data from which its confidence is 1.
        amount: What data is counted in.
        low: Lower end of the band; None where it has none.
        high: Upper end of the band; None where it has none.
        source: Of the band; empty without a band.
        curve: Points (value, score), ascending in value.
        digits: Decimals that make sense in a sentence.
    """

    label: str
    unit: str
    least: float
    enough: float
    amount: str
    low: float | None = None
    high: float | None = None
    source: str = ""
    curve: Curve = ()
    digits: int = 0

    @property
    def band(self) -> Band | None:
        """The band as it goes into a metric."""
        if self.low is None and self.high is None:
            return None
        return Band(low=self.low, high=self.high, source=self.source)


NORMS: Final[dict[str, Norm]] = {
    "words_per_minute": Norm(
        "Pace",
        "wpm",
        least=5,
        enough=60,
        amount="seconds",
        low=120,
        high=185,
        source=f"{MIT}: median 154, 10th to 90th percentile 113 to 185, the fastest fifth (179 to "
        "211) rated best; coaching products advise 120 to 180",
        curve=(
            (60, 0),
            (100, 45),
            (120, 75),
            (145, 100),
            (185, 100),
            (211, 85),
            (250, 55),
            (320, 0),
        ),
    ),
    "articulation_rate": Norm(
        "Articulation rate",
        "syll/s",
        least=5,
        enough=30,
        amount="seconds",
        low=3.5,
        high=6.0,
        source="range around the 4.4 to 5.9 of Goldman-Eisler, Psycholinguistics (1968); American "
        "English talk: Jacewicz et al., J. Acoust. Soc. Am. 128 (2010)",
        digits=1,
    ),
    "words": Norm("Words", "", least=0, enough=100, amount="words"),
    "fillers": Norm("Fillers", "", least=0, enough=100, amount="words"),
    "fillers_per_100_words": Norm(
        "Fillers per 100 words",
        "per 100 words",
        least=20,
        enough=100,
        amount="words",
        high=3.5,
        source=f"{MIT}: um, uh, ah have quartiles 2.2, 3.5, 5.0; with every “like” and “you know” "
        "the median is 6.4",
        curve=(
            (0, 100),
            (2.2, 88),
            (3.5, 75),
            (5.0, 60),
            (6.4, 50),
            (10, 32),
            (20, 10),
            (40, 0),
        ),
        digits=1,
    ),
    "pauses": Norm("Long pauses", "", least=5, enough=60, amount="seconds"),
    "pause_share": Norm(
        "Share of pauses",
        "%",
        least=5,
        enough=60,
        amount="seconds",
        high=30,
        source="measured as here: 101 people reading aloud (LibriSpeech) 2 to 30 % (5th to 95th "
        "percentile), 16 talks to a camera or a recorder 2 to 36 % but for one",
        curve=((0, 100), (20, 100), (30, 80), (40, 50), (60, 10), (80, 0)),
    ),
    "mean_pause": Norm(
        "Mean pause",
        "s",
        least=3,
        enough=20,
        amount="pauses",
        high=1.0,
        source="Campione & Véronis, Speech Prosody 2002: pauses above 1 s are long ones; 9 of 10 "
        "readers and talkers measured as here stay below 1.1 s",
        curve=((0.25, 100), (0.7, 100), (1.0, 75), (2.0, 30), (4.0, 0)),
        digits=2,
    ),
    "longest_pause": Norm(
        "Longest pause",
        "s",
        least=5,
        enough=60,
        amount="seconds",
        high=2.0,
        source="a longer longest pause goes with lower ratings (Naim et al., 2018, Table 6); the "
        "2 s are this project's choice",
        curve=((0, 100), (1.2, 100), (2.0, 80), (4.0, 45), (8.0, 10), (15.0, 0)),
        digits=1,
    ),
    "response_latency": Norm(
        "Time to first sound",
        "s",
        least=1,
        enough=3,
        amount="answers",
        high=2.0,
        source="delays of 2 s and more lower perceived sincerity (Ziano & Wang, 2021); planning "
        "takes more than 0.6 s (Levinson & Torreira, 2015)",
        curve=((0, 100), (1.2, 100), (2.0, 80), (3.0, 65), (6.0, 30), (12.0, 0)),
        digits=1,
    ),
    "response_latency_content": Norm(
        "Time to first content word", "s", least=1, enough=3, amount="answers", digits=1
    ),
    "answer_length": Norm("Answer length", "s", least=1, enough=1, amount="answers"),
    "pitch_level": Norm("Pitch", "Hz", least=1, enough=10, amount="voiced seconds"),
    "pitch_variation": Norm(
        "Pitch variation",
        "st",
        least=3,
        enough=20,
        amount="voiced seconds",
        low=2.0,
        high=4.5,
        source=f"{READ_ALOUD}; livelier talk varies more (Traunmüller & Eriksson, 1995)",
        curve=((0.4, 0), (1.0, 30), (1.5, 55), (2.0, 75), (2.8, 100)),
        digits=1,
    ),
    "loudness_variation": Norm(
        "Loudness variation",
        "dB",
        least=3,
        enough=20,
        amount="voiced seconds",
        low=3.4,
        high=7.2,
        source=READ_ALOUD,
        digits=1,
    ),
    "tone": Norm("Tone", "", least=3, enough=12, amount="windows"),
    "tone_tense": Norm(
        "Calm to tense", "deviations", least=3, enough=12, amount="windows", digits=1
    ),
    "tone_engaged": Norm(
        "Subdued to engaged", "deviations", least=3, enough=12, amount="windows", digits=1
    ),
    "tone_stability": Norm(
        "Tone stability",
        "%",
        least=3,
        enough=12,
        amount="windows",
        low=75,
        source="two axes that vary as one speaker's windows usually do, each within 1.5 "
        "deviations, give 75 %",
        curve=((0, 0), (50, 50), (75, 80), (90, 100)),
    ),
    "face_presence": Norm(
        "Face in the picture",
        "%",
        least=15,
        enough=150,
        amount="looks",
        low=90,
        source="what the other measures of the picture need to be fair; not a norm of behaviour",
    ),
    "smile_share": Norm("Smiling", "%", least=15, enough=150, amount="looks"),
    "eye_contact_share": Norm(
        "Looks at the camera",
        "%",
        least=15,
        enough=150,
        amount="looks",
        low=60,
        source="Rogers et al., 2018: about 60 % of normal talk is mutual face gaze; 100 % is not "
        "the goal",
        curve=((0, 25), (20, 45), (40, 70), (50, 85), (60, 100)),
    ),
    "look_aways": Norm("Looks away", "", least=15, enough=150, amount="looks"),
}

_QUANTILES: Final[dict[str, Curve]] = {
    "words_per_minute": ((113, 10), (154, 50), (179, 80), (185, 90), (211, 100)),
    "um_per_100_words": ((2.2, 25), (3.5, 50), (5.0, 75)),
}


def curve_score(name: str, value: float) -> float | None:
    """The score, 0 to 100, of a value; None where the metric has no sound norm."""
    return along(NORMS[name].curve, value)


def along(curve: Curve, value: float) -> float | None:
    """Follow a curve to a value; None without a curve."""
    if not curve:
        return None
    values, scores = zip(*curve, strict=True)
    return float(np.interp(value, values, scores))


def percentile(name: str, value: float) -> float:
    """Where a value lies among speakers in mock interviews, as a percentile.

    Args:
        name: `words_per_minute` or `um_per_100_words`.
        value: In the metric's unit.

    Returns:
        Interpolated between the known percentiles; the outermost known one beyond them.
    """
    values, ranks = zip(*_QUANTILES[name], strict=True)
    return float(np.interp(value, values, ranks))


def verdict_of(value: float, band: Band | None, score: float | None) -> Verdict:
    """Judge a value: good within its band, else by its score; none without both."""
    if band is not None:
        low = -np.inf if band.low is None else band.low
        high = np.inf if band.high is None else band.high
        if low <= value <= high:
            return Verdict.GOOD
        return Verdict.ACT if score is not None and score < WATCH_FROM else Verdict.WATCH
    if score is None:
        return Verdict.NONE
    if score >= GOOD_FROM:
        return Verdict.GOOD
    return Verdict.WATCH if score >= WATCH_FROM else Verdict.ACT
