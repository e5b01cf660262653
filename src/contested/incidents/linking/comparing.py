"""Two accounts, field by field: the level that each comparison reaches, and the sum of their bits."""

from __future__ import annotations

import math
from functools import cache

from contested import actors
from contested.claims.opposition import load_blameworthy
from contested.incidents.accounts import Account
from contested.incidents.linking.affairs import affairs_of, are_kin, is_rare, is_vague
from contested.incidents.linking.features import UNDATED_DAYS, Features, Point, cosine
from contested.incidents.linking.weights import Weights
from contested.places.geometry import distance_km
from contested.types import ActorKind, ActorLink, EventType, Relation

STATE = frozenset({ActorKind.MILITARY, ActorKind.POLICE, ActorKind.GOVERNMENT})
ARMED = STATE | {ActorKind.REBEL, ActorKind.MILITIA, ActorKind.CRIMINAL, ActorKind.GUNMEN}

SPOT_KM = 3.0  # two gazetteers, or a site and its village, differ by as much; quarters of one city lie further apart
CITY_KM = 16.0  # radius up to which a place is a city or a district rather than a province
NEAR_KM = 40.0  # beyond it, no two reporters mean one incident
FEW_DAYS = 3  # days; a report's "Thursday" misread for another weekday lies this near at most
SHORT_DAYS = 4  # an interval up to this long still tells when
TOLD_TOGETHER_DAYS = 2  # most follow-ups come out within two days
TOLD_APART_DAYS = 7  # after a week an undated event is more likely another one
LARGE_TOLL = 8  # from here on an equal number is rarely chance: in the news half of all tolls are smaller
CLOSE = 1.25  # within a quarter: rounding, and what is found within hours
FAR = 3.0
NEAR_SENTENCES = 3

_LEAD_CLOSE, _LEAD_ALIKE = 0.35, 0.18  # cosine of the openings; as above
_COPIED, _CLOSE, _ALIKE, _SOME = 0.6, 0.35, 0.2, 0.08  # cosine; read off the tuning half, see evaluation/incidents.py


def compare(a: Features, b: Features) -> tuple[tuple[str, str], ...]:
    """Return (comparison, level) for every comparison of two accounts."""
    one, two = a.account, b.account
    return (
        ("type", _type(one.type, two.type)),
        ("place", _place(a, b)),
        ("time", _of_a_fight(_time(a, b)) if _is_fight(one.type) and _is_fight(two.type) else _time(a, b)),
        ("doer", relate_actors(_blamed(one), _blamed(two))),
        ("target", relate_actors(one.targets, two.targets)),
        ("killed", _killed(a.killed, b.killed)),
        ("wounded", _wounded(a.wounded, b.wounded)),
        ("wording", _wording(cosine(a.vector, b.vector))),
        ("lead", _lead(a, b)),
        ("report", _report(a, b)),
    )


def _blamed(account: Account) -> tuple[ActorLink, ...]:
    """Return the doers; of violence only those who bear arms: others are read as its doers by mistake."""
    if account.type not in load_blameworthy():
        return account.doers
    return tuple(d for d in account.doers if d.kind in ARMED)


def weigh(levels: tuple[tuple[str, str], ...], weights: Weights) -> float:
    """Return the match weight of a pair, in bits."""
    return weights.prior + sum(weights.bits[level] for level in levels)


@cache
def _type(a: EventType, b: EventType) -> str:
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
        return "other-country"
    if not a.points or not b.points:
        named = a.account.places and b.account.places
        return "same-country" if named and a.countries & b.countries else "unknown"
    nearest = min((_points(p, q) for p in a.points for q in b.points), key=_NEAREST_FIRST.index)
    if a.is_setting or b.is_setting:
        return _SETTING[nearest]
    return nearest


_SETTING = {
    "one-spot": "setting-spot",
    "one-city": "setting-city",
    "within": "setting-within",
    "within-wide": "unknown",
    "near": "setting-apart",
    "apart": "setting-apart",
}


def _touch(a: Features, b: Features) -> bool:
    """Places on a border are put now into one country, now into the other."""
    return any(_points(p, q) in ("one-spot", "one-city") for p in a.points for q in b.points)


_NEAREST_FIRST = ("one-spot", "one-city", "within", "within-wide", "near", "apart")


def _points(p: Point, q: Point) -> str:
    apart, small, large = distance_km(p.lat, p.lon, q.lat, q.lon), *sorted((p.radius_km, q.radius_km))
    if large <= CITY_KM and apart <= SPOT_KM:
        return "one-spot" if large <= SPOT_KM else "one-city"
    if p.name == q.name and apart <= large:
        return "one-city" if large <= NEAR_KM else "within-wide"
    if apart <= large:
        return "within" if large <= NEAR_KM else "within-wide"
    return "near" if apart <= max(small + large, NEAR_KM) else "apart"


def _time(a: Features, b: Features) -> str:
    if a.first is None or b.first is None:
        return _told(a, b)
    last_a, last_b = a.last or a.first, b.last or b.first
    gap = max(a.first - last_b, b.first - last_a)
    if gap > 0:
        return "next-day" if gap == 1 else "few-days" if gap <= FEW_DAYS else "apart"
    if a.first == last_a == b.first == last_b:
        return "same-day"
    return "overlap" if max(last_a - a.first, last_b - b.first) < SHORT_DAYS else "wide"


def _is_fight(event_type: EventType) -> bool:
    return "ground" in affairs_of(event_type) and not is_vague(event_type)


def _of_a_fight(level: str) -> str:
    """A fight for ground goes on: its days need not be one day."""
    return "same-fight" if level in ("next-day", "few-days", "wide") else level


def _told(a: Features, b: Features) -> str:
    """One has no day: its report's day, and the days before, say where it can lie."""
    windows = [_window(f) for f in (a, b)]
    if windows[0] is None or windows[1] is None:
        return "unknown"
    gap = max(windows[0][0] - windows[1][1], windows[1][0] - windows[0][1])
    if gap > 0:
        return "told-apart" if gap <= TOLD_APART_DAYS else "apart"
    told_gap = abs((a.told or 0) - (b.told or 0)) if a.told and b.told else 0
    return "told-together" if told_gap <= TOLD_TOGETHER_DAYS else "unknown"


def _window(f: Features) -> tuple[int, int] | None:
    if f.first is not None:
        return f.first, f.last or f.first
    return (f.told - UNDATED_DAYS, f.told) if f.told is not None else None


def relate_actors(ours: tuple[ActorLink, ...], theirs: tuple[ActorLink, ...]) -> str:
    """Return the best level that two lists of actors reach: same, compatible, unknown (one is empty too), differ."""
    if not ours or not theirs:
        return "unknown"
    found = {_actor_relation(_bare(a), _bare(b)) for a in ours for b in theirs}
    if Relation.SAME in found:
        return "same"
    if Relation.COMPATIBLE in found:
        return "compatible"
    return "unknown" if Relation.UNKNOWN in found else "differ"


def _bare(link: ActorLink) -> ActorLink:
    """Return a link without its reasons and candidates: what decides, and few enough to remember answers for."""
    return ActorLink(link.name, link.kind, link.country, link.rule, entry=link.entry)


@cache
def _actor_relation(a: ActorLink, b: ActorLink) -> Relation:
    return actors.compare(a, b).relation


def _killed(a: tuple[float, float] | None, b: tuple[float, float] | None) -> str:
    if a is None or b is None:
        return "unknown"
    if a[1] == b[1]:
        return "same-large" if a[1] >= LARGE_TOLL else "same-small"
    if _close(a, b):
        return "close"
    return "far" if _ratio(a, b) > FAR else "differ"


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


def _wording(likeness: float) -> str:
    if likeness >= _COPIED:
        return "copied"
    if likeness >= _CLOSE:
        return "close"
    if likeness >= _ALIKE:
        return "alike"
    return "some" if likeness >= _SOME else "none"


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
    if one.type is two.type and not _is_fight(one.type):
        return "told-apart"
    if not (_is_fight(one.type) and _is_fight(two.type)):
        return "told-as-two"
    return "told-along" if abs(one.sentence - two.sentence) <= NEAR_SENTENCES else "told-far"
