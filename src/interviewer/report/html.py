"""The report as one self-contained HTML document."""

from datetime import datetime
from urllib.parse import quote

from interviewer.assessment.comparison import Comparison
from interviewer.interview.documents.assessment import Assessment
from interviewer.interview.documents.session import Session
from interviewer.report.page import fill
from interviewer.report.shape import shape


def render_html(
    session: Session,
    assessment: Assessment,
    *,
    generated_at: datetime,
    recording_href: str | None = None,
    comparison: Comparison | None = None,
) -> str:
    """Render the report for a browser: styles and charts inside, nothing fetched from elsewhere.

    Args:
        session: What was asked, and when.
        assessment: What was found.
        generated_at: When the report was made, with its offset from UTC.
        recording_href: Path of the recording relative to the page, for the player; None leaves the
            player out. Everything else reads without it, and without scripts.
        comparison: How the session compares with earlier ones; None leaves it out.

    Returns:
        The document.
    """
    return fill(
        shape(session, assessment, comparison),
        generated_at=generated_at,
        paper=False,
        transcript=True,
        recording=None if recording_href is None else _url(recording_href),
    )


def _url(path: str) -> str:
    """A relative path as a URL; a name like `a:b.mp4` must not be read as a scheme."""
    quoted = quote(path.replace("\\", "/"), safe="/")
    return quoted if quoted.startswith(("/", ".")) else f"./{quoted}"
