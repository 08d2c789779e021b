import json
import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import av
import numpy as np
import pytest
from humming import HumVoice, script_of

from interviewer.capture.voices import PiperVoice
from interviewer.errors import CannotDoError, InputError
from interviewer.interview.documents.session import Recording
from interviewer.interview.timeline import answers_of
from interviewer.simulate.film import film, truth_path
from interviewer.simulate.record import session_from
from interviewer.simulate.script import Script
from interviewer.simulate.truth import Truth

FRAME = 0.005
LOUD_DB = -45.0


@dataclass(frozen=True)
class Film:
    path: Path
    truth: Truth
    sound: np.ndarray
    rate: int

    def level(self, start: float, end: float) -> float:
        part = self.sound[round(start * self.rate) : round(end * self.rate)].astype(float)
        return 20 * np.log10(np.sqrt(np.mean(part**2)) + 1e-9)

    def first_loud(self, start: float) -> float:
        now = start
        while self.level(now, now + FRAME) < LOUD_DB:
            now += FRAME
        return now


def sound_of(path: Path) -> tuple[np.ndarray, int]:
    with av.open(str(path)) as container:
        frames = list(container.decode(audio=0))
    first = frames[0]
    samples = np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames])
    # The clock of the file, not the count of samples, says where the sound begins.
    offset = round(float(first.pts * first.time_base) * first.sample_rate)
    assert offset >= 0
    return np.concatenate([np.zeros(offset), samples]), first.sample_rate


@pytest.fixture(scope="module")
def filmed(
    short_script: Script, piper: PiperVoice, tmp_path_factory: pytest.TempPathFactory
) -> Film:
    out = tmp_path_factory.mktemp("film") / "short.mp4"
    truth = film(short_script, piper, out)
    return Film(out, truth, *sound_of(out))


def test_the_film_has_the_promised_form(filmed: Film) -> None:
    with av.open(str(filmed.path)) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert video.codec_context.name == "h264"
        assert video.codec_context.pix_fmt == "yuv420p"
        assert (video.width, video.height) == (640, 360)
        assert video.average_rate == 30
        assert audio.codec_context.name == "aac"
        assert audio.codec_context.layout.name == "mono"
        assert audio.codec_context.sample_rate == 48_000
        times = [float(frame.pts * frame.time_base) for frame in container.decode(video=0)]
    assert times == pytest.approx([i / 30 for i in range(len(times))], abs=1e-3)
    assert len(times) / 30 == pytest.approx(filmed.truth.duration, abs=1e-3)
    assert filmed.sound.size / filmed.rate == pytest.approx(filmed.truth.duration, abs=0.03)


def test_the_index_comes_before_the_media(filmed: Film) -> None:
    data = filmed.path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_there_is_a_key_frame_each_second(filmed: Film) -> None:
    with av.open(str(filmed.path)) as container:
        stream = container.streams.video[0]
        keys = [float(p.pts * p.time_base) for p in container.demux(stream) if p.is_keyframe]
    assert max(np.diff(keys)) <= 1.001


def test_the_first_voice_is_where_the_truth_says(filmed: Film) -> None:
    for turn in filmed.truth.turns:
        heard = filmed.first_loud(turn.question_end)
        assert heard == pytest.approx(turn.first_voice, abs=0.03)


def test_the_last_voice_is_where_the_truth_says(filmed: Film) -> None:
    for turn in filmed.truth.turns:
        assert filmed.level(turn.last_voice + 0.02, turn.answer_end) < LOUD_DB - 8
        assert filmed.level(turn.last_voice - 0.15, turn.last_voice) > LOUD_DB


def test_pauses_are_silent(filmed: Film) -> None:
    pauses = [pause for turn in filmed.truth.turns for pause in turn.pauses]
    scripted = [pause.end - pause.start for pause in pauses if pause.scripted]
    assert scripted == pytest.approx([0.9])
    for pause in pauses:
        if pause.end - pause.start > 0.1:
            assert filmed.level(pause.start + 0.03, pause.end - 0.03) < LOUD_DB - 8


def test_fillers_and_phrases_are_heard(filmed: Film) -> None:
    first = filmed.truth.turns[0]
    assert [filler.text for filler in first.fillers] == ["um", "uh"]
    for filler in first.fillers:
        assert 0.25 < filler.end - filler.start < 0.9
    for spoken in (*first.fillers, *first.phrases):
        assert filmed.level(spoken.start, spoken.end) > -34
        assert filmed.level(spoken.start, spoken.start + 0.05) > LOUD_DB - 5
        assert filmed.level(spoken.end - 0.05, spoken.end) > LOUD_DB - 10


def test_silence_is_that_of_a_room(filmed: Film) -> None:
    assert filmed.level(0.05, filmed.truth.turns[0].first_voice - 0.05) == pytest.approx(-60, abs=3)


def test_a_gain_is_heard(filmed: Film) -> None:
    first, second = filmed.truth.turns
    loud = filmed.level(first.phrases[0].start, first.phrases[0].end)
    soft = filmed.level(second.phrases[0].start, second.phrases[0].end)
    assert loud - soft == pytest.approx(6, abs=3)


def test_each_question_is_a_chapter(filmed: Film) -> None:
    with av.open(str(filmed.path)) as container:
        chapters = [
            (c["metadata"]["title"], float(c["start"] * c["time_base"]))
            for c in container.chapters()
        ]
    turns = filmed.truth.turns
    assert [title for title, _ in chapters] == [turn.question.text for turn in turns]
    starts = [start for _, start in chapters]
    assert starts == pytest.approx([turn.asked_at for turn in turns], abs=0.002)


def test_the_truth_beside_the_film_is_the_one_returned(filmed: Film) -> None:
    text = truth_path(filmed.path).read_text(encoding="utf-8")
    assert Truth.model_validate_json(text) == filmed.truth
    assert sorted(p.name for p in filmed.path.parent.iterdir()) == [
        "short.mp4",
        "short.truth.json",
    ]


def test_the_series_covers_the_film(filmed: Film) -> None:
    series = filmed.truth.series
    assert 5 <= series.rate <= 10
    assert len(series.yaw) == pytest.approx(filmed.truth.duration * series.rate, abs=1)
    away = filmed.truth.turns[0].away[0]
    during = series.yaw[round((away.start + away.end) / 2 * series.rate)]
    assert during > 12


def test_the_film_is_a_session_with_its_answers(filmed: Film) -> None:
    recording = Recording(
        path="recording.mp4",
        sha256="0" * 64,
        duration=filmed.truth.duration,
        has_audio=True,
        has_video=True,
    )
    session = session_from(filmed.truth, recording, datetime.now(UTC))
    answers = answers_of(session)
    assert [answer.start for answer in answers] == [t.question_end for t in filmed.truth.turns]
    assert [answer.end for answer in answers] == [t.answer_end for t in filmed.truth.turns]
    assert answers[0].question is not None
    assert answers[0].question.target is not None
    assert answers[1].question.id == "q2"
    assert session.domain == "ds"


def test_equal_scripts_give_equal_truths(hum: HumVoice, tmp_path: Path) -> None:
    script = script_of("Yes, it works.", question_seconds=0.2, response_latency=0.2)
    script = script.model_copy(update={"size": (320, 180), "fps": 15})
    first = film(script, hum, tmp_path / "a.mp4")
    second = film(script, HumVoice(), tmp_path / "b.mp4")
    assert first == second


def test_progress_runs_from_nothing_to_all(hum: HumVoice, tmp_path: Path) -> None:
    told: list[tuple[float, str]] = []
    script = script_of("Yes.").model_copy(update={"size": (320, 180), "fps": 15})
    film(script, hum, tmp_path / "a.mp4", progress=lambda share, what: told.append((share, what)))
    shares = [share for share, _ in told]
    assert shares[0] == 0
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert told[0][1] == "Speaking answer 1 of 1"


def small(answer: str = "Yes.") -> Script:
    return script_of(answer).model_copy(update={"size": (320, 180), "fps": 15})


def test_a_cancelled_film_leaves_what_was_there(hum: HumVoice, tmp_path: Path) -> None:
    out = tmp_path / "a.mp4"
    out.write_text("an older film")
    answers = iter([False] * 10)
    with pytest.raises(CannotDoError, match="cancelled"):
        film(small(), hum, out, cancelled=lambda: next(answers, True))
    assert [p.name for p in tmp_path.iterdir() if p != tmp_path / "home"] == ["a.mp4"]
    assert out.read_text() == "an older film"


def test_an_interrupt_leaves_nothing(hum: HumVoice, tmp_path: Path) -> None:
    def interrupt(share: float, what: str) -> None:
        if share > 0.3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        film(small("Yes, it works for all of us."), hum, tmp_path / "a.mp4", progress=interrupt)
    assert [p for p in tmp_path.iterdir() if p.is_file()] == []


def test_a_film_needs_a_name_and_a_place(hum: HumVoice, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.mp4"):
        film(small(), hum, tmp_path / "a.avi")
    with pytest.raises(InputError, match="There is no directory"):
        film(small(), hum, tmp_path / "none" / "a.mp4")
    (tmp_path / "b.mp4").mkdir()
    with pytest.raises(InputError, match="is a directory"):
        film(small(), hum, tmp_path / "b.mp4")
    assert hum.said == []


FULL_DISK = """
import sys
from pathlib import Path
from humming import HumVoice, script_of
from interviewer.errors import CannotDoError
from interviewer.simulate.film import film
script = script_of("Yes, it works for all of us, every day and in every way.")
script = script.model_copy(update={"size": (640, 360)})
try:
    film(script, HumVoice(), Path(sys.argv[1]))
except CannotDoError as error:
    print(error.message)
"""


def test_a_full_disk_is_one_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    out = tmp_path / "disk" / "a.mp4"
    out.parent.mkdir()

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(out)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=little_room,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent)},
    )
    assert "There is no room left" in done.stdout, done.stderr
    assert "Traceback" not in done.stderr
    assert list(out.parent.iterdir()) == []


def test_truth_documents_refuse_what_they_do_not_know(filmed: Film) -> None:
    content = json.loads(truth_path(filmed.path).read_text(encoding="utf-8"))
    content["turns"][0]["mood"] = "good"
    with pytest.raises(ValueError, match="mood"):
        Truth.model_validate(content)
