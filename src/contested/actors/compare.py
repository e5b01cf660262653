"""Whether two links mean the same actor, could mean the same, or cannot."""

from __future__ import annotations

import re

from contested.actors.register import find_entry
from contested.actors.words import level
from contested.types import ActorKind, ActorLink, Agreement, Relation

_ORDINAL = re.compile(r"\b\d+(?:st|nd|rd|th)?\b")

# Kinds that reports use for one and the same people: a rebel to one desk is a gunman or militiaman to another.
_NEAR_KINDS = (
    frozenset({ActorKind.REBEL, ActorKind.MILITIA, ActorKind.GUNMEN, ActorKind.CRIMINAL}),
    frozenset({ActorKind.MILITARY, ActorKind.POLICE, ActorKind.GOVERNMENT, ActorKind.MILITIA}),
    frozenset({ActorKind.CIVILIANS, ActorKind.PROTESTERS, ActorKind.PARTY, ActorKind.OTHER}),
    frozenset({ActorKind.NGO, ActorKind.IGO, ActorKind.OTHER}),
)


def compare(a: ActorLink, b: ActorLink) -> Agreement:
    """Return how two actors stand to each other, with the reason.

    SAME: one register entry, or one name. COMPATIBLE: one is part of the other, or a description that fits the other.
    CONFLICT: two different entries, two numbers ("1st", "2nd Brigade"), or kinds or countries that exclude each other.
    """
    if a.entry is not None and a.entry == b.entry:
        return Agreement(Relation.SAME, f"both are {a.name}")
    numbers = [_ORDINAL.findall(level(link.name)) for link in (a, b)]
    if numbers[0] and numbers[1] and numbers[0] != numbers[1]:
        return Agreement(Relation.CONFLICT, f"{a.name} and {b.name} bear different numbers")
    if level(a.name) == level(b.name) and (a.country == b.country or None in (a.country, b.country)):
        return Agreement(Relation.SAME, f"both are called {a.name}")
    if a.entry is not None and b.entry is not None:
        return _compare_entries(a, b)
    return _compare_described(a, b)


def _compare_entries(a: ActorLink, b: ActorLink) -> Agreement:
    if _organ(b.entry or "") in _ancestors(a.entry or ""):
        return Agreement(Relation.COMPATIBLE, f"{a.name} is part of {b.name}")
    if _organ(a.entry or "") in _ancestors(b.entry or ""):
        return Agreement(Relation.COMPATIBLE, f"{b.name} is part of {a.name}")
    state = (a.country or "", b.country or "")
    if state[0] == state[1] and state[0] in (a.entry, b.entry) and _near(a.kind, b.kind):
        return Agreement(Relation.COMPATIBLE, f"{a.name} and {b.name} act for one state")
    return Agreement(Relation.CONFLICT, f"{a.name} and {b.name} are two actors of the register")


def _compare_described(a: ActorLink, b: ActorLink) -> Agreement:
    if a.country and b.country and a.country != b.country:
        reason = f"{a.name} ({a.country}) and {b.name} ({b.country}) belong to two countries"
        return Agreement(Relation.CONFLICT, reason)
    if not _near(a.kind, b.kind):
        return Agreement(Relation.CONFLICT, f"{a.name} ({a.kind.value}) and {b.name} ({b.kind.value}) are of two kinds")
    if a.entry is None and b.entry is None and _is_named(a) and _is_named(b):
        return _compare_names(a, b)
    if _is_named(a) and _is_named(b):
        return Agreement(Relation.UNKNOWN, f"whether {a.name} is {b.name} is not known")
    return Agreement(Relation.COMPATIBLE, f"{a.name} could be {b.name}: same country, near kind")


def _compare_names(a: ActorLink, b: ActorLink) -> Agreement:
    words_a, words_b = set(level(a.name).split()), set(level(b.name).split())
    if words_a <= words_b or words_b <= words_a:
        short, long = (a.name, b.name) if words_a < words_b else (b.name, a.name)
        return Agreement(Relation.COMPATIBLE, f"{short} may be a shorter name for {long}")
    return Agreement(Relation.UNKNOWN, f"whether {a.name} is {b.name} is not known: the register has neither")


# Rules that keep a name as the report has it.
_NAMED_RULES = frozenset(
    {"not-in-register", "titled-person", "person-of-organisation", "numbered-unit", "several-actors"}
)


def _is_named(link: ActorLink) -> bool:
    return link.entry is not None or link.rule in _NAMED_RULES


def _near(a: ActorKind, b: ActorKind) -> bool:
    return a is b or any(a in kinds and b in kinds for kinds in _NEAR_KINDS)


def _ancestors(entry_id: str) -> list[str]:
    """Return the ids above an entry, nearest first; organs of a state as `_organ` gives them."""
    above: list[str] = []
    entry = find_entry(entry_id)
    while entry is not None and entry.parent and _organ(entry.parent) not in above:
        above.append(_organ(entry.parent))
        entry = find_entry(entry.parent)
    return above


def _organ(entry_id: str) -> str:
    """Return an id without an organ's own name ("SYR:army:syrian-arab-army" → "SYR:army"): parents name the organ."""
    return ":".join(entry_id.split(":")[:2])
