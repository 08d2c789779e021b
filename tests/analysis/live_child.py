"""Starts a live observer, names its processes, and waits to be killed."""

import sys
import threading
from pathlib import Path

from live_session import job_of

from interviewer.analysis.live import LiveObserver

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    live = LiveObserver(job_of(folder / "recording.part.mp4", folder / "observations"))
    live.start()
    sys.stdout.write(" ".join(str(process.pid) for process in live._crew.processes) + "\n")
    sys.stdout.flush()
    threading.Event().wait()
