"""Which pairs of accounts are worth comparing: few for each account, however many accounts there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from contested.incidents.linking.affairs import affairs_of
from contested.incidents.linking.features import UNDATED_DAYS, Features, Point

Key = tuple[str | int, ...]

BUCKET_DAYS = 4  # two bucketings, half a bucket apart: days up to two apart always share one
LONGEST_DAYS = (
    12  # of an interval only the first and last days are looked at beyond this: "in July" meets no single day
)
CELL_DEGREES = 0.5  # about 50 km; accounts near an edge stand in the next cell too
EDGE_DEGREES = 0.15
TELLING_WORDS = 5  # rarest words of a sentence under which it is also found
SMALL_BLOCK = 16  # accounts; a block up to this size is compared as a whole, a larger one along its order
NEIGHBOURS = 6  # … with this many next ones: what is alike stands together


def candidate_pairs(features: Sequence[Features]) -> Iterator[tuple[int, int]]:
    """Yield pairs of positions to compare, each once, in order.

    Accounts meet in a block of one affair and one stretch of days that also share a map cell, a telling word with the
    country, or the number of dead; and in the whole block of a country when it is small.
    """
    blocks: dict[Key, list[int]] = defaultdict(list)
    for position, account in enumerate(features):
        for key in _keys(account):
            blocks[key].append(position)
    seen: dict[int, set[int]] = defaultdict(set)
    for key, members in blocks.items():
        for i, j in _pairs(key, members, features):
            if j not in seen[i]:
                seen[i].add(j)
    for i in sorted(seen):
        for j in sorted(seen[i]):
            yield i, j


def _pairs(key: Key, members: list[int], features: Sequence[Features]) -> Iterator[tuple[int, int]]:
    if len(members) <= SMALL_BLOCK:
        yield from combinations(members, 2)
        return
    if key[0] == "country":
        return  # its members meet in the narrower blocks
    ordered = sorted(members, key=lambda i: (_order(features[i]), i))
    for at, i in enumerate(ordered):
        for j in ordered[at + 1 : at + 1 + NEIGHBOURS]:
            yield (i, j) if i < j else (j, i)


def _order(f: Features) -> tuple[str, float, int]:
    place = f.points[0].name if f.points else ""
    return place, f.killed[1] if f.killed else -1.0, f.first or f.told or 0


def _keys(f: Features) -> Iterator[Key]:
    cells = {cell for p in f.points if not p.is_area for cell in _cells(p)}
    words = sorted(f.vector, key=lambda w: (-f.vector[w], w))[:TELLING_WORDS]
    countries = sorted(f.countries) or [""]
    for affair in affairs_of(f.account.type):
        for bucket in _buckets(f):
            yield from (("cell", affair, bucket, x, y) for x, y in cells)
            yield from (("word", affair, bucket, word) for word in words)
            if f.killed and f.killed[1] > 1:
                yield "killed", affair, bucket, int(f.killed[1])
            yield from (("country", affair, bucket, country) for country in countries)


def _buckets(f: Features) -> list[str]:
    if f.first is not None:
        last = f.last or f.first
        days = range(f.first, last + 1) if last - f.first <= LONGEST_DAYS else (f.first, last)
    elif f.told is not None:
        days = range(f.told - UNDATED_DAYS, f.told + 1)
    else:
        return ["undated"]
    half = BUCKET_DAYS // 2
    return sorted({f"a{d // BUCKET_DAYS}" for d in days} | {f"b{(d + half) // BUCKET_DAYS}" for d in days})


def _cells(point: Point) -> Iterator[tuple[int, int]]:
    for lat in {point.lat - EDGE_DEGREES, point.lat + EDGE_DEGREES}:
        for lon in {point.lon - EDGE_DEGREES, point.lon + EDGE_DEGREES}:
            yield int(lat // CELL_DEGREES), int(lon // CELL_DEGREES)
