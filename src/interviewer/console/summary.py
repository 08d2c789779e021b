"""The short answer to "how did I do?", at most 80 columns wide."""

import textwrap
from collections.abc import Collection
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from interviewer.assessment.comparison import Comparison
from interviewer.assessment.progress import FEWEST_EARLIER, Change
from interviewer.interview.documents.assessment import (
    Assessment,
    Finding,
    Metric,
    Score,
    Verdict,
)
from interviewer.report.change_view import ChangeView, Reading
from interviewer.report.changes import score_change
from interviewer.report.wording import band_text, counted_in_words, duration, number, sentence

MARK = {Verdict.GOOD: "● good", Verdict.WATCH: "◐ watch", Verdict.ACT: "▲ act", Verdict.NONE: ""}
WIDTH = 80
ROOMY = 76
"""Columns from which what is usual has room beside each number."""
CELL = 5
"""Points of a score that one cell of its bar stands for."""
BAR = round(100 / CELL)
"""Cells of a full bar."""
CHANGE = 6
"""Columns of a change with its arrow."""


def print_summary(assessment: Assessment, comparison: Comparison | None = None) -> None:
    """Print scores, what to do next, what went well and what was measured, to stdout.

    Args:
        assessment: What was found.
        comparison: How the session compares with earlier ones; each score then shows its change.
    """
    console = Console(highlight=False, markup=False)
    console.width = min(console.width, WIDTH)
    console.print(Text.assemble((assessment.title, "bold"), f"  {duration(assessment.duration)}"))
    _paragraph(console, assessment.verdict)
    console.print()
    _print_scores(console, assessment.scores, comparison)
    for title, kind in (("What to do next", "improve"), ("What went well", "strength")):
        _print_findings(console, title, [one for one in assessment.findings if one.kind == kind])
    _print_metrics(console, [metric for metric in assessment.metrics if metric.value is not None])
    _print_unobserved(console, [metric for metric in assessment.metrics if metric.value is None])


def _print_scores(
    console: Console, scores: tuple[Score, ...], comparison: Comparison | None
) -> None:
    label = max((len(score.label) for score in scores), default=0)
    changes = _changes(comparison)
    for score in scores:
        if score.value is None:
            _paragraph(console, f"{score.label:<{label}}    –  not observed: {score.not_observed}")
            continue
        line = f"{score.label:<{label}}  {score.value:3.0f}"
        if changes:
            line += f"  {change_text(changes.get(score.name)):>{CHANGE}}"
        if len(line) + 2 + BAR <= console.width:
            line += f"  {'▰' * round(score.value / CELL)}"
        console.print(line)
    if comparison is not None and changes:
        _paragraph(console, _explained(comparison, changes.values()))


def _changes(comparison: Comparison | None) -> dict[str, ChangeView]:
    found: tuple[Change, ...] = comparison.scores if comparison else ()
    views = {change.name: score_change(change) for change in found}
    return {name: view for name, view in views.items() if view is not None}


def change_text(change: ChangeView | None) -> str:
    """A change in points; an arrow says that it is beyond the usual ups and downs."""
    if change is None:
        return ""
    if change.reading is not Reading.BEYOND:
        return change.text
    return f"{'↑' if change.rises else '↓'} {change.text}"


def _explained(comparison: Comparison, changes: Collection[ChangeView]) -> str:
    """What the changes are against, and what they say."""
    since = f"{comparison.earlier[0].created_at.astimezone():%Y-%m-%d}"
    readings = {change.reading for change in changes}
    missing = max(1, FEWEST_EARLIER - len(comparison.earlier))
    if Reading.BEYOND in readings:
        said = "↑ and ↓ are beyond your usual ups and downs"
    elif Reading.WITHIN in readings:
        said = "none is beyond your usual ups and downs"
    else:
        more = counted_in_words(missing, "more attempt")
        said = f"after {more} a change can be told from ups and downs"
    return f"With a sign: points since last time, {since}; {said}."


def _print_findings(console: Console, title: str, findings: list[Finding]) -> None:
    if not findings:
        return
    console.print()
    console.print(Text(title, "bold"))
    for count, finding in enumerate(findings, start=1):
        console.print(Text.assemble(f" {count}. ", (finding.title, "bold")))
        _paragraph(console, finding.text, indent=4)
        if finding.exercise:
            _paragraph(console, finding.exercise, indent=4)


def _print_metrics(console: Console, metrics: list[Metric]) -> None:
    if not metrics:
        return
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    narrow = console.width < ROOMY
    # Rich takes width from columns that may wrap first: a name may, a number never.
    table.add_column("Measured", no_wrap=not narrow)
    table.add_column("Value", justify="right", no_wrap=True)
    table.add_column("Unit", no_wrap=not narrow)
    if not narrow:
        table.add_column("Usual", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for metric in metrics:
        value = metric.value
        shown = number(value, metric.unit) if isinstance(value, (int, float)) else str(value)
        usual = band_text(metric.band, metric.unit)
        cells = (
            (metric.label, shown, metric.unit)
            if narrow
            else (metric.label, shown, metric.unit, usual)
        )
        table.add_row(*cells, MARK[metric.verdict])
    console.print()
    console.print(table)


def _print_unobserved(console: Console, metrics: list[Metric]) -> None:
    """What was not observed, together for each reason."""
    reason = _reason_of
    for why, group in groupby(sorted(metrics, key=reason), key=reason):
        labels = ", ".join(metric.label.lower() for metric in group)
        console.print()
        _paragraph(console, sentence(f"not observed ({why}): {labels}"))


def _reason_of(metric: Metric) -> str:
    return metric.not_observed or ""


def _paragraph(console: Console, text: str, indent: int = 0) -> None:
    blank = " " * indent
    for line in textwrap.wrap(
        text, max(20, console.width), initial_indent=blank, subsequent_indent=blank
    ):
        console.print(line)
