"""What is compared of an account, worked out once: days as numbers, points, actor keys, and its words as a vector."""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from contested.incidents.accounts import Account
from contested.types import PlaceLevel, PlaceLink, Role

_WORD = re.compile(r"[^\W\d_]{3,}")  # shorter words and numbers are compared by other fields, or say nothing
_BUCKETS = 1 << 20  # hashed words: at 50,000 different ones, one in twenty shares its bucket
_STEM = 6  # letters kept: "bombed", "bombing", "bombs" meet, and so do most spellings of a name from their start
# The days before its report on which an undated event is looked for: news is told within days.
UNDATED_DAYS = 3
_AREAS = frozenset({PlaceLevel.COUNTRY, PlaceLevel.REGION, PlaceLevel.ADM1})


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map: degrees, and the honest radius around it in km."""

    lat: float
    lon: float
    radius_km: float
    name: str
    is_area: bool


@dataclass(frozen=True, slots=True)
class Features:
    """An account as comparisons see it. `first`, `last`: days as ordinals, None when the report gives none.

    `is_setting`: the points are those of the places around, since the event has none of its own.
    """

    account: Account
    first: int | None
    last: int | None
    told: int | None
    points: tuple[Point, ...]
    is_setting: bool
    countries: frozenset[str]
    killed: tuple[float, float] | None
    wounded: tuple[float, float] | None
    vector: dict[int, float]
    lead: dict[int, float] | None


def features_of(accounts: Sequence[Account]) -> list[Features]:
    """Return the features of each account; words weigh by how rare they are among these accounts (tf-idf)."""
    words = [_hashed(account.words) for account in accounts]
    frequency: Counter[int] = Counter()
    for bag in words:
        frequency.update(bag)
    total = len(accounts)
    leads: dict[str, dict[int, float]] = {}
    for account in accounts:
        if account.lead and account.document not in leads:
            leads[account.document] = _weigh(_hashed(account.lead), frequency, total)
    return [
        _features(account, _weigh(bag, frequency, total), leads.get(account.document) if account.lead else None)
        for account, bag in zip(accounts, words, strict=True)
    ]


def cosine(a: dict[int, float], b: dict[int, float]) -> float:
    """Return how alike two unit vectors are, 0 to 1."""
    if len(a) > len(b):
        a, b = b, a
    return sum(weight * b[word] for word, weight in a.items() if word in b)


def _hashed(words: str) -> set[int]:
    return {zlib.crc32(w[:_STEM].encode("utf-8", "surrogatepass")) % _BUCKETS for w in _WORD.findall(words.casefold())}


def _weigh(bag: set[int], frequency: Counter[int], total: int) -> dict[int, float]:
    weights = {word: math.log((total + 1) / (frequency[word] + 0.5)) for word in bag}
    length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
    return {word: weight / length for word, weight in weights.items()}


def _features(account: Account, vector: dict[int, float], lead: dict[int, float] | None) -> Features:
    when = account.when
    first = when.earliest.toordinal() if when and when.earliest else None
    last = when.latest.toordinal() if when and when.latest else None
    told = account.published.toordinal() if account.published else None
    if first is not None and last is None:
        last = told if told is not None and told >= first else first  # "since Sunday" ends with its report
    if last is not None and first is None:
        last = None  # "until May" alone says no day
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
        is_setting=not account.places,
        countries=frozenset(countries),
        killed=_bounds(account, Role.KILLED),
        wounded=_bounds(account, Role.WOUNDED),
        vector=vector,
        lead=lead,
    )


def _is_country(place: PlaceLink) -> bool:
    return place.level is PlaceLevel.COUNTRY or (place.radius_km or 0.0) > 200  # larger than any province of use here


def _point(place: PlaceLink) -> Point:
    radius = place.radius_km if place.radius_km is not None else 10.0  # an unsaid radius: that of a city
    return Point(place.lat or 0.0, place.lon or 0.0, radius, place.name.casefold(), place.level in _AREAS)


def _bounds(account: Account, role: Role) -> tuple[float, float] | None:
    """Return the least and the most that the account's speakers give; open ends are left as the number said."""
    numbers = [n for t in account.totals(role) for n in (t.amount.low, t.amount.high) if n is not None]
    return (min(numbers), max(numbers)) if numbers else None
