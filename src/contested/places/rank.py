"""Which entry a name means: every candidate scored by the same few features, each of which can be said in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from contested.places.countries import is_capital
from contested.places.evidence import ReportEvidence
from contested.places.gazetteer import Entry, Found, Gazetteer
from contested.places.geometry import distance_km
from contested.places.names import fold, similarity, skeleton
from contested.resources.tables import load_table
from contested.types import PlaceCandidate, PlaceLevel

L = PlaceLevel
_ACROSS_COUNTRIES = frozenset({L.COUNTRY, L.WATER, L.REGION})
SETTLEMENTS = frozenset({L.CITY, L.TOWN, L.VILLAGE})

# Weights of the features, each between 0 and 1. Swept one by one on the corpus' train part: all are flat (within 0.3
# points of accuracy) from half to twice their value.
WEIGHT_NAME = 1.2
WEIGHT_PROMINENCE = 1.2
WEIGHT_COUNTRY = 1.1
WEIGHT_NEAR = 0.7
WEIGHT_DESIGNATED = 1.5  # the phrase says what it is ("Aleppo province"): more than prominence can outweigh
WEIGHT_HINT = 0.25  # the reader guesses what it is
WEIGHT_PARENT = 0.6  # the phrase names what it lies in
UNCOUNTED = 0.25  # prominence of a place whose population nobody counted
KEPT_BONUS = 0.15  # a town in the hand-kept table is there because reports of conflict name it
NAME_POWER = 3  # another spelling weighs much less than the same one
LEAST_KM_PER_DEGREE = 111.0  # of latitude, rounded down: nothing is nearer than that
NEAR_KM = 150.0  # places of one report lie about this far apart
PARENT_KM = 60.0

# A name this unlike the entry's is another name, whatever else fits.
LEAST_SIMILARITY = 0.6
FOREIGN_SIMILARITY = 0.85  # where the report is about no country, another spelling is believed when nearly the same
FOREIGN_PROMINENCE = 0.6  # … and the place is large
HOME_SHARE = 0.08  # from this share on, a country is one that the report is about
LEAST_SCORE = 0.40  # below: NIL
FAR_FROM = 0.03  # `lies_in` below this: 200 km beyond the edge of what should hold it
FITS_INSIDE = 0.3  # `lies_in` from here on: within about 70 km of the edge of what should hold it

_PROMINENCE = {
    L.COUNTRY: 1.2,
    L.REGION: 0.75,
    L.ADM1: 0.6,
    L.ADM2: 0.4,
    L.WATER: 0.7,
    L.SITE: 0.45,
    L.DISTRICT: 0.4,
    L.CITY: 0.6,
    L.TOWN: 0.5,
    L.VILLAGE: 0.4,
}
_ALIKE = {
    frozenset({L.ADM1, L.REGION}): 0.7,
    frozenset({L.ADM1, L.ADM2}): 0.5,
    frozenset({L.ADM2, L.REGION}): 0.4,
    frozenset({L.DISTRICT, L.SITE}): 0.6,
    frozenset({L.DISTRICT, L.ADM2}): 0.5,
    frozenset({L.DISTRICT, L.TOWN}): 0.5,
    frozenset({L.DISTRICT, L.VILLAGE}): 0.4,
    frozenset({L.DISTRICT, L.CITY}): 0.4,
    frozenset({L.DISTRICT, L.REGION}): 0.3,
    frozenset({L.SITE, L.VILLAGE}): 0.4,
    frozenset({L.SITE, L.TOWN}): 0.4,
    frozenset({L.SITE, L.CITY}): 0.3,
    frozenset({L.ADM2, L.CITY}): 0.4,
    frozenset({L.ADM2, L.TOWN}): 0.4,
    frozenset({L.COUNTRY, L.REGION}): 0.4,
}
_POPULATION_SCALE = 7.0  # log10 of the largest cities
CAPITAL_BONUS = 0.3  # a capital is named in reports about other countries too
_DIVISION_SCALE = 8.5  # a division is meant less often than a city of its size
ALIAS = 0.9  # likeness of an entry's other name: the main one is meant more often


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known about a mention beside its name."""

    evidence: ReportEvidence
    designated: PlaceLevel | None = None
    hint: PlaceLevel | None = None
    parent: Entry | None = None
    within: str | None = None  # the only country that can be meant
    anchors: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Scored:
    """An entry with its score, 0 to 1, and the reasons: in words, or as signs, worded when they are asked for."""

    entry: Entry
    score: float
    told: str = ""
    signs: tuple[tuple[str, float], ...] = ()

    @property
    def why(self) -> str:
        """Return the reasons in words."""
        return self.told or ", ".join(f"{label} {value:.2f}" for label, value in self.signs)


def level_likeness(wanted: PlaceLevel, found: PlaceLevel) -> float:
    """Return how well a kind of place fits the kind that is expected, 0 to 1."""
    if wanted is found:
        return 1.0
    if wanted in SETTLEMENTS and found in SETTLEMENTS:
        return 0.85
    return _ALIKE.get(frozenset({wanted, found}), 0.0)


def prominence(entry: Entry) -> float:
    """Return how likely a bare mention of the name means this place, 0 to 1, before anything else is known."""
    base = _PROMINENCE[entry.level]
    if entry.level in SETTLEMENTS and entry.population:
        return min(1.0, math.log10(entry.population + 10) / _POPULATION_SCALE)
    if entry.level is L.ADM1 and entry.population:
        return min(1.0, math.log10(entry.population + 10) / _DIVISION_SCALE)
    if entry.source == "contested":
        return base + KEPT_BONUS if entry.level in SETTLEMENTS else base
    if entry.level is L.ADM2 and not entry.population:
        return UNCOUNTED  # its point is that of the division above it
    if entry.level not in SETTLEMENTS:
        return base
    return UNCOUNTED


def nearness(entry: Entry, anchors: Sequence[Entry]) -> float:
    """Return how close an entry lies to the report's other places: 1 in a division named, else by distance."""
    nearest = math.inf
    for anchor in anchors:
        if (
            anchor.level is L.ADM1
            and anchor.admin1
            and (anchor.admin1, anchor.country) == (entry.admin1, entry.country)
        ):
            return 1.0
        if abs(entry.lat - anchor.lat) * LEAST_KM_PER_DEGREE < nearest:
            nearest = min(nearest, distance_km(entry.lat, entry.lon, anchor.lat, anchor.lon))
    return math.exp(-nearest / NEAR_KM)


def score_entry(found: Found, folded: str, clues: Clues) -> Scored:
    """Return one candidate's score and its reasons."""
    entry = found.entry
    likeness = similarity(found.folded, folded)
    if likeness == 1.0 and fold(entry.name) != folded and entry.source != "contested":
        likeness = ALIAS
    fame = prominence(entry)
    if likeness == 1.0 and entry.level is L.CITY and is_capital(entry.name, entry.country):
        fame += CAPITAL_BONUS
    share = home_share(entry, clues.evidence)
    near = nearness(entry, clues.anchors)
    total = (
        WEIGHT_NAME * likeness**NAME_POWER
        + WEIGHT_PROMINENCE * fame
        + WEIGHT_COUNTRY * math.sqrt(share)
        + WEIGHT_NEAR * near
    )
    best = WEIGHT_NAME + WEIGHT_PROMINENCE + WEIGHT_COUNTRY + (WEIGHT_NEAR if clues.anchors else 0.0)
    signs = [("name", likeness), ("prominence", fame), ("country share", share)]
    if clues.anchors:
        signs.append(("near other places", near))
    for wanted, weight, label in (
        (clues.designated, WEIGHT_DESIGNATED, "designated"),
        (clues.hint, WEIGHT_HINT, "level"),
    ):
        if wanted:
            fit = level_likeness(wanted, entry.level)
            total, best = total + weight * fit, best + weight
            signs.append((label, fit))
    if clues.parent:
        inside = lies_in(entry, clues.parent)
        total, best = total + WEIGHT_PARENT * inside, best + WEIGHT_PARENT
        signs.append((f"in {clues.parent.name}", inside))
    return Scored(entry, total / best, signs=tuple(signs))


def lies_in(entry: Entry, parent: Entry) -> float:
    """Return how sure it is that one place lies in another: by country, division name, or distance."""
    if parent.level is L.COUNTRY:
        return 1.0 if entry.country == parent.country else 0.0
    if parent.country and entry.country and entry.country != parent.country:
        return 0.0
    if entry.admin1 and parent.level is L.ADM1 and fold(entry.admin1) in (fold(parent.admin1), fold(parent.name)):
        return 1.0
    gap = distance_km(entry.lat, entry.lon, parent.lat, parent.lon) - parent.radius_km
    return math.exp(-max(0.0, gap) / PARENT_KM)


def may_be_meant(entry: Entry, clues: Clues) -> bool:
    """Return whether an entry can be meant where the report says what it lies in: neither abroad nor far from it."""
    home = entry.countries or ((entry.country,) if entry.country else ())
    if not clues.within or not home or entry.level in _ACROSS_COUNTRIES:
        return True
    if clues.parent is not None and clues.parent.level is L.ADM1 and entry.level is not L.ADM1:
        return clues.within in home and lies_in(entry, clues.parent) >= FAR_FROM
    return clues.within in home


def believable(found: Found, folded: str, evidence: ReportEvidence) -> bool:
    """Return whether an entry's name is the text's, or another spelling of it.

    Another spelling is believed in the countries that the report is about; elsewhere only where it is about none.
    """
    likeness = similarity(found.folded, folded)
    if likeness == 1.0:
        return True
    if home_share(found.entry, evidence) >= HOME_SHARE:
        return likeness >= LEAST_SIMILARITY
    is_about_none = evidence.total <= 0.0
    return is_about_none and likeness >= FOREIGN_SIMILARITY and prominence(found.entry) >= FOREIGN_PROMINENCE


def home_share(entry: Entry, evidence: ReportEvidence) -> float:
    """Return how much of the report is about the country, or one of the countries, of an entry."""
    return max(map(evidence.share, entry.countries)) if entry.countries else evidence.share(entry.country)


def rank(name: str, gazetteer: Gazetteer, clues: Clues, keep: int = 8) -> tuple[Scored, ...]:
    """Return the entries that a name may mean, best first; none when no name is alike enough."""
    folded = fold(name)
    if not folded or name in _acronyms():
        return ()
    evidence = clues.evidence.without(folded)
    if evidence is not clues.evidence:
        clues = replace(clues, evidence=evidence)
    best: dict[str, Scored] = {}
    for found in gazetteer.named(skeleton(folded)):
        if not believable(found, folded, clues.evidence) or not may_be_meant(found.entry, clues):
            continue
        scored = score_entry(found, folded, clues)
        if found.entry.id not in best or scored.score > best[found.entry.id].score:
            best[found.entry.id] = scored
    return tuple(sorted(best.values(), key=lambda s: (-s.score, s.entry.id))[:keep])


@cache
def _acronyms() -> frozenset[str]:
    """Return the acronyms of organisations, as written, that are also the names of little-known towns."""
    return frozenset(row[0] for row in load_table("contested.places", "data/acronyms.tsv", ("word",)))


def candidate(scored: Scored) -> PlaceCandidate:
    """Return a scored entry as the value that leaves the room."""
    e = scored.entry
    return PlaceCandidate(
        e.id, e.name, e.country, e.level, e.lat, e.lon, round(scored.score, 4), scored.why, e.admin1 or None, e.source
    )
