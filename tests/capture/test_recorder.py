import itertools
import stat
import threading
from pathlib import Path

import av
import numpy as np
import pytest
from recorded import (
    RATE,
    SIZE,
    click_times,
    clicks,
    decoded_levels,
    decoded_sound,
    feed,
    grey,
    wait_for_room,
)

from interviewer.capture.finalize import Chapter, finalize
from interviewer.capture.recorder import Recorder
from interviewer.capture.recorder.intake import Intake, Sound
from interviewer.capture.recorder.recorder import _MOST_PICTURES
from interviewer.capture.recorder.writer import Writer
from interviewer.errors import CannotDoError

AAC_BLOCK = 1024
FPS = 30


def steady(seconds: float, fps: float = FPS, first: float = 0.0) -> list[float]:
    return [float(at) for at in np.arange(first, seconds - 0.5 / fps, 1 / fps)]


@pytest.fixture
def part(tmp_path: Path) -> Path:
    return tmp_path / "recording.part.mp4"


@pytest.mark.parametrize("size", [None, SIZE])
def test_no_sample_is_lost_or_moved(part: Path, tmp_path: Path, size: tuple[int, int]) -> None:
    sound = clicks(20.0, every=0.7)
    blocks = np.random.default_rng(1)
    with Recorder(part, size=size) as recorder:
        at = 0
        while at < len(sound):
            length = int(blocks.integers(1, 3000))
            recorder.sound(sound[at : at + length])
            at += length
    out = finalize(part, tmp_path / "recording.mp4", []).path

    decoded = decoded_sound(out)
    assert recorder.stats.samples == len(sound)
    assert len(sound) <= len(decoded) < len(sound) + AAC_BLOCK
    expected = click_times(sound)
    assert len(expected) == 28
    assert click_times(decoded) == pytest.approx(expected, abs=0.002)


def test_flash_and_beep_stay_together_for_ten_minutes(part: Path, tmp_path: Path) -> None:
    seconds, every, flash = 610.0, 5.0, 0.2
    with Recorder(part, size=SIZE, fps=FPS) as recorder:
        for begin in np.arange(0.0, seconds, every):
            sound = clicks(every, every=every, first=2.0)
            feed(
                recorder,
                sound,
                steady(every),
                level=lambda t: 230 if 2.0 <= t + 1e-9 < 2.0 + flash else 60,
            )
            assert recorder.position == pytest.approx(begin + every)
    out = finalize(part, tmp_path / "recording.mp4", []).path

    beeps = np.array(click_times(decoded_sound(out)))
    levels = decoded_levels(out)
    flashes = np.array(
        [now for (_, before), (now, level) in itertools.pairwise(levels) if before < 140 <= level]
    )
    assert len(beeps) == len(flashes) == round(seconds / every)
    assert np.max(np.abs(flashes - beeps)) <= 0.01
    assert beeps[-1] > 600
    assert recorder.stats.dropped_pictures == 0


def test_pictures_stamped_on_arrival_are_placed_between_blocks_of_sound(part: Path) -> None:
    now = [100.0]
    block = 4800
    with Recorder(part, size=SIZE, clock=lambda: now[0]) as recorder:
        for number in range(1, 300):
            now[0] = 100 + number / 100
            if number % 10 == 0:
                recorder.sound(np.zeros(block, dtype=np.float32))
            if number % 4 == 3:
                wait_for_room(recorder)
                recorder.picture(grey(number % 200 + 20))
    times = [at for at, _ in decoded_levels(part)]
    arrivals = [number / 100 for number in range(1, 300) if number % 4 == 3]
    # Before the first block has come there is nothing to count from.
    late = [at for at in arrivals if at >= block / RATE]
    assert times[-len(late) :] == pytest.approx(late, abs=0.011)


@pytest.mark.parametrize("jitter", [0.0, 0.2])
def test_sound_that_comes_late_or_in_bursts_does_not_move_the_pictures(
    part: Path, jitter: float
) -> None:
    now = [100.0]
    # A driver hands over five blocks at once; one burst in ten is held up on its way.
    block, together = 960, 5
    random = np.random.default_rng(3)
    sounds: list[float] = []
    for number in range(1, 60):
        due = number * together * block / RATE
        late = jitter if number % 10 == 0 else random.uniform(0, 0.003)
        sounds.append(max([due + late, *sounds[-1:]]))
    pictures = [number / 30 + 0.007 for number in range(1, 178)]
    with Recorder(part, size=SIZE, fps=FPS, clock=lambda: now[0]) as recorder:
        for at, is_sound in sorted([(t, True) for t in sounds] + [(t, False) for t in pictures]):
            now[0] = 100 + at
            if is_sound:
                for _ in range(together):
                    recorder.sound(np.zeros(block, dtype=np.float32))
            else:
                wait_for_room(recorder)
                recorder.picture(grey(128))
    known = [at for at in pictures if at > 0.2]
    times = [at for at, _ in decoded_levels(part)][-len(known) :]
    assert times == pytest.approx(known, abs=0.004)
    assert recorder.stats.dropped_pictures == 0


def test_pictures_follow_the_sound_again_after_some_of_it_is_gone(part: Path) -> None:
    now = [100.0]
    with Recorder(part, size=SIZE, fps=FPS, clock=lambda: now[0]) as recorder:
        for number in range(600):
            now[0] = 100 + number / 100
            if not 200 <= number < 240:
                recorder.sound(np.zeros(480, dtype=np.float32))
            if number % 4 == 3:
                wait_for_room(recorder)
                recorder.picture(grey(128))
    last = [at for at, _ in decoded_levels(part)][-1]
    assert last == pytest.approx(recorder.position, abs=0.005)


def test_each_picture_keeps_its_time_at_any_rate(part: Path, tmp_path: Path) -> None:
    gaps = np.random.default_rng(2).choice([0.011, 0.033, 0.04, 0.21, 0.9, 1.7], 60)
    stamps = [round(float(at), 3) for at in np.cumsum(gaps)]
    seconds = stamps[-1] + 0.3
    with Recorder(part, size=SIZE, fps=FPS) as recorder:
        feed(recorder, clicks(seconds), stamps)
    times = [at for at, level in decoded_levels(part) if level > 60]
    assert times == pytest.approx(stamps, abs=0.001)
    done = finalize(part, tmp_path / "recording.mp4", [])
    assert not done.note
    times = [at for at, level in decoded_levels(done.path) if level > 60]
    assert times == pytest.approx(stamps, abs=0.001)
    assert recorder.stats.pictures == len(stamps)


@pytest.mark.parametrize(("first", "last"), [(0.3, 8.0), (3.0, 8.0), (0.0, 2.5), (99.0, 99.0)])
def test_a_late_or_dying_camera_leaves_the_sound_as_it_is(
    part: Path, tmp_path: Path, first: float, last: float
) -> None:
    sound = clicks(8.0)
    stamps = steady(last, first=first)
    with Recorder(part, size=SIZE) as recorder:
        feed(recorder, sound, stamps)
    done = finalize(part, tmp_path / "recording.mp4", [])
    out = done.path

    assert not done.note
    assert click_times(decoded_sound(out)) == pytest.approx(click_times(sound), abs=0.002)
    levels = decoded_levels(out)
    assert [at for at, level in levels if level > 60] == pytest.approx(stamps, abs=0.001)
    black = [at for at, level in levels if level < 30]
    assert all(at < first or at >= last + 1.8 for at in black)
    assert bool(black) == (first > 0.5 or last < 6)


def test_decoding_can_begin_at_every_second(part: Path) -> None:
    with Recorder(part, size=SIZE, fps=15) as recorder:
        feed(recorder, clicks(6.0), steady(6.0, fps=60))
    with av.open(str(part)) as container:
        keys = [float(p.pts * p.time_base) for p in container.demux(video=0) if p.is_keyframe]
    assert keys == pytest.approx([0, 1, 2, 3, 4, 5], abs=0.02)


def test_a_recording_too_short_for_its_camera_plays(part: Path, tmp_path: Path) -> None:
    with Recorder(part, size=SIZE) as recorder:
        recorder.sound(np.ones(4800, dtype=np.float32))
    done = finalize(part, tmp_path / "recording.mp4", [])
    assert not done.note
    assert done.duration == pytest.approx(0.1, abs=0.001)
    assert [at for at, _ in decoded_levels(done.path)] == [0.0]


def test_what_was_recorded_stays_when_its_user_fails(part: Path) -> None:
    def use() -> None:
        with Recorder(part, size=None) as recorder:
            recorder.sound(clicks(3.0))
            raise KeyError

    with pytest.raises(KeyError):
        use()
    assert len(click_times(decoded_sound(part))) == 3


def test_paused_time_is_not_recorded(part: Path) -> None:
    sound = clicks(4.0)
    with Recorder(part, size=SIZE) as recorder:
        feed(recorder, sound, steady(4.0))
        recorder.pause()
        recorder.sound(np.ones(RATE, dtype=np.float32))
        recorder.picture(grey(255))
        assert recorder.position == 4.0
        recorder.resume()
        feed(recorder, sound, steady(4.0))
    assert recorder.position == 8.0
    assert click_times(decoded_sound(part)) == pytest.approx(np.arange(8) + 0.5, abs=0.002)
    levels = decoded_levels(part)
    assert len(levels) == recorder.stats.pictures == 240
    assert max(level for _, level in levels) < 160


def test_too_many_pictures_are_dropped_and_counted_and_no_sound(
    part: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_encode = threading.Event()
    write = Writer.write_picture

    def slow(self: Writer, frame: np.ndarray, at: float) -> None:
        may_encode.wait()
        write(self, frame, at)

    monkeypatch.setattr(Writer, "write_picture", slow)
    sound = clicks(10.0)
    with Recorder(part, size=SIZE) as recorder:
        for number in range(100):
            recorder.sound(sound[number * 4800 : (number + 1) * 4800])
            recorder.picture(grey(128), at=number / 10)
        may_encode.set()
    # One more than may wait is in the hands of the encoder.
    assert _MOST_PICTURES <= recorder.stats.pictures <= _MOST_PICTURES + 1
    assert recorder.stats.pictures + recorder.stats.dropped_pictures == 100
    assert click_times(decoded_sound(part)) == pytest.approx(click_times(sound), abs=0.002)


def test_sound_waits_for_room_and_is_not_dropped() -> None:
    intake = Intake(most_samples=10, most_pictures=1)
    intake.add_sound(Sound(np.zeros(10, dtype=np.float32)))
    second = Sound(np.ones(10, dtype=np.float32))
    device = threading.Thread(target=intake.add_sound, args=(second,))
    device.start()
    assert len(intake.take().samples) == 10
    assert intake.take() is second
    device.join(timeout=10)
    assert not device.is_alive()


def test_sound_that_waits_is_let_go_when_recording_fails() -> None:
    intake = Intake(most_samples=10, most_pictures=1)
    intake.add_sound(Sound(np.zeros(10, dtype=np.float32)))
    taken = []
    more = Sound(np.ones(10, dtype=np.float32))
    device = threading.Thread(target=lambda: taken.append(intake.add_sound(more)))
    device.start()
    intake.abandon()
    device.join(timeout=10)
    assert taken == [False]


def test_unusable_pictures_are_counted_and_harm_nothing(part: Path) -> None:
    sound = clicks(3.0)
    with Recorder(part, size=SIZE) as recorder:
        feed(recorder, sound[:RATE], [0.0, 0.5])
        recorder.picture(np.zeros((0, 0, 3), dtype=np.uint8))
        recorder.picture(np.zeros((120, 160), dtype=np.uint8))
        recorder.picture(grey(9).astype(np.float32))
        recorder.picture(grey(9), at=-1.0)
        recorder.picture(grey(9), at=1000.0)
        recorder.picture(grey(9), at=0.2)
        feed(recorder, sound[RATE:], [0.5])
    assert recorder.stats.dropped_pictures == 6
    assert [at for at, _ in decoded_levels(part)] == pytest.approx([0.0, 0.5, 1.5])
    assert len(click_times(decoded_sound(part))) == 3


def test_pictures_with_one_stamp_are_all_kept(part: Path) -> None:
    with Recorder(part, size=SIZE) as recorder:
        recorder.sound(clicks(0.4))
        for _ in range(3):
            recorder.picture(grey(128), at=0.5)
    assert [at for at, _ in decoded_levels(part)] == pytest.approx([0.5, 0.501, 0.502])


def test_a_picture_of_another_size_is_fitted_in(part: Path) -> None:
    with Recorder(part, size=(161, 121), colours="rgb") as recorder:
        recorder.sound(clicks(0.4))
        recorder.picture(grey(200, size=(60, 120)), at=0.1)
    with av.open(str(part)) as container:
        picture = next(container.decode(video=0)).to_ndarray(format="rgb24")
    assert picture.shape == (120, 160, 3)
    assert picture[60, 80].mean() == pytest.approx(200, abs=12)
    assert picture[60, :40].mean() < 20
    assert picture[60, 120:].mean() < 20


def test_colours_come_back_as_they_were(part: Path) -> None:
    orange = np.zeros((SIZE[1], SIZE[0], 3), dtype=np.uint8)
    orange[:] = (30, 120, 220)
    with Recorder(part, size=SIZE) as recorder:
        recorder.sound(clicks(0.4))
        recorder.picture(orange, at=0.1)
    with av.open(str(part)) as container:
        picture = next(container.decode(video=0)).to_ndarray(format="bgr24")
    assert picture[60, 80].tolist() == pytest.approx([30, 120, 220], abs=10)


def test_sound_that_is_not_a_number_does_not_end_the_recording(part: Path) -> None:
    with Recorder(part, size=None) as recorder:
        recorder.sound(np.full(RATE, np.nan, dtype=np.float32))
        recorder.sound(clicks(2.0))
    assert click_times(decoded_sound(part)) == pytest.approx([1.5, 2.5], abs=0.002)


def test_an_error_of_the_encoder_is_raised_once_when_recording_stops(
    part: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Writer, samples: np.ndarray) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(Writer, "write_sound", broken)
    recorder = Recorder(part, size=None)
    recorder.sound(np.zeros(RATE, dtype=np.float32))
    with pytest.raises(RuntimeError, match="broken"):
        recorder.stop()
    assert recorder.failed
    assert recorder.stop() == part


def test_only_the_owner_may_read_and_nothing_is_overwritten(part: Path, tmp_path: Path) -> None:
    with Recorder(part, size=None) as recorder:
        recorder.sound(clicks(1.0))
        assert stat.S_IMODE(part.stat().st_mode) == 0o600
    with pytest.raises(CannotDoError, match="exists already"):
        Recorder(part, size=None)
    out = finalize(part, tmp_path / "recording.mp4", [Chapter(0, 1, "One")]).path
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert list(tmp_path.glob("*.mp4*")) == [out]


def test_a_place_that_cannot_be_written_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(CannotDoError, match="cannot be written"):
        Recorder(tmp_path / "missing" / "recording.mp4", size=None)


def test_a_recording_of_nothing_is_said_to_be_empty(part: Path, tmp_path: Path) -> None:
    with Recorder(part, size=SIZE):
        pass
    with pytest.raises(CannotDoError, match="holds no recording"):
        finalize(part, tmp_path / "recording.mp4", [])
