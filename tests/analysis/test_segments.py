import itertools

import numpy as np
import pytest
import spoken
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.analysis.activity import WINDOW
from interviewer.analysis.segments import SETTLE, Cutter

STEP = WINDOW / 16_000
LONGEST = 30.0


class LoudnessActivity:
    """Takes the first sample of each window for its speech probability."""

    def __init__(self):
        self._pending = np.zeros(0, dtype=np.float32)

    def feed(self, samples):
        stream = np.concatenate((self._pending, samples))
        count = len(stream) // WINDOW
        self._pending = stream[count * WINDOW :]
        return stream[: count * WINDOW : WINDOW].copy()


def sound(*runs):
    """Windows of given speech probabilities, each for so many seconds."""
    values = [value for value, seconds in runs for _ in range(round(seconds / STEP))]
    return np.repeat(np.array(values, dtype=np.float32), WINDOW)


def cut(samples, boundaries=(), duration=None, block=None, activity=LoudnessActivity):
    cutter = Cutter(boundaries, activity=activity())
    segments = []
    size = block or max(1, len(samples))
    for begin in range(0, len(samples), size):
        segments += cutter.feed(samples[begin : begin + size])
    return segments + cutter.finish(len(samples) / 16_000 if duration is None else duration)


def assert_tiles(segments, duration):
    edges = [0.0, *(segment.end for segment in segments)]
    assert [segment.start for segment in segments] == edges[:-1]
    assert edges[-1] == round(duration, 3)
    for segment in segments:
        assert 0 < segment.duration <= LONGEST
        for span in segment.speech:
            assert segment.start <= span.start < span.end <= segment.end
        for one, other in itertools.pairwise(segment.speech):
            assert one.end < other.start


runs = st.lists(
    st.tuples(st.sampled_from([0.0, 0.1, 0.4, 0.6, 1.0]), st.floats(0.032, 14.0)), max_size=14
)
times = st.lists(st.floats(0, 90).map(lambda value: round(value, 3)), max_size=6)


@settings(deadline=None, max_examples=60)
@given(runs, times, st.floats(0.3, 1.5))
def test_segments_tile_the_timeline_and_end_at_every_boundary(runs, boundaries, share):
    samples = sound(*runs)
    duration = max(0.0, len(samples) / 16_000 * max(share, 1.0))
    segments = cut(samples, boundaries, duration)
    assert_tiles(segments, duration)
    ends = {segment.end for segment in segments}
    assert {time for time in boundaries if 0 < time < round(duration, 3)} <= ends


@settings(deadline=None, max_examples=40)
@given(runs, times, st.integers(1, 40_000))
def test_the_size_of_the_blocks_changes_nothing(runs, boundaries, block):
    samples = sound(*runs)
    assert cut(samples, boundaries, block=max(block, 300)) == cut(samples, boundaries)


@settings(deadline=None, max_examples=40)
@given(runs, times, st.floats(0, SETTLE - 0.05))
def test_a_boundary_reported_as_it_happens_cuts_as_one_known_ahead(runs, boundaries, late):
    samples = sound(*runs)
    duration = len(samples) / 16_000
    boundaries = sorted(time for time in boundaries if 0 < time < duration)
    cutter = Cutter(activity=LoudnessActivity())
    segments, waiting = [], list(boundaries)
    for begin in range(0, len(samples), 320):
        while waiting and waiting[0] + late <= begin / 16_000:
            cutter.boundary(waiting.pop(0))
        segments += cutter.feed(samples[begin : begin + 320])
    for time in waiting:
        cutter.boundary(time)
    assert segments + cutter.finish(duration) == cut(samples, boundaries)


def test_a_segment_ends_in_the_middle_of_a_pause_once_it_is_long_enough():
    segments = cut(sound((1, 8), (0, 0.6), (1, 8), (0, 0.6), (1, 8)))
    assert [segment.end for segment in segments] == pytest.approx([16.85, 25.2], abs=0.1)


def test_a_long_pause_ends_a_short_segment_and_becomes_silence_of_its_own():
    segments = cut(sound((1, 5), (0, 8), (1, 5)))
    assert [bool(segment.speech) for segment in segments] == [True, False, True]
    assert segments[0].end == pytest.approx(6.0, abs=0.1)
    assert segments[1].end == pytest.approx(12.7, abs=0.1)


def test_a_first_word_before_a_long_silence_is_not_joined_to_what_follows():
    segments = cut(sound((1, 0.5), (0, 12), (1, 5)))
    assert [bool(segment.speech) for segment in segments] == [True, False, True]


def test_speech_without_a_pause_is_cut_where_it_is_quietest():
    segments = cut(sound((1, 25), (0, 0.2), (1, 20)))
    assert segments[0].end == pytest.approx(25.1, abs=0.05)


def test_speech_without_any_gap_is_cut_at_its_weakest_sound():
    segments = cut(sound((1, 26), (0.5, 0.1), (1, 20)))
    assert segments[0].end == pytest.approx(26.05, abs=0.06)


def test_silence_becomes_pieces_without_speech():
    segments = cut(sound((0, 95)))
    assert len(segments) == 4
    assert not any(segment.speech for segment in segments)


def test_what_lies_past_the_sound_is_silence():
    segments = cut(sound((1, 5)), duration=100.0)
    assert_tiles(segments, 100.0)
    assert segments[0].speech[-1].end == pytest.approx(5.0, abs=0.05)
    assert not any(segment.speech for segment in segments[1:])


def test_sound_past_the_end_is_not_observed():
    segments = cut(sound((1, 5)), duration=2.5)
    assert_tiles(segments, 2.5)
    assert segments[-1].speech[-1].end == 2.5


def test_a_recording_without_length_has_no_segments():
    assert cut(sound(), duration=0.0) == []


def test_a_boundary_inside_a_final_segment_has_no_effect():
    cutter = Cutter(activity=LoudnessActivity())
    done = cutter.feed(sound((1, 16), (0, 2), (1, 5)))
    assert len(done) == 1
    cutter.boundary(3.0)
    rest = cutter.finish(23.0)
    assert_tiles(done + rest, 23.0)
    assert 3.0 not in {segment.end for segment in done + rest}


def test_a_boundary_reported_after_the_last_sound_still_cuts():
    cutter = Cutter(activity=LoudnessActivity())
    done = cutter.feed(sound((1, 10)))
    cutter.boundary(9.0)
    assert [segment.end for segment in done + cutter.finish(9.2)] == [9.0, 9.2]


def test_a_segment_of_the_longest_length_is_not_longer_by_a_rounding_error():
    lead = (0.0, 9.344), (0.6, 1.984), (0.0, 40.0)
    assert max(segment.duration for segment in cut(sound(*lead))) == LONGEST


def test_a_segment_is_final_only_after_its_surroundings_were_heard():
    samples = sound((1, 16), (0, 3), (1, 5))
    cutter = Cutter(activity=LoudnessActivity())
    for begin in range(0, len(samples), 160):
        for segment in cutter.feed(samples[begin : begin + 160]):
            assert (begin + 160) / 16_000 >= segment.end + SETTLE


def test_an_answer_between_boundaries_keeps_its_speech_to_itself():
    segments = cut(sound((1, 10)), boundaries=[4.0, 4.1])
    assert [(s.start, s.end) for s in segments] == [(0, 4.0), (4.0, 4.1), (4.1, segments[-1].end)]
    assert all(segment.speech for segment in segments)


def test_real_speech_is_cut_in_its_pauses():
    parts = []
    for _ in range(4):
        parts += ["I built a model that predicts which customers will leave.", 0.4]
        parts += ["Then I measured how well it works in production.", 0.8]
    talk = spoken.talk(0.5, *parts)
    cutter = Cutter()
    segments = cutter.feed(talk.samples) + cutter.finish(talk.duration)
    assert_tiles(segments, talk.duration)
    assert len(segments) >= 2
    for segment in segments[:-1]:
        assert not any(start < segment.end < end for start, end, _ in talk.phrases)


@pytest.mark.data
@pytest.mark.parametrize("name", ["pink_noise.wav", "sb_noise3.wav", "wt_empty.mp3"])
def test_recordings_of_noise_hold_no_speech(data_dir, name):
    from faster_whisper.audio import decode_audio

    samples = decode_audio(str(data_dir / "bad_inputs" / name))
    cutter = Cutter()
    segments = cutter.feed(samples) + cutter.finish(len(samples) / 16_000)
    assert not any(segment.speech for segment in segments)
