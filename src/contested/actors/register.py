"""The register: who exists, under which names, of what kind and country, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from contested.errors import ResourceError
from contested.resources.countries import Country, Standing, countries_by_iso3, load_countries
from contested.resources.tables import load_table, values
from contested.types import ActorKind

_PACKAGE = "contested.actors"
_ENTRY_COLUMNS = (
    "id",
    "name",
    "aliases",
    "kind",
    "countries",
    "since",
    "until",
    "parent",
    "former",
    "plover_sector",
    "acled_name",
    "notes",
)
_REGISTERS = ("groups.tsv", "organisations.tsv")  # each sorted by id; columns as in README.md
_PERSON_COLUMNS = ("id", "name", "aliases", "kind", "countries", "office", "since", "until", "organisation")
_ORGAN_COLUMNS = ("organ", "kind", "plover_sector", "parent", "name", "phrases")
_FORCE_COLUMNS = ("iso3", "organ", "name", "aliases", "kind", "since", "until", "main")


class EntryClass(StrEnum):
    """What sort of register row an entry comes from."""

    GROUP = "group"
    ORGANISATION = "organisation"
    STATE = "state"
    ORGAN = "organ"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Entry:
    """One actor of the register.

    `countries`: home first; empty for one that belongs to none. `since`, `until`: first day it existed under this
    name, first day it no longer did; None when open or not known. `organ` is set on organs of a state,
    `office` and `organisation` (an entry's id) on persons.
    """

    id: str
    name: str
    entry_class: EntryClass
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    parent: str = ""
    former: tuple[str, ...] = ()
    plover_sector: str = ""
    acled_name: str = ""
    notes: str = ""
    organ: str = ""
    office: str = ""

    @property
    def country(self) -> str | None:
        """The ISO3 code of its home, None when it has none."""
        return self.countries[0] if self.countries else None

    def exists_on(self, day: date | None) -> bool:
        """Return whether it existed under this name on `day`; an unknown day excludes nothing."""
        if day is None:
            return True
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Organ:
    """An organ that every state has or may have: how it is spoken of, and named where no row names it better."""

    id: str
    kind: ActorKind
    plover_sector: str
    parent: str
    template: str
    phrases: tuple[str, ...]


def read_day(field: str, where: str) -> date | None:
    """Return the first day of `2014`, `2014-06` or `2014-06-29`, when something began; None for "".

    Raises:
        ResourceError: when the field is of another form.
    """
    if not field:
        return None
    try:
        year, month, day = [*map(int, field.split("-")), 1, 1][:3]
        return date(year, month, day)
    except (ValueError, TypeError) as error:
        raise ResourceError(f"{where}: expected a year, month or day such as 2014-06, found {field!r}") from error


def read_end(field: str, where: str) -> date | None:
    """Return the first day on which something was over: after the whole of a year, in the month or on the day given.

    Raises:
        ResourceError: as `read_day`.
    """
    day = read_day(field, where)
    return day.replace(year=day.year + 1) if day is not None and len(field) == len("2014") else day


@cache
def organs() -> dict[str, Organ]:
    """Return the organs of a state by id."""
    return {
        row[0]: Organ(row[0], ActorKind(row[1]), row[2], row[3], row[4], values(row[5]))
        for row in load_table(_PACKAGE, "organs.tsv", _ORGAN_COLUMNS)
    }


@cache
def register() -> dict[str, Entry]:
    """Return every entry that has a row of its own, by id: groups, organisations, forces, persons, states.

    Organs that a country has no row for are made by `organ_entry`.

    Raises:
        ResourceError: when two rows share an id.
    """
    entries: dict[str, Entry] = {}
    for entry in (*_groups_and_organisations(), *_forces(), *_persons(), *_states()):
        if entry.id in entries:
            raise ResourceError(f"register: two entries have the id {entry.id!r}")
        entries[entry.id] = entry
    return entries


def organ_entry(iso3: str, organ_id: str, day: date | None, part: Country | None = None) -> Entry:
    """Return an organ of a state on a day: its own row if the register has one, else one made from the template.

    Args:
        iso3: the state.
        organ_id: a row of `organs.tsv`.
        day: when; None takes the newest.
        part: the part of the state whose organ it is (Puntland's police), None for the state's own.
    """
    if part is None:
        for entry in reversed(_main_forces().get((iso3, organ_id), ())):
            if entry.exists_on(day):
                return entry
    organ = organs()[organ_id]
    country = part or countries_by_iso3()[iso3]
    owner = f"{iso3}:{slug(part.name)}" if part else iso3
    return Entry(
        id=f"{owner}:{organ_id}",
        name=organ.template.format(the_country=_with_article(country), adj=adjective(country)),
        entry_class=EntryClass.ORGAN,
        kind=organ.kind,
        countries=(iso3,),
        parent=f"{owner}:{organ.parent}" if organ.parent else "",
        plover_sector=organ.plover_sector,
        organ=organ_id,
    )


def find_entry(entry_id: str) -> Entry | None:
    """Return the entry with an id, None if there is none. A state's organ without a row is made from its template."""
    known = register().get(entry_id)
    if known is not None:
        return known
    iso3, _, organ_id = entry_id.partition(":")
    part_name, _, of_part = organ_id.partition(":")
    if iso3 not in countries_by_iso3():
        return None
    if organ_id in organs():
        return organ_entry(iso3, organ_id, None)
    for country in load_countries():
        if country.iso3 == iso3 and slug(country.name) == part_name and of_part in organs():
            return organ_entry(iso3, of_part, None, country)
    return None


def adjective(country: Country) -> str:
    """Return the adjective that describes what is a country's: Syrian, US, British."""
    if country.iso3 == "USA":
        return "US"  # “American” also names two continents, and desks write “US officials”
    return country.demonyms[0] if country.demonyms else country.name


def slug(name: str) -> str:
    """Return a name as an id: lower case, hyphens between words.

    >>> slug("Jaish al-Islam (Syria)")
    'jaish-al-islam-syria'
    """
    return "-".join("".join(c if c.isalnum() else " " for c in name.replace("'", "").replace("’", "").lower()).split())


def _groups_and_organisations() -> list[Entry]:
    entries = []
    for filename, entry_class in zip(_REGISTERS, (EntryClass.GROUP, EntryClass.ORGANISATION), strict=True):
        for row in load_table(_PACKAGE, filename, _ENTRY_COLUMNS):
            entries.append(
                Entry(
                    id=row[0],
                    name=row[1],
                    entry_class=entry_class,
                    kind=ActorKind(row[3]),
                    aliases=values(row[2]),
                    countries=values(row[4]),
                    since=read_day(row[5], f"{filename}, {row[0]}"),
                    until=read_end(row[6], f"{filename}, {row[0]}"),
                    parent=row[7],
                    former=values(row[8]),
                    plover_sector=row[9],
                    acled_name=row[10],
                    notes=row[11],
                )
            )
    return entries


@cache
def _force_rows() -> tuple[tuple[Entry, bool], ...]:
    rows = []
    for iso3, organ_id, name, aliases, kind, since, until, main in load_table(_PACKAGE, "forces.tsv", _FORCE_COLUMNS):
        organ = organs()[organ_id]
        above = organ.parent if main else organ_id
        parent = f"{iso3}:{above}" if above else ""
        entry = Entry(
            id=f"{iso3}:{organ_id}:{slug(name)}",
            name=name,
            entry_class=EntryClass.ORGAN,
            kind=ActorKind(kind) if kind else organ.kind,
            aliases=values(aliases),
            countries=(iso3,),
            since=read_day(since, f"forces.tsv, {name}"),
            until=read_end(until, f"forces.tsv, {name}"),
            parent=parent,
            plover_sector=organ.plover_sector,
            organ=organ_id,
        )
        rows.append((entry, bool(main)))
    return tuple(rows)


def _forces() -> list[Entry]:
    return [entry for entry, _ in _force_rows()]


@cache
def _main_forces() -> dict[tuple[str, str], list[Entry]]:
    by_organ: dict[tuple[str, str], list[Entry]] = {}
    for entry, main in sorted(_force_rows(), key=lambda row: (row[0].since is not None, row[0].since or date.min)):
        if main:
            by_organ.setdefault((entry.countries[0], entry.organ), []).append(entry)
    return by_organ


def _persons() -> list[Entry]:
    return [
        Entry(
            id=row[0],
            name=row[1],
            entry_class=EntryClass.PERSON,
            kind=ActorKind(row[3]),
            aliases=values(row[2]),
            countries=values(row[4]),
            since=read_day(row[6], f"persons.tsv, {row[0]}"),
            until=read_end(row[7], f"persons.tsv, {row[0]}"),
            parent=row[8],
            plover_sector="GOV" if row[3] == ActorKind.GOVERNMENT else "",
            office=row[5],
        )
        for row in load_table(_PACKAGE, "persons.tsv", _PERSON_COLUMNS)
    ]


def _states() -> list[Entry]:
    """Return one entry a country or part of one: the state as a doer ("Israel", "Moscow")."""
    return [
        Entry(
            id=state_id(country),
            name=country.name,
            entry_class=EntryClass.STATE,
            kind=ActorKind.GOVERNMENT,
            countries=(country.iso3,),
            plover_sector="GOV" if country.standing is not Standing.PART else "PRE",
        )
        for country in load_countries()
    ]


def state_id(country: Country) -> str:
    """Return the register id of a country as a doer: its ISO3 code, with the part's name for a part of a state."""
    return country.iso3 if country.standing is not Standing.PART else f"{country.iso3}:{slug(country.name)}"


# Countries whose names take an article in running English ("Government of the Philippines").
_ARTICLE_COUNTRIES = frozenset(
    {"ARE", "BHS", "CAF", "COD", "COG", "COM", "CZE", "DOM", "GBR", "GMB", "MDV", "MHL", "NLD", "PHL", "SLB", "USA"}
)


def _with_article(country: Country) -> str:
    whole = country.standing is not Standing.PART and country.iso3 in _ARTICLE_COUNTRIES
    return f"the {country.name}" if whole else country.name
