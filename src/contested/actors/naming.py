"""How ACLED's style would name an actor, and which of its eight actor types it would be."""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from functools import cache

from contested.actors.register import Entry, EntryClass, find_entry, read_day, read_end
from contested.resources.countries import countries_by_iso3
from contested.resources.tables import load_table
from contested.types import ActorKind, ActorLink

_COLUMNS = ("iso3", "since", "until")
_STATE_STYLE = {
    ActorKind.MILITARY: "Military Forces of",
    ActorKind.POLICE: "Police Forces of",
    ActorKind.GOVERNMENT: "Government of",
}
_GENERIC_STYLE = {
    ActorKind.CIVILIANS: "Civilians",
    ActorKind.PROTESTERS: "Protesters",
    ActorKind.GUNMEN: "Unidentified Armed Group",
    ActorKind.CRIMINAL: "Unidentified Gang",
    ActorKind.REBEL: "Opposition Rebels",
    ActorKind.MILITIA: "Unidentified Armed Group",
}


class ActorType(IntEnum):
    """ACLED's types of actor (inter codes)."""

    STATE_FORCES = 1
    REBEL_GROUP = 2
    POLITICAL_MILITIA = 3
    IDENTITY_MILITIA = 4
    RIOTERS = 5
    PROTESTERS = 6
    CIVILIANS = 7
    EXTERNAL_OR_OTHER_FORCES = 8


def acled_name(link: ActorLink, day: date | None) -> str:
    """Return the actor's name in ACLED's style: `Military Forces of Syria (2000-2024)`, `Civilians (Syria)`.

    A state's name carries the years of its government on that day (`governments.tsv`); where they are not known the
    name has none. A group bears the name the register gives for it.

    Known failures: the years follow changes of leadership as this project knows them; the codebook's own list is the
    authority and may cut them elsewhere.
    """
    entry = find_entry(link.entry) if link.entry else None
    country = countries_by_iso3().get(link.country or "")
    if entry is not None and entry.entry_class in (EntryClass.STATE, EntryClass.ORGAN) and country is not None:
        style = _STATE_STYLE.get(link.kind)
        if style is not None:
            return f"{style} {country.name}{_years(country.iso3, day)}"
    if entry is not None:
        return entry.acled_name or entry.name
    if link.kind in _GENERIC_STYLE and link.rule in ("description", "people-of-country", "people-counted"):
        return _GENERIC_STYLE[link.kind] + (f" ({country.name})" if country else "")
    return link.name


def acled_type(link: ActorLink, event_country: str | None) -> ActorType:
    """Return ACLED's type of an actor in a country: a state's forces abroad are external forces.

    Known failures: identity militias are those the register marks so by their PLOVER sector; a militia that reports
    only describe counts as political.
    """
    entry = find_entry(link.entry) if link.entry else None
    if link.kind in (ActorKind.MILITARY, ActorKind.POLICE, ActorKind.GOVERNMENT):
        abroad = link.country is None or (event_country is not None and link.country != event_country)
        return ActorType.EXTERNAL_OR_OTHER_FORCES if abroad else ActorType.STATE_FORCES
    if link.kind is ActorKind.MILITIA and entry is not None and entry.plover_sector == "SOC":
        return ActorType.IDENTITY_MILITIA
    return _TYPES.get(link.kind, ActorType.CIVILIANS)


_TYPES = {
    ActorKind.REBEL: ActorType.REBEL_GROUP,
    ActorKind.MILITIA: ActorType.POLITICAL_MILITIA,
    ActorKind.CRIMINAL: ActorType.POLITICAL_MILITIA,
    ActorKind.GUNMEN: ActorType.POLITICAL_MILITIA,
    ActorKind.PROTESTERS: ActorType.PROTESTERS,
    ActorKind.IGO: ActorType.EXTERNAL_OR_OTHER_FORCES,
}


@cache
def _governments() -> dict[str, list[tuple[date | None, date | None]]]:
    by_country: dict[str, list[tuple[date | None, date | None]]] = {}
    for iso3, since, until in load_table("contested.actors", "governments.tsv", _COLUMNS):
        where = f"governments.tsv, {iso3}"
        by_country.setdefault(iso3, []).append((read_day(since, where), read_end(until, where)))
    return by_country


def _years(iso3: str, day: date | None) -> str:
    for since, until in reversed(_governments().get(iso3, [])):
        if since is None:
            continue
        if day is None or (since <= day and (until is None or day < until)):
            return f" ({since.year}-{until.year if until else ''})"
    return ""


def describe(entry: Entry) -> str:
    """Return an entry's facts in one line: kind, country, years."""
    years = f"{entry.since.year if entry.since else ''}-{entry.until.year if entry.until else ''}".strip("-")
    facts = [entry.kind.value, ", ".join(entry.countries), entry.office, years if entry.since or entry.until else ""]
    return "; ".join(fact for fact in facts if fact)
