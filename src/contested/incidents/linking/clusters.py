"""Accounts to incidents: compare what blocks bring together, keep what is likely one, cluster under constraints.

Two passes. The first goes through the accounts window by window and keeps of each likely pair two positions and its
bits. The second clusters what these pairs connect, one connected part at a time, as if nothing else were there: no
pair leads out of it. So the cost grows with the accounts, and memory holds little beside them.
"""

from __future__ import annotations

from array import array
from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from contested.incidents.account import Account
from contested.incidents.linking.affairs import affairs_of
from contested.incidents.linking.blocking import candidate_pairs
from contested.incidents.linking.comparing import Levels, compare, weigh
from contested.incidents.linking.features import Describer, Features
from contested.incidents.linking.judgements import Judgement, Verdict, standing
from contested.incidents.linking.weights import Weights, load_weights

# Pairs between two clusters that are looked at before they are joined; the mean of more changes little and costs.
EXEMPLARS = 6
DESCRIBED = 20_000  # features kept while clusters are built; a part holds a few accounts, near each other in time
# Bits of two accounts of one report below which it surely tells of two events; their clusters stay two, whatever others
# say. At -5 a report that splits one event between two accounts (another day, no place) was held apart too.
TOLD_AS_TWO_BITS = -8.0
# Totals of a war grow over years: its first and last are far apart, and one good link between two clusters joins them.
CHAIN_BITS = 0.0
# A pair of so many bits joins two clusters whose other pairs say little; below this mean they speak against it.
STRONG_BITS, LEAST_MEAN = 0.0, -3.0
_JUDGED_BITS = 99.0  # above any sum of weights: a person's word

_ScoredPair = tuple[float, int, int]


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
    """Accounts of one incident in order, with the links that hold them together, the strongest first."""

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
    """All accounts in order, what describes them, and what people decided about them."""

    def __init__(self, accounts: list[Account], weights: Weights) -> None:
        self.accounts, self.weights = accounts, weights
        self.describer = Describer(accounts)
        self.features: Callable[[int], Features] = lru_cache(maxsize=DESCRIBED)(self._describe)
        self.apart: dict[int, set[int]] = {}
        self.same: list[tuple[int, int, Judgement]] = []
        self._explained: dict[Levels, tuple[Comparison, ...]] = {}

    def run(self, judgements: Iterable[Judgement]) -> list[Cluster]:
        self._judge(judgements)
        bits, ones, others = self._likely()
        parts = _Parts(len(self.accounts))
        for i, j in zip(ones, others, strict=True):
            parts.join(i, j)
        for i, j, _ in self.same:
            parts.join(i, j)
        pairs: dict[int, list[int]] = defaultdict(list)
        for at, i in enumerate(ones):
            pairs[parts.root(i)].append(at)
        clusters: list[tuple[int, Cluster]] = []
        for root, members in parts.groups():
            if len(members) == 1:
                clusters.append((members[0], Cluster((self.accounts[members[0]],), ())))
                continue
            found = ((bits[at], ones[at], others[at]) for at in pairs.pop(root, ()))
            clusters += _Part(members, self).clusters(found)
        return [cluster for _, cluster in sorted(clusters, key=lambda c: c[0])]

    def _likely(self) -> tuple[array[float], array[int], array[int]]:
        """Return the pairs that are likely one incident: their bits and the two positions."""
        bits, ones, others = array("d"), array("l"), array("l")
        for i, j, a, b in candidate_pairs(self.accounts, self.describer):
            weight = weigh(a, b, self.weights)
            if weight >= self.weights.threshold:
                bits.append(weight)
                ones.append(i)
                others.append(j)
        return bits, ones, others

    def _describe(self, position: int) -> Features:
        return self.describer.features(self.accounts[position])

    def _judge(self, judgements: Iterable[Judgement]) -> None:
        """Look up what is judged the same, and what is judged different, before any weight is asked."""
        decided = standing(judgements).values()
        named = {id_ for j in decided for id_ in (j.a, j.b)}
        position: dict[str, int] = {}
        for i, account in enumerate(self.accounts) if named else ():
            position |= {alias: i for alias in account.aliases if alias in named and alias not in position}
        position |= {a.id: i for i, a in enumerate(self.accounts) if a.id in named}
        for judgement in sorted(decided, key=lambda j: j.number):
            if judgement.a not in position or judgement.b not in position:
                continue
            i, j = position[judgement.a], position[judgement.b]
            if i == j:
                continue  # two tellings that a later model reads as one
            if judgement.verdict is Verdict.DIFFERENT:
                self.apart.setdefault(i, set()).add(j)
                self.apart.setdefault(j, set()).add(i)
            elif judgement.verdict is Verdict.SAME:
                self.same.append((i, j, judgement))
        self._share_what_is_apart()

    def _share_what_is_apart(self) -> None:
        """What is judged different from one account is so from all that are judged the same as it."""
        if not (self.apart and self.same):
            return
        groups = _Parts(len(self.accounts))
        for i, j, _ in self.same:
            groups.join(i, j)
        alike: dict[int, set[int]] = defaultdict(set)
        for i, j, _ in self.same:
            alike[groups.root(i)] |= {i, j}
        for members in alike.values():
            others = {k for i in members for k in self.apart.get(i, ())} - members
            for i in members:
                self.apart.setdefault(i, set()).update(others)
            for k in others:
                self.apart.setdefault(k, set()).update(members)

    def link(self, pair: _ScoredPair) -> Link:
        bits, i, j = pair
        levels = compare(self.features(i), self.features(j))
        if levels not in self._explained:  # a few thousand ways to be alike, shared by all links
            weigh_of, why_of = self.weights.bits, self.weights.why
            self._explained[levels] = tuple(
                Comparison(field, level, weigh_of[field][level], why_of[field][level]) for field, level in levels
            )
        return Link(self.accounts[i].id, self.accounts[j].id, bits, self._explained[levels])


class _Part:
    """Accounts that likely pairs connect, on their way to clusters."""

    def __init__(self, members: list[int], linker: _Linker) -> None:
        self.linker = linker
        self.cluster_of = {i: i for i in members}
        self.members = {i: [i] for i in members}
        self.links: dict[int, list[Link]] = defaultdict(list)
        self.refused: dict[tuple[int, int], int] = {}

    def clusters(self, pairs: Iterable[_ScoredPair]) -> Iterator[tuple[int, Cluster]]:
        """Yield clusters with the position of their first account."""
        for bits, i, j in sorted(pairs, key=lambda p: (-p[0], p[1], p[2])):
            a, b = self.cluster_of[i], self.cluster_of[j]
            if a == b:
                self.links[a].append(self.linker.link((bits, i, j)))
            elif self._may_join(a, b):
                self._join(a, b, self.linker.link((bits, i, j)))
        self._join_judged()  # whole clusters: what a person joins must not fall apart for what the weights say of it
        accounts = self.linker.accounts
        for root, members in self.members.items():
            links = sorted(self.links.get(root, ()), key=lambda k: (-k.bits, k.a, k.b))
            yield members[0], Cluster(tuple(accounts[i] for i in members), tuple(links))

    def _join_judged(self) -> None:
        for i, j, judgement in self.linker.same:
            if i not in self.cluster_of or j not in self.cluster_of:
                continue
            a, b = self.cluster_of[i], self.cluster_of[j]
            if a != b:
                self._join(a, b, Link(judgement.a, judgement.b, _JUDGED_BITS, judgement=judgement))

    def _may_join(self, a: int, b: int) -> bool:
        """Whether two clusters, taken as wholes, are more likely one: no judgement against, and the mean above.

        Of two reports that tell of it in several accounts each, the pair that fits best counts; one good pair is enough
        where the others say little. A report that surely
        tells of two events holds the clusters apart that these are in.
        """
        ours, theirs = self.members[a], self.members[b]
        size = len(ours) + len(theirs)
        if self.refused.get((a, b)) == size or self._held_apart(ours, b):
            return False  # the same two clusters as at the last pair between them
        linker, best = self.linker, dict[tuple[str, str], float]()
        for i in _exemplars(ours):
            for j in _exemplars(theirs):
                if _comparable(linker.accounts[i], linker.accounts[j]):
                    pair = (linker.accounts[i].document, linker.accounts[j].document)
                    weight = weigh(linker.features(i), linker.features(j), linker.weights)
                    best[pair] = max(best.get(pair, -_JUDGED_BITS), weight)
        told_as_two = any(one == two and bits < TOLD_AS_TWO_BITS for (one, two), bits in best.items())
        is_chain = linker.accounts[ours[0]].is_total and max(best.values(), default=0.0) >= CHAIN_BITS
        mean = sum(best.values()) / len(best) if best else 0.0
        is_strong = max(best.values(), default=0.0) >= STRONG_BITS and mean >= LEAST_MEAN
        if not told_as_two and (not best or is_chain or is_strong or mean >= linker.weights.threshold):
            return True
        self.refused[a, b] = size
        return False

    def _held_apart(self, ours: Sequence[int], other: int) -> bool:
        apart: Mapping[int, set[int]] = self.linker.apart
        return bool(apart) and any(self.cluster_of.get(j) == other for i in ours for j in apart.get(i, ()))

    def _join(self, a: int, b: int, link: Link) -> None:
        keep, give = (a, b) if len(self.members[a]) >= len(self.members[b]) else (b, a)
        for i in self.members.pop(give):
            self.cluster_of[i] = keep
            insort(self.members[keep], i)
        self.links[keep] += [*self.links.pop(give, []), link]


class _Parts:
    """Which accounts are connected: a forest of positions (union–find)."""

    def __init__(self, number: int) -> None:
        self._up = array("l", range(number))

    def root(self, i: int) -> int:
        up = self._up
        while up[i] != i:
            up[i] = up[up[i]]
            i = up[i]
        return i

    def join(self, i: int, j: int) -> None:
        a, b = self.root(i), self.root(j)
        if a != b:
            self._up[max(a, b)] = min(a, b)

    def groups(self) -> Iterator[tuple[int, list[int]]]:
        """Yield each part's root and members, both in order."""
        members: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self._up)):
            members[self.root(i)].append(i)
        yield from members.items()


def _comparable(one: Account, two: Account) -> bool:
    if one.is_total and two.is_total:
        return True
    return not set(affairs_of(one.type)).isdisjoint(affairs_of(two.type))


def _exemplars(members: list[int]) -> list[int]:
    """Return a few members spread over a cluster, the same ones in every run."""
    if len(members) <= EXEMPLARS:
        return members
    step = (len(members) - 1) / (EXEMPLARS - 1)
    return [members[round(n * step)] for n in range(EXEMPLARS)]
