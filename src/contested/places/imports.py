"""Files of places into a gazetteer file: GeoNames dumps, OCHA COD-AB tables, any CSV. Streamed and resumable."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TextIO

from contested.errors import InputError
from contested.places.codab import read_codab
from contested.places.columns import read_table
from contested.places.gazetteer import GazetteerSource
from contested.places.geonames import read_geonames
from contested.places.store import BATCH, Imported, SqliteGazetteer

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


Reader = Callable[[Iterator[tuple[int, str]]], Iterator[tuple[int, Imported | BadLine | None]]]


@contextmanager
def open_lines(path: Path) -> Iterator[tuple[TextIO, Callable[[], int], int]]:
    """Open a text file, or the one text file in a zip; give its lines, a teller of bytes read, and the size in bytes.

    Raises:
        InputError: when the file is missing or the zip does not hold exactly one table.
    """
    if not path.exists():
        raise InputError("no such file", str(path))
    if path.suffix.lower() != ".zip":
        with path.open("rb") as raw:
            yield (
                io.TextIOWrapper(raw, encoding="utf-8-sig", errors="replace", newline=""),
                raw.tell,
                path.stat().st_size,
            )
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
            yield (
                io.TextIOWrapper(packed, encoding="utf-8-sig", errors="replace", newline=""),
                packed.tell,
                members[0].file_size,
            )


def import_file(
    store: SqliteGazetteer,
    path: Path,
    kind: str,
    source: GazetteerSource,
    *,
    columns: Mapping[str, str] | None = None,
    country: str | None = None,
    classes: str = "",
    restart: bool = False,
    progress: Progress | None = None,
) -> ImportSummary:
    """Read a file of places into a gazetteer file and return what came of it.

    Args:
        store: the gazetteer file.
        path: the file, or a zip that holds it.
        kind: `geonames`, `codab` or `csv`.
        source: what to cite; a source of this name from the same file goes on where it stopped.
        columns: for `csv`: which column of the file holds `name`, `lat`, `lon`, `country`, `level`, `aliases` …
        country: ISO3 code for tables that do not say it.
        classes: for `geonames`: the feature classes to keep (`AP`: divisions and populated places); all if "".
        restart: begin afresh even if an earlier run got half-way.
        progress: called after each batch.

    Raises:
        InputError: when the file is missing or holds no such table.
    """
    if kind not in ("geonames", "codab", "csv"):
        raise InputError(f"expected geonames, codab or csv, got {kind!r}", str(path))
    state = store.begin(source, f"{path.name}:{path.stat().st_size if path.exists() else 0}", restart=restart)
    summary = ImportSummary(skipped_lines=state.lines)
    if state.complete:
        return summary
    with open_lines(path) as (lines, tell, size):
        if size > BULK_BYTES:
            store.prepare_bulk()
        rows: Iterator[tuple[int, Imported | BadLine | None]]
        if kind == "geonames":
            rows = ((n, _bad(r)) for n, r in read_geonames(_numbered(lines, state.lines), classes))
        else:
            table = csv.DictReader(lines, dialect=_dialect(lines))
            reader = read_codab(table, country) if kind == "codab" else read_table(table, columns or {}, country)
            rows = ((n, _bad(r)) for n, r in reader if n > state.lines)
        for batch in _batches(rows):
            _write(store, state.id, batch, summary)
            if progress:
                progress(tell(), size)
    store.finish(state.id)
    return summary


def _numbered(lines: TextIO, done: int) -> Iterator[tuple[int, str]]:
    return islice(enumerate(lines, start=1), done, None)


def _bad(row: Imported | str | None) -> Imported | BadLine | None:
    """Readers give a text when a line is no place."""
    return BadLine(0, row) if isinstance(row, str) else row


def _batches(
    rows: Iterator[tuple[int, Imported | BadLine | None]],
) -> Iterator[list[tuple[int, Imported | BadLine | None]]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _write(
    store: SqliteGazetteer,
    source_id: int,
    batch: Iterable[tuple[int, Imported | BadLine | None]],
    summary: ImportSummary,
) -> None:
    batch = list(batch)
    bad = [BadLine(number, row.reason) for number, row in batch if isinstance(row, BadLine)]
    places = [row for _, row in batch if isinstance(row, Imported)]
    last = batch[-1][0]
    summary.places += store.add(source_id, places, lines=last, bad=len(bad))
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
