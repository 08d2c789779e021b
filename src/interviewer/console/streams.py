"""The process's output streams, made fit for what is written to them."""

import contextlib
import io
import os
import sys


def prepare() -> None:
    """Make sure that writing words cannot fail for the stream's sake.

    A closed stream leads nowhere instead of being None; a character that the terminal's encoding
    lacks becomes a question mark instead of an error.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if type(sys.stderr) is io.TextIOWrapper:
        sys.stderr = Narration(
            sys.stderr.buffer,
            encoding=sys.stderr.encoding,
            errors="replace",
            line_buffering=True,
        )


class Narration(io.TextIOWrapper):
    """Writes to stderr, and drops what nobody reads any more.

    Whoever looked on may go away, or the terminal be closed; what is being done goes on.
    """

    def write(self, text: str, /) -> int:
        """Write, or drop."""
        with contextlib.suppress(OSError, ValueError):
            return super().write(text)
        return len(text)

    def flush(self) -> None:
        """Flush, or drop."""
        with contextlib.suppress(OSError, ValueError):
            super().flush()
