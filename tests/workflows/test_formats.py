"""The same interview in every container we promise to read."""

import json
import sys
from fractions import Fraction

import av
import pytest

from interviewer.cli import _run
from interviewer.console.boundary import run

FORMATS = {
    "mp4": ("libx264", "aac"),
    "mov": ("libx264", "aac"),
    "mkv": ("libx264", "libopus"),
    "webm": ("libvpx", "libopus"),
    "avi": ("mpeg4", "libmp3lame"),
    "wav": (None, "pcm_s16le"),
    "mp3": (None, "libmp3lame"),
    "m4a": (None, "aac"),
}
SECONDS = 12


def convert(source, target, video, audio):
    """Write the first seconds of a film in another format; None leaves a stream out."""
    container = "ipod" if target.suffix == ".m4a" else None
    with av.open(str(source)) as film, av.open(str(target), "w", format=container) as out:
        sinks = {}
        if video and film.streams.video:
            stream = out.add_stream(video, rate=15)
            stream.width, stream.height, stream.pix_fmt = 640, 360, "yuv420p"
            stream.time_base = Fraction(1, 15)
            sinks["video"] = stream
        if audio:
            sinks["audio"] = out.add_stream(audio, rate=48_000, layout="mono")
        wanted = [getattr(film.streams, kind)[0] for kind in sinks]
        resampler = av.AudioResampler(
            format=sinks["audio"].format if audio else "s16", layout="mono", rate=48_000
        )
        for frame in film.decode(*wanted):
            if frame.time > SECONDS:
                continue
            if isinstance(frame, av.VideoFrame):
                out.mux(sinks["video"].encode(frame.reformat(format="yuv420p")))
            else:
                for part in resampler.resample(frame):
                    out.mux(sinks["audio"].encode(part))
        for sink in sinks.values():
            out.mux(sink.encode(None))
    return target


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_words_are_heard_in_every_container(suffix, known, tmp_path, monkeypatch, capsys):
    path = convert(known.film, tmp_path / f"answer.{suffix}", *FORMATS[suffix])
    arguments = ["interviewer", "analyze", str(path), "--json", "--model", "whisper-tiny.en"]
    monkeypatch.setattr(sys, "argv", arguments)
    assert run(_run) == 0, capsys.readouterr().err
    assessment = json.loads(capsys.readouterr().out)
    (answer,) = assessment["answers"]
    heard = " ".join(word["text"] for word in answer["words"]).lower()
    assert "search page" in heard
    face = next(m for m in assessment["metrics"] if m["name"] == "face_presence")
    if FORMATS[suffix][0] is None:
        assert face["value"] is None
        assert face["not_observed"] == "the recording has no picture"
    else:
        assert face["value"] > 95


def test_a_picture_without_sound_is_looked_at(known, tmp_path, monkeypatch, capsys):
    path = convert(known.film, tmp_path / "mute.mp4", "libx264", None)
    monkeypatch.setattr(sys, "argv", ["interviewer", "analyze", str(path), "--json"])
    assert run(_run) == 0, capsys.readouterr().err
    assessment = json.loads(capsys.readouterr().out)
    values = {m["name"]: m for m in assessment["metrics"]}
    assert values["eye_contact_share"]["value"] > 60
    assert values["words_per_minute"]["value"] is None
    assert values["words_per_minute"]["not_observed"]
    scores = {score["name"]: score for score in assessment["scores"]}
    assert scores["eye_contact"]["value"] is not None
    assert scores["clarity"]["value"] is None


def test_where_there_is_no_face_nothing_is_said_about_it(known, tmp_path, monkeypatch, capsys):
    path = tmp_path / "wall.mp4"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for shade in range(40):
            frame = av.VideoFrame(320, 180, "yuv420p")
            for plane in frame.planes:
                plane.update(bytes([60 + shade]) * plane.buffer_size)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    monkeypatch.setattr(sys, "argv", ["interviewer", "analyze", str(path), "--json"])
    assert run(_run) == 0, capsys.readouterr().err
    assessment = json.loads(capsys.readouterr().out)
    for name in ("eye_contact_share", "smile_share"):
        (metric,) = [m for m in assessment["metrics"] if m["name"] == name]
        assert metric["value"] is None
        assert metric["not_observed"]
