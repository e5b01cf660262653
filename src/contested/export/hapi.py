"""HDX HAPI's monthly table: events and dead by division, month and kind, counted over the ACLED form's rows."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from contested.claims.writing import Cell
from contested.export import acled
from contested.export.countries import country_codes
from contested.export.options import Options
from contested.export.out import Out
from contested.export.problems import Problem
from contested.export.schema import Row, check_csv, names_of
from contested.export.tables import write_csv
from contested.export.view import ExportView
from contested.resources.tables import load_table

FILE = "hapi.csv"
_VIOLENCE, _DEMONSTRATION, _ON_CIVILIANS = "political_violence", "demonstration", "civilian_targeting"
_WARNING = "counts of claims in news reports, not of established events; not ACLED data"

_Key = tuple[str, str, int, int, str]  # country, division, year, month, kind


def rows(view: ExportView, options: Options) -> Iterator[dict[str, Cell]]:
    """Yield one row for each country, division, month and kind, in that order."""
    counted: dict[_Key, list[int]] = {}
    for row in acled.rows(view, options):
        for kind in _kinds(row):
            day = date.fromisoformat(str(row["event_date"]))
            key = (str(row["event_id_cnty"]).split("-")[1], str(row["admin1"] or ""), day.year, day.month, kind)
            cell = counted.setdefault(key, [0, 0])
            cell[0] += 1
            cell[1] += int(row["fatalities"] or 0)
    for (iso3, admin1, year, month, kind), (events, dead) in sorted(counted.items()):
        yield {
            "location_code": iso3,
            "provider_admin1_name": admin1 or None,
            "admin_level": 1 if admin1 else 0,
            "event_type": kind,
            "events": events,
            "fatalities": None if kind == _DEMONSTRATION else dead,
            "reference_period_start": date(year, month, 1).isoformat(),
            "reference_period_end": date(year, month, monthrange(year, month)[1]).isoformat(),
            "warning": _WARNING,
        }


def write(view: ExportView, options: Options, out: Out) -> int:
    """Write the table, with HXL tags under the header if they are asked for."""
    tags = [row[1] for row in load_table("contested.export", "hapi_tags.tsv", ("column", "tag"))]
    with out.text(FILE) as file:
        return write_csv(file, names_of("hapi"), rows(view, options), second=tags if options.hxl else None)


def check(path: Path) -> Iterator[Problem]:
    """Yield what is illegal in a table in HAPI's form; a row of HXL tags under the header is passed over."""
    return check_csv(path, "hapi", _check_row, second="#")


def _kinds(row: dict[str, Cell]) -> Iterator[str]:
    """Yield the kinds under which an event is counted: violence against civilians is also political violence."""
    disorder = str(row["disorder_type"])
    if "Political violence" in disorder:
        yield _VIOLENCE
    if "Demonstrations" in disorder:
        yield _DEMONSTRATION
    if row["civilian_targeting"]:
        yield _ON_CIVILIANS


def _check_row(number: int, row: Row) -> Iterator[Problem]:
    if row["location_code"] not in country_codes():
        yield Problem(number, "location_code", row["location_code"], "expected ISO 3166 alpha-3")
    if row["reference_period_start"] > row["reference_period_end"]:
        yield Problem(number, "reference_period_end", row["reference_period_end"], "not before its start")
    named = bool(row["provider_admin1_name"] or row["admin1_name"])
    if row["admin_level"] == "0" and named:
        yield Problem(number, "admin_level", row["admin_level"], "a row of a division has level 1 or 2")
