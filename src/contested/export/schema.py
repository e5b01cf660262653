"""What a table's columns are called, what they may hold, and whether a file keeps to it (`<format>_columns.tsv`)."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path

from contested.errors import ResourceError
from contested.export.problems import Problem
from contested.resources.tables import load_table, values

_COLUMNS = ("column", "type", "required", "least", "most", "values", "meaning")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_INTEGER = re.compile(r"-?\d+")

Row = Mapping[str, str]


class Kind(StrEnum):
    """What a cell holds; the names are those of a data package's table schema."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    DATETIME = "datetime"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: bounds are for numbers; `legal` empty: anything of the kind. `meaning` is for the data package."""

    name: str
    kind: Kind
    required: bool
    least: float | None
    most: float | None
    legal: tuple[str, ...]
    meaning: str


@cache
def load_columns(table: str) -> tuple[Column, ...]:
    """Return the columns of a table of this room, in their order.

    Raises:
        ResourceError: when the file is malformed or names a column twice.
    """
    rows = load_table("contested.export", f"{table}_columns.tsv", _COLUMNS)
    columns = tuple(
        Column(
            row[0],
            Kind(row[1]),
            row[2] == "yes",
            float(row[3]) if row[3] else None,
            float(row[4]) if row[4] else None,
            values(row[5]),
            row[6],
        )
        for row in rows
    )
    names = [c.name for c in columns]
    if len(set(names)) < len(names):
        raise ResourceError(f"{table}_columns.tsv: a column stands twice")
    return columns


def names_of(table: str) -> tuple[str, ...]:
    """Return the names of a table's columns."""
    return tuple(column.name for column in load_columns(table))


RowCheck = Callable[[int, Row], Iterator[Problem]]


def check_csv(
    path: Path, table: str, check_row: RowCheck | None = None, *, delimiter: str = ",", second: str = ""
) -> Iterator[Problem]:
    """Yield what is illegal in a CSV file, row by row.

    Args:
        path: the file.
        table: whose columns it must have, all of them and in this order.
        check_row: what else must hold of a row, given its number and its cells.
        delimiter: between the cells.
        second: how a second header row starts, which is passed over (`#` for HXL tags).
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _check_rows(csv.reader(file, delimiter=delimiter, strict=True), table, check_row, second)
    except (UnicodeDecodeError, csv.Error) as error:
        yield Problem(0, "", str(error), "a table is UTF-8 and its quotes are closed")


def _check_rows(
    rows: Iterator[Sequence[str]], table: str, check_row: RowCheck | None, second: str
) -> Iterator[Problem]:
    names = names_of(table)
    header = next(rows, [])
    yield from check_header(header, names)
    if not set(names) <= set(header):
        return
    for number, cells in enumerate(rows, start=1):
        if number == 1 and second and cells and cells[0].startswith(second):
            continue
        if len(cells) != len(header):
            yield Problem(number, "", str(len(cells)), f"a row has {len(header)} cells")
            continue
        row = dict(zip(header, cells, strict=True))
        found = list(check_cells(number, row, load_columns(table)))
        yield from found
        if check_row is not None and not found:
            yield from check_row(number, row)


def check_header(header: Sequence[str], names: Sequence[str]) -> Iterator[Problem]:
    """Yield what is wrong with the names of a table's columns."""
    for missing in (n for n in names if n not in header):
        yield Problem(0, missing, "", "the column is missing")
    for extra in (n for n in header if n not in names):
        yield Problem(0, extra, extra, "the format has no such column")
    if sorted(header) == sorted(names) and list(header) != list(names):
        yield Problem(0, "", ",".join(header), f"the columns stand in this order: {', '.join(names)}")


def check_cells(number: int, row: Row, columns: Sequence[Column]) -> Iterator[Problem]:
    """Yield the cells of a row that are not what their columns may hold."""
    for column in columns:
        value = row[column.name]
        rule = _broken(value, column)
        if rule:
            yield Problem(number, column.name, value, rule)


def _broken(value: str, column: Column) -> str:
    """Return the rule that a cell breaks, "" for none."""
    if value == "":
        return "a value is required" if column.required else ""
    if not _is(column.kind, value):
        return f"expected {column.kind.value}"
    if column.legal and value not in column.legal:
        shown = ", ".join(column.legal[:12]) + (" …" if len(column.legal) > 12 else "")
        return f"expected one of: {shown}"
    if column.kind in (Kind.INTEGER, Kind.NUMBER):
        number = float(value)
        if column.least is not None and number < column.least:
            return f"at least {column.least:g}"
        if column.most is not None and number > column.most:
            return f"at most {column.most:g}"
    return ""


def _is(kind: Kind, value: str) -> bool:
    if kind is Kind.INTEGER:
        return bool(_INTEGER.fullmatch(value))
    if kind is Kind.NUMBER:
        return bool(_NUMBER.fullmatch(value))
    if kind is Kind.BOOLEAN:
        return value in ("true", "false", "True", "False", "TRUE", "FALSE")
    try:
        if kind is Kind.DATE:
            date.fromisoformat(value)
        elif kind is Kind.DATETIME:
            datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
