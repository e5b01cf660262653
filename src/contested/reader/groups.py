"""Which mentions are of one event, and which of one actor: each in turn joins what came before, or begins anew."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from contested.reader.pairs import Float, Int
from contested.types import ActorKind, ArgumentArc, Role

Words = dict[Role, set[str]]

# Roles whose fillers, when both mentions have one and none is alike, speak against one event.
COUNTS = tuple(role for role in Role if role.is_count)
SETTING = (Role.PLACE, Role.TIME)

LEAST_CHANCE = 1e-4  # below this a chance is the network's noise, and its logarithm would drown all else

# A state's act and a rebel group's are seldom one event, however alike their words.
SIDES = {
    ActorKind.MILITARY: "state",
    ActorKind.POLICE: "state",
    ActorKind.GOVERNMENT: "state",
    ActorKind.REBEL: "rebels",
}


@dataclass(frozen=True, slots=True)
class Joining:
    """What speaks for and against one more mention of an event, in logits; fitted on dev (training/LOG.md).

    The network says of each pair of mentions alone how likely they are one event. The rest is what only the whole group
    shows. Nothing but `least` is ever added to, so a pair below it need not be looked at.

    Attributes:
        type: for each unit of the logarithm of the chance that both have one type. Mentions of one event
            are often named alike but for one ("airstrike", later "the attack"), so a type is chosen for all of them.
        status: likewise, of the chance that both happened or both did not.
        counts: added when a number of the one is not among the other's of that kind.
        setting: likewise when their places or their times share no word.
        sides: added when a state does the one and rebels the other.
        least: what the sum must exceed.
    """

    type: float = 0.5
    status: float = 1.0
    counts: float = -3.0
    setting: float = -3.0
    sides: float = -3.0
    least: float = -2.0


@dataclass(frozen=True, slots=True)
class Told:
    """What the mentions of a document tell: `types` [N, types] and `actual` [N] by span, the others by trigger.

    `actual` is a list: groups have one or two members, on which numpy's calls cost more than its sums.
    """

    types: Float
    actual: Sequence[float]
    fillers: Mapping[int, Words]
    sides: Mapping[int, set[str]]

    def against(self, i: int, group: Sequence[int], weights: Joining) -> float:
        """Return how much speaks against mention `i` being of the event of `group`: 0 or less."""
        own = self.fillers.get(i)
        others = [self.fillers[j] for j in group if j in self.fillers] if own else []
        total = weights.counts * any(keep_apart(own, other, COUNTS) for other in others) if own else 0.0
        total += weights.setting * any(keep_apart(own, other, SETTING) for other in others) if own else 0.0
        sides = self.sides.get(i)
        if sides:
            total += weights.sides * any(sides.isdisjoint(self.sides.get(j, sides)) for j in group)
        alike = sum((self.types[list(group)] @ self.types[i]).tolist()) / len(group)
        real = self.actual[i]
        others_real = sum(self.actual[j] for j in group) / len(group)
        both = real * others_real + (1 - real) * (1 - others_real)
        return (
            total
            + weights.type * math.log(max(alike, LEAST_CHANCE))
            + weights.status * math.log(max(both, LEAST_CHANCE))
        )


def join_events(
    members: Sequence[int], first: Int, second: Int, chances: Float, told: Told, weights: Joining
) -> list[list[int]]:
    """Return the triggers `members` in groups of one event each, text order kept.

    Each in turn joins the group for which most speaks, or begins one. `first`, `second`, `chances` are [P]: the later
    and the earlier trigger of each pair, and how likely the earlier one is the later one's nearest mention; over a
    group these chances add up.
    """
    lower = 1.0 / (1.0 + math.exp(-weights.least)) / max(len(members), 1)  # so many of these still sum to less
    candidates: dict[int, list[tuple[int, float]]] = {}
    for row in np.flatnonzero(chances > lower).tolist():
        candidates.setdefault(int(first[row]), []).append((int(second[row]), float(chances[row])))
    group_of: dict[int, int] = {}
    groups: list[list[int]] = []
    for i in members:
        sums: dict[int, float] = {}
        for j, chance in candidates.get(i, ()):
            if j in group_of:
                sums[group_of[j]] = sums.get(group_of[j], 0.0) + chance
        best, most = len(groups), weights.least
        for number, chance in sums.items():
            p = min(max(chance, LEAST_CHANCE), 1.0 - LEAST_CHANCE)
            speaks = math.log(p / (1.0 - p))
            if speaks > most and (speaks := speaks + told.against(i, groups[number], weights)) > most:
                best, most = number, speaks
        if best == len(groups):
            groups.append([])
        groups[best].append(i)
        group_of[i] = best
    return groups


def join(members: Sequence[int], first: Int, second: Int, scores: Float, least: float) -> list[list[int]]:
    """Return `members` in groups, text order kept: each joins its likeliest earlier one.

    Args:
        members: span indices in text order.
        first: [P] the later span of each pair.
        second: [P] the earlier one.
        scores: [P] how likely the earlier one is its nearest mention.
        least: a pair must score more than this.
    """
    candidates: dict[int, list[tuple[float, int]]] = {}
    for i, j, score in zip(first.tolist(), second.tolist(), scores.tolist(), strict=True):
        if score > least:
            candidates.setdefault(i, []).append((score, j))
    group_of: dict[int, list[int]] = {}
    groups: list[list[int]] = []
    for i in members:
        group = next((group_of[j] for _, j in sorted(candidates.get(i, ()), reverse=True) if j in group_of), None)
        if group is None:
            group = []
            groups.append(group)
        group.append(i)
        group_of[i] = group
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


def keep_apart(a: Words, b: Words, roles: Collection[Role]) -> bool:
    """Return whether the fillers of one of `roles` differ wholly: other numbers, or other places or days."""
    for role, words in a.items():
        if role in b and role in roles and not any(x in y or y in x for x in words for y in b[role]):
            return True
    return False
