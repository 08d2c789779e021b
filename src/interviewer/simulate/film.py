"""A script becomes a recording with its truth beside it."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interviewer.errors import CannotDoError, InputError
from interviewer.paths import PRIVATE_FILE, write_atomically, write_error
from interviewer.simulate.drawing.looks import LOOKS
from interviewer.simulate.drawing.renderer import Renderer
from interviewer.simulate.encoder import Chapter, Encoder
from interviewer.simulate.performance import Performance
from interviewer.simulate.record import truth_of
from interviewer.simulate.sound import RATE
from interviewer.simulate.speech import speak_all

if TYPE_CHECKING:
    from interviewer.simulate.script import Script
    from interviewer.simulate.speech import Progress, SpokenAnswer
    from interviewer.simulate.truth import Truth
    from interviewer.simulate.voice import Voice

_SPEAKING_SHARE: Final = 0.2
_TOLD_EVERY: Final = 15


def truth_path(recording: Path) -> Path:
    """Where the truth of a recording lies."""
    return recording.with_name(f"{recording.stem}.truth.json")


def film(
    script: "Script",
    voice: "Voice",
    out: Path,
    *,
    progress: "Progress | None" = None,
    cancelled: Callable[[], bool] | None = None,
) -> "Truth":
    """Speak, draw and write a script.

    Both files appear complete or not at all; what was there before is replaced.

    Args:
        script: What happens.
        voice: Who speaks.
        out: An `.mp4` file in a directory that exists; its truth goes to `truth_path(out)`.
        progress: Told how far it is.
        cancelled: Asked between frames; True gives the film up.

    Raises:
        InputError: `out` is not an `.mp4` file in a directory.
        CannotDoError: The disk is full or cannot be written, or the film was cancelled.
    """
    _check(out)
    tell = progress or _nobody
    stop = cancelled or _never
    performance = Performance.planned(script, _speak_all(script, voice, tell, stop))
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        part.touch(mode=PRIVATE_FILE)
        frames = _shoot(performance, part, tell, stop)
        truth = truth_of(performance, voice.name, frames / script.fps)
        write_atomically(truth_path(out), truth.model_dump_json(indent=1))
        part.replace(out)
    except OSError as error:
        raise write_error(out, error) from error
    finally:
        part.unlink(missing_ok=True)
    tell(1.0, "Film written")
    return truth


def _speak_all(
    script: "Script", voice: "Voice", tell: "Progress", stop: Callable[[], bool]
) -> "list[SpokenAnswer]":
    def told(share: float, what: str) -> None:
        _unless(stop)
        tell(_SPEAKING_SHARE * share, what)

    return speak_all(script, voice, told)


def _shoot(performance: Performance, part: Path, tell: "Progress", stop: Callable[[], bool]) -> int:
    """Draw and write all frames; says how many there were."""
    script = performance.script
    width, height = script.size
    renderer = Renderer(LOOKS[script.appearance], width, height, script.distance)
    frames = round(performance.duration * script.fps)
    chapters = _chapters(performance, frames / script.fps)
    with Encoder(part, width, height, script.fps, chapters) as encoder:
        for number in range(frames):
            _unless(stop)
            if number % _TOLD_EVERY == 0:
                share = _SPEAKING_SHARE + (1 - _SPEAKING_SHARE) * number / frames
                tell(share, "Drawing the film")
            first, last = (round(index * RATE / script.fps) for index in (number, number + 1))
            encoder.put(
                renderer.draw(performance.state(number / script.fps)),
                performance.sound(first, last - first),
            )
    return frames


def _chapters(performance: Performance, duration: float) -> list[Chapter]:
    cues = performance.cues
    ends = [cue.asked_at for cue in cues[1:]] + [duration]
    return [
        Chapter(performance.script.turns[cue.turn].question, cue.asked_at, end)
        for cue, end in zip(cues, ends, strict=True)
    ]


def _check(out: Path) -> None:
    if out.suffix.lower() != ".mp4":
        raise InputError(f"A film is written as .mp4, not as {out.name}.", "Name it so.")
    if out.is_dir():
        raise InputError(f"{out} is a directory.", "Name a file in it.")
    if not out.parent.is_dir():
        raise InputError(f"There is no directory {out.parent}.", "Create it, or name another.")


def _unless(stop: Callable[[], bool]) -> None:
    if stop():
        raise CannotDoError("The film was cancelled.")


def _nobody(_share: float, _what: str) -> None:
    """Nobody listens."""


def _never() -> bool:
    return False
