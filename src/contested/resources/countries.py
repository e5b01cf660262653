"""The countries and contested territories of the world: codes, names, demonyms, capitals, centres (`countries.tsv`)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from contested.resources.tables import load_table, values

_COLUMNS = ("name", "iso3", "iso2", "status", "aliases", "demonyms", "capitals", "lat", "lon", "region")


class Standing(StrEnum):
    """What a country row is. A part of a state carries the ISO3 code of the state it is internationally counted in."""

    STATE = "state"
    TERRITORY = "territory"
    PARTIALLY_RECOGNISED = "partially recognised"
    PART = "part of a state"


@dataclass(frozen=True, slots=True)
class Country:
    """A country, or a part of one that reports name like a country. `lat`, `lon`: its centre, in degrees.

    `demonyms` are adjectives and names of its people, singular; `capitals` the seat of government in its spellings
    (also the city that reports use as a name for the government). `iso2` is "" for a part of a state.
    """

    name: str
    iso3: str
    iso2: str
    standing: Standing
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    lat: float
    lon: float
    region: str


@cache
def load_countries() -> tuple[Country, ...]:
    """Return every row of `countries.tsv`, sorted by name."""
    return tuple(
        Country(
            name=row[0],
            iso3=row[1],
            iso2=row[2],
            standing=Standing(row[3]),
            aliases=values(row[4]),
            demonyms=values(row[5]),
            capitals=values(row[6]),
            lat=float(row[7]),
            lon=float(row[8]),
            region=row[9],
        )
        for row in load_table("contested.resources", "countries.tsv", _COLUMNS)
    )


@cache
def countries_by_iso3() -> dict[str, Country]:
    """Return the countries that have an ISO3 code of their own, by that code."""
    return {country.iso3: country for country in load_countries() if country.standing is not Standing.PART}
