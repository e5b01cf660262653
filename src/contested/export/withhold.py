"""Takes out of a value what must not leave the house: names of private people, coordinates sharper than asked for.

Works on any frozen value of the house, text by text and place by place, so that nothing is forgotten where a new field
is added. Texts keep their length and ids stay the same for the same words, so everything still joins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from contested.export.names import mask
from contested.types import PlaceCandidate, PlaceLink

Value = TypeVar("Value")
_KM_A_DEGREE = 111.32


def withhold(value: Value, names: tuple[str, ...], decimals: int | None) -> Value:
    """Return a value with names masked in every text, and every place rounded to `decimals` (None: as it is)."""
    if not names and decimals is None:
        return value
    rewritten: Value = _rewrite(value, names, decimals)
    return rewritten


def _rewrite(value: Any, names: tuple[str, ...], decimals: int | None) -> Any:
    if isinstance(value, Enum) or value is None:
        return value
    if isinstance(value, str):
        return mask(value, names) if names else value
    if isinstance(value, tuple):
        parts = tuple(_rewrite(v, names, decimals) for v in value)
        return value if all(a is b for a, b in zip(parts, value, strict=True)) else parts
    if isinstance(value, Mapping):
        return {_rewrite(k, names, decimals): _rewrite(v, names, decimals) for k, v in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        changed = {}
        for field in fields(value):
            before = getattr(value, field.name)
            after = _rewrite(before, names, decimals)
            if after is not before and after != before:
                changed[field.name] = after
        value = replace(value, **changed) if changed else value
        return _rounded(value, decimals) if isinstance(value, PlaceLink | PlaceCandidate) else value
    return value


def _rounded(place: PlaceLink | PlaceCandidate, decimals: int | None) -> PlaceLink | PlaceCandidate:
    if decimals is None or place.lat is None or place.lon is None:
        return place
    lat, lon = round(place.lat, decimals), round(place.lon, decimals)
    if isinstance(place, PlaceCandidate):
        return replace(place, lat=lat, lon=lon)
    # half a step in both directions: the point may have moved that far
    moved_km = _KM_A_DEGREE * 0.5 * 10**-decimals * 2**0.5
    radius = None if place.radius_km is None else round(max(place.radius_km, moved_km), 3)
    return replace(place, lat=lat, lon=lon, radius_km=radius)
