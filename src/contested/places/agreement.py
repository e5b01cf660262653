"""Whether two reports can mean the same place."""

from __future__ import annotations

from contested.places.geometry import distance_km
from contested.types import Agreement, PlaceLevel, PlaceLink, Relation

_AREAS = frozenset({PlaceLevel.COUNTRY, PlaceLevel.REGION, PlaceLevel.ADM1, PlaceLevel.ADM2, PlaceLevel.WATER})
LEAST_RADIUS_KM = 2.0  # below this, two gazetteers differ about the centre of one village
# Two places this far apart for each km of their radii are not one; between 1 and this, neighbours.
APART = 2.0


def compare(a: PlaceLink, b: PlaceLink) -> Agreement:
    """Return whether two links agree: SAME place, COMPATIBLE (one in or beside the other), CONFLICT, or UNKNOWN (NIL).

    Countries that are both known and differ conflict. Within one country it is distance against the two radii.
    """
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return _without_points(a, b)
    apart = distance_km(a.lat, a.lon, b.lat, b.lon)
    reach_a, reach_b = (max(link.radius_km or 0.0, LEAST_RADIUS_KM) for link in (a, b))
    if a.chosen and b.chosen and a.chosen.id == b.chosen.id and a.relation == b.relation:
        return Agreement(Relation.SAME, f"both are {a.name}")
    if apart <= max(reach_a, reach_b):
        return _overlapping(a, b, apart, reach_a, reach_b)
    if a.country and b.country and a.country != b.country:
        return Agreement(Relation.CONFLICT, f"{a.name} is in {a.country}, {b.name} in {b.country}")
    if apart <= APART * (reach_a + reach_b):
        return Agreement(
            Relation.COMPATIBLE, f"{a.name} and {b.name} are {apart:.0f} km apart, as far as their radii allow"
        )
    return Agreement(Relation.CONFLICT, f"{a.name} and {b.name} are {apart:.0f} km apart")


def _without_points(a: PlaceLink, b: PlaceLink) -> Agreement:
    if a.country and b.country and a.country != b.country:
        return Agreement(Relation.CONFLICT, f"{a.name} is in {a.country}, {b.name} in {b.country}")
    return Agreement(Relation.UNKNOWN, f"{a.name if a.lat is None else b.name} has no point on the map")


def _overlapping(a: PlaceLink, b: PlaceLink, apart: float, reach_a: float, reach_b: float) -> Agreement:
    small, large = (a, b) if reach_a <= reach_b else (b, a)
    alike = min(reach_a, reach_b) * 3 >= max(reach_a, reach_b)  # radii of one size: the same kind of place
    if alike and (a.level in _AREAS) == (b.level in _AREAS) and apart <= min(reach_a, reach_b):
        return Agreement(Relation.SAME, f"{a.name} and {b.name} are {apart:.0f} km apart, within their radii")
    return Agreement(
        Relation.COMPATIBLE, f"{small.name} lies in or beside {large.name} ({apart:.0f} km from its centre)"
    )
