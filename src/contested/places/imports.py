"""Files of places into a gazetteer file: GeoNames dumps, OCHA COD-AB tables, any CSV or workbook; all as streams."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, TextIO

from contested.errors import InputError
from contested.places.codab import depth_of, read_codab
from contested.places.columns import Rows, country_code, read_table
from contested.places.gazetteer import GazetteerSource
from contested.places.geonames import read_geonames
from contested.places.store import BATCH, Imported, SqliteGazetteer
from contested.places.workbooks import is_workbook, open_sheets

BULK_BYTES = 50_000_000  # from this size on, writing the index at the end is faster than keeping it
MOST_BAD_LINES_KEPT = 100  # in the summary; all are counted
Progress = Callable[[int, int], None]  # bytes read so far, bytes in all


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no place, and why."""

    number: int
    reason: str


@dataclass
class ImportSummary:
    """What an import did. `bad_lines` holds the first hundred, `bad` counts all."""

    lines: int = 0
    places: int = 0
    bad: int = 0
    skipped_lines: int = 0  # done by an earlier, interrupted run
    bad_lines: list[BadLine] = field(default_factory=list)


Row = tuple[int, Imported | BadLine | None]


@contextmanager
def open_lines(path: Path, encoding: str, newline: str) -> Iterator[tuple[TextIO, Callable[[], int], int]]:
    """Open a text file, or the one text file in a zip; give its lines, a teller of bytes read, and the size in bytes.

    Bytes that are no text in this encoding become U+FFFD, by which the readers know a broken line.

    Raises:
        InputError: when the file is missing, the encoding unknown or the zip does not hold exactly one table.
    """

    def text(raw: IO[bytes]) -> TextIO:
        try:
            return io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline=newline)
        except LookupError as error:
            raise InputError(f"{error}; known are utf-8, cp1252, cp1251, utf-16 …", str(path)) from error

    if not path.exists():
        raise InputError("no such file", str(path))
    if path.suffix.lower() != ".zip":
        with path.open("rb") as raw:
            yield text(raw), raw.tell, path.stat().st_size
        return
    with zipfile.ZipFile(path) as archive:
        members = [
            m
            for m in archive.infolist()
            if m.filename.lower().endswith((".txt", ".csv", ".tsv")) and "readme" not in m.filename.lower()
        ]
        if len(members) != 1:
            raise InputError(
                f"expected one table in the zip, found {len(members)}; unpack it and name the file", str(path)
            )
        with archive.open(members[0]) as packed:
            yield text(packed), packed.tell, members[0].file_size


def import_file(
    store: SqliteGazetteer,
    path: Path,
    kind: str,
    source: GazetteerSource,
    *,
    columns: Mapping[str, str] | None = None,
    country: str | None = None,
    classes: str = "",
    encoding: str = "utf-8-sig",
    restart: bool = False,
    progress: Progress | None = None,
) -> ImportSummary:
    """Read a file of places into a gazetteer file and return what came of it.

    Args:
        store: the gazetteer file.
        path: the file, or a zip that holds it; for `codab` and `csv` a workbook (.xlsx) as well.
        kind: `geonames`, `codab` or `csv`.
        source: what to cite; a source of this name from the same file goes on where it stopped, or, where rows
            depend on each other (`codab`, workbooks), begins again.
        columns: for `csv`: which column of the file holds `name`, `lat`, `lon`, `country`, `level`, `aliases` …
        country: ISO3 code, or name, for tables that do not say it.
        classes: for `geonames`: the feature classes to keep (`AP`: divisions and populated places); all if "".
        encoding: of the text, as Python calls it.
        restart: begin afresh even if an earlier run got half-way.
        progress: called after each batch.

    Raises:
        InputError: when the file is missing or holds no such table, or the country is none.
    """
    if kind not in ("geonames", "codab", "csv"):
        raise InputError(f"expected geonames, codab or csv, got {kind!r}", str(path))
    if country is not None:
        told, country = country, country_code(country)
        if country is None:
            raise InputError(f"expected an ISO3 code or the name of a country, got {told!r}", str(path))
    origin = f"{path.name}:{path.stat().st_size if path.exists() else 0}"
    whole = kind == "codab" or is_workbook(path)
    state = store.begin(source, origin, restart=restart, resumable=not whole)
    summary = ImportSummary(lines=state.lines, skipped_lines=state.lines)
    if state.complete:
        return summary
    if is_workbook(path):
        with open_sheets(path) as sheets:
            _write_all(store, state.id, _read_sheets(sheets, kind, columns or {}, country, str(path)), summary)
    else:
        with open_lines(path, encoding, "\n" if kind == "geonames" else "") as (lines, tell, size):
            if size > BULK_BYTES:
                store.prepare_bulk()
            rows = _read_lines(lines, kind, columns or {}, country, classes, state.lines, str(path))
            _write_all(store, state.id, rows, summary, lambda: progress(tell(), size) if progress else None)
    store.finish(state.id)
    return summary


def _read_lines(
    lines: TextIO, kind: str, columns: Mapping[str, str], country: str | None, classes: str, done: int, where: str
) -> Iterator[Row]:
    if kind == "geonames":
        numbered = islice(enumerate(lines, start=1), done, None)
        yield from ((n, _bad(r)) for n, r in read_geonames(numbered, classes))
        return
    table = csv.DictReader(lines, dialect=_dialect(lines))
    rows = read_codab(table, country) if kind == "codab" else read_table(table, columns, country)
    try:
        yield from ((n, _bad(r)) for n, r in rows if n > done)
    except csv.Error as error:
        raise InputError(f"line {table.line_num}: no table from here on ({error})", where) from error


def _read_sheets(
    sheets: Sequence[Rows], kind: str, columns: Mapping[str, str], country: str | None, where: str
) -> Iterator[Row]:
    """Yield the rows of all sheets that are tables of places, numbered through; a bad row says in which sheet it is."""
    before, refused = 0, []
    for sheet in sheets:
        others = frozenset(depth for other in sheets if other is not sheet and (depth := depth_of(other)))
        rows = read_codab(sheet, country, others) if kind == "codab" else read_table(sheet, columns, country)
        try:
            for number, row in rows:
                bad = f"{sheet}, row {number}: {row}" if isinstance(row, str) else row
                yield before + number, _bad(bad)
        except InputError as error:  # a sheet of notes beside the tables
            refused.append(error)
        before += sheet.line_num
    if len(refused) == len(sheets):
        raise refused[0] if refused else InputError("an empty workbook", where)


def _bad(row: Imported | str | None) -> Imported | BadLine | None:
    """Readers give a text when a line is no place."""
    return BadLine(0, row) if isinstance(row, str) else row


def _write_all(
    store: SqliteGazetteer,
    source_id: int,
    rows: Iterator[Row],
    summary: ImportSummary,
    tell: Callable[[], None] = lambda: None,
) -> None:
    while batch := list(islice(rows, BATCH)):
        _write(store, source_id, batch, summary)
        tell()


def _write(store: SqliteGazetteer, source_id: int, batch: Sequence[Row], summary: ImportSummary) -> None:
    bad = [BadLine(number, row.reason) for number, row in batch if isinstance(row, BadLine)]
    places = [row for _, row in batch if isinstance(row, Imported)]
    last = batch[-1][0]
    summary.places += store.add(source_id, places, lines=last, bad=[(line.number, line.reason) for line in bad])
    summary.lines = last
    summary.bad += len(bad)
    summary.bad_lines += bad[: MOST_BAD_LINES_KEPT - len(summary.bad_lines)]


def _dialect(lines: TextIO) -> type[csv.Dialect] | csv.Dialect:
    """Return how a table separates its fields, judged by its head; the stream is put back to the start."""
    head = lines.read(8192)
    lines.seek(0)
    try:
        return csv.Sniffer().sniff(head.split("\n")[0], delimiters=",;\t|")
    except csv.Error:
        return csv.excel
