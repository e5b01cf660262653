"""The store: what reports say, in a database that only ever grows. Reading and writing go through `Store` alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Self

from contested.claims import apply_decisions, check_addition, check_value
from contested.errors import InputError
from contested.incidents import Judgement, Verdict
from contested.store import roles, writing
from contested.store.cells import clean
from contested.store.database import Database, Row, connect
from contested.store.deciding import cells_of, read_decision, read_decisions
from contested.store.fingerprint import fingerprint
from contested.store.migrations import migrate
from contested.store.rebuild import DOCUMENT, read_claims, read_document
from contested.store.tables import COLUMNS, CONTENT, ORDER
from contested.types import (
    Action,
    Claims,
    Decision,
    Document,
    DocumentVersion,
    Failure,
    Run,
    document_key,
    standing_decisions,
)

PAGE = 200  # documents rebuilt at a time: some ten megabytes with all that they say


class Store:
    """Reports, what they say, who judged what. Open with `open_store`; close it, or use it in a `with` statement."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._db.close()

    # Runs

    def begin_run(self, *, settings: str, code: str, at: datetime) -> int:
        """Return the number of a new run, which asks for `settings` (JSON) of the program's version `code`."""
        with self._db.transaction():
            number = int(self._db.rows("SELECT coalesce(max(number), 0) + 1 FROM run")[0][0])
            values = [(number, _write_time(at), settings, code)]
            self._db.write("INSERT INTO run (number, started, settings, code) VALUES (?, ?, ?, ?)", values)
        return number

    def end_run(self, run: int, at: datetime, *, known: int = 0) -> None:
        """Say that a run came to its end, and how many reports it passed over unread because they were there."""
        sql = "UPDATE run SET ended = ?, known = known + ? WHERE number = ?"
        self._db.write(sql, [(_write_time(at), known, run)])

    def runs(self) -> list[Run]:
        """Return all runs, oldest first."""
        columns = "number, started, ended, settings, code, model, added, known, failed"
        return [Run(*row) for row in self._db.rows(f"SELECT {columns} FROM run ORDER BY number")]

    # Reports

    def known(self, documents: Sequence[Document], *, model: str | None = None) -> frozenset[str]:
        """Return the keys of those documents that the store holds already (read by `model`, if one is given)."""
        keys = [document_key(d) for d in writing.kept_documents(documents)]
        if not keys:
            return frozenset()
        table, column, and_model = ("reading", "document", " AND model = ?") if model else ("document", "key", "")
        sql = f"SELECT {column} FROM {table} WHERE {column} IN ({_marks(keys)}){and_model}"
        return frozenset(row[0] for row in self._db.rows(sql, [*keys, *([model] if model else [])]))

    def add(self, results: Iterable[Claims | InputError], *, run: int, again: bool = False) -> writing.Added:
        """Write the results of one batch in one transaction: all of it is kept, or nothing.

        A document that is there already, with the same id and text, is left as it is; a text that changed under its id,
        or under its address when its id is made from its text, is a new version that supersedes the one before.

        Args:
            results: claims, and reasons why something was not read.
            run: the number of the run that read them.
            again: add another model's reading of a document that is there; it then holds, the earlier one stays.
        """
        with self._db.transaction():
            return writing.add(self._db, results, run=run, again=again)

    def retract(self, document: str, reason: str, at: datetime) -> None:
        """Keep that the outlet took a report back. The report stays; from now on it says that it was retracted.

        Raises:
            InputError: when the store has no such report.
        """
        with self._db.transaction():
            reports = self._db.rows("SELECT report FROM document WHERE id = ?", [document])
            if not reports:
                raise InputError(f"expected the id of a report in the store, got {document!r}", self._db.name)
            held = self._db.rows("SELECT 1 FROM retraction WHERE report = ? AND reason = ?", [reports[0][0], reason])
            if not held:
                writing.append(self._db, "retraction", report=reports[0][0], reason=reason, at=_write_time(at))

    def documents(self, *, superseded: bool = False) -> Iterator[DocumentVersion]:
        """Yield the reports in the order in which they came: those that stand, or all versions if `superseded`."""
        for row in self._pages(superseded=superseded):
            yield _version(row)

    def document(self, id: str) -> DocumentVersion | None:  # noqa: A002  (the corpus form's own word)
        """Return the latest version with this id or key, or None."""
        sql = f"{_SELECT} WHERE document.id = ? OR document.key = ? ORDER BY document.version DESC LIMIT 1"
        rows = self._db.rows(sql, [id, id])
        return _version(rows[0]) if rows else None

    def failures(self) -> list[Failure]:
        """Return what could not be read, in the order of the runs."""
        return [Failure(*r) for r in self._db.rows("SELECT source, reason, run FROM failure ORDER BY run, source, key")]

    # What they say

    def claims(self, *, superseded: bool = False, retracted: bool = False, decided: bool = True) -> Iterator[Claims]:
        """Yield what the reports say, each as the last model that read it has it, in the order in which they came.

        Args:
            superseded: also versions of a report that a later one replaced.
            retracted: also reports that their outlet took back.
            decided: with what reviewers rejected left out and what they corrected corrected; else as the model read.
        """
        page: list[DocumentVersion] = []
        for version in self.documents(superseded=superseded):
            if retracted or version.retracted is None:
                page.append(version)
            if len(page) == PAGE:
                yield from self._read(page, decided=decided)
                page = []
        yield from self._read(page, decided=decided)

    def claims_of(self, documents: Iterable[str], *, decided: bool = True) -> Iterator[Claims]:
        """Yield what the reports with these ids or keys say, in that order; unknown ids are passed over."""
        for id_ in documents:
            version = self.document(id_)
            if version is not None:
                yield from self._read([version], decided=decided)

    def _read(self, page: Sequence[DocumentVersion], *, decided: bool) -> Iterator[Claims]:
        if not page:
            return
        keys = [version.key for version in page]
        sql = f"SELECT document, key, model FROM reading WHERE document IN ({_marks(keys)}) ORDER BY place"
        last = {document: (reading, model) for document, reading, model in self._db.rows(sql, keys)}
        readings = [reading for reading, _ in last.values()]
        rows = {table: self._rows_of(table, readings) for table in CONTENT}
        decisions: dict[str, list[Decision]] = {}
        for decision in standing_decisions(read_decisions(self._db, keys)) if decided else []:
            decisions.setdefault(decision.document, []).append(decision)
        for version in page:
            if version.key in last:
                reading, model = last[version.key]
                read = read_claims(version.document, model, {t: rows[t].get(reading, []) for t in CONTENT})
                yield apply_decisions(read, decisions.get(version.key, [])).claims

    def _rows_of(self, table: str, readings: Sequence[str]) -> dict[str, list[Row]]:
        """Return the rows of some readings by reading, each without its first cell."""
        if not readings:
            return {}
        wanted = f"{', '.join(COLUMNS[table])} FROM {table} WHERE reading IN ({_marks(readings)})"
        sql = f"SELECT {wanted} ORDER BY {', '.join(ORDER[table])}"
        grouped = groupby(self._db.rows(sql, readings), key=lambda row: row[0])
        return {reading: [row[1:] for row in rows] for reading, rows in grouped}

    def _pages(self, *, superseded: bool) -> Iterator[Row]:
        """Yield the rows of documents by pages, so that a reader holds no transaction open and memory stays bounded."""
        after = 0
        standing = "" if superseded else f" AND NOT {_SUPERSEDED}"
        while True:
            rows = self._db.rows(
                f"{_SELECT} WHERE document.place > ?{standing} ORDER BY document.place LIMIT {PAGE}", [after]
            )
            if not rows:
                return
            yield from rows
            after = rows[-1][0]

    # What people decided

    def judge(self, a: str, b: str, verdict: Verdict, *, reviewer: str, at: datetime, reason: str = "") -> Judgement:
        """Keep a reviewer's word on whether two accounts or incidents are one. Later words stand above earlier ones.

        Raises:
            InputError: when both ids are one.
        """
        if a == b:
            raise InputError(f"expected two ids, got {a!r} twice")
        first, second = sorted((a, b))
        row = {"a": first, "b": second, "verdict": verdict.value, "reviewer": reviewer, "reason": reason}
        with self._db.transaction():
            number = writing.append(self._db, "judgement", **row, at=_write_time(at))
        return Judgement(first, second, verdict, number, reviewer, reason)

    def judgements(self) -> list[Judgement]:
        """Return every judgement, oldest first, with the ids that its ids mean by now."""
        rows = self._db.rows("SELECT a, b, verdict, number, reviewer, reason FROM judgement ORDER BY number")
        became = self.incident_aliases()
        return [Judgement(_last(a, became), _last(b, became), Verdict(v), n, by, why) for a, b, v, n, by, why in rows]

    def decide(self, decision: Decision, at: datetime) -> Decision:
        """Keep a reviewer's decision on what was read. It is replayed on every later reading of the same text.

        Raises:
            InputError: when its value cannot be one, it lacks a reviewer, or the store has no such report.
        """
        if not decision.reviewer.strip():
            raise InputError("expected who decides: an id or pseudonym, got none")
        if decision.field is not None:
            decision = replace(decision, value=check_value(decision.field, decision.value))
        decision = replace(decision, at=_write_time(at))
        with self._db.transaction():
            text = self._db.rows("SELECT text FROM document WHERE key = ?", [decision.document])
            if not text:
                raise InputError(f"expected the key of a report in the store, got {decision.document!r}")
            check_addition(decision, text[0][0])
            return replace(decision, number=writing.append(self._db, "decision", **cells_of(decision)))

    def undo(self, number: int, *, reviewer: str, at: datetime) -> Decision:
        """Take a decision back. What stood before it stands again.

        Raises:
            InputError: when there is no such decision.
        """
        undone = read_decision(self._db, number)
        if undone is None or undone.action is Action.UNDO:
            raise InputError(f"expected the number of a decision, got {number}")
        return self.decide(replace(undone, action=Action.UNDO, undoes=number, reviewer=reviewer, reason=""), at)

    def decisions(self, documents: Sequence[str] | None = None) -> list[Decision]:
        """Return the decisions on versions of reports (by key), or all of them, oldest first, also those taken back."""
        return read_decisions(self._db, documents)

    def alias_incident(self, alias: str, incident: str, at: datetime) -> None:
        """Keep that an incident's id, given once, now means another incident."""
        with self._db.transaction():
            if self.resolve_incident(alias) != self.resolve_incident(incident):
                writing.append(self._db, "incident_alias", alias=alias, incident=incident, at=_write_time(at))

    def resolve_incident(self, incident: str) -> str:
        """Return the id that an incident's id means by now: itself, or what it was merged into."""
        return _last(incident, self.incident_aliases())

    def incident_aliases(self) -> dict[str, str]:
        """Return what each merged id became; the last word on an id holds."""
        return dict(self._db.rows("SELECT alias, incident FROM incident_alias ORDER BY number"))

    # Lists worked out from the rest

    def state(self) -> str:
        """Return what changes whenever anything is added to the store: a cheap way to know whether lists are stale."""
        marks = (
            ("document", "place"),
            ("reading", "place"),
            ("retraction", "number"),
            ("judgement", "number"),
            ("decision", "number"),
        )
        asked = ", ".join(f"(SELECT coalesce(max({column}), 0) FROM {table})" for table, column in marks)
        return "-".join(str(n) for n in self._db.rows(f"SELECT {asked}")[0])

    def keep_computed(self, state: str, rows: Iterable[tuple[str, int, str, str, str]]) -> None:
        """Replace the lists that were worked out: kind, order, id, what lists show and what a page shows, as JSON."""
        with self._db.transaction():
            self._db.rows("DELETE FROM computed")
            self._db.rows("DELETE FROM computed_from")
            self._db.write("INSERT INTO computed (kind, place, id, content, detail) VALUES (?, ?, ?, ?, ?)", rows)
            self._db.write("INSERT INTO computed_from (state) VALUES (?)", [(state,)])

    def computed(self) -> tuple[str, list[tuple[str, str]]]:
        """Return the state that lists were worked out from ("" for none), and kind and content of each row in order."""
        state = self._db.rows("SELECT state FROM computed_from")
        rows = self._db.rows("SELECT kind, content FROM computed ORDER BY kind, place") if state else []
        return (state[0][0] if state else ""), [(kind, content) for kind, content in rows]

    def computed_detail(self, kind: str, id: str) -> str | None:  # noqa: A002  (the form's own word)
        """Return what one page shows beside its row in the lists, as JSON."""
        rows = self._db.rows("SELECT detail FROM computed WHERE kind = ? AND id = ?", [kind, id])
        return rows[0][0] if rows else None

    # Teams

    def make_roles(self) -> None:
        """Make the roles of a team on the server (reader, coder, reviewer, admin), or renew their rights."""
        roles.make_roles(self._db)

    def give_role(self, account: str, role: roles.TeamRole) -> None:
        """Give an account of the server one of the roles, in place of any other."""
        roles.give_role(self._db, account, role)

    # The whole

    def fingerprint(self) -> str:
        """Return a hash of all that reports say, equal for equal content whatever runs brought it in."""
        return fingerprint(self._db)


_SUPERSEDED = (
    "EXISTS (SELECT 1 FROM document later WHERE later.report = document.report AND later.version > document.version)"
)
_RETRACTED = (
    "(SELECT reason FROM retraction WHERE retraction.report = document.report ORDER BY retraction.number DESC LIMIT 1)"
)
_SELECT = (
    f"SELECT document.place, document.key, document.report, document.version, {_SUPERSEDED}, {_RETRACTED},"
    f" {', '.join(f'document.{column}' for column in DOCUMENT)} FROM document"
)


def open_store(url: str | Path, *, create: bool = True) -> Store:
    """Return the store at `url` (a file, `sqlite:///FILE`, `postgresql://…`), brought to this version's schema.

    Args:
        url: where the store is.
        create: make an empty one where there is none.

    Raises:
        InputError: when there is nothing to open, or no way to make it.
        ResourceError: when what is there is no store, or a later version's.
    """
    database = connect(url, create=create)
    try:
        migrate(database)
    except BaseException:
        database.close()
        raise
    return Store(database)


def _last(incident: str, became: Mapping[str, str]) -> str:
    seen = {incident}
    while incident in became and became[incident] not in seen:
        incident = became[incident]
        seen.add(incident)
    return incident


def _version(row: Row) -> DocumentVersion:
    _, key, report, version, superseded, retracted, *cells = row
    return DocumentVersion(key, report, version, read_document(cells), bool(superseded), retracted)


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _write_time(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError(f"expected a time with its offset from UTC, got {at!r}")
    return clean(at.isoformat(timespec="seconds"))
