"""plover.jsonl: events in PLOVER's form, one JSON object for each event that a report tells.

Auxiliary modes say how an event stands to what has happened; `claims`, the one field that is ours, who says what. An
event without an actor, without a day, or of a kind that PLOVER does not code is left out; `plover_left_out.csv` lists
them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from contested.claims.writing import Cell
from contested.events.plover import Auxiliary, plover_contexts, plover_types
from contested.export.options import Options
from contested.export.out import Out
from contested.export.plover_records import Entity, LeftOut, Located, Record, describe, records_of, size_of, slots
from contested.export.problems import Problem
from contested.export.quoting import excerpt, shorten
from contested.export.tables import write_csv
from contested.export.view import ExportView
from contested.resources.countries import countries_by_iso3
from contested.types import Role

FILE = "plover.jsonl"
LEFT_OUT = "plover_left_out.csv"
SCHEMA = "plover.schema.json"
CODEBOOK = "PLOVER draft 2.0"
_SIZES = {"dead": Role.KILLED, "injured": Role.WOUNDED, "arrested": Role.DETAINED}


def write(view: ExportView, options: Options, out: Out) -> int:
    """Write the records, and beside them the schema and what was left out; return how many records there are."""
    number = 0
    with out.text(FILE) as file:
        for told in view.reports():
            for record in records_of(told, date_by_report=options.date_by_report):
                if isinstance(record, Record):
                    file.write(json.dumps(form(record, options), ensure_ascii=False) + "\n")
                    number += 1
    if out.takes_more:
        write_left_out(view, options, out, LEFT_OUT)
        with out.text(SCHEMA) as file:
            file.write(_schema_text())
    return number


def write_left_out(view: ExportView, options: Options, out: Out, name: str) -> None:
    """Write which events are not in the export, and why."""
    with out.text(name) as file:
        write_csv(file, ("event_id", "doc_id", "event_type", "reason"), _left_out(view, options))


def form(record: Record, options: Options) -> dict[str, Any]:
    """Return a record as PLOVER's JSON object; what is not known is left out."""
    code, document = record.code, record.told.document
    span = record.sentence
    sizes, note = _sizes(record, options)
    filled: dict[str, Any] = {
        "id": record.id,
        "has_event": True,
        "date": record.first.isoformat(),
        "enddate": record.last.isoformat() if record.last else None,
        "actor": [_entity(e) for e in record.actors],
        "recipient": [_entity(e) for e in record.recipients],
        "event": [code.event.name],
        "event_loc": _location(record.place) if record.place else None,
        "event_text": [record.told.index.words(m.trigger) for m in record.event.mentions],
        "quad_code": int(code.event.quad),
        "event_scale": code.score,
        "mode": list(code.modes),
        "context": list(code.contexts),
        "link": record.told.incidents.get(record.event.id),
        "text": shorten(record.told.index.words(span), options.longest_quote),
        "text_info": {
            "sequence": record.told.index.sentence_number(record.event.mentions[0].trigger),
            "start": span.start,
            "end": span.end,
            **({"text_story": excerpt(record.told)} if options.full_text else {}),
        },
        "size": sizes,
        "cite_info": _given(
            {
                "citation": document.id,
                "url": document.url,
                "title": shorten(document.headline_text or "", options.longest_quote),
                "language": document.language,
                "publication": document.publisher,
                "codebook": CODEBOOK,
                "version": options.code,
            }
        ),
        "coder": record.told.claims.model,
        "comment": "; ".join(part for part in (describe(record), note) if part),
        "claims": [
            {"id": s.claim, "stance": s.stance.value, "who": s.who, "start": s.words.start, "end": s.words.end}
            for s in record.statements
        ],
    }
    return _given(filled)


def check(path: Path) -> Iterator[Problem]:
    """Yield what is illegal in a file of PLOVER records, one JSON object a line."""
    seen: set[str] = set()
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield from _check_line(number, line, seen)
    except UnicodeDecodeError as error:
        yield Problem(0, "", str(error), "JSON is UTF-8")


def _left_out(view: ExportView, options: Options) -> Iterator[dict[str, Cell]]:
    for told in view.reports():
        for record in records_of(told, date_by_report=options.date_by_report):
            if isinstance(record, LeftOut):
                yield {
                    "event_id": record.id,
                    "doc_id": record.document,
                    "event_type": record.type.value,
                    "reason": record.reason,
                }


def _given(form: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is known. An empty list stays away as well: PLOVER has no other sign for none."""
    return {key: value for key, value in form.items() if value not in (None, "", [], {})}


def _entity(entity: Entity) -> dict[str, Any]:
    return _given(
        {
            "code": entity.slot,
            "sector": entity.sector,
            "entity_text": entity.words,
            "identifier_text": entity.name,
            "office": entity.title,
        }
    )


def _location(place: Located) -> dict[str, Any]:
    country = countries_by_iso3().get(place.country)
    return _given(
        {
            "extracted_place": place.words,
            "resolved_place": place.name,
            "geonameid": place.geoname,
            "lat": place.lat,
            "lon": place.lon,
            "city": place.city,
            "district": place.district,
            "province": place.province,
            "country": country.name if country else "",
            "country_code": place.country,
            "feature_class": place.feature_class,
            "feature_code": place.feature_code,
            "resolution": place.resolution,
        }
    )


def _sizes(record: Record, options: Options) -> tuple[dict[str, int], str]:
    """Return the numbers that the rule gives, and a note on what it did not take."""
    sizes, notes = {}, []
    for name, role in _SIZES.items():
        size = size_of(record, role, options.killed_rule)
        if size.value is not None:
            sizes[name] = size.value
        if size.losing:
            notes.append(f"{name} by the rule {options.killed_rule.value}, not taken: {', '.join(size.losing)}")
    return sizes, "; ".join(notes)


@cache
def _schema_text() -> str:
    return files("contested.export").joinpath(SCHEMA).read_text(encoding="utf-8")


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator  # loaded only to validate: it costs a tenth of a second

    return Draft202012Validator(json.loads(_schema_text()))


def _check_line(number: int, line: str, seen: set[str]) -> Iterator[Problem]:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        yield Problem(number, "", line.strip()[:60], f"each line is one JSON object: {error.msg}")
        return
    broken = sorted(_validator().iter_errors(record), key=lambda e: e.json_path)
    for found in broken:
        yield Problem(number, found.json_path.removeprefix("$."), json.dumps(found.instance)[:60], found.message)
    if broken:
        return
    if record["id"] in seen:
        yield Problem(number, "id", record["id"], "an id stands once")
    seen.add(record["id"])
    yield from _check_codes(number, record)
    yield from _check_days(number, record)


def _check_codes(number: int, record: Mapping[str, Any]) -> Iterator[Problem]:
    types = [plover_types()[name] for name in record["event"]]
    legal = {mode for kind in types for mode in kind.modes} | {a.value for a in Auxiliary}
    for mode in (m for m in record.get("mode", []) if m not in legal):
        yield Problem(number, "mode", mode, f"{' and '.join(record['event'])} has no such mode")
    for context in (c for c in record.get("context", []) if c not in plover_contexts()):
        yield Problem(number, "context", context, "PLOVER has no such context")
    if "quad_code" in record and record["quad_code"] not in {int(kind.quad) for kind in types}:
        yield Problem(number, "quad_code", str(record["quad_code"]), f"not the class of {record['event'][0]}")
    for party in (*record["actor"], *record.get("recipient", [])):
        code = party.get("code")
        if code is not None and code not in countries_by_iso3() and code not in slots():
            yield Problem(number, "code", code, "an ISO 3166 alpha-3 code or one of PLOVER's international slots")


def _check_days(number: int, record: Mapping[str, Any]) -> Iterator[Problem]:
    for name in (key for key in ("date", "enddate", "coded_date") if key in record):
        try:
            date.fromisoformat(record[name])
        except ValueError:
            yield Problem(number, name, record[name], "no such day in the calendar")
    if record.get("enddate", record["date"]) < record["date"]:
        yield Problem(number, "enddate", record["enddate"], "not before date")
    place_of_text = record.get("text_info", {})
    if "start" in place_of_text and "end" in place_of_text and place_of_text["start"] >= place_of_text["end"]:
        yield Problem(
            number, "text_info", f"{place_of_text['start']}-{place_of_text['end']}", "a text ends after it starts"
        )
