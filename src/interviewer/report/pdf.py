"""The report as a PDF for print."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NoReturn

from interviewer.assessment.comparison import Comparison
from interviewer.errors import CannotDoError
from interviewer.interview.documents.assessment import Assessment
from interviewer.interview.documents.session import Session
from interviewer.paths import write_atomically
from interviewer.report.page import fill
from interviewer.report.shape import shape

Progress = Callable[[float], None]

PANGO: Final = "sudo apt install libpango-1.0-0 libpangoft2-1.0-0"

# Shares of the time that a rendering takes, as seen.
_FILLED: Final = 0.3
_LAID_OUT: Final = 0.8


def render_pdf(
    session: Session,
    assessment: Assessment,
    out: Path,
    *,
    generated_at: datetime,
    transcript: bool = False,
    comparison: Comparison | None = None,
    progress: Progress | None = None,
) -> None:
    """Render the report for print: A4, numbered pages.

    Args:
        session: What was asked, and when.
        assessment: What was found.
        out: The file to write; its directory must exist. A reader sees the old file or the new.
        generated_at: When the report was made, with its offset from UTC.
        transcript: Whether to print everything that was said.
        comparison: How the session compares with earlier ones; None leaves it out.
        progress: Told the share that is done, 0 to 1.

    Raises:
        CannotDoError: A system library is missing, or the file cannot be written.
    """
    tell = progress or _say_nothing
    weasyprint = _weasyprint()
    page = fill(
        shape(session, assessment, comparison),
        generated_at=generated_at,
        paper=True,
        transcript=transcript,
    )
    tell(_FILLED)
    document = weasyprint.HTML(string=page, url_fetcher=_fetch_nothing).render()
    tell(_LAID_OUT)
    write_atomically(out, document.write_pdf())
    tell(1.0)


def _weasyprint() -> Any:  # noqa: ANN401 - the library has no types
    try:
        import weasyprint
    except OSError as error:
        raise CannotDoError(
            "A PDF needs the system library Pango, which is not installed.",
            f"Run: {PANGO}",
        ) from error
    return weasyprint


def _fetch_nothing(url: str, *_: object, **__: object) -> NoReturn:
    raise ValueError(f"The report refers to {url}, which it must not.")


def _say_nothing(_share: float) -> None:
    """Nobody listens."""
