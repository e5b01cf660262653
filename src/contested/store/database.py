"""One connection to SQLite or PostgreSQL that takes the same SQL. All that the two do differently stands here."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from contested.errors import InputError, ResourceError

Value = str | int | float | None
Row = tuple[Any, ...]

# Another `add` holds the write lock for the length of one batch's transaction: milliseconds, on a slow disk seconds.
_WAIT_S = 60
_SQLITE = "sqlite:///"
_POSTGRESQL = ("postgresql://", "postgres://")


class Dialect(StrEnum):
    """Which database it is."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


class Database(Protocol):
    """What the store asks of a database. Placeholders are `?`; outside a transaction each statement is its own."""

    dialect: Dialect
    name: str

    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """Return the rows that a statement gives; none for one that gives none."""

    def write(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """Run a statement once for each row of values."""

    def copy(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
        """Add many rows to a table, the fastest way that this database has."""

    def script(self, sql: str) -> None:
        """Run several statements inside the transaction that is open."""

    def tables(self) -> frozenset[str]:
        """Return the names of all tables."""

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Open a transaction that alone may write; it is committed at the end, or leaves no trace."""

    def close(self) -> None:
        """Close the connection."""


def connect(url: str | Path, *, create: bool = True) -> Database:
    """Return a connection to a store.

    Args:
        url: a file, `sqlite:///FILE`, or `postgresql://…`.
        create: make the file when there is none.

    Raises:
        InputError: when there is no such file, or no such server.
        ResourceError: when the file is no SQLite file.
    """
    where = str(url)
    if where.startswith(_POSTGRESQL):
        from contested.store.postgresql import PostgresqlDatabase  # psycopg is an extra

        return PostgresqlDatabase(where)
    if "://" in where and not where.startswith(_SQLITE):
        raise InputError("expected a file, sqlite:///FILE or postgresql://…", where)
    path = Path(where.removeprefix(_SQLITE))
    if not create and not path.exists():
        raise InputError("no store here; make one with `contested add PATH… --store FILE`", str(path))
    return SqliteDatabase(path)


class SqliteDatabase:
    """A store in one file. Readers never wait for the writer (WAL); a killed writer leaves whole transactions only."""

    dialect = Dialect.SQLITE

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        try:
            self._db = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None)
        except sqlite3.OperationalError as error:
            raise InputError(f"a store cannot be opened or made here: {error}", self.name) from error
        try:
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute(
                "PRAGMA synchronous = NORMAL"
            )  # with WAL: a kill loses nothing; a power cut the last batch
            self._db.execute("PRAGMA foreign_keys = ON")
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise ResourceError(f"{path}: expected a store, which is an SQLite file ({error})") from error

    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """Return the rows that a statement gives; none for one that gives none."""
        return self._db.execute(sql, values).fetchall()

    def write(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """Run a statement once for each row of values."""
        self._db.executemany(sql, rows)

    def copy(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
        """Add many rows to a table, the fastest way that this database has."""
        marks = ", ".join("?" * len(columns))
        self._db.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)

    def script(self, sql: str) -> None:
        """Run several statements inside the transaction that is open."""
        statement = ""
        for line in sql.splitlines(keepends=True):  # not executescript: it would commit first
            statement += line
            if sqlite3.complete_statement(statement):
                self._db.execute(statement)
                statement = ""

    def tables(self) -> frozenset[str]:
        """Return the names of all tables."""
        return frozenset(row[0] for row in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'"))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Open a transaction that alone may write; it is committed at the end, or leaves no trace."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def close(self) -> None:
        """Close the connection."""
        self._db.close()
