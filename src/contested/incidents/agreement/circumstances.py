"""Doer, place and time of one incident, each compared once for two reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, product

from contested import places, times
from contested.claims.opposition import load_blameworthy
from contested.incidents.account import Account
from contested.incidents.agreement.relations import ConflictKind, FieldRelation, Standing
from contested.incidents.agreement.statements import first_side
from contested.incidents.linking.affairs import affairs_of
from contested.incidents.sides import ARMED, one_side, relate_actors
from contested.types import ActorKind, ActorLink, Agreement, PlaceLevel, PlaceLink, Relation, Status

_STANDINGS = {
    Relation.SAME: Standing.SAME,
    Relation.COMPATIBLE: Standing.COMPATIBLE,
    Relation.CONFLICT: Standing.CONFLICT,
    Relation.UNKNOWN: Standing.UNKNOWN,
}
# Days apart up to which two reports may mean one night, or count from two time zones.
NIGHT_DAYS = 1
_AREAS = frozenset({PlaceLevel.COUNTRY, PlaceLevel.REGION, PlaceLevel.ADM1, PlaceLevel.ADM2, PlaceLevel.WATER})


def relate_circumstances(accounts: Sequence[Account]) -> Iterator[FieldRelation]:
    """Yield doer, place and time, each once for two reports."""
    by_document: dict[str, list[Account]] = {}
    for account in accounts:
        by_document.setdefault(account.document, []).append(account)
    for ours, theirs in combinations(by_document.values(), 2):
        for relate_pair in (_doers, _places, _times):
            found = [r for a, b in product(ours, theirs) if (r := relate_pair(a, b)) is not None]
            relation = _best(found)
            if relation is None:
                continue
            is_plain = _one_blamed(ours, theirs) if relation.field == "doer" else len(ours) == len(theirs) == 1
            yield relation if is_plain or relation.standing is not Standing.CONFLICT else _unsure(relation)


def _one_blamed(ours: Sequence[Account], theirs: Sequence[Account]) -> bool:
    """Whether each of two reports lays the incident at the door of one side, in whatever words and places."""
    for told in (ours, theirs):
        blamed = [d for a in told for d in a.doers if a.type in load_blameworthy()]
        if not all(one_side(blamed[0], d) for d in blamed):
            return False
    return True


def _unsure(relation: FieldRelation) -> FieldRelation:
    why = f"{relation.why} A report tells of it in several places, not all of one mind."
    return replace(relation, standing=Standing.UNKNOWN, kind=ConflictKind.NONE, why=why)


# Of several accounts of one report the two that fit best are compared: an offensive has many places and days.
_FITTING = (Standing.SAME, Standing.COMPATIBLE, Standing.CONFLICT, Standing.UNKNOWN)


def _best(found: Sequence[FieldRelation]) -> FieldRelation | None:
    return min(found, key=lambda r: _FITTING.index(r.standing)) if found else None


def _doers(a: Account, b: Account) -> FieldRelation | None:
    if not a.doers or not b.doers:
        return None
    level = relate_actors(a.doers, b.doers)
    names = [", ".join(dict.fromkeys(d.name for d in x.doers)) for x in (a, b)]
    if level == "differ" and _is_attributed(a) and _is_attributed(b) and not _sides_meet(a.doers, b.doers):
        standing, kind = Standing.CONFLICT, ConflictKind.PERPETRATOR
        why = f"One names {names[0]}, the other {names[1]}."
    else:
        found = {"same": Standing.SAME, "compatible": Standing.COMPATIBLE}
        standing, kind = found.get(level, Standing.UNKNOWN), ConflictKind.NONE
        why = f"{names[0]}; {names[1]}: " + ("not known to be one." if level in ("differ", "unknown") else f"{level}.")
    return FieldRelation(
        "doer", first_side(a, names[0]), first_side(b, names[1]), standing, why, kind, "actors.compare"
    )


def _is_attributed(account: Account) -> bool:
    """Whether an account lays an act of violence at the door of one armed side, known by name.

    In a fight both sides do it, and a report that names several doers is read too unsurely to contradict another.
    """
    return (
        account.type in load_blameworthy()
        and "ground" not in affairs_of(account.type)
        and account.status is Status.ACTUAL
        and all(d.kind in ARMED and d.kind is not ActorKind.GUNMEN and d.entry is not None for d in account.doers)
        and all(one_side(account.doers[0], d) for d in account.doers)
    )


def _sides_meet(ours: Sequence[ActorLink], theirs: Sequence[ActorLink]) -> bool:
    return any(one_side(a, b) for a, b in product(ours, theirs))


def _places(a: Account, b: Account) -> FieldRelation | None:
    if not a.places or not b.places:
        return None
    found = [(places.compare(p, q), p, q) for p, q in product(a.places, b.places)]
    agreement, p, q = min(found, key=lambda f: _FITTING.index(_STANDINGS[f[0].relation]))
    if agreement.relation is Relation.CONFLICT and not (len(found) == 1 and _is_spot(p) and _is_spot(q)):
        agreement = Agreement(Relation.UNKNOWN, f"{agreement.reason} Both are read too unsurely to contradict.")
    if agreement.relation is Relation.CONFLICT and (_is_around(p, q) or _is_around(q, p)):
        agreement = Agreement(Relation.COMPATIBLE, f"{p.name} and {q.name}: one name stands for its province too.")
    return _resolved("place", ConflictKind.PLACE, agreement, (a, p.name), (b, q.name))


def _is_spot(place: PlaceLink) -> bool:
    """Whether a place is a point that the table knows: of areas, and of places put beside others, little follows."""
    return place.level not in _AREAS and place.chosen is not None and not place.relation


def _is_around(city: PlaceLink, place: PlaceLink) -> bool:
    chosen = place.chosen
    return chosen is not None and (chosen.admin1 or "").casefold() == city.name.casefold()


def _times(a: Account, b: Account) -> FieldRelation | None:
    if a.when is None or b.when is None:
        return None
    agreement = times.compare(a.when, b.when)
    if agreement.relation is Relation.CONFLICT and not (_is_one_day(a) and _is_one_day(b)):
        agreement = Agreement(Relation.UNKNOWN, f"{agreement.reason} Stretches of days are told loosely.")
    if agreement.relation is Relation.CONFLICT and _gap_days(a, b) <= NIGHT_DAYS:
        agreement = Agreement(Relation.COMPATIBLE, f"{agreement.reason} A night or a time zone can lie between.")
    return _resolved("time", ConflictKind.TIME, agreement, (a, a.when.value), (b, b.when.value))


def _is_one_day(account: Account) -> bool:
    return (
        account.when is not None and account.when.earliest is not None and account.when.earliest == account.when.latest
    )


def _gap_days(a: Account, b: Account) -> int:
    ends = [(w.earliest or w.latest, w.latest or w.earliest) for w in (a.when, b.when) if w is not None]
    (first_a, last_a), (first_b, last_b) = ends
    if first_a is None or first_b is None or last_a is None or last_b is None:
        return 0
    return max((first_a - last_b).days, (first_b - last_a).days)


def _resolved(
    field: str, kind: ConflictKind, agreement: Agreement, a: tuple[Account, str], b: tuple[Account, str]
) -> FieldRelation:
    standing = _STANDINGS[agreement.relation]
    why = f"{agreement.reason[:1].upper()}{agreement.reason[1:].rstrip('.')}."
    given = kind if standing is Standing.CONFLICT else ConflictKind.NONE
    return FieldRelation(field, first_side(*a), first_side(*b), standing, why, given, f"{field}s.compare")
