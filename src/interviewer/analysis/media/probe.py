"""What a recording holds, checked against its content and not only read from its header."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.analysis.media.extent import header_duration, measured_duration
from interviewer.analysis.media.picture import Turn, turn_of
from interviewer.analysis.media.source import REPAIR, Source
from interviewer.errors import InputError

if TYPE_CHECKING:
    from av.stream import Stream

# A stream of which none of so many first packets can be decoded counts as undecodable.
_TRIES = 2000

# A file that is shorter than its header says, by more than this, ends early.
_SHORT_BY_SECONDS = 1.0
_SHORT_BY_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named stretch of a recording, in seconds on its timeline."""

    start: float
    end: float
    title: str


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """What a recording holds.

    Attributes:
        duration: Seconds from the beginning of the timeline to the end of what can be read.
        has_audio: Whether there is sound that can be decoded.
        has_video: Whether there is a moving picture that can be decoded; cover art is none.
        width: Of the upright picture in pixels as stored; 0 without a picture.
        height: The same.
        fps: Pictures per second on average; 0 without a picture or where the file does not say.
        rotation: Degrees clockwise by which the stored picture is turned to be upright.
        chapters: In order of time.
        container: Name of the file format, as FFmpeg names it.
        video_codec: None without a picture.
        audio_codec: None without sound.
        notes: What is worth telling about the file, as short clauses.
    """

    duration: float
    has_audio: bool
    has_video: bool
    width: int
    height: int
    fps: float
    rotation: int
    chapters: tuple[Chapter, ...]
    container: str
    video_codec: str | None
    audio_codec: str | None
    notes: tuple[str, ...]


def probe(path: Path) -> MediaInfo:
    """Find out what a recording holds, by its header, its first pictures and its last packets.

    Raises:
        InputError: The file cannot be read, or holds neither sound nor a moving picture.
    """
    with Source(path) as source:
        first = _first_frames(source)
        audio = source.audio if source.audio and first.has(source.audio) else None
        video = source.video if source.video and first.has(source.video) else None
        duration = measured_duration(path) if audio or video else 0.0
        if duration <= 0:
            raise _nothing_in(source, first)
        width, height = (video.width, video.height) if video else (0, 0)
        if first.turn.swap:
            width, height = height, width
        rate = (video.average_rate or video.guessed_rate) if video else None
        return MediaInfo(
            duration=duration,
            has_audio=audio is not None,
            has_video=video is not None,
            width=width,
            height=height,
            fps=float(rate) if rate else 0.0,
            rotation=first.turn.degrees,
            chapters=_chapters(source, duration),
            container=source.container.format.name,
            video_codec=video.codec_context.name if video else None,
            audio_codec=audio.codec_context.name if audio else None,
            notes=(*_notes_on_streams(source, first), *_note_on_end(source, duration)),
        )


@dataclass(slots=True)
class _First:
    """What the first packets gave.

    Attributes:
        tries: Packets that were tried, by index of their stream.
        decoded: Indices of the streams that decode.
        turn: How the picture has to be turned.
    """

    tries: dict[int, int]
    decoded: set[int]
    turn: Turn

    def has(self, stream: "Stream") -> bool:
        return stream.index in self.decoded

    @property
    def is_complete(self) -> bool:
        return all(i in self.decoded or tries > _TRIES for i, tries in self.tries.items())


def _first_frames(source: Source) -> _First:
    """Decode until each stream has given a frame."""
    import av

    first = _First(dict.fromkeys((stream.index for stream in source.used), 0), set(), Turn())
    for packet in source.packets(*source.used):
        if first.is_complete:
            break
        if first.has(packet.stream):
            continue
        first.tries[packet.stream.index] += bool(packet.size)
        try:
            frames = packet.decode()
        except av.error.FFmpegError:
            continue
        if frames:
            first.decoded.add(packet.stream.index)
        if frames and isinstance(frames[0], av.VideoFrame):
            first.turn = turn_of(frames[0])
    return first


def _nothing_in(source: Source, first: _First) -> InputError:
    if any(first.tries.values()):
        return InputError(
            f"{source.path} is damaged: none of its sound or picture can be decoded.", REPAIR
        )
    return InputError(
        f"{source.path} has no length: there is a header, but no sound or picture after it.",
        "Copy or record it again.",
    )


def _notes_on_streams(source: Source, first: _First) -> list[str]:
    notes = []
    for word, used, streams in (
        ("picture", source.video, source.moving),
        ("sound", source.audio, source.container.streams.audio),
    ):
        if used is None:
            continue
        if not first.has(used):
            notes.append(f"its {word} cannot be decoded ({used.codec_context.name})")
        elif len(streams) > 1:
            place = [stream.index for stream in streams].index(used.index)
            which = "first" if place == 0 else f"one numbered {place + 1}"
            notes.append(f"it has {len(streams)} {word} streams; the {which} is used")
    return notes


def _note_on_end(source: Source, duration: float) -> list[str]:
    stated = header_duration(source)
    if stated is None or stated - duration <= max(_SHORT_BY_SECONDS, _SHORT_BY_SHARE * stated):
        return []
    return [f"it ends early: {duration:.0f} of {stated:.0f} seconds can be read"]


def _chapters(source: Source, duration: float) -> tuple[Chapter, ...]:
    """The chapters of the container, on the recording's timeline and within it."""
    found = []
    for number, stated in enumerate(source.container.chapters(), start=1):
        base = stated["time_base"]
        if base is None:
            continue
        start = max(0.0, float(stated["start"] * base) - source.zero)
        end = min(duration, float(stated["end"] * base) - source.zero)
        if end > start:
            found.append(Chapter(start, end, stated["metadata"].get("title") or f"Part {number}"))
    return tuple(sorted(found, key=lambda chapter: chapter.start))
