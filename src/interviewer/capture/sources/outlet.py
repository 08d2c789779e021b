"""The one place where a source calls its taker, so that nothing comes after the end."""

import logging
import threading
from collections.abc import Callable
from typing import Final, Generic, ParamSpec

from interviewer.capture.sources.ports import Over

P = ParamSpec("P")

_GIVE_UP: Final = 1.5
"""Seconds that `close` waits; the ports promise to stop within 2."""

log = logging.getLogger(__name__)


class Outlet(Generic[P]):
    """Calls `take` and `over` one at a time, and neither after the end.

    What arrives before `connect` is dropped, but for the end, which is told then.

    Attributes:
        stopped: Set by `close`; the threads of the source watch it.
    """

    def __init__(self) -> None:
        self.stopped = threading.Event()
        # Reentrant, because a taker may stop its source.
        self._lock = threading.RLock()
        self._take: Callable[P, None] | None = None
        self._over: Callable[[Over], None] | None = None
        self._end: Over | None = None

    def connect(self, take: Callable[P, None], over: Callable[[Over], None]) -> None:
        """Say who takes."""
        with self._lock:
            self._take, self._over = take, over
            if self._end is not None and not self.stopped.is_set():
                over(self._end)

    def give(self, *args: P.args, **kwargs: P.kwargs) -> bool:
        """Hand something over; False if nothing is wanted any more."""
        with self._lock:
            if self.stopped.is_set() or self._end is not None:
                return False
            if self._take is not None:
                self._take(*args, **kwargs)
            return True

    def end(self, over: Over) -> None:
        """Say why nothing more comes; only the first reason is told."""
        with self._lock:
            if self.stopped.is_set() or self._end is not None:
                return
            self._end = over
            log.info("%s", over.message)
            if self._over is not None:
                self._over(over)

    def close(self) -> None:
        """Give nothing more; a call that is under way is waited for."""
        self.stopped.set()
        if self._lock.acquire(timeout=_GIVE_UP):
            self._lock.release()
        else:
            log.warning("a taker holds up the source that it stops")


def spawn(name: str, run: Callable[[], None], failed: Callable[[Over], None]) -> threading.Thread:
    """Run something in a daemon thread; an error that nobody expected ends the source.

    Daemons, because a read from a device or a stream may block, and must not hold up the end of
    the process.

    Args:
        name: Of the source, for a person, as in "The camera 0".
        run: What the thread does.
        failed: Told if that fails.
    """

    def guarded() -> None:
        try:
            run()
        except Exception:
            log.exception("%s failed", name)
            failed(Over(lost=True, message=f"{name} failed; the log says how."))

    thread = threading.Thread(target=guarded, name=name, daemon=True)
    thread.start()
    return thread
