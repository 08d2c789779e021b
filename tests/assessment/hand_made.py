"""Sessions and observations with known truth, written like a script: ask, wait, say, done."""

import math
from datetime import UTC, datetime
from itertools import pairwise

from interviewer.assessment.assess import assess
from interviewer.interview.documents.assessment import Assessment, Metric, Score
from interviewer.interview.documents.base import Span
from interviewer.interview.documents.observations import (
    FaceFrame,
    FaceObservation,
    Modality,
    Observations,
    SpeechObservation,
    VoiceObservation,
    Word,
)
from interviewer.interview.documents.session import (
    Event,
    EventKind,
    Question,
    Recording,
    Session,
    TargetBand,
)

HOP = 0.02
LOOKS_PER_SECOND = 5.0
TEN_WORDS = "we found the error when the data came in late"  # 11 syllables


class Script:
    """A session in the making; times grow as things are said and done."""

    def __init__(self, language="en", *, pitch=120.0, swing=2.0, video=True):
        self.now = 0.0
        self.language = language
        self.pitch = pitch
        self.swing = swing  # semitones up and down around the pitch
        self.level = -20.0
        self.balance = -12.0
        self.video = video
        self.words = []
        self.spans = []
        self.voiced = []  # (start, end, pitch, swing, level, balance)
        self.gazes = []  # (start, end, yaw)
        self.smiles = []  # (start, end)
        self.faceless = []  # (start, end)
        self.events = []
        self.questions = []

    def _event(self, kind):
        index = len(self.questions) - 1
        self.events.append(Event(time=round(self.now, 3), kind=kind, question=index))

    def ask(self, seconds=2.0, target=None):
        band = TargetBand(low=target[0], high=target[1]) if target else None
        number = len(self.questions) + 1
        self.questions.append(Question(id=f"q{number}", text=f"Question {number}", target=band))
        self._event(EventKind.QUESTION_ASKED)
        self.now += seconds
        self._event(EventKind.QUESTION_ENDED)
        return self

    def done(self):
        self._event(EventKind.ANSWER_ENDED)
        return self

    def wait(self, seconds):
        self.now += seconds
        return self

    def say(self, text, word=0.3, gap=0.1):
        """Say words one after the other: `word` seconds each, `gap` between; one speech span."""
        begin = self.now
        for part in text.split():
            start, end = round(self.now, 3), round(self.now + word, 3)
            self.words.append(Word(text=part, start=start, end=end, probability=0.9))
            self.voiced.append((start, end, self.pitch, self.swing, self.level, self.balance))
            self.now += word + gap
        self.now = round(self.now - gap, 3)
        self.spans.append(Span(start=round(begin, 3), end=self.now))
        self.now += gap
        return self

    def look_away(self, start, end, yaw=45.0):
        self.gazes.append((start, end, yaw))
        return self

    def smile(self, start, end):
        self.smiles.append((start, end))
        return self

    def hide(self, start, end):
        self.faceless.append((start, end))
        return self

    def build(self):
        end = round(self.now + 1.0, 3)
        session = Session(
            id="hand-made",
            title="Hand-made",
            created_at=datetime(2026, 1, 5, 10, tzinfo=UTC),
            recording=Recording(
                path="recording.mp4",
                sha256="0" * 64,
                duration=end,
                has_audio=True,
                has_video=self.video,
            ),
            questions=tuple(self.questions),
            events=tuple(self.events),
        )
        speech = SpeechObservation(
            start=0,
            end=end,
            language=self.language if self.words else None,
            speech=tuple(self.spans),
            words=tuple(self.words),
        )
        face = (FaceObservation(start=0, end=end, rate=5, frames=tuple(self._frames(end))),)
        observations = Observations(
            duration=end,
            speech=(speech,),
            voice=(self._voice(end),),
            face=face if self.video else (),
            absent={} if self.video else {Modality.FACE: "the recording has no picture"},
        )
        return session, observations

    def _voice(self, end):
        count = int(end / HOP)
        f0, level, balance = [None] * count, [-70.0] * count, [-12.0] * count
        for start, stop, pitch, swing, loud, bright in self.voiced:
            for index in range(math.ceil(start / HOP - 0.5), min(count, int(stop / HOP + 0.5))):
                shift = swing * math.sin(index * 0.37)
                f0[index] = round(pitch * 2 ** (shift / 12), 1)
                level[index] = loud + 4 * math.sin(index * 0.53)
                balance[index] = bright
        voicing = tuple(0.0 if value is None else 0.95 for value in f0)
        return VoiceObservation(
            start=0,
            end=end,
            hop=HOP,
            f0=tuple(f0),
            voicing=voicing,
            level=tuple(level),
            balance=tuple(balance),
        )

    def _frames(self, end):
        for index in range(int(end * LOOKS_PER_SECOND)):
            time = round((index + 0.5) / LOOKS_PER_SECOND, 3)
            if any(a <= time < b for a, b in self.faceless):
                yield FaceFrame(time=time, faces=0, brightness=0.4)
                continue
            yaw = next((yaw for a, b, yaw in self.gazes if a <= time < b), 0.0)
            smile = 0.8 if any(a <= time < b for a, b in self.smiles) else 0.05
            yield FaceFrame(
                time=time,
                faces=1,
                box=(0.4, 0.3, 0.2, 0.3),
                yaw=yaw,
                pitch=0.0,
                roll=0.0,
                gaze_x=0.0,
                gaze_y=0.0,
                eyes_closed=0.05,
                smile=smile,
                jaw_open=0.1,
                brightness=0.5,
            )


def assessed(script, baseline=None) -> Assessment:
    session, observations = script.build()
    return assess(session, observations, baseline)


def metric(of, name) -> Metric:
    """A metric of an assessment or of an answer."""
    return next(metric for metric in of.metrics if metric.name == name)


def score(of, name) -> Score:
    return next(score for score in of.scores if score.name == name)


def interview(answers=3, sentences=6, *, video=True, target=(10, 60)):
    """A plain interview: each answer begins after 0.8 s and pauses 0.5 s between sentences."""
    script = Script(video=video)
    for _ in range(answers):
        script.ask(target=target).wait(0.8)
        for _ in range(sentences):
            script.say(TEN_WORDS).wait(0.4)
        script.done()
    return script


def moved(session, observations, seconds):
    """The same session, everything later."""

    def later(value):
        if isinstance(value, dict):
            return {key: later_at(key, item) for key, item in value.items()}
        if isinstance(value, list | tuple) and value and isinstance(value[0], dict):
            return [later(item) for item in value]
        return value

    def later_at(key, item):
        if key in {"time", "start", "end", "duration"}:
            return round(item + seconds, 3)
        return later(item)

    return (
        Session.model_validate(later(session.model_dump())),
        Observations.model_validate(later(observations.model_dump())),
    )


def cut(observations, times):
    """The same series, in segments cut at other times."""
    edges = [0.0, *sorted(set(times)), math.inf]
    pieces = {"speech": [], "voice": [], "face": []}
    for low, high in pairwise(edges):
        for part in observations.speech:
            spans = [(max(s.start, low), min(s.end, high)) for s in part.speech]
            piece = part.model_copy(
                update={
                    "start": max(part.start, low),
                    "end": min(part.end, high),
                    "speech": tuple(Span(start=a, end=b) for a, b in spans if b > a),
                    "words": tuple(w for w in part.words if low <= (w.start + w.end) / 2 < high),
                    "language": part.language,
                }
            )
            pieces["speech"].append(piece)
        for part in observations.voice:
            chosen = [
                index
                for index in range(len(part.f0))
                if low <= part.start + (index + 0.5) * part.hop < high
            ]
            if not chosen:
                continue
            keep = slice(chosen[0], chosen[-1] + 1)
            piece = part.model_copy(
                update={
                    "start": round(part.start + chosen[0] * part.hop, 3),
                    "end": min(part.end, high),
                    **{
                        key: getattr(part, key)[keep]
                        for key in ("f0", "voicing", "level", "balance")
                    },
                }
            )
            pieces["voice"].append(piece)
        for part in observations.face:
            frames = tuple(f for f in part.frames if low <= f.time < high)
            pieces["face"].append(part.model_copy(update={"frames": frames}))
    return observations.model_copy(update={key: tuple(value) for key, value in pieces.items()})
