"""Adds one batch to a store, inside a transaction that the caller opens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from contested.errors import InputError
from contested.store.cells import Cells, clean
from contested.store.database import Database, Dialect, Value
from contested.store.tables import (
    Place,
    content_rows,
    document_row,
    failure_row,
    insert,
    kept,
    reading_key,
)
from contested.types import Claims, Document, document_key, text_sha256

_OWN_ID_LENGTH = 16  # hex digits of the text's SHA-256, which `sources` gives a report that brings no id


@dataclass(frozen=True, slots=True)
class Added:
    """What one batch, or a whole run, brought into a store.

    `superseding` counts those of `documents` that are a new version of a report; `again` those that were there and got
    another model's reading.
    """

    documents: int = 0
    claims: int = 0
    events: int = 0
    superseding: int = 0
    again: int = 0
    known: int = 0
    failures: tuple[InputError, ...] = ()

    def __add__(self, other: Added) -> Added:
        return Added(
            self.documents + other.documents,
            self.claims + other.claims,
            self.events + other.events,
            self.superseding + other.superseding,
            self.again + other.again,
            self.known + other.known,
            self.failures + other.failures,
        )


def kept_documents(documents: Iterable[Document]) -> list[Document]:
    """Return documents with ids that any database keeps."""
    return [d if clean(d.id) == d.id else replace(d, id=clean(d.id)) for d in documents]


def append(database: Database, table: str, **cells: Value) -> int:
    """Add a row to a table that numbers its rows, and return its number."""
    number = int(database.rows(f"SELECT coalesce(max(number), 0) + 1 FROM {table}")[0][0])
    marks = ", ".join("?" * (len(cells) + 1))
    values = (number, *(clean(c) if isinstance(c, str) else c for c in cells.values()))
    database.write(f"INSERT INTO {table} (number, {', '.join(cells)}) VALUES ({marks})", [values])
    return number


def add(database: Database, results: Iterable[Claims | InputError], *, run: int, again: bool) -> Added:
    """Write a batch's results; see `Store.add`."""
    batch = _Batch(database, run, again)
    for result in results:
        batch.take(result)
    batch.write()
    return batch.added


class _Batch:
    """Gathers the rows of a batch; each document sees those before it."""

    def __init__(self, database: Database, run: int, again: bool) -> None:
        self._db, self._run, self._again = database, run, again
        self._rows: dict[str, list[Cells]] = defaultdict(list)
        self._document_place = self._next("document")
        self._reading_place = self._next("reading")
        self._models: dict[str, None] = {}
        self.added = Added()

    def _next(self, table: str) -> int:
        return int(self._db.rows(f"SELECT coalesce(max(place), 0) + 1 FROM {table}")[0][0])

    def take(self, result: Claims | InputError) -> None:
        """Take one result in."""
        error = result if isinstance(result, InputError) else _refusal(result.document, self._db.dialect)
        if error is not None:
            self.added += Added(failures=(error,))
            self._add_failure(error)
        elif isinstance(result, Claims):
            self._add_claims(kept(result))

    def _add_failure(self, error: InputError) -> None:
        row = failure_row(error.where, error.message, self._run)
        known = {r[0] for r in self._rows["failure"]}
        if row[0] not in known and not self._db.rows("SELECT 1 FROM failure WHERE key = ?", [row[0]]):
            self._rows["failure"].append(row)

    def _add_claims(self, claims: Claims) -> None:
        key = document_key(claims.document)
        is_known = self._has("document", key)
        if is_known and (not self._again or self._has("reading", reading_key(key, claims.model))):
            self.added += Added(known=1)
            return
        self._models[claims.model] = None
        report, version = self._find_report(claims.document) if not is_known else ("", 0)
        at = Place(self._document_place, self._reading_place, report, version, self._run)
        if not is_known:
            self._rows["document"].append(document_row(claims.document, at))
            self._document_place += 1
        for table, row in content_rows(claims, at):
            self._rows[table].append(row)
        self._reading_place += 1
        self.added += Added(
            documents=int(not is_known),
            claims=len(claims.claims),
            events=len(claims.events),
            superseding=int(version > 1),
            again=int(is_known),
        )
        self._flush()  # so that the next document of the batch sees this one

    def _has(self, table: str, key: str) -> bool:
        return bool(self._db.rows(f"SELECT 1 FROM {table} WHERE key = ?", [key]))

    def _find_report(self, document: Document) -> tuple[str, int]:
        """Return the report that this is a version of, and the version's number."""
        sql = "SELECT report FROM document WHERE {} ORDER BY place LIMIT 1"
        rows = self._db.rows(sql.format("id = ?"), [document.id])
        if not rows and document.url and document.id == text_sha256(document.text)[:_OWN_ID_LENGTH]:
            # many reports may share an address in a table that gives each an id of its own: there ids alone tell
            rows = self._db.rows(sql.format("url = ?"), [clean(document.url)])
        if not rows:
            return document.id, 1
        last = self._db.rows("SELECT max(version) FROM document WHERE report = ?", [rows[0][0]])
        return rows[0][0], int(last[0][0]) + 1

    def _flush(self) -> None:
        for table, rows in self._rows.items():
            if rows:
                self._db.write(insert(table), rows)
        self._rows.clear()

    def write(self) -> None:
        """Write what is left, and the run's counts, in the same transaction as what they count."""
        self._flush()
        done, model = self.added, "; ".join(self._models) or None
        sql = (
            "UPDATE run SET added = added + ?, known = known + ?, failed = failed + ?, model = coalesce(?, model)"
            " WHERE number = ?"
        )
        counts = (done.documents + done.again, done.known, len(done.failures))
        self._db.write(sql, [(*counts, model, self._run)])


def _refusal(document: Document, dialect: Dialect) -> InputError | None:
    """Return why a database cannot keep a text: it is never altered, so it is left out."""
    try:
        document.text.encode()
    except UnicodeEncodeError:
        return InputError("not stored: half a character (a lone surrogate) in the text", document.where)
    if "\x00" in document.text and dialect is Dialect.POSTGRESQL:
        return InputError("not stored: the text holds a NUL character, which PostgreSQL cannot keep", document.where)
    return None
