import subprocess
import sys

HEAVY = {
    "av",
    "cv2",
    "faster_whisper",
    "interviewer.capture",
    "librosa",
    "matplotlib",
    "mediapipe",
    "onnxruntime",
    "sounddevice",
    "weasyprint",
}


def test_the_app_loads_no_device_and_no_heavy_library():
    code = "import sys, interviewer.tui.app; print('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    assert not HEAVY & set(done.stdout.split())
