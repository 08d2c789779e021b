"""Was the sentence read aloud well enough to tell how the candidate sounds at ease?"""

from typing import Final

import numpy as np

from interviewer.assessment.calibration import neutral_voice_of
from interviewer.interview.documents.session import NeutralVoice
from interviewer.workflows.check.listener import (
    CLEAR,
    MANY_CLIPPED,
    Reading,
    clearness,
    is_quiet,
    level_of,
)
from interviewer.workflows.check.verdicts import Taken

SENTENCE: Final = (
    "The morning train leaves the big harbour at five past eight, goes through a few quiet "
    "villages, and reaches the old bridge shortly before noon."
)
"""Of the project's own making: nothing in it moves anybody, it has no hard words, and every
consonant of English but the one in "measure". 32 syllables: about 7 seconds."""

_SOMEBODY: Final = 0.5
_WHOLE: Final = 3.5
"""Seconds of speech; nobody reads 32 syllables in less."""

_ROOM: Final = 0.1
_ENOUGH_ROOM: Final = 10


def judge(reading: Reading) -> tuple[Taken, NeutralVoice | None]:
    """Say what came of it; loads the pitch detector.

    Args:
        reading: What was heard from the beginning to the end of the reading.

    Returns:
        What a person is told, and the voice where it can be used.
    """
    from interviewer.analysis.activity import SAMPLE_RATE
    from interviewer.analysis.spans import frame_levels, speech_spans
    from interviewer.analysis.voice import VoiceObserver

    if not reading.windows:
        return _poor("No sound was heard."), None
    samples = np.concatenate(reading.windows)
    duration = len(samples) / SAMPLE_RATE
    probabilities = np.array(reading.probabilities, dtype=np.float32)
    speech = speech_spans(probabilities, frame_levels(samples), 0.0, 0.0, duration)
    fault = _fault(reading, sum(span.duration for span in speech))
    if fault is not None:
        return _poor(fault), None
    voice = neutral_voice_of(VoiceObserver().observe(samples, 0.0), speech)
    if voice is None:
        return _poor("Your voice could not be measured: read it aloud, do not whisper."), None
    seconds = sum(span.duration for span in speech)
    return Taken(good=True, text=f"Kept: {seconds:.1f} s of your voice."), voice


def _fault(reading: Reading, seconds: float) -> str | None:
    levels = [level_of(window) for window in reading.windows]
    voice = [
        level for level, p in zip(levels, reading.probabilities, strict=True) if p >= 1 - _ROOM
    ]
    room = [level for level, p in zip(levels, reading.probabilities, strict=True) if p < _ROOM]
    if seconds < _SOMEBODY or not voice:
        return "Nobody was heard: read the sentence aloud, as you usually speak."
    if reading.clipped >= MANY_CLIPPED:
        return "Your voice clipped: move back, or turn the microphone down."
    if seconds < _WHOLE:
        return f"Only {seconds:.1f} s of speech were heard: read the whole sentence."
    if is_quiet(voice):
        return "Your voice was too quiet: come nearer, or turn the microphone up."
    if len(room) >= _ENOUGH_ROOM and clearness(voice, room) < CLEAR:
        return "The room is too loud to tell how you sound."
    return None


def _poor(text: str) -> Taken:
    return Taken(good=False, text=text)
