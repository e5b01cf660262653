"""Our own tables, row by row with true types: what Parquet and workbooks are made of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib import import_module

from contested.claims.writing import Cell
from contested.export.options import Options
from contested.export.schema import Column, Kind, load_columns
from contested.export.view import ExportView

TABLES = ("claims", "incidents", "control", "documents")

Value = str | int | float | bool | date | None


def typed_rows(table: str, view: ExportView, options: Options) -> Iterator[list[Value]]:
    """Yield the rows of one of our tables, each value of its column's type; None for an empty cell."""
    columns = load_columns(table)
    for row in import_module(f"contested.export.{table}").rows(view, options):
        yield [typed(row.get(column.name), column) for column in columns]


def typed(cell: Cell, column: Column) -> Value:
    """Return a cell as a value of its column's type."""
    if cell is None or cell == "":
        return None
    if column.kind is Kind.INTEGER:
        return int(cell)
    if column.kind is Kind.NUMBER:
        return float(cell)
    if column.kind is Kind.DATE:
        return date.fromisoformat(str(cell))
    if column.kind is Kind.BOOLEAN:
        return str(cell).lower() == "true"
    return str(cell)
