"""The process's output streams, made fit for what is written to them."""

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
