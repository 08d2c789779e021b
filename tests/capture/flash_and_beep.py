"""Emits a flash and a beep at the same instants of one clock until its input ends.

They come about once a second, and at ever other places within the blocks of the sound.

The flash is in an HTTP stream of JPEG pictures. The beep goes in one of two ways:

- `pipe`: into the named pipe that is a virtual microphone, each block when its last sample is due,
  as a sound card hands it over. The emitter has no delay of its own.
- `sink`: through a player into a virtual loudspeaker, whose monitor is the microphone. The player
  and the loudspeaker have a delay, which `calibrate` measures.

Prints the address of the pictures, and at the end when each flash and beep was handed over.
"""

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import cv2
import numpy as np

RATE = 48_000
FPS = 30
SIZE = (640, 480)
EVERY = 31
"""Pictures from one flash to the next."""
CYCLE = EVERY * RATE // FPS
BRIGHT_FRAMES = 3
SINK = "beeps"
STARTING = 2.0
"""Seconds until everything runs evenly."""
CALIBRATION = 8
BEEP_HZ = 1000
BEEP_SECONDS = 0.1
DARK, BRIGHT = 40, 220
BOUNDARY = b"picture"
HEAD = (
    b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary="
    + BOUNDARY
    + b"\r\n\r\n"
)


class Emitter:
    """Sends both by `time.monotonic`: event k is due at `zero + k * EVERY / FPS`."""

    def __init__(self) -> None:
        self.zero = time.monotonic() + 0.5
        self.stopped = threading.Event()
        self.flash_delays: dict[int, float] = {}
        self.most_late = 0.0
        self._pictures = {level: _part(level) for level in (DARK, BRIGHT)}
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/stream"

    def serve(self) -> None:
        """Send pictures to whoever connects, one after the other."""
        while not self.stopped.is_set():
            connection, _ = self._socket.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with connection, contextlib.suppress(OSError):
                connection.recv(4096)
                connection.sendall(HEAD)
                self._send_pictures(connection)

    def _send_pictures(self, connection: socket.socket) -> None:
        self.most_late = 0.0  # before the microphone was opened, nobody took the sound
        number = int((time.monotonic() - self.zero) * FPS) + 1
        while not self._wait(self.zero + number / FPS):
            level = BRIGHT if number % EVERY < BRIGHT_FRAMES else DARK
            if number % EVERY == 0:
                self.flash_delays[number // EVERY] = time.monotonic() - self.zero - number / FPS
            connection.sendall(self._pictures[level])
            number += 1

    def hand_over(self, out: int, block: int) -> None:
        """Write sound as a sound card gives it: so many samples at once, when the last is over."""
        cycle = _cycle()
        at = 0
        while not self._wait(self.zero + (at + block) / RATE):
            os.write(out, _block(cycle, at, block))
            at += block
            self.most_late = max(self.most_late, time.monotonic() - self.zero - at / RATE)

    def play(self, out: int, block: int) -> None:
        """Write sound to a player, each block when its first sample is due."""
        cycle = _cycle()
        at = 0
        while not self._wait(self.zero + at / RATE):
            os.write(out, _block(cycle, at, block))
            at += block

    def _wait(self, until: float) -> bool:
        """Wait; True when stopped."""
        left = until - time.monotonic()
        return self.stopped.wait(max(0.0, left))


def _cycle() -> np.ndarray:
    """Sound from one beep to the next."""
    sound = np.zeros(CYCLE)
    beep = np.arange(round(BEEP_SECONDS * RATE)) / RATE
    sound[: beep.size] = 0.8 * np.cos(2 * np.pi * BEEP_HZ * beep)
    return (sound * 32767).astype("<i2")


def _block(cycle: np.ndarray, at: int, block: int) -> bytes:
    return cycle.take(range(at, at + block), mode="wrap").tobytes()


def _part(level: int) -> bytes:
    """A picture with the noise of a camera, as a part of the stream."""
    noise = np.random.default_rng(0).integers(-8, 9, (SIZE[1], SIZE[0], 3))
    body = bytes(cv2.imencode(".jpg", (level + noise).astype(np.uint8))[1])
    return b"--%s\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n%s\r\n" % (
        BOUNDARY,
        len(body),
        body,
    )


@contextlib.contextmanager
def player() -> Iterator[int]:
    """A long-lived player into the virtual loudspeaker; gives where to write."""
    command = ["pacat", "-p", "-d", SINK, "--raw", "--format=s16le", f"--rate={RATE}"]
    process = subprocess.Popen(
        [*command, "--channels=1", "--latency-msec=60"], stdin=subprocess.PIPE
    )
    assert process.stdin is not None
    try:
        yield process.stdin.fileno()
    finally:
        process.terminate()
        process.wait(10)


@contextlib.contextmanager
def pipe(path: str) -> Iterator[int]:
    """The named pipe of a virtual microphone; gives where to write."""
    out = os.open(path, os.O_WRONLY)
    try:
        yield out
    finally:
        os.close(out)


def calibrate(zero: float, seconds: int) -> list[float]:
    """When a listener with the shortest buffer has heard each beep, in seconds after it was due.

    The listener's own delay is in it: the sound itself came by that much earlier, at most 10 ms.
    """
    command = ["parec", "-d", f"{SINK}.monitor", "--raw", "--format=s16le", f"--rate={RATE}"]
    process = subprocess.Popen(
        [*command, "--channels=1", "--latency-msec=5"], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    heard: list[float] = []
    quiet = 0
    try:
        while len(heard) < seconds:
            piece = np.frombuffer(os.read(process.stdout.fileno(), 9600), "<i2")
            now = time.monotonic() - zero
            loud = np.flatnonzero(np.abs(piece.astype(int)) > 8192)
            if loud.size and quiet > RATE // 4:
                onset = now - (piece.size - loud[0]) / RATE
                heard.append((onset + 0.5) % (CYCLE / RATE) - 0.5)
            quiet = piece.size - 1 - loud[-1] if loud.size else quiet + piece.size
    finally:
        process.terminate()
        process.wait(10)
    return heard


def tell(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main(way: str, path: str, block: int) -> None:
    emitter = Emitter()
    is_pipe = way == "pipe"
    with pipe(path) if is_pipe else player() as out:
        threading.Thread(target=emitter.serve, daemon=True).start()
        emit = emitter.hand_over if is_pipe else emitter.play
        playing = threading.Thread(target=emit, args=(out, block))
        playing.start()
        emitter.stopped.wait(STARTING)
        heard = [] if is_pipe else calibrate(emitter.zero, CALIBRATION)
        tell({"url": emitter.url})
        sys.stdin.read()
        heard_after = [] if is_pipe else calibrate(emitter.zero, CALIBRATION)
        emitter.stopped.set()
        playing.join()
    told = {
        "zero": emitter.zero,
        "flash_delays": list(emitter.flash_delays.items()),
        "sound_delay": emitter.most_late,
        "heard": heard,
        "heard_after": heard_after,
    }
    tell(told)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
