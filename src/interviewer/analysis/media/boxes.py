"""Just enough of ISO media files (mp4, mov) to read one whose writer was stopped.

A recorder that writes fragments can be stopped, or overtaken by a reader, in the middle of the
index of a fragment; FFmpeg refuses such a file although everything before is intact.
"""

import struct
from pathlib import Path

# Boxes that may stand first (ISO/IEC 14496-12, 4.2 and 6.3.4, and QuickTime).
_FIRST_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"styp", b"pnot"})

_HEADER = struct.Struct(">I4s")
_LARGE = struct.Struct(">Q")
_SIZE_FOLLOWS = 1
_TO_THE_END = 0


def is_iso_media(head: bytes) -> bool:
    """Whether a file that begins like this is an ISO media file."""
    return head[4:8] in _FIRST_BOXES


def whole_boxes(path: Path) -> int:
    """Bytes from the start of a file that are complete top-level boxes.

    Raises:
        OSError: The file cannot be read.
    """
    size = path.stat().st_size
    at = 0
    with path.open("rb") as file:
        while at < size:
            file.seek(at)
            header = file.read(_HEADER.size)
            if len(header) < _HEADER.size:
                return at
            length: int = _HEADER.unpack(header)[0]
            if length == _TO_THE_END:
                return size
            if length == _SIZE_FOLLOWS:
                large = file.read(_LARGE.size)
                length = _LARGE.unpack(large)[0] if len(large) == _LARGE.size else size
            if length < _HEADER.size or at + length > size:
                return at
            at += length
    return at
