"""Live sources: what comes is given at once, and silence for too long is a loss."""

import queue
import threading
import time
from typing import TYPE_CHECKING, Final, Protocol

from interviewer.capture.sources.media import no_answer
from interviewer.capture.sources.outlet import Outlet, spawn
from interviewer.capture.sources.picture import size_of
from interviewer.capture.sources.ports import Over
from interviewer.errors import DeviceError, InterviewerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray


_LET_GO: Final = 0.4
"""Seconds that `stop` waits for a device to be released: a driver that is still at work when the
process ends can keep it from ending. A read that blocks is not waited for any longer."""


class SoundFeed(Protocol):
    """Sound as it comes."""

    def pieces(self, stopped: threading.Event) -> "Iterator[NDArray[np.float32]]":
        """Open, and wait for sound again and again; may block.

        Args:
            stopped: Set when no more is wanted.

        Yields:
            Arrays of shape (samples,) at `SOUND_RATE`.

        Raises:
            InterviewerError: It cannot be opened, or was lost; the message is a whole sentence.
        """
        ...  # pragma: no cover - a protocol has no body


class PictureFeed(Protocol):
    """Pictures as they come.

    Attributes:
        fps: Pictures per second that are believed to come; known with the first one.
    """

    fps: float

    def pictures(self, stopped: threading.Event) -> "Iterator[NDArray[np.uint8]]":
        """Open, and wait for pictures again and again; may block.

        Args:
            stopped: Set when no more is wanted.

        Yields:
            Arrays of shape (height, width, 3), blue first.

        Raises:
            InterviewerError: It cannot be opened, or was lost; the message is a whole sentence.
        """
        ...  # pragma: no cover - a protocol has no body


class LiveMicrophone:
    """Sound of a stream or a device, none of it left out.

    It is read from the beginning, and what comes before `start` is dropped: sound that has waited
    in some buffer would be late for ever.

    Args:
        name: For a person.
        feed: Where the sound comes from.
        patience: Seconds without sound after which the source is lost.
        first: Seconds to wait for the first sound; None for `patience`.

    Raises:
        InterviewerError: It cannot be opened, or sends nothing within `patience`.
    """

    def __init__(
        self, name: str, feed: SoundFeed, patience: float, *, first: float | None = None
    ) -> None:
        self.name = name
        self._label = f"The microphone {name}"
        self._patience = patience
        self._outlet: Outlet[[NDArray[np.float32]]] = Outlet()
        self._arrived: queue.SimpleQueue[NDArray[np.float32] | InterviewerError] = (
            queue.SimpleQueue()
        )
        self._reader = spawn(self._label, lambda: self._read(feed), self._outlet.end)
        try:
            answer = self._arrived.get(timeout=patience if first is None else first)
        except queue.Empty:
            answer = no_answer(self._label, patience)
        if isinstance(answer, InterviewerError):
            self.stop()
            raise answer
        spawn(self._label, self._hand_on, self._outlet.end)

    def start(
        self, take: "Callable[[NDArray[np.float32]], None]", over: "Callable[[Over], None]"
    ) -> None:
        """Begin to give sound."""
        self._outlet.connect(take, over)

    def stop(self) -> None:
        """Give nothing more."""
        self._outlet.close()
        self._reader.join(_LET_GO)

    def _read(self, feed: SoundFeed) -> None:
        try:
            for piece in feed.pieces(self._outlet.stopped):
                self._arrived.put(piece)
                if self._outlet.stopped.is_set():
                    return
        except InterviewerError as error:
            self._arrived.put(error)
        else:
            self._arrived.put(DeviceError(f"{self._label} has stopped sending."))

    def _hand_on(self) -> None:
        while not self._outlet.stopped.is_set():
            try:
                piece = self._arrived.get(timeout=self._patience)
            except queue.Empty:
                self._outlet.end(_silence(self._label, self._patience))
                return
            if isinstance(piece, InterviewerError):
                self._outlet.end(Over(lost=True, message=piece.message))
                return
            if not self._outlet.give(piece):
                return


class LiveCamera:
    """The newest picture of a stream or a device; older ones that nobody took are left out.

    It is read from the beginning, as fast as pictures come, so that none grows old in a buffer. A
    read that blocks holds up neither the notice of the loss nor `stop`.

    Args:
        name: For a person.
        feed: Where the pictures come from.
        patience: Seconds without a picture after which the source is lost.
        first: Seconds to wait for the first picture; None for `patience`.

    Raises:
        InterviewerError: It cannot be opened, or sends nothing within `patience`.
    """

    def __init__(
        self, name: str, feed: PictureFeed, patience: float, *, first: float | None = None
    ) -> None:
        self.name = name
        self._label = f"The camera {name}"
        self._patience = patience
        self._outlet: Outlet[[NDArray[np.uint8], float | None]] = Outlet()
        self._newest: NDArray[np.uint8] | InterviewerError | None = None
        self._changed = threading.Condition()
        self._reader = spawn(self._label, lambda: self._read(feed), self._outlet.end)
        answer = self._next(patience if first is None else first)
        if answer is None:
            answer = no_answer(self._label, patience)
        if isinstance(answer, InterviewerError):
            self.stop()
            raise answer
        self.size = size_of(answer)
        self.fps = feed.fps
        spawn(self._label, self._hand_on, self._outlet.end)

    def start(
        self,
        take: "Callable[[NDArray[np.uint8], float | None], None]",
        over: "Callable[[Over], None]",
    ) -> None:
        """Begin to give pictures."""
        self._outlet.connect(take, over)

    def stop(self) -> None:
        """Give nothing more."""
        self._outlet.close()
        with self._changed:
            self._changed.notify_all()
        self._reader.join(_LET_GO)

    def _read(self, feed: PictureFeed) -> None:
        try:
            for picture in feed.pictures(self._outlet.stopped):
                self._put(picture)
                if self._outlet.stopped.is_set():
                    return
        except InterviewerError as error:
            self._put(error)
        else:
            self._put(DeviceError(f"{self._label} has stopped sending."))

    def _put(self, newest: "NDArray[np.uint8] | InterviewerError") -> None:
        with self._changed:
            self._newest = newest
            self._changed.notify_all()

    def _next(self, patience: float) -> "NDArray[np.uint8] | InterviewerError | None":
        """Wait for the next picture; None if none came in time."""
        until = time.monotonic() + patience
        with self._changed:
            while self._newest is None and not self._outlet.stopped.is_set():
                left = until - time.monotonic()
                if left <= 0:
                    return None
                self._changed.wait(left)
            newest, self._newest = self._newest, None
            return newest

    def _hand_on(self) -> None:
        while not self._outlet.stopped.is_set():
            newest = self._next(self._patience)
            if newest is None:
                self._outlet.end(_silence(self._label, self._patience))
                return
            if isinstance(newest, InterviewerError):
                self._outlet.end(Over(lost=True, message=newest.message))
                return
            if not self._outlet.give(newest, None):
                return


def _silence(label: str, patience: float) -> Over:
    return Over(lost=True, message=f"{label} has sent nothing for {patience:g} seconds.")
