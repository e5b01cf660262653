"""Parquet for DuckDB, pandas and R: our own tables with true types. One file holds the claims, a folder all four."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from contested.export.options import Options
from contested.export.out import Out
from contested.export.own_tables import TABLES, typed_rows
from contested.export.problems import Problem
from contested.export.schema import Column, Kind, check_cells, check_header, load_columns, names_of
from contested.export.view import ExportView

FILE = "claims.parquet"
_ROWS = 10_000  # of a row group: a few megabytes in memory, large enough to compress well


def write(view: ExportView, options: Options, out: Out) -> int:
    """Write the claims, and into a folder all four tables; return how many claims."""
    number = _write_table("claims", view, options, out)
    if out.takes_more:
        for table in TABLES[1:]:
            _write_table(table, view, options, out)
    return number


def check(path: Path) -> Iterator[Problem]:
    """Yield what is illegal in a Parquet file of one of our tables, which its columns tell."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowInvalid, OSError) as error:
        yield Problem(0, "", path.name, f"not a Parquet file: {error}")
        return
    header = file.schema_arrow.names
    table = max(TABLES, key=lambda t: len(set(names_of(t)) & set(header)))
    columns = load_columns(table)
    yield from check_header(header, names_of(table))
    if set(names_of(table)) <= set(header):
        for column in columns:
            if file.schema_arrow.field(column.name).type != _type(column):
                found = str(file.schema_arrow.field(column.name).type)
                yield Problem(0, column.name, found, f"expected type {_type(column)}")
        number = 0
        for batch in file.iter_batches(batch_size=_ROWS):
            for row in batch.to_pylist():
                number += 1
                yield from check_cells(number, {k: _written(v) for k, v in row.items()}, columns)


def _write_table(table: str, view: ExportView, options: Options, out: Out) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = load_columns(table)
    schema = pa.schema([pa.field(c.name, _type(c)) for c in columns])
    number = 0
    rows = typed_rows(table, view, options)
    with out.binary(f"{table}.parquet") as file, pq.ParquetWriter(file, schema, compression="zstd") as writer:
        while page := list(islice(rows, _ROWS)):
            arrays = [
                pa.array(values, type=_type(c)) for c, values in zip(columns, zip(*page, strict=True), strict=True)
            ]
            writer.write_table(pa.table(arrays, schema=schema))
            number += len(page)
    return number


def _type(column: Column) -> Any:
    import pyarrow as pa

    kinds = {
        Kind.INTEGER: pa.int64(),
        Kind.NUMBER: pa.float64(),
        Kind.DATE: pa.date32(),
        Kind.BOOLEAN: pa.bool_(),
    }
    return kinds.get(column.kind, pa.string())


def _written(value: object) -> str:
    return "" if value is None else str(value)
