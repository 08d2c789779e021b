"""Hold an interview with the simulated candidate, and say how well recording and analysis kept up.

    python benchmarks/live.py [--minutes 15] [--speed 1]

The candidate is seen at 1280 x 720 and 30 pictures a second and heard, through the real recorder,
while the live analysis runs; drawing the candidate comes on top of what a real camera would cost.
Prints how long the report took after the last answer, pictures dropped, samples lost, how far the
live analysis was behind, and the memory of all processes together.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from processes import INTERVAL, memory_of

MB = 1e6
SOUND_RATE = 48_000
REPEATED = 4


def main() -> None:
    """Hold the interview in a process of its own and watch its memory."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=15.0)
    parser.add_argument("--speed", type=float, default=1.0)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.child is not None:
        hold(chosen.child, chosen.minutes, chosen.speed)
        return
    with tempfile.TemporaryDirectory() as folder:
        command = [
            *(sys.executable, __file__, "--child", folder),
            *("--minutes", str(chosen.minutes), "--speed", str(chosen.speed)),
        ]
        env = os.environ | {"INTERVIEWER_DATA": folder}
        told, peak = watched(command, env)
    show(told, peak)


def watched(command: list[str], env: dict[str, str]) -> tuple[dict[str, float], int]:
    """Run the interview; what it told last, and the most memory it took."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=env)
    peak = 0
    over = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not over.wait(INTERVAL):
            peak = max(peak, memory_of(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    out, _ = process.communicate()
    over.set()
    watcher.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    told: dict[str, float] = json.loads(out.splitlines()[-1])
    return told, peak


def hold(folder: Path, minutes: float, speed: float) -> None:
    """Hold the interview and print what happened as JSON."""
    from interviewer.analysis.media import read_audio
    from interviewer.console.interview import InterviewLines
    from interviewer.console.steps import PlainSteps
    from interviewer.simulate.script import demo_script
    from interviewer.simulate.truth import Truth
    from interviewer.workflows.conduct import Options, conduct

    class Timed(InterviewLines):
        over = 0.0

        def finished(self, interview: object, to_the_end: bool) -> None:  # noqa: FBT001
            super().finished(interview, to_the_end)  # type: ignore[arg-type]
            self.over = time.monotonic()

    script = demo_script()
    # Answers of two minutes: people who prepare for an interview talk that long.
    turns = tuple(
        turn.model_copy(update={"answer": " ".join([turn.answer] * REPEATED)})
        for turn in script.turns
    )
    told = Timed()
    begun = time.monotonic()
    result = conduct(
        Options(
            *("ds", "medium", minutes, "simulated", "simulated", speed),
            seed=1,
            voice=False,
            script=script.model_copy(update={"turns": turns}),
            folder=folder / "session",
        ),
        PlainSteps(),
        told,
    )
    ready = time.monotonic()
    session = result.folder.read_session()
    truth = Truth.model_validate_json((result.folder.path / "recording.truth.json").read_bytes())
    sound = sum(len(b) for b in read_audio(result.folder.recording_of(session), rate=SOUND_RATE))
    print(
        json.dumps(
            {
                "recorded": session.recording.duration,
                "took": ready - begun,
                "after_interview": ready - told.over,
                "after_last_voice": (ready - told.over) * 1.0
                + (session.recording.duration - truth.turns[-1].last_voice) / speed,
                "pictures": result.stats.pictures,
                "dropped": result.stats.dropped_pictures,
                "given": round(truth.duration * SOUND_RATE),
                "taken": result.stats.samples,
                "in_file": sound,
                "waits": result.stats.sound_waits,
                "lag": result.longest_lag,
            }
        )
    )


def show(told: dict[str, float], peak: int) -> None:
    """Print the figures, each with what it must reach."""
    share = told["dropped"] / max(1, told["pictures"] + told["dropped"])
    rows = [
        ("recorded", f"{told['recorded'] / 60:.1f} min", ""),
        ("report ready after the interview", f"{told['after_interview']:.1f} s", "15 s"),
        ("  and after the last word", f"{told['after_last_voice']:.1f} s", ""),
        ("pictures dropped", f"{told['dropped']:.0f} ({share:.2%})", "0.5 %"),
        ("samples lost before the recorder", f"{told['given'] - told['taken']:.0f}", "0"),
        ("samples missing in the file", f"{max(0, told['taken'] - told['in_file']):.0f}", "0"),
        ("times the sound had to wait", f"{told['waits']:.0f}", "0"),
        ("live analysis behind, at most", f"{told['lag']:.1f} s", ""),
        ("memory of all processes", f"{peak / MB:.0f} MB", "1500 MB"),
    ]
    print(f"{'':<34}{'measured':>16}{'at most':>12}")
    for name, value, limit in rows:
        print(f"{name:<34}{value:>16}{limit:>12}")


if __name__ == "__main__":
    main()
