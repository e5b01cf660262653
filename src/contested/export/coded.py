"""Tables in a codebook's form: its rows, and beside them the claims behind each and the incidents that have none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass

from contested.claims.writing import Cell
from contested.export.incidents import claims_of
from contested.export.numbers import Chosen
from contested.export.options import Options
from contested.export.out import Out
from contested.export.schema import names_of
from contested.export.sides import Sides
from contested.export.tables import TableWriter
from contested.export.view import Case
from contested.incidents.form import contested_fields

PREFIX = "CONTESTED"  # of our ids, so that no row is taken for one of the codebook's makers

Row = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Coded:
    """An incident's rows and what stands beside each; or why it has none."""

    rows: tuple[Row, ...]
    beside: Row
    why_not: str = ""


def write_coded(form: str, key: str, cases: Iterable[Case], code: Callable[[Case], Coded], out: Out) -> int:
    """Write the table `form`.csv and, where `out` takes more files, the two beside it; return its number of rows.

    Args:
        form: the codebook, by which its columns are found.
        key: the column that names a row, also in the table of the claims.
        cases: the incidents.
        code: what the codebook makes of one.
        out: where to.
    """
    with ExitStack() as stack:
        table = TableWriter(stack.enter_context(out.text(f"{form}.csv")), names_of(form))
        if out.takes_more:
            claims = TableWriter(stack.enter_context(out.text(f"{form}_claims.csv")), names_of(f"{form}_claims"))
            rest = TableWriter(stack.enter_context(out.text(f"{form}_not_coded.csv")), names_of("not_coded"))
        for case in cases:
            coded = code(case)
            for row in coded.rows:
                table.write(row)
                if out.takes_more:
                    claims.write(coded.beside | {key: row[key]})
            if coded.why_not and out.takes_more:
                rest.write(why_not_coded(case, coded.why_not))
        return table.rows


def why_not_coded(case: Case, why: str) -> Row:
    """Return the row that says why an incident is not coded."""
    return {"incident_id": case.incident.id, "our_types": _types(case), "why": why}


def claims_behind(case: Case, chosen: Chosen, sides: Sides, options: Options) -> Row:
    """Return what every codebook's table of claims says of an incident: its dead, who is blamed, the claims."""
    return {
        "incident_id": case.incident.id,
        "our_types": _types(case),
        "killed_rule": options.killed_rule.value,
        "killed_claims": ";".join(chosen.winning),
        "killed_losing_claims": ";".join(chosen.losing),
        "killed_origins": chosen.origins,
        "contested_fields": ";".join(contested_fields(case.incident)),
        "also_blamed": ";".join(link.name for link in sides.blamed),
        "claims": ";".join(claims_of(case)),
    }


def _types(case: Case) -> str:
    return ";".join(dict.fromkeys(a.type.value for a in case.incident.accounts))
