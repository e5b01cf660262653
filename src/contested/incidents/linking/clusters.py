"""Accounts to incidents: compare what blocks bring together, keep what is likely one, cluster under constraints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from contested.incidents.accounts import Account
from contested.incidents.linking.affairs import affairs_of
from contested.incidents.linking.blocking import candidate_pairs
from contested.incidents.linking.comparing import compare, weigh
from contested.incidents.linking.features import Features, features_of
from contested.incidents.linking.judgements import Judgement, Verdict, standing
from contested.incidents.linking.weights import Weights, load_weights

# Pairs between two clusters that are looked at before they are joined; the mean of more changes little and costs.
EXEMPLARS = 6
_JUDGED_BITS = 99.0  # above any sum of weights: a person's word


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field of a link: the level reached, its bits, and why that level says so much."""

    field: str
    level: str
    bits: float
    why: str


@dataclass(frozen=True, slots=True)
class Link:
    """Two accounts of one incident. `bits` is `prior` plus the comparisons' bits; judged links carry the judgement."""

    a: str
    b: str
    bits: float
    comparisons: tuple[Comparison, ...] = ()
    judgement: Judgement | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """Accounts of one incident in order, with the links that hold them together."""

    accounts: tuple[Account, ...]
    links: tuple[Link, ...]


def link(
    accounts: Sequence[Account], judgements: Iterable[Judgement] = (), weights: Weights | None = None
) -> list[Cluster]:
    """Return the accounts in clusters, each account in one; the result does not depend on the order of the input.

    Args:
        accounts: of any number of reports.
        judgements: decisions of people, which hold against every weight.
        weights: those of the package if None.
    """
    ordered = sorted({a.id: a for a in accounts}.values(), key=lambda a: a.order)
    return _Linker(ordered, weights or load_weights()).run(judgements)


class _Linker:
    def __init__(self, accounts: list[Account], weights: Weights) -> None:
        self.accounts, self.weights = accounts, weights
        self.features: list[Features] = features_of(accounts)
        self.cluster_of = list(range(len(accounts)))
        self.members: dict[int, list[int]] = {i: [i] for i in range(len(accounts))}
        self.links: dict[int, list[Link]] = defaultdict(list)
        self.apart: dict[int, set[int]] = defaultdict(set)

    def run(self, judgements: Iterable[Judgement]) -> list[Cluster]:
        found = [(w, i, j) for i, j in candidate_pairs(self.features) if (w := self._bits(i, j)) >= self._least]
        self._judge(judgements)
        for bits, i, j in sorted(found, key=lambda t: (-t[0], t[1], t[2])):
            a, b = self.cluster_of[i], self.cluster_of[j]
            if a == b:
                self.links[a].append(self._link(i, j, bits))
            elif self._may_join(a, b):
                self._join(a, b, self._link(i, j, bits))
        return [self._cluster(members, root) for root, members in sorted(self.members.items())]

    @property
    def _least(self) -> float:
        return self.weights.threshold

    def _bits(self, i: int, j: int) -> float:
        return weigh(compare(self.features[i], self.features[j]), self.weights)

    def _may_join(self, a: int, b: int) -> bool:
        """Whether two clusters, taken as wholes, are more likely one: no judgement against, and the mean above.

        Of two reports that tell of it in several accounts each, the pair that fits best counts.
        """
        ours, theirs = self.members[a], self.members[b]
        if any(self.apart[i] & set(theirs) for i in ours):
            return False
        best: dict[tuple[str, str], float] = {}
        for i in _exemplars(ours):
            for j in _exemplars(theirs):
                if self._comparable(i, j):
                    pair = (self.accounts[i].document, self.accounts[j].document)
                    best[pair] = max(best.get(pair, -_JUDGED_BITS), self._bits(i, j))
        return not best or sum(best.values()) / len(best) >= self._least

    def _comparable(self, i: int, j: int) -> bool:
        return bool(set(affairs_of(self.accounts[i].type)) & set(affairs_of(self.accounts[j].type)))

    def _join(self, a: int, b: int, link: Link) -> None:
        keep, give = min(a, b), max(a, b)
        for i in self.members[give]:
            self.cluster_of[i] = keep
        self.members[keep] = sorted(self.members[keep] + self.members.pop(give))
        self.links[keep] += [*self.links.pop(give, []), link]

    def _judge(self, judgements: Iterable[Judgement]) -> None:
        """Join what is judged the same, and hold apart what is judged different, before any weight is asked."""
        position = {a.id: i for i, a in enumerate(self.accounts)}
        known = [j for j in standing(judgements).values() if j.a in position and j.b in position]
        for judgement in sorted(known, key=lambda j: j.number):
            i, j = position[judgement.a], position[judgement.b]
            if judgement.verdict is Verdict.DIFFERENT:
                self.apart[i].add(j)
                self.apart[j].add(i)
        for judgement in sorted(known, key=lambda j: j.number):
            a, b = (self.cluster_of[position[x]] for x in (judgement.a, judgement.b))
            if judgement.verdict is Verdict.SAME and a != b:
                self._join(a, b, Link(judgement.a, judgement.b, _JUDGED_BITS, judgement=judgement))

    def _link(self, i: int, j: int, bits: float) -> Link:
        levels = compare(self.features[i], self.features[j])
        comparisons = tuple(
            Comparison(name, level, self.weights.bits[name, level], self.weights.why[name, level])
            for name, level in levels
        )
        return Link(self.accounts[i].id, self.accounts[j].id, bits, comparisons)

    def _cluster(self, members: list[int], root: int) -> Cluster:
        return Cluster(tuple(self.accounts[i] for i in members), tuple(self.links.get(root, ())))


def _exemplars(members: list[int]) -> list[int]:
    """Return a few members spread over a cluster, the same ones in every run."""
    if len(members) <= EXEMPLARS:
        return members
    step = (len(members) - 1) / (EXEMPLARS - 1)
    return [members[round(n * step)] for n in range(EXEMPLARS)]
