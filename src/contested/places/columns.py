"""Any table of places (CSV, TSV): which column holds what, guessed by its heading or told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from contested.errors import InputError
from contested.places.geonames import MOST_PEOPLE, NOT_TEXT, iso3_by_iso2
from contested.places.names import fold
from contested.places.store import Imported
from contested.resources.countries import load_countries
from contested.types import PlaceLevel

# Headings under which tables of places give a field, folded; the first that the table has counts.
GUESSES = {
    "id": ("id", "pcode", "code", "geonameid", "identifier", "objectid"),
    "name": (
        "name",
        "name en",
        "place",
        "location",
        "toponym",
        "settlement",
        "village",
        "title",
        "featurename",
        "label",
    ),
    "lat": ("lat", "latitude", "y", "point y", "lat dd", "center lat", "ycoord"),
    "lon": ("lon", "long", "lng", "longitude", "x", "point x", "lon dd", "center lon", "xcoord"),
    "country": ("country", "iso3", "iso2", "iso", "country code", "countrycode", "adm0 pcode", "adm0 en"),
    "level": ("level", "type", "kind", "place type", "class"),
    "aliases": ("aliases", "alternatenames", "alternate names", "other names", "alt names", "names", "variants"),
    "admin1": ("admin1", "adm1 en", "adm1", "province", "governorate", "state", "region", "oblast"),
    "admin2": ("admin2", "adm2 en", "adm2", "district", "county", "raion"),
    "population": ("population", "pop"),
    "radius_km": ("radius km", "radius"),
}
_NEEDED = ("name", "lat", "lon")
_SEPARATORS = re.compile(r"[|;,]")


class Rows(Protocol):
    """A table as `csv.DictReader` gives it: headings, rows by heading, the number of the line last read."""

    @property
    def fieldnames(self) -> Sequence[str] | None:
        """The headings."""

    @property
    def line_num(self) -> int:
        """The number of the line last read."""

    def __iter__(self) -> Iterator[dict[Any, Any]]:
        """Yield each row by heading."""


def map_columns(headings: list[str], told: Mapping[str, str], where: str = "") -> dict[str, str]:
    """Return which heading of a table holds which field.

    Raises:
        InputError: when a told column is not there, or one that is needed can neither be told nor guessed.
    """
    by_fold = {fold(heading): heading for heading in reversed(headings)}
    found = {}
    for name, heading in told.items():
        if heading not in headings:
            raise InputError(f"no column {heading!r}; the table has {', '.join(headings)}", where)
        found[name] = heading
    for name, guesses in GUESSES.items():
        guessed = next((by_fold[g] for g in guesses if g in by_fold), None)
        if guessed is not None:
            found.setdefault(name, guessed)
    missing = [name for name in _NEEDED if name not in found]
    if missing:
        raise InputError(
            f"no column for {', '.join(missing)}; say which with --column; there are {', '.join(headings)}", where
        )
    return found


def read_table(
    table: Rows, told: Mapping[str, str], country: str | None
) -> Iterator[tuple[int, Imported | str | None]]:
    """Yield each row's line number with its place, or what is wrong with it."""
    columns = map_columns(list(table.fieldnames or ()), told)
    for row in table:
        number = table.line_num
        values = {name: (row.get(heading) or "").strip() for name, heading in columns.items()}
        yield number, _read_row(values, number, country)


def _read_row(values: Mapping[str, str], number: int, country: str | None) -> Imported | str:
    if any(NOT_TEXT in value for value in values.values()):
        return "not in the encoding it should be in (UTF-8 unless said otherwise)"
    if not values["name"]:
        return "no name"
    try:
        lat, lon = float(values["lat"]), float(values["lon"])
        people = int(float(values.get("population") or 0))
        radius = float(values.get("radius_km") or 0)
    except (ValueError, OverflowError) as error:
        return f"a number that is none: {error}"
    if not 0 <= people <= MOST_PEOPLE or not 0 <= radius < float("inf"):
        return f"no number of people, or no radius: {people}, {radius}"
    if not (-90 <= lat <= 90 and -180 <= lon <= 180) or (lat, lon) == (0.0, 0.0):
        return f"no point on the globe: {lat}, {lon}"
    iso3 = country_code(values.get("country", "")) or country
    level = values.get("level", "").lower()
    aliases = tuple(a.strip() for a in _SEPARATORS.split(values.get("aliases", "")) if a.strip())
    return Imported(
        code=values.get("id") or f"row{number}",
        name=values["name"],
        level=PlaceLevel(level) if level in set(PlaceLevel) else PlaceLevel.VILLAGE,
        country=iso3,
        lat=lat,
        lon=lon,
        names=aliases,
        admin1=values.get("admin1", ""),
        admin2=values.get("admin2", ""),
        radius_km=radius,
        population=people,
    )


def country_code(words: str) -> str | None:
    """Return the ISO3 code of a country given by ISO2, ISO3 or name; None when it is none.

    >>> country_code("SY"), country_code("syria"), country_code("Atlantis")
    ('SYR', 'SYR', None)
    """
    upper = words.strip().upper()
    if upper in iso3_by_iso2():
        return iso3_by_iso2()[upper]
    for country in load_countries():
        if upper == country.iso3 or fold(words) in (fold(country.name), *map(fold, country.aliases)):
            return country.iso3
    return None
