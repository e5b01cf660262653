"""Loads `outcomes.toml`: when opposed outcomes are a dispute, and which event types say the same in other words."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

from contested.errors import ResourceError
from contested.events import opposes
from contested.types import EventType

_FILE = "outcomes.toml"


class ActorFit(StrEnum):
    """How the people of two opposed events must fit."""

    DOER_TARGET = "doer-target"
    SAME_DOER = "same-doer"
    OTHER_DOER = "other-doer"
    ANY = "any"


class PlaceFit(StrEnum):
    """How the places of two opposed events must fit."""

    SAME = "same"
    FIT = "fit"


@dataclass(frozen=True, slots=True)
class Opposition:
    """Two sets of event types that exclude each other, and when two voices that tell of them are in dispute."""

    name: str
    a: frozenset[EventType]
    b: frozenset[EventType]
    actors: ActorFit
    place: PlaceFit
    named: bool


@cache
def load_oppositions() -> tuple[Opposition, ...]:
    """Return the oppositions in file order.

    Raises:
        ResourceError: when the file is malformed, or names types that do not exclude each other (`events.opposes`).
    """
    try:
        found = tuple(
            Opposition(
                name=row["name"],
                a=frozenset(map(EventType, row["a"])),
                b=frozenset(map(EventType, row["b"])),
                actors=ActorFit(row["actors"]),
                place=PlaceFit(row["place"]),
                named=bool(row["named"]),
            )
            for row in _tables()["opposition"]
        )
    except (KeyError, ValueError, TypeError) as error:
        raise ResourceError(f"claims/{_FILE}: an [[opposition]] is incomplete or unknown: {error}") from error
    for opposition in found:
        for a, b in product(opposition.a, opposition.b):
            if opposes(a, b) is None:
                raise ResourceError(f"claims/{_FILE}: {a.value} and {b.value} do not exclude each other")
    return found


@cache
def oppositions_of() -> dict[tuple[EventType, EventType], tuple[Opposition, ...]]:
    """Return the oppositions, in file order, by the types of the two events."""
    table: dict[tuple[EventType, EventType], tuple[Opposition, ...]] = {}
    for opposition in load_oppositions():
        for types in product(opposition.a, opposition.b):
            table[types] = (*table.get(types, ()), opposition)
    return table


@cache
def load_alike() -> tuple[frozenset[EventType], ...]:
    """Return the sets of event types that tell of the same thing in other words.

    Raises:
        ResourceError: when the file is malformed or names an unknown type.
    """
    try:
        return tuple(frozenset(map(EventType, row["types"])) for row in _tables()["alike"])
    except (KeyError, ValueError, TypeError) as error:
        raise ResourceError(f"claims/{_FILE}: an [[alike]] is incomplete or unknown: {error}") from error


@cache
def load_blameworthy() -> frozenset[EventType]:
    """Return the event types that one side lays at another's door.

    Raises:
        ResourceError: when the file is malformed or names an unknown type.
    """
    try:
        return frozenset(map(EventType, _tables()["blame"]["types"]))
    except (KeyError, ValueError, TypeError) as error:
        raise ResourceError(f"claims/{_FILE}: [blame] is incomplete or unknown: {error}") from error


def are_alike(a: EventType, b: EventType) -> bool:
    """Return whether a denial of one type may answer a claim of the other."""
    return a is b or any(a in types and b in types for types in load_alike())


def is_gain(event_type: EventType) -> bool:
    """Return whether a type takes something from those whom it is done to: it can be driven back."""
    return any(o.actors is ActorFit.DOER_TARGET and event_type in o.a for o in load_oppositions())


@cache
def _tables() -> dict[str, Any]:
    try:
        tables = tomllib.loads(files("contested.claims").joinpath(_FILE).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ResourceError(f"claims/{_FILE} cannot be read: {error}") from error
    if tables.get("schema") != 1:
        raise ResourceError(f"claims/{_FILE}: expected schema = 1, found {tables.get('schema')!r}")
    return tables
