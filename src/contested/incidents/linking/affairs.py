"""Which types of events can tell of one affair (`affairs.toml`)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from contested.errors import ResourceError
from contested.types import EventType

_PACKAGE, _FILE = "contested.incidents.linking", "affairs.toml"
_WHERE = f"{_PACKAGE}/{_FILE}"


@cache
def affairs_of(event_type: EventType) -> tuple[str, ...]:
    """Return the names of the affairs that an event type may belong to; its own name when it is in none.

    >>> affairs_of(EventType.ATTACK)
    ('strike', 'ground', 'custody', 'unrest')
    >>> affairs_of(EventType.SANCTION)
    ('sanction',)
    """
    found = tuple(name for name, types in _affairs() if event_type in types)
    return found or (event_type.value,)


@cache
def is_vague(event_type: EventType) -> bool:
    """Return whether a type says too little about the means to contradict another of its affair."""
    return any(event_type.value in row["types"] for row in _table()["vague"])


@cache
def is_rare(event_type: EventType) -> bool:
    """Return whether there are so few events of a type that its name alone says much."""
    return any(event_type.value in row["types"] for row in _table()["rare"])


@cache
def are_kin(a: EventType, b: EventType) -> bool:
    """Return whether reports of one strike may name either of two means."""
    return any(a.value in row["types"] and b.value in row["types"] for row in _table()["kin"])


@cache
def _affairs() -> tuple[tuple[str, frozenset[EventType]], ...]:
    return tuple((str(row["name"]), frozenset(map(EventType, row["types"]))) for row in _table()["affair"])


@cache
def _table() -> dict[str, list[dict[str, list[str]]]]:
    table = tomllib.loads(files(_PACKAGE).joinpath(_FILE).read_text(encoding="utf-8"))
    if table.get("schema") != 1:
        raise ResourceError(f"{_WHERE}: expected schema = 1, found {table.get('schema')!r}")
    return table
