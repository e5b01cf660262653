from __future__ import annotations

import pytest

from contested.errors import ResourceError
from contested.resources.countries import Standing, countries_by_iso3, load_countries
from contested.resources.tables import load_table


def test_rows_are_sorted_and_names_unique() -> None:
    names = [country.name for country in load_countries()]
    assert names == sorted(names)
    assert len(names) == len(set(names))


def test_every_state_has_codes_capital_or_is_one_and_a_place_on_earth() -> None:
    for country in load_countries():
        assert len(country.iso3) == 3
        assert -90 <= country.lat <= 90
        assert -180 <= country.lon <= 180
        assert (country.iso2 == "") == (country.standing is Standing.PART)


def test_iso_codes_are_unique_among_states() -> None:
    states = [c for c in load_countries() if c.standing is not Standing.PART]
    assert len(countries_by_iso3()) == len(states) == len({c.iso2 for c in states})


def test_a_part_of_a_state_belongs_to_a_known_state() -> None:
    for country in load_countries():
        assert country.iso3 in countries_by_iso3()


def test_no_two_states_share_a_name_or_alias() -> None:
    owner: dict[str, str] = {}
    for country in countries_by_iso3().values():
        for name in (country.name, *country.aliases):
            assert owner.setdefault(name, country.iso3) == country.iso3


def test_table_with_another_header_is_refused() -> None:
    with pytest.raises(ResourceError, match="expected the columns a, b"):
        load_table("contested.resources", "countries.tsv", ("a", "b"))
