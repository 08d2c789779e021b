"""Sound of any format as one unbroken channel at one rate."""

from typing import TYPE_CHECKING, Final

import numpy as np

from interviewer.capture.sources.ports import SOUND_RATE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from av.audio.frame import AudioFrame
    from av.audio.resampler import AudioResampler
    from numpy.typing import NDArray

_JITTER: Final = 0.03
"""Seconds. Time stamps that stray less are jitter; viewers notice voice and lips 45 ms apart
(ITU-R BT.1359-1)."""
_SILENCE: Final = SOUND_RATE
"""Longest piece of silence in samples, so that a long gap does not fill the memory."""


class Continuous:
    """Puts sound where its time stamps say: silence in gaps, nothing twice.

    Args:
        longest_gap: Seconds; a longer gap, and any step backwards, is a new clock and no gap.
            None if the stamps are always right, as those of a file.
        origin: Time of the first sample that comes out; None for the first stamp.
    """

    def __init__(self, *, longest_gap: float | None = None, origin: float | None = None) -> None:
        self._longest_gap = longest_gap
        self._origin = origin
        self._out = 0
        self._skip = 0
        self._resampler: AudioResampler | None = None
        self._format: tuple[object, ...] = ()
        self._next: float | None = None

    def add(self, frame: "AudioFrame", time: float | None) -> "Iterator[NDArray[np.float32]]":
        """Take the next frame.

        Args:
            frame: In any format.
            time: When it begins, in seconds; None for right after the one before.

        Yields:
            Arrays of shape (samples,), full scale from -1 to 1.
        """
        expected = self._next
        begins = (expected or 0.0) if time is None else time
        if self._origin is None:
            self._origin = begins
        if expected is None or abs(begins - expected) > _JITTER:
            yield from self.finish()
            yield from self._jump(begins)
            expected = begins
        self._next = expected + frame.samples / frame.sample_rate
        for piece in self._resampled(frame):
            yield from self._kept(piece)

    def finish(self) -> "Iterator[NDArray[np.float32]]":
        """What the resampler still holds back."""
        if self._resampler is not None:
            pieces = _arrays(self._resampler.resample(None))
            self._resampler = None
            for piece in pieces:
                yield from self._kept(piece)

    def _jump(self, time: float) -> "Iterator[NDArray[np.float32]]":
        """Go to a time; what is missing before it is silence, what was there is left out."""
        origin = self._origin or 0.0
        missing = round((time - origin) * SOUND_RATE) - self._out
        limit = self._longest_gap
        if limit is not None and not 0 <= missing <= limit * SOUND_RATE:
            self._origin = origin + missing / SOUND_RATE
            missing = 0
        self._skip = max(0, -missing)
        while missing > 0:
            silence = np.zeros(min(_SILENCE, missing), dtype=np.float32)
            missing -= silence.size
            self._out += silence.size
            yield silence

    def _kept(self, piece: "NDArray[np.float32]") -> "Iterator[NDArray[np.float32]]":
        left_out = min(self._skip, piece.size)
        self._skip -= left_out
        if left_out < piece.size:
            self._out += piece.size - left_out
            yield piece[left_out:]

    def _resampled(self, frame: "AudioFrame") -> "Iterator[NDArray[np.float32]]":
        from av.audio.resampler import AudioResampler

        found = (frame.format.name, frame.layout.name, frame.sample_rate)
        if self._resampler is None or found != self._format:
            if self._resampler is not None:
                yield from _arrays(self._resampler.resample(None))
            self._resampler = AudioResampler(format="flt", layout=frame.layout, rate=SOUND_RATE)
            self._format = found
        # Gaps are filled here, so the resampler needs no time stamps.
        frame.pts = None
        yield from _arrays(self._resampler.resample(frame))


def blocks(pieces: "Iterable[NDArray[np.float32]]", size: int) -> "Iterator[NDArray[np.float32]]":
    """Cut pieces of any length into blocks of one size; the last one may be shorter."""
    waiting: list[NDArray[np.float32]] = []
    count = 0
    for piece in pieces:
        waiting.append(piece)
        count += piece.size
        if count >= size:
            joined = np.concatenate(waiting)
            whole = count - count % size
            yield from joined[:whole].reshape(-1, size)
            waiting, count = [joined[whole:]], count - whole
    if count:
        yield np.concatenate(waiting)


def _arrays(frames: "Iterable[AudioFrame]") -> "list[NDArray[np.float32]]":
    """The mean of all channels, which cannot clip; a loudspeaker's weights would."""
    return [
        frame.to_ndarray().reshape(-1, frame.layout.nb_channels).mean(axis=1, dtype=np.float32)
        for frame in frames
    ]
