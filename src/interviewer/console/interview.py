"""An interview without a screen, told line by line on stderr."""

import shutil
import sys
import textwrap
from typing import TextIO

from interviewer.interview.state import Interview, Signal

WIDTH = 80
INDENT = "  "


class InterviewLines:
    """Prints what happens as it happens; stdout stays free for the result."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stderr
        self._width = min(WIDTH, shutil.get_terminal_size().columns)

    def asking(self, interview: Interview) -> None:
        """Show the question."""
        number, count = interview.index + 1, len(interview.plan.questions)
        band = interview.current.asked.target
        again = f", take {interview.take}" if interview.take > 1 else ""
        self._line("")
        self._line(
            f"Question {number} of {count}{again} · usually {clock(band.low)} to "
            f"{clock(band.high)} · {clock(interview.remaining)} left"
        )
        self._paragraph(interview.current.question.text)

    def awaiting(self, interview: Interview) -> None:
        """Say whose turn it is."""
        if interview.voice is None:
            self._line(f"{INDENT}Your turn.")

    def answering(self, _interview: Interview) -> None:
        """Nothing is said while somebody speaks."""

    def answered(self, _interview: Interview, seconds: float) -> None:
        """Say how long it took."""
        self._line(f"{INDENT}Answered in {clock(seconds)}.")

    def skipped(self, _interview: Interview) -> None:
        """Say that nothing was heard."""
        self._line(f"{INDENT}No answer was heard; let us go on.")

    def signalled(self, interview: Interview, signal: Signal) -> None:
        """Say it gently; nobody is cut off."""
        match signal:
            case Signal.QUESTION_OVER:
                self._line(f"{INDENT}The time for this question is over; finish your thought.")
            case Signal.TOTAL_NEARLY_OVER:
                self._line(f"{INDENT}{clock(interview.remaining)} left of the whole interview.")
            case Signal.TOTAL_OVER:
                self._line(f"{INDENT}The time is over; finish your answer.")
            case Signal.QUESTION_NEARLY_OVER:
                pass

    def finished(self, _interview: Interview, to_the_end: bool) -> None:  # noqa: FBT001
        """Say that it is over."""
        self._line("")
        self._line(
            "That was the last question. Thank you." if to_the_end else "The interview ends here."
        )

    def noted(self, sentence: str) -> None:
        """Say what a person should know."""
        self._paragraph(f"Note: {sentence}", indent="")

    def _paragraph(self, text: str, indent: str = INDENT) -> None:
        for line in textwrap.wrap(
            text, self._width, initial_indent=indent, subsequent_indent=indent
        ):
            self._line(line)

    def _line(self, text: str) -> None:
        print(text, file=self._out, flush=True)


def clock(seconds: float) -> str:
    """Minutes and seconds, such as 1:05."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02}"
