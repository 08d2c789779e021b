"""The short answer to "how did I do?", at most 80 columns wide."""

import textwrap
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from interviewer.interview.documents.assessment import (
    Assessment,
    Finding,
    Metric,
    Score,
    Verdict,
)
from interviewer.report.wording import band_text, duration, number, sentence

MARK = {Verdict.GOOD: "● good", Verdict.WATCH: "◐ watch", Verdict.ACT: "▲ act", Verdict.NONE: ""}
WIDTH = 80
ROOMY = 76
"""Columns from which what is usual has room beside each number."""
CELL = 5
"""Points of a score that one cell of its bar stands for."""


def print_summary(assessment: Assessment) -> None:
    """Print scores, what to do next, what went well and what was measured, to stdout."""
    console = Console(highlight=False, markup=False)
    console.width = min(console.width, WIDTH)
    console.print(Text.assemble((assessment.title, "bold"), f"  {duration(assessment.duration)}"))
    _paragraph(console, assessment.verdict)
    console.print()
    _print_scores(console, assessment.scores)
    for title, kind in (("What to do next", "improve"), ("What went well", "strength")):
        _print_findings(console, title, [one for one in assessment.findings if one.kind == kind])
    _print_metrics(console, [metric for metric in assessment.metrics if metric.value is not None])
    _print_unobserved(console, [metric for metric in assessment.metrics if metric.value is None])


def _print_scores(console: Console, scores: tuple[Score, ...]) -> None:
    label = max((len(score.label) for score in scores), default=0)
    for score in scores:
        if score.value is None:
            _paragraph(console, f"{score.label:<{label}}    –  not observed: {score.not_observed}")
        else:
            line = f"{score.label:<{label}}  {score.value:3.0f}"
            bar = "▰" * round(score.value / CELL)
            roomy = len(line) + 2 + round(100 / CELL) <= console.width
            console.print(f"{line}  {bar}" if roomy else line)


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
