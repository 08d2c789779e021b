"""The page that HTML and PDF share: the template filled with a view and its charts."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from interviewer.assessment.norms import GOOD_FROM, WATCH_FROM
from interviewer.report import palette
from interviewer.report.charts.attempts import attempts_chart
from interviewer.report.charts.canvas import HALF, MEDIUM, NARROW, PRINT, PRINT_HALF, WIDE
from interviewer.report.charts.scores import scores_chart
from interviewer.report.charts.timeline import timeline_chart
from interviewer.report.charts.timing import timing_chart
from interviewer.report.view import ReportView
from interviewer.report.wording import date_text, number
from interviewer.resources import resource

if TYPE_CHECKING:
    from markupsafe import Markup

TEMPLATE: Final = "templates/report.html.j2"


@dataclass(frozen=True, slots=True)
class Charts:
    """Each chart in the variants between which the page's width chooses."""

    scores: tuple["Markup", ...]
    timeline: tuple["Markup", ...]
    timing: tuple["Markup", ...]
    attempts: tuple["Markup", ...]


def fill(
    view: ReportView,
    *,
    generated_at: datetime,
    paper: bool,
    transcript: bool,
    recording: str | None = None,
) -> str:
    """Fill the template.

    Args:
        view: What to show.
        generated_at: When the report was made.
        paper: For print, rather than for a browser.
        transcript: Whether to show what was said, word by word.
        recording: URL of the recording, relative to the page; None shows no player.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    template = resource(TEMPLATE)
    environment = Environment(
        loader=FileSystemLoader(template.parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template.name).render(
        view=view,
        charts=charts_for(view, paper=paper),
        tokens=_raw(palette.custom_properties(dark=not paper)),
        ink=_inks(paper=paper),
        generated=date_text(generated_at),
        good_from=number(GOOD_FROM),
        watch_from=number(WATCH_FROM),
        paper=paper,
        transcript=transcript,
        recording=recording,
    )


def charts_for(view: ReportView, *, paper: bool) -> Charts:
    """Draw every chart for paper, or for a wide and a narrow window."""
    full = (PRINT,) if paper else (WIDE, MEDIUM, NARROW)
    compared = view.comparison
    half = (PRINT_HALF,) if paper else (HALF, NARROW)
    return Charts(
        scores=tuple(_raw(scores_chart(view.scores, sheet)) for sheet in half),
        timeline=tuple(_raw(timeline_chart(view.timeline, sheet)) for sheet in full),
        timing=tuple(_raw(timing_chart(view.timing, view.latency_usual, sheet)) for sheet in full),
        attempts=tuple(_raw(attempts_chart(compared, sheet)) for sheet in full if compared),
    )


def _inks(*, paper: bool) -> dict[str, str]:
    """Stroke of each mark's shape; the PDF renderer knows no custom property inside an SVG."""
    return {
        colour.name: colour.light if paper else f"var(--c-{colour.name})"
        for colour in (*palette.VERDICTS, palette.INK, palette.MUTED)
    }


def _raw(text: str) -> "Markup":
    """Markup and style that were made here and hold nothing unescaped from elsewhere."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 - charts escape their words, the palette has none
