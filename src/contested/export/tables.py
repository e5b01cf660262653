"""Tables for spreadsheets: RFC 4180, UTF-8, no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

from contested.claims.writing import Cell, safe_cell


def write_csv(
    file: TextIO,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, Cell]],
    *,
    delimiter: str = ",",
    second: Sequence[str] | None = None,
) -> int:
    """Write rows under a header and return how many. `second` is a row right under the header (HXL tags).

    A column that a row lacks is empty; one that no column is named for is a fault of ours.
    """
    writer = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    if second is not None:
        writer.writerow(second)
    number = 0
    for row in rows:
        unknown = row.keys() - set(columns)
        if unknown:
            raise ValueError(f"no columns for {sorted(unknown)}")
        writer.writerow([safe_cell(row.get(column)) for column in columns])
        number += 1
    return number
