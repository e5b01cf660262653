"""Numbered changes of the schema (`migrations/NNNN_name.sql`), in order, each in a transaction, and recorded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from contested.errors import ResourceError
from contested.store.database import Database, Dialect

# `NNNN_name.sql` for every database, `NNNN_name.DIALECT.sql` where two of them differ.
_FILE_NAME = re.compile(r"(?P<number>\d{4})_(?P<name>\w+)(?:\.(?P<dialect>sqlite|postgresql))?\.sql")
_RECORD = "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL)"


@dataclass(frozen=True, slots=True)
class Migration:
    """One step from a schema to the next."""

    number: int
    name: str
    sql: str


@cache
def migrations(dialect: Dialect) -> tuple[Migration, ...]:
    """Return all steps for one kind of database, in order.

    Raises:
        ResourceError: when the numbers have a gap or a double.
    """
    found = []
    for file in files("contested.store").joinpath("migrations").iterdir():
        match = _FILE_NAME.fullmatch(file.name)
        if match and match["dialect"] in (None, dialect):
            found.append(Migration(int(match["number"]), match["name"], file.read_text(encoding="utf-8")))
    found.sort(key=lambda migration: migration.number)
    if [m.number for m in found] != list(range(1, len(found) + 1)):
        raise ResourceError(f"store/migrations for {dialect}: expected 1, 2, 3 …, got {[m.number for m in found]}")
    return tuple(found)


def applied(database: Database) -> int:
    """Return the number of the last step that a database has taken, 0 for a new one."""
    return int(database.rows("SELECT coalesce(max(number), 0) FROM migration")[0][0])


def migrate(database: Database, *, up_to: int | None = None) -> None:
    """Take every step that a database has not taken yet (up to one of them, for tests).

    Raises:
        ResourceError: when the database is no store, or was made by a later version of this program.
    """
    _prepare(database)
    steps = migrations(database.dialect)
    if applied(database) > len(steps):
        raise ResourceError(
            f"{database.name}: expected a store of schema {len(steps)} or earlier, found {applied(database)}; "
            "a later version of contested made it: update this one"
        )
    for step in steps[applied(database) : up_to]:
        with database.transaction():
            if step.number <= applied(database):  # another process took it while we waited
                continue
            database.script(step.sql)
            database.write("INSERT INTO migration (number, name) VALUES (?, ?)", [(step.number, step.name)])


def _prepare(database: Database) -> None:
    tables = database.tables()
    if "migration" in tables:
        return
    if tables and database.dialect is Dialect.SQLITE:  # on a server a store may lie beside other tables, in a file not
        raise ResourceError(
            f"{database.name}: expected a store, found another database; tables: {', '.join(sorted(tables))}"
        )
    with database.transaction():
        database.rows(_RECORD)
