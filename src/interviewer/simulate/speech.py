"""An answer spoken: its sound, and where each phrase, filler and pause lies in it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from interviewer.simulate.markup import Filler, Pause, Phrase
from interviewer.simulate.sound import RATE, faded, levelled, resampled, speech_level

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from interviewer.simulate.markup import Chunk
    from interviewer.simulate.script import Script, Turn
    from interviewer.simulate.voice import Voice

Progress = Callable[[float, str], None]
"""Called with the share that is done, 0 to 1, and what is being done."""

_SENTENCE_GAP: Final = 0.38
"""Seconds between two sentences at pace 1."""
_FILLER_GAP: Final = 0.12
"""Seconds around a filler that no pause is scripted for."""
_FILLER_PACE: Final = {"um": 0.45, "uh": 0.36, "er": 0.36}
"""Fillers are drawn out: filled pauses of people last 0.3 to 0.6 s."""
_FILLER_LEVEL: Final = 0.8
"""How loud fillers are against the phrases beside them."""

Kind = Literal["phrase", "filler", "pause", "gap"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an answer, in seconds from its first voice.

    Attributes:
        kind: A `pause` was scripted; a `gap` is the breath between two pieces.
        text: What is said; empty for silence.
        start: First moment.
        end: Moment after the last.
    """

    kind: Kind
    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class SpokenAnswer:
    """One answer as sound.

    Attributes:
        sound: Mono at `RATE`, shape (n,); its first sample is the first of the voice, its last
            the last. Pauses are digital silence.
        pieces: What lies where, without holes, in order.
        voice: Name of who speaks.
    """

    sound: "NDArray[np.float32]"
    pieces: tuple[Piece, ...]
    voice: str = ""

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return self.sound.size / RATE


def speak_all(
    script: "Script", voice: "Voice", progress: Progress | None = None
) -> list[SpokenAnswer]:
    """Let a voice say all answers of a script.

    Args:
        script: What is to be said.
        voice: Who speaks.
        progress: Told before each answer how far it is; what it raises ends the speaking.

    Returns:
        One for each turn, in their order.
    """
    spoken = []
    count = len(script.turns)
    for index, turn in enumerate(script.turns):
        if progress is not None:
            progress(index / count, f"Speaking answer {index + 1} of {count}")
        spoken.append(speak(turn, voice))
    return spoken


def speak(turn: "Turn", voice: "Voice") -> SpokenAnswer:
    """Let a voice say the answer of a turn.

    Each chunk is spoken on its own, so its start and end are exact to the sample.
    """
    sounds: list[NDArray[np.float32]] = []
    marks: list[tuple[Kind, str, int]] = []

    def put(kind: Kind, text: str, sound: "NDArray[np.float32]") -> None:
        sounds.append(sound)
        marks.append((kind, text, sound.size))

    before: Chunk | None = None
    for chunk in turn.chunks:
        if isinstance(chunk, Pause):
            put("pause", "", _silence(chunk.seconds))
        else:
            if before is not None and not isinstance(before, Pause):
                put("gap", "", _silence(_gap(before, chunk) / turn.pace))
            kind: Kind = "filler" if isinstance(chunk, Filler) else "phrase"
            put(kind, chunk.text, _say(chunk, turn, voice))
        before = chunk
    _soften_fillers(sounds, [kind for kind, _, _ in marks])
    pieces = []
    position = 0
    for kind, text, size in marks:
        pieces.append(Piece(kind, text, position / RATE, (position + size) / RATE))
        position += size
    return SpokenAnswer(levelled(np.concatenate(sounds), turn.gain), tuple(pieces), voice.name)


def _say(chunk: Phrase | Filler, turn: "Turn", voice: "Voice") -> "NDArray[np.float32]":
    # Played faster, a voice sounds higher; spoken slower before, it keeps its pace.
    higher = 2 ** (turn.pitch / 12)
    pace = turn.pace / higher
    if isinstance(chunk, Filler):
        sound = voice.say(f"{chunk.text.capitalize()},", pace=pace * _FILLER_PACE[chunk.text])
    else:
        sound = voice.say(_as_spoken(chunk.text), pace=pace)
    return faded(resampled(sound, round(voice.sample_rate * higher)))


def _soften_fillers(sounds: "list[NDArray[np.float32]]", kinds: list[Kind]) -> None:
    """A drawn out vowel comes out of a voice too loud: people mumble their fillers."""
    pairs = list(zip(sounds, kinds, strict=True))
    phrases = speech_level(np.concatenate([sound for sound, kind in pairs if kind == "phrase"]))
    for index, (sound, kind) in enumerate(pairs):
        if kind == "filler" and (present := speech_level(sound)) > 0:
            sounds[index] = sound * np.float32(_FILLER_LEVEL * phrases / present)


def _as_spoken(text: str) -> str:
    """A comma tells the voice that a piece of a sentence will go on."""
    return text if text[-1] in ".,;:!?" else f"{text},"


def _gap(before: "Chunk", after: "Chunk") -> float:
    beside_filler = isinstance(before, Filler) or isinstance(after, Filler)
    return _FILLER_GAP if beside_filler else _SENTENCE_GAP


def _silence(seconds: float) -> "NDArray[np.float32]":
    return np.zeros(round(seconds * RATE), dtype=np.float32)
