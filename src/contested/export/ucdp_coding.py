"""What UCDP's codebook makes of an incident: type of violence, the two sides, and whose deaths are counted where.

Source: UCDP GED codebook, definition of an event, types of violence, sides, deaths.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from contested.actors.register import EntryClass, find_entry
from contested.events.codebooks import ucdp_reasons
from contested.export.countries import country_codes
from contested.export.numbers import Chosen
from contested.export.sides import ARMED, STATE, Sides, key, told_as_fact
from contested.export.view import Case
from contested.incidents.populations import is_part
from contested.resources.countries import countries_by_iso3
from contested.types import ActorKind, ActorLink, EventType, Role

CIVILIANS = "Civilians"
_NAMELESS = frozenset({ActorKind.GUNMEN, ActorKind.CRIMINAL})
# Who dies where two sides fight is not for that the victim of the one that is named.
_BETWEEN_SIDES = frozenset(
    {EventType.BATTLE, EventType.TAKE_CONTROL, EventType.ADVANCE, EventType.REPEL, EventType.WITHDRAW, EventType.SIEGE}
)
_STATE_PEOPLE, _GROUP_PEOPLE = ("soldiers", "police"), ("fighters",)


class Violence(IntEnum):
    """UCDP's three types of violence."""

    STATE_BASED = 1
    NON_STATE = 2
    ONE_SIDED = 3


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a dyad: its name, whether it is a government, and Gleditsch and Ward's number of it ("" for none)."""

    name: str
    is_state: bool = False
    number: str = ""


@dataclass(frozen=True, slots=True)
class Dyad:
    """Who fights whom, or the reason in `why` why this is no event to UCDP."""

    violence: Violence | None
    a: Side
    b: Side
    why: str = ""


@dataclass(frozen=True, slots=True)
class Deaths:
    """The dead by side; their sum is `best`. All None when no rule makes one number of several."""

    a: int | None
    b: int | None
    civilians: int | None
    unknown: int | None
    best: int | None


_NOBODY = Side("")


def dyad_of(case: Case, sides: Sides) -> Dyad:
    """Return the dyad of an incident. A government is side a; in one-sided violence side b is the civilians."""
    accounts = told_as_fact(case)
    if not accounts:
        return Dyad(None, _NOBODY, _NOBODY, "nobody says that it happened: it is denied, planned or feared")
    reasons = [ucdp_reasons()[t] for t in dict.fromkeys(a.type for a in accounts)]
    if not any(yes for yes, _ in reasons):
        return Dyad(None, _NOBODY, _NOBODY, reasons[0][1])
    doer = _first_side(sides.doers)
    if doer is None:
        return Dyad(None, _NOBODY, _NOBODY, "no doer that can be identified")
    opposite = _first_side([t for t in (*sides.opponents, *sides.armed_targets) if key(t) != key(sides.doers[0])])
    if opposite is not None and opposite.name != doer.name:
        first, second = (opposite, doer) if opposite.is_state and not doer.is_state else (doer, opposite)
        return Dyad(Violence.STATE_BASED if first.is_state else Violence.NON_STATE, first, second)
    if sides.hits_armed:
        return Dyad(None, _NOBODY, _NOBODY, "no opponent that can be identified")
    killed = any(t.role is Role.KILLED for a in accounts for t in a.tolls)
    if killed and all(a.type in _BETWEEN_SIDES for a in accounts) and not sides.targets_unarmed:
        return Dyad(
            None, _NOBODY, _NOBODY, "no opponent that can be identified; killed in fighting, nobody says by whom"
        )
    if sides.hits_civilians or killed:
        return Dyad(Violence.ONE_SIDED, doer, Side(CIVILIANS))
    return Dyad(None, _NOBODY, _NOBODY, "nobody says who was hit")


def deaths_of(chosen: Chosen, dyad: Dyad) -> Deaths:
    """Return the dead by side, of the statement whose number was taken: whom its words count decides."""
    if chosen.value is None or chosen.statement is None:
        return Deaths(None, None, None, None, None)
    counted = [0, 0, 0, 0]  # a, b, civilians, unknown
    for figure in chosen.statement.figures:
        number = figure.amount.low if figure.amount.low is not None else figure.amount.high
        counted[_column(figure.people, dyad)] += round(number or 0)
    counted[3] += chosen.value - sum(counted)  # a statement's own number is the sum of its parts
    return Deaths(counted[0], counted[1], counted[2], counted[3], chosen.value)


def _column(people: str, dyad: Dyad) -> int:
    if is_part(people, "civilians") or (dyad.violence is Violence.ONE_SIDED and not _is_armed(people)):
        return 2
    for column, side in enumerate((dyad.a, dyad.b)):
        other = (dyad.b, dyad.a)[column]
        ours = _STATE_PEOPLE if side.is_state else _GROUP_PEOPLE
        if any(is_part(people, one) for one in ours) and side.is_state != other.is_state and side.name != CIVILIANS:
            return column
    return 3


def _is_armed(people: str) -> bool:
    return any(is_part(people, armed) for armed in (*_STATE_PEOPLE, *_GROUP_PEOPLE))


def _first_side(links: Sequence[ActorLink]) -> Side | None:
    """Return the side of the first actor that is organised and known by name."""
    return next((side for side in map(_side, links) if side is not None), None)


def _side(link: ActorLink) -> Side | None:
    entry = find_entry(link.entry) if link.entry else None
    country = countries_by_iso3().get(link.country or "")
    of_state = entry is not None and entry.entry_class in (EntryClass.STATE, EntryClass.ORGAN)
    if country is not None and link.kind in STATE and (of_state or entry is None):
        return Side(f"Government of {country.name}", True, country_codes()[country.iso3].gleditsch_ward)
    if link.kind in _NAMELESS or link.kind not in ARMED or entry is None:
        return None
    return Side(entry.name)
