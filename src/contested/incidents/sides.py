"""Actors across reports: which of two lists may name one side, and who bears arms."""

from __future__ import annotations

from functools import lru_cache

from contested import actors
from contested.claims.opposition import load_blameworthy
from contested.incidents.account import Account
from contested.types import ActorKind, ActorLink, Relation

STATE = frozenset({ActorKind.MILITARY, ActorKind.POLICE, ActorKind.GOVERNMENT})
ARMED = STATE | {ActorKind.REBEL, ActorKind.MILITIA, ActorKind.CRIMINAL, ActorKind.GUNMEN}
# Pairs of names whose relation is remembered. An archive names a few thousand actors over and over, and many once.
REMEMBERED = 1 << 16


def blamed(account: Account) -> tuple[ActorLink, ...]:
    """Return the doers; of violence only those who bear arms: others are read as its doers by mistake."""
    if account.type not in load_blameworthy():
        return account.doers
    return tuple(d for d in account.doers if d.kind in ARMED)


def relate_actors(ours: tuple[ActorLink, ...], theirs: tuple[ActorLink, ...]) -> str:
    """Return the best level that two lists of actors reach: same, compatible, unknown (one is empty too), differ."""
    if not ours or not theirs:
        return "unknown"
    found = {_actor_relation(_bare(a), _bare(b)) for a in ours for b in theirs}
    if Relation.SAME in found:
        return "same"
    if Relation.COMPATIBLE in found:
        return "compatible"
    return "unknown" if Relation.UNKNOWN in found else "differ"


def one_side(a: ActorLink, b: ActorLink) -> bool:
    """Return whether two actors may be one side; a country's army, police and government are."""
    if a.kind in STATE and b.kind in STATE and a.country and a.country == b.country:
        return True
    return relate_actors((a,), (b,)) in ("same", "compatible")


def _bare(link: ActorLink) -> ActorLink:
    """Return a link without its reasons and candidates: what decides, and few enough to remember answers for."""
    return ActorLink(link.name, link.kind, link.country, link.rule, entry=link.entry)


@lru_cache(maxsize=REMEMBERED)
def _actor_relation(a: ActorLink, b: ActorLink) -> Relation:
    return actors.compare(a, b).relation
