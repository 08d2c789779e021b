"""An interviewer that is heard by the microphone, as without headphones."""

import dataclasses
from pathlib import Path

import jiwer
import pytest

from interviewer.capture.leak import Leak as LeakEar
from interviewer.interview.timeline import answers_of
from interviewer.simulate.leak import Leak
from interviewer.simulate.live import LiveCandidate
from interviewer.simulate.script import parse_script
from interviewer.simulate.speech import speak_all
from interviewer.simulate.truth import Truth
from interviewer.workflows.conduct import Options, conduct, prepare
from interviewer.workflows.conduct.asking import SpeakingAsker
from interviewer.workflows.conduct.equipment import equip, find_any_voice
from interviewer.workflows.demo import plan_of
from interviewer.workflows.steps import Quiet

SCRIPT = """\
title: Loud
appearance: amara
size: [320, 240]
fps: 10
turns:
  - question: >-
      Please tell me about the largest outage that you have ever seen, and how you found its cause.
    target: {{low: 4, high: 20}}
    response_latency: {latency}
    answer: >-
      The database was full. We deleted old records and wrote a warning for the next time.
    pace: 0.9
  - question: What would you do differently today, if you could start again from the beginning?
    target: {{low: 4, high: 20}}
    response_latency: 1.0
    answer: I would measure the free space every hour and tell people early.
    pace: 0.9
"""
QUESTION_WORDS = {"please", "largest", "outage", "differently", "beginning"}


class Until:
    """Looks like an event: set when the candidate's time has come, or on demand."""

    def __init__(self, candidate, end):
        self.candidate, self.end = candidate, end

    def is_set(self):
        return self.candidate.position >= self.end


class Saying:
    def __init__(self, candidate, at, seconds):
        self.candidate = candidate
        self.done = Until(candidate, at + seconds)

    def stop(self):
        self.candidate.hush(self.candidate.position)
        self.done.end = self.candidate.position


class RoomSpeaker:
    """A loudspeaker in the simulated candidate's room."""

    name, audible, latency = "room", True, 0.0

    def __init__(self, candidate):
        self.candidate = candidate
        self.said = 0

    def say(self, samples, rate):
        self.said += 1
        at = self.candidate.position
        self.candidate.hear(samples, rate, at)
        return Saying(self.candidate, at, len(samples) / rate)

    def close(self):
        pass


def held(monkeypatch, folder: Path, latency: float, leak: Leak):
    script = parse_script(SCRIPT.format(latency=latency), name="loud")
    voice = find_any_voice(Quiet())
    candidate = LiveCandidate(script, speak_all(script, voice), speed=3.0, leak=leak)
    speaker = RoomSpeaker(candidate)

    def equip_room(options, steps, noted):
        kit = equip(dataclasses.replace(options, voice=False), steps, noted)
        asker = SpeakingAsker(voice, speaker, LeakEar, noted)
        return dataclasses.replace(kit, candidate=candidate, asker=asker)

    monkeypatch.setattr(prepare, "equip", equip_room)
    plan = plan_of(script)
    options = Options(
        mic="simulated", camera="off", speed=3.0, plan=plan, minutes=plan.seconds / 60,
        script=script, model="whisper-tiny.en", language="en", folder=folder, patience=3.0,
    )  # fmt: skip
    result = conduct(options)
    truth = Truth.model_validate_json((folder / "recording.truth.json").read_bytes())
    assert speaker.said == 2
    return result, truth


def words(answer):
    return [word.text.strip(" .,?").lower() for word in answer.words]


@pytest.mark.parametrize(
    "leak",
    [
        Leak(-6, 0.25, 0.4),
        pytest.param(Leak(-20, 0.1, 0.3), marks=pytest.mark.slow),
        pytest.param(Leak(-45, 0.1, 0.2), marks=pytest.mark.slow),
    ],
)
def test_the_interviewer_s_own_voice_is_not_the_candidate_s(monkeypatch, tmp_path, leak):
    result, truth = held(monkeypatch, tmp_path / "s", 0.8, leak)
    session = result.folder.read_session()
    answers = answers_of(session)
    assert len(answers) == 2
    for answer, turn, found in zip(
        answers, truth.turns, result.written.analysed.assessment.answers, strict=True
    ):
        assert turn.question_end - 0.05 <= answer.start <= turn.first_voice
        assert not QUESTION_WORDS & set(words(found))
        assert (
            jiwer.wer(" ".join(turn.words).lower().replace(".", ""), " ".join(words(found))) < 0.2
        )


def test_who_talks_over_the_question_is_heard_from_the_first_word(monkeypatch, tmp_path):
    result, truth = held(monkeypatch, tmp_path / "s", -3.0, Leak(-15, 0.15, 0.3))
    first = answers_of(result.folder.read_session())[0]
    assert first.start == pytest.approx(truth.turns[0].first_voice, abs=0.3)
    found = words(result.written.analysed.assessment.answers[0])
    assert found[:3] == ["the", "database", "was"]
    assert not QUESTION_WORDS & set(found)
