"""Distances and directions on the globe, in kilometres and degrees."""

from __future__ import annotations

import math
import re

_EARTH_DIAMETER_KM = 12_742.0  # mean
_KM_PER_DEGREE = 111.2


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance in km.

    >>> round(distance_km(36.2, 37.16, 33.51, 36.29))  # Aleppo to Damascus
    309
    """
    p = math.pi / 180
    h = (
        math.sin((lat2 - lat1) * p / 2) ** 2
        + math.cos(lat1 * p) * math.cos(lat2 * p) * math.sin((lon2 - lon1) * p / 2) ** 2
    )
    return _EARTH_DIAMETER_KM * math.asin(min(1.0, math.sqrt(h)))


def moved(lat: float, lon: float, direction: str, km: float) -> tuple[float, float]:
    """Return the point `km` from another in a compass direction ("north", "south-western"); unmoved if it names none.

    >>> moved(0.0, 0.0, "eastern", 111.2)
    (0.0, 1.0)
    """
    north = len(re.findall("north", direction)) - len(re.findall("south", direction))
    east = len(re.findall("east", direction)) - len(re.findall("west", direction))
    length = math.hypot(north, east)
    if not length:
        return lat, lon
    step = km / _KM_PER_DEGREE / length
    new_lat = max(-89.9, min(89.9, lat + north * step))
    new_lon = lon + east * step / max(0.1, math.cos(math.radians(lat)))
    return round(new_lat, 4), round((new_lon + 180) % 360 - 180, 4)


def between(lat1: float, lon1: float, lat2: float, lon2: float, share: float = 0.5) -> tuple[float, float]:
    """Return the point at this share of the way from one to another, flat-earth, the short way round.

    >>> between(0.0, 170.0, 10.0, -170.0)
    (5.0, -180.0)
    """
    gap = (lon2 - lon1 + 180) % 360 - 180
    return round(lat1 + share * (lat2 - lat1), 4), round((lon1 + share * gap + 180) % 360 - 180, 4)
