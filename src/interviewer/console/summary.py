"""The short answer to "how did I do?", as a table."""

from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from interviewer.interview.documents.assessment import Assessment, Metric, Score, Verdict

MARK = {Verdict.GOOD: "● good", Verdict.WATCH: "◐ watch", Verdict.ACT: "▲ act", Verdict.NONE: ""}
WIDTH = 80


def print_summary(assessment: Assessment) -> None:
    """Print scores, what to do next and what went well, at most 80 columns wide, to stdout."""
    console = Console(highlight=False, soft_wrap=False)
    console.width = min(console.width, WIDTH)
    console.print(f"[bold]{_plain(assessment.title)}[/]  {_clock(assessment.duration)}")
    console.print(_plain(assessment.verdict))
    console.print(_scores(assessment.scores))
    for title, kind in (("What to do next", "improve"), ("What went well", "strength")):
        findings = [finding for finding in assessment.findings if finding.kind == kind]
        if findings:
            console.print(f"\n[bold]{title}[/]")
        for number, finding in enumerate(findings, start=1):
            console.print(Padding(f"{number}. [bold]{_plain(finding.title)}[/]", (0, 0, 0, 1)))
            console.print(Padding(_plain(finding.text), (0, 0, 0, 4)))
            if finding.exercise:
                console.print(Padding(_plain(finding.exercise), (0, 0, 0, 4)))
    console.print()
    console.print(_metrics(assessment.metrics))


def _scores(scores: tuple[Score, ...]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), title_justify="left")
    table.add_column("Score")
    table.add_column("of 100", justify="right")
    table.add_column("")
    for score in scores:
        if score.value is None:
            table.add_row(score.label, "–", f"not observed: {_plain(score.not_observed or '')}")
        else:
            table.add_row(score.label, f"{score.value:.0f}", "▰" * round(score.value / 5))
    return table


def _metrics(metrics: tuple[Metric, ...]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column("Measured", no_wrap=True)
    table.add_column("Value", justify="right", no_wrap=True)
    table.add_column("Unit", no_wrap=True)
    table.add_column("Usual", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for metric in metrics:
        if metric.value is None:
            continue
        value = f"{metric.value:.4g}" if isinstance(metric.value, float) else str(metric.value)
        table.add_row(metric.label, value, metric.unit, _usual(metric), MARK[metric.verdict])
    return table


def _usual(metric: Metric) -> str:
    band = metric.band
    if band is None or (band.low is None and band.high is None):
        return ""
    if band.low is None:
        return f"up to {band.high:g}"
    if band.high is None:
        return f"{band.low:g} or more"
    return f"{band.low:g}–{band.high:g}"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


def _plain(text: str) -> str:
    """Keep square brackets in what people say from being read as markup."""
    return text.replace("[", r"\[")
