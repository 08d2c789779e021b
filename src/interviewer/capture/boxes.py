"""How much of a fragmented MP4 whose writer was stopped is whole (ISO/IEC 14496-12, 4.2)."""

import struct
from collections.abc import Iterator
from pathlib import Path

_HEADER = struct.Struct(">I4s")
_LARGE = struct.Struct(">Q")
_SIZE_FOLLOWS = 1


def whole_fragments(path: Path) -> int:
    """Bytes from the start of a file to the end of its last fragment that is complete.

    A fragment is an index (`moof`) with its data (`mdat`); one without the other does not count.

    Returns:
        0 where there is no whole fragment.

    Raises:
        OSError: The file cannot be read.
    """
    end = 0
    has_index = False
    open_fragment = False
    for kind, box_end in _whole_boxes(path):
        if kind == b"moov":
            has_index = True
        elif kind == b"moof":
            open_fragment = True
        elif kind == b"mdat":
            open_fragment = False
            if has_index:
                end = box_end
        elif end and not open_fragment:
            end = box_end
    return end


def _whole_boxes(path: Path) -> Iterator[tuple[bytes, int]]:
    """Kind and end of each top-level box that lies in the file as a whole."""
    size = path.stat().st_size
    at = 0
    with path.open("rb") as file:
        while at + _HEADER.size <= size:
            file.seek(at)
            length, kind = _HEADER.unpack(file.read(_HEADER.size))
            if length == _SIZE_FOLLOWS:
                large = file.read(_LARGE.size)
                length = _LARGE.unpack(large)[0] if len(large) == _LARGE.size else 0
            if length < _HEADER.size or at + length > size:
                return
            at += length
            yield kind, at
