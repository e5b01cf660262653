"""Countries as places: the entry of a country by its code, and the country that an adjective stands for."""

from __future__ import annotations

from functools import cache

from contested.places.gazetteer import Entry
from contested.places.names import fold, skeleton
from contested.places.tables import load_country_entries
from contested.resources.countries import countries_by_iso3
from contested.types import PlaceLevel


@cache
def country_entry(iso3: str) -> Entry | None:
    """Return the gazetteer's entry of a country.

    >>> country_entry("SYR").name
    'Syria'
    """
    country = countries_by_iso3().get(iso3)
    if country is None:
        return None
    founds = load_country_entries().named(skeleton(country.name))
    return next((f.entry for f in founds if f.entry.level is PlaceLevel.COUNTRY and f.entry.country == iso3), None)


@cache
def _by_adjective() -> dict[str, str]:
    return {
        fold(word): country.iso3
        for country in countries_by_iso3().values()
        for demonym in country.demonyms
        for word in (demonym, demonym + "s")
    }


def country_of_adjective(word: str) -> Entry | None:
    """Return the country that an adjective or a people's name stands for: "the Turkish border".

    >>> country_of_adjective("Turkish").name
    'Turkey'
    """
    iso3 = _by_adjective().get(fold(word))
    return country_entry(iso3) if iso3 else None


def country_named(name: str) -> Entry | None:
    """Return the country of a name, None when no country is called so.

    >>> country_named("Ukraine").country
    'UKR'
    """
    found = [f.entry for f in load_country_entries().named(skeleton(name)) if f.folded == fold(name)]
    return next((entry for entry in found if entry.level is PlaceLevel.COUNTRY), None)


@cache
def _capitals() -> frozenset[tuple[str, str]]:
    return frozenset((fold(name), c.iso3) for c in countries_by_iso3().values() for name in c.capitals[:1])


def is_capital(name: str, iso3: str | None) -> bool:
    """Return whether a city of this name in this country is its capital."""
    return iso3 is not None and (fold(name), iso3) in _capitals()


def capital_of(iso3: str) -> str | None:
    """Return the name of a country's capital, in the spelling reports use first."""
    country = countries_by_iso3().get(iso3)
    return country.capitals[0] if country and country.capitals else None
