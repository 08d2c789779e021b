"""Decoded sound, piece by piece, mixed into one channel, from any time on."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from interviewer.analysis.media.extent import packet_duration
from interviewer.analysis.media.source import FARTHEST_BACK, STEPS_BACK, Source, seconds
from interviewer.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.packet import Packet
    from av.stream import Stream
    from numpy.typing import NDArray

    Piece = tuple[float, NDArray[np.float32], int]

# Decoders need some blocks before the first one that is wanted (Opus: 80 ms, RFC 7845, 4.6).
_RUN_UP = 0.3

log = logging.getLogger(__name__)


def decode_sound(path: Path, start: float) -> "Iterator[Piece]":
    """Decode from shortly before a time to the end.

    Args:
        path: The recording.
        start: The first time that is wanted, in seconds.

    Yields:
        Time in seconds, samples of shape (samples,) with full scale from -1 to 1, and their rate.

    Raises:
        InputError: The file cannot be read or has no sound.
    """
    for back in STEPS_BACK:
        target = None if back is None or start - _RUN_UP - back <= 0 else start - _RUN_UP - back
        with Source(path) as source:
            stream = source.audio
            if stream is None:
                raise InputError(f"{path} has no sound.", "Give a recording with sound.")
            source.only(stream)
            if target is not None and not source.seek(target, stream):
                continue
            pieces = _decoded(source, stream, target)
            first = next(pieces, None)
            if first is None and target is not None and back != FARTHEST_BACK:
                continue
            if first is not None and target is not None and first[0] > start:
                continue
            if first is not None:
                yield first
            yield from pieces
            return


def _decoded(source: Source, stream: "AudioStream", start: float | None) -> "Iterator[Piece]":
    """Decode all packets from here on that do not end before `start`."""
    decoder = SoundDecoder(source, stream)
    for packet in source.packets(stream):
        time = _time_of(packet, source.zero)
        if start is not None and time is not None and time + packet_duration(packet) < start:
            continue
        yield from decoder.decode(packet)


class SoundDecoder:
    """Turns the packets of a stream, in their order, into pieces of sound with their times.

    Args:
        source: The recording.
        stream: Its sound; the packets may come from another opening of the same recording.
    """

    def __init__(self, source: Source, stream: "AudioStream") -> None:
        self._source = source
        self._stream = stream
        self._expected = 0.0

    def decode(self, packet: "Packet[Any] | None") -> "Iterator[Piece]":
        """Decode a packet; an empty one, or None, gives what the decoder held back."""
        import av

        try:
            frames = self._stream.codec_context.decode(packet)
        except av.error.FFmpegError as error:
            log.info("%s: a piece of sound cannot be decoded: %s", self._source.path, error)
            return
        for frame in frames:
            if not frame.samples:
                continue
            at = seconds(frame.pts, self._stream)
            time = self._expected if at is None else at - self._source.zero
            self._expected = time + frame.samples / frame.sample_rate
            yield time, to_mono(frame), frame.sample_rate


def _time_of(packet: "Packet[Stream]", zero: float) -> float | None:
    stamp = packet.pts if packet.pts is not None else packet.dts
    at = seconds(stamp, packet.stream)
    return None if at is None else at - zero


def to_mono(frame: "AudioFrame") -> "NDArray[np.float32]":
    """The mean of all channels of a frame in any sample format, of shape (samples,).

    The mean is taken over all of them and not with the weights of a loudspeaker layout, which
    would drop the low-frequency channel: a recorder may have put a voice there.
    """
    stored = _channels_of(frame)
    samples: NDArray[Any] = stored.astype(np.float32)
    if stored.dtype == np.uint8:
        samples = samples / 128 - 1
    elif np.issubdtype(stored.dtype, np.integer):
        samples /= 2.0 ** (8 * stored.dtype.itemsize - 1)
    else:
        samples = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)
    return np.asarray(samples.mean(axis=0), dtype=np.float32)


def _channels_of(frame: "AudioFrame") -> "NDArray[Any]":
    """The samples as they are stored, of shape (channels, samples)."""
    from av.audio.frame import format_dtypes

    channels = frame.layout.nb_channels
    dtype = np.dtype(format_dtypes[frame.format.name])
    # Plane by plane: of a frame with eight planes PyAV's `to_ndarray` reads a ninth and crashes.
    count = channels if frame.format.is_planar else 1
    planes = [np.frombuffer(memoryview(frame.planes[i]), dtype) for i in range(count)]
    if frame.format.is_planar:
        return np.stack([plane[: frame.samples] for plane in planes])
    return planes[0][: frame.samples * channels].reshape(-1, channels).T
