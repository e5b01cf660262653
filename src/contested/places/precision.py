"""How exactly a place is known: radius in km, ACLED geo precision 1-3 and UCDP where_prec 1-7, with the reason."""

from __future__ import annotations

import math
from dataclasses import dataclass

from contested.places.gazetteer import Entry
from contested.places.phrases import Effect
from contested.types import PlaceLevel

L = PlaceLevel

# Radius of a place whose source gives none.
_RADIUS_KM = {
    L.COUNTRY: 300.0,
    L.REGION: 100.0,
    L.ADM1: 80.0,
    L.ADM2: 25.0,
    L.CITY: 6.0,
    L.TOWN: 4.0,
    L.VILLAGE: 2.0,
    L.DISTRICT: 2.0,
    L.SITE: 2.0,
    L.WATER: 150.0,
}
_PEOPLE_PER_KM2 = 5_000  # built-up density that makes a city of 2 million 11 km in radius
NEAR_KM = 15.0  # "near" a town: ACLED codes the town, UCDP says within about 25 km
OFFSET_KM = 10.0  # "south of" without a distance
FAR_KM = 100.0  # what is this uncertain lies somewhere in a region, not by the town
AROUND_KM = 20.0  # countryside of a city
_LARGE = frozenset({L.COUNTRY, L.REGION, L.ADM1, L.WATER})


@dataclass(frozen=True, slots=True)
class Precision:
    """Uncertainty of a point in three codes. None: the codebook does not code such a place."""

    radius_km: float
    acled: int | None
    ucdp: int | None
    reason: str


def entry_radius(entry: Entry) -> float:
    """Return how far a place reaches from its centre, in km: what its source says, else by population or level."""
    if entry.radius_km:
        return entry.radius_km
    if entry.population:
        return max(_RADIUS_KM[entry.level] / 2, math.sqrt(entry.population / _PEOPLE_PER_KM2 / math.pi))
    return _RADIUS_KM[entry.level]


def precision_of(entry: Entry, effect: Effect, distance_km: float | None = None) -> Precision:
    """Return how exactly a phrase with this effect on this entry places an event."""
    radius = entry_radius(entry)
    if effect is Effect.NAMED or (effect is Effect.AT and entry.level in (L.SITE, L.DISTRICT)):
        return _of_whole(entry, radius)
    if effect is Effect.ACROSS and distance_km is not None:
        return Precision(distance_km, None, 5, f"a border of {entry.name}")
    if entry.level in _LARGE:
        acled = None if entry.level is L.COUNTRY else 3
        return Precision(radius, acled, 5, f"{effect} of the {entry.level} {entry.name}, a larger area")
    if effect in (Effect.INSIDE, Effect.AT):
        return Precision(max(radius, 3.0), 1, 2, f"somewhere in {entry.name}: its own place is not known")
    if effect is Effect.PART:
        return Precision(radius, 1, 2, f"a part of {entry.name}")
    if effect is Effect.BETWEEN:
        return Precision(max(distance_km or 0.0, NEAR_KM), 2, 5, "between two places")
    apart = distance_km or 0.0
    reach = {
        Effect.AROUND: AROUND_KM,
        Effect.NEAR: max(NEAR_KM, apart),
        Effect.OFFSET: max(OFFSET_KM, apart / 2),
    }
    radius += reach.get(effect, NEAR_KM)
    acled, ucdp = (2, 2) if radius <= FAR_KM else (3, 5)
    return Precision(radius, acled, ucdp, f"{effect} {entry.name}, not in it")


def _of_whole(entry: Entry, radius: float) -> Precision:
    if entry.level is L.COUNTRY:
        return Precision(radius, None, 6, f"{entry.name} is a country; ACLED codes no such place")
    if entry.level is L.WATER:
        return Precision(radius, 3, 7 if not entry.country else 5, f"{entry.name} is a body of water")
    if entry.level is L.REGION:
        return Precision(radius, 3, 5, f"{entry.name} is a region")
    if entry.level is L.ADM1:
        return Precision(radius, 3, 4, f"{entry.name} is a first-level division; the point is its centre")
    if entry.level is L.ADM2:
        return Precision(radius, 2, 3, f"{entry.name} is a second-level division; the point is its centre")
    return Precision(radius, 1, 1, f"{entry.name} is named")
