"""Codes and regions of countries in the three codebooks (`country_codes.tsv`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from contested.resources.countries import Country, countries_by_iso3
from contested.resources.tables import load_table

_COLUMNS = ("iso3", "iso_numeric", "gleditsch_ward", "acled_region", "ucdp_region")


@dataclass(frozen=True, slots=True)
class CountryCodes:
    """A country's codes; "" where a list has none. `iso_numeric` without leading zeros, as ACLED writes it."""

    country: Country
    iso_numeric: str
    gleditsch_ward: str
    acled_region: str
    ucdp_region: str


@cache
def country_codes() -> Mapping[str, CountryCodes]:
    """Return the codes of every country by ISO 3166 alpha-3."""
    rows = load_table("contested.export", "country_codes.tsv", _COLUMNS)
    return {row[0]: CountryCodes(countries_by_iso3()[row[0]], *row[1:]) for row in rows}
