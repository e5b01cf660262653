"""Which mentions are of one event, and which of one actor: greedy joining to the likeliest earlier mention."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from contested.reader.pairs import Float, Int
from contested.types import ActorKind, ArgumentArc, Role

Words = dict[Role, set[str]]

# Roles whose fillers, when both mentions have one and none is alike, keep two mentions apart.
TELLING = frozenset(role for role in Role if role.is_count) | {Role.PLACE, Role.TIME}

# A state's act and a rebel group's are two events, however alike their words.
SIDES = {
    ActorKind.MILITARY: "state",
    ActorKind.POLICE: "state",
    ActorKind.GOVERNMENT: "state",
    ActorKind.REBEL: "rebels",
}


def join(
    members: Sequence[int],
    first: Int,
    second: Int,
    scores: Float,
    least: float,
    clash: Callable[[int, int], bool] = lambda _a, _b: False,
) -> list[list[int]]:
    """Return `members` in groups, text order kept.

    Args:
        members: span indices in text order.
        first: [P] the later span of each pair.
        second: [P] the earlier one.
        scores: [P] how likely the earlier one is its nearest mention.
        least: a pair must score more than this.
        clash: says of two spans that they cannot belong together; no two of a group may.
    """
    candidates: dict[int, list[tuple[float, int]]] = {}
    for i, j, score in zip(first.tolist(), second.tolist(), scores.tolist(), strict=True):
        if score > least:
            candidates.setdefault(i, []).append((score, j))
    group_of: dict[int, list[int]] = {}
    groups: list[list[int]] = []
    for i in members:
        for _, j in sorted(candidates.get(i, ()), reverse=True):
            group = group_of.get(j)
            if group is not None and not any(clash(i, other) for other in group):
                group.append(i)
                group_of[i] = group
                break
        else:
            group_of[i] = [i]
            groups.append(group_of[i])
    return groups


def fillers(arguments: Sequence[ArgumentArc], words: Sequence[str]) -> dict[int, Words]:
    """Return, for each trigger, the words that fill each of its roles. `words` are those of every span."""
    found: dict[int, Words] = {}
    for arc in arguments:
        roles = found.setdefault(int(arc.trigger[1:]), {})
        roles.setdefault(arc.role, set()).add(words[int(arc.mention[1:])])
    return found


def doer_sides(arguments: Sequence[ArgumentArc], kinds: Sequence[ActorKind | None]) -> dict[int, set[str]]:
    """Return, for each trigger, whether a state or rebels do it; triggers done by neither are left out."""
    found: dict[int, set[str]] = {}
    for arc in arguments:
        kind = kinds[int(arc.mention[1:])]
        if arc.role is Role.BY and kind in SIDES:
            found.setdefault(int(arc.trigger[1:]), set()).add(SIDES[kind])
    return found


def keep_apart(a: Words, b: Words) -> bool:
    """Return whether two mentions with these fillers tell of two events: other places, days or numbers."""
    return any(
        role in a and role in b and not any(x in y or y in x for x in a[role] for y in b[role]) for role in TELLING
    )
