"""Ctrl-C, a closed terminal and a shutdown: asked to stop, never torn down."""

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType


class Interruptions:
    """What the system asked for while an interview goes on.

    Attributes:
        stop: Set when the interview should end.
        leave: Whether the process should end soon too, so nothing long is begun: the system said
            so, or Ctrl-C was pressed twice.
    """

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.leave = False

    def note(self, number: int, _frame: FrameType | None = None) -> None:
        """Take a signal."""
        if number != signal.SIGINT or self.stop.is_set():
            self.leave = True
        self.stop.set()


@contextlib.contextmanager
def watch() -> Iterator[Interruptions]:
    """Note interruptions instead of being torn down by them.

    Outside the main thread nothing can be noted; whoever called then sees to it.
    """
    noted = Interruptions()
    if threading.current_thread() is not threading.main_thread():
        yield noted
        return
    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {getattr(signal, name): signal.getsignal(getattr(signal, name)) for name in names}
    for number in before:
        signal.signal(number, noted.note)
    try:
        yield noted
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
