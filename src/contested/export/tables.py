"""Tables for spreadsheets: RFC 4180, UTF-8, no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

from contested.claims.writing import Cell, safe_cell


class TableWriter:
    """Writes rows under a header. `second` is a row right under the header (HXL tags); `rows` counts those written.

    A column that a row lacks is empty; one that no column is named for is a fault of ours.
    """

    def __init__(
        self, file: TextIO, columns: Sequence[str], *, delimiter: str = ",", second: Sequence[str] | None = None
    ) -> None:
        self._columns = columns
        self._names = frozenset(columns)
        self._csv = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
        self._csv.writerow(columns)
        if second is not None:
            self._csv.writerow(second)
        self.rows = 0

    def write(self, row: Mapping[str, Cell]) -> None:
        """Write one row."""
        unknown = row.keys() - self._names
        if unknown:
            raise ValueError(f"no columns for {sorted(unknown)}")
        self._csv.writerow([safe_cell(row.get(column)) for column in self._columns])
        self.rows += 1


def write_csv(
    file: TextIO,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, Cell]],
    *,
    delimiter: str = ",",
    second: Sequence[str] | None = None,
) -> int:
    """Write rows under a header and return how many."""
    writer = TableWriter(file, columns, delimiter=delimiter, second=second)
    for row in rows:
        writer.write(row)
    return writer.rows
