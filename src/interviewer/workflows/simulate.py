"""Film a simulated candidate: as a recording with its truth, or as a whole session folder."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.errors import InputError, ModelMissingError
from interviewer.interview.documents.session import Recording
from interviewer.paths import make_private
from interviewer.workflows.folders import SessionFolder
from interviewer.workflows.steps import Fetching, Quiet, Steps

if TYPE_CHECKING:
    from interviewer.capture.voices import Voice
    from interviewer.simulate.script import Script
    from interviewer.simulate.truth import Truth

RECORDING = "recording.mp4"
VOICE = "piper-en_US-joe-medium"


@dataclass(frozen=True, slots=True)
class Filmed:
    """What a simulation left behind."""

    recording: Path
    truth: Path
    folder: SessionFolder | None


def simulate(
    script: Path | None, out: Path, *, force: bool = False, steps: Steps | None = None
) -> Filmed:
    """Film a script.

    Args:
        script: A YAML script; None for the short interview that ships with the package.
        out: A file ending in `.mp4`, or a directory that becomes a session folder.
        force: Replace what is there.
        steps: Told what is being done.

    Raises:
        InputError: The script cannot be read, or something is there already.
        ModelMissingError: There is no voice to speak with.
        CannotDoError: The place cannot be written.
    """
    from interviewer.simulate.film import film, truth_path
    from interviewer.simulate.script import demo_script, load_script

    steps = steps or Quiet()
    wanted: Script = load_script(script) if script else demo_script()
    as_file = out.suffix.lower() == ".mp4"
    recording = out if as_file else out / RECORDING
    if recording.exists() and not force:
        raise InputError(f"{recording} is there already.", "Add --force to replace it.")
    if not as_file and SessionFolder(out).holds_session() and not force:
        raise InputError(f"{out} holds a session already.", "Add --force to replace it.")
    make_private(recording.parent)
    voice = _voice(steps)

    steps.begin("Filming the simulated candidate")
    truth = film(wanted, voice, recording, progress=lambda share, _: steps.advance(share))
    steps.end()
    folder = None if as_file else _session_folder(out, recording, truth)
    return Filmed(recording, truth_path(recording), folder)


def _voice(steps: Steps) -> "Voice":
    """Piper where it and its voice are to be had, else what the system speaks with."""
    from interviewer.capture.voices import find_voice
    from interviewer.weights.registry import Weights

    try:
        return find_voice(Weights().file(VOICE, progress=Fetching(steps, VOICE)))
    except ModelMissingError:
        return find_voice(None)


def _session_folder(path: Path, recording: Path, truth: "Truth") -> SessionFolder:
    """Describe a film as the session it would have been."""
    from interviewer.analysis.media import probe, sha256_of
    from interviewer.simulate.record import session_from

    media = probe(recording)
    described = Recording(
        path=recording.name,
        sha256=sha256_of(recording),
        duration=media.duration,
        has_audio=media.has_audio,
        has_video=media.has_video,
    )
    folder = SessionFolder(path)
    now = datetime.now().astimezone()
    folder.write_session(session_from(truth, described, now, session_id=path.resolve().name))
    return folder
