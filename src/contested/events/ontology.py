"""The kinds of events: family, definition, roles, and which outcomes exclude each other (`ontology.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from contested.errors import ResourceError
from contested.types import EventType, Role

_WHERE = "contested.events/ontology.toml"


class Family(StrEnum):
    """The four families of event types."""

    VIOLENCE = "violence"
    GROUND = "ground"
    HUMANITARIAN = "humanitarian"
    POLITICAL = "political"


@dataclass(frozen=True, slots=True)
class TypeDefinition:
    """What an event type means and what may be said of it.

    `roles`: what an event of this type can take; `expects`: the roles whose absence is a gap; `violent`: force against
    people is part of the meaning; `mutual`: all parties may stand as doers.
    """

    type: EventType
    family: Family
    definition: str
    roles: frozenset[Role]
    expects: tuple[Role, ...]
    violent: bool
    mutual: bool

    @property
    def counts(self) -> frozenset[Role]:
        """The numbers that an event of this type can carry."""
        return _counts_among(self.roles)


@cache  # asked for every event of every report
def _counts_among(roles: frozenset[Role]) -> frozenset[Role]:
    return frozenset(role for role in roles if role.is_count)


@cache
def ontology() -> Mapping[EventType, TypeDefinition]:
    """Return the definition of every event type.

    Raises:
        ResourceError: when the table misses a type, names an unknown one, or expects a role that the type cannot take.
    """
    rows = _table()["type"]
    unknown = set(rows) - {event_type.value for event_type in EventType}
    missing = {event_type.value for event_type in EventType} - set(rows)
    if unknown or missing:
        raise ResourceError(f"{_WHERE}: types unknown {sorted(unknown)}, types missing {sorted(missing)}")
    return {EventType(name): _definition(EventType(name), row) for name, row in rows.items()}


def opposes(a: EventType, b: EventType) -> str | None:
    """Return why an event of type `a` and one of type `b` cannot both hold of one place or thing at one time, or None.

    >>> opposes(EventType.REPEL, EventType.TAKE_CONTROL)
    'a place cannot be taken by an attack that was driven back'
    >>> opposes(EventType.AIRSTRIKE, EventType.SHELLING) is None
    True
    """
    return _oppositions().get(frozenset({a, b}))


@cache
def _oppositions() -> Mapping[frozenset[EventType], str]:
    found: dict[frozenset[EventType], str] = {}
    for row in _table()["opposition"]:
        pair = frozenset({EventType(row["a"]), EventType(row["b"])})
        if len(pair) < 2 or pair in found:
            raise ResourceError(f"{_WHERE}: an opposition needs two types and stands once, got {row['a']}, {row['b']}")
        found[pair] = row["why"]
    return found


@cache
def filling_rules() -> Mapping[str, tuple[str, ...]]:
    """Return, by field, the rules that fill a value in instead of reading it."""
    return {name: tuple(rules) for name, rules in _table()["filled"].items()}


@cache
def _table() -> dict[str, Any]:
    table = tomllib.loads(files("contested.events").joinpath("ontology.toml").read_text(encoding="utf-8"))
    if table.get("schema") != 1:
        raise ResourceError(f"{_WHERE}: expected schema = 1, found {table.get('schema')!r}")
    return table


def _definition(event_type: EventType, row: Mapping[str, Any]) -> TypeDefinition:
    roles = frozenset(map(Role, row["roles"]))
    expects = tuple(map(Role, row["expects"]))
    if not set(expects) <= roles:
        raise ResourceError(f"{_WHERE}, {event_type.value}: expects a role that it cannot take")
    return TypeDefinition(
        event_type, Family(row["family"]), row["definition"], roles, expects, bool(row["violent"]), bool(row["mutual"])
    )
