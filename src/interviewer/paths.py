"""Where things are kept on this machine; every location can be moved by the environment."""

import contextlib
import errno
import os
from pathlib import Path

import platformdirs

from interviewer.errors import CannotDoError, InterviewerError

APP = "interviewer"
PRIVATE_DIRECTORY = 0o700
PRIVATE_FILE = 0o600
DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What the system says when there is no room: on the disk, in the quota, in the limit of a file."""


def data_home() -> Path:
    """Sessions and their index. `INTERVIEWER_DATA` moves it."""
    override = os.environ.get("INTERVIEWER_DATA")
    return Path(override) if override else Path(platformdirs.user_data_dir(APP, appauthor=False))


def cache_home() -> Path:
    """Model weights. `INTERVIEWER_CACHE` moves it."""
    override = os.environ.get("INTERVIEWER_CACHE")
    return Path(override) if override else Path(platformdirs.user_cache_dir(APP, appauthor=False))


def config_home() -> Path:
    """What a person has chosen. `INTERVIEWER_CONFIG` moves it."""
    override = os.environ.get("INTERVIEWER_CONFIG")
    return Path(override) if override else Path(platformdirs.user_config_dir(APP, appauthor=False))


def config_file() -> Path:
    """The remembered choices."""
    return config_home() / "config.toml"


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

    Raises:
        CannotDoError: It cannot be created.
    """
    try:
        if not directory.is_dir():
            # One by one: `mkdir` gives its mode to the last directory only, not to the parents.
            if directory.parent != directory:
                make_private(directory.parent)
            directory.mkdir(mode=PRIVATE_DIRECTORY, exist_ok=True)
    except OSError as error:
        raise write_error(directory, error) from error
    return directory


def write_atomically(path: Path, content: bytes | str) -> None:
    """Write a private file so that a reader sees the old content or the new, never a part.

    Args:
        path: The file to write; its directory must exist.
        content: Text is written as UTF-8.

    Raises:
        CannotDoError: The disk is full or the place cannot be written; the old file is untouched.
    """
    data = content.encode() if isinstance(content, str) else content
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.touch(mode=PRIVATE_FILE)
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        raise write_error(path, error) from error
    finally:
        # What could not be written must not stay behind, nor hide why it could not.
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def write_error(path: Path, error: OSError) -> InterviewerError:
    """Say in one sentence why something could not be written, and what to do.

    Args:
        path: What was being written.
        error: What the system said.

    Returns:
        The error to raise.
    """
    if error.errno in DISK_FULL:
        return CannotDoError(
            f"There is no room left to write {path}.",
            "Free some disk space and run the same command again; what was finished is kept.",
        )
    reason = (error.strerror or str(error)).lower()
    return CannotDoError(
        f"{path} cannot be written: {reason}.",
        "Choose another place with --out, or mend its permissions.",
    )
