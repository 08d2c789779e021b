import pytest

from interviewer.assessment.expression import SMILE_SECONDS, SMILE_THRESHOLD, smiles_in
from interviewer.interview.documents.observations import FaceFrame


def frames(*smiles: float | None, step: float = 0.2) -> list[FaceFrame]:
    return [
        FaceFrame(time=round(i * step, 3), faces=smile is not None, smile=smile)
        for i, smile in enumerate(smiles)
    ]


def test_a_smile_that_lasts_is_one_from_end_to_end() -> None:
    found = smiles_in(frames(0.0, 0.35, 0.7, 0.8, 0.7, 0.35, 0.0))
    assert found == (False, True, True, True, True, True, False)


def test_a_mouth_that_is_wide_for_a_vowel_does_not_smile() -> None:
    assert not any(smiles_in(frames(0.0, 0.8, 0.7, 0.1, 0.9, 0.6, 0.7, 0.0)))


def test_a_mouth_that_is_a_little_wide_for_long_does_not_smile() -> None:
    assert not any(smiles_in(frames(*[0.33] * 30)))


def test_without_a_face_there_is_neither_smile_nor_none() -> None:
    found = smiles_in(frames(0.8, 0.8, 0.8, 0.8, 0.8, None, 0.0))
    assert found == (True, True, True, True, True, None, False)


def test_the_length_is_counted_in_seconds_and_not_in_looks() -> None:
    assert all(smiles_in(frames(0.8, 0.8, 0.8, step=0.5)))
    assert not any(smiles_in(frames(*[0.8] * 5, step=0.1)))


def test_no_looks_hold_no_smile() -> None:
    assert smiles_in([]) == ()


@pytest.mark.parametrize("beyond", [-0.01, 0.01])
def test_the_threshold_decides(beyond: float) -> None:
    count = int(SMILE_SECONDS / 0.2) + 2
    assert all(smiles_in(frames(*[SMILE_THRESHOLD + beyond] * count))) is (beyond > 0)
