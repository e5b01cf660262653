"""OCHA COD-AB tables: one row the smallest division, its P-code, and the names and P-codes of those above it."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator, Mapping

from contested.errors import InputError
from contested.places.columns import country_code
from contested.places.names import fold
from contested.places.store import Imported
from contested.types import PlaceLevel

# ADM3 and ADM4 (sub-districts, communes) have no level of their own in the corpus form.
_LEVELS = {1: PlaceLevel.ADM1, 2: PlaceLevel.ADM2, 3: PlaceLevel.ADM2, 4: PlaceLevel.VILLAGE}
_NAME = re.compile(r"^adm(?:in)?([0-4])[ _]?(?:name)?[ _]?(?:en|name|)$")
_OTHER_NAME = re.compile(
    r"^adm(?:in)?([0-4])[ _]?(?:name)?[ _]?(?:ref|alt1(?:en)?|alt2(?:en)?|altname|alt1 en|alt2 en|fr|es|pt)$"
)
_PCODE = re.compile(r"^adm(?:in)?([0-4])[ _]?p ?code$")
_LAT = ("lat", "latitude", "center lat", "centre lat", "point y", "y")
_LON = ("lon", "long", "longitude", "center lon", "centre lon", "point x", "x")
_AREA = ("area sqkm", "area km2", "shape area km2")


def read_codab(table: csv.DictReader[str], country: str | None) -> Iterator[tuple[int, Imported | str | None]]:
    """Yield each row's smallest division with its line number; at the end the larger ones, centred on their parts.

    Raises:
        InputError: when the table has no ADMn P-code columns or no coordinates.
    """
    headings = list(table.fieldnames or ())
    names, others, codes = _by_level(headings, _NAME), _by_level(headings, _OTHER_NAME), _by_level(headings, _PCODE)
    folded = {fold(heading): heading for heading in headings}
    lat, lon, area = (next((folded[g] for g in guesses if g in folded), None) for guesses in (_LAT, _LON, _AREA))
    if not codes or not names:
        raise InputError(f"expected columns ADM1_EN, ADM1_PCODE …, found {', '.join(headings)}")
    if lat is None or lon is None:
        raise InputError(
            "a COD-AB table needs the centres of its divisions (center_lat, center_lon): use the gazetteer sheet"
        )
    deepest = max(codes)
    inside: dict[tuple[int, str], list[tuple[float, float, Mapping[str, str]]]] = {}
    for row in table:
        try:
            point = float(row[lat]), float(row[lon])
        except (TypeError, ValueError):
            yield table.line_num, f"no coordinates: {row.get(lat)!r}, {row.get(lon)!r}"
            continue
        if not row[codes[deepest]] or not row[names.get(deepest, "")]:
            yield table.line_num, f"no name or P-code of level {deepest}"
            continue
        radius = math.sqrt(float(row[area] or 0) / math.pi) if area else 0.0
        yield table.line_num, _division(row, deepest, names, others, codes, point, radius, country)
        for level in codes:
            if 0 < level < deepest and row[codes[level]]:
                inside.setdefault((level, row[codes[level]]), []).append((*point, row))
    for (level, _), parts in inside.items():
        centre = sum(p[0] for p in parts) / len(parts), sum(p[1] for p in parts) / len(parts)
        reach = max(math.hypot(p[0] - centre[0], p[1] - centre[1]) for p in parts) * 111.0
        yield table.line_num, _division(parts[0][2], level, names, others, codes, centre, max(reach, 5.0), country)


def _by_level(headings: list[str], pattern: re.Pattern[str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for heading in headings:
        match = pattern.match(fold(heading))
        if match:
            found.setdefault(int(match[1]), heading)
    return found


def _division(
    row: Mapping[str, str],
    level: int,
    names: Mapping[int, str],
    others: Mapping[int, str],
    codes: Mapping[int, str],
    point: tuple[float, float],
    radius_km: float,
    country: str | None,
) -> Imported:
    iso3 = (
        country
        or country_code(row.get(codes.get(0, ""), "") or "")
        or country_code(row.get(names.get(0, ""), "") or "")
    )
    other = row.get(others.get(level, ""), "")
    return Imported(
        code=row[codes[level]],
        name=row[names[level]],
        level=_LEVELS[level],
        country=iso3,
        lat=round(point[0], 5),
        lon=round(point[1], 5),
        names=(other,) if other else (),
        admin1=row.get(names.get(1, ""), "") or "",
        admin2=row.get(names.get(2, ""), "") or "" if level > 1 else "",
        radius_km=round(radius_km, 1),
    )
