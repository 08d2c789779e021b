"""The connection: opened privately, migrated, and mended when the file is damaged."""

import errno
import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from interviewer.errors import CannotDoError, InterviewerError
from interviewer.history.migrations import is_current, migrate
from interviewer.paths import PRIVATE_FILE, make_private, write_error

_LOG = logging.getLogger(__name__)
_DAMAGED: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_BUSY: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DENIED: Final = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_SIDECARS: Final = ("-wal", "-shm")

Fill = Callable[[sqlite3.Connection], None]


class Database:
    """Owns the connection to the file.

    Args:
        path: The file; it is created, readable by its owner only, where it is missing.
        fill: Fills a new database. It runs in the transaction that creates the tables, so that
            a filling that was interrupted is begun anew at the next opening.
        patience: Seconds to wait for another process.
    """

    def __init__(self, path: Path, fill: Fill, patience: float) -> None:
        self.path = path
        self.set_aside: list[Path] = []
        self._fill = fill
        self._patience = patience
        self._connection: sqlite3.Connection | None = None

    @property
    def connection(self) -> sqlite3.Connection:
        """The open connection; statements outside of `transaction` commit at once.

        Raises:
            RuntimeError: The database is not open.
        """
        if self._connection is None:
            raise RuntimeError("the history is used outside of its `with` block")
        return self._connection

    def open(self) -> None:
        """Connect, and create, migrate or replace the file as needed.

        Raises:
            InputError: The file is of a newer version, or of another program.
            CannotDoError: The place cannot be written, or another process holds the file.
        """
        make_private(self.path.parent)
        with self._alone():
            self._connect()

    def close(self) -> None:
        """Close the connection; closing twice is fine."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def heal(self) -> None:
        """Replace the file if it is damaged; another process may have done so in the meantime."""
        self.close()
        with self._alone():
            self._touch(self.path)
            if not self._is_sound():
                self._put_aside()
            self._connect()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes from opening the file meanwhile.

        SQLite's own lock on a second, empty file: the system lifts it when the process dies.
        """
        lock = self.path.with_name(f"{self.path.name}.lock")
        self._touch(lock)
        with translated(self.path), closing(self._opened(lock)) as guard:
            guard.execute("BEGIN EXCLUSIVE")
            yield

    def _connect(self) -> None:
        self._touch(self.path)
        try:
            self._connection = self._prepared()
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            self._put_aside()
            self._touch(self.path)
            self._connection = self._prepared()

    def _prepared(self) -> sqlite3.Connection:
        connection = self._opened(self.path)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")  # what is removed leaves no trace
            if not is_current(connection):
                with transaction(connection):
                    if migrate(connection):
                        self._fill(connection)
            connection.execute("PRAGMA journal_mode = WAL")
            # A power cut may lose the last session's rows, never the file; a rebuild restores them.
            connection.execute("PRAGMA synchronous = NORMAL")
        except BaseException:
            connection.close()
            raise
        return connection

    def _opened(self, path: Path) -> sqlite3.Connection:
        return sqlite3.connect(path, timeout=self._patience, isolation_level=None)

    def _is_sound(self) -> bool:
        try:
            with closing(self._opened(self.path)) as connection:
                found = connection.execute("PRAGMA integrity_check").fetchall()
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            return False
        return found == [("ok",)]

    def _put_aside(self) -> None:
        """Rename the file and what belongs to it; its log goes first, lest a new file reads it."""
        taken = 1
        while self.path.with_name(f"{self.path.name}.corrupt-{taken}").exists():
            taken += 1
        aside = self.path.with_name(f"{self.path.name}.corrupt-{taken}")
        try:
            for ending in _SIDECARS:
                sidecar = self.path.with_name(self.path.name + ending)
                if sidecar.exists():
                    sidecar.replace(aside.with_name(aside.name + ending))
            self.path.replace(aside)
        except OSError as error:
            raise _refusal(self.path, error) from error
        self.set_aside.append(aside)
        _LOG.warning("%s is damaged and was set aside as %s", self.path, aside.name)

    @staticmethod
    def _touch(path: Path) -> None:
        try:
            if not path.exists():
                path.touch(mode=PRIVATE_FILE)
        except OSError as error:
            raise _refusal(path, error) from error


@contextmanager
def transaction(connection: sqlite3.Connection, mode: str = "IMMEDIATE") -> Iterator[None]:
    """Do all of it or nothing; `DEFERRED` for reading from one state of the database."""
    connection.execute(f"BEGIN {mode}")
    try:
        yield
    except BaseException:
        # SQLite may have rolled back by itself, as it does when the disk is full.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into one sentence and a next step."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        _LOG.warning("%s: %s", path, error)
        raise _sentence(path, error) from error


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether the file itself is broken, rather than busy, denied or full."""
    return _code(error) in _DAMAGED


def _code(error: sqlite3.DatabaseError) -> int:
    """The primary result code; its upper bits only say more."""
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return code & 0xFF


def _sentence(path: Path, error: sqlite3.DatabaseError) -> InterviewerError:
    code = _code(error)
    if code in _BUSY:
        return CannotDoError(
            f"Another interviewer is using the history, {path}.",
            "Wait until it is done, or close it, and run the same command again.",
        )
    if code in _DENIED:
        return _denied(path)
    if code == sqlite3.SQLITE_FULL:
        return write_error(path, OSError(errno.ENOSPC, ""))
    return CannotDoError(
        f"The history, {path}, cannot be used: {error}.",
        "Move the file away: it is then built anew from the sessions.",
    )


def _refusal(path: Path, error: OSError) -> InterviewerError:
    denied = error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}
    return _denied(path) if denied else write_error(path, error)


def _denied(path: Path) -> CannotDoError:
    return CannotDoError(
        f"The history, {path}, cannot be opened for writing.",
        "Mend the permissions of the file and its directory, or set INTERVIEWER_DATA "
        "to a place that is yours.",
    )
