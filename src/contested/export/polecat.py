"""polecat.tsv: PLOVER events in POLECAT's 40 columns, tab-separated, as its readers expect them.

Its ways, kept: what is not known is the word `None`; several values stand with "; " between them; the class of an event
is written out in capitals; intensity is PLOVER's own score. Several actors have as many countries and sectors as names.
A mode is followed by the auxiliary modes, so that what is planned or said not to have happened cannot be taken for what
happened; who says each, and who denies it, stands in `polecat_claims.csv`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from contested.claims.writing import Cell
from contested.events.plover import Auxiliary, plover_contexts, plover_sectors, plover_types
from contested.export.countries import country_codes
from contested.export.options import Options
from contested.export.out import Out
from contested.export.plover import write_left_out
from contested.export.plover_records import Entity, Located, Record, records_of, slots, story_names
from contested.export.problems import Problem
from contested.export.schema import Row, check_csv, names_of
from contested.export.tables import write_csv
from contested.export.view import ExportView
from contested.resources.countries import countries_by_iso3

FILE = "polecat.tsv"
LEFT_OUT = "polecat_left_out.csv"
CLAIMS = "polecat_claims.csv"  # the 40 columns have no room for who says it
_CLAIM_COLUMNS = ("event_id", "incident_id", "claim_id", "stance", "who", "char_start", "char_end", "doc_id")
_NONE = "None"
_BETWEEN = "; "


def write(view: ExportView, options: Options, out: Out) -> int:
    """Write the table and return how many rows it has; what was left out stands beside it."""
    with out.text(FILE) as file:
        number = write_csv(file, names_of("polecat"), _rows(view, options), delimiter="\t")
    if out.takes_more:
        write_left_out(view, options, out, LEFT_OUT)
        with out.text(CLAIMS) as file:
            write_csv(file, _CLAIM_COLUMNS, _claims(view, options))
    return number


def check(path: Path) -> Iterator[Problem]:
    """Yield what is illegal in a table in POLECAT's form."""
    seen: set[str] = set()

    def check_row(number: int, row: Row) -> Iterator[Problem]:
        if row["Event ID"] in seen:
            yield Problem(number, "Event ID", row["Event ID"], "an id stands once")
        seen.add(row["Event ID"])
        yield from _check_event(number, row)
        for party in ("Actor", "Recipient"):
            yield from _check_party(number, row, party)
        yield from _check_place(number, row)

    yield from check_csv(path, "polecat", check_row, delimiter="\t")


def _rows(view: ExportView, options: Options) -> Iterator[dict[str, Cell]]:
    for told in view.reports():
        names = story_names(told)
        for record in records_of(told, date_by_report=options.date_by_report):
            if isinstance(record, Record):
                yield _row(record, names, options)


def _claims(view: ExportView, options: Options) -> Iterator[dict[str, Cell]]:
    for told in view.reports():
        for record in records_of(told, date_by_report=options.date_by_report):
            if isinstance(record, Record):
                for statement in record.statements:
                    yield {
                        "event_id": record.id,
                        "incident_id": told.incidents.get(record.event.id),
                        "claim_id": statement.claim,
                        "stance": statement.stance.value,
                        "who": statement.who,
                        "char_start": statement.words.start,
                        "char_end": statement.words.end,
                        "doc_id": told.document.id,
                    }


def _row(record: Record, names: tuple[tuple[str, ...], ...], options: Options) -> dict[str, Cell]:
    code, document = record.code, record.told.document
    people, organisations, places = names
    return {
        "Event ID": record.id,
        "Event Date": record.first.isoformat(),
        "Event Type": code.event.name,
        "Event Mode": _joined(code.modes),
        "Intensity": f"{code.score:g}",
        "Quad Code": code.event.quad.name.replace("_", " "),
        "Contexts": _joined(code.contexts),
        **_party("Actor", record.actors),
        **_party("Recipient", record.recipients),
        **_place(record.place),
        "Source": document.publisher or _NONE,
        "Publication Date": document.published.day.isoformat() if document.published else _NONE,
        "Story People": _joined(people),
        "Story Organizations": _joined(organisations),
        "Story Locations": _joined(places),
        "Language": document.language,
        "Version": " ".join(part for part in ("contested", options.code, record.told.claims.model) if part),
    }


def _party(party: str, entities: Sequence[Entity]) -> dict[str, Cell]:
    codes = [country_codes().get(e.slot) for e in entities]
    return {
        f"{party} Name": _joined(e.name for e in entities),
        f"{party} Country": _aligned(e.slot for e in entities),
        f"{party} COW": _aligned(c.gleditsch_ward if c else "" for c in codes),
        f"Primary {party} Sector": (entities[0].sector if entities else "") or _NONE,
        f"{party} Sectors": _aligned(e.sector for e in entities),
        f"{party} Title": _aligned(e.title for e in entities),
        f"{party} Name Raw": _joined(e.words for e in entities),
        f"Wikipedia {party} ID": _NONE,
    }


def _place(place: Located | None) -> dict[str, Cell]:
    if place is None:
        place = Located("", "", "", "", "", "", "", None, None, None, "", "")
    return {
        "Placename": _cell(place.name),
        "City": _cell(place.city),
        "District": _cell(place.district),
        "Province": _cell(place.province),
        "Country": _cell(place.country),
        "Latitude": _NONE if place.lat is None else f"{place.lat:g}",
        "Longitude": _NONE if place.lon is None else f"{place.lon:g}",
        "GeoNames ID": _cell(place.geoname),
        "Raw Placename": _cell(place.words),
        "Feature Type": _cell(place.feature_code),
    }


def _cell(text: str) -> str:
    """Return text on one line without tabs and without what separates values."""
    return " ".join(text.replace(";", ",").split()) or _NONE


def _joined(texts: Iterable[str]) -> str:
    return _BETWEEN.join(_cell(t) for t in texts) or _NONE


def _aligned(texts: Iterable[str]) -> str:
    """Return one value for each actor, `None` where it is not known; a single `None` where none is."""
    cells = [_cell(t) for t in texts]
    return _BETWEEN.join(cells) if any(c != _NONE for c in cells) else _NONE


def _values(cell: str) -> list[str]:
    return [] if cell == _NONE else cell.split(_BETWEEN)


def _check_event(number: int, row: Row) -> Iterator[Problem]:
    kind = plover_types()[row["Event Type"]]
    modes = _values(row["Event Mode"])
    own = [m for m in modes if m not in {a.value for a in Auxiliary}]
    for mode in own:
        if mode not in kind.modes:
            yield Problem(number, "Event Mode", mode, f"{kind.name} has no such mode")
    if len(own) > 1 or modes[: len(own)] != own:
        yield Problem(number, "Event Mode", row["Event Mode"], "one mode, then auxiliary modes")
    elif not any(mode not in kind.modes for mode in own):
        score = kind.score_of(own[0] if own else "")
        if float(row["Intensity"]) != score:
            yield Problem(number, "Intensity", row["Intensity"], f"{score:g} for {' '.join([kind.name, *own])}")
    if row["Quad Code"] != kind.quad.name.replace("_", " "):
        yield Problem(number, "Quad Code", row["Quad Code"], f"not the class of {kind.name}")
    for context in (c for c in _values(row["Contexts"]) if c not in plover_contexts()):
        yield Problem(number, "Contexts", context, "PLOVER has no such context")
    if row["Publication Date"] != _NONE and not _is_day(row["Publication Date"]):
        yield Problem(number, "Publication Date", row["Publication Date"], "an ISO day or None")


def _check_party(number: int, row: Row, party: str) -> Iterator[Problem]:
    names = _values(row[f"{party} Name"])
    if party == "Actor" and not names:
        yield Problem(number, "Actor Name", row["Actor Name"], "an event has an actor")
    for column in (f"{party} Country", f"{party} COW", f"{party} Sectors", f"{party} Name Raw"):
        cells = _values(row[column])
        if cells and len(cells) != len(names):
            yield Problem(number, column, row[column], f"one value for each of the {len(names)} names")
    for country in (c for c in _values(row[f"{party} Country"]) if c != _NONE):
        if country not in countries_by_iso3() and country not in slots():
            yield Problem(number, f"{party} Country", country, "an ISO code or one of PLOVER's international slots")
    sectors = [s for s in _values(row[f"{party} Sectors"]) if s != _NONE]
    for sector in (s for s in sectors if s not in plover_sectors()):
        yield Problem(number, f"{party} Sectors", sector, "PLOVER has no such sector")
    primary = row[f"Primary {party} Sector"]
    if primary != _NONE and primary not in sectors:
        yield Problem(number, f"Primary {party} Sector", primary, "one of the sectors")
    for code in (c for c in _values(row[f"{party} COW"]) if c != _NONE and not c.isdecimal()):
        yield Problem(number, f"{party} COW", code, "a state's number or None")


def _check_place(number: int, row: Row) -> Iterator[Problem]:
    for column, most in (("Latitude", 90.0), ("Longitude", 180.0)):
        value = row[column]
        try:
            legal = value == _NONE or abs(float(value)) <= most
        except ValueError:
            legal = False
        if not legal:
            yield Problem(number, column, value, f"degrees from {-most:g} to {most:g}, or None")
    if (row["Latitude"] == _NONE) != (row["Longitude"] == _NONE):
        yield Problem(number, "Longitude", row["Longitude"], "a point has both coordinates")
    if row["Country"] != _NONE and row["Country"] not in countries_by_iso3():
        yield Problem(number, "Country", row["Country"], "an ISO 3166 alpha-3 code or None")
    if row["GeoNames ID"] != _NONE and not row["GeoNames ID"].isdecimal():
        yield Problem(number, "GeoNames ID", row["GeoNames ID"], "a number or None")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
