"""UCDP GED's 49 columns, coded by the rules of its codebook from claims. Numbers that only UCDP gives stay empty.

Source: UCDP GED codebook; columns as in its releases. Beside the table: the claims behind each row, what is not coded.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from math import floor
from pathlib import Path

from contested.export.coded import PREFIX, Coded, Row, claims_behind, write_coded
from contested.export.countries import CountryCodes, country_codes
from contested.export.numbers import Chosen, choose
from contested.export.options import Options
from contested.export.out import Out
from contested.export.outlets import name_of
from contested.export.problems import Problem
from contested.export.schema import Row as Cells
from contested.export.schema import check_csv
from contested.export.sides import Sides, sides_of
from contested.export.told_by import outlets, quoted, say_who
from contested.export.ucdp_coding import CIVILIANS, Dyad, Violence, deaths_of, dyad_of
from contested.export.view import Case, ExportView
from contested.incidents.agreement.figures import Figure
from contested.types import Document, PlaceLink, Role, When

FILE = "ucdp.csv"
_CELL_DEGREES = 0.5  # PRIO-GRID
_CELLS_A_ROW = 720
_WEEK = timedelta(days=6)  # before a report's day: seven days in all, UCDP's precision 3
_SUMMARY_FROM = 4  # date_prec from which on a report sums up rather than tells of an event
_PARTS = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")


def write(view: ExportView, options: Options, out: Out) -> int:
    """Write the table, and beside it the claims behind each row and the incidents that have none."""
    return write_coded("ucdp", "relid", view.cases(), lambda case: code_case(case, options), out)


def check(path: Path) -> Iterator[Problem]:
    """Yield what is illegal in a table in UCDP GED's form, whoever wrote it."""
    return check_csv(path, "ucdp", check_row)


def code_case(case: Case, options: Options) -> Coded:
    """Return what UCDP's codebook makes of an incident."""
    sides = sides_of(case)
    dyad = dyad_of(case, sides)
    if dyad.violence is None:
        return Coded((), {}, dyad.why)
    chosen = choose(case, Role.KILLED, options.killed_rule, _is_of_the_dead)
    stated = [n for n in (chosen.low, chosen.high, chosen.value) if n is not None]
    if not stated or max(stated) < 1:
        return Coded((), {}, "nobody gives a number of dead")
    when, place = _days(case, options), case.incident.place
    if when is None or when.earliest is None or when.latest is None or when.ucdp_precision is None:
        return Coded((), {}, "no day is given, or an end of the days is open")
    if place is None or place.lat is None or place.lon is None or place.ucdp_precision is None:
        return Coded((), {}, "no place is given, or none that is found")
    codes = country_codes().get(place.country or "")
    if codes is None or not codes.ucdp_region:
        return Coded((), {}, "the place lies in no country")
    relid = f"{PREFIX}-{codes.country.iso3}-{case.incident.id.upper()}"
    row: Row = {
        "id": int(case.incident.id[1:], 16),  # 48 bits: a whole number in R and in spreadsheets, too
        "relid": relid,
        **_dyad(dyad),
        **_sources(case),
        **_where(place, codes),
        **_when(when, chosen),
        **_deaths(chosen, dyad),
    }
    return Coded((row,), _beside(case, chosen, sides, options))


def _days(case: Case, options: Options) -> When | None:
    """Return the days of an incident; where nobody says and it is asked for, the week up to its first report."""
    when, reported = case.incident.when, case.first_published
    if not options.date_by_report or reported is None or (when is not None and when.is_known):
        return when
    return When(reported - _WEEK, reported, "", rule="by-report", ucdp_precision=3)


def _is_of_the_dead(figure: Figure) -> bool:
    return not figure.amount.mixed


def _dyad(dyad: Dyad) -> Row:
    return {
        "type_of_violence": dyad.violence,
        "dyad_name": f"{dyad.a.name} - {dyad.b.name}",
        "side_a": dyad.a.name,
        "side_b": dyad.b.name,
        "gwnoa": dyad.a.number or None,
        "gwnob": dyad.b.number or None,
    }


def _sources(case: Case) -> Row:
    documents = case.documents
    return {
        "number_of_sources": len(documents),
        "source_article": ";".join(_article(d) for d in documents),
        "source_office": ";".join(name_of(d) for d in documents),
        "source_date": ";".join(_published(d) for d in documents),
        "source_headline": ";".join(_headline(d) for d in documents),
        "source_original": ";".join(quoted(case) or outlets(case)),
    }


def _article(document: Document) -> str:
    parts = (name_of(document), _published(document), _headline(document))
    return '"' + ",".join(p.replace('"', "'") for p in parts) + '"'


def _published(document: Document) -> str:
    return document.published.day.isoformat() if document.published else ""


def _headline(document: Document) -> str:
    return " ".join((document.headline_text or "").split()).replace(";", ",")


def _where(place: PlaceLink, codes: CountryCodes) -> Row:
    lat, lon = round(place.lat or 0.0, 6), round(place.lon or 0.0, 6)
    return {
        "where_prec": place.ucdp_precision,
        "where_coordinates": place.name,
        "where_description": place.relation or None,
        "adm_1": place.chosen.admin1 if place.chosen else None,
        "latitude": lat,
        "longitude": lon,
        "geom_wkt": f"POINT ({lon} {lat})",
        "priogrid_gid": priogrid(lat, lon),
        "country": codes.country.name,
        "country_id": codes.gleditsch_ward or None,
        "region": codes.ucdp_region,
    }


def priogrid(lat: float, lon: float) -> int:
    """Return the number of the PRIO-GRID cell that holds a point: rows from the south, 720 cells each from the west.

    >>> priogrid(36.2, 37.16)
    181875
    """
    row = min(floor((lat + 90) / _CELL_DEGREES), 359)
    column = min(floor((lon + 180) / _CELL_DEGREES), 719)
    return row * _CELLS_A_ROW + column + 1


def _when(when: When, chosen: Chosen) -> Row:
    precision = when.ucdp_precision or 5
    figures = chosen.statement.figures if chosen.statement else ()
    summary = precision >= _SUMMARY_FROM or any(f.is_running for f in figures)
    first, last = when.earliest, when.latest
    return {
        "year": first.year if first else None,
        "event_clarity": 2 if summary else 1,
        "date_prec": precision,
        "date_start": f"{first} 00:00:00.000",
        "date_end": f"{last} 00:00:00.000",
    }


def _deaths(chosen: Chosen, dyad: Dyad) -> Row:
    deaths = deaths_of(chosen, dyad)
    stated = [n for n in (chosen.low, chosen.high, chosen.value) if n is not None]
    return {
        **dict(zip(_PARTS, (deaths.a, deaths.b, deaths.civilians, deaths.unknown), strict=True)),
        "best": deaths.best,
        "low": min(stated),
        "high": max([*stated, *([] if chosen.most is None else [chosen.most])]),  # open to the top: nobody states more
    }


_DATED = " Nobody says the day: dated by the first report."


def _beside(case: Case, chosen: Chosen, sides: Sides, options: Options) -> Row:
    dated = options.date_by_report and (case.incident.when is None or not case.incident.when.is_known)
    return claims_behind(case, chosen, sides, options) | {"who": say_who(case) + (_DATED if dated else "")}


def check_row(number: int, row: Cells) -> Iterator[Problem]:
    """Yield the rules that a row breaks whose cells are each legal."""
    yield from _check_deaths(number, row)
    if row["type_of_violence"] == str(Violence.ONE_SIDED.value) and row["side_b"] != CIVILIANS:
        yield Problem(number, "side_b", row["side_b"], "in one-sided violence side b is Civilians")
    if row["year"] != row["date_start"][:4]:
        yield Problem(number, "year", row["year"], f"the year of date_start, {row['date_start']}")
    if row["date_start"] > row["date_end"]:
        yield Problem(number, "date_end", row["date_end"], f"not before date_start, {row['date_start']}")
    lat, lon = float(row["latitude"]), float(row["longitude"])
    if int(row["priogrid_gid"]) != priogrid(lat, lon):
        yield Problem(number, "priogrid_gid", row["priogrid_gid"], f"the point lies in cell {priogrid(lat, lon)}")


def _check_deaths(number: int, row: Cells) -> Iterator[Problem]:
    parts = [row[name] for name in _PARTS]
    if any(parts) and not all(parts):
        yield Problem(number, "deaths_a", "", "the four parts of the deaths are given together or all empty")
    elif all(parts) != bool(row["best"]):
        yield Problem(number, "best", row["best"], "given with its parts, and only with them")
    elif all(parts) and sum(map(int, parts)) != int(row["best"]):
        yield Problem(number, "best", row["best"], f"the sum of its parts, {sum(map(int, parts))}")
    if not int(row["low"]) <= int(row["best"] or row["low"]) <= int(row["high"]):
        yield Problem(number, "low", row["low"], f"low ≤ best ≤ high, got best {row['best']}, high {row['high']}")
    if max(int(row[name] or 0) for name in ("low", "best", "high")) < 1:
        yield Problem(number, "high", row["high"], "an event has at least one death in low, best or high")
