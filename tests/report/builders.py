"""Hand-made sessions and assessments, as varied as what a report must show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from math import sin

from measured import findings, measures, scores

from interviewer.interview.documents.assessment import (
    AnswerAssessment,
    Assessment,
    Moment,
    Sample,
    TimelineData,
    ToneLabel,
    ToneWindow,
    TranscriptWord,
    WordMark,
)
from interviewer.interview.documents.base import Span
from interviewer.interview.documents.session import Question, Recording, Session, TargetBand

GENERATED = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
RECORDED = datetime(2026, 11, 22, 14, 5, tzinfo=timezone(timedelta(hours=1)))
VERDICT = "You kept a steady pace; work next on looking at the camera."
Target = tuple[float, float] | None

QUESTIONS = (
    "Your churn model scores 0.97 AUC in validation and 0.71 in production. Walk me through it.",
    "Tell me about a time when you disagreed with a colleague about a technical decision.",
    "How would you explain a confidence interval to a product manager?",
)
# Each `|` is a pause of 1.4 s; a word said twice in a row is a repetition.
LEAKAGE = """
So the first thing I would, um, I would check is whether the features are computed the same way
in both places. | Usually there is, uh, some kind of leakage in validation, for instance a field
that is only filled after the customer has left. I would take one week of production traffic,
score it offline with the training pipeline, and compare the two scores row by row. If they
differ, um, the problem is in the features. If they agree, the population has shifted, and then I
would look at at which segments moved the most."""
QUEUE = """
At my last job we had to choose between a queue and a, um, a nightly batch. || My colleague wanted
the queue because it felt modern. I thought that the batch was enough, since nobody read the
numbers before nine in the morning. I asked her what would break, you know, what would break if
we waited, and we wrote down three cases together. One of them was real, so we built the queue for
that case and and kept the batch for the rest."""
INTERVAL = """
I would say that we asked a few hundred people and not everybody, so the number we got is a
guess. | The interval tells you how far off that guess could reasonably be. If the interval is
wide, uh, we should not bet much on it. If it is narrow, we can plan with it. And I would always
show the picture first, because a bar with whiskers says it faster than I can."""
ANSWERS = (LEAKAGE, QUEUE, INTERVAL)


@dataclass(frozen=True)
class Case:
    session: Session
    assessment: Assessment


def spoken(text: str, start: float, rate: float = 2.5) -> tuple[list[TranscriptWord], list[Moment]]:
    """Words at an even rate, and the pauses between them."""
    words: list[TranscriptWord] = []
    pauses: list[Moment] = []
    time = start
    for piece in text.split():
        if set(piece) == {"|"}:
            length = 1.4 * len(piece)
            pauses.append(Moment(start=time, end=time + length, note=f"pause of {length:.1f} s"))
            time += length
            continue
        mark = WordMark.FILLER if _plain(piece) in {"um", "uh"} else None
        if words and _plain(piece) == _plain(words[-1].text):
            mark = WordMark.REPETITION
        end = time + 0.9 / rate
        words.append(TranscriptWord(text=piece, start=time, end=end, probability=0.9, mark=mark))
        time += 1 / rate
    return words, pauses


def answer(
    index: int,
    question: str | None,
    text: str,
    start: float,
    *,
    video: bool = True,
    target: Target = (30, 60),
) -> tuple[AnswerAssessment, list[Moment]]:
    latency = (0.8, 2.3, 0.4)[index % 3]
    words, pauses = spoken(text, start + latency)
    fillers = [
        Moment(start=word.start, end=word.end, quote=word.text, note="“um”")
        for word in words
        if word.mark is WordMark.FILLER
    ]
    last = words[-1].end if words else None
    built = AnswerAssessment(
        index=index,
        question=question,
        question_id=None if question is None else f"q-{index}",
        take=1,
        start=start,
        end=(last or start + 20) + 1.5,
        question_end=None if question is None else start,
        first_voice=start + latency if words else None,
        first_word=start + latency + 0.9 if words else None,
        last_word=last,
        words=tuple(words),
        metrics=measures(
            video=video,
            speech=bool(words),
            factor=(0.9, 1.0, 1.1)[index % 3],
            fillers=fillers,
            length=last - start - latency if last else None,
            target=target,
        ),
        tone=(ToneLabel.CALM, ToneLabel.NERVOUS, ToneLabel.CONFIDENT)[index % 3] if words else None,
    )
    return built, pauses


def timeline(
    answers: Sequence[AnswerAssessment], pauses: Sequence[Moment], *, video: bool
) -> TimelineData:
    tone: list[ToneWindow] = []
    for built in answers:
        for step in range(int((built.end - built.start) // 5) if built.words else 0):
            start = built.start + 5 * step
            tone.append(
                ToneWindow(
                    start=start,
                    end=start + 5,
                    tense=1.4 * sin(start / 40),
                    engaged=sin(start / 23),
                    label=list(ToneLabel)[int(start // 25) % len(ToneLabel)],
                    confidence=0.6,
                )
            )
    looks = [_second(built, i) for built in answers for i in range(int(built.end - built.start))]
    return TimelineData(
        tone=tuple(tone),
        tone_reference="the session itself: labels tell how a stretch differs from the rest",
        pace=tuple(Sample(time=w.start + 2.5, value=150 + 40 * w.tense) for w in tone),
        smile=tuple(_sample(t, max(0.0, sin(t / 17)) * 0.7) for t in looks if video),
        eye_contact=tuple(_sample(t, 0.5 + 0.4 * sin(t / 31)) for t in looks if video),
        speech=tuple(_speech(answers)),
        pauses=tuple(pauses),
        fillers=tuple(
            Moment(start=word.start, end=word.end, quote=word.text)
            for built in answers
            for word in built.words
            if word.mark is WordMark.FILLER
        ),
    )


def build(
    questions: Sequence[str | None],
    texts: Sequence[str],
    *,
    candidate: str | None = "Amina Diallo",
    title: str = "Data science practice, first round",
    language: str = "en",
    video: bool = True,
    audio: bool = True,
    targets: Sequence[Target] | None = None,
) -> Case:
    """A session of answers seven seconds apart."""
    answers: list[AnswerAssessment] = []
    pauses: list[Moment] = []
    time = 7.0
    for index, (question, text) in enumerate(zip(questions, texts, strict=True)):
        target = targets[index] if targets else (30.0, 60.0)
        built, quiet = answer(index, question, text, time, video=video, target=target)
        answers.append(built)
        pauses += quiet
        time = built.end + 7.0
    duration = answers[-1].end + 1
    speech = any(built.words for built in answers)
    marks = timeline(answers, pauses, video=video)
    session = Session(
        id="session-1",
        title=title,
        created_at=RECORDED,
        candidate=candidate,
        domain="ds",
        level="hard",
        recording=Recording(
            path="recording.mp4",
            sha256="0" * 64,
            duration=duration,
            has_audio=audio,
            has_video=video,
        ),
        questions=tuple(
            Question(
                id=f"q-{index}",
                text=question,
                target=None if targets else TargetBand(low=30, high=60),
            )
            for index, question in enumerate(questions)
            if question is not None
        ),
    )
    assessment = Assessment(
        session=session.id,
        title=title,
        duration=duration,
        language=language if speech else None,
        verdict=VERDICT if speech else "There was too little to go by for a judgement.",
        scores=scores(video=video, speech=speech),
        metrics=measures(video=video, speech=speech, fillers=marks.fillers[:3]),
        answers=tuple(answers),
        findings=findings(answers, pauses, marks.fillers) if speech else (),
        timeline=marks,
        limits=(
            "These numbers describe how you spoke and looked, not what you said.",
            "Eye contact is estimated without calibration, to about 4 degrees.",
        ),
    )
    return Case(session, assessment)


def rich() -> Case:
    return build(QUESTIONS, ANSWERS)


def without_video() -> Case:
    return build(QUESTIONS, ANSWERS, video=False)


def silent() -> Case:
    """Video without a word, of which the question is not known."""
    return build((None,), ("",), candidate=None, title="silence.wav", video=False)


def long() -> Case:
    """Thirty answers, every fifth without a target."""
    return build(
        [f"Question number {n}: {QUESTIONS[n % 3]}" for n in range(1, 31)],
        [f"{ANSWERS[n % 3]} {ANSWERS[(n + 1) % 3]}" for n in range(30)],
        targets=[None if n % 5 == 4 else (60.0, 90.0) for n in range(30)],
    )


def plain() -> Case:
    """One answer without question or chapters, and no findings."""
    case = build((None,), (LEAKAGE,), candidate=None, title="meeting.mp4")
    return Case(case.session, case.assessment.model_copy(update={"findings": ()}))


def right_to_left() -> Case:
    text = "אני חושב שהדבר הראשון הוא לבדוק את הנתונים. | אחר כך הייתי משווה את התוצאות."
    question = "איך היית בודק את זה?"
    return build((question,), (text,), candidate="נועה", title="ראיון תרגול", language="he")


def japanese() -> Case:
    text = "まず データ の 計算 方法 が 同じ か どうか を 確認 し ます 。 | 次 に 比較 し ます 。"
    question = "どのように原因を調べますか。"
    return build((question,), (text,), candidate="佐藤", title="模擬面接", language="ja")


def endless() -> Case:
    """One answer of some four thousand words."""
    return build((None,), (" ".join(ANSWERS * 18),), candidate=None, title="lecture.mp4")


def _plain(word: str) -> str:
    return word.lower().strip(".,")


def _second(built: AnswerAssessment, index: int) -> float:
    return built.start + index + 0.5


def _sample(time: float, value: float) -> Sample:
    """The face is lost for a while in each minute."""
    return Sample(time=time, value=None if 12 < time % 60 < 20 else value)


def _speech(answers: Sequence[AnswerAssessment]) -> list[Span]:
    spans: list[Span] = []
    for word in (word for built in answers for word in built.words):
        if spans and word.start - spans[-1].end < 0.3:
            spans[-1] = Span(start=spans[-1].start, end=word.end)
        else:
            spans.append(Span(start=word.start, end=word.end))
    return spans
