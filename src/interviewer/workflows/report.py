"""From a recording or session to the report a person reads."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.paths import make_private, write_atomically
from interviewer.workflows.analyze import Analysed, Options, analyze
from interviewer.workflows.folders import slug
from interviewer.workflows.history import comparison
from interviewer.workflows.steps import Quiet, Steps

if TYPE_CHECKING:
    from interviewer.assessment.comparison import Comparison

PAGE_SHARE = 0.3
"""What the page takes of the time for page and print."""


@dataclass(frozen=True, slots=True)
class Written:
    """Where a report was written, what it was made from, and what the session was compared with."""

    analysed: Analysed
    html: Path
    pdf: Path | None
    comparison: "Comparison | None" = None


def report(
    target: Path,
    options: Options | None = None,
    *,
    out: Path | None = None,
    pdf: bool = True,
    transcript: bool = False,
    steps: Steps | None = None,
) -> Written:
    """Analyse what is missing, then render the report.

    Args:
        target: A recording, a session folder, a recording inside one, or a session's id.
        options: How to analyse what has not been analysed.
        out: Directory for the report; None for the session folder.
        pdf: Whether to make the PDF too.
        transcript: Whether the PDF holds the full transcript.
        steps: Told what is being done.

    Raises:
        InterviewerError: One of its kinds, with the sentence to show.
    """
    steps = steps or Quiet()
    analysed = analyze(target, options, steps)
    return render(analysed, out=out, pdf=pdf, transcript=transcript, steps=steps)


def render(
    analysed: Analysed,
    *,
    out: Path | None = None,
    pdf: bool = True,
    transcript: bool = False,
    steps: Steps | None = None,
) -> Written:
    """Write the report of an analysed session.

    Raises:
        CannotDoError: The place cannot be written, or a system library for the PDF is missing; the
            HTML is then written all the same.
    """
    from interviewer.report.html import render_html
    from interviewer.report.pdf import render_pdf

    steps = steps or Quiet()
    session, assessment = analysed.session, analysed.assessment
    html, pdf_path = analysed.folder.html, analysed.folder.pdf
    if out is not None:
        html, pdf_path = (out / f"{slug(session.id)}.{kind}" for kind in ("html", "pdf"))
    make_private(html.parent)
    now = datetime.now().astimezone()

    steps.begin("Writing the report")
    recording = analysed.folder.recording_of(session)
    compared = comparison(session, assessment)
    page = render_html(
        session,
        assessment,
        generated_at=now,
        recording_href=_href(recording, html),
        comparison=compared,
    )
    write_atomically(html, page)
    steps.advance(PAGE_SHARE)
    if pdf:
        render_pdf(
            session,
            assessment,
            pdf_path,
            generated_at=now,
            transcript=transcript,
            comparison=compared,
            progress=lambda share: steps.advance(PAGE_SHARE + (1 - PAGE_SHARE) * share),
        )
    steps.end()
    return Written(analysed, html, pdf_path if pdf else None, compared)


def _href(recording: Path, page: Path) -> str | None:
    """The recording as seen from the page; None where it is gone or on another drive."""
    if not recording.exists():
        return None
    try:
        return os.path.relpath(recording, page.parent)
    except ValueError:
        return None
