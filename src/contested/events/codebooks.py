"""What the codebooks of ACLED and UCDP make of our types (`acled.tsv`, `acled_sub_events.tsv`, `ucdp.tsv`)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from contested.errors import ResourceError
from contested.resources.rules import load_rules
from contested.resources.tables import load_table, values
from contested.types import EventType

_ROOM = "contested.events"


class Circumstance(StrEnum):
    """What else is told of an event, where the codebook's answer depends on it."""

    CIVILIANS_TARGETED = "civilians targeted"
    ARMED_TARGETED = "armed targeted"
    PROTESTERS_TARGETED = "protesters targeted"
    PROTESTERS_TAKE_PART = "protesters take part"
    PEOPLE_HARMED = "people harmed"
    FORCE_MET = "force met"
    FOUGHT = "fought"
    BY_STATE = "by state"
    BY_FOREIGN_STATE = "by foreign state"
    BY_NON_STATE = "by non-state"
    BY_ARMED = "by armed"
    GRENADE = "grenade"
    MOLOTOV = "molotov"
    SEXUAL = "sexual"


@dataclass(frozen=True, slots=True)
class SubEvent:
    """One of ACLED's sub-event types; a lower `rank` is coded before a higher one."""

    rank: int
    event_type: str
    sub_event_type: str
    disorder_type: str


@dataclass(frozen=True, slots=True)
class AcledCode:
    """What one of our types becomes, and why. `sub_event` None: it is not coded."""

    sub_event: SubEvent | None
    why: str


@dataclass(frozen=True, slots=True)
class _Row:
    circumstances: frozenset[Circumstance]
    code: AcledCode


@cache
def acled_sub_events() -> Mapping[str, SubEvent]:
    """Return ACLED's 25 sub-event types by name, the highest of the hierarchy first."""
    rows = load_table(_ROOM, "acled_sub_events.tsv", ("rank", "event_type", "sub_event_type", "disorder_type"))
    return {row[2]: SubEvent(int(row[0]), row[1], row[2], row[3]) for row in rows}


def acled_code(event_type: EventType, circumstances: Collection[Circumstance]) -> AcledCode:
    """Return what ACLED's codebook makes of an event of a type under circumstances.

    >>> acled_code(EventType.TAKE_CONTROL, {Circumstance.BY_STATE, Circumstance.FOUGHT}).sub_event.sub_event_type
    'Government regains territory'
    >>> acled_code(EventType.TALKS, ()).sub_event is None
    True
    """
    return next(row.code for row in _acled_rows()[event_type] if row.circumstances <= set(circumstances))


@cache
def _acled_rows() -> Mapping[EventType, tuple[_Row, ...]]:
    columns = ("type", "circumstances", "event_type", "sub_event_type", "why")
    found: dict[EventType, list[_Row]] = {}
    for kind, circumstances, event_type, name, why in load_table(_ROOM, "acled.tsv", columns):
        sub_event = acled_sub_events()[name] if name else None
        if (sub_event.event_type if sub_event else "") != event_type:
            raise ResourceError(f"acled.tsv, {kind}: {name!r} is no sub-event type of {event_type!r}")
        row = _Row(frozenset(map(Circumstance, values(circumstances))), AcledCode(sub_event, why))
        found.setdefault(EventType(kind), []).append(row)
    for event_type in EventType:
        rows = found.get(event_type, [])
        if not rows or rows[-1].circumstances:
            raise ResourceError(f"acled.tsv, {event_type.value}: the last row must hold in all circumstances")
    return {event_type: tuple(rows) for event_type, rows in found.items()}


def circumstances_in(words: str) -> frozenset[Circumstance]:
    """Return the circumstances that words for means name: a grenade, a petrol bomb, sexual violence."""
    named = (rule.name for rule in load_rules(_ROOM, "acled_words.toml") if rule.pattern.search(words))
    return frozenset(Circumstance(name) for name in named if name != _LASTING)


_LASTING = "lasting"


def says_lasting(words: str) -> bool:
    """Return whether words for a time say that something went on for all of it: "for five days".

    >>> says_lasting("for five days"), says_lasting("last week")
    (True, False)
    """
    patterns = [rule.pattern for rule in load_rules(_ROOM, "acled_words.toml") if rule.name == _LASTING]
    return any(re.search(pattern, words) for pattern in patterns)


@cache
def ucdp_reasons() -> Mapping[EventType, tuple[bool, str]]:
    """Return, for each type, whether it can be an event of organised violence to UCDP when it kills, and why."""
    rows = load_table(_ROOM, "ucdp.tsv", ("type", "organised_violence", "why"))
    found = {EventType(kind): (yes == "yes", why) for kind, yes, why in rows}
    missing = set(EventType) - set(found)
    if missing:
        raise ResourceError(f"ucdp.tsv: types missing: {sorted(missing)}")
    return found
