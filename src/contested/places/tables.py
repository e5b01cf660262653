"""The gazetteer that ships with the package: hand-kept tables, the countries, and a packed table of the world's places.

The packed table stays the bytes it is: names are found by bisection over the sorted lines, and a row becomes an
`Entry` only when it is asked for. That loads in a tenth of a second and costs about 10 MB.
"""

from __future__ import annotations

import lzma
from array import array
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np

from contested.errors import ResourceError
from contested.places.gazetteer import Entry, Found, GazetteerSource, LayeredGazetteer
from contested.places.names import edit_distance, fold, skeleton
from contested.resources.countries import Standing, load_countries
from contested.resources.tables import load_table, values
from contested.types import PlaceLevel

_PACKAGE = "contested.places"
_OWN_COLUMNS = ("name", "level", "countries", "lat", "lon", "radius_km", "aliases", "within")
_OWN_FILES = ("data/regions.tsv", "data/waters.tsv", "data/sites.tsv", "data/localities.tsv")
_AFTER_ANY_LETTER = b"\xff"  # in no UTF-8 text, and sorts after all of it
_PREFIX = 3  # letters that a misspelt name keeps at its start; shorter prefixes read too much of the table


# What ships, as an entry's `source` names it: date and licence.
_SHIPPED = {
    "GeoNames": ("2026-07", "CC BY 4.0 (GeoNames); airports MIT"),
    "contested": ("2026-11", "Apache-2.0"),
}


def cited(source: str) -> str:
    """Return how the source of an entry is cited: with its date and licence, which imported ones already carry.

    >>> cited("contested"), cited("villages.csv, 2026-02-01 (CC0)")
    ('contested, 2026-11 (Apache-2.0)', 'villages.csv, 2026-02-01 (CC0)')
    """
    if source not in _SHIPPED:
        return source
    day, licence = _SHIPPED[source]
    return f"{source}, {day} ({licence})"


class NamedEntries:
    """Entries held in memory, found by skeleton: hand-kept tables and the tests' small worlds."""

    def __init__(self, entries: Sequence[tuple[Entry, Sequence[str]]], source: GazetteerSource) -> None:
        """Index `entries`, each with its other names, which are folded as the text's names are."""
        self._by_key: dict[str, list[Found]] = defaultdict(list)
        self._source = source
        for entry, names in entries:
            for folded in dict.fromkeys(fold(name) for name in (entry.name, *names)):
                self._by_key[skeleton(folded)].append(Found(entry, folded))
        self._by_start: dict[str, list[str]] = defaultdict(list)
        for key in self._by_key:
            self._by_start[key[:_PREFIX]].append(key)

    def named(self, key: str) -> Sequence[Found]:
        """Return the entries with a name of this skeleton."""
        return self._by_key.get(key, ())

    def close_to(self, key: str, limit: int) -> Sequence[Found]:
        """Return the entries with a skeleton close to `key`."""
        if len(key) < _PREFIX:
            return [f for other in self._by_key if other.startswith(key) for f in self._near(other, key, limit)]
        return [f for other in self._by_start.get(key[:_PREFIX], ()) for f in self._near(other, key, limit)]

    def _near(self, other: str, key: str, limit: int) -> Sequence[Found]:
        return self._by_key[other] if edit_distance(other, key, limit) <= limit else ()

    def sources(self) -> Sequence[GazetteerSource]:
        """Return the one source."""
        return (self._source,)


class PackedTable:
    """Rows sorted by id, and an index sorted by skeleton whose lines name row numbers; both as plain bytes."""

    def __init__(self, rows: bytes, index: bytes, source: GazetteerSource) -> None:
        self._rows, self._index, self._source = rows, index, source
        self._row_starts = _line_starts(rows)
        self._index_starts = _line_starts(index)
        self._entry = lru_cache(maxsize=4096)(self._read_entry)
        # An archive names the same places again and again; a search for misspellings reads hundreds of lines.
        self._found = lru_cache(maxsize=2048)(self._collect)

    def __len__(self) -> int:
        return len(self._row_starts) - 1

    def named(self, key: str) -> Sequence[Found]:
        """Return the entries with a name of this skeleton."""
        return self._found(key.encode() + b"\t", None, 0)

    def close_to(self, key: str, limit: int) -> Sequence[Found]:
        """Return the entries with a skeleton close to `key`."""
        return self._found(key[:_PREFIX].encode(), key, limit) if len(key) > _PREFIX else ()

    def sources(self) -> Sequence[GazetteerSource]:
        """Return the one source."""
        return (self._source,)

    def entries(self) -> Sequence[Entry]:
        """Return every entry, by id."""
        return [self._read_entry(number) for number in range(len(self))]

    def index_lines(self) -> list[tuple[str, str, tuple[int, ...]]]:
        """Return the whole index: skeleton, folded name, row numbers."""
        lines = (line.split("\t") for line in self._index.decode().splitlines())
        return [(key, folded, tuple(map(int, rows.split(",")))) for key, folded, rows in lines]

    def _collect(self, prefix: bytes, key: str | None, limit: int) -> tuple[Found, ...]:
        first, after = self._first(prefix), self._first(prefix + _AFTER_ANY_LETTER)
        lines = self._index[self._index_starts[first] : self._index_starts[after]].decode().splitlines()
        found = []
        for line in lines:
            sounds, folded, rows = line.split("\t")
            if key is None or edit_distance(sounds, key, limit) <= limit:
                found += [Found(self._entry(int(row)), folded) for row in rows.split(",")]
        return tuple(found)

    def _first(self, prefix: bytes) -> int:
        low, high = 0, len(self._index_starts) - 1
        while low < high:
            middle = (low + high) // 2
            start = self._index_starts[middle]
            if self._index[start : start + len(prefix)] < prefix:
                low = middle + 1
            else:
                high = middle
        return low

    def _read_entry(self, number: int) -> Entry:
        line = self._rows[self._row_starts[number] : self._row_starts[number + 1] - 1].decode()
        id_, name, level, country, admin1, admin2, lat, lon, population, radius = line.split("\t")
        return Entry(
            id=id_,
            name=name,
            level=PlaceLevel(level),
            country=country,
            lat=float(lat),
            lon=float(lon),
            radius_km=float(radius),
            population=int(population),
            admin1=admin1,
            admin2=admin2,
            source=self._source.name,
        )


def _line_starts(lines: bytes) -> array[int]:
    ends = np.flatnonzero(np.frombuffer(lines, dtype=np.uint8) == ord("\n"))
    return array("I", [0, *(ends + 1).tolist()])


@cache
def load_world() -> PackedTable:
    """Return the packed table of the world's places."""
    rows, index = (_unpack(f"data/{name}.tsv.xz") for name in ("world", "world_names"))
    source = _shipped("GeoNames", rows.count(b"\n"))
    return PackedTable(rows, index, source)


def _unpack(filename: str) -> bytes:
    try:
        return lzma.decompress(files(_PACKAGE).joinpath(filename).read_bytes())
    except (OSError, lzma.LZMAError) as error:
        raise ResourceError(f"table {_PACKAGE}/{filename} cannot be read: {error}") from error


def _shipped(name: str, entries: int) -> GazetteerSource:
    day, licence = _SHIPPED[name]
    return GazetteerSource(name, licence, day, entries)


@cache
def load_own() -> NamedEntries:
    """Return the hand-kept places: regions, waters, sites, and localities that the packed table lacks."""
    entries = [own for filename in _OWN_FILES for own in _read_own(filename)]
    return NamedEntries(entries, _shipped("contested", len(entries)))


def _read_own(filename: str) -> list[tuple[Entry, tuple[str, ...]]]:
    entries = []
    for name, level, countries, lat, lon, radius, aliases, within in load_table(_PACKAGE, filename, _OWN_COLUMNS):
        states = values(countries)
        entry = Entry(
            id=f"own:{level}:{fold(name).replace(' ', '-')}:{'-'.join(states)}",
            name=name,
            level=PlaceLevel(level),
            country=states[0] if len(states) == 1 else None,
            lat=float(lat),
            lon=float(lon),
            radius_km=float(radius),
            admin1=within,
            countries=states,
            source="contested",
        )
        entries.append((entry, values(aliases)))
    return entries


@cache
def load_country_entries() -> NamedEntries:
    """Return the countries, and the parts of countries that reports name like one, as places."""
    radius = {row[0]: float(row[1]) for row in load_table(_PACKAGE, "data/extents.tsv", ("iso3", "radius_km"))}
    entries = []
    for country in load_countries():
        whole = country.standing is not Standing.PART
        entry = Entry(
            id=f"country:{country.iso3}" if whole else f"part:{fold(country.name).replace(' ', '-')}",
            name=country.name,
            level=PlaceLevel.COUNTRY if whole else PlaceLevel.REGION,
            country=country.iso3,
            lat=country.lat,
            lon=country.lon,
            radius_km=radius.get(country.iso3, 100.0) * (1.0 if whole else 0.25),
            countries=(country.iso3,),
            source="contested",
        )
        entries.append((entry, country.aliases))
    return NamedEntries(entries, GazetteerSource("contested countries", "Apache-2.0", "2026-11", len(entries)))


@cache
def default_gazetteer() -> LayeredGazetteer:
    """Return what ships with the package: countries, hand-kept places, the packed world. Nothing to set up."""
    return LayeredGazetteer((load_country_entries(), load_own(), load_world()))
