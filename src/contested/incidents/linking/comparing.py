"""Two accounts, field by field: the level that each comparison reaches, and the sum of their bits."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache

from contested.incidents.account import Account
from contested.incidents.linking.affairs import affairs_of, are_kin, is_rare, is_vague
from contested.incidents.linking.features import LARGE_TOLL, TOLD_BACK_DAYS, UNDATED_DAYS, Features, Point, cosine
from contested.incidents.linking.totals import COMPARISONS as OF_TOTALS
from contested.incidents.linking.weights import Weights
from contested.incidents.sides import relate_actors
from contested.places.geometry import distance_km
from contested.types import EventType, Role

SPOT_KM = 3.0  # two gazetteers, or a site and its village, differ by as much; quarters of one city lie further apart
CITY_KM = 16.0  # radius up to which a place is a city or a district rather than a province
BESIDE_KM = 12.0  # between the edges of two places: a report names the village, another the town that its readers know
AREA_SLACK = 1.4  # times its radius; a province is no circle around its middle
NEAR_KM = 40.0  # beyond it, no two reporters mean one incident
KM_A_DEGREE = 111.0  # of latitude, rounded down so that nothing near is passed over
FEW_DAYS = 3  # days; a report's "Thursday" misread for another weekday lies this near at most
SHORT_DAYS = 4  # an interval up to this long still tells when
TOLD_TOGETHER_DAYS = 0
TOLD_APART_DAYS = 7  # after a week an undated event is more likely another one
CLOSE = 1.25  # within a quarter: rounding, and what is found within hours
FAR = 3.0
NEAR_SENTENCES = 3
NEAR_SOURCES = 8  # sentences; what one source says, and what it calls for, stands before the next one's

Levels = tuple[tuple[str, str], ...]

_LEAD_CLOSE, _LEAD_ALIKE = 0.35, 0.18  # cosine of the openings; as above
_COPIED, _CLOSE, _ALIKE, _SOME = 0.6, 0.35, 0.2, 0.08  # cosine; read off the tuning half, see evaluation/incidents.py


def compare(a: Features, b: Features) -> Levels:
    """Return (comparison, level) for every comparison of two accounts."""
    return tuple((name, relate(a, b)) for name, relate in _comparisons(a, b))


def weigh(a: Features, b: Features, weights: Weights) -> float:
    """Return the match weight of two accounts, in bits."""
    total = weights.prior
    for name, relate in _comparisons(a, b):
        total += weights.bits[name][relate(a, b)]
    return total


def _comparisons(a: Features, b: Features) -> tuple[tuple[str, Callable[[Features, Features], str]], ...]:
    return OF_TOTALS if a.account.is_total and b.account.is_total else _COMPARISONS


@cache
def _types(a: EventType, b: EventType) -> str:
    if a is b:
        return "same-rare" if is_rare(a) else "same"
    if is_vague(a) or is_vague(b):
        return "vague"
    if are_kin(a, b):
        return "kin"
    both = set(affairs_of(a)) & set(affairs_of(b))
    if "ground" in both:
        return "fight-and-outcome"
    return "means-differ" if both == {"strike"} else "alike"


def _place(a: Features, b: Features) -> str:
    if a.countries and b.countries and not a.countries & b.countries and not _touch(a, b):
        if a.names & b.names and _days(a, b) not in _ANOTHER_DAY:
            return "name-abroad"
        return "setting-abroad" if a.is_setting or b.is_setting else "other-country"
    if a.names & b.names and not (a.points and b.points):
        return "setting-name" if a.is_setting or b.is_setting else "one-name"
    if not (a.points and b.points) and (a.names | a.hints) & (b.names | b.hints) and _days(a, b) not in _ANOTHER_DAY:
        return "setting-name"  # of another day it would say little: most such names are of large cities
    if not a.points or not b.points:
        named = a.account.places and b.account.places
        return "same-country" if named and a.countries & b.countries else "unknown"
    if len(a.points) == len(b.points) == 1:
        nearest = _points(a.points[0], b.points[0])
    else:
        nearest = min((_points(p, q) for p in a.points for q in b.points), key=_NEAREST_FIRST.index)
    if nearest in _NOT_ONE and a.names & b.names:
        nearest = "one-name"
    if nearest in _ROUND_IT and (a.names | a.hints) & (b.names | b.hints) and _days(a, b) not in _ANOTHER_DAY:
        nearest = "one-name"
    if a.is_setting or b.is_setting:
        return _SETTING[nearest]
    return nearest


_SETTING = {
    "one-name": "setting-name",
    "one-spot": "setting-spot",
    "one-city": "setting-city",
    "within": "setting-within",
    "within-wide": "unknown",
    "beside": "unknown",
    "city-or-province": "unknown",
    "near": "setting-apart",
    "apart": "setting-apart",
}


def _touch(a: Features, b: Features) -> bool:
    """Places on a border are put now into one country, now into the other."""
    return any(_points(p, q) in ("one-spot", "one-city") for p in a.points for q in b.points)


_ROUND_IT = ("within", "within-wide", "city-or-province")
_NOT_ONE = ("within-wide", "beside", "city-or-province", "near", "apart")
_NEAREST_FIRST = ("one-spot", "one-city", "within", "within-wide", "beside", "city-or-province", "near", "apart")


def _points(p: Point, q: Point) -> str:
    small, large = (p.radius_km, q.radius_km) if p.radius_km < q.radius_km else (q.radius_km, p.radius_km)
    if abs(p.lat - q.lat) * KM_A_DEGREE > max(small + AREA_SLACK * large, NEAR_KM):
        # most pairs of a large block end here, without the globe's geometry
        return "city-or-province" if _in_its_province(p, q) or _in_its_province(q, p) else "apart"
    apart = distance_km(p.lat, p.lon, q.lat, q.lon)
    if large <= CITY_KM and apart <= SPOT_KM:
        return "one-spot" if large <= SPOT_KM else "one-city"
    if p.name == q.name and apart <= large:
        return "one-city" if large <= NEAR_KM and not p.is_area else "within-wide"
    if apart <= large * (AREA_SLACK if p.is_area or q.is_area else 1.0):
        return "within" if large <= NEAR_KM else "within-wide"
    if apart - small - large <= BESIDE_KM and not (p.is_area or q.is_area):
        return "beside"
    if _in_its_province(p, q) or _in_its_province(q, p):
        return "city-or-province"
    return "near" if apart <= max(small + large, NEAR_KM) else "apart"


def _in_its_province(city: Point, place: Point) -> bool:
    return city.is_province_too and place.province.startswith(city.name)


def _time(a: Features, b: Features) -> str:
    level = _days(a, b)
    return _of_a_fight(level) if _is_fight(a.account.type) and _is_fight(b.account.type) else level


def _days(a: Features, b: Features) -> str:
    if a.first is None or b.first is None:
        return _told(a, b)
    last_a, last_b = a.last or a.first, b.last or b.first
    gap = max(a.first - last_b, b.first - last_a)
    if gap > 0:
        two_nights = last_a > a.first and last_b > b.first  # “overnight into Thursday”, “… into Saturday”
        if gap <= FEW_DAYS and not two_nights and _may_be_of_saying(a, b):
            return "next-day" if gap == 1 else "few-days-told"
        return "next-day" if gap == 1 and not two_nights else "few-days" if gap <= FEW_DAYS else "apart"
    if a.first == last_a == b.first == last_b:
        return "same-day"
    return "overlap" if max(last_a - a.first, last_b - b.first) < SHORT_DAYS else "wide"


def _may_be_of_saying(a: Features, b: Features) -> bool:
    """Whether the later of two days is that of its report: then it may be the one on which something was said."""
    later = a if (a.first or 0) > (b.first or 0) else b
    return later.first == later.last == later.told and _leads_back(a, b)


@cache
def _is_fight(event_type: EventType) -> bool:
    return "ground" in affairs_of(event_type) and not is_vague(event_type)


def _of_a_fight(level: str) -> str:
    """A fight for ground goes on: its days need not be one day."""
    return "same-fight" if level in ("next-day", "few-days", "few-days-told", "wide") else level


def _told(a: Features, b: Features) -> str:
    """One has no day: its report's day, and the days before, say where it can lie."""
    windows = [_window(f) for f in (a, b)]
    if windows[0] is None or windows[1] is None:
        return "unknown"
    gap = max(windows[0][0] - windows[1][1], windows[1][0] - windows[0][1])
    if gap > 0 and gap <= TOLD_BACK_DAYS and _is_told_back(a, b):
        return "told-back"
    if gap > 0:
        return "told-apart" if gap <= TOLD_APART_DAYS else "apart"
    # The day of an undated event is likeliest its report's: what happened yesterday is told with its day.
    gap = abs((a.last or a.told or 0) - (b.last or b.told or 0))
    if gap <= TOLD_TOGETHER_DAYS:
        return "told-together"
    if gap == 1:
        return "told-next"
    return "told-near" if gap <= UNDATED_DAYS else "told-apart"


def _is_told_back(a: Features, b: Features) -> bool:
    """Whether the later of two reports comes back without a day to what its readers know: “the market bombings”."""
    later = a if (a.told or 0) > (b.told or 0) else b
    is_known = later.account.points_back or any(t.has_moved or t.mark for t in later.account.tolls)
    return later.first is None and is_known and not _is_fight(a.account.type) and not _is_fight(b.account.type)


def _window(f: Features) -> tuple[int, int] | None:
    if f.first is not None:
        return f.first, f.last or f.first
    return (f.told - UNDATED_DAYS, f.told) if f.told is not None else None


def _killed(one: Features, two: Features) -> str:
    a, b = one.killed, two.killed
    if a is None or b is None:
        return "unknown"
    if a[1] == b[1]:
        return "same-large" if a[1] >= LARGE_TOLL else "same-small"
    if _quotes(one, two) or _quotes(two, one):
        return "quoted"
    if _has_risen(one, two) or _has_risen(two, one):
        return "risen"
    if _is_daily_news(one, two):
        return "another-day"
    if _close(a, b):
        return "close"
    return "far" if _ratio(a, b) > FAR else "differ"


def _quotes(a: Features, b: Features) -> bool:
    """Whether a report names the other's number of dead as what was said before, or what it sets its own against."""
    if not a.quoted:
        return False
    given = {t.amount.low for t in b.account.totals(Role.KILLED) if not t.mark} - {None}
    return not given.isdisjoint(a.quoted)


def _is_daily_news(a: Features, b: Features) -> bool:
    """Whether two numbers of two days are of a wide area, and no word leads from one to the other.

    “83 killed in the Strip” on Wednesday and 50 on Thursday are two days of one war.
    """
    if a.told is None or b.told is None or a.told == b.told or _days(a, b) in (*_ONE_DAY, "told-together"):
        return False
    return not _leads_back(a, b) and (_place(a, b) in _WIDE or _wording(a, b) == "formula")


def _leads_back(a: Features, b: Features) -> bool:
    """Whether the later of two reports speaks of what was told before: “the strike”, a toll that rose."""
    later = (b if (b.told or 0) > (a.told or 0) else a).account
    return later.points_back or any(t.has_moved for t in later.tolls)


def _has_risen(before: Features, after: Features) -> bool:
    """Whether the later of two reports says that a toll rose to its number, and the other may have had it before."""
    if after.risen is None or before.killed is None or before.told is None or after.told is None:
        return False
    return before.told <= after.told and before.killed[1] < after.risen <= FAR * before.killed[1]


def _wounded(a: tuple[float, float] | None, b: tuple[float, float] | None) -> str:
    if a is None or b is None:
        return "unknown"
    if a[1] == b[1]:
        return "same"
    return "close" if _close(a, b) else "differ"


def _close(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return (a[0] <= b[1] and b[0] <= a[1]) or _ratio(a, b) <= CLOSE


def _ratio(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return how many times the larger of two ranges that do not meet is the smaller one."""
    low, high = min(a[1], b[1]), max(a[0], b[0])
    return high / low if low else math.inf


def _wording(a: Features, b: Features) -> str:
    likeness = cosine(a.vector, b.vector)
    if likeness >= _CLOSE and _is_formula(a, b):
        return "formula"
    if likeness >= _COPIED:
        return "copied"
    if likeness >= _CLOSE:
        return "close"
    if likeness >= _ALIKE:
        return "alike"
    return "some" if likeness >= _SOME else "none"


def _is_formula(a: Features, b: Features) -> bool:
    """Whether one sentence tells two days' news: other numbers on other days, and no word says that it is one day."""
    return (
        a.killed is not None
        and b.killed is not None
        and a.killed != b.killed
        and a.told != b.told
        and _days(a, b) in _MAY_BE_TWO
        and not _leads_back(a, b)
    )


def _lead(a: Features, b: Features) -> str:
    """Compare how two reports open, when both open with this event."""
    if a.lead is None or b.lead is None or a.account.document == b.account.document:
        return "unknown"
    likeness = cosine(a.lead, b.lead)
    if likeness >= _LEAD_CLOSE:
        return "close"
    return "alike" if likeness >= _LEAD_ALIKE else "some" if likeness >= _SOME else "none"


def _report(a: Features, b: Features) -> str:
    one, two = a.account, b.account
    if one.document != two.document:
        return "other"
    if _is_counted_anew(a, b):
        return "counted-anew"
    if _is_told_again(a, b):
        return "told-again"
    if not _is_fight(one.type) and not _is_fight(two.type) and relate_actors(a.blamed, b.blamed) == "differ":
        return "told-of-two"
    if one.type is two.type and not _is_fight(one.type):
        return "told-apart"
    if not (_is_fight(one.type) and _is_fight(two.type)):
        return "told-as-two"
    return "told-along" if abs(one.sentence - two.sentence) <= NEAR_SENTENCES else "told-far"


def _is_told_again(a: Features, b: Features) -> bool:
    """Whether a report comes back to an event: headline and first sentence, "the attack", its toll once more."""
    first, second = (a, b) if a.account.spans < b.account.spans else (b, a)
    one, two = first.account, second.account
    if _types(one.type, two.type) not in _ONE_MEANS or abs(one.sentence - two.sentence) > NEAR_SENTENCES:
        return False
    if _place(a, b) in _ELSEWHERE or _days(a, b) in _ANOTHER_DAY:
        return False
    if first.killed is not None and first.killed == second.killed:
        return True
    if first.killed is not None and any(t.is_outdated or t.sets_against for t in two.totals(Role.KILLED)):
        return True  # "earlier the police had counted five", "others gave a higher toll": of what was told before
    if first.killed is None or second.killed is None:
        return two.points_back
    if _counts_anew(first, second):
        return two.points_back or _place(a, b) in _THERE
    return two.points_back and _tells_a_moved_toll(two)


def _is_counted_anew(a: Features, b: Features) -> bool:
    """Whether a report goes from source to source, and a later one gives its own number of the dead of one town."""
    first, second = (a, b) if a.account.spans < b.account.spans else (b, a)
    one, two = first.account, second.account
    if _types(one.type, two.type) not in _ONE_WEAPON or two.sentence - one.sentence > NEAR_SOURCES:
        return False
    if any(t.is_outdated or t.sets_against for t in two.totals(Role.KILLED)):
        return False  # told-again: the words say how the two numbers stand
    is_there = bool(one.places and two.places) and _place(a, b) in _THERE
    says_only_the_dead = not two.places and two.when is None and two.sentence - one.sentence <= NEAR_SENTENCES
    return (is_there or says_only_the_dead) and _days(a, b) not in _ANOTHER_DAY and _counts_anew(first, second)


def _counts_anew(first: Features, second: Features) -> bool:
    """Whether another named source gives its own number of the dead, of about the same size."""
    before = {t.speaker.key for t in first.account.totals(Role.KILLED)}
    named = {t.speaker.key for t in second.account.totals(Role.KILLED) if t.speaker.is_named}
    if first.killed is None or second.killed is None or not named or named & before:
        return False
    return _ratio(first.killed, second.killed) <= FAR


def _tells_a_moved_toll(account: Account) -> bool:
    return any(toll.has_moved for toll in account.tolls)


_ONE_MEANS = ("same", "same-rare", "vague", "kin")  # two words for one event; a fight and its outcome are two
_ONE_WEAPON = ("same", "same-rare", "kin")
_ELSEWHERE = ("near", "apart", "other-country", "setting-apart", "setting-abroad")
_THERE = ("one-spot", "one-city", "one-name", "within", "setting-spot", "setting-city", "setting-name")
_ONE_DAY = ("same-day", "overlap")
_WIDE = ("within-wide", "same-country", "unknown", "setting-within", "setting-apart", "city-or-province")
_MAY_BE_TWO = ("next-day", "few-days", "apart", "unknown", "told-next", "told-near", "told-back", "told-apart")
_ANOTHER_DAY = ("few-days", "apart", "told-apart")  # not where a day may be of the saying, or a report comes back

# In the order in which an explanation lists them.
_COMPARISONS: tuple[tuple[str, Callable[[Features, Features], str]], ...] = (
    ("type", lambda a, b: _types(a.account.type, b.account.type)),
    ("place", _place),
    ("time", _time),
    ("doer", lambda a, b: relate_actors(a.blamed, b.blamed)),
    ("target", lambda a, b: relate_actors(a.account.targets, b.account.targets)),
    ("killed", _killed),
    ("wounded", lambda a, b: _wounded(a.wounded, b.wounded)),
    ("wording", _wording),
    ("lead", _lead),
    ("report", _report),
)
