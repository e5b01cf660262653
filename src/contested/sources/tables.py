"""JSON, JSON Lines, CSV, TSV and Parquet -> one report a row, streamed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from contested.errors import InputError, Skipped
from contested.sources.columns import guess_column
from contested.sources.dates import read_date
from contested.sources.encoding import decode
from contested.sources.kinds import find_delimiter
from contested.sources.options import ReadOptions
from contested.sources.report import document
from contested.types import Document

# A line of 4 MB holds twenty of the longest reports that are read; a longer one is passed over without being kept.
LONGEST_LINE = 4_000_000  # bytes
LARGEST_JSON = 200_000_000  # bytes; one JSON value is read whole, about six times its size in memory
_TOO_LONG = f"line longer than {LONGEST_LINE:,} bytes: too long to be a report"
_CHUNK = 1 << 20
_BATCH_ROWS = 256  # Parquet rows held at a time

FIELDS = ("text", "id", "date", "publisher", "url", "title", "author")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its columns, and what went wrong when it was decoded."""

    cells: Mapping[str, object]
    where: str
    warnings: tuple[str, ...] = ()


def read_row(row: Row, options: ReadOptions) -> Document:
    """Return the report of one row; columns that are not asked for are ignored.

    Raises:
        Skipped: when the row has no text, or it is not one that is read.
        InputError: when a column that the user named is missing, or the text is no text.
    """
    cells = {field: _cell(row, field, getattr(options, f"{field}_column")) for field in FIELDS}
    text = cells["text"]
    if text is None:
        raise Skipped("empty: the text is missing (null)", row.where)
    if not isinstance(text, str):
        raise InputError(f"expected text in the text column, got {type(text).__name__}", row.where)
    day, warnings = _read_day(cells["date"])
    return document(
        text,
        id=_to_text(cells["id"]) or "",
        published=options.published,
        metadata_date=day,
        publisher=_to_text(cells["publisher"]) or options.publisher,
        url=_to_text(cells["url"]),
        where=row.where,
        title=_to_text(cells["title"]),
        author=_to_text(cells["author"]),
        warnings=row.warnings + warnings,
    )


def _cell(row: Row, field: str, named: str | None) -> object:
    if named is not None and named not in row.cells:
        if field == "text":
            raise InputError(f"no column {named!r}; there are {_list(row.cells)}", row.where)
        return None
    column = named if named is not None else guess_column(field, row.cells)
    if column is None and field == "text":
        raise InputError(f"no text column found among {_list(row.cells)}; name it with --text-column", row.where)
    return row.cells[column] if column is not None else None


def _list(cells: Iterable[str]) -> str:
    names = [repr(name) for name in cells]
    return ", ".join(names[:12]) + (" …" if len(names) > 12 else "") if names else "no columns at all"


def _to_text(cell: object) -> str | None:
    if cell is None or cell == "" or isinstance(cell, dict):
        return None
    if isinstance(cell, list):
        return ", ".join(str(part) for part in cell) or None
    return str(cell)


def _read_day(cell: object) -> tuple[date | None, tuple[str, ...]]:
    if cell is None or cell == "":
        return None, ()
    day = read_date(cell)
    if day is None:
        return None, (f"date {str(cell)[:40]!r} is not read: expected a full, unambiguous date such as 2016-07-31",)
    return day, ()


def find_json_lines(stream: BinaryIO, where: str) -> Iterator[Row | InputError]:
    """Return the objects of a JSON Lines stream, one a line; a bad line is returned as an error with its number."""
    for number, line in _find_lines(stream):
        place = f"{where}:{number}"
        if line is None:
            yield Skipped(_TOO_LONG, place)
            continue
        if not line.strip():
            continue
        decoded = decode(line)
        try:
            value = json.loads(decoded.text)
        except (ValueError, RecursionError) as error:
            yield InputError(f"not JSON: {_say(error)}; expected one object a line", place)
            continue
        if isinstance(value, dict):
            yield from _find_objects(value, place, decoded.warnings)
        else:
            yield InputError(f"expected one JSON object a line, got {type(value).__name__}", place)


def _say(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.pos + 1}"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


def _find_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Return the lines of a stream with their numbers; None stands for one that is too long to keep."""
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        if len(line) < LONGEST_LINE or line.endswith(b"\n"):
            yield number, line
            continue
        while (rest := stream.readline(_CHUNK)) and not rest.endswith(b"\n"):
            pass
        yield number, None


def find_json(stream: BinaryIO, where: str) -> Iterator[Row | InputError]:
    """Return the objects of one JSON value: a list of objects, an object that holds one such list, or one object."""
    content = stream.read(LARGEST_JSON + 1)
    if len(content) > LARGEST_JSON:
        yield InputError(
            f"a JSON value of more than {LARGEST_JSON:,} bytes; make it JSON Lines, one object a line", where
        )
        return
    decoded = decode(content)
    try:
        value = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        line = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        yield InputError(f"not JSON: {_say(error)}{line}", where)
        return
    yield from _find_objects(value, where, decoded.warnings)


def _find_objects(value: object, where: str, warnings: tuple[str, ...]) -> Iterator[Row | InputError]:
    """Return the objects of a list, of an object that wraps one list of reports ({"articles": […]}), or itself."""
    if isinstance(value, dict):
        wrapped = [part for part in value.values() if _is_list_of_reports(part)]
        if len(wrapped) != 1 or guess_column("text", value):
            yield Row(value, where, warnings)
            return
        value = wrapped[0]
    if not isinstance(value, list) or not value:
        yield InputError(f"expected an object or a list of objects, got {value!r:.40}", where)
        return
    for number, part in enumerate(value, start=1):
        if isinstance(part, dict):
            yield Row(part, f"{where}:[{number}]", warnings)
        else:
            yield InputError(f"expected an object with a text, got {type(part).__name__}", f"{where}:[{number}]")


def _is_list_of_reports(part: object) -> bool:
    return (
        isinstance(part, list)
        and bool(part)
        and isinstance(part[0], dict)
        and guess_column("text", part[0]) is not None
    )


def find_table(stream: BinaryIO, where: str, options: ReadOptions) -> Iterator[Row | InputError]:
    """Return the rows of a CSV or TSV stream whose first line names the columns."""
    lines = _TextLines(stream)
    header_line = next(lines, "")
    delimiter = find_delimiter(header_line)
    try:
        header = [name.strip() for name in next(csv.reader([header_line], delimiter=delimiter), [])]
    except csv.Error as error:
        yield InputError(f"not a header of a table: {error}", f"{where}:1")
        return
    if missing := _miss_text_column(header, options, f"{where}:1"):
        yield missing
        return
    csv.field_size_limit(LONGEST_LINE)
    reader = csv.reader(lines, delimiter=delimiter)
    seen = False
    while True:
        first = lines.number + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield InputError(f"not a row of this table: {error}", f"{where}:{first}")
            continue
        for number in lines.take_too_long():
            yield Skipped(_TOO_LONG, f"{where}:{number}")
            first, seen = number + 1, True
        if cells is None:
            break
        if cells:
            seen = True
            yield _make_row(header, cells, f"{where}:{first}")
    if not seen:
        yield Skipped("empty: a table without rows", where)


class _TextLines:
    """The lines of a stream as text, counted. Bytes that are not UTF-8 stay as surrogates, decoded cell by cell."""

    def __init__(self, stream: BinaryIO) -> None:
        self.number = 0
        self._too_long: list[int] = []
        self._lines = _find_lines(stream)

    def __iter__(self) -> _TextLines:
        return self

    def __next__(self) -> str:
        for number, line in self._lines:
            self.number = number
            if line is not None:
                return line.decode("utf-8-sig" if number == 1 else "utf-8", "surrogateescape")
            self._too_long.append(number)
        raise StopIteration

    def take_too_long(self) -> list[int]:
        """Return the numbers of the lines passed over since the last call."""
        taken, self._too_long = self._too_long, []
        return taken


def _miss_text_column(columns: list[str], options: ReadOptions, where: str) -> InputError | None:
    """Return an error when a table has no column for the text, so that it is said once and not for each row."""
    if options.text_column is None and guess_column("text", columns) is None:
        return InputError(f"no text column found among {_list(columns)}; name it with --text-column", where)
    if options.text_column is not None and options.text_column not in columns:
        return InputError(f"no column {options.text_column!r}; there are {_list(columns)}", where)
    return None


def _make_row(header: list[str], cells: list[str], where: str) -> Row | InputError:
    if len(cells) > len(header) and any(cells[len(header) :]):
        return InputError(f"{len(cells)} cells in a row, but the header names {len(header)} columns", where)
    warnings: tuple[str, ...] = ()
    read: dict[str, object] = {}
    for name, cell in zip(header, cells, strict=False):
        text = cell
        if not cell.isascii() and any("\udc80" <= character <= "\udcff" for character in cell):
            decoded = decode(cell.encode("utf-8", "surrogateescape"))
            text, warnings = decoded.text, warnings + decoded.warnings
        read[name] = text
    return Row({**dict.fromkeys(header), **read}, where, warnings)


def find_parquet(stream: BinaryIO, where: str, options: ReadOptions) -> Iterator[Row | InputError]:
    """Return the rows of a Parquet file, in batches; only the columns that are needed are read."""
    import pyarrow.parquet  # 40 MB and 0.2 s, needed by few runs

    try:
        parquet = pyarrow.parquet.ParquetFile(stream)
        columns = list(parquet.schema_arrow.names)
        if missing := _miss_text_column(columns, options, where):
            yield missing
            return
        named = {field: getattr(options, f"{field}_column") or guess_column(field, columns) for field in FIELDS}
        wanted = [column for column in dict.fromkeys(named.values()) if column in columns]
        number = 0
        for batch in parquet.iter_batches(batch_size=_BATCH_ROWS, columns=wanted):
            for cells in batch.to_pylist():
                number += 1
                yield Row(cells, f"{where}:row {number}")
        if not number:
            yield Skipped("empty: a table without rows", where)
    except Exception as error:  # a broken file may fail anywhere in the parser; the run goes on
        yield InputError(f"a Parquet file that cannot be read: {error}", where)


def recode(stream: BinaryIO, encoding: str) -> BinaryIO:
    """Return a stream of UTF-8 bytes made from one in another encoding, its mark left out."""
    text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
    return io.BufferedReader(_Recoded(text))


class _Recoded(io.RawIOBase):
    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._rest:
            self._rest = self._text.read(16_384).encode("utf-8", "replace")
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size
