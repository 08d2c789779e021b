"""The whole job without a person: a simulated candidate, analysed and reported on."""

from datetime import datetime
from pathlib import Path

from interviewer.paths import sessions_home
from interviewer.workflows.analyze import analyze
from interviewer.workflows.report import Written, render
from interviewer.workflows.simulate import simulate
from interviewer.workflows.steps import Quiet, Steps


def demo(out: Path | None = None, steps: Steps | None = None) -> Written:
    """Film a short interview of three answers, analyse it, and write its report.

    Args:
        out: Directory that becomes the session folder; None for a new one among the sessions.
        steps: Told what is being done.

    Raises:
        InterviewerError: One of its kinds, with the sentence to show.
    """
    steps = steps or Quiet()
    started = datetime.now().astimezone()
    folder = out or sessions_home() / f"demo-{started:%Y%m%d-%H%M%S}"
    simulate(None, folder, force=out is not None, steps=steps)
    return render(analyze(folder, steps=steps), steps=steps)
