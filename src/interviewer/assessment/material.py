"""Everything a session offers to be measured, with the reasons for what it does not offer."""

from dataclasses import dataclass

from interviewer.assessment.series import Series, series_of
from interviewer.assessment.spoken import Spoken, spoken_of
from interviewer.interview.documents.observations import Modality, Observations
from interviewer.interview.documents.session import Session
from interviewer.interview.timeline import answers_of

_WHY: dict[Modality, str] = {
    Modality.SPEECH: "the words were not observed",
    Modality.VOICE: "the voice was not observed",
    Modality.FACE: "the picture was not observed",
}


@dataclass(frozen=True, slots=True)
class Material:
    """What was heard and seen, answer by answer.

    Attributes:
        series: Over the whole recording.
        answers: In order of time.
        english: Whether measures that know English words apply.
        absent: Why a modality was not observed, as a short clause.
    """

    series: Series
    answers: tuple[Spoken, ...]
    english: bool
    absent: dict[Modality, str]


def material_of(session: Session, observations: Observations) -> Material:
    """Sort the observations of a session into its answers."""
    series = series_of(observations)
    english = (series.language or "").lower().split("-")[0] == "en"
    answers = tuple(spoken_of(answer, series, english=english) for answer in answers_of(session))
    return Material(series, answers, english, _absent(session, observations))


def _absent(session: Session, observations: Observations) -> dict[Modality, str]:
    observed = {
        Modality.SPEECH: bool(observations.speech),
        Modality.VOICE: bool(observations.voice),
        Modality.FACE: bool(observations.face),
    }
    reasons: dict[Modality, str] = {}
    for modality, there in observed.items():
        if there:
            continue
        if modality in observations.absent:
            reasons[modality] = observations.absent[modality]
        elif modality is Modality.FACE and not session.recording.has_video:
            reasons[modality] = "the recording has no picture"
        elif modality is not Modality.FACE and not session.recording.has_audio:
            reasons[modality] = "the recording has no sound"
        else:
            reasons[modality] = _WHY[modality]
    return reasons
