"""What is said when an interview is over, and about interviews that were broken off."""

import json
import sys
from typing import TYPE_CHECKING

import typer

from interviewer.console.boundary import say_error
from interviewer.console.summary import print_summary
from interviewer.errors import ExitCode, InputError
from interviewer.workflows.complete import has_recording
from interviewer.workflows.recover import recover_command, unfinished

if TYPE_CHECKING:
    from pathlib import Path

    from interviewer.assessment.comparison import Comparison
    from interviewer.interview.documents.assessment import Assessment
    from interviewer.workflows.conduct import Conducted
    from interviewer.workflows.recover import Recovered
    from interviewer.workflows.report import Written


def print_conducted(conducted: "Conducted", *, as_json: bool) -> None:
    """Print how the interview went and where its report is."""
    if conducted.problem is not None:
        say_error(conducted.problem)
    if conducted.written is None:
        _say(f"The recording is kept in {conducted.folder.path}.")
        _say(f"`{recover_command(conducted.folder)}` measures it and writes the report.")
        return
    if as_json:
        assessment = conducted.written.analysed.assessment
        print(assessment.model_dump_json(indent=1))
    else:
        print_summary(conducted.written.analysed.assessment, conducted.written.comparison)
        print()
        print_places(conducted.written)


def print_places(written: "Written") -> None:
    """Say where everything lies."""
    folder, session = written.analysed.folder, written.analysed.session
    recording = folder.recording_of(session) if session.recording.kept else None
    places = (
        ("Recording", recording),
        ("Measured", folder.assessment),
        ("Report", written.html),
        ("For print", written.pdf),
    )
    for label, path in places:
        print(f"{label + ':':<11}{path if path is not None else 'not kept, as you asked'}")


def print_reviewed(
    assessment: "Assessment",
    comparison: "Comparison | None",
    folder: "Path",
    as_json: bool,  # noqa: FBT001
) -> None:
    """Print the last interview of a visit, when its screens are gone."""
    if as_json:
        print(assessment.model_dump_json(indent=1))
        return
    print_summary(assessment, comparison)
    print()
    print(f"Report:    {folder / 'report.html'}")


def require_terminal() -> None:
    """Refuse screens where nobody could see them.

    Raises:
        InputError: There is no terminal.
    """
    if not (sys.stdin.isatty() and (sys.stdout.isatty() or sys.stderr.isatty())):
        raise InputError("There is no terminal for the screens.", "Add --headless.")


def offer_recovery() -> bool:
    """Say that interviews were broken off; where a person sits there, ask what to do.

    Returns:
        Whether they are to be completed first.
    """
    left = [each for each in unfinished() if has_recording(each.folder)]
    for each in left:
        _say(f"An interview was broken off: {each.name}.")
    if not left:
        return False
    them = "it" if len(left) == 1 else "them"
    if sys.stdin.isatty() and sys.stderr.isatty():
        return typer.confirm(f"Complete {them} before the next one begins?", err=True)
    _say(f"`interviewer recover` completes {them}.")
    return False


def print_recovered(recovered: "list[Recovered]", *, as_json: bool = False) -> ExitCode:
    """Print one line for each report, and say what became of the others.

    Returns:
        The worst that happened.
    """
    if not recovered:
        _say("No interview was broken off.")
    code = ExitCode.OK
    lines = []
    for each in recovered:
        name = each.unfinished.name
        if each.written is not None:
            _say(f"Completed: {name}.")
            lines.append(str(each.written.html))
        elif each.elsewhere:
            _say(f"Another process completes it: {name}.")
        elif each.removed:
            _say(f"Removed: {name}. It was broken off before anything was recorded.")
        elif each.problem is not None:
            _say(f"Not completed: {name}.")
            say_error(each.problem)
            code = each.problem.exit_code
    if as_json:
        print(json.dumps(lines))
    else:
        for line in lines:
            print(line)
    return code


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
