from __future__ import annotations

import pytest

from contested.places import is_on_named_side, resolve_all
from contested.places.geometry import distance_km
from contested.types import PlaceLink, Span
from tests.places.worlds import spans, town, world

RUMBA = town("Rumba", "MLI", 15.0, -2.0)
WORLD = world(RUMBA)


def link(text: str, *words: str) -> PlaceLink:
    """Return the first link of a text's places; one sentence."""
    return resolve_all(text, spans(text, *words), sentences=[Span(0, len(text))], gazetteer=WORLD)[0]


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Nine men fell at the border with Burkina Faso, Mali's army said.", "the border with Burkina Faso", "MLI"),
        (
            "Nine men fell near the border with Burkina Faso and were taken to Rumba.",
            "the border with Burkina Faso",
            "MLI",
        ),
        ("Ecuador will close its border with Colombia.", "its border with Colombia", "ECU"),
        ("Moscow moves tanks to areas bordering Ukraine.", "areas bordering Ukraine", "RUS"),
        ("Niger says its border with Mali is safe, the US said.", "its border with Mali", "NER"),
    ],
)
def test_the_border_with_a_country_is_that_of_the_other(text: str, words: str, country: str) -> None:
    found = link(text, words, *(["Rumba"] if "Rumba" in text else []))
    assert (found.country, found.rule, found.relation) == (country, "side-of-border", words)
    assert not is_on_named_side(found)


def test_it_lies_about_where_the_two_countries_meet() -> None:
    found = link("Nine men fell at the border with Burkina Faso, Mali's army said.", "the border with Burkina Faso")
    assert found.lat is not None
    assert found.lon is not None
    assert distance_km(found.lat, found.lon, 14.1, -1.8) < 100
    assert found.radius_km is not None
    assert found.radius_km < 400
    assert found.acled_precision is None


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Nine men fell at the border with Niger.", "the border with Niger", "NER"),  # nobody else is spoken of
        ("Estonia says tanks are at the border with Ukraine.", "the border with Ukraine", "UKR"),  # too far away
        ("Syrian troops left the Turkish border.", "the Turkish border", "TUR"),
        ("Syrian troops went near Turkey's border.", "near Turkey's border", "TUR"),
    ],
)
def test_otherwise_it_stays_with_the_country_it_names_but_is_no_evidence(text: str, words: str, country: str) -> None:
    found = link(text, words)
    assert found.country == country
    assert is_on_named_side(found)


def test_a_crossing_with_a_name_and_a_coast_are_no_such_border() -> None:
    assert not is_on_named_side(link("Boats left Yemen's coast.", "Yemen's coast"))
    assert not is_on_named_side(link("Trucks passed the Rumba border crossing.", "Rumba border crossing"))
