"""control.csv: who is said to hold, take, lose or besiege which place on which days, by whom."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from contested.claims.writing import Cell
from contested.export.options import Options
from contested.export.out import Out
from contested.export.problems import Problem
from contested.export.quoting import shorten
from contested.export.schema import Row, check_csv, names_of
from contested.export.tables import write_csv
from contested.export.view import ExportView
from contested.incidents.form import control_form

FILE = "control.csv"


def rows(view: ExportView, options: Options) -> Iterator[dict[str, Cell]]:
    """Yield one row a statement, by place and day."""
    for claim in view.control():
        row = {name: cell for name, cell in control_form(claim).items() if name != "spans"}
        row["quote"] = shorten(" ".join(claim.quote.split()), options.longest_quote)
        row["is_start"] = "true" if claim.is_start else "false"
        yield row


def write(view: ExportView, options: Options, out: Out) -> int:
    """Write the table and return how many rows it has."""
    with out.text(FILE) as file:
        return write_csv(file, names_of("control"), rows(view, options))


def check(path: Path) -> Iterator[Problem]:
    """Yield what is illegal in a table of control."""
    return check_csv(path, "control", _check_row)


def _check_row(number: int, row: Row) -> Iterator[Problem]:
    if row["first"] and row["last"] and row["first"] > row["last"]:
        yield Problem(number, "last", row["last"], f"not before first, {row['first']}")
    if (row["control_type"] == "takes") != (row["is_start"].lower() == "true"):
        yield Problem(number, "is_start", row["is_start"], "control begins with a taking, and only with it")
