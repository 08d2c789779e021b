"""The whole job without a person: a simulated candidate, analysed and reported on."""

from datetime import datetime
from pathlib import Path

from interviewer.errors import InputError
from interviewer.paths import sessions_home
from interviewer.workflows.analyze import analyze
from interviewer.workflows.folders import SessionFolder
from interviewer.workflows.report import Written, render
from interviewer.workflows.simulate import RECORDING, simulate
from interviewer.workflows.steps import Quiet, Steps


def demo(out: Path | None = None, steps: Steps | None = None) -> Written:
    """Film a short interview of three answers, analyse it, and write its report.

    Args:
        out: Directory that becomes the session folder; None for a new one among the sessions.
        steps: Told what is being done.

    Raises:
        InterviewerError: One of its kinds, with the sentence to show.
    """
    from interviewer.simulate.film import truth_path

    steps = steps or Quiet()
    started = datetime.now().astimezone()
    folder = out or sessions_home() / f"demo-{started:%Y%m%d-%H%M%S}"
    simulated = truth_path(folder / RECORDING).exists()
    if not simulated and ((folder / RECORDING).exists() or SessionFolder(folder).holds_session()):
        raise InputError(
            f"{folder} holds a session that is not a demo.", "Give another directory with --out."
        )
    simulate(None, folder, force=True, steps=steps)
    return render(analyze(folder, steps=steps), steps=steps)
