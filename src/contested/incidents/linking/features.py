"""What is compared of an account, worked out once: days as numbers, points, actor keys, and its words as a vector."""

from __future__ import annotations

import math
import re
import zlib
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from contested.incidents.account import Account
from contested.incidents.sides import blamed
from contested.incidents.whereabouts import AREAS, without_kind
from contested.places.names import fold, skeleton
from contested.types import ActorLink, PlaceLevel, PlaceLink, Role, Status

_WORD = re.compile(r"[^\W\d_]{3,}")  # shorter words and numbers are compared by other fields, or say nothing
_BUCKETS = 1 << 20  # hashed words: at 50,000 different ones, one in twenty shares its bucket
_STEM = 6  # letters kept: "bombed", "bombing", "bombs" meet, and so do most spellings of a name from their start
# The days before its report on which an undated event is looked for: news is told within days.
UNDATED_DAYS = 3
TOLD_BACK_DAYS = 31  # … and one that its report comes back to: "the Kabkabiya bombing" may be of a month ago
LARGE_TOLL = 8  # dead; from here on an equal number is rarely chance: in the news half of all tolls are smaller
LEADS_KEPT = 4096  # openings; more than there are reports in a window of blocking.py, in most archives


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map: degrees, and the honest radius around it in km.

    `province`: the name of the first-level division that it lies in; `is_province_too`: a city that gives its name to
    its division, so that a report may mean the one or the other.
    """

    lat: float
    lon: float
    radius_km: float
    name: str
    is_area: bool
    province: str = ""
    is_province_too: bool = False


@dataclass(frozen=True, slots=True)
class Features:
    """An account as comparisons see it. `first`, `last`: days as ordinals, None when the report gives none.

    `is_setting`: the points and names are those of the places around, since the event has none of its own. `names`: how
    its towns, villages and sites are called, whether a gazetteer knows them or not, as skeletons; `hints`: what may be
    such names besides. `quoted`: the numbers of dead that it sets beside its own, as those of before or of others.
    `risen`: the number of dead to which the report says that the toll has come. `home`: whose people it names, where it
    names no place.
    """

    account: Account
    first: int | None
    last: int | None
    told: int | None
    points: tuple[Point, ...]
    names: frozenset[str]
    hints: frozenset[str]
    is_setting: bool
    countries: frozenset[str]
    blamed: tuple[ActorLink, ...]
    killed: tuple[float, float] | None
    wounded: tuple[float, float] | None
    vector: dict[int, float]
    lead: dict[int, float] | None
    quoted: frozenset[float | None] = frozenset()
    risen: float | None = None
    home: str = ""


class Describer:
    """Turns accounts into features, one at a time: of many accounts only a few need be described at once.

    Words weigh by how rare they are among all accounts (tf-idf), so these are gone through once at the start.
    """

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._frequency = array("l", bytes(array("l").itemsize * _BUCKETS))
        self._total = 0
        for account in accounts:
            self._total += 1
            for word in _hashed(account.words):
                self._frequency[word] += 1
        # The accounts of one report share its opening, and come one after the other.
        self._weighed_lead = lru_cache(maxsize=LEADS_KEPT)(self._weigh)

    def features(self, account: Account) -> Features:
        """Return the features of an account."""
        # A report of one sentence opens with nothing but that sentence, which is compared already.
        lead = self._weighed_lead(account.lead) if account.lead and account.lead != account.words else None
        return _features(account, self._weigh(account.words), lead)

    def _weigh(self, words: str) -> dict[int, float]:
        weights = {word: math.log((self._total + 1) / (self._frequency[word] + 0.5)) for word in _hashed(words)}
        length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
        return {word: weight / length for word, weight in weights.items()}


def stretch(account: Account) -> tuple[int | None, int | None, int | None]:
    """Return the first and the last day of an account and the day it was told, as ordinals; None is not known."""
    when = account.when
    first = when.earliest.toordinal() if when and when.earliest else None
    last = when.latest.toordinal() if when and when.latest else None
    told = account.published.toordinal() if account.published else None
    if first is not None and last is None:
        last = told if told is not None and told >= first else first  # "since Sunday" ends with its report
    if last is not None and first is None:
        last = None  # "until May" alone says no day
    if first is not None and told is not None and first > told + 1 and account.status is Status.ACTUAL:
        return None, None, told  # what has happened is not still to come: the day was misread. One day: time zones
    return first, last, told


def cosine(a: dict[int, float], b: dict[int, float]) -> float:
    """Return how alike two unit vectors are, 0 to 1."""
    if len(a) > len(b):
        a, b = b, a
    return sum([a[word] * b[word] for word in a.keys() & b.keys()])


def _hashed(words: str) -> set[int]:
    return {zlib.crc32(w[:_STEM].encode("utf-8", "surrogatepass")) % _BUCKETS for w in _WORD.findall(words.casefold())}


def _features(account: Account, vector: dict[int, float], lead: dict[int, float] | None) -> Features:
    first, last, told = stretch(account)
    countries = {p.country for p in account.places if p.country}
    if not countries and account.where_told:
        countries = {account.where_told}
    return Features(
        account=account,
        first=first,
        last=last,
        told=told,
        points=tuple(
            _point(p) for p in (account.places or account.setting) if p.lat is not None and not _is_country(p)
        ),
        names=names_of(account),
        hints=frozenset(map(_spoken, account.place_hints)),
        is_setting=not account.places,
        countries=frozenset(countries),
        blamed=blamed(account),
        killed=bounds_of(account, Role.KILLED),
        wounded=bounds_of(account, Role.WOUNDED),
        vector=vector,
        lead=lead,
        quoted=frozenset(t.amount.low for t in account.totals(Role.KILLED) if t.mark),
        risen=_risen(account),
        home=account.home or "",
    )


def names_of(account: Account) -> frozenset[str]:
    """Return the names of an account's towns, villages and sites, or of those around it, as skeletons."""
    names = (*_local_names(account.places or account.setting), *account.place_words)
    return frozenset(_spoken(without_kind(name)) for name in names)


def _risen(account: Account) -> float | None:
    numbers = [n for t in account.totals(Role.KILLED) if t.is_newer for n in (t.amount.low, t.amount.high) if n]
    return max(numbers, default=None)


def _local_names(places: Iterable[PlaceLink]) -> Iterator[str]:
    """Yield the names of places smaller than a province, also of those that no gazetteer knows."""
    for place in places:
        # A village that no gazetteer knows stands in what it lies in, its own name as the relation to it.
        own = place.relation if place.relation[:1].isupper() else ""
        if own or place.level not in AREAS:
            yield own or place.name


def _spoken(name: str) -> str:
    """Return what the spellings of a name share; a number in it is no spelling."""
    return fold(name) if any(c.isdigit() for c in name) else skeleton(name)


def _is_country(place: PlaceLink) -> bool:
    return place.level is PlaceLevel.COUNTRY or (place.radius_km or 0.0) > 200  # larger than any province of use here


def _point(place: PlaceLink) -> Point:
    radius = place.radius_km if place.radius_km is not None else 10.0  # an unsaid radius: that of a city
    name, province = place.name.casefold(), ((place.chosen.admin1 if place.chosen else "") or "").casefold()
    is_area = place.level in AREAS
    # "Idlib" lies in "Idlib Governorate": gazetteers add the division's kind to the name
    too = bool(province) and province.startswith(name) and not is_area and not place.relation
    return Point(place.lat or 0.0, place.lon or 0.0, radius, name, is_area, province, too)


def bounds_of(account: Account, role: Role) -> tuple[float, float] | None:
    """Return the least and the most that the account's speakers give; open ends are left as the number said."""
    numbers = [n for t in account.totals(role) for n in (t.amount.low, t.amount.high) if n is not None]
    return (min(numbers), max(numbers)) if numbers else None
