from __future__ import annotations

import pytest

from contested.places import resolve_all
from contested.places.distances import with_distance
from contested.places.geometry import distance_km
from contested.types import PlaceLevel, Span
from tests.places.worlds import spans, town, world

L = PlaceLevel
ORVA = town("Orva", "SYR", 35.0, 37.0, level=L.CITY, population=400_000)
WORLD = world(ORVA)


@pytest.mark.parametrize(
    ("text", "words", "phrase"),
    [
        ("A mine went off about 300 km (186 miles) north of Orva.", "Orva", "300 km north of Orva"),
        ("A mine went off ten kilometres south-west of the city of Orva.", "Orva", "10 kilometres south-west of Orva"),
        ("A mine went off 40 miles from Orva.", "Orva", "40 miles from Orva"),
        ("A mine went off in a village 25 km east of Orva.", "a village", "25 km east of Orva"),
        ("A mine went off in Tel Marun, 25 km east of Orva.", "Tel Marun", "Tel Marun"),
        ("A mine went off north of Orva.", "Orva", "Orva"),
        ("They took 300 square km of Orva.", "Orva", "Orva"),
        ("It is 30 km from a hill.", "a hill", "a hill"),
    ],
)
def test_the_distance_beside_a_span_belongs_to_it(text: str, words: str, phrase: str) -> None:
    start = text.index(words)
    assert with_distance(text, Span(start, start + len(words))) == phrase


@pytest.mark.parametrize("words", ["Orva", "a village"])
def test_a_place_far_from_a_town_is_not_the_town(words: str) -> None:
    text = "A mine went off in a village 200 km (125 miles) north of Orva."
    (link,) = resolve_all(text, spans(text, words), gazetteer=WORLD)
    assert distance_km(link.lat, link.lon, ORVA.lat, ORVA.lon) == pytest.approx(200, abs=1)
    assert link.radius_km >= 100
    assert link.acled_precision == 3


def test_without_a_direction_it_may_lie_anywhere_around() -> None:
    text = "A mine went off 50 km from Orva."
    (link,) = resolve_all(text, spans(text, "Orva"), gazetteer=WORLD)
    assert (link.lat, link.lon) == (ORVA.lat, ORVA.lon)
    assert link.radius_km >= 50
