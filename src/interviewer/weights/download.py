"""Fetching one file over HTTP, so that an interrupted download goes on where it stopped."""

import http.client
import logging
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

_log = logging.getLogger(__name__)
_CHUNK = 1 << 16
_CONNECTIONS = 20
_PARTIAL_CONTENT = 206
_RANGE_NOT_SATISFIABLE = 416


class DownloadError(Exception):
    """A file could not be fetched; the message is a clause that says why."""


class _LostError(Exception):
    """The connection was lost, or never came about."""


class _StaleError(Exception):
    """What we keep is not the beginning of what the server has."""


def download(
    url: str, part: Path, size: int, *, timeout: float, progress: Callable[[int], None]
) -> None:
    """Fetch a file, going on with what is there of it.

    A lost connection is taken up again as long as each one brings something. On any error, and
    when interrupted, what arrived is kept for the next call.

    Args:
        url: An http or https address.
        part: The growing file.
        size: The bytes it must have in the end.
        timeout: Seconds without a byte after which the connection counts as lost.
        progress: Told how many bytes are there.

    Raises:
        DownloadError: The server cannot be reached, does not have the file, has one of another
            size, or stopped sending.
        OSError: The part cannot be written.
    """
    host = urlsplit(url).netloc
    for _ in range(_CONNECTIONS):
        have = _kept(part, size)
        progress(have)
        if have == size:
            return
        reason = "it closed the connection early"
        try:
            _fetch(url, part, size, timeout, progress)
        except _StaleError as error:
            part.unlink(missing_ok=True)
            if have == 0:
                raise DownloadError(f"{host} does not send the whole file") from error
            continue
        except _LostError as error:
            reason = str(error)
        if _kept(part, size) <= have:
            raise DownloadError(f"{host} could not be reached: {reason}")
        _log.info("%s: connection over: %s", url, reason)
    if _kept(part, size) != size:
        raise DownloadError(f"{host} kept closing the connection")


def _kept(part: Path, size: int) -> int:
    """Bytes of an earlier attempt; more than the file has cannot be its beginning."""
    have = part.stat().st_size if part.exists() else 0
    if have > size:
        part.unlink()
        return 0
    return have


def _fetch(
    url: str, part: Path, size: int, timeout: float, progress: Callable[[int], None]
) -> None:
    """Take what one connection brings."""
    have = _kept(part, size)
    with _open(url, have, timeout) as response:
        start = have if response.status == _PARTIAL_CONTENT else 0
        _check_announced(url, response, start, size)
        with part.open("ab" if start else "wb") as stream:
            done = start
            for chunk in _chunks(response):
                done += len(chunk)
                if done > size:
                    raise DownloadError(f"{urlsplit(url).netloc} sent more than {size:,} bytes")
                stream.write(chunk)
                progress(done)


def _opener() -> urllib.request.OpenerDirector:
    """HTTP and HTTPS only: neither an address nor a redirect can name a local file."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _open(url: str, have: int, timeout: float) -> http.client.HTTPResponse:
    opener = _opener()
    opener.addheaders = [("User-Agent", "smart-interviewer")]
    if have:
        opener.addheaders.append(("Range", f"bytes={have}-"))
    try:
        response: http.client.HTTPResponse = opener.open(url, timeout=timeout)
    except urllib.error.HTTPError as error:
        with error:
            if error.code == _RANGE_NOT_SATISFIABLE:
                raise _StaleError from error
            host = urlsplit(url).netloc
            raise DownloadError(f"{host} answered {error.code} {error.reason}") from error
    except urllib.error.URLError as error:
        raise _LostError(_why(error.reason)) from error
    except (OSError, http.client.HTTPException) as error:
        raise _LostError(_why(error)) from error
    return response


def _check_announced(url: str, response: http.client.HTTPResponse, start: int, size: int) -> None:
    """Refuse an answer of the wrong size, such as a login page, before it is fetched."""
    if start and not response.headers.get("Content-Range", "").startswith(f"bytes {start}-"):
        raise _StaleError
    length = response.headers.get("Content-Length", "")
    if length.isdigit() and start + int(length) != size:
        host = urlsplit(url).netloc
        raise DownloadError(f"{host} has {start + int(length):,} bytes instead of {size:,}")


def _chunks(response: http.client.HTTPResponse) -> Iterator[bytes]:
    """Yield what arrives as it arrives, so that nothing is lost with the connection."""
    while True:
        try:
            chunk = response.read1(_CHUNK)
        except (OSError, http.client.HTTPException) as error:
            raise _LostError(_why(error)) from error
        if not chunk:
            return
        yield chunk


def _why(error: object) -> str:
    if isinstance(error, TimeoutError):
        return "it did not answer in time"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
