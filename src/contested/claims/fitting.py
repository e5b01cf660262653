"""Whether two events of a report may be one and the same affair: who, where, when. Precision before reach."""

from __future__ import annotations

from contested import actors, places, times
from contested.claims.index import Index
from contested.types import Actor, ActorKind, Event, Relation, Role

# Kinds that may be one side when nothing else tells them apart. Criminals and militias take no side by their kind.
_STATE = frozenset({ActorKind.MILITARY, ActorKind.POLICE, ActorKind.GOVERNMENT})
_ARMED = frozenset({ActorKind.REBEL, ActorKind.GUNMEN})
NEAR_SENTENCES = 3  # a rejoinder follows what it answers closely; further apart two unplaced events are two affairs


def same_side(a: Actor, b: Actor) -> bool:
    """Return whether two actors may be one side: the same one, or two namings of a country's state or rebels."""
    if a.id == b.id:
        return True
    is_one_camp = a.link.kind is b.link.kind or any(
        a.link.kind in camp and b.link.kind in camp for camp in (_STATE, _ARMED)
    )
    if a.link.country and a.link.country == b.link.country and a.link.kind in _STATE and b.link.kind in _STATE:
        return True  # the army and the air force of one state are two actors and one side
    relation = actors.compare(a.link, b.link).relation
    return relation is Relation.SAME or (relation is Relation.COMPATIBLE and is_one_camp)


def is_party(a: Actor) -> bool:
    """Return whether an actor fights or governs, so that it speaks for a side."""
    return a.link.kind in _STATE | _ARMED or a.link.kind is ActorKind.MILITIA


def one_party(a: Actor | None, b: Actor | None) -> bool:
    """Return whether two speakers speak for one side of the fighting: two offices of a state, two namings of rebels."""
    return a is not None and b is not None and is_party(a) and is_party(b) and same_side(a, b)


def two_parties(a: Actor | None, b: Actor | None) -> bool:
    """Return whether two speakers speak for different sides of the fighting."""
    return a is not None and b is not None and is_party(a) and is_party(b) and not same_side(a, b)


def sides_meet(ours: tuple[Actor, ...], theirs: tuple[Actor, ...]) -> bool:
    """Return whether some actor of one list may be on the side of one of the other."""
    return any(same_side(a, b) for a in ours for b in theirs)


def sides_clash(ours: tuple[Actor, ...], theirs: tuple[Actor, ...]) -> bool:
    """Return whether both lists name somebody and nobody on one may be on the side of anybody on the other."""
    return bool(ours and theirs) and not sides_meet(ours, theirs)


def place_relation(a: Event, b: Event, index: Index) -> Relation:
    """Return how the places of two events stand: SAME if they share one, CONFLICT if none fits, UNKNOWN if unsaid."""
    ours, theirs = index.places_of(a), index.places_of(b)
    if not ours or not theirs:
        return Relation.UNKNOWN
    if {p.id for p in ours} & {p.id for p in theirs}:
        return Relation.SAME
    found = {places.compare(p.link, q.link).relation for p in ours for q in theirs}
    return next((r for r in (Relation.SAME, Relation.COMPATIBLE, Relation.UNKNOWN) if r in found), Relation.CONFLICT)


def times_clash(a: Event, b: Event) -> bool:
    """Return whether both events have a time and the two cannot be one."""
    if a.when is None or b.when is None:
        return False
    return times.compare(a.when, b.when).relation is Relation.CONFLICT


def share_target(a: Event, b: Event, index: Index) -> bool:
    """Return whether two events are done to the same thing: a shared actor or place, or the same head word."""
    if {x.id for x in index.targets(a.arguments())} & {x.id for x in index.targets(b.arguments())}:
        return True
    heads = [{_head(index.words(x.span)) for x in e.arguments(Role.ON)} for e in (a, b)]
    return bool(heads[0] & heads[1])


def _head(words: str) -> str:
    """Return the last word of a short noun phrase, which is its head in nearly all annotated targets."""
    return words.casefold().split()[-1]


def distance_sentences(a: Event, b: Event, index: Index) -> int:
    """Return the least number of sentences between mentions of two events."""
    return min(index.sentences_apart(m.trigger, n.trigger) for m in a.mentions for n in b.mentions)
