"""A real server on this computer that sends pictures or sound, and misbehaves as it is told."""

import io
import socket
import threading
from collections.abc import Callable, Iterator

import cv2
import filmed
import numpy as np

BOUNDARY = b"picture"
HEAD = (
    b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary="
    + BOUNDARY
    + b"\r\n\r\n"
)
SOUND_HEAD = b"HTTP/1.0 200 OK\r\nContent-Type: audio/x-wav\r\n\r\n"
SIZE = (320, 240)

Talk = Callable[["Server", socket.socket], None]


class Server:
    """Answers each connection with `talk` in a thread, and closes it when `talk` is done.

    Attributes:
        closing: Set when the test is over; a talk that hangs waits for it.
        sent: Pictures or blocks sent.
    """

    def __init__(self, talk: Talk) -> None:
        self.closing = threading.Event()
        self.enough = threading.Event()
        self.sent = 0
        self._talk = talk
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self.url = f"http://{self.address}/stream"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self.closing.set()
        self._socket.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            try:
                connection.recv(4096)
                self._talk(self, connection)
            except OSError:
                return


def never(server: Server, connection: socket.socket) -> None:
    server.closing.wait()


def pictures(count: int | None, fps: float = 25, then: Talk | None = None) -> Talk:
    """Send so many pictures, the k-th with grey level 20 + k % 200; None for without end."""

    def talk(server: Server, connection: socket.socket) -> None:
        connection.sendall(HEAD)
        while (count is None or server.sent < count) and not server.closing.wait(1 / fps):
            body = jpeg(20 + server.sent % 200)
            connection.sendall(
                b"--%s\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n%s\r\n"
                % (BOUNDARY, len(body), body)
            )
            server.sent += 1
        server.enough.set()
        if then is not None:
            then(server, connection)

    return talk


def sounds(seconds: float, then: Talk | None = None, hertz: float = 440) -> Talk:
    """Send a tone in a WAV stream of unknown length, in blocks of 20 ms at their time."""

    def talk(server: Server, connection: socket.socket) -> None:
        connection.sendall(SOUND_HEAD + _wav_head())
        for block in _blocks(seconds, hertz):
            if server.closing.wait(0.02):
                return
            connection.sendall(block)
            server.sent += 1
        server.enough.set()
        if then is not None:
            then(server, connection)

    return talk


def file(content: bytes, kind: bytes, until: int | None = None) -> Talk:
    """Send a whole file at once; with `until` only so many bytes of it, and then nothing."""

    def talk(server: Server, connection: socket.socket) -> None:
        connection.sendall(
            b"HTTP/1.0 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            % (kind, len(content))
        )
        connection.sendall(content[:until])
        if until is not None:
            server.closing.wait()

    return talk


def trickle(content: bytes, kind: bytes, seconds: float) -> Talk:
    """Send a file evenly over so many seconds, as a broadcast does."""

    def talk(server: Server, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.0 200 OK\r\nContent-Type: %s\r\n\r\n" % kind)
        step = max(1, round(len(content) / seconds * 0.05))
        for begin in range(0, len(content), step):
            if server.closing.wait(0.05):
                return
            connection.sendall(content[begin : begin + step])

    return talk


def jpeg(level: int) -> bytes:
    grey = np.full((SIZE[1], SIZE[0], 3), level, np.uint8)
    return bytes(cv2.imencode(".jpg", grey)[1])


def _wav_head() -> bytes:
    head = io.BytesIO()
    head.write(b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\1\0\1\0")
    head.write((48_000).to_bytes(4, "little") + (96_000).to_bytes(4, "little") + b"\2\0\x10\0")
    head.write(b"data\xff\xff\xff\xff")
    return head.getvalue()


def _blocks(seconds: float, hertz: float) -> Iterator[bytes]:
    whole = (filmed.tone(seconds, hertz) * 32767).astype("<i2")
    for begin in range(0, len(whole), 960):
        yield whole[begin : begin + 960].tobytes()
