"""A stage without devices or models, for the screens."""

import threading
from pathlib import Path

import numpy as np

from interviewer.tui.backstage import Found, Offer
from interviewer.tui.screens.check_port import Hint, Taken

DOMAINS = (Offer("ds", "Data science"), Offer("web", "Web development"), Offer("hr", "Behavioural"))
FOUND = Found(
    microphones=(
        Offer("Built-in Audio Analog Stereo", "Built-in Audio Analog Stereo"),
        Offer("Blue Yeti", "Blue Yeti"),
    ),
    cameras=(Offer("0", "Integrated Camera"), Offer("2", "Logitech BRIO")),
)


class StandInCheck:
    """Devices whose state a test sets."""

    sentence = "The train leaves at ten past four from platform seven."

    def __init__(self):
        self.is_seen = self.is_heard = True
        self.troubles = ()
        self.calls = []
        self.shown = None
        self.heard = -100.0
        self.said = ()
        self.gaze = Taken(True, "Kept: you looked at the camera.")
        self.read = Taken(True, "Kept: 4.1 s of your voice.")
        self.refused = None

    def open(self):
        self.calls.append("open")
        if self.refused is not None:
            raise self.refused

    def close(self):
        self.calls.append("close")

    def picture(self):
        return self.shown

    def level(self):
        return self.heard if self.is_heard else None

    def hints(self):
        return self.said

    def begin_gaze(self):
        self.calls.append("begin gaze")

    def end_gaze(self):
        self.calls.append("end gaze")
        return self.gaze

    def begin_sentence(self):
        self.calls.append("begin sentence")

    def end_sentence(self):
        self.calls.append("end sentence")
        return self.read


class Stagehand:
    """A backstage whose answers a test sets."""

    def __init__(self):
        self.devices = FOUND
        self.look = threading.Event()
        self.look.set()
        self.looks = 0
        self.refused = ""
        self.remembered = []
        self.checked = StandInCheck()
        self.rows = ()
        self.reviewed = None
        self.screens = []
        self.asked = []
        self.played = []
        self.opened = []
        self.work = None
        self.closed = 0
        self.hushed = 0
        self.trouble = None

    def domains(self):
        return DOMAINS

    def refusal(self, choices):
        return self.refused

    def found(self):
        self.looks += 1
        self.look.wait(10)
        return self.devices

    def remember(self, choices):
        self.remembered.append(choices)
        return ()

    def check(self, choices):
        return self.checked

    def interview(self, choices, check, redo, question):
        self.asked.append((choices, check, redo, question))
        if self.trouble is not None:
            trouble, self.trouble = self.trouble, None
            raise trouble
        return self.screens.pop(0)

    def process(self, steps):
        return self.work(steps) if self.work is not None else self.reviewed

    def play(self, reviewed, moment):
        self.played.append(moment)
        if self.trouble is not None:
            raise self.trouble

    def hush(self):
        self.hushed += 1

    def open_report(self, reviewed):
        self.opened.append(reviewed.folder)
        return f"The report is in {reviewed.folder / 'report.html'}."

    def past(self):
        return self.rows

    def review(self, row):
        if self.trouble is not None:
            raise self.trouble
        return self.reviewed

    def close(self):
        self.closed += 1


def face(width=320, height=180):
    """A drawn head and shoulders."""
    y, x = np.mgrid[0:height, 0:width]
    picture = np.empty((height, width, 3), np.uint8)
    picture[:] = np.stack([60 + y // 4, 70 + y // 5, 90 + x // 8], axis=-1)
    head = ((x - width / 2) / (width * 0.12)) ** 2 + ((y - height * 0.42) / (height * 0.3)) ** 2 < 1
    body = ((x - width / 2) / (width * 0.26)) ** 2 + ((y - height * 1.1) / (height * 0.42)) ** 2 < 1
    picture[body] = (40, 60, 110)
    picture[head] = (226, 180, 150)
    return picture


def hints():
    return (
        Hint("Your face is in the middle.", good=True),
        Hint("The light comes from behind you; turn towards it."),
    )


FOLDER = Path("/home/ada/.local/share/interviewer/sessions/2026-11-22-ds")
