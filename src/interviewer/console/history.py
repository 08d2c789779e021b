"""Sessions and their change, as tables that fit 80 columns, or as JSON."""

import dataclasses
import json
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from interviewer.report.change_view import SAME, ChangeView, Reading
from interviewer.report.changes import score_change
from interviewer.report.wording import counted
from interviewer.workflows.history import BEGIN

if TYPE_CHECKING:
    from interviewer.assessment.progress import Change
    from interviewer.history.rows import Rebuilt, SessionRow
    from interviewer.workflows.history import Progress

SHOWN = {"overall": "Overall", "confidence": "Conf.", "clarity": "Clar.", "pace": "Pace"}
"""Scores that fit into the list, with short headings."""

TITLE = 24
"""Columns of a title in the list; the whole of it is in the JSON."""

COMPARED = ("Now", "Before", "Change", "Best", "")

NAMES = {
    "overall": "Overall",
    "confidence": "Confidence",
    "clarity": "Clarity",
    "eye_contact": "Eye contact",
    "tone_stability": "Tone stability",
    "pace": "Pace",
}


def print_history(sessions: tuple["SessionRow", ...], *, as_json: bool) -> None:
    """Print one line per session, newest first."""
    if as_json:
        print(json.dumps([_plain(row) for row in sessions], indent=1, default=str))
        return
    if not sessions:
        print(f"There is no session yet. {BEGIN}")
        return
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column("When", no_wrap=True)
    table.add_column("Session", no_wrap=True, max_width=TITLE, overflow="ellipsis")
    table.add_column("Min", justify="right")
    for heading in SHOWN.values():
        table.add_column(heading, justify="right")
    for row in sessions:
        when = f"{row.created_at.astimezone():%Y-%m-%d %H:%M}"
        scores = (_score(row.scores.get(name)) for name in SHOWN)
        table.add_row(when, row.title, f"{row.duration / 60:.1f}", *scores)
    Console(highlight=False, markup=False).print(table)


def print_progress(progress: "Progress", *, as_json: bool) -> None:
    """Print each score of the newest session with its change since the one before."""
    if as_json:
        found = {
            "session": _plain(progress.session),
            "earlier": progress.earlier,
            "changes": [dataclasses.asdict(change) for change in progress.changes],
        }
        print(json.dumps(found, indent=1, default=str))
        return
    console = Console(highlight=False, markup=False)
    row = progress.session
    console.print(f"{row.title}, {row.created_at.astimezone():%Y-%m-%d %H:%M}")
    if progress.earlier:
        others = counted(progress.earlier, "earlier session")
        console.print(f"against {others} of the same candidate and domain")
    else:
        console.print("This is the first session of its kind: there is nothing to compare with.")
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column("Score")
    for heading in COMPARED if progress.earlier else COMPARED[:1]:
        table.add_column(heading, justify="right" if heading else "left")
    changes = {change.name: change for change in progress.changes}
    known = [name for name in NAMES if name in changes]
    for name in dict.fromkeys((*known, *changes)):
        row_of = (NAMES.get(name, name), *_cells(changes[name]))
        table.add_row(*(row_of if progress.earlier else row_of[:2]))
    console.print()
    console.print(table)


def print_rebuilt(rebuilt: "Rebuilt") -> None:
    """Say what a rebuild found, and which folders it could not read."""
    print(
        f"{rebuilt.found} folders, {rebuilt.added} sessions indexed, {rebuilt.removed} forgotten."
    )
    for trouble in (*rebuilt.skipped, *rebuilt.unscored):
        print(f"{trouble.folder}: {trouble.why}")


def _plain(row: "SessionRow") -> dict[str, object]:
    return {**dataclasses.asdict(row), "created_at": row.created_at.isoformat()}


def _score(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"


def _cells(change: "Change") -> tuple[str, ...]:
    view = score_change(change)
    return (
        _score(change.value),
        _score(change.previous),
        view.text if view else "",
        _score(change.best),
        _verdict(view) if view else "",
    )


def _verdict(change: ChangeView) -> str:
    """In words whether a change says something."""
    match change.reading:
        case Reading.BEYOND:
            return f"{'↑' if change.rises else '↓'} {change.reading.words}"
        case Reading.WITHIN:
            return f"  {change.reading.words}"
        case Reading.UNKNOWN:
            return "" if change.text == SAME else "  too early to tell"
