import numpy as np
import pytest
import synchrony

LIMIT = 40


@pytest.mark.slow
@pytest.mark.parametrize("period", [10, 100])
def test_a_flash_and_a_beep_of_one_clock_are_recorded_together(
    mortal_sound_system, tmp_path, period
):
    found = synchrony.record(mortal_sound_system, "pipe", 30, tmp_path, period)
    assert len(found.offsets) >= 27
    # A busy computer holds up single pictures; the recording as a whole must not be moved.
    assert np.quantile(np.abs(found.recorded), 0.9) <= LIMIT
    for where in (0.0, 0.5, 1.0):
        assert abs(np.median(synchrony.part(found.recorded, where))) <= LIMIT / 2
    assert found.filled == 0
