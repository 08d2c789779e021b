"""The schema, as numbered steps: steps are only ever appended, never changed.

`PRAGMA user_version` holds the number of steps that were taken; it is part of the transaction, so
that a step is taken wholly or not at all.
"""

import sqlite3
from collections.abc import Callable
from typing import Final

from interviewer.errors import InputError

APPLICATION_ID: Final = 0x49565752
"""Marks the file as ours (the letters IVWR)."""


def _index_of_sessions(connection: sqlite3.Connection) -> None:
    """Sessions with their scores, metrics and answers."""
    connection.execute(
        """
        CREATE TABLE session (
          id TEXT PRIMARY KEY,
          title TEXT NOT NULL,
          created_at TEXT NOT NULL,  -- UTC, ISO 8601 of fixed width: text order is time order
          duration REAL NOT NULL,
          domain TEXT,
          level TEXT,
          candidate TEXT,
          language TEXT,
          folder TEXT NOT NULL,  -- relative to the database where it lies beside it
          answers INTEGER NOT NULL,
          assessment_version INTEGER
        )
        """
    )
    connection.execute("CREATE INDEX session_by_date ON session (created_at, id)")
    connection.execute(
        """
        CREATE TABLE score (
          session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
          name TEXT NOT NULL,
          label TEXT NOT NULL,
          value REAL,
          confidence REAL NOT NULL,
          PRIMARY KEY (session, name)
        ) WITHOUT ROWID
        """
    )
    connection.execute(
        """
        CREATE TABLE metric (
          session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
          name TEXT NOT NULL,
          label TEXT NOT NULL,
          unit TEXT NOT NULL,
          value,  -- a number, a word such as a tone's label, or NULL
          score REAL,
          confidence REAL NOT NULL,
          PRIMARY KEY (session, name)
        ) WITHOUT ROWID
        """
    )
    connection.execute("CREATE INDEX score_by_name ON score (name, session, value)")
    connection.execute("CREATE INDEX metric_by_name ON metric (name, session, value)")
    connection.execute(
        """
        CREATE TABLE answer (
          session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
          position INTEGER NOT NULL,
          question_id TEXT,
          question TEXT,
          take INTEGER NOT NULL,
          start REAL NOT NULL,
          "end" REAL NOT NULL,
          PRIMARY KEY (session, position)
        ) WITHOUT ROWID
        """
    )
    connection.execute(
        """
        CREATE TABLE answer_metric (
          session TEXT NOT NULL,
          position INTEGER NOT NULL,
          name TEXT NOT NULL,
          label TEXT NOT NULL,
          unit TEXT NOT NULL,
          value,
          score REAL NOT NULL,
          confidence REAL NOT NULL,
          PRIMARY KEY (session, position, name),
          FOREIGN KEY (session, position) REFERENCES answer (session, position) ON DELETE CASCADE
        ) WITHOUT ROWID
        """
    )


Step = Callable[[sqlite3.Connection], None]

MIGRATIONS: Final[tuple[Step, ...]] = (_index_of_sessions,)


def migrate(connection: sqlite3.Connection) -> bool:
    """Take the steps that are missing; call it inside a transaction.

    Returns:
        Whether the database was new, and so is empty now.

    Raises:
        InputError: It is of a newer version of the program, or of another program.
    """
    version = number(connection, "PRAGMA user_version")
    _refuse_foreign(connection)
    if version > len(MIGRATIONS):
        raise InputError(
            f"The history was written by a newer version of interviewer (its schema is {version}, "
            f"this version knows {len(MIGRATIONS)}).",
            "Upgrade interviewer, or move the file away: it is then built anew from the sessions.",
        )
    for step in MIGRATIONS[version:]:
        step(connection)
    if version < len(MIGRATIONS):
        # A PRAGMA takes no parameters; both numbers are constants of this module.
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    return version == 0


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether there is nothing to migrate, told without writing."""
    return (
        number(connection, "PRAGMA user_version") == len(MIGRATIONS)
        and number(connection, "PRAGMA application_id") == APPLICATION_ID
    )


def number(connection: sqlite3.Connection, query: str) -> int:
    """The one number that a query gives."""
    return int(connection.execute(query).fetchone()[0])


def _refuse_foreign(connection: sqlite3.Connection) -> None:
    mark = number(connection, "PRAGMA application_id")
    if mark == APPLICATION_ID:
        return
    if mark != 0 or number(connection, "SELECT count(*) FROM sqlite_master"):
        raise InputError(
            "The file in the place of the history is a database of another program.",
            "Move it away: the history is then built anew from the sessions.",
        )
