"""A web server on this machine, invented models, and packages that carry them."""

import hashlib
import importlib
import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from interviewer.weights.assets import Asset, Part, WeightFile


@pytest.fixture(autouse=True)
def nothing_of_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWER_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("INTERVIEWER_CACHE", str(tmp_path / "cache"))
    for name in ("INTERVIEWER_WEIGHTS", "INTERVIEWER_OFFLINE", "http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "weights"


class Shop(ThreadingHTTPServer):
    """Sends files, and misbehaves as it is told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.contents: dict[str, bytes] = {}
        self.redirects: dict[str, str] = {}
        self.ranges: list[str | None] = []
        self.honours_range = True
        self.drops_after: int | None = None
        self.hangs_at: int | None = None
        self.release = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

    def handle_error(self, request, client_address) -> None:
        """A client that goes away is part of the tests."""


class Handler(BaseHTTPRequestHandler):
    server: Shop

    def do_GET(self) -> None:
        shop = self.server
        if self.path in shop.redirects:
            self.send_response(302)
            self.send_header("Location", shop.redirects[self.path])
            self.end_headers()
            return
        wanted = self.headers.get("Range")
        shop.ranges.append(wanted)
        content = shop.contents.get(self.path)
        if content is None:
            self.send_error(404)
            return
        start = 0
        if wanted and shop.honours_range:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
        if start >= len(content):
            self.send_error(416)
            return
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        if shop.hangs_at is not None:
            self.wfile.write(content[start : shop.hangs_at])
        else:
            self.wfile.write(content[start:][: shop.drops_after])
        self.wfile.flush()
        if shop.hangs_at is not None:
            shop.release.wait(60)

    def log_message(self, *args) -> None:
        pass


@pytest.fixture
def shop() -> Iterator[Shop]:
    server = Shop()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.release.set()
    server.shutdown()
    thread.join()
    server.server_close()


MakeAsset = Callable[..., Asset]


@pytest.fixture
def make_asset() -> MakeAsset:
    """Describe a model: contents by file name, and pieces in packages by file name."""

    def make(
        name: str,
        contents: Mapping[str, bytes],
        carried: Mapping[str, tuple[str, ...]] | None = None,
        *,
        url: str = "http://127.0.0.1:9/",  # the discard port: nobody listens
        bundled: bool = False,
    ) -> Asset:
        files = []
        for filename, content in contents.items():
            places = (place.split("/", 1) for place in (carried or {}).get(filename, ()))
            parts = tuple(Part(f"{package}==1.0", package, path) for package, path in places)
            digest = hashlib.sha256(content).hexdigest()
            files.append(WeightFile(filename, len(content), digest, url + filename, parts))
        return Asset(name, "1", "MIT", "a test", "https://example.org", tuple(files), bundled)

    return make


@pytest.fixture
def carrier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, bytes], Path]:
    """Install a file into a package that must not be imported."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))

    def install(place: str, content: bytes) -> Path:
        path = site / place
        path.parent.mkdir(parents=True, exist_ok=True)
        (site / place.split("/", 1)[0] / "__init__.py").write_text("raise RuntimeError('imported')")
        path.write_bytes(content)
        importlib.invalidate_caches()
        return path

    return install
