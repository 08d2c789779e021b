"""What an assessment cannot tell, in sentences a person reads."""

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Final

from interviewer.assessment.looks import Looks
from interviewer.assessment.material import Material
from interviewer.assessment.timing import NO_QUESTION_END
from interviewer.assessment.tone import Tone
from interviewer.interview.documents.assessment import Metric
from interviewer.interview.documents.observations import Modality

_UNSURE: Final = 0.6  # mean probability of the words below which they are rough
_CROWDED: Final = 0.1  # share of looks with several faces worth a sentence
_OUT_OF_PICTURE: Final = 50.0  # percent
_UNCALIBRATED: Final = (
    "Eye contact is estimated without calibration, to about 4 degrees: what you look at beside the "
    "camera can count as looking away."
)
_CALIBRATED: Final = (
    "Eye contact is measured against your look at the camera before the interview: it is rough "
    "if you sat down elsewhere afterwards, or moved the camera."
)


def limits_of(
    material: Material,
    looks: Sequence[Looks],
    metrics: Mapping[str, Metric],
    tone: Tone | None,
    *,
    calibrated: bool,
) -> tuple[str, ...]:
    """Sentences on what was not or cannot be told, the general ones first.

    Args:
        material: What was heard and seen.
        looks: Of all answers.
        metrics: Of the session, by name.
        tone: Of the session.
        calibrated: Whether it was measured where the camera is from the candidate's chair.
    """
    sentences = [
        "These numbers describe how you spoke and looked, not what you said, and not who you are."
    ]
    sentences += _hearing(material, metrics)
    if tone is not None:
        sentences.append(
            "A label of tone names cues of the voice, not a feeling: voices rise in worry and in "
            "excitement alike."
        )
        if not tone.level:
            sentences.append(
                "Tone is shown as change within this session; how calm or engaged you sounded "
                "overall needs a recording of you at ease to compare with."
            )
    sentences += _seeing(material, looks, metrics, calibrated=calibrated)
    if metrics["response_latency"].not_observed == NO_QUESTION_END:
        sentences.append(
            "When the questions ended is not known, so response times were not measured."
        )
    if all(spoken.answer.question is None for spoken in material.answers):
        sentences.append(
            "The recording has no questions marked: all that is said in it counts as one speaker's "
            "answer."
        )
    return tuple(sentences)


def _hearing(material: Material, metrics: Mapping[str, Metric]) -> list[str]:
    sentences = []
    reason = material.absent.get(Modality.SPEECH)
    tokens = [token for spoken in material.answers for token in spoken.tokens]
    if reason is not None:
        sentences.append(f"Nothing could be said about your words: {reason}.")
    elif tokens and not material.english:
        sentences.append("Fillers, syllables and the norms of pace cover English only.")
    elif metrics["fillers"].value is not None:
        sentences.append(
            "Recognisers leave out some “um” and “uh”, so you may have used more than were counted."
        )
    if tokens and (sure := fmean(token.probability for token in tokens)) < _UNSURE:
        sentences.append(
            f"The words were hard to make out (certainty {100 * sure:.0f} %), so pace and fillers "
            "are rough."
        )
    return sentences


def _seeing(
    material: Material,
    looks: Sequence[Looks],
    metrics: Mapping[str, Metric],
    *,
    calibrated: bool,
) -> list[str]:
    reason = material.absent.get(Modality.FACE)
    if reason is not None:
        return [f"Nothing could be said about eye contact and smiles: {reason}."]
    sentences = []
    if metrics["eye_contact_share"].value is not None:
        sentences.append(_CALIBRATED if calibrated else _UNCALIBRATED)
    presence = metrics["face_presence"].value
    if isinstance(presence, float) and presence < _OUT_OF_PICTURE:
        sentences.append(
            f"Your face was in the picture in {presence:.0f} % of the moments looked at, so eye "
            "contact and smiles are rough."
        )
    count = sum(len(part.crowded) for part in looks)
    if count and sum(int(part.crowded.sum()) for part in looks) > _CROWDED * count:
        sentences.append("More than one face was in the picture; the main one was measured.")
    return sentences
