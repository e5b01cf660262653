"""Claims as a table for spreadsheets: one row for each claim and event, safe to open, every value with its evidence."""

from __future__ import annotations

import csv
from functools import cache
from typing import TextIO

from contested.claims.rows import claim_rows
from contested.claims.writing import safe_cell
from contested.resources.tables import load_table
from contested.types import Claims


@cache
def load_columns() -> tuple[str, ...]:
    """Return the names of the columns in their order; `claims_columns.tsv` says what each holds."""
    return tuple(column for column, _ in load_table("contested.cli", "claims_columns.tsv", ("column", "meaning")))


class RowWriter:
    """Writes reports' claims as CSV (RFC 4180, UTF-8) to an open file, the header first."""

    def __init__(self, file: TextIO) -> None:
        self._csv = csv.writer(file, lineterminator="\r\n")
        self._csv.writerow(load_columns())

    def write(self, claims: Claims) -> None:
        """Write one report's rows."""
        for _, _, row in claim_rows(claims):
            self._csv.writerow([safe_cell(row.get(column)) for column in load_columns()])
