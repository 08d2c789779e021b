"""The history: every session with its scores, found quickly."""

import logging
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar

from interviewer.errors import InputError
from interviewer.history import queries
from interviewer.history.database import Database, is_damage, transaction, translated
from interviewer.history.records import Record, record_of, stored_folder, write
from interviewer.history.rows import (
    AnswerRow,
    Kind,
    Measure,
    Point,
    Rebuilt,
    SessionRow,
    Trouble,
)
from interviewer.history.scan import Scanned, is_gone, scan
from interviewer.interview.documents.assessment import Assessment
from interviewer.interview.documents.session import Session

_LOG = logging.getLogger(__name__)
_BATCH: Final = 50  # sessions per transaction: others need not wait for a whole rebuild
_T = TypeVar("_T")


class History:
    """The index over session folders; use it in a `with` block, in one thread.

    A new or damaged index is built from the session folders when it is opened. A damaged file is
    kept beside it as `<name>.corrupt-<n>`, and `notes` says so.

    Args:
        path: The database file.
        sessions: Directory of the session folders; `sessions` beside the file unless given.
        patience: Seconds to wait for another process that is writing.

    Opening it and every method raise CannotDoError where the file is locked for too long, cannot
    be written, or the disk is full; opening raises InputError where the file is of a newer version
    or of another program.
    """

    def __init__(self, path: Path, sessions: Path | None = None, *, patience: float = 10.0) -> None:
        self._path = path
        self._sessions = path.parent / "sessions" if sessions is None else sessions
        self._filled = Rebuilt()
        self._database = Database(path, self._fill, patience)

    def __enter__(self) -> Self:
        self._database.open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._database.close()

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know, in sentences: that a damaged file was replaced."""
        return tuple(
            f"The history was damaged; it was set aside as {aside.name} and built anew "
            f"from {self._filled.added} of {self._filled.found} session folders."
            for aside in self._database.set_aside
        )

    def add(self, session: Session, assessment: Assessment | None, folder: Path) -> None:
        """Write a session to the index, in place of what was known of it.

        Args:
            session: The session.
            assessment: Its assessment; None where there is none, and then it has no scores.
            folder: Its folder.

        Raises:
            InputError: Its date, the name of its folder or a number cannot be stored.
        """
        record = record_of(session, assessment, stored_folder(folder, self._path.parent))

        def put(connection: sqlite3.Connection) -> None:
            with transaction(connection):
                write(connection, record)

        self._do(put)

    def remove(self, session_id: str) -> bool:
        """Forget a session; its folder is left alone.

        Returns:
            Whether it was known.
        """
        return self._do(lambda connection: queries.remove(connection, session_id))

    def sessions(
        self,
        *,
        domain: str | None = None,
        level: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int | None = None,
    ) -> list[SessionRow]:
        """The sessions, newest first.

        Args:
            domain: Only those of this domain.
            level: Only those of this level.
            since: Only those recorded at this time or later.
            until: Only those recorded before this time.
            limit: At most so many.
        """
        wanted = queries.Wanted(domain=domain, level=level, since=since, until=until, limit=limit)
        return self._select(wanted)

    def session(self, session_id: str) -> SessionRow | None:
        """One session; None if it is not known."""
        return next(iter(self._select(queries.Wanted(id=session_id))), None)

    def last(self) -> SessionRow | None:
        """The newest session; None if there is none."""
        return next(iter(self.sessions(limit=1)), None)

    def earlier(
        self, session_id: str, *, same_domain: bool = True, limit: int | None = None
    ) -> list[SessionRow]:
        """The sessions to compare a session with, newest first.

        They were recorded before it and are of the same candidate; where a session names no
        candidate, of those that name none.

        Args:
            session_id: The session; nothing is earlier than one that is not known.
            same_domain: Only those of its domain; of a session without one, those without.
            limit: At most so many.
        """
        wanted = queries.Wanted(before=session_id, any_domain=not same_domain, limit=limit)
        return self._select(wanted)

    def measures(self, session_id: str) -> tuple[Measure, ...]:
        """All scores and metrics of a session, by kind and name; none if it is not known."""
        return self._do(lambda connection: queries.measures(connection, session_id))

    def answers(self, session_id: str) -> tuple[AnswerRow, ...]:
        """The answers of a session in order; none if it is not known."""
        return self._do(lambda connection: queries.answers(connection, session_id))

    def values(
        self, session_ids: Sequence[str], kind: Kind = Kind.METRIC
    ) -> list[dict[str, float | None]]:
        """The numbers of several sessions, in their order, as a comparison needs them.

        Values that are words, such as a tone's label, are left out.
        """
        return self._do(lambda connection: queries.values(connection, session_ids, kind))

    def series(self, name: str, kind: Kind = Kind.SCORE) -> list[Point]:
        """One score or metric over all sessions in which it was observed, oldest first."""
        return self._do(lambda connection: queries.series(connection, name, kind))

    def rebuild(self, sessions_home: Path | None = None) -> Rebuilt:
        """Bring the index in line with the session folders.

        Every session in the directory is written anew, and sessions whose folder is no more are
        forgotten, wherever it was. Sessions in folders elsewhere are kept as they are.

        Args:
            sessions_home: Directory of the session folders; the one given at first by default.
        """
        home = self._sessions if sessions_home is None else sessions_home
        batch: list[Record] = []
        outcome = _Outcome()
        for record in self._records(scan(home), outcome):
            batch.append(record)
            if len(batch) == _BATCH:
                self._put_all(batch)
                batch = []
        self._put_all(batch)
        return outcome.rebuilt(removed=self._forget_missing())

    def _select(self, wanted: queries.Wanted) -> list[SessionRow]:
        base = self._path.parent.absolute()
        return self._do(lambda connection: queries.sessions(connection, wanted, base))

    def _do(self, operation: Callable[[sqlite3.Connection], _T]) -> _T:
        """Run an operation, once more on a mended file if the first run met damage."""
        with translated(self._path):
            try:
                return operation(self._database.connection)
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    raise
            self._database.heal()
            return operation(self._database.connection)

    def _fill(self, connection: sqlite3.Connection) -> None:
        outcome = _Outcome()
        for record in self._records(scan(self._sessions), outcome):
            write(connection, record)
        self._filled = outcome.rebuilt(removed=0)

    def _records(self, folders: Iterator[Scanned], outcome: "_Outcome") -> Iterator[Record]:
        for scanned in folders:
            if (session := outcome.accepted(scanned)) is None:
                continue
            folder = stored_folder(scanned.folder, self._path.parent)
            try:
                record = record_of(session, scanned.assessment, folder)
            except InputError as error:
                outcome.skip(scanned.folder, error.message)
                continue
            outcome.take(scanned, session)
            yield record

    def _put_all(self, records: Sequence[Record]) -> None:
        def put(connection: sqlite3.Connection) -> None:
            with transaction(connection):
                for record in records:
                    write(connection, record)

        self._do(put)

    def _forget_missing(self) -> int:
        gone = [row.id for row in self.sessions() if is_gone(row.folder)]
        return sum(self.remove(session_id) for session_id in gone)


class _Outcome:
    """What became of the folders while they are read."""

    def __init__(self) -> None:
        self._found = 0
        self._taken: dict[str, Path] = {}
        self._skipped: list[Trouble] = []
        self._unscored: list[Trouble] = []

    def accepted(self, scanned: Scanned) -> Session | None:
        self._found += 1
        if scanned.session is None:
            self.skip(scanned.folder, scanned.why)
        elif (first := self._taken.get(scanned.session.id)) is not None:
            self.skip(scanned.folder, f"it holds the same session as {first.name}")
        else:
            return scanned.session
        return None

    def take(self, scanned: Scanned, session: Session) -> None:
        self._taken[session.id] = scanned.folder
        if scanned.why:
            self._unscored.append(Trouble(scanned.folder, scanned.why))
            _LOG.warning("%s is indexed without scores: %s", scanned.folder, scanned.why)

    def skip(self, folder: Path, why: str) -> None:
        self._skipped.append(Trouble(folder, why))
        _LOG.warning("%s is not indexed: %s", folder, why)

    def rebuilt(self, removed: int) -> Rebuilt:
        return Rebuilt(
            self._found, len(self._taken), removed, tuple(self._skipped), tuple(self._unscored)
        )
