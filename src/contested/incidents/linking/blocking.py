"""Which pairs of accounts are worth comparing: few for each account, however many accounts there are.

Time goes first: accounts are gone through in windows of a few days, and only those of one window are described and
put into blocks. So memory holds a window's features at a time, and no table of all blocks.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from itertools import combinations

from contested.incidents.account import Account
from contested.incidents.linking.affairs import affairs_of, is_rare
from contested.incidents.linking.features import (
    LARGE_TOLL,
    TOLD_BACK_DAYS,
    UNDATED_DAYS,
    Describer,
    Features,
    Point,
    bounds_of,
    names_of,
    stretch,
)
from contested.incidents.linking.totals import total_pairs
from contested.types import Role

Key = tuple[str | int, ...]
Pair = tuple[int, int, Features, Features]

WINDOW_DAYS = 4  # a window begins every two days: days up to two apart always share one
LONGEST_DAYS = (
    31  # of an interval only the first and last days are looked at beyond this: "in 2015" meets no single day
)
CELL_DEGREES = 0.5  # about 50 km; accounts near an edge stand in the next cell too
EDGE_DEGREES = 0.15
TELLING_WORDS = 5  # rarest words of a sentence under which it is also found
SMALL_BLOCK = 13  # accounts; a block up to this size is compared as a whole, a larger one along its order
NEIGHBOURS = 3  # … with this many next ones: what is alike stands together
STRANGERS = 2  # … of which so many may be of another place: a block is ordered by place, and the next one is a guess
TOLD_LONG_DAYS = 62  # between two tellings of one town and one large number of dead
REMEMBERED = 4  # such tellings that a later one is compared with
_UNDATED = 0  # the window of accounts without any day; no report is from the year 1


def candidate_pairs(accounts: Sequence[Account], describer: Describer) -> Iterator[Pair]:
    """Yield pairs to compare, each once: two positions, the lower one first, and what describes the two accounts.

    Accounts meet in a block of one affair and one window of days that also share a map cell, a place's name, a telling
    word of their sentences or of the openings of their reports, the number of dead, or a rare type, also with the
    country; and in the whole block of a country, of a country and the very day, or of one day's news, when it is small.
    What gives no day also meets what was told in the weeks before of one name and one large number of dead. Running
    totals meet one another (`totals.py`), and those told beside no event also all else.
    """
    yield from total_pairs(accounts, describer)
    yield from _told_long_after(accounts, describer)
    windows, leaving = _windows(accounts)
    inside: dict[int, Features] = {}
    met: dict[int, set[int]] = defaultdict(set)
    for window in sorted(windows):
        members = windows.pop(window)
        inside = {p: inside[p] if p in inside else describer.features(accounts[p]) for p in members}
        for i, j in _pairs_within(members, inside):
            if j not in met[i] and not (accounts[i].is_total and accounts[j].is_total):
                met[i].add(j)
                yield i, j, inside[i], inside[j]
        for position in leaving.pop(window, ()):
            met.pop(position, None)


def _told_long_after(accounts: Sequence[Account], describer: Describer) -> Iterator[Pair]:
    """Yield pairs that share no window: “the beach shooting, in which 15 people died”, five weeks later."""
    before: dict[Key, deque[int]] = defaultdict(lambda: deque(maxlen=REMEMBERED))
    for position, account in enumerate(accounts):
        killed = None if account.is_total else bounds_of(account, Role.KILLED)
        if killed is None or killed[1] < LARGE_TOLL:
            continue
        names, met = sorted(names_of(account)), set[int]()
        for key in [(affair, name, int(killed[1])) for affair in affairs_of(account.type) for name in names]:
            for other in before[key]:
                if other not in met and _is_told_long_after(account, accounts[other]):
                    met.add(other)
                    yield other, position, describer.features(accounts[other]), describer.features(account)
            before[key].append(position)


def _is_told_long_after(account: Account, other: Account) -> bool:
    """Whether an account gives no day, and the other came out in the weeks before, but in no window that it is in."""
    first, last, told = stretch(account)
    told_before = stretch(other)[2]
    is_dated = first is not None and last is not None and last - first <= LONGEST_DAYS
    if is_dated or told is None or told_before is None or told - told_before > TOLD_LONG_DAYS:
        return False
    return _windows_of(account).isdisjoint(_windows_of(other))


def _windows(accounts: Sequence[Account]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Return the positions that stand in each window of days, and those that stand in no later one."""
    windows: dict[int, list[int]] = defaultdict(list)
    leaving: dict[int, list[int]] = defaultdict(list)
    for position, account in enumerate(accounts):
        if account.is_aside and account.is_total:
            continue
        stands_in = _windows_of(account)
        for window in stands_in:
            windows[window].append(position)
        leaving[max(stands_in)].append(position)
    return windows, leaving


def _windows_of(account: Account) -> set[int]:
    first, last, told = stretch(account)
    days: list[int] = []
    if first is not None and last is not None:
        days += range(first, last + 1) if 0 <= last - first <= LONGEST_DAYS else (first, last)
    elif told is not None:
        comes_back = account.lead and account.points_back and (account.place_words or account.place_hints)
        days += range(told - (TOLD_BACK_DAYS if comes_back else UNDATED_DAYS), told + 1)
    if told is not None and account.lead:
        days.append(told)  # what a report opens with is news: it meets others of that day, should its own be misread
    if not days:
        return {_UNDATED}
    half = WINDOW_DAYS // 2
    return {d // half for d in days} | {d // half - 1 for d in days}  # window n holds the days from n × half on


def _pairs_within(members: Sequence[int], features: dict[int, Features]) -> Iterator[tuple[int, int]]:
    blocks: dict[Key, list[int]] = defaultdict(list)
    for position in members:
        for key in _keys(features[position]):
            blocks[key].append(position)
    for key, together in blocks.items():
        if len(together) > 1:
            yield from _pairs(key, together, features)


def _pairs(key: Key, members: list[int], features: dict[int, Features]) -> Iterator[tuple[int, int]]:
    if len(members) <= SMALL_BLOCK:
        yield from combinations(members, 2)  # members are in order, so the lower one comes first
        return
    if key[0] in ("country", "day", "told"):
        return  # its members meet in the narrower blocks
    ordered = sorted(members, key=lambda i: (_order(features[i]), i))
    for at, i in enumerate(ordered):
        here, strangers = _order(features[i])[0], 0
        for j in ordered[at + 1 : at + 1 + NEIGHBOURS]:
            strangers += _order(features[j])[0] != here
            if strangers > STRANGERS:
                break
            yield (i, j) if i < j else (j, i)


def _order(f: Features) -> tuple[str, float, int]:
    place = f.points[0].name if f.points else ""
    return place, f.killed[1] if f.killed else -1.0, f.first or f.told or 0


def _keys(f: Features) -> Iterator[Key]:
    cells = {cell for p in f.points if not p.is_area for cell in _cells(p)}
    words, opening = _telling(f.vector), _telling(f.lead or {})
    rare = is_rare(f.account.type)
    countries = sorted(f.countries) or [f.home]
    for affair in affairs_of(f.account.type):
        yield from (("cell", affair, x, y) for x, y in cells)
        yield from (("name", affair, name) for name in sorted(f.names | f.hints))
        yield from (("word", affair, word) for word in words)
        yield from (("opening", affair, word) for word in opening)
        if rare:
            yield "rare", f.account.type.value
            yield from (("rare", f.account.type.value, country) for country in countries)
        if f.killed and f.killed[1] > 1:
            yield "killed", affair, int(f.killed[1])
        if f.first is not None and f.first == f.last and not (f.is_setting and f.points):
            yield from (("day", affair, f.first, country) for country in countries)
        if f.account.lead or not f.points:
            yield "told", affair, f.first or f.told or 0
        yield from (("country", affair, country) for country in countries)


def _telling(vector: dict[int, float]) -> list[int]:
    return sorted(vector, key=lambda w: (-vector[w], w))[:TELLING_WORDS]


def _cells(point: Point) -> Iterator[tuple[int, int]]:
    for lat in {point.lat - EDGE_DEGREES, point.lat + EDGE_DEGREES}:
        for lon in {point.lon - EDGE_DEGREES, point.lon + EDGE_DEGREES}:
            yield int(lat // CELL_DEGREES), int(lon // CELL_DEGREES)
