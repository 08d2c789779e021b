"""The sound of a recording as one channel, each sample at its time."""

import math
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from interviewer.analysis.media.extent import measured_duration
from interviewer.analysis.media.sound import decode_sound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av.audio.frame import AudioFrame
    from numpy.typing import NDArray

# Time stamps that stray less than this are jitter of the file; beyond it sound is missing or twice
# there. Viewers notice voice and lips 45 ms apart (ITU-R BT.1359-1).
_JITTER = 0.03

_SILENCE_BLOCK = 10.0


def read_audio(
    path: Path,
    *,
    start: float = 0.0,
    end: float | None = None,
    rate: int = 16_000,
    block: float = 1.0,
) -> "Iterator[NDArray[np.float32]]":
    """The sound of one stretch of a recording, all channels mixed into one.

    Sample k of the blocks put together is the sound at `start + k / rate` on the recording's
    timeline. Where the file has no sound (it starts late, has gaps, ends before the picture) there
    is silence; where two pieces claim the same time the first one counts.

    Args:
        path: The recording; it may still be growing.
        start: First time of the stretch in seconds.
        end: Where it ends, itself excluded; None, or more than there is, for the end.
        rate: Samples per second.
        block: Length of a block in seconds; the last one may be shorter.

    Yields:
        Arrays of shape (samples,), full scale from -1 to 1.

    Raises:
        InputError: The file cannot be read or has no sound.
    """
    if end is None:
        end = measured_duration(path)
    size = max(1, round(block * rate))
    waiting: list[NDArray[np.float32]] = []
    count = 0
    for piece in _stretch(path, start, end, rate):
        waiting.append(piece)
        count += len(piece)
        if count >= size:
            joined = np.concatenate(waiting)
            whole = count - count % size
            yield from joined[:whole].reshape(-1, size)
            waiting, count = [joined[whole:]], count - whole
    if count:
        yield np.concatenate(waiting)


def _stretch(path: Path, start: float, end: float, rate: int) -> "Iterator[NDArray[np.float32]]":
    """Exactly the samples from `start` to `end`, or to the end of the recording before that."""
    left = round((end - start) * rate)
    timeline = Timeline(start, rate)
    for piece in _placed(path, start, timeline):
        if len(piece) >= left:
            yield piece[:left]
            return
        left -= len(piece)
        yield piece
    last = min(end, measured_duration(path))
    yield from _silence(round((last - start) * rate) - timeline.position, rate)


def _placed(path: Path, start: float, timeline: "Timeline") -> "Iterator[NDArray[np.float32]]":
    for time, samples, rate in decode_sound(path, start):
        yield from timeline.add(time, samples, rate)
    yield from timeline.finish()


def _silence(count: int, rate: int) -> "Iterator[NDArray[np.float32]]":
    size = int(_SILENCE_BLOCK * rate)
    while count > 0:
        yield np.zeros(min(size, count), dtype=np.float32)
        count -= size


class Timeline:
    """Puts pieces of sound where their time stamps say, at one sampling rate.

    Args:
        start: Time of the first sample that comes out, in seconds.
        rate: Samples per second that come out.

    Attributes:
        position: How many samples have come out.
    """

    def __init__(self, start: float, rate: int) -> None:
        self.position = 0
        self._start = start
        self._rate = rate
        self._run: _Run | None = None
        self._due = 0

    def add(
        self, time: float, samples: "NDArray[np.float32]", rate: int
    ) -> "Iterator[NDArray[np.float32]]":
        """Place the next piece.

        Args:
            time: When it begins, in seconds on the recording's timeline.
            samples: One channel, of shape (samples,).
            rate: Its samples per second.
        """
        run = self._run
        if run is None or run.rate != rate or abs(time - run.end) > _JITTER:
            yield from self.finish()
            if time < self._start:
                early = _until_grid(time, rate, self._rate)
                samples, time = samples[early:], time + early / rate
                if not len(samples):
                    return
            run = self._run = _Run(time, rate, self._rate)
            self._due = round((time - self._start) * self._rate)
        yield from self._place(run.add(samples))

    def finish(self) -> "Iterator[NDArray[np.float32]]":
        """What the resampler still held back."""
        if self._run is not None:
            yield from self._place(self._run.finish())
            self._run = None

    def _place(self, samples: "NDArray[np.float32]") -> "Iterator[NDArray[np.float32]]":
        late = self._due - self.position
        self._due += len(samples)
        if late < 0:
            samples = samples[-late:]
        elif late > 0 and len(samples):
            self.position += late
            yield from _silence(late, self._rate)
        if len(samples):
            self.position += len(samples)
            yield samples


def _until_grid(time: float, rate: int, to_rate: int) -> int:
    """Samples from a time to the next one that falls on a sample of the other rate.

    Resampling from there gives the same samples wherever in a file reading began, because both
    rates are counted from the beginning of the timeline.
    """
    period = rate // math.gcd(rate, to_rate)
    return -round(time * rate) % period


class _Run:
    """A stretch of sound without gaps on its way through one resampler."""

    def __init__(self, start: float, rate: int, to_rate: int) -> None:
        from av.audio.resampler import AudioResampler

        self.rate = rate
        self._start = start
        self._count = 0
        self._resampler = (
            None if rate == to_rate else AudioResampler(format="flt", layout="mono", rate=to_rate)
        )

    @property
    def end(self) -> float:
        """Where the next piece should begin, in seconds."""
        return self._start + self._count / self.rate

    def add(self, samples: "NDArray[np.float32]") -> "NDArray[np.float32]":
        """Resample a piece; some samples may come out with the next one."""
        from av.audio.frame import AudioFrame

        if self._resampler is None:
            self._count += len(samples)
            return samples
        frame = AudioFrame.from_ndarray(samples[np.newaxis], format="flt", layout="mono")
        frame.sample_rate = self.rate
        frame.pts = self._count
        self._count += len(samples)
        return _joined(self._resampler.resample(frame))

    def finish(self) -> "NDArray[np.float32]":
        """The rest."""
        return _joined(self._resampler.resample(None) if self._resampler and self._count else [])


def _joined(frames: "list[AudioFrame]") -> "NDArray[np.float32]":
    pieces = [frame.to_ndarray().reshape(-1).astype(np.float32, copy=False) for frame in frames]
    return np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.float32)
