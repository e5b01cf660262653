"""A store on a PostgreSQL server, through psycopg 3 (`pip install contested[postgres]`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from contested.errors import InputError
from contested.store.database import Dialect, Row, Value

if TYPE_CHECKING:
    import psycopg

_LOCK = 0x636F6E74  # "cont": any number will do, as long as every writer of a store takes the same


class PostgresqlDatabase:
    """A store on a server. Writers take turns, one transaction each."""

    dialect = Dialect.POSTGRESQL

    def __init__(self, url: str) -> None:
        try:
            import psycopg
        except ImportError as error:
            raise InputError("a store on PostgreSQL needs psycopg: pip install 'contested[postgres]'") from error
        parts = urlsplit(url)
        self.name = (
            f"postgresql://{parts.hostname or ''}{parts.path}"  # without user and password: it goes into messages
        )
        try:
            self._db: psycopg.Connection[Row] = psycopg.connect(url, autocommit=True)
        except psycopg.Error as error:
            raise InputError(f"no connection to the server: {error}", self.name) from error

    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """Return the rows that a statement gives; none for one that gives none."""
        with _in_words(self.name):
            cursor = self._db.execute(_own(sql), values or None)
            return cursor.fetchall() if cursor.description else []

    def write(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """Run a statement once for each row of values."""
        with _in_words(self.name), self._db.cursor() as cursor:
            cursor.executemany(_own(sql), rows)

    def copy(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
        """Add many rows to a table, the fastest way that this database has."""
        sql = _own(f"COPY {table} ({', '.join(columns)}) FROM STDIN", params=False)
        with _in_words(self.name), self._db.cursor() as cursor, cursor.copy(sql) as copying:
            for row in rows:
                copying.write_row(row)

    def script(self, sql: str) -> None:
        """Run several statements inside the transaction that is open."""
        with _in_words(self.name):
            self._db.execute(_own(sql, params=False))

    def tables(self) -> frozenset[str]:
        """Return the names of all tables."""
        sql = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
        return frozenset(row[0] for row in self.rows(sql))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Open a transaction that alone may write; it is committed at the end, or leaves no trace."""
        with self._db.transaction():
            self._db.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            yield

    def close(self) -> None:
        """Close the connection."""
        self._db.close()


@contextmanager
def _in_words(name: str) -> Iterator[None]:
    """Say to the user what the server refuses to this account; anything else is our own fault and stays as it is."""
    import psycopg

    try:
        yield
    except psycopg.errors.InsufficientPrivilege as error:
        raise InputError(f"your account may not do this here ({error.diag.message_primary})", name) from error


def _own(sql: str, *, params: bool = True) -> Any:
    """Return SQL as psycopg takes it: its type wants literals, ours come from this room's files and code alone."""
    return sql.replace("%", "%%").replace("?", "%s") if params else sql
