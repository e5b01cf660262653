"""claims.csv: one row for each claim and each event it covers, with the words it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from contested.claims.rows import claim_rows
from contested.claims.writing import Cell
from contested.export.options import Options
from contested.export.out import Out
from contested.export.problems import Problem
from contested.export.quoting import shorten
from contested.export.schema import Row, check_csv, names_of
from contested.export.tables import write_csv
from contested.export.view import ExportView, Told

FILE = "claims.csv"


def rows(view: ExportView, options: Options) -> Iterator[dict[str, Cell]]:
    """Yield the rows, report by report."""
    for told in view.reports():
        yield from _rows_of(told, options)


def write(view: ExportView, options: Options, out: Out) -> int:
    """Write the table and return how many rows it has."""
    with out.text(FILE) as file:
        return write_csv(file, names_of("claims"), rows(view, options))


def check(path: Path) -> Iterator[Problem]:
    """Yield what is illegal in a table of claims."""
    return check_csv(path, "claims", _check_row)


def _rows_of(told: Told, options: Options) -> Iterator[dict[str, Cell]]:
    asked = {event.id for event in told.events}
    for claim, event, row in claim_rows(told.claims):
        if event.id not in asked:
            continue
        yield {
            **row,
            "claim_id": told.claim_id(claim, event),
            "claim_in_report": claim.id if claim else None,
            "event_id": told.event_keys[event.id],
            "event_in_report": event.id,
            "incident_id": told.incidents.get(event.id),
            "lang": told.document.language,
            "text_sha256": told.text_sha256,
            "origin": told.origin,
            "quote": shorten(str(row["quote"]), options.longest_quote),
        }


def _check_row(number: int, row: Row) -> Iterator[Problem]:
    if int(row["char_start"]) >= int(row["char_end"]):
        yield Problem(number, "char_end", row["char_end"], "a quote ends after it starts")
    for low, high in (("killed_low", "killed_high"), ("wounded_low", "wounded_high")):
        if row[low] and row[high] and float(row[low]) > float(row[high]):
            yield Problem(number, high, row[high], f"not below {low}, {row[low]}")
    if row["date_earliest"] and row["date_latest"] and row["date_earliest"] > row["date_latest"]:
        yield Problem(number, "date_latest", row["date_latest"], f"not before date_earliest, {row['date_earliest']}")
    if (row["attribution_type"] == "author") != (row["claim_in_report"] == ""):
        yield Problem(
            number, "claim_in_report", row["claim_in_report"], "empty for the outlet's own voice, and only then"
        )
