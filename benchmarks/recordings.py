"""Analyse and report on every recording of some folders, and say how each one went.

    python benchmarks/recordings.py FOLDER... [--out DIR]

Prints a line per recording: its length, the time taken, the word error rate where a `refs.csv`
beside it has the exact text, words, and the main measures; then what was read. The reports stay in
the output folder to be looked at.
"""

import argparse
import csv
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import jiwer

MEDIA = {".mp4", ".mpg", ".mov", ".mkv", ".webm", ".avi", ".wav", ".mp3", ".m4a", ".3gp", ".flac"}
TEXT_COLUMNS = ("reference", "text", "ref")
FILLERS = {"um", "uh", "er", "erm", "hmm", "mm", "mhm"}
SHOWN = ("words_per_minute", "fillers", "eye_contact_share", "smile_share", "face_presence")


def main() -> None:
    """Go through the folders."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=Path("recordings-out"))
    chosen = parser.parse_args()
    for folder in chosen.folders:
        texts = references(folder)
        for path in sorted(folder.iterdir()):
            if path.suffix.lower() in MEDIA:
                one(path, texts.get(path.name), chosen.out)


def one(path: Path, reference: str | None, out: Path) -> None:
    folder = (out / path.parent.name / path.name).resolve()
    env = {**os.environ, "INTERVIEWER_DATA": str(out.resolve() / "data")}
    interviewer = [sys.executable, "-m", "interviewer"]
    started = time.perf_counter()
    analysed = subprocess.run(
        [*interviewer, "analyze", str(path), "--json", "--out", str(folder)],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    taken = time.perf_counter() - started
    if analysed.returncode:
        sentence = " ".join(analysed.stderr.strip().splitlines()[-2:])
        print(f"{path.name:<34} exit {analysed.returncode}: {sentence}", flush=True)
        return
    assessment = json.loads(analysed.stdout)
    report = subprocess.run(
        [*interviewer, "report", str(folder)], env=env, capture_output=True, text=True, check=False
    )
    heard = [word["text"] for answer in assessment["answers"] for word in answer["words"]]
    error = f"{jiwer.wer(plain(reference.split()), plain(heard)):6.1%}" if reference else "     –"
    values = {metric["name"]: metric["value"] for metric in assessment["metrics"]}
    shown = " ".join(f"{name}={values.get(name)}" for name in SHOWN)
    print(
        f"{path.name:<34} {assessment['duration']:6.1f} s in {taken:5.1f} s  wer {error}  "
        f"{len(heard):4d} words  report {report.returncode}  {shown}",
        flush=True,
    )
    notes = [line for line in analysed.stderr.splitlines() if line.startswith("Note")]
    print(f"    {' '.join(heard)}", *notes, sep="\n    ", flush=True)


def references(folder: Path) -> dict[str, str]:
    """File name to exact text, from the folder's `refs.csv`."""
    listing = folder / "refs.csv"
    if not listing.exists():
        return {}
    found = {}
    with listing.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            text = next((row[column] for column in TEXT_COLUMNS if row.get(column)), "")
            if text and "do not score" not in (row.get("source") or ""):
                found[row["file"]] = text
    return found


def plain(words: list[str]) -> str:
    cleaned = (re.sub(r"[^a-z0-9']", "", word.lower()) for word in words)
    return " ".join(word for word in cleaned if word and word not in FILLERS) or "nothing"


if __name__ == "__main__":
    main()
