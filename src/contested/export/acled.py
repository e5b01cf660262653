"""ACLED's 31 columns, coded by the rules of its codebook from claims. Never to be called ACLED data.

Source: ACLED codebook; columns as in its export. Beside the table: what its columns cannot hold, and what is not coded.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from contested.events.codebooks import SubEvent
from contested.export.acled_check import check_row
from contested.export.acled_coding import TYPE_WORDS, Party, code, interaction, parties, targets_civilians
from contested.export.acled_days import Days, Fatalities, days_of, fatalities, split
from contested.export.coded import PREFIX, Coded, Row, claims_behind, write_coded
from contested.export.countries import CountryCodes, country_codes
from contested.export.options import Options
from contested.export.out import Out
from contested.export.outlets import source_scale
from contested.export.problems import Problem
from contested.export.schema import check_csv
from contested.export.sides import Sides, sides_of
from contested.export.told_by import outlets, say_who
from contested.export.view import Case, ExportView
from contested.types import PlaceLink

FILE = "acled.csv"
_SECONDS_A_DAY = 86_400
_EPOCH = date(1970, 1, 1)


def write(view: ExportView, options: Options, out: Out) -> int:
    """Write the table, and beside it the claims behind each row and the incidents that have none."""
    return write_coded("acled", "event_id_cnty", view.cases(), lambda case: code_case(case, options), out)


def check(path: Path) -> Iterator[Problem]:
    """Yield what is illegal in a table in ACLED's form, whoever wrote it."""
    return check_csv(path, "acled", check_row)


def rows(view: ExportView, options: Options) -> Iterator[Row]:
    """Yield the rows."""
    for case in view.cases():
        yield from code_case(case, options).rows


def code_case(case: Case, options: Options) -> Coded:
    """Return what ACLED's codebook makes of an incident."""
    if case.incident.is_total:
        return Coded((), {}, "a running total of a war or a campaign, no event")
    sides = sides_of(case)
    coding = code(case, sides)
    if coding.sub_event is None:
        return Coded((), {}, coding.why)
    days, place = days_of(case, by_report=options.date_by_report), case.incident.place
    if not days.days:
        return Coded((), {}, days.why)
    if place is None or place.lat is None or place.lon is None:
        return Coded((), {}, "no place is given, or none that is found")
    if place.acled_precision is None:
        return Coded((), {}, "the place is too large to be coded")
    codes = country_codes().get(place.country or "")
    if codes is None:
        return Coded((), {}, "the place lies in no country")
    dead = fatalities(case, options.killed_rule)
    first, second = parties(case, sides, coding.sub_event, codes.country.iso3)
    rows = tuple(
        {
            **_when(day, days.precision),
            **_what(coding.sub_event, first, second),
            **_where(place, codes),
            **_told(case, codes, _notes(case, dead, days, number)),
            "event_id_cnty": f"{PREFIX}-{codes.country.iso3}-{case.incident.id.upper()}-{number}",
            "fatalities": deaths,
        }
        for number, (day, deaths) in enumerate(zip(days.days, split(dead.number, len(days.days)), strict=True), start=1)
    )
    return Coded(rows, _beside(case, coding.why, dead, sides, options))


def _when(day: date, precision: int) -> Row:
    return {"event_date": day.isoformat(), "year": day.year, "time_precision": precision}


def _what(sub_event: SubEvent, first: Party | None, second: Party | None) -> Row:
    return {
        "disorder_type": sub_event.disorder_type,
        "event_type": sub_event.event_type,
        "sub_event_type": sub_event.sub_event_type,
        **_actor(first, 1),
        **_actor(second, 2),
        "interaction": interaction(first, second),
        "civilian_targeting": "Civilians targeted" if targets_civilians(first, second, sub_event) else None,
    }


def _actor(party: Party | None, number: int) -> Row:
    if party is None:
        return {}
    beside = "; ".join(party.beside)
    return {
        f"actor{number}": party.name,
        f"assoc_actor_{number}": beside or None,
        f"inter{number}": TYPE_WORDS[party.type],
    }


def _where(place: PlaceLink, codes: CountryCodes) -> Row:
    return {
        "iso": codes.iso_numeric,
        "region": codes.acled_region,
        "country": codes.country.name,
        "admin1": place.chosen.admin1 if place.chosen else None,
        "location": place.name,
        "latitude": f"{place.lat:.4f}",
        "longitude": f"{place.lon:.4f}",
        "geo_precision": place.acled_precision,
    }


def _told(case: Case, codes: CountryCodes, notes: str) -> Row:
    published = [d.published.day for d in case.documents if d.published]
    return {
        "source": "; ".join(outlets(case)),
        "source_scale": source_scale((d.publisher for d in case.documents), codes.country.iso3),
        "notes": notes,
        "tags": f"not ACLED data; contested incident={case.incident.id}",
        "timestamp": (max(published) - _EPOCH).days * _SECONDS_A_DAY if published else 0,
    }


def _notes(case: Case, dead: Fatalities, days: Days, number: int) -> str:
    chosen = dead.chosen
    parts = [say_who(case), f"Fatalities: {dead.number} ({dead.note})"]
    if chosen.low is not None and chosen.low != chosen.high:
        parts[1] += f" out of {chosen.low} to {chosen.high if chosen.high is not None else 'more'}"
    if chosen.origins:
        parts[1] += f" from {chosen.origins} independent " + ("origin" if chosen.origins == 1 else "origins")
    if chosen.losing:
        parts[1] += f"; not taken: claims {', '.join(chosen.losing)}"
    if len(days.days) > 1:
        parts[1] += f"; split over {len(days.days)} days, this is day {number}"
    return " ".join([f"{' '.join(parts)}.", days.note]).strip()


def _beside(case: Case, why: str, dead: Fatalities, sides: Sides, options: Options) -> Row:
    return claims_behind(case, dead.chosen, sides, options) | {
        "why_coded": why,
        "killed_note": dead.note,
        "killed_low": dead.chosen.low,
        "killed_high": dead.chosen.high,
    }
