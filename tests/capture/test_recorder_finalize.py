import shutil
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from recorded import SIZE, click_times, clicks, decoded_sound, feed

from interviewer.analysis.media import probe
from interviewer.capture import finalize as finalizing
from interviewer.capture.finalize import Chapter, finalize, recover
from interviewer.capture.recorder import Recorder
from interviewer.errors import CannotDoError

SECONDS = 6.0
CHAPTERS = [
    Chapter(0.5, 1.5, "Why data?"),
    Chapter(2.0, 99.0, "Größe – and more"),
    Chapter(50.0, 99.0, "Never reached"),
]


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("recorded") / "recording.part.mp4"
    with Recorder(path, size=SIZE) as recorder:
        feed(recorder, clicks(SECONDS), [float(at) for at in np.arange(0, SECONDS - 0.01, 1 / 30)])
    return path


@pytest.fixture
def part(recorded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(recorded, tmp_path / "recording.part.mp4"))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "recording.mp4"


def boxes(path: Path) -> list[tuple[str, int, int]]:
    data = path.read_bytes()
    found = []
    at = 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        found.append((data[at + 4 : at + 8].decode(), at, at + size))
        at += size
    return found


def test_chapters_survive_and_the_index_stands_in_front(part: Path, out: Path) -> None:
    shares: list[float] = []
    done = finalize(part, out, CHAPTERS, progress=shares.append)
    assert done.path == out
    assert not done.note
    assert done.duration == pytest.approx(SECONDS, abs=0.05)
    kinds = [kind for kind, _, _ in boxes(out)]
    assert kinds.index("moov") < kinds.index("mdat")
    assert "moof" not in kinds
    found = probe(out)
    assert found.duration == pytest.approx(SECONDS, abs=0.05)
    assert [(c.start, c.title) for c in found.chapters] == [
        (0.0, "Why data?"),
        (2.0, "Größe – and more"),
    ]
    assert [c.end for c in found.chapters] == pytest.approx([2.0, SECONDS], abs=0.05)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert not part.exists()


def test_without_room_for_a_copy_the_recording_is_kept_as_it_is(
    part: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    done = finalize(part, out, CHAPTERS)
    assert "no room" in done.note
    assert len(click_times(decoded_sound(out))) == SECONDS
    assert list(out.parent.glob("*.mp4*")) == [out]


def test_a_copy_that_is_too_short_is_not_taken(
    part: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stated = finalizing.stated_extent

    def short(path: Path, streams: int) -> object:
        extent = stated(path, streams)
        extent.duration -= 1
        return extent

    monkeypatch.setattr(finalizing, "stated_extent", short)
    done = finalize(part, out, CHAPTERS)
    assert "plays 5.0 of 6.0 seconds" in done.note
    assert len(click_times(decoded_sound(out))) == SECONDS


def test_a_recording_cut_off_anywhere_is_recovered_up_to_there(
    recorded: Path, tmp_path: Path
) -> None:
    fragments = [box for box in boxes(recorded) if box[0] in {"moof", "mdat"}]
    assert len(fragments) >= 20
    data = recorded.read_bytes()
    whole = decoded_sound(recorded)
    previous = 0.0
    for number, (kind, start, end) in enumerate(fragments):
        if number < 2:
            continue
        for cut in (start + 3, (start + end) // 2, end - 1):
            part, out = tmp_path / "cut.part.mp4", tmp_path / "cut.mp4"
            part.write_bytes(data[:cut])
            done = recover(part, out, CHAPTERS)
            assert not done.note, (kind, cut)
            sound = decoded_sound(out)
            assert done.duration >= previous
            same = min(len(sound), len(whole)) - 1024
            assert np.max(np.abs(sound[:same] - whole[:same])) < 0.001
            previous = done.duration
    assert previous > SECONDS - 1.2


@pytest.mark.parametrize("size", [0, 5, 300])
def test_what_was_cut_off_before_its_first_fragment_is_kept_and_said_to_be_empty(
    part: Path, out: Path, size: int
) -> None:
    part.write_bytes(part.read_bytes()[:size])
    with pytest.raises(CannotDoError, match="holds no recording"):
        recover(part, out, CHAPTERS)
    assert part.stat().st_size == size
    assert not out.exists()


def test_recovering_goes_on_where_finalizing_was_broken_off(part: Path, out: Path) -> None:
    (out.parent / f".{out.name}.part").write_bytes(b"half a copy")
    out.write_bytes(b"")
    first = recover(part, out, CHAPTERS)
    again = recover(part, out, CHAPTERS)
    assert first.duration == pytest.approx(again.duration, abs=0.05)
    assert [path.name for path in out.parent.glob("*recording*")] == [out.name]
    assert len(probe(out).chapters) == 2


def test_a_missing_recording_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotDoError, match="There is no recording at"):
        recover(tmp_path / "a", tmp_path / "b", [])


def test_a_file_that_is_no_recording_is_left_alone(part: Path, out: Path) -> None:
    data = bytearray(part.read_bytes())
    _, start, end = next(box for box in boxes(part) if box[0] == "moov")
    data[start + 8 : end] = bytes(end - start - 8)
    part.write_bytes(data)
    with pytest.raises(CannotDoError, match="damaged"):
        finalize(part, out, [])
    assert part.read_bytes() == data
    assert not out.exists()
