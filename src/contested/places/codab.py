"""OCHA COD-AB tables: one row the smallest division, its P-code, and the names and P-codes of those above it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from contested.errors import InputError
from contested.places.columns import Rows, country_code
from contested.places.geonames import NOT_TEXT, latin
from contested.places.names import fold
from contested.places.store import Imported
from contested.types import PlaceLevel

# ADM3 and ADM4 (sub-districts, communes) have no level of their own in the corpus form.
_LEVELS = {1: PlaceLevel.ADM1, 2: PlaceLevel.ADM2, 3: PlaceLevel.ADM2, 4: PlaceLevel.VILLAGE}
# ADM1_EN, ADM1_FR, admin1Name_en, adm1_name, adm1_name1, ADM1_REF, ADM1ALT1EN …: the language follows the level.
_NAME = re.compile(
    r"^adm(?:in)?([0-4])[ _]?(?:name)?[ _]?(|\d|ref ?name|ref|alt ?\d? ?(?:name)? ?(?:[a-z]{2})?|altname|[a-z]{2})$"
)
# Which name a division goes by: English, else the one without a language, else another that English reports may use.
_LANGUAGES = ("en", "", "fr", "es", "pt")
_PCODE = re.compile(r"^adm(?:in)?([0-4])[ _]?p ?code$")
_LAT = ("lat", "latitude", "center lat", "centre lat", "point y", "y")
_LON = ("lon", "long", "longitude", "center lon", "centre lon", "point x", "x")
_AREA = ("area sqkm", "area km2", "shape area km2")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which headings of a table hold what, by level: names (the one to go by first), P-codes; and the centre."""

    names: Mapping[int, tuple[str, ...]]
    codes: Mapping[int, str]
    lat: str
    lon: str
    area: str | None

    @property
    def deepest(self) -> int:
        return max(self.codes)


def depth_of(table: Rows) -> int:
    """Return the level of the divisions that a table has a row for each of; 0 when it is no such table."""
    try:
        return _columns(table).deepest
    except InputError:
        return 0


def read_codab(
    table: Rows, country: str | None, given: Set[int] = frozenset()
) -> Iterator[tuple[int, Imported | str | None]]:
    """Yield each row's smallest division with its line number; at the end the larger ones, centred on their parts.

    Args:
        table: headings and rows.
        country: ISO3 code, where the table does not say it.
        given: levels that have a table of their own and need not be made of their parts.

    Raises:
        InputError: when the table has no ADMn P-code columns or no coordinates.
    """
    columns = _columns(table)
    inside: dict[tuple[int, str], list[tuple[float, float, Mapping[str, str]]]] = {}
    for row in table:
        division = _read_row(row, columns, country)
        yield table.line_num, division
        if isinstance(division, str):
            continue
        for level, code in columns.codes.items():
            if 0 < level < columns.deepest and level not in given and row[code]:
                inside.setdefault((level, row[code]), []).append((division.lat, division.lon, row))
    for (level, _), parts in inside.items():
        centre = sum(p[0] for p in parts) / len(parts), sum(p[1] for p in parts) / len(parts)
        reach = max(math.hypot(p[0] - centre[0], p[1] - centre[1]) for p in parts) * 111.0
        yield table.line_num, _division(parts[0][2], level, columns, centre, max(reach, 5.0), country)


def _columns(table: Rows) -> _Columns:
    headings = list(table.fieldnames or ())
    codes = {int(match[1]): heading for heading in headings if (match := _PCODE.match(fold(heading)))}
    named: dict[int, list[tuple[int, str]]] = {}
    for heading in headings:
        if match := _NAME.match(fold(heading)):
            rank = _LANGUAGES.index(match[2]) if match[2] in _LANGUAGES else len(_LANGUAGES)
            named.setdefault(int(match[1]), []).append((rank, heading))
    names = {level: tuple(heading for _, heading in sorted(found)) for level, found in named.items()}
    codes = {level: heading for level, heading in codes.items() if level in names}
    if not any(codes):
        raise InputError(f"expected columns ADM1_EN, ADM1_PCODE …, found {', '.join(headings)}")
    folded = {fold(heading): heading for heading in headings}
    lat, lon, area = (next((folded[g] for g in guesses if g in folded), None) for guesses in (_LAT, _LON, _AREA))
    if lat is None or lon is None:
        raise InputError(
            "a COD-AB table needs the centres of its divisions (center_lat, center_lon): use the gazetteer sheet"
        )
    return _Columns(names, codes, lat, lon, area)


def _read_row(row: Mapping[str, str], columns: _Columns, country: str | None) -> Imported | str:
    level = columns.deepest
    if any(NOT_TEXT in value for value in row.values() if isinstance(value, str)):
        return "not in the encoding it should be in (UTF-8 unless said otherwise)"
    try:
        point = float(row[columns.lat]), float(row[columns.lon])
    except (TypeError, ValueError):
        return f"no coordinates: {row.get(columns.lat)!r}, {row.get(columns.lon)!r}"
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180) or point == (0.0, 0.0):
        return f"no point on the globe: {point[0]}, {point[1]}"
    if not row[columns.codes[level]] or not _names(row, level, columns):
        return f"no name or P-code of level {level}"
    return _division(row, level, columns, point, _radius_km(row, columns), country)


def _radius_km(row: Mapping[str, str], columns: _Columns) -> float:
    """Return the radius of a circle of the division's area; 0, which is not known, where that is no number."""
    try:
        area = float(row[columns.area] or 0) if columns.area else 0.0
    except (TypeError, ValueError):
        return 0.0
    return math.sqrt(area / math.pi) if 0 < area < math.inf else 0.0


def _names(row: Mapping[str, str], level: int, columns: _Columns) -> list[str]:
    """Return the names of a row's division that an English report may use, the one to go by first."""
    told = [(row.get(heading) or "").strip() for heading in columns.names.get(level, ())]
    return list(dict.fromkeys(name for name in told if latin(name)))


def _division(
    row: Mapping[str, str],
    level: int,
    columns: _Columns,
    point: tuple[float, float],
    radius_km: float,
    country: str | None,
) -> Imported:
    names = _names(row, level, columns) or [row[columns.codes[level]]]
    state = [row.get(columns.codes.get(0, "")) or "", *_names(row, 0, columns)]
    above = [next(iter(_names(row, n, columns)), "") if n <= level else "" for n in (1, 2)]
    return Imported(
        code=row[columns.codes[level]],
        name=names[0],
        level=_LEVELS[level],
        country=country or next(filter(None, map(country_code, state)), None),
        lat=round(point[0], 5),
        lon=round(point[1], 5),
        names=tuple(names[1:]),
        admin1=above[0],
        admin2=above[1],
        radius_km=round(radius_km, 1),
    )
