"""incidents.csv: one row for each incident, with the number that a rule made and the claims that lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from contested.claims.writing import Cell
from contested.export.numbers import choose
from contested.export.options import KilledRule, Options
from contested.export.out import Out
from contested.export.problems import Problem
from contested.export.schema import Row, check_csv, names_of
from contested.export.tables import write_csv
from contested.export.view import Case, ExportView
from contested.incidents.form import to_row
from contested.types import Role

FILE = "incidents.csv"


def rows(view: ExportView, options: Options) -> Iterator[dict[str, Cell]]:
    """Yield one row an incident, most widely told first."""
    for case in view.cases():
        yield _row(case, options.killed_rule)


def write(view: ExportView, options: Options, out: Out) -> int:
    """Write the table and return how many rows it has."""
    with out.text(FILE) as file:
        return write_csv(file, names_of("incidents"), rows(view, options))


def check(path: Path) -> Iterator[Problem]:
    """Yield what is illegal in a table of incidents."""
    return check_csv(path, "incidents", _check_row)


def claims_of(case: Case) -> tuple[str, ...]:
    """Return the ids of all claims on an incident, in the order of its accounts."""
    found: dict[str, None] = {}
    for telling in case.tellings:
        if telling.account.is_aside:
            continue  # the claims are on the event that it stands beside
        index, event = telling.told.index, telling.event
        on_it = index.claims_on(event)
        found |= dict.fromkeys(telling.told.claim_id(claim, event) for claim in on_it)
        if not on_it:
            found[telling.told.claim_id(None, event)] = None
    return tuple(found)


def _row(case: Case, rule: KilledRule) -> dict[str, Cell]:
    killed, wounded = choose(case, Role.KILLED, rule), choose(case, Role.WOUNDED, KilledRule.RANGE)
    place = case.incident.place
    return {
        **to_row(case.incident),
        "admin1": place.chosen.admin1 if place and place.chosen else None,
        "killed_low": killed.low,
        "killed_best": killed.value,
        "killed_high": killed.high,
        "killed_rule": rule.value,
        "killed_claims": ";".join(killed.winning),
        "killed_losing_claims": ";".join(killed.losing),
        "killed_origins": killed.origins,
        "injured_low": wounded.low,
        "injured_high": wounded.high,
        "claims": ";".join(claims_of(case)),
    }


def _check_row(number: int, row: Row) -> Iterator[Problem]:
    for low, high in (("killed_low", "killed_high"), ("injured_low", "injured_high")):
        if row[low] and row[high] and int(row[low]) > int(row[high]):
            yield Problem(number, high, row[high], f"not below {low}, {row[low]}")
    if row["date_earliest"] and row["date_latest"] and row["date_earliest"] > row["date_latest"]:
        yield Problem(number, "date_latest", row["date_latest"], f"not before date_earliest, {row['date_earliest']}")
    if (row["lat"] == "") != (row["lon"] == ""):
        yield Problem(number, "lat", row["lat"], "lat and lon are both given or both empty")
    if int(row["n_origin_groups"]) > int(row["n_documents"]):
        yield Problem(number, "n_origin_groups", row["n_origin_groups"], "no more than n_documents")
