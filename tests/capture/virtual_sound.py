"""A sound system without hardware: what is played into it is what its microphone hears."""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

RATE = 48_000
TOOLS = ("pulseaudio", "pactl", "paplay", "parec")
_MODULES = (
    "module-native-protocol-unix auth-cookie-enabled=0",
    "module-null-sink sink_name=vmic rate=48000 channels=1",
    "module-remap-source master=vmic.monitor source_name=vmic_src",
    "module-null-sink sink_name=vspk rate=48000 channels=1",
)


def missing() -> str:
    """What is not installed; empty if everything is."""
    if sys.platform != "linux":
        return "they need Linux"
    absent = [tool for tool in TOOLS if shutil.which(tool) is None]
    if absent:
        return f"{', '.join(absent)} not installed (pulseaudio, pulseaudio-utils)"
    try:
        import sounddevice  # noqa: F401
    except OSError:
        return "PortAudio not installed (libportaudio2)"
    return ""


class SoundSystem:
    """One PulseAudio process, reached through a folder of its own.

    Args:
        home: For its socket and files.
    """

    def __init__(self, home: Path) -> None:
        home.chmod(0o700)
        self._home = home
        self.environment = {
            **os.environ,
            "XDG_RUNTIME_DIR": str(home),
            "PULSE_SERVER": f"unix:{home}/pulse/native",
            "HOME": str(home),
            "PULSE_SOURCE": "vmic_src",
            "PULSE_SINK": "vspk",
        }
        command = [
            "pulseaudio",
            "-n",
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--disable-shm=true",
        ]
        for module in _MODULES:
            command += ["-L", module]
        self._log = (home / "log").open("w")
        self.process = subprocess.Popen(
            command, env=self.environment, stdout=self._log, stderr=self._log
        )
        until = time.monotonic() + 15
        while subprocess.run(
            ["pactl", "info"], env=self.environment, capture_output=True, check=False
        ).returncode:
            assert time.monotonic() < until, (home / "log").read_text()

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        self._log.close()

    def control(self, *command: str) -> None:
        """Tell the sound system something, in the words of `pactl`."""
        subprocess.run(
            ["pactl", *command], env=self.environment, check=True, capture_output=True, timeout=30
        )

    @contextlib.contextmanager
    def playing(self, path: Path) -> Iterator[None]:
        """Play a file into the microphone."""
        player = subprocess.Popen(["paplay", "-d", "vmic", str(path)], env=self.environment)
        try:
            yield
        finally:
            player.terminate()
            player.wait(10)

    def run(self, code: str, *args: str, timeout: float = 60) -> str:
        """Run Python in a process that uses this sound system.

        PortAudio lists its devices once in a process, and reads where the server is then.
        """
        done = subprocess.run(
            [sys.executable, "-c", code, *args],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextlib.contextmanager
    def recording(self) -> Iterator["Listener"]:
        """Record what the loudspeaker plays."""
        command = ["parec", "-d", "vspk.monitor", "--raw", "--format=s16le", "--rate=48000"]
        command += ["--channels=1", "--latency-msec=20"]
        raw = self._home / "heard.raw"
        with raw.open("wb") as out:
            recorder = subprocess.Popen(command, env=self.environment, stdout=out)
            try:
                # Only what is recorded from here on counts: the recorder itself begins late.
                _grown(raw, RATE // 10)
                begin = raw.stat().st_size
                listener = Listener()
                yield listener
                # What was played last is still on its way through the recorder.
                _grown(raw, raw.stat().st_size + RATE)
            finally:
                recorder.terminate()
                recorder.wait(10)
        listener.sound = np.fromfile(raw, "<i2", offset=begin).astype(np.float32) / 32768


def _grown(path: Path, size: int) -> None:
    until = time.monotonic() + 15
    while path.stat().st_size < size:
        assert time.monotonic() < until, "nothing is recorded"


class Listener:
    """Holds what was recorded, once it has ended."""

    sound = np.zeros(0, np.float32)
