from __future__ import annotations

import pytest

from contested.places import resolve_all
from contested.types import PlaceLevel, PlaceLink
from tests.places.worlds import spans, town, world

L = PlaceLevel
FAR_CITY = town("Palmar", "ESP", 39.6, 2.7, level=L.CITY, population=400_000)
PROVINCE = town("Cabo Sul", "MOZ", -12.3, 39.5, level=L.ADM1, radius_km=160, admin1="Cabo Sul")
SAMAR_TOWN = town("Sarma", "UKR", 48.6, 35.2, level=L.CITY, population=70_000)
SAMAR_ISLAND = town("Sarma", "PHL", 12.0, 125.0, level=L.ADM1, radius_km=130, admin1="Sarma")
DOLORES = town("Dolora", "PHL", 12.1, 125.4, admin1="Sarma")
DOLORES_FAR = town("Dolora", "ARG", -36.3, -57.7, level=L.CITY, population=300_000)
KHURIGA = town("Khuriga", "MAR", 32.9, -6.9, level=L.CITY, population=200_000)
DON_CITY = town("Donska", "UKR", 48.0, 37.8, level=L.CITY, population=900_000, admin1="Donska")
DON_OBLAST = town("Donska", "UKR", 48.1, 37.7, level=L.ADM1, radius_km=100, admin1="Donska")
ORLA_FAR = town("Orla", "UKR", 45.3, 28.4, admin1="Odra")
NATO = town("Nato", "PHL", 13.6, 123.7)
WORLD = world(
    FAR_CITY, PROVINCE, SAMAR_TOWN, SAMAR_ISLAND, DOLORES, DOLORES_FAR, KHURIGA, DON_CITY, DON_OBLAST, ORLA_FAR, NATO
)


def link(text: str, words: str) -> PlaceLink:
    return resolve_all(text, spans(text, words), gazetteer=WORLD)[0]


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen burnt down Palmar, Cabo Sul, on Sunday.",
        "Gunmen burnt down Palmar in the northern province of Cabo Sul.",
        "Gunmen burnt down Palmar, in northern Mozambique over the weekend.",
        "Gunmen burnt down Palmar in the Mozambican province of Cabo Sul.",
    ],
)
def test_a_place_said_to_lie_in_a_country_lies_in_no_other(text: str) -> None:
    found = link(text, "Palmar")
    assert (found.country, found.rule) == ("MOZ", "containing-place")


@pytest.mark.parametrize(
    "text",
    [
        "Shots were heard in Palmar, near the Ukrainian border.",
        "Shots were heard in Palmar near the Ukraine embassy.",
        "Shots were heard in Palmar, the Ukrainian army said.",
        "Shots were heard in Palmar, Ukraine said.",
        "Shots were heard in Palmar, Ukraine and Jordan.",
        "Shots were heard in Palmar in May.",
    ],
)
def test_what_only_follows_a_place_holds_it_not(text: str) -> None:
    assert link(text, "Palmar").country == "ESP"


def test_a_country_lies_in_no_other() -> None:
    text = "Drones crossed Bahrain, Kuwait and Qatar."
    assert [found.country for found in resolve_all(text, spans(text, "Bahrain", "Kuwait"), gazetteer=WORLD)] == [
        "BHR",
        "KWT",
    ]


def test_of_two_provinces_of_a_name_the_one_that_has_such_a_town_is_meant() -> None:
    found = link("Two farmers were shot in Dolora, Sarma on Sunday.", "Dolora")
    assert found.chosen is not None
    assert found.chosen.id == DOLORES.id


def test_a_village_of_a_province_is_not_one_at_the_other_end_of_the_country() -> None:
    found = link("Shells fell on Orla, Donska oblast, on Sunday.", "Orla")
    assert found.rule == "containing-place"
    assert found.chosen is not None
    assert found.chosen.id == DON_OBLAST.id
    assert link("Ukrainian shells fell on Orla.", "Orla").lat == ORLA_FAR.lat


def test_another_spelling_abroad_is_not_believed_in_a_report_about_a_country() -> None:
    assert link("Nigerian troops freed six men in Kuriga.", "Kuriga").country == "NGA"
    assert link("Men were freed in Kuriga.", "Kuriga").country == "MAR"


@pytest.mark.parametrize("words", ["NATO's eastern flank", "Nato borders"])
def test_an_acronym_of_an_organisation_is_no_town(words: str) -> None:
    assert link(f"More tanks were moved to {words} on Sunday.", words).country is None
