import threading
import time

import av
import numpy as np
import pytest

from interviewer.capture.sources import Over
from interviewer.errors import DeviceError, InputError, ModelMissingError
from interviewer.interview.documents.observations import FaceFrame
from interviewer.interview.documents.session import Calibration
from interviewer.simulate.sound import RATE, resampled
from interviewer.tui.screens.check_port import Check
from interviewer.weights import Weights
from interviewer.workflows.check import DeviceCheck, framing, listener
from interviewer.workflows.check.framing import Look, faults, look_at
from interviewer.workflows.check.listener import Listener
from interviewer.workflows.check.reading import SENTENCE, judge
from interviewer.workflows.conduct.equipment import find_any_voice
from interviewer.workflows.steps import Quiet

SCRIPT = """\
title: Checked
seed: 3
appearance: mei
size: [640, 360]
fps: 10
turns:
  - {question: "What?", answer: A model.}
"""


def until(is_true, seconds=30.0):
    """Wait for something that another thread brings about."""
    deadline = time.monotonic() + seconds
    waiting = threading.Event()
    while not is_true():
        assert time.monotonic() < deadline, "it did not happen in time"
        waiting.wait(0.02)


def said(check):
    return {hint.text for hint in check.hints()}


def film(path, colour, seconds=2, size=(320, 240)):
    """A picture of one colour (red, green, blue)."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        picture = np.full((size[1], size[0], 3), colour, dtype=np.uint8)
        for _ in range(seconds * 10):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    return str(path)


@pytest.fixture
def checking():
    """Device checks that are closed in the end."""
    made = []

    def make(*sources, **options):
        made.append(DeviceCheck(*sources, **options))
        return made[-1]

    yield make
    for check in made:
        check.close()


@pytest.fixture(scope="module")
def voice():
    """The sentence, read in a quiet room: 48 kHz, silence of a second on both sides."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INTERVIEWER_OFFLINE", "1")
        reader = find_any_voice(Quiet())
    sound = resampled(reader.say(SENTENCE), reader.sample_rate)
    sound = 0.3 * sound / np.abs(sound).max()
    silence = np.zeros(RATE, dtype=np.float32)
    noise = np.random.default_rng(4).normal(size=sound.size + 2 * RATE) * 1e-4
    return (np.concatenate((silence, sound, silence)) + noise).astype(np.float32)


def heard(samples):
    """What a check says while and after it hears samples: hints, and what comes of the reading."""
    listening = Listener()
    listening.start()
    listening.begin()
    for block in np.array_split(samples, len(samples) // 960):
        listening.hear(block.astype(np.float32))
    reading = listening.end()
    taken, voice = judge(reading)
    wrong, right = listening.hints()
    listening.close()
    return {hint.text for hint in (*wrong, *right)}, taken, voice


def test_it_is_what_the_screen_asks_for():
    wanted = {name for name in vars(Check) if not name.startswith("_")}
    assert wanted <= set(dir(DeviceCheck))


def test_a_simulated_candidate_is_checked_and_calibrated(tmp_path, home_of_its_own, checking):
    script = tmp_path / "script.yaml"
    script.write_text(SCRIPT)
    check = checking(f"simulated:{script}", f"simulated:{script}")
    check.open()
    assert check.is_seen
    assert check.is_heard
    assert check.calibration is None
    until(lambda: framing.GOOD in said(check))
    assert check.picture().shape == (180, 320, 3)
    check.begin_gaze()
    check.begin_sentence()
    until(lambda: check.level() > -45)
    until(lambda: listener.GOOD in said(check))
    # It falls silent for good only when all was read; commas are shorter.
    quiet_since = None

    def is_over():
        nonlocal quiet_since
        if check.level() > -50:
            quiet_since = None
        elif quiet_since is None:
            quiet_since = time.monotonic()
        return quiet_since is not None and time.monotonic() - quiet_since > 1.2

    until(is_over)
    for taken in (check.end_sentence(), check.end_gaze()):
        assert taken.good, taken.text
    found = check.calibration
    assert isinstance(found, Calibration)
    assert 60 < found.voice.pitch < 250
    assert abs(found.camera.across) < 8
    assert abs(found.camera.up) < 10
    assert check.troubles == ()
    check.begin_sentence()
    assert not check.end_sentence().good
    assert check.calibration == Calibration(camera=found.camera)
    check.begin_gaze()
    assert not check.end_gaze().good
    assert check.calibration is None
    check.close()
    assert not [path for path in home_of_its_own.rglob("*") if path.is_file()]


def test_a_picture_without_a_face_says_so_and_gives_no_direction(tmp_path, checking):
    check = checking("off", film(tmp_path / "blue.mp4", (20, 60, 200), seconds=20))
    check.open()
    until(lambda: framing.NO_FACE in said(check))
    assert check.is_seen
    assert not check.is_heard
    assert check.level() is None
    red, _, blue = check.picture().mean(axis=(0, 1))
    assert blue > red + 100
    check.begin_gaze()
    begun = time.monotonic()
    until(lambda: time.monotonic() - begun > 1.2)
    taken = check.end_gaze()
    assert not taken.good
    assert "face" in taken.text
    assert check.calibration is None


def test_a_dark_picture_is_told_even_without_the_model(tmp_path, checking, monkeypatch):
    def missing(*_, **__):
        raise ModelMissingError("The model face-landmarker is missing.")

    monkeypatch.setattr(Weights, "file", missing)
    check = checking("off", film(tmp_path / "black.mp4", (4, 4, 4), seconds=20))
    check.open()
    until(lambda: framing.COVERED in said(check))
    check.begin_gaze()
    assert check.end_gaze().text == "The model face-landmarker is missing."
    assert check.troubles == ()


def test_a_missing_microphone_is_a_trouble_and_the_camera_goes_on(tmp_path, checking):
    check = checking(
        str(tmp_path / "none.wav"), film(tmp_path / "grey.mp4", (120, 120, 120), seconds=20)
    )
    check.open()
    (trouble,) = check.troubles
    assert isinstance(trouble, InputError)
    assert "none.wav" in trouble.message
    assert check.is_seen
    assert not check.is_heard
    until(lambda: check.picture() is not None)
    check.begin_sentence()
    assert not check.end_sentence().good


def test_without_any_device_there_is_nothing_to_check(tmp_path, checking):
    check = checking(str(tmp_path / "none.wav"), str(tmp_path / "none.mp4"))
    with pytest.raises(InputError, match=r"none\.wav"):
        check.open()
    assert len(check.troubles) == 2


class Failing:
    """A microphone that is pulled out as soon as it runs."""

    def start(self, take, over):
        take(np.full(960, 0.1, dtype=np.float32))
        over(Over(lost=True, message="The microphone USB was lost."))

    def stop(self):
        pass


def test_a_lost_device_is_among_the_troubles(tmp_path, checking, monkeypatch):
    monkeypatch.setattr("interviewer.capture.sources.open_microphone", lambda *_: Failing())
    check = checking("USB", film(tmp_path / "grey.mp4", (120, 120, 120), seconds=20))
    check.open()
    (trouble,) = check.troubles
    assert isinstance(trouble, DeviceError)
    assert trouble.message == "The microphone USB was lost."
    assert not check.is_heard
    assert check.level() is None
    assert check.is_seen


def test_closing_twice_and_before_opening_does_nothing():
    check = DeviceCheck("off", "off")
    check.close()
    check.close()
    assert check.picture() is None
    assert check.hints() == ()


def test_leaving_while_the_devices_are_opened_lets_them_go(monkeypatch):
    opening, stopped = threading.Event(), threading.Event()

    class Slow(Failing):
        def start(self, take, over):
            pass

        def stop(self):
            stopped.set()

    def slow(*_):
        opening.set()
        threading.Event().wait(0.3)
        return Slow()

    monkeypatch.setattr("interviewer.capture.sources.open_microphone", slow)
    check = DeviceCheck("USB", "off")
    thread = threading.Thread(target=check.open)
    thread.start()
    assert opening.wait(20)
    check.close()
    assert stopped.is_set()
    thread.join(20)


def test_nothing_is_opened_after_leaving(tmp_path):
    check = DeviceCheck("off", film(tmp_path / "grey.mp4", (120, 120, 120)))
    check.close()
    check.open()
    assert not check.is_seen


def test_a_sentence_read_well_gives_the_voice(voice):
    hints, taken, found = heard(voice)
    assert taken.good
    assert hints == {listener.GOOD}
    assert found.seconds > 2
    louder = heard(voice * 2)[2]
    assert louder.loudness == pytest.approx(found.loudness + 6, abs=0.3)
    assert louder.pitch == pytest.approx(found.pitch, rel=0.02)
    assert louder.balance == pytest.approx(found.balance, abs=0.3)


def test_silence_is_no_reading():
    hints, taken, found = heard(np.zeros(4 * RATE))
    assert hints == {listener.MUTED}
    assert not taken.good
    assert found is None


def test_a_quiet_room_without_a_voice_asks_for_words():
    hints, taken, _ = heard(np.random.default_rng(1).normal(size=4 * RATE) * 1e-3)
    assert hints == {listener.SPEAK}
    assert "Nobody was heard" in taken.text


def test_a_clipping_voice_is_refused(voice):
    hints, taken, found = heard(np.clip(voice * 12, -1, 1)[: 8 * RATE])
    assert listener.CLIPPING in hints
    assert "clipped" in taken.text
    assert found is None


def test_a_quiet_voice_is_refused(voice):
    hints, taken, found = heard(voice * 0.02)
    assert hints == {listener.QUIET}
    assert "too quiet" in taken.text
    assert found is None


def test_a_loud_room_is_told(voice):
    noise = np.random.default_rng(2).normal(size=voice.size)
    power = np.mean(np.square(voice[RATE:-RATE]))
    loud = voice + noise * np.sqrt(power / 10 ** (4 / 10))
    hints, taken, found = heard(loud.astype(np.float32))
    assert hints == {listener.NOISE}
    assert "room is too loud" in taken.text
    assert found is None


def test_half_a_sentence_is_asked_for_again(voice):
    _, taken, found = heard(voice[: round(3.5 * RATE)])
    assert "read the whole sentence" in taken.text
    assert found is None


def test_what_was_said_before_the_reading_takes_no_part(voice):
    listening = Listener()
    listening.start()
    listening.hear(voice)
    listening.begin()
    listening.hear(np.zeros(RATE, dtype=np.float32))
    reading = listening.end()
    listening.close()
    assert len(reading.windows) == pytest.approx(RATE / 48 / 32, abs=4)
    assert not judge(reading)[0].good


def seen(box=(0.4, 0.25, 0.2, 0.4), luma=0.5, around=0.5, glare=0.0):
    face = FaceFrame(time=0, faces=1, box=box, brightness=luma)
    return Look(face, around, around, glare)


@pytest.mark.parametrize(
    ("look", "texts"),
    [
        (seen(), []),
        (seen(luma=0.1), [framing.DARK]),
        (seen(luma=0.25), []),
        (seen(luma=0.95), [framing.BRIGHT]),
        (seen(luma=0.3, around=0.8, glare=0.4), [framing.BEHIND]),
        (seen(luma=0.3, around=0.8, glare=0.0), []),
        (seen(box=(0.45, 0.4, 0.06, 0.1)), [framing.SMALL]),
        (seen(box=(0.2, 0.1, 0.5, 0.85)), [framing.NEAR]),
        (seen(box=(0.4, 0.0, 0.2, 0.4)), [framing.CUT_OFF.format(side="top")]),
        (seen(box=(0.4, 0.6, 0.2, 0.4)), [framing.CUT_OFF.format(side="bottom")]),
        (seen(box=(0.0, 0.3, 0.2, 0.4)), [framing.CUT_OFF.format(side="side")]),
        (seen(box=(0.02, 0.3, 0.2, 0.4)), [framing.ASIDE]),
        (seen(box=(0.75, 0.3, 0.2, 0.4), luma=0.1), [framing.ASIDE, framing.DARK]),
        (Look(FaceFrame(time=0, faces=0), 0.5, 0.5, 0.0), [framing.NO_FACE]),
        (Look(FaceFrame(time=0, faces=0), 0.1, 0.1, 0.0), [framing.NO_FACE, framing.DARK]),
        (Look(None, 0.5, 0.5, 0.0), []),
        (Look(None, 0.97, 0.97, 1.0), [framing.BRIGHT]),
        (Look(None, 0.01, 0.01, 0.0), [framing.COVERED]),
    ],
)
def test_a_look_says_what_is_wrong(look, texts):
    assert [hint.text for hint in faults(look)] == texts
    assert not any(hint.good for hint in faults(look))


def test_light_is_measured_beside_the_face():
    picture = np.full((100, 200, 3), 255, dtype=np.uint8)
    picture[20:80, 80:120] = 51
    face = FaceFrame(time=0, faces=1, box=(0.4, 0.2, 0.2, 0.6), brightness=0.2)
    look = look_at(picture, face)
    assert look.around == pytest.approx(1.0, abs=0.01)
    assert look.glare == pytest.approx(1.0, abs=0.01)
    assert faults(look)[0].text == framing.BEHIND
