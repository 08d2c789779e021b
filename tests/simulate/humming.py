"""A voice whose sound is known, and short scripts for it."""

import numpy as np

from interviewer.simulate.script import Script


class HumVoice:
    """Says each letter as 60 ms of a tone: quick, and its length is known."""

    name = "hum"
    sample_rate = 16_000
    pitch = 200.0

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, text: str, *, pace: float = 1.0) -> np.ndarray:
        self.said.append(text)
        time = np.arange(round(0.06 * len(text) / pace * self.sample_rate)) / self.sample_rate
        return (0.3 * np.sin(2 * np.pi * self.pitch * time)).astype(np.float32)


def script_of(answer: str, **fields: object) -> Script:
    turn = {"question": "What did you do?", "question_seconds": 1.0, "answer": answer} | fields
    return Script.model_validate({"title": "Test", "turns": [turn]})
