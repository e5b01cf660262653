"""Running totals of several reports: do two add up one war or campaign, and which are worth comparing?

Reports give the toll of a war weeks apart, each a little higher. So days say little here, and numbers much: they are
compared with those of about the same size in the same country, however long before.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence

from contested.incidents.account import Account
from contested.incidents.linking.features import Describer, Features, cosine
from contested.incidents.populations import UNSAID, people_of
from contested.incidents.sides import STATE, relate_actors
from contested.types import Role

Key = tuple[str, str, int]
Levels = tuple[tuple[str, str], ...]

NEIGHBOURS = 8  # earlier totals of its country and size that each is compared with
LARGE = 1000  # from here on two numbers of one country and about one size rarely add up two wars
ROUNDING = 1.03  # times; “52,000” and 52,243 may be one count
NEAR, GROWN = 1.3, 3.0  # times; a larger number is more often another war's
ONE_START_DAYS = 31  # between two days since which is counted: “since October”, “since 7 October”
WEEKS_DAYS, YEAR_DAYS, LONG_DAYS = 30, 400, 1_100
_ALIKE, _CLOSE = 0.2, 0.35  # cosine, as in comparing.py
_A_DOUBLING = 2  # blocks of sizes; each total stands in two, so that numbers half a block apart always meet
_NOWHERE = ""
_ANY_SIZE = -1  # a battle's total more than doubles from week to week


def total_pairs(accounts: Sequence[Account], describer: Describer) -> Iterator[tuple[int, int, Features, Features]]:
    """Yield pairs of running totals to compare, each once: two positions, the lower one first, and their features."""
    before: dict[Key, deque[tuple[int, Features]]] = defaultdict(lambda: deque(maxlen=NEIGHBOURS))
    for position, account in enumerate(accounts):
        if not account.is_total:
            continue
        features = describer.features(account)
        met: set[int] = set()
        for key in _keys(features):
            for other, theirs in before[key]:
                if other not in met:
                    met.add(other)
                    yield other, position, theirs, features
            before[key].append((position, features))


def _keys(f: Features) -> Iterator[Key]:
    for role, bounds in ((Role.KILLED, f.killed), (Role.WOUNDED, f.wounded)):
        if bounds is None or bounds[1] <= 0:
            continue
        for name in sorted(f.names):
            yield role.value, name, _ANY_SIZE
        size = math.log2(bounds[1])
        for country in sorted(countries(f) | ({_NOWHERE} if bounds[1] >= LARGE else set())) or [_NOWHERE]:
            for half in range(_A_DOUBLING):
                yield role.value, country, int(_A_DOUBLING * math.floor(size + half / _A_DOUBLING) + half)


def countries(f: Features) -> frozenset[str]:
    """Return the countries that a total is of: its places', else its victims', its speakers' or its report's."""
    if f.account.places and f.countries:
        return f.countries
    speakers = [t.speaker.link for t in f.account.tolls if t.speaker.link and t.speaker.link.kind in STATE]
    links = [*f.account.targets, *speakers]  # a state counts its own; a monitor's office says nothing
    return frozenset(k.country for k in links if k.country) or f.countries or frozenset({f.home} - {""})


def _number(a: Features, b: Features) -> str:
    """Compare two totals, the earlier report's first."""
    first, second = sorted((a, b), key=lambda f: f.told or 0)
    one, two = first.killed or first.wounded, second.killed or second.wounded
    if one is None or two is None:
        return "unknown"
    low, high = one[1], two[1]
    large = min(low, high) >= LARGE
    if low == high:
        return "same-large" if large else "same"
    times = high / low if low else math.inf
    if 1 / ROUNDING <= times <= ROUNDING:
        return "close-large" if large else "close"
    if times < 1 and first.told != second.told:
        return "fallen"
    times = max(times, 1 / times if times else math.inf)
    if times <= NEAR:
        return "grown-large" if large else "grown"
    if times > GROWN:
        return "far"
    return "grown-much-large" if large else "grown-much"


def _area(a: Features, b: Features) -> str:
    if not (ours := countries(a)) or not (theirs := countries(b)):
        return "unknown"
    if not ours & theirs:
        return "other-country"
    names = [{p.name for p in f.points} for f in (a, b)]
    if names[0] & names[1]:
        return "same-place"
    both_small = all(f.points and not f.is_setting and not any(p.is_area for p in f.points) for f in (a, b))
    return "two-places" if both_small else "same-country"


def _start(a: Features, b: Features) -> str:
    if a.first is None or b.first is None:
        return "unknown"
    return "same" if abs(a.first - b.first) <= ONE_START_DAYS else "differ"


def _told(a: Features, b: Features) -> str:
    if a.told is None or b.told is None:
        return "unknown"
    apart = abs(a.told - b.told)
    if apart <= YEAR_DAYS:
        return "weeks" if apart <= WEEKS_DAYS else "months"
    return "years" if apart <= LONG_DAYS else "long"


def _people(a: Features, b: Features) -> str:
    ours, theirs = ({people_of(t.amount.of_whom) for t in f.account.tolls} - {UNSAID} for f in (a, b))
    if not ours or not theirs:
        return "unknown"
    return "same" if ours & theirs else "differ"


def _speaker(a: Features, b: Features) -> str:
    ours, theirs = ({t.speaker.key for t in f.account.tolls if t.speaker.is_named} for f in (a, b))
    if not ours or not theirs:
        return "unknown"
    return "same" if ours & theirs else "differ"


def _wording(a: Features, b: Features) -> str:
    likeness = cosine(a.vector, b.vector)
    return "close" if likeness >= _CLOSE else "alike" if likeness >= _ALIKE else "other"


def _report(a: Features, b: Features) -> str:
    if a.account.document != b.account.document:
        return "two"
    return "two-sources" if _speaker(a, b) == "differ" else "one"


# In the order in which an explanation lists them.
COMPARISONS: tuple[tuple[str, Callable[[Features, Features], str]], ...] = (
    ("total", _number),
    ("total-area", _area),
    ("total-start", _start),
    ("total-told", _told),
    ("total-people", _people),
    ("total-speaker", _speaker),
    ("total-doer", lambda a, b: relate_actors(a.blamed, b.blamed)),
    ("total-wording", _wording),
    ("total-report", _report),
)
