import os
import socket
import stat
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from synthetic_media import FRAGMENTED, Film, truncated, write

from interviewer.analysis.media import Chapter, probe, read_audio, sample_frames, sha256_of
from interviewer.analysis.media.boxes import whole_boxes
from interviewer.errors import ExitCode, InputError


def test_a_recording_is_described_as_it_was_made(tmp_path: Path) -> None:
    info = probe(write(tmp_path / "a.mp4", Film()))
    assert info.duration == pytest.approx(4.0, abs=0.001)
    assert (info.has_audio, info.has_video) == (True, True)
    assert (info.width, info.height, info.fps, info.rotation) == (320, 180, 30.0, 0)
    assert (info.video_codec, info.audio_codec) == ("h264", "aac")
    assert "mp4" in info.container
    assert info.notes == ()


@pytest.mark.parametrize(
    ("name", "film", "has_audio", "has_video"),
    [
        ("a.wav", Film(video=None, audio="pcm_s16le"), True, False),
        ("a.mp3", Film(video=None, audio="libmp3lame"), True, False),
        ("a.m4a", Film(video=None), True, False),
        ("a.webm", Film(audio=None, video="libvpx"), False, True),
        ("a.avi", Film(video="mpeg4", audio="libmp3lame"), True, True),
    ],
)
def test_what_is_missing_in_a_recording_is_said(
    tmp_path: Path, name: str, film: Film, has_audio: bool, has_video: bool
) -> None:
    info = probe(write(tmp_path / name, film))
    assert (info.has_audio, info.has_video) == (has_audio, has_video)
    assert info.duration == pytest.approx(4.0, abs=0.05)


@pytest.mark.parametrize(
    ("name", "chapters"),
    [
        ("a.mkv", ((0.5, 1.5, "First"), (2.0, 3.5, "Second"))),
        # Chapters of mp4 have no gaps between them.
        ("a.mp4", ((0.0, 1.5, "First"), (1.5, 4.0, "Second"))),
    ],
)
def test_chapters_are_kept_with_titles_and_times(
    tmp_path: Path, name: str, chapters: tuple[tuple[float, float, str], ...]
) -> None:
    info = probe(write(tmp_path / name, Film(chapters=chapters)))
    assert info.chapters == tuple(Chapter(*chapter) for chapter in chapters)


def test_chapters_beyond_the_end_are_cut_off(tmp_path: Path) -> None:
    film = Film(chapters=((1.0, 9.0, "Long"), (9.0, 12.0, "Never")), audio=None)
    assert probe(write(tmp_path / "a.mkv", film)).chapters == (Chapter(1.0, 4.0, "Long"),)


def test_a_stream_that_is_not_used_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "two.mkv"
    with av.open(str(path), "w") as container:
        streams = [container.add_stream("pcm_s16le", rate=8000, layout="mono") for _ in range(2)]
        for stream in streams:
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 8000), np.int16), "s16", "mono")
            frame.sample_rate, frame.pts = 8000, 0
            for packet in [*stream.encode(frame), *stream.encode(None)]:
                container.mux(packet)
    assert probe(path).notes == ("it has 2 sound streams; the first is used",)


def test_cover_art_is_not_a_moving_picture(tmp_path: Path) -> None:
    path = with_cover(write(tmp_path / "plain.mp3", Film(video=None, audio="libmp3lame")))
    with av.open(str(path)) as container:
        assert container.streams.video, "the cover must be there for this test to mean anything"
    info = probe(path)
    assert (info.has_audio, info.has_video) == (True, False)
    with pytest.raises(InputError, match="no picture"):
        next(sample_frames(path, rate=5))


def with_cover(path: Path) -> Path:
    picture = path.with_name("cover.jpg")
    av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8)).save(str(picture))
    content = b"\0image/jpeg\0\x03\0" + picture.read_bytes()
    frame = b"APIC" + struct.pack(">IH", len(content), 0) + content
    size = len(frame)
    packed = bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0))
    result = path.with_name("cover.mp3")
    result.write_bytes(b"ID3\x03\0\0" + packed + frame + path.read_bytes())
    return result


@pytest.mark.parametrize(
    ("name", "film"),
    [
        ("a.mp4", Film(seconds=10, container_options={"movflags": "+faststart"})),
        ("a.mkv", Film(seconds=10)),
        ("a.webm", Film(seconds=10, video="libvpx", audio="libopus")),
        ("a.mp3", Film(seconds=10, video=None, audio="libmp3lame")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_recording_that_was_cut_off_has_its_real_length_and_a_note(
    tmp_path: Path, name: str, film: Film
) -> None:
    path = truncated(write(tmp_path / name, film), 0.6)
    info = probe(path)
    assert 4.0 < info.duration < 8.0
    assert len(info.notes) == 1
    assert info.notes[0].startswith("it ends early")
    samples = sum(len(block) for block in read_audio(path))
    assert samples == round(info.duration * 16_000)


def test_a_stopped_recorder_leaves_a_readable_file_wherever_it_was_stopped(tmp_path: Path) -> None:
    whole = write(tmp_path / "a.mp4", Film(seconds=5, container_options=FRAGMENTED))
    content = whole.read_bytes()
    second = content.index(b"moof", content.index(b"moof") + 4) - 4
    cut = tmp_path / "cut.mp4"
    for end in range(second, len(content), 61):
        cut.write_bytes(content[:end])
        share = (end - second) / (len(content) - second)
        assert probe(cut).duration >= max(1.0, 1 + 4 * share - 1.3)


def test_only_complete_boxes_are_counted(tmp_path: Path) -> None:
    box = struct.pack(">I4s", 12, b"free") + b"abcd"
    large = struct.pack(">I4sQ", 1, b"mdat", 20) + b"abcd"
    path = tmp_path / "boxes"
    path.write_bytes(box + large)
    assert whole_boxes(path) == 32
    path.write_bytes(box + large[:-1])
    assert whole_boxes(path) == 12
    path.write_bytes(box + large[:10])
    assert whole_boxes(path) == 12
    path.write_bytes(box + b"\0\0\0\0mdat" + b"rest")
    assert whole_boxes(path) == 24
    path.write_bytes(box + b"\0\0\0\2junk")
    assert whole_boxes(path) == 12


def refused(path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        probe(path)
    error = caught.value
    assert error.exit_code is ExitCode.USAGE
    assert error.message.endswith(".")
    assert "\n" not in error.message
    assert error.next_step.endswith(".")
    return error


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert "no file called" in refused(tmp_path / "no.mp4").message


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "is a folder" in refused(tmp_path).message


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.touch()
    assert "is empty" in refused(path).message


def test_a_named_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    path = tmp_path / "pipe.mp4"
    os.mkfifo(path)
    assert "not a plain file" in refused(path).message


@pytest.mark.parametrize("name", ["notes.txt", "notes.mp4", "notes.srt", "notes.nfo"])
def test_text_is_refused_whatever_its_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("1\n00:00:01,000 --> 00:00:02,000\nhello\n" * 200)
    message = refused(path).message
    assert "not a recording" in message or "neither sound nor picture" in message


@pytest.mark.parametrize("name", ["a.jpg", "a.png"])
def test_a_single_picture_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8)).save(str(path))
    assert "is a picture" in refused(path).message


def test_a_file_that_was_cut_off_before_its_index_is_refused(tmp_path: Path) -> None:
    path = truncated(write(tmp_path / "a.mp4", Film()), 0.5)
    assert "no usable index" in refused(path).message


def test_a_header_without_content_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", Film(video=None, audio="pcm_s16le"))
    content = path.read_bytes()
    path.write_bytes(content[: content.index(b"data") + 4] + b"\0\0\0\0")
    assert "has no length" in refused(path).message


def test_content_that_cannot_be_decoded_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp4", Film(audio=None, container_options={"movflags": "faststart"}))
    content = bytearray(path.read_bytes())
    start = content.index(b"mdat") + 4
    content[start:] = bytes(len(content) - start)
    path.write_bytes(bytes(content))
    assert "is damaged" in refused(path).message


def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", Film(video=None, audio="pcm_s16le", seconds=0.5))
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    assert "permission is denied" in refused(path).message
    with pytest.raises(InputError, match="permission is denied"):
        sha256_of(path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs to drop rights")
def test_a_file_without_permission_is_refused_to_another_user(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", Film(video=None, audio="pcm_s16le", seconds=0.5))
    path.chmod(0)
    for folder in (tmp_path, *tmp_path.parents):
        if not folder.stat().st_mode & stat.S_IXOTH:
            folder.chmod(folder.stat().st_mode | stat.S_IXOTH)
    program = (
        "import os, sys, pathlib, av\n"
        "from interviewer.analysis.media import probe\n"
        "from interviewer.errors import InputError\n"
        "os.setuid(65534)\n"
        "try:\n    probe(pathlib.Path(sys.argv[1]))\n"
        "except InputError as error:\n    print(error.message)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False
    )
    assert "permission is denied" in done.stdout, done.stderr


def test_a_name_that_begins_with_a_dash_is_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "-a.mp4", Film())
    monkeypatch.chdir(tmp_path)
    assert probe(Path("-a.mp4")).has_video


@pytest.mark.parametrize("name", ["a: b%20 'c'.mp4", "concat:a.mp4", "привет 面接.mp4"])
def test_odd_names_are_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    write(tmp_path / "plain.mp4", Film()).rename(tmp_path / name)
    monkeypatch.chdir(tmp_path)
    assert probe(Path(name)).has_video
    assert sum(len(block) for block in read_audio(Path(name))) == 64_000


@pytest.fixture
def server() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


@pytest.mark.parametrize("name", ["list.m3u8", "list.mp4", "list.ffconcat", "list.sdp", "list.mpd"])
def test_a_playlist_cannot_reach_the_network(
    tmp_path: Path, server: socket.socket, name: str
) -> None:
    url = f"http://127.0.0.1:{server.getsockname()[1]}/a.ts"
    content = {
        "list.ffconcat": f"ffconcat version 1.0\nfile '{url}'\n",
        "list.sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nt=0 0\nm=audio 5004 RTP/AVP 0\n",
        "list.mpd": f'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011">'
        f"<BaseURL>{url}</BaseURL></MPD>",
    }.get(name, f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{url}\n#EXT-X-ENDLIST\n")
    path = tmp_path / name
    path.write_text(content)
    refused(path)
    with pytest.raises(BlockingIOError):
        server.accept()


def test_the_hash_is_the_hash_and_progress_ends_at_one(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"interview" * 300_000)
    shares: list[float] = []
    digest = sha256_of(path, shares.append)
    assert digest == "4ce9d0abbd9a86ee367f14dad8b930da54a8225522dd4036ac05b0efd6e99be7"
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


REFUSED = {
    "derived_zero_byte.mp4": "is empty",
    "moviepy_result.webm": "is empty",
    "mp4parse_chunk_out_of_range.mp4": "no usable index",
    "notmedia_README.mp4": "not a recording",
    "small_AudioVideoInterleave.avi": "has no length",
    "small_jpeg.jpg": "is a picture",
    "small_wav.wav": "has no length",
}


@pytest.mark.data
@pytest.mark.parametrize("name", sorted(REFUSED))
def test_bad_files_as_found_are_refused_with_the_fitting_sentence(
    data_dir: Path, name: str
) -> None:
    assert REFUSED[name] in refused(data_dir / "bad_inputs" / name).message


@pytest.mark.data
def test_every_other_file_as_found_is_read_to_its_end(data_dir: Path) -> None:
    files = [
        path
        for folder in ("bad_inputs", "grid", "face_video_no_audio")
        for path in sorted((data_dir / folder).iterdir())
        if path.suffix not in {".csv", ".md"} and path.name not in REFUSED
    ]
    assert len(files) > 30
    for path in files:
        info = probe(path)
        if info.has_audio:
            samples = sum(len(block) for block in read_audio(path))
            assert samples == round(info.duration * 16_000), path.name
        if info.has_video:
            times = [time for time, _ in sample_frames(path, rate=2, max_side=64)]
            assert times == sorted(set(times)), path.name
            assert 0 <= times[0] < 1, path.name
            assert info.duration - times[-1] < 1.2, path.name


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "size", "rotation"),
    [
        ("decord_video_90.mov", (320, 568), 90),
        ("decord_video_180.mov", (568, 320), 180),
        ("decord_video_270.mov", (320, 568), 270),
    ],
)
def test_phone_videos_are_described_upright(
    data_dir: Path, name: str, size: tuple[int, int], rotation: int
) -> None:
    path = data_dir / "bad_inputs" / name
    info = probe(path)
    assert ((info.width, info.height), info.rotation) == (size, rotation)
    assert next(sample_frames(path, rate=5))[1].shape == (size[1], size[0], 3)
