from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

import pytest

from contested.errors import InputError, ResourceError
from contested.store import open_store
from contested.store.database import Dialect, connect
from contested.store.migrations import applied, migrate, migrations
from contested.store.tables import COLUMNS
from contested.types import Claims, Document, Span

_COLUMNS_OF = {
    Dialect.SQLITE: "SELECT name FROM pragma_table_info(?)",
    Dialect.POSTGRESQL: "SELECT column_name FROM information_schema.columns WHERE table_name = ?",
}
STEPS = len(migrations(Dialect.SQLITE))


def test_both_databases_take_the_same_steps():
    named = [[(m.number, m.name) for m in migrations(dialect)] for dialect in Dialect]
    assert named[0] == named[1]


@pytest.mark.parametrize("step", range(STEPS + 1))
def test_a_store_of_any_earlier_schema_is_brought_up_to_date_with_what_it_holds(url, step):
    database = connect(url)
    migrate(database, up_to=step)
    assert applied(database) == step
    if step:
        database.write("INSERT INTO run (number, started, settings, code) VALUES (?, ?, ?, ?)", [(1, "t", "{}", "0")])
    database.close()
    with open_store(url) as store:
        assert len(store.runs()) == bool(step)
        document = Document("a", "One.", (Span(0, 4),))
        run = store.begin_run(settings="{}", code="1", at=datetime(2024, 5, 16, tzinfo=UTC))
        store.add([Claims(document, (), (), (), (), (), (), "m")], run=run)
        assert applied(store._db) == STEPS
        assert len(list(store.claims())) == 1


def test_every_column_of_the_tables_is_written_and_read(store):
    for table, columns in COLUMNS.items():
        there = store._db.rows(_COLUMNS_OF[store._db.dialect], [table])
        assert {row[0] for row in there} == set(columns)


def test_a_later_versions_store_is_refused(url):
    with open_store(url) as store:
        store._db.write("INSERT INTO migration (number, name) VALUES (?, ?)", [(STEPS + 1, "tomorrow")])
    with pytest.raises(ResourceError, match="update this one"):
        open_store(url)


def test_another_programs_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipe (name TEXT)")
    other.close()
    with pytest.raises(ResourceError, match="recipe"):
        open_store(path)
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("recipe",)]
    other.close()


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("Not a database at all, but a page of notes on one." * 40)
    with pytest.raises(ResourceError, match="expected a store"):
        open_store(path)
    assert path.read_text().startswith("Not a database")


def test_a_store_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match="contested add"):
        open_store(tmp_path / "none.db", create=False)
    with pytest.raises(InputError, match="opened or made"):
        open_store(tmp_path / "no folder" / "none.db")
    with pytest.raises(InputError, match="expected a file"):
        open_store("mysql://somewhere/store")


def test_a_server_that_is_not_there_is_named_without_its_password():
    pytest.importorskip("psycopg")
    with pytest.raises(InputError, match="no connection") as failed:
        open_store("postgresql://me:secret@localhost:1/store?connect_timeout=2")
    assert "secret" not in str(failed.value)


def test_the_url_form_is_the_same_file(tmp_path):
    open_store(tmp_path / "a.db").close()
    open_store(f"sqlite:///{tmp_path / 'a.db'}", create=False).close()


def test_a_store_is_one_file_once_it_is_closed(tmp_path):
    open_store(tmp_path / "a.db").close()
    assert [p.name for p in tmp_path.iterdir()] == ["a.db"]
