"""statements.csv: FollowTheMoney statements, for Aleph, OpenAleph and yente: one for each value that one report states.

An incident is an Event, a report an Article, an actor of the register an Organization, a PublicBody or a Person. The
same value in three outlets is three statements, each with its outlet as the dataset and its report as the origin; two
values of one field stand side by side, and nothing is chosen between them. Actors that no register knows are left in
the words.

Source: FollowTheMoney 4, statements and schemata.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha1
from pathlib import Path

from contested.actors.register import Entry, EntryClass, find_entry
from contested.claims.writing import STATUS_WORDS, Cell, safe_cell, write_bounds
from contested.export.options import Options
from contested.export.out import Out
from contested.export.problems import Problem
from contested.export.quoting import shorten
from contested.export.schema import Row, check_csv, names_of
from contested.export.tables import write_csv
from contested.export.view import Case, ExportView, Telling, Told
from contested.resources.countries import countries_by_iso3
from contested.resources.tables import load_table, values
from contested.types import Actor, Role

FILE = "statements.csv"
_COLUMNS = ("schema", "property", "type", "required", "range")
_LANGUAGE = "eng"
_TEXTUAL = ("address", "name", "string", "text")  # property types whose statements may bear a language
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_SLUG = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
_SCHEMATA = {
    EntryClass.PERSON: "Person",
    EntryClass.STATE: "PublicBody",
    EntryClass.ORGAN: "PublicBody",
    EntryClass.GROUP: "Organization",
    EntryClass.ORGANISATION: "Organization",
}


@dataclass(frozen=True, slots=True)
class _Property:
    type: str
    required: bool
    range: tuple[str, ...]


def write(view: ExportView, options: Options, out: Out) -> int:
    """Write the statements and return how many there are."""
    with out.text(FILE) as file:
        return write_csv(file, names_of("ftm"), _rows(view, options))


def check(path: Path) -> Iterator[Problem]:
    """Yield what is illegal in a file of statements: their properties, ids and references, and what entities lack."""
    schemata: dict[str, str] = {}
    stated: dict[str, set[str]] = {}
    references: list[tuple[int, str, str, tuple[str, ...]]] = []

    def check_row(number: int, row: Row) -> Iterator[Problem]:
        entity = row["entity_id"]
        if schemata.setdefault(entity, row["schema"]) != row["schema"]:
            yield Problem(number, "schema", row["schema"], f"{entity} is a {schemata[entity]}")
        stated.setdefault(entity, set()).add(row["prop"])
        known = _properties().get(row["schema"], {}).get(row["prop"])
        if known is None:
            yield Problem(number, "prop", row["prop"], f"{row['schema']} has no such property here")
            return
        if known.range:
            references.append((number, row["prop"], row["value"], known.range))
        yield from _check_statement(number, row, known)

    yield from check_csv(path, "ftm", check_row)
    for number, prop, value, allowed in references:
        if schemata.get(value) not in allowed:
            yield Problem(number, "value", value, f"{prop} is an entity of this file: {' or '.join(allowed)}")
    for entity, schema in schemata.items():
        for name, known in _properties()[schema].items():
            if known.required and name not in stated[entity]:
                yield Problem(0, name, entity, f"a {schema} has a {name}")


def statement_id(dataset: str, entity: str, prop: str, value: str, lang: str) -> str:
    """Return the id of a statement, as FollowTheMoney makes it.

    >>> statement_id("the_post", "ctd-1", "name", "Airstrike", "")
    '55771c5bbb024d74120af994e6a16611d537c08f'
    """
    key = f"{dataset}.{entity}.{prop}.{value}" + (f"@{lang}" if lang else "")
    return sha1(key.encode("utf-8", "backslashreplace"), usedforsecurity=False).hexdigest()


def _rows(view: ExportView, options: Options) -> Iterator[dict[str, Cell]]:
    for told in view.reports():
        source = _Source(told)
        yield from source.article()
        yield from _actors(told, source)
    for case in view.cases():
        seen: set[Cell] = set()
        for telling in case.tellings:
            for row in _event(case, telling, options):
                if row["id"] not in seen:
                    seen.add(row["id"])
                    yield row


class _Source:
    """One report as the source of statements."""

    def __init__(self, told: Told) -> None:
        document = told.document
        self._told = told
        self._dataset = _slug(document.publisher or "") or "unnamed_outlet"
        self._day = document.published.day.isoformat() if document.published else ""
        self.article_id = f"ctd-report-{told.document_key}"

    def states(self, entity: str, schema: str, prop: str, value: str, words: str = "") -> Iterator[dict[str, Cell]]:
        """Yield the statement that this report makes of one property; none for an empty value."""
        value = str(safe_cell(" ".join(value.split())))  # made safe before its id is made from it
        if not value:
            return
        kind = _properties()[schema][prop].type
        lang = _LANGUAGE if kind == "text" else ""
        yield {
            "canonical_id": entity,
            "entity_id": entity,
            "prop": prop,
            "prop_type": kind,
            "schema": schema,
            "value": value,
            "dataset": self._dataset,
            "origin": self._told.document.id,
            "lang": lang,
            "original_value": words if words != value else "",
            "external": "f",
            "first_seen": self._day,
            "last_seen": self._day,
            "id": statement_id(self._dataset, entity, prop, value, lang),
        }

    def article(self) -> Iterator[dict[str, Cell]]:
        """Yield the statements about the report itself."""
        document = self._told.document
        title = document.headline_text or f"Report {document.id}"
        for prop, value in (
            ("name", title),
            ("title", document.headline_text or ""),
            ("fileName", document.id),
            ("publisher", document.publisher or ""),
            ("publishedAt", self._day),
            ("language", _LANGUAGE),
            ("sourceUrl", document.url if (document.url or "").startswith("http") else ""),
        ):
            yield from self.states(self.article_id, "Article", prop, value or "")


def _event(case: Case, telling: Telling, options: Options) -> Iterator[dict[str, Cell]]:
    """Yield what one report states of an incident, and who those are that it names."""
    source, account, index = _Source(telling.told), telling.account, telling.told.index
    entity = f"ctd-{case.incident.id}"

    def states(prop: str, value: str, words: str = "") -> Iterator[dict[str, Cell]]:
        yield from source.states(entity, "Event", prop, value, words)

    yield from states("name", _name(telling))
    yield from states("recordId", telling.told.event_key(telling.event))
    yield from states("keywords", account.type.value)
    yield from states("keywords", account.status.value)
    if account.when is not None:
        words = index.words(telling.event.when_span) if telling.event.when_span else ""
        first, last = account.when.earliest, account.when.latest
        if first is not None and first == last:
            yield from states("date", first.isoformat(), words)
        else:
            yield from states("startDate", first.isoformat() if first else "", words)
            yield from states("endDate", last.isoformat() if last else "", words)
    for place in index.places_of(telling.event):
        words = index.words(place.spans[0])
        yield from states("location", ", ".join(p for p in (place.link.relation, place.link.name) if p), words)
        yield from states("country", _iso2(place.link.country), words)
    for stated in _sayings(telling, options):
        yield from states("summary", stated)
    yield from states("description", shorten(account.words, options.longest_quote))
    for actor in (*index.doers(telling.event.arguments()), *index.targets(telling.event.arguments())):
        yield from states("involved", _actor_id(actor), index.words(actor.spans[0]))
    yield from states("proof", source.article_id)


def _name(telling: Telling) -> str:
    """Return what the report tells of, never as a fact: `Reported airstrike, Darayya, 2016-08-02`."""
    account = telling.account
    said = STATUS_WORDS[account.status]
    place = next((p.name for p in account.places if p.name), "")
    day = account.when.value if account.when is not None and account.when.is_known else ""
    kind = account.type.value.replace("_", " ")
    return ", ".join(part for part in (f"Reported {kind}", place, day, said) if part)


def _sayings(telling: Telling, options: Options) -> Iterator[str]:
    """Yield who says what: the stance of each speaker, then each number with who gives it."""
    for saying in telling.account.sayings:
        yield shorten(f"{saying.speaker.name}: {saying.stance.value}", options.longest_quote)
    for toll in telling.account.tolls:
        number = write_bounds(toll.amount) or toll.amount.vague
        if number and toll.role in (Role.KILLED, Role.WOUNDED, Role.CASUALTIES, Role.MISSING, Role.DISPLACED):
            part = ", part of a larger number" if toll.part else ""
            yield shorten(f"{toll.speaker.name}: {toll.role.value} {number}{part}", options.longest_quote)


def _actors(told: Told, source: _Source) -> Iterator[dict[str, Cell]]:
    """Yield who those are that do something, or have it done to them, in what is asked for of a report."""
    arguments = [a for event in told.events for a in event.arguments()]
    parties = dict.fromkeys(actor.id for actor in (*told.index.doers(arguments), *told.index.targets(arguments)))
    for actor in (a for a in told.claims.actors if a.id in parties):
        entry = _entry(actor.link.entry or "")
        if entry is not None:
            schema, entity = _SCHEMATA[entry.entry_class], _actor_id(actor)
            yield from source.states(entity, schema, "name", actor.link.name, told.index.words(actor.spans[0]))
            yield from source.states(entity, schema, "country", _iso2(actor.link.country))
            if schema == "Person":
                yield from source.states(entity, schema, "position", entry.office)


def _actor_id(actor: Actor) -> str:
    """Return the id of an actor's entity, "" for one that the register does not know."""
    entry = _entry(actor.link.entry or "")
    return f"ctd-actor-{_slug(entry.id).replace('_', '-')}" if entry is not None else ""


@lru_cache(maxsize=4096)
def _entry(entry_id: str) -> Entry | None:
    return find_entry(entry_id) if entry_id else None


def _iso2(iso3: str | None) -> str:
    country = countries_by_iso3().get(iso3 or "")
    return country.iso2.lower() if country else ""


def _slug(text: str) -> str:
    """Return a name as FollowTheMoney wants datasets named: lower case, digits, `_` between words."""
    return "_".join(re.findall(r"[a-z0-9]+", text.lower()))


@cache
def _properties() -> Mapping[str, Mapping[str, _Property]]:
    found: dict[str, dict[str, _Property]] = {}
    for schema, name, kind, required, allowed in load_table("contested.export", "ftm_properties.tsv", _COLUMNS):
        found.setdefault(schema, {})[name] = _Property(kind, required == "yes", values(allowed))
    return found


def _check_statement(number: int, row: Row, known: _Property) -> Iterator[Problem]:
    value = row["value"]
    if row["prop_type"] != known.type:
        yield Problem(number, "prop_type", row["prop_type"], f"{row['schema']}:{row['prop']} is a {known.type}")
    if known.type == "date" and not _DATE.fullmatch(value):
        yield Problem(number, "value", value, "a date is a year, a month or a day, ISO")
    if known.type == "country" and value not in _countries():
        yield Problem(number, "value", value, "a country is an ISO 3166 alpha-2 code in lower case")
    if known.type == "url" and not value.startswith(("http://", "https://")):
        yield Problem(number, "value", value, "an address starts with http:// or https://")
    if row["lang"] and known.type not in _TEXTUAL:
        yield Problem(number, "lang", row["lang"], f"a {known.type} has no language")
    if not _SLUG.fullmatch(row["dataset"]):
        yield Problem(number, "dataset", row["dataset"], "lower case letters and digits with _ between")
    made = statement_id(row["dataset"], row["entity_id"], row["prop"], value, row["lang"])
    if row["id"] != made:
        yield Problem(number, "id", row["id"], f"made from dataset, entity, property and value: {made}")


@cache
def _countries() -> frozenset[str]:
    return frozenset(country.iso2.lower() for country in countries_by_iso3().values() if country.iso2)
