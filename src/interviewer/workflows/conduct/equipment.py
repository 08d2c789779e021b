"""What an interview is recorded and led with, opened before anything is written."""

import gc
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interviewer.errors import DeviceError, InputError, InterviewerError, ModelMissingError
from interviewer.workflows.conduct.asking import Asker, ShowingAsker, SpeakingAsker
from interviewer.workflows.conduct.options import OFF, SIMULATED, Options, is_simulated, script_of
from interviewer.workflows.steps import Fetching, Steps

if TYPE_CHECKING:
    from interviewer.capture.sources import Camera, Microphone, Pace
    from interviewer.capture.voices import Voice
    from interviewer.simulate.live import LiveCandidate
    from interviewer.simulate.script import Script

VOICE: Final = "piper-en_US-joe-medium"
_SPEAKING: Final = "Preparing the simulated candidate"
_DEVICE: Final = re.compile(r"\d+|/dev/video\d+")


@dataclass(frozen=True, slots=True)
class Equipment:
    """Sources and voice of one interview.

    Attributes:
        pace: The clock of files and simulated candidates.
        microphone: None where there is none, or a simulated candidate speaks.
        camera: None where there is none, or a simulated candidate is seen.
        candidate: The simulated candidate; None for a person.
        who: Its name; None for a person.
        is_heard: Whether there is sound.
        is_seen: Whether there is a picture.
        asker: Asks the questions.
        notes: What a person should know, in sentences.
    """

    pace: "Pace"
    microphone: "Microphone | None"
    camera: "Camera | None"
    candidate: "LiveCandidate | None"
    who: str | None
    is_heard: bool
    is_seen: bool
    asker: Asker
    notes: tuple[str, ...]

    @property
    def size(self) -> tuple[int, int] | None:
        """Width and height of the picture; None without one."""
        if self.camera is not None:
            return self.camera.size
        return self.candidate.size if self.candidate is not None and self.is_seen else None

    @property
    def fps(self) -> float:
        """Pictures per second, as far as is known."""
        if self.camera is not None:
            return self.camera.fps
        return self.candidate.fps if self.candidate is not None else 30.0


def equip(options: Options, steps: Steps, noted: Callable[[str], None]) -> Equipment:
    """Open everything.

    A camera that does not answer is done without; a microphone is not.

    Args:
        options: What was chosen.
        steps: Told what is being done.
        noted: Told in sentences what goes wrong later.

    Raises:
        DeviceError: The microphone is missing.
        InputError: A file cannot be played, or speed was wanted of a device.
        ModelMissingError: There is no voice for the simulated candidate.
    """
    from interviewer.capture.sources import Pace, open_microphone

    _require_speed_is_possible(options)
    pace = Pace(options.speed)
    script = _script(options)
    candidate = _candidate(script, options.speed, steps) if script is not None else None
    heard_as_file = options.mic != OFF and not is_simulated(options.mic)
    microphone = open_microphone(options.mic, pace) if heard_as_file else None
    camera, notes = _camera(options, pace)
    asker: Asker = ShowingAsker()
    if options.voice and candidate is None:
        asker, silent = _asker(steps, noted)
        notes += silent
    return Equipment(
        pace=pace,
        microphone=microphone,
        camera=camera,
        candidate=candidate,
        who=f"{script.appearance.capitalize()} (simulated)" if script is not None else None,
        is_heard=options.mic != OFF,
        is_seen=camera is not None or is_simulated(options.camera),
        asker=asker,
        notes=notes,
    )


def _require_speed_is_possible(options: Options) -> None:
    if options.speed == 1:
        return
    for source in (options.mic, options.camera):
        is_file = not _DEVICE.fullmatch(source) and Path(source).expanduser().is_file()
        if source != OFF and not is_simulated(source) and not is_file:
            raise InputError(
                f"{source} cannot go faster or slower than real time.",
                "Leave out --speed; it is for simulated candidates and files.",
            )


def _script(options: Options) -> "Script | None":
    """What the simulated candidate does; None where there is none."""
    sources = [source for source in (options.mic, options.camera) if is_simulated(source)]
    if not sources:
        return None
    from interviewer.simulate.script import demo_script, load_script

    if options.script is not None:
        return options.script
    paths = {script_of(source) for source in sources} - {None}
    if len(paths) > 1:
        raise InputError(
            "Camera and microphone are given two different scripts.",
            f"A simulated candidate has one: give it once, as --mic {SIMULATED}:SCRIPT.",
        )
    path = next(iter(paths), None)
    return load_script(path) if path is not None else demo_script()


def _candidate(script: "Script", speed: float, steps: Steps) -> "LiveCandidate":
    from interviewer.simulate.live import LiveCandidate
    from interviewer.simulate.speech import speak_all

    voice = find_any_voice(steps)
    steps.begin(_SPEAKING)
    spoken = speak_all(script, voice, lambda share, _: steps.advance(share))
    steps.end()
    # Its network takes some 150 MB, and nothing more is to be said.
    del voice
    gc.collect()
    return LiveCandidate(script, spoken, speed=speed)


def _camera(options: Options, pace: "Pace") -> "tuple[Camera | None, tuple[str, ...]]":
    from interviewer.capture.sources import open_camera

    if options.camera == OFF or is_simulated(options.camera):
        return None, ()
    try:
        return open_camera(options.camera, pace), ()
    except DeviceError as error:
        if options.mic == OFF:
            raise
        return None, (f"{error.message} The interview is recorded without a picture.",)


def _asker(steps: Steps, noted: Callable[[str], None]) -> tuple[Asker, tuple[str, ...]]:
    """Someone who says the questions; where that is not possible, they are shown."""
    from interviewer.capture.leak import Leak
    from interviewer.capture.speaker import open_speaker

    try:
        voice = find_any_voice(steps)
        speaker = open_speaker(None)
    except InterviewerError as error:
        return ShowingAsker(), (f"{error.message} The questions are only shown.",)
    return SpeakingAsker(voice, speaker, Leak, noted), ()


def find_any_voice(steps: Steps) -> "Voice":
    """Piper where it and its voice are to be had, else what the system speaks with.

    Raises:
        ModelMissingError: There is neither.
    """
    from interviewer.capture.voices import find_voice
    from interviewer.weights.registry import Weights

    try:
        return find_voice(Weights().file(VOICE, progress=Fetching(steps, VOICE)))
    except ModelMissingError:
        return find_voice(None)
