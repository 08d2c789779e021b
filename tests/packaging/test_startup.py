import subprocess
import sys

import pytest

HEAVY = (
    "av",
    "cv2",
    "ctranslate2",
    "faster_whisper",
    "librosa",
    "matplotlib",
    "mediapipe",
    "numpy",
    "onnxruntime",
    "sounddevice",
    "swift_f0",
    "textual",
    "weasyprint",
)

PROBE = """
import sys
from interviewer.cli import _run
from interviewer.console.boundary import run
sys.argv = ["interviewer", *{arguments!r}]
code = run(_run)
print("LOADED", *sorted(set({heavy!r}) & set(sys.modules)), file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["--version"], ["analyze", "--help"], ["report", "--help"], ["models", "list"]],
)
def test_light_commands_load_no_heavy_library(arguments):
    code = PROBE.format(arguments=arguments, heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("LOADED")]
    assert line == "LOADED"


def test_the_module_and_the_command_are_the_same():
    done = subprocess.run(
        [sys.executable, "-m", "interviewer", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    from interviewer import __version__

    assert done.stdout.strip() == __version__
