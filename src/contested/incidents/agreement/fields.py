"""Every field of an incident on which reports can agree or contradict each other, one relation for each two reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, product

from contested import places, times
from contested.claims import ASSERTING, STANCE_PARTICIPLES
from contested.claims.opposition import are_alike, load_blameworthy, oppositions_of
from contested.claims.timing import POLITICAL
from contested.events import opposes
from contested.incidents.accounts import Account, Saying, Speaker
from contested.incidents.agreement.relations import ConflictKind, FieldRelation, Side, Standing, leading
from contested.incidents.agreement.tolls import relate_tolls
from contested.incidents.linking.affairs import affairs_of
from contested.incidents.sides import ARMED, STATE, relate_actors
from contested.types import (
    ActorKind,
    ActorLink,
    Agreement,
    EventType,
    PlaceLevel,
    PlaceLink,
    Relation,
    Role,
    Stance,
    Status,
)

_AGAINST = (Stance.DENIES, Stance.DOUBTS)
_COUNTS = tuple(role for role in Role if role.is_count and role not in (Role.FORCE, Role.MUNITIONS))
_STANDINGS = {
    Relation.SAME: Standing.SAME,
    Relation.COMPATIBLE: Standing.COMPATIBLE,
    Relation.CONFLICT: Standing.CONFLICT,
    Relation.UNKNOWN: Standing.UNKNOWN,
}
# Days apart up to which two reports may mean one night, or count from two time zones.
NIGHT_DAYS = 1
# Bits of a link from which two reports surely tell of one incident; below it a difference more likely means that
# they do not. Scores on the tuning half are the same at 0, 1 and 2.
FIRM_BITS = 1.0
_AREAS = frozenset({PlaceLevel.COUNTRY, PlaceLevel.REGION, PlaceLevel.ADM1, PlaceLevel.ADM2, PlaceLevel.WATER})


def relate(
    accounts: Sequence[Account], links: Mapping[frozenset[str], float] | None = None
) -> tuple[FieldRelation, ...]:
    """Return how the reports of one incident stand to each other, field by field.

    Args:
        accounts: those of one incident.
        links: the bits of the links between two accounts, by their ids; all are firmly linked if None.
    """
    found: list[FieldRelation] = []
    for role in _COUNTS:
        found += relate_tolls(accounts, role, links)
    found += _led(_existence(accounts))
    found += _led(_outcomes(accounts))
    found += _led(_disowned(accounts))
    found += _across(accounts)
    if links is None:
        return tuple(found)
    firm = _firm(links, {a.id: a.document for a in accounts})
    return tuple(_weighed(relation, firm) for relation in found)


def _firm(links: Mapping[frozenset[str], float], report: Mapping[str, str]) -> dict[str, str]:
    """Return a name for each group of reports that firm links hold together."""
    group: dict[str, str] = {}
    reports = {frozenset(report[a] for a in pair) for pair, bits in links.items() if bits >= FIRM_BITS}
    for pair in sorted(reports, key=sorted):
        names = {group.get(d, d) for d in pair} | pair
        least = min(names)
        group |= dict.fromkeys(pair, least)
        group |= {d: least for d, name in group.items() if name in names}
    return group


def _weighed(relation: FieldRelation, firm: Mapping[str, str]) -> FieldRelation:
    """Return a difference between reports that are linked by little as not known: it may be of two incidents."""
    a, b = relation.a.document, relation.b.document
    if relation.standing not in (Standing.CONFLICT, Standing.UPDATE) or a == b:
        return relation
    if firm.get(a, a) == firm.get(b, b):
        return relation
    why = f"{relation.why} The reports are linked by little, and may tell of two incidents."
    return replace(relation, standing=Standing.UNKNOWN, kind=ConflictKind.NONE, why=why)


def _led(relations: Iterable[FieldRelation]) -> list[FieldRelation]:
    """Keep one relation for each field and two reports."""
    groups: dict[tuple[str, str, str], list[FieldRelation]] = {}
    for relation in relations:
        one, two = sorted((relation.a.document, relation.b.document))
        groups.setdefault((relation.field, one, two), []).append(relation)
    return [r for group in groups.values() if (r := leading(group)) is not None]


def asserting(account: Account) -> list[Saying]:
    """Return who puts an account forward, named sources first."""
    if account.status is Status.NEGATED:
        return []
    found = [s for s in account.sayings if s.stance in ASSERTING]
    return sorted(found, key=lambda s: not s.speaker.is_named)


def _existence(accounts: Sequence[Account]) -> Iterator[FieldRelation]:
    """Somebody says that it did not happen, or doubts it, while another puts it forward."""
    for denied in accounts:
        if denied.type in POLITICAL:
            continue  # who denies an accusation denies what he is accused of, not that he was
        against = [s for s in denied.sayings if s.stance in _AGAINST]
        if denied.status is Status.NEGATED:
            against += [s for s in denied.sayings if s.stance in ASSERTING]
        itself = any(s.speaker.is_outlet and s.stance in ASSERTING for s in denied.sayings)
        for told in accounts:
            if told.document != denied.document and itself and denied.status is not Status.NEGATED:
                continue  # the report tells it itself and quotes a denial: a contradiction within it, not with others
            if told.id != denied.id and not (
                told.document != denied.document and (told.type is denied.type or are_alike(told.type, denied.type))
            ):
                continue
            for no, yes in product(against, asserting(told)):
                if not no.speaker.key or no.speaker.key != yes.speaker.key:
                    yield _denial(told, yes, denied, no)


def _denial(told: Account, yes: Saying, denied: Account, no: Saying) -> FieldRelation:
    is_doubt = no.stance is Stance.DOUBTS
    says = "doubted" if is_doubt else "denied"
    why = f"“{denied.type.value}” {says} by {no.speaker.name}, {_participle(yes)} by {yes.speaker.name}"
    accused = relate_actors(told.doers, (no.speaker.link,)) if no.speaker.link else "unknown"
    if accused in ("same", "compatible"):
        why += "; the one who speaks against it is said to have done it"
    who = "by-the-accused" if accused in ("same", "compatible") else "by-another"
    return FieldRelation(
        "existence",
        _side(told, yes, _participle(yes)),
        _side(denied, no, says),
        Standing.UNKNOWN if is_doubt else Standing.CONFLICT,
        why + ".",
        ConflictKind.DOUBT if is_doubt else ConflictKind.EXISTENCE,
        f"{'doubt' if is_doubt else 'denial'}-{who}",
    )


def _outcomes(accounts: Sequence[Account]) -> Iterator[FieldRelation]:
    """Outcomes that cannot both hold, each put forward by somebody."""
    for one, two in combinations(accounts, 2):
        table = oppositions_of()
        if (one.type, two.type) not in table and (two.type, one.type) not in table:
            continue  # let go after being held, brought down after being fired: one follows the other
        reason = opposes(one.type, two.type)
        if EventType.HOLD in (one.type, two.type):
            continue
        if relate_actors(one.doers, two.doers) in ("same", "compatible") or not _days_meet(one, two):
            continue  # one side that does both, or at two times: the one follows on the other
        for ours, theirs in product(asserting(one), asserting(two)):
            if not ours.speaker.key or ours.speaker.key != theirs.speaker.key:
                why = f"“{one.type.value}” according to {ours.speaker.name}, “{two.type.value}” according to "
                yield FieldRelation(
                    "outcome",
                    _side(one, ours, one.type.value),
                    _side(two, theirs, two.type.value),
                    Standing.CONFLICT,
                    f"{why}{theirs.speaker.name}: {reason}.",
                    ConflictKind.OUTCOME,
                    "opposed-outcomes",
                )


def _days_meet(one: Account, two: Account) -> bool:
    if one.when is None or two.when is None:
        return True
    return times.compare(one.when, two.when).relation is not Relation.CONFLICT


def _disowned(accounts: Sequence[Account]) -> Iterator[FieldRelation]:
    """Somebody says that it was not his doing, while another puts it down to him.

    A report that quotes both contradicts itself, not every other report.
    """
    for denied in accounts:
        for no in (s for s in denied.sayings if s.stance is Stance.DISOWNS):
            blaming = [
                (told, yes)
                for told in accounts
                for yes in asserting(told)
                if yes.speaker.key != no.speaker.key and _is_blamed(told, no)
            ]
            for told, yes in [b for b in blaming if b[0].document == denied.document] or blaming:
                why = f"{yes.speaker.name} names {told.doers[0].name}; {no.speaker.name} disowns it."
                yield FieldRelation(
                    "doer",
                    _side(told, yes, told.doers[0].name),
                    _side(denied, no, "disowned"),
                    Standing.CONFLICT,
                    why,
                    ConflictKind.PERPETRATOR,
                    "disowned",
                )


def _is_blamed(told: Account, no: Saying) -> bool:
    if no.speaker.link is None:
        return bool(told.doers)
    return any(_one_side(doer, no.speaker.link) for doer in told.doers)


def _across(accounts: Sequence[Account]) -> Iterator[FieldRelation]:
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
        if not all(_one_side(blamed[0], d) for d in blamed):
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
    return FieldRelation("doer", _first(a, names[0]), _first(b, names[1]), standing, why, kind, "actors.compare")


def _is_attributed(account: Account) -> bool:
    """Whether an account lays an act of violence at the door of one armed side, known by name.

    In a fight both sides do it, and a report that names several doers is read too unsurely to contradict another.
    """
    return (
        account.type in load_blameworthy()
        and "ground" not in affairs_of(account.type)
        and account.status is Status.ACTUAL
        and all(d.kind in ARMED and d.kind is not ActorKind.GUNMEN and d.entry is not None for d in account.doers)
        and all(_one_side(account.doers[0], d) for d in account.doers)
    )


def _sides_meet(ours: Sequence[ActorLink], theirs: Sequence[ActorLink]) -> bool:
    return any(_one_side(a, b) for a, b in product(ours, theirs))


def _one_side(a: ActorLink, b: ActorLink) -> bool:
    """Whether two actors may be one side; a country's army, police and government are."""
    if a.kind in STATE and b.kind in STATE and a.country and a.country == b.country:
        return True
    return relate_actors((a,), (b,)) in ("same", "compatible")


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
    return FieldRelation(field, _first(*a), _first(*b), standing, why, given, f"{field}s.compare")


def _first(account: Account, says: str) -> Side:
    return _side(account, next(iter(asserting(account)), None), says)


def _side(account: Account, saying: Saying | None, says: str) -> Side:
    if saying is None:
        return Side(
            account.document, Speaker(account.publisher or account.document, is_outlet=True), says, account.spans
        )
    return Side(account.document, saying.speaker, says, saying.spans or account.spans)


def _participle(saying: Saying) -> str:
    return "reported" if saying.speaker.is_outlet else STANCE_PARTICIPLES[saying.stance]
