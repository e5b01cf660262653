"""Lines of a GeoNames dump (`allCountries.txt`, a country file) to places. Format: geonames.org/export, 19 columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from contested.places.store import Imported
from contested.resources.countries import load_countries
from contested.types import PlaceLevel

L = PlaceLevel
COLUMNS = 19
NOT_TEXT = "\ufffd"  # stands where bytes were no text
MOST_PEOPLE = 100_000_000_000  # ten times mankind: beyond it a number is a slip, and too long for a table
_CITY, _TOWN = 50_000, 5_000  # inhabitants, as in the table that ships
_DIVISIONS = {
    "PCLI": L.COUNTRY,
    "PCLS": L.COUNTRY,
    "PCLF": L.COUNTRY,
    "PCLD": L.COUNTRY,
    "ADM1": L.ADM1,
    "ADM2": L.ADM2,
    "ADM3": L.ADM2,
}
_CLASSES = {"H": L.WATER, "U": L.WATER, "L": L.REGION, "R": L.SITE, "S": L.SITE, "T": L.SITE, "V": L.SITE, "A": L.ADM2}
_SMALL_AREAS = frozenset(
    {"PRK", "CMP", "INDS", "MILB", "NVB", "OILF", "GASF", "PRT", "LCTY", "AREA", "REFG", "CMPRF", "PORT"}
)


@cache
def iso3_by_iso2() -> dict[str, str]:
    """Return ISO3 codes by ISO2 code."""
    return {country.iso2: country.iso3 for country in load_countries() if country.iso2}


def read_geonames(lines: Iterator[tuple[int, str]], classes: str = "") -> Iterator[tuple[int, Imported | str | None]]:
    """Yield each line's number with its place, None when its feature class is not wanted, or what is wrong with it."""
    for number, line in lines:
        yield number, _read_line(line.rstrip("\r\n"), classes)


def _read_line(line: str, classes: str) -> Imported | str | None:
    if NOT_TEXT in line:
        return "not in the encoding it should be in (UTF-8 unless said otherwise)"
    fields = line.split("\t")
    if len(fields) != COLUMNS:
        return f"expected {COLUMNS} columns, found {len(fields)}"
    id_, name, ascii_, aliases, lat, lon, fclass, fcode, iso2 = fields[:9]
    if classes and fclass not in classes:
        return None
    try:
        point = float(lat), float(lon)
        people = int(fields[14] or 0)
    except ValueError as error:
        return f"a number that is none: {error}"
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180) or point == (0.0, 0.0):
        return f"no point on the globe: {lat}, {lon}"
    if not 0 <= people <= MOST_PEOPLE:
        return f"no number of people: {people}"
    if not name or not id_.isdecimal():
        return "no id or no name"
    admin1 = f"{iso2}.{fields[10]}" if fields[10] else ""
    admin2 = f"{admin1}.{fields[11]}" if admin1 and fields[11] else ""
    level = level_of(fclass, fcode, people)
    own_code = {"ADM1": admin1, "ADM2": admin2}.get(fcode, "")
    names = (ascii_, *(alias for alias in aliases.split(",") if latin(alias)))
    return Imported(
        f"gn{id_}", name, level, iso3_by_iso2().get(iso2), *point, names, admin1, admin2, 0.0, people, own_code
    )


def level_of(fclass: str, fcode: str, population: int) -> PlaceLevel:
    """Return the kind of place that a GeoNames feature is.

    >>> level_of("P", "PPL", 800), level_of("P", "PPLX", 800), level_of("A", "ADM1", 0)
    (<PlaceLevel.VILLAGE: 'village'>, <PlaceLevel.DISTRICT: 'district'>, <PlaceLevel.ADM1: 'adm1'>)
    """
    if fclass == "P":
        if fcode == "PPLX":
            return L.DISTRICT
        return L.CITY if population >= _CITY else L.TOWN if population >= _TOWN else L.VILLAGE
    if fclass == "L" and fcode in _SMALL_AREAS:
        return L.SITE
    return _DIVISIONS.get(fcode) or _CLASSES.get(fclass, L.SITE)


def latin(name: str) -> bool:
    """Return whether a name is written in Latin letters: others never match an English report."""
    return bool(name) and (name.isascii() or all(map(_latin_or_no_letter, name)))


@cache
def _latin_or_no_letter(character: str) -> bool:
    return not character.isalpha() or "LATIN" in unicodedata.name(character, "")
