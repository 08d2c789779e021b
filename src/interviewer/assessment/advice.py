"""What to say about each metric: the coach's sentences, apart from the rules that choose them."""

from dataclasses import dataclass
from typing import Final, Literal

Side = Literal["low", "high"]


@dataclass(frozen=True, slots=True)
class Advice:
    """What to say where a metric lies outside its band.

    Attributes:
        metric: Its name.
        side: Of the band that the value lies on.
        theme: At most one finding is made of each theme.
        title: A few words.
        subject: What it is about, as the verdict names it.
        text: What was observed; `{value}` (with unit), `{number}`, `{usual}` and `{compared}` (with
            other speakers) are filled in.
        why: Why it matters, with a source.
        exercise: What to do next.
        moments: Beginning of the notes of the moments that show it; empty for all.
    """

    metric: str
    side: Side
    theme: str
    title: str
    subject: str
    text: str
    why: str
    exercise: str
    moments: str = ""


@dataclass(frozen=True, slots=True)
class Praise:
    """What to say where a metric lies within its band."""

    metric: str
    theme: str
    title: str
    clause: str
    text: str


ADVICE: Final = (
    Advice(
        "words_per_minute",
        "low",
        "pace",
        "Speak a little faster",
        "a livelier pace",
        "You spoke at {value}; usual is {usual}. {compared}",
        "In 137 mock interviews faster speakers were rated higher (r = .34), and slow speech is "
        "the one cue that both sides read as nervousness (Feiler & Powell, 2016).",
        "Give one answer again from three keywords, and aim for four fifths of the time.",
        "slowest",
    ),
    Advice(
        "words_per_minute",
        "high",
        "pace",
        "Leave room between your points",
        "a calmer pace",
        "You spoke at {value}; usual is {usual}. {compared}",
        "A brisk pace is rated well up to about 210 wpm (137 mock interviews); beyond it listeners "
        "have no time to follow.",
        "Mark the points of an answer and take one full breath between them.",
        "fastest",
    ),
    Advice(
        "fillers_per_100_words",
        "high",
        "fillers",
        "Replace fillers by silence",
        "fewer fillers",
        "You used {number} fillers per 100 words; usual is {usual}. {compared}",
        "In 137 mock interviews the rate of um and uh went with lower ratings (r = -.31) and with "
        "sounding less calm (r = -.30).",
        "When an “um” is coming, close your mouth and breathe in: a silent second reads as "
        "thought. Answer one question again and count what is left.",
    ),
    Advice(
        "pause_share",
        "high",
        "pauses",
        "Pause between points, not inside them",
        "shorter silences",
        "Pauses took {value} of your answers; usual is {usual}.",
        "A larger share of silence lowers interview ratings (Naim et al., 2018).",
        "Say the outline first, such as “three things”. Then a pause falls between points, where "
        "it helps the listener.",
    ),
    Advice(
        "longest_pause",
        "high",
        "pauses",
        "Bridge your long silences",
        "shorter silences",
        "Your longest pause was {value}; usual is {usual}.",
        "A longer longest pause goes with lower interview ratings (Naim et al., 2018).",
        "When you are stuck, say what you are doing: “let me think about the order of events”.",
    ),
    Advice(
        "mean_pause",
        "high",
        "pauses",
        "Keep pauses shorter",
        "shorter silences",
        "Your pauses lasted {value} on average; usual is {usual}.",
        "Longer mean pauses lower interview ratings (Naim et al., 2018).",
        "Say the outline first, such as “three things”, and go from point to point.",
    ),
    Advice(
        "response_latency",
        "high",
        "latency",
        "Begin sooner",
        "a sooner start",
        "You began {value} after the question; usual is {usual}.",
        "Delays of 2 s and more lower perceived sincerity (Ziano & Wang, 2021).",
        "Begin by naming the question in your own words; you can think while you speak.",
    ),
    Advice(
        "answer_length",
        "low",
        "length",
        "Say more",
        "longer answers",
        "Your answer of {value} was the farthest from its target; {usual} was asked for.",
        "In 137 mock interviews longer answers were rated higher (words per answer, r = .20).",
        "Add one example: the situation, what you did, what came of it.",
    ),
    Advice(
        "answer_length",
        "high",
        "length",
        "Come to the point sooner",
        "shorter answers",
        "Your answer of {value} was the farthest from its target; {usual} was asked for.",
        "The target is what the question leaves time for.",
        "Say the conclusion first, then two reasons, then stop. Practise against a timer.",
    ),
    Advice(
        "pitch_variation",
        "low",
        "voice",
        "Give your voice more melody",
        "a livelier voice",
        "Your pitch varied by {value}; usual is {usual}.",
        "A wider pitch range is heard as more confident (Jiang & Pell, 2017).",
        "Read a paragraph aloud and overdo the one word in each sentence that matters; then "
        "halve it.",
    ),
    Advice(
        "eye_contact_share",
        "low",
        "eyes",
        "Look at the camera more often",
        "more eye contact",
        "You looked at the camera for {value} of your answers; usual is {usual}.",
        "Eye contact is the visible cue most tied to interview ratings (rho = .45, 63 studies, "
        "Martin-Raugh et al., 2023); all the time is not the goal.",
        "Move the window you look at right under the camera, and end each sentence looking up.",
    ),
    Advice(
        "tone_stability",
        "low",
        "voice",
        "Keep your voice even under pressure",
        "a steadier tone",
        "Your tone stayed near its middle {value} of the time; usual is {usual}.",
        "Higher pitch, slower speech and more pauses make a voice sound less confident (Jiang & "
        "Pell, 2017).",
        "Listen to these moments in the report one after the other; before a hard question, "
        "breathe out slowly, then begin.",
    ),
)

PRAISE: Final = (
    Praise(
        "words_per_minute",
        "pace",
        "A pace that is easy to follow",
        "your pace was easy to follow",
        "You spoke at {value}; usual is {usual}.",
    ),
    Praise(
        "fillers_per_100_words",
        "fillers",
        "Few fillers",
        "you used few fillers",
        "You used {number} fillers per 100 words; usual is {usual}.",
    ),
    Praise(
        "answer_length",
        "length",
        "Answers of the right length",
        "your answers kept to their target",
        "Your answers took {value} on average; asked for was {usual}.",
    ),
    Praise(
        "pause_share",
        "pauses",
        "Fluent, with room to think",
        "you spoke fluently",
        "Pauses took {value} of your answers; usual is {usual}.",
    ),
    Praise(
        "longest_pause",
        "pauses",
        "No long silences",
        "you left no long silences",
        "Your longest pause was {value}; usual is {usual}.",
    ),
    Praise(
        "response_latency",
        "latency",
        "Prompt answers",
        "you began promptly",
        "You began {value} after the question; usual is {usual}.",
    ),
    Praise(
        "pitch_variation",
        "voice",
        "A voice with melody",
        "your voice had melody",
        "Your pitch varied by {value}; usual is {usual}.",
    ),
    Praise(
        "eye_contact_share",
        "eyes",
        "You kept eye contact",
        "you kept eye contact",
        "You looked at the camera for {value} of your answers; usual is {usual}.",
    ),
    Praise(
        "tone_stability",
        "voice",
        "A steady tone",
        "your tone was steady",
        "Your tone stayed near its middle {value} of the time; usual is {usual}.",
    ),
    Praise(
        "articulation_rate",
        "pace",
        "Clear articulation",
        "you articulated at an easy rate",
        "You spoke {value} between pauses; usual is {usual}.",
    ),
    Praise(
        "face_presence",
        "picture",
        "You stayed in the picture",
        "you stayed in the picture",
        "Your face was there for {value} of your answers; {usual} is what a fair measure needs.",
    ),
)
