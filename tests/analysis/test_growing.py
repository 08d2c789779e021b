import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from live_session import wait_for_room

from interviewer.analysis.media import FrameReader, GrowingSound, read_audio, sample_frames
from interviewer.analysis.media.fragments import Fragments, Spliced
from interviewer.capture.finalize import finalize
from interviewer.capture.recorder import Recorder
from interviewer.errors import InputError

RATE = 48_000
SECONDS = 12.0
SIZE = (64, 48)


def stamps(chance: np.random.Generator) -> Iterator[float]:
    """A camera that cannot make up its mind: from 3 to 30 pictures a second."""
    at = 0.0
    while at < SECONDS - 0.2:
        yield at
        at += chance.choice([1 / 30, 1 / 30, 1 / 15, 1 / 3])


def recorded(folder: Path, *, size: tuple[int, int] | None = SIZE) -> tuple[bytes, Path]:
    """What a recorder wrote, and the same as it is finalized."""
    part = folder / "recording.part.mp4"
    noise = np.random.default_rng(3).normal(0, 0.05, round(SECONDS * RATE)).astype(np.float32)
    noise *= np.abs(np.sin(np.arange(len(noise)) / RATE * 3))
    due = list(stamps(np.random.default_rng(4))) if size else []
    with Recorder(part, size=size, fps=30) as recorder:
        for at in range(0, len(noise), 960):
            recorder.sound(noise[at : at + 960])
            while due and due[0] <= recorder.position:
                wait_for_room(recorder)
                level = round(due[0] * 37) % 256
                recorder.picture(np.full((SIZE[1], SIZE[0], 3), level, np.uint8), at=due.pop(0))
        assert recorder.stats.dropped_pictures == 0
    content = part.read_bytes()
    return content, finalize(part, folder / "recording.mp4", []).path


@pytest.fixture(scope="module", params=[SIZE, None], ids=["filmed", "sound only"])
def recording(request: pytest.FixtureRequest, tmp_path_factory) -> tuple[bytes, Path]:
    return recorded(tmp_path_factory.mktemp("growing"), size=request.param)


@pytest.fixture(scope="module")
def filmed(tmp_path_factory) -> tuple[bytes, Path]:
    return recorded(tmp_path_factory.mktemp("filmed"))


def grown(content: bytes, path: Path, seed: int) -> Iterator[None]:
    """Write a file as it grows, in pieces that end anywhere."""
    chance = np.random.default_rng(seed)
    at = 0
    while at < len(content):
        at += int(chance.integers(1, 30_000))
        path.write_bytes(content[:at])
        yield


@pytest.mark.parametrize("seed", range(4))
def test_sound_read_while_it_grows_is_that_of_the_complete_recording(seed, recording, tmp_path):
    content, whole = recording
    expected = np.concatenate(list(read_audio(whole, end=SECONDS)))
    chance = np.random.default_rng(seed)
    pieces = []
    with GrowingSound(tmp_path / "growing.mp4") as sound:
        assert list(sound.read(1.0)) == []
        until = 0.0
        for _ in grown(content, tmp_path / "growing.mp4", seed):
            until = max(until, sound.readable - chance.uniform(0, 3))
            pieces += sound.read(until)
            count = sum(map(len, pieces))
            assert count <= round(until * 16_000)
            assert np.array_equal(np.concatenate([np.zeros(0), *pieces]), expected[:count])
        assert count > 0
        pieces += sound.finish(SECONDS)
    assert np.array_equal(np.concatenate(pieces), expected)


def test_what_is_called_readable_is_there_in_sound_and_picture(filmed, tmp_path):
    content, whole = filmed
    path = tmp_path / "growing.mp4"
    sound = GrowingSound(path)
    times = [at for at, _ in sample_frames(whole, rate=1000)]
    expected = np.concatenate(list(read_audio(whole)))
    seen = 0
    for _ in grown(content, path, 1):
        sound.look()
        end = sound.readable - 1.0
        if end <= 0:
            continue
        seen += 1
        found = [at for at, _ in sample_frames(path, rate=1000, end=end)]
        assert found == [at for at in times if at < end]
        heard = np.concatenate(list(read_audio(path, end=end)))
        assert np.array_equal(heard, expected[: len(heard)])
        assert len(heard) == round(end * 16_000)
    assert seen > 5
    assert sound.readable > SECONDS - 1.0


@pytest.mark.parametrize("rate", [5.0, 12.0])
def test_pictures_read_while_it_grows_are_those_of_the_complete_recording(rate, filmed, tmp_path):
    content, whole = filmed
    path = tmp_path / "growing.mp4"
    expected = list(sample_frames(whole, rate=rate))
    sound = GrowingSound(path)
    chance = np.random.default_rng(5)
    found, start = [], 0.0
    with FrameReader(path, rate=rate) as reader:
        for _ in grown(content, path, 2):
            sound.look()
            end = start + chance.uniform(0.2, 2.0)
            if end + 1.0 <= sound.readable:
                found += reader.read(start, end)
                start = end
        assert start > SECONDS / 2
        found += reader.read(start, SECONDS)
    assert [at for at, _ in found] == [at for at, _ in expected]
    assert all(np.array_equal(a, b) for (_, a), (_, b) in zip(found, expected, strict=True))


def test_a_stretch_read_alone_has_the_pictures_it_has_among_others(filmed):
    _, whole = filmed
    for rate in (5.0, 12.0):
        expected = [at for at, _ in sample_frames(whole, rate=rate)]
        for start in np.arange(0, SECONDS, 0.5):
            found = [at for at, _ in sample_frames(whole, rate=rate, start=start, end=start + 1)]
            assert found == [at for at in expected if start <= at < start + 1]


def test_a_file_that_is_not_in_fragments_is_refused_or_never_readable(filmed, tmp_path):
    _, whole = filmed
    with GrowingSound(whole) as sound:
        assert list(sound.read(5.0)) == []
        assert sound.readable == 0.0


def test_fragments_that_point_into_the_whole_file_are_refused(filmed, tmp_path):
    content, _ = filmed
    path = tmp_path / "absolute.mp4"
    place = content.index(b"tfhd") + 5
    path.write_bytes(content[:place] + b"\0" + content[place + 1 :])
    with GrowingSound(path) as sound, pytest.raises(InputError, match="before it is complete"):
        list(sound.read(5.0))


def test_a_part_of_the_fragments_holds_the_index_and_just_these(filmed, tmp_path):
    content, _ = filmed
    path = tmp_path / "parts.mp4"
    path.write_bytes(content)
    fragments = Fragments(path)
    fragments.refresh()
    first, last = fragments.whole[3], fragments.whole[5]
    with Spliced(fragments, 3, 6) as part:
        everything = part.readall()
        assert everything == fragments.head + content[first.offset : last.end]
        assert part.read(10) == b""
        part.seek(-7, 2)
        assert part.tell() == len(everything) - 7
        assert part.read(100) == content[last.end - 7 : last.end]


@pytest.mark.parametrize("rate", [3.0, 5.0, 12.0])
def test_of_an_unsteady_camera_the_first_picture_of_each_interval_is_taken(rate, filmed):
    _, whole = filmed
    times = [at for at, _ in sample_frames(whole, rate=1000)]
    cells = [math.floor((at + 0.001) * rate) for at in times]
    expected = [at for i, at in enumerate(times) if i == 0 or cells[i] > cells[i - 1]]
    assert [at for at, _ in sample_frames(whole, rate=rate)] == expected
