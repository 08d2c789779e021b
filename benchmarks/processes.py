"""Time and peak memory of a command with all the processes it starts."""

import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

import psutil

INTERVAL = 0.1
"""Seconds between looks at the memory."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run of a command took.

    Attributes:
        seconds: Wall-clock time.
        peak: Bytes of memory that all its processes held together at the worst moment, shared
            pages divided among those that share them.
    """

    seconds: float
    peak: int


def measure(command: Sequence[str], env: dict[str, str] | None = None) -> Measured:
    """Run a command to its end.

    Raises:
        subprocess.CalledProcessError: It failed.
    """
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=env)
    peak = 0
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(INTERVAL):
            peak = max(peak, memory_of(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        code = process.wait()
    finally:
        done.set()
        watcher.join()
    if code:
        raise subprocess.CalledProcessError(code, list(command))
    return Measured(time.perf_counter() - started, peak)


def memory_of(pid: int) -> int:
    """Proportional set size of a process and its descendants in bytes."""
    total = 0
    try:
        parent = psutil.Process(pid)
        for process in [parent, *parent.children(recursive=True)]:
            try:
                info = process.memory_full_info()
                total += getattr(info, "pss", info.uss)
            except psutil.Error:
                continue
    except psutil.Error:
        pass
    return total
