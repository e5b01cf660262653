"""GeoJSON (RFC 7946) for QGIS and web maps: a point an incident, and discs of uncertainty beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from math import asin, atan2, cos, degrees, pi, radians, sin
from pathlib import Path
from typing import Any

from contested.claims.writing import Cell
from contested.export import incidents
from contested.export.options import Options
from contested.export.out import Out
from contested.export.problems import Problem
from contested.export.view import ExportView

FILE = "incidents.geojson"
_DISCS = "incidents_discs.geojson"
_CORNERS = 32  # of a disc: its edge lies within half a percent of the radius
_EARTH_KM = 6371.0088
_NUMBERS = frozenset({"lat", "lon"})  # they are the geometry
_LAT, _LON = 90.0, 180.0


def write(view: ExportView, options: Options, out: Out) -> int:
    """Write the points, and into a folder also the discs. Incidents without a point are left out."""
    with out.text(FILE) as points:
        number = _write_features(points.write, (_feature(row, _point(row)) for row in _placed(view, options)))
    if out.takes_more:
        with out.text(_DISCS) as discs:
            _write_features(discs.write, (_feature(row, _disc(row)) for row in _placed(view, options)))
    return number


def check(path: Path) -> Iterator[Problem]:
    """Yield what is illegal in a GeoJSON file of incidents."""
    try:
        collection = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        yield Problem(0, "", str(error), "GeoJSON is JSON in UTF-8")
        return
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        yield Problem(0, "type", str(collection)[:40], "expected a FeatureCollection")
        return
    if "crs" in collection:
        yield Problem(0, "crs", str(collection["crs"]), "RFC 7946 knows no crs: coordinates are WGS84")
    ids: set[Any] = set()
    for number, feature in enumerate(collection.get("features", []), start=1):
        yield from _check_feature(number, feature)
        if feature.get("id") in ids:
            yield Problem(number, "id", str(feature.get("id")), "an id stands once")
        ids.add(feature.get("id"))


def _placed(view: ExportView, options: Options) -> Iterator[dict[str, Cell]]:
    return (row for row in incidents.rows(view, options) if row["lat"] not in (None, ""))


def _write_features(write: Any, features: Iterator[dict[str, Any]]) -> int:
    write('{"type": "FeatureCollection", "features": [\n')
    number = 0
    for number, feature in enumerate(features, start=1):
        write((",\n" if number > 1 else "") + json.dumps(feature, ensure_ascii=False))
    write("\n]}\n")
    return number


def _feature(row: dict[str, Cell], geometry: dict[str, Any]) -> dict[str, Any]:
    flat = {name: value for name, value in row.items() if name not in _NUMBERS}
    for name, value in flat.items():
        if value == "":
            flat[name] = None
        elif isinstance(value, str) and name in _COUNTED and value.isdigit():
            flat[name] = int(value)
    properties: dict[str, Any] = {**flat, "claims": str(row["claims"]).split(";")}
    return {"type": "Feature", "id": row["incident_id"], "geometry": geometry, "properties": properties}


_COUNTED = frozenset({"geo_radius_m", "n_documents", "n_origin_groups", "n_claimants", "n_independent"})


def _point(row: dict[str, Cell]) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [float(row["lon"] or 0), float(row["lat"] or 0)]}


def _disc(row: dict[str, Cell]) -> dict[str, Any]:
    """Return the disc in which the place lies, anticlockwise and closed; without a radius one of a metre."""
    lat, lon = float(row["lat"] or 0), float(row["lon"] or 0)
    radius_km = max(float(row["geo_radius_m"] or 0), 1.0) / 1000
    ring = [_away(lat, lon, radius_km, -2 * pi * n / _CORNERS) for n in range(_CORNERS)]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def _away(lat: float, lon: float, distance_km: float, bearing: float) -> list[float]:
    """Return the point a distance away in a direction (radians from north), as [longitude, latitude] in degrees."""
    angle, phi = distance_km / _EARTH_KM, radians(lat)
    there = asin(sin(phi) * cos(angle) + cos(phi) * sin(angle) * cos(bearing))
    turned = atan2(sin(bearing) * sin(angle) * cos(phi), cos(angle) - sin(phi) * sin(there))
    east = (lon + degrees(turned) + 540) % 360 - 180
    return [round(east, 6), round(degrees(there), 6)]


def _check_feature(number: int, feature: Any) -> Iterator[Problem]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        yield Problem(number, "type", str(feature)[:40], "expected a Feature")
        return
    geometry = feature.get("geometry") or {}
    if geometry.get("type") not in ("Point", "Polygon"):
        yield Problem(number, "geometry", str(geometry)[:40], "expected a Point or a Polygon")
        return
    flat = [geometry["coordinates"]] if geometry["type"] == "Point" else [p for r in geometry["coordinates"] for p in r]
    for lon, lat in flat:
        if not (-_LON <= lon <= _LON and -_LAT <= lat <= _LAT):
            yield Problem(number, "coordinates", f"{lon}, {lat}", "longitude, then latitude, in degrees")
            break
    if geometry["type"] == "Polygon" and any(r[0] != r[-1] or _area(r) < 0 for r in geometry["coordinates"]):
        yield Problem(number, "coordinates", "", "a ring is closed and runs anticlockwise")
    for name in ("incident_id", "event_type", "killed_rule", "claims"):
        if not (feature.get("properties") or {}).get(name):
            yield Problem(number, name, "", "a value is required")


def _area(ring: list[list[float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
