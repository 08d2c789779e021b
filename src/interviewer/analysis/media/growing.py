"""The sound of a recording that is still being written, each sample once, as it comes."""

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from interviewer.analysis.media.audio import Timeline
from interviewer.analysis.media.fragments import Fragments, Spliced
from interviewer.analysis.media.sound import SoundDecoder
from interviewer.analysis.media.source import Source
from interviewer.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from av.packet import Packet
    from numpy.typing import NDArray

# So much is there before the file is opened for the first time: enough for FFmpeg to tell when
# each stream begins.
_TO_BEGIN_WITH = 2.0

# The index says all that is needed about the sound; nothing has to be found out by decoding.
_QUICK = {"probesize": "32", "analyzeduration": "0"}


class GrowingSound:
    """Reads the sound of a growing recording from its beginning on.

    All that comes out is what `read_audio` gives for the complete recording, to the last bit: one
    decoder and one resampler take all of it. Only the fragments that are new are read, by their
    places in the file, so that each call costs the same however long the recording is.

    Close it, or use it as a context manager.

    Args:
        path: The recording, a fragmented MP4; it need not exist yet.
        rate: Samples per second that come out.
    """

    def __init__(self, path: Path, *, rate: int = 16_000) -> None:
        self._fragments = Fragments(path)
        self._rate = rate
        self._timeline = Timeline(0.0, rate)
        self._held: list[NDArray[np.float32]] = []
        self._read = 0
        self._given = 0
        self._source: Source | None = None
        self._decoder: SoundDecoder | None = None

    @property
    def readable(self) -> float:
        """Seconds from the beginning in which sound and picture are on the disk."""
        zero = self._source.zero if self._source else 0.0
        return max(0.0, self._fragments.reached - zero)

    def look(self) -> None:
        """See how far the file has come.

        Raises:
            InputError: It cannot be read in parts.
            OSError: It cannot be read.
        """
        if self._fragments.path.exists():
            self._fragments.refresh()
        if not self._fragments.relocatable:
            raise InputError(
                f"{self._fragments.path} cannot be read before it is complete.",
                "Analyse it when it is.",
            )

    def read(self, until: float) -> "Iterator[NDArray[np.float32]]":
        """The samples before a time that are there and were not given before.

        Args:
            until: In seconds; not less than in the last call.

        Yields:
            Arrays of shape (samples,), full scale from -1 to 1, without gaps from call to call.

        Raises:
            InputError: The file cannot be read or has no sound.
            OSError: The same, as the system says it.
        """
        self.look()
        limit = round(until * self._rate)
        yield from self._give(limit)
        if self._source is None and self.readable < min(until, _TO_BEGIN_WITH):
            return
        for samples in self._new(until):
            self._held.append(samples)
            yield from self._give(limit)

    def finish(self, duration: float) -> "Iterator[NDArray[np.float32]]":
        """What is left of a recording that is complete, up to its length in seconds."""
        self.look()
        limit = round(duration * self._rate)
        for samples in self._rest():
            self._held.append(samples)
            yield from self._give(limit)
        yield from self._give(limit)

    def close(self) -> None:
        """Release the file."""
        if self._source is not None:
            self._source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _give(self, limit: int) -> "Iterator[NDArray[np.float32]]":
        """Of what is held, the samples before number `limit`."""
        while self._held and self._given < limit:
            samples = self._held.pop(0)
            now = samples[: limit - self._given]
            if len(now) < len(samples):
                self._held.insert(0, samples[len(now) :])
            self._given += len(now)
            yield now

    def _new(self, until: float) -> "Iterator[NDArray[np.float32]]":
        """The sound of the fragments that begin before a time and were not read yet."""
        stop = self._read
        whole = self._fragments.whole
        zero = self._source.zero if self._source else 0.0
        while stop < len(whole) and min(whole[stop].starts.values()) - zero < until:
            stop += 1
        if stop == self._read:
            return
        decoder = self._opened()
        for packet in self._packets(self._read, stop):
            for time, samples, rate in decoder.decode(packet):
                yield from self._timeline.add(time, samples, rate)
        self._read = stop

    def _rest(self) -> "Iterator[NDArray[np.float32]]":
        yield from self._new(float("inf"))
        for time, samples, rate in self._opened().decode(None):
            yield from self._timeline.add(time, samples, rate)
        yield from self._timeline.finish()

    def _opened(self) -> SoundDecoder:
        """The decoder, which lives as long as the recording grows."""
        if self._decoder is None:
            path = self._fragments.path
            source = self._source = Source(path)
            if source.audio is None:
                raise InputError(f"{path} has no sound.", "Give a recording with sound.")
            self._decoder = SoundDecoder(source, source.audio)
        return self._decoder

    def _packets(self, first: int, stop: int) -> "Iterator[Packet[Any]]":
        """The packets of sound in some fragments."""
        import av

        if self._source is None or self._source.audio is None:
            return
        with (
            Spliced(self._fragments, first, stop) as part,
            av.open(part, "r", format="mp4", options=_QUICK) as container,
        ):
            stream = container.streams[self._source.audio.index]
            for packet in container.demux(stream):
                if packet.size:
                    yield _unmarked(packet) if first else packet


def _unmarked(packet: "Packet[Any]") -> "Packet[Any]":
    """A packet without the mark that its first samples are to be skipped.

    FFmpeg puts it on the first packet of every file, and these fragments are not a file.
    """
    import av

    if not packet.has_sidedata("skip_samples"):
        return packet
    plain = av.Packet(bytes(packet))
    plain.pts, plain.dts, plain.duration = packet.pts, packet.dts, packet.duration
    plain.time_base = packet.time_base
    return plain
