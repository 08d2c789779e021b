"""Where things are kept on this machine; every location can be moved by the environment."""

import os
from pathlib import Path

import platformdirs

APP = "interviewer"
PRIVATE_DIRECTORY = 0o700
PRIVATE_FILE = 0o600


def data_home() -> Path:
    """Sessions and their index. `INTERVIEWER_DATA` moves it."""
    override = os.environ.get("INTERVIEWER_DATA")
    return Path(override) if override else Path(platformdirs.user_data_dir(APP, appauthor=False))


def cache_home() -> Path:
    """Model weights. `INTERVIEWER_CACHE` moves it."""
    override = os.environ.get("INTERVIEWER_CACHE")
    return Path(override) if override else Path(platformdirs.user_cache_dir(APP, appauthor=False))


def sessions_home() -> Path:
    """One directory per session."""
    return data_home() / "sessions"


def weights_home() -> Path:
    """One directory per model, as the registry names them."""
    return cache_home() / "weights"


def log_file() -> Path:
    """The rotating log that an unexpected error points to."""
    return data_home() / "interviewer.log"


def make_private(directory: Path) -> Path:
    """Create a directory that only its owner can enter, with its parents.

    Args:
        directory: The directory to create; an existing one is left as it is.

    Returns:
        The same directory.
    """
    directory.mkdir(mode=PRIVATE_DIRECTORY, parents=True, exist_ok=True)
    return directory


def write_atomically(path: Path, content: bytes | str) -> None:
    """Write a private file so that a reader sees the old content or the new, never a part.

    Args:
        path: The file to write; its directory must exist.
        content: Text is written as UTF-8.

    Raises:
        OSError: The disk is full or the directory cannot be written; the old file is untouched.
    """
    data = content.encode() if isinstance(content, str) else content
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.touch(mode=PRIVATE_FILE)
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
