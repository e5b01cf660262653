"""Adds one batch to a store, inside a transaction that the caller opens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from contested.errors import InputError
from contested.store.cells import Cells, clean
from contested.store.database import Database, Dialect, Row, Value
from contested.store.tables import (
    COLUMNS,
    Place,
    content_rows,
    document_row,
    failure_row,
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
    return _Batch(database, list(results), run, again).write()


class _Known:
    """What the store holds of a batch's documents, asked once for all of them; each document sees those before it."""

    def __init__(self, database: Database, documents: Sequence[Document], readings: Sequence[str]) -> None:
        ids = {d.id for d in documents}
        urls = {clean(d.url) for d in documents if d.url}
        self.documents = _found(database, "SELECT key FROM document WHERE key IN", {document_key(d) for d in documents})
        self.readings = _found(database, "SELECT key FROM reading WHERE key IN", set(readings))
        self._by_id: dict[str, str] = {}
        self._by_url: dict[str, str] = {}
        self._versions: dict[str, int] = {}
        reports: dict[str, None] = {}
        for column, wanted, found in (("id", ids, self._by_id), ("url", urls, self._by_url)):
            sql = f"SELECT {column}, report FROM document WHERE {column} IN"
            for value, report in _rows_in(database, sql, wanted, " ORDER BY place"):
                found.setdefault(value, report)
                reports[report] = None
        sql = "SELECT id, publisher FROM document WHERE publisher IS NOT NULL AND id IN"
        self._outlets: dict[str, str] = dict(_rows_in(database, sql, ids))
        sql = "SELECT report, max(version) FROM document WHERE report IN"
        self._versions.update(_rows_in(database, sql, reports, " GROUP BY report"))

    def other_outlet(self, document: Document) -> str | None:
        """Return the outlet whose report has a new document's id already, if it is another: then ids were given twice.

        Two tables that both number their rows from 1 are two outlets' reports, not versions of one another.
        """
        known, own = (self._outlets.get(document.id) or "").casefold(), (document.publisher or "").casefold()
        if not known or not own or known in own or own in known or document_key(document) in self.documents:
            return None
        return self._outlets[document.id]

    def add_document(self, document: Document) -> tuple[str, int]:
        """Return the report that a new document is a version of, and the version's number; from now on it is known."""
        url = clean(document.url) if document.url else None
        report = self._by_id.get(document.id)
        if report is None and url and document.id == text_sha256(document.text)[:_OWN_ID_LENGTH]:
            # many reports may share an address in a table that gives each an id of its own: there ids alone tell
            report = self._by_url.get(url)
        report = report if report is not None else document.id
        version = self._versions.get(report, 0) + 1
        self._versions[report] = version
        self._by_id.setdefault(document.id, report)
        if document.publisher:
            self._outlets.setdefault(document.id, document.publisher)
        if url:
            self._by_url.setdefault(url, report)
        self.documents.add(document_key(document))
        return report, version


def _found(database: Database, sql: str, values: Iterable[str]) -> set[str]:
    return {row[0] for row in _rows_in(database, sql, values)}


_AT_ONCE = 500  # values of one question; SQLite takes some thousands


def _rows_in(database: Database, sql: str, values: Iterable[str], rest: str = "") -> Iterator[Row]:
    """Yield the rows of a question about many values, asked a few hundred at a time."""
    wanted = iter(sorted(values))
    while some := list(islice(wanted, _AT_ONCE)):
        yield from database.rows(f"{sql} ({', '.join('?' * len(some))}){rest}", some)


class _Batch:
    """Gathers the rows of a batch and writes them together, table after table."""

    def __init__(self, database: Database, results: Sequence[Claims | InputError], run: int, again: bool) -> None:
        self._db, self._run, self._again = database, run, again
        self._rows: dict[str, list[Cells]] = defaultdict(list)
        self._document_place = self._next("document")
        self._reading_place = self._next("reading")
        self._models: dict[str, None] = {}
        self._added = Added()
        self._results = [kept(r) if isinstance(r, Claims) else r for r in results]
        read = [r for r in self._results if isinstance(r, Claims)]
        keys = [reading_key(document_key(c.document), c.model) for c in read] if again else []
        self._known = _Known(database, [c.document for c in read], keys)

    def _next(self, table: str) -> int:
        return int(self._db.rows(f"SELECT coalesce(max(place), 0) + 1 FROM {table}")[0][0])

    def _take(self, result: Claims | InputError) -> None:
        error = result if isinstance(result, InputError) else self._refusal(result.document)
        if error is not None:
            self._added += Added(failures=(error,))
            self._rows["failure"].append(failure_row(error.where, error.message, self._run))
        elif isinstance(result, Claims):
            self._take_claims(result)

    def _refusal(self, document: Document) -> InputError | None:
        outlet = self._known.other_outlet(document)
        if outlet is None:
            return _refusal(document, self._db.dialect)
        why = f"the id {document.id!r} is that of a report of {outlet}: each outlet's reports need ids of their own"
        return InputError(why, document.where)

    def _take_claims(self, claims: Claims) -> None:
        key = document_key(claims.document)
        reading = reading_key(key, claims.model)
        is_known = key in self._known.documents
        if is_known and (not self._again or reading in self._known.readings):
            self._added += Added(known=1)
            return
        self._models[claims.model] = None
        report, version = self._known.add_document(claims.document) if not is_known else ("", 0)
        at = Place(self._document_place, self._reading_place, report, version, self._run)
        if not is_known:
            self._rows["document"].append(document_row(claims.document, at))
            self._document_place += 1
        for table, row in content_rows(claims, at):
            self._rows[table].append(row)
        self._reading_place += 1
        self._known.readings.add(reading)
        self._added += Added(
            documents=int(not is_known),
            claims=len(claims.claims),
            events=len(claims.events),
            superseding=int(version > 1),
            again=int(is_known),
        )

    def write(self) -> Added:
        """Write all rows, and the run's counts, in the same transaction as what they count."""
        for result in self._results:
            self._take(result)
        failures = {row[0]: row for row in self._rows["failure"]}
        known = _found(self._db, "SELECT key FROM failure WHERE key IN", [str(key) for key in failures])
        self._rows["failure"] = [row for key, row in failures.items() if key not in known]
        for table, columns in COLUMNS.items():  # in the order that the foreign keys ask for
            if self._rows[table]:
                self._db.copy(table, columns, self._rows[table])
        done, model = self._added, "; ".join(self._models) or None
        sql = (
            "UPDATE run SET added = added + ?, known = known + ?, failed = failed + ?, model = coalesce(?, model)"
            " WHERE number = ?"
        )
        counts = (done.documents + done.again, done.known, len(done.failures))
        self._db.write(sql, [(*counts, model, self._run)])
        return done


def _refusal(document: Document, dialect: Dialect) -> InputError | None:
    """Return why a database cannot keep a text: it is never altered, so it is left out."""
    try:
        document.text.encode()
    except UnicodeEncodeError:
        return InputError("not stored: half a character (a lone surrogate) in the text", document.where)
    if "\x00" in document.text and dialect is Dialect.POSTGRESQL:
        return InputError("not stored: the text holds a NUL character, which PostgreSQL cannot keep", document.where)
    return None
