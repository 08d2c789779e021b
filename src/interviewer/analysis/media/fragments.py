"""Fragmented MP4 files: which fragments are whole, and reading some of them as a file of its own.

A recorder writes the index (`moov`) once and then fragments, each an index of its own (`moof`) with
its data (`mdat`) (ISO/IEC 14496-12, 8.8). FFmpeg finds a place in such a file by reading all that
comes before it. Here the fragments are found by their headers, and the index followed by any of
them is again a file, because each says when it begins and points to its data from its own start.
"""

import io
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_HEADER = struct.Struct(">I4s")
_LARGE = struct.Struct(">Q")
_WORD = struct.Struct(">I")
_SIZE_FOLLOWS = 1

# What may stand before the first fragment and is part of the index.
_LEADING = frozenset({b"ftyp", b"styp", b"free", b"skip", b"moov"})
# Flags of `tfhd`: the data is found from a place in the whole file, or from its own fragment.
_BASE_OFFSET, _BASE_IS_FRAGMENT = 0x01, 0x020000
# An index is some kilobytes, also of a fragment with many pictures.
_LARGEST_INDEX = 16_000_000

# FFmpeg asks for the size of the file with this instead of a place to seek to.
_AVSEEK_SIZE = 0x10000

Box = tuple[bytes, memoryview]


@dataclass(frozen=True, slots=True)
class Fragment:
    """A whole fragment.

    Attributes:
        offset: Its first byte.
        end: The byte after its last one.
        starts: When its part of each track begins, in seconds of the file's time stamps.
    """

    offset: int
    end: int
    starts: dict[int, float]


class Fragments:
    """The whole fragments of a file that may still be growing.

    Attributes:
        head: The bytes before the first fragment; empty as long as there is none.
        whole: The fragments that are complete.
        relocatable: Whether each of them can be read without those before it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.head = b""
        self.whole: list[Fragment] = []
        self.relocatable = True
        self._scales: dict[int, int] = {}
        self._latest: dict[int, float] = {}
        self._at = 0

    @property
    def reached(self) -> float:
        """Time stamp before which every track is complete, in seconds; 0 at the beginning.

        It is the start of the last fragment that a track has, of the track that is behind.
        """
        if not self.whole or len(self._latest) < len(self._scales):
            return 0.0
        return min(self._latest.values(), default=0.0)

    def refresh(self) -> None:
        """Look for fragments that were completed since the last call.

        Raises:
            OSError: The file cannot be read.
        """
        size = self.path.stat().st_size
        if size <= self._at:
            return
        with self.path.open("rb") as file:
            self._walk(file, size)

    def _walk(self, file: io.BufferedReader, size: int) -> None:
        """Take the whole boxes from where the last walk ended; an index waits for its data."""
        starts: dict[int, float] | None = None
        begin = at = self._at
        for kind, offset, body, end in _boxes_of(file, at, size):
            if kind == b"moof":
                if not self.whole and not self._open(file, offset):
                    return
                file.seek(body)
                starts = self._starts(memoryview(file.read(end - body)))
                begin = offset
            elif kind == b"mdat" and starts is not None:
                self.whole.append(Fragment(begin, end, starts))
                self._latest |= starts
                starts = None
            if starts is None:
                at = end
        self._at = at

    def _open(self, file: io.BufferedReader, first: int) -> bool:
        """Read what stands before the first fragment; False where this is no index for it."""
        file.seek(0)
        head = file.read(first)
        boxes = list(_boxes(memoryview(head)))
        index = next((body for kind, body in boxes if kind == b"moov"), None)
        if index is None or any(kind not in _LEADING for kind, _ in boxes):
            return False
        self.head = head
        self._scales = _scales(index)
        return True

    def _starts(self, body: memoryview) -> dict[int, float]:
        starts = {}
        relocatable = True
        for kind, traf in _boxes(body):
            if kind != b"traf":
                continue
            parts = dict(_boxes(traf))
            flags, track = struct.unpack(">II", parts[b"tfhd"][:8])
            relocatable &= bool(flags & _BASE_IS_FRAGMENT) and not flags & _BASE_OFFSET
            time = parts.get(b"tfdt")
            if time is None or track not in self._scales:
                relocatable = False
                continue
            form = ">Q" if time[0] else ">I"
            starts[track] = struct.unpack_from(form, time, 4)[0] / self._scales[track]
        self.relocatable &= relocatable and bool(starts)
        return starts


class Spliced(io.RawIOBase):
    """The index of a fragmented file and some of its fragments, as one file to read.

    Args:
        fragments: Those of the file.
        first: Number of the first one.
        stop: Number after the last one.
    """

    def __init__(self, fragments: Fragments, first: int, stop: int) -> None:
        super().__init__()
        self._head = fragments.head
        self._file = fragments.path.open("rb", buffering=0)
        self._shift = fragments.whole[first].offset - len(self._head)
        self._size = fragments.whole[stop - 1].end - self._shift
        self._at = 0
        self.name = str(fragments.path.absolute())

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes; none at the end."""
        left = self._size - self._at
        wanted = left if size < 0 else min(size, left)
        if wanted <= 0:
            return b""
        if self._at < len(self._head):
            piece = self._head[self._at : self._at + wanted]
        else:
            self._file.seek(self._at + self._shift)
            piece = self._file.read(wanted) or b""
        self._at += len(piece)
        return piece

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place; with FFmpeg's own `whence`, tell the size and stay."""
        if whence == _AVSEEK_SIZE:
            return self._size
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        """Where the next read begins."""
        return self._at

    def close(self) -> None:
        """Release the file."""
        self._file.close()
        super().close()


def _boxes_of(file: io.BufferedReader, at: int, size: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Kind, start, start of the content and end of the top-level boxes that are whole."""
    while at + _HEADER.size <= size:
        file.seek(at)
        length, kind = _HEADER.unpack(file.read(_HEADER.size))
        body = at + _HEADER.size
        if length == _SIZE_FOLLOWS:
            large = file.read(_LARGE.size)
            if len(large) < _LARGE.size:
                return
            length = _LARGE.unpack(large)[0]
            body += _LARGE.size
        too_large = kind in {b"moof", b"moov"} and length > _LARGEST_INDEX
        if length < body - at or at + length > size or too_large:
            return
        yield kind, at, body, at + length
        at += length


def _boxes(content: memoryview) -> Iterator[Box]:
    """Kind and content of the boxes in a piece of memory."""
    at = 0
    while at + _HEADER.size <= len(content):
        length, kind = _HEADER.unpack_from(content, at)
        if length < _HEADER.size or at + length > len(content):
            return
        yield kind, content[at + _HEADER.size : at + length]
        at += length


def _scales(moov: memoryview) -> dict[int, int]:
    """Ticks in a second of each track, by its number."""
    scales = {}
    for kind, trak in _boxes(moov):
        if kind != b"trak":
            continue
        parts = dict(_boxes(trak))
        head, clock = parts[b"tkhd"], dict(_boxes(parts[b"mdia"]))[b"mdhd"]
        # Two times of creation come before, of 4 bytes in version 0 and of 8 in version 1.
        (track,) = _WORD.unpack_from(head, 20 if head[0] else 12)
        (scales[track],) = _WORD.unpack_from(clock, 20 if clock[0] else 12)
    return scales
