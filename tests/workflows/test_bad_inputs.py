"""Every odd and broken recording that is at hand, through the command itself."""

import csv
import json
import sys

import pytest

from interviewer.cli import _run
from interviewer.console.boundary import run

REFUSED = {
    "derived_zero_byte.mp4",
    "moviepy_result.webm",
    "mp4parse_chunk_out_of_range.mp4",
    "notmedia_README.mp4",
    "small_AudioVideoInterleave.avi",
    "small_jpeg.jpg",
    "small_wav.wav",
}
SILENT_OR_NOISE = {"pink_noise.wav", "sb_noise3.wav", "wt_empty.mp3", "tc_sine_mono_s32_8000.wav"}
IGNORED = {"NOTES.md", "files.csv"}


@pytest.mark.data
@pytest.mark.slow
def test_every_bad_input_is_analysed_or_refused_in_one_sentence(data_dir, monkeypatch, capsys):
    folder = data_dir / "bad_inputs"
    names = sorted(path.name for path in folder.iterdir() if path.name not in IGNORED)
    listed = {row["file"] for row in csv.DictReader((folder / "files.csv").open())}
    assert names
    assert set(names) <= listed
    for name in names:
        arguments = ["interviewer", "analyze", str(folder / name), "--json"]
        monkeypatch.setattr(sys, "argv", arguments)
        code = run(_run)
        out, err = capsys.readouterr()
        assert "Traceback" not in err, name
        if name in REFUSED:
            assert code == 2, (name, err)
            assert out == ""
            assert len(err.strip().splitlines()) == 2, (name, err)
            continue
        assert code == 0, (name, err)
        assessment = json.loads(out)
        words = [word for answer in assessment["answers"] for word in answer["words"]]
        if name in SILENT_OR_NOISE:
            assert not words, (name, words)
        for metric in assessment["metrics"]:
            assert metric["value"] is not None or metric["not_observed"], (name, metric["name"])
