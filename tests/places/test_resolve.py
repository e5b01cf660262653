import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.places import Gazetteer, resolve_all
from contested.places.geometry import distance_km
from contested.types import PlaceLevel, Span
from tests.places.worlds import spans, town, world

L = PlaceLevel
ORVA = town("Orva", "SYR", 35.0, 37.0, level=L.CITY, population=400_000, admin1="Orva Governorate")
ORVA_PROVINCE = town("Orva Governorate", "SYR", 35.2, 37.3, level=L.ADM1, radius_km=60, admin1="Orva Governorate")
SMALL_NEAR = town("Tel Marun", "SYR", 35.1, 37.1, level=L.VILLAGE, admin1="Orva Governorate")
SAME_NAME_FAR = town("Tel Marun", "LBN", 33.9, 35.6, level=L.VILLAGE)
PORT = town("Basra Bay", "IRQ", 30.0, 48.0, level=L.WATER, radius_km=50)
WORLD = world((ORVA, ("Urfah",)), (ORVA_PROVINCE, ("Orva",)), SMALL_NEAR, SAME_NAME_FAR, PORT)


def links(text: str, *words: str, gazetteer: Gazetteer = WORLD):
    sentences, start = [], 0
    for part in text.split(". "):
        sentences.append(Span(start, min(len(text), start + len(part) + 1)))
        start += len(part) + 2
    return resolve_all(text, spans(text, *words), sentences=sentences, gazetteer=gazetteer)


def test_a_name_is_found_in_another_spelling():
    (link,) = links("Shells fell on Urfa in Syria.", "Urfa")
    assert link.chosen.id == ORVA.id
    assert (link.acled_precision, link.ucdp_precision) == (1, 1)


def test_the_city_is_meant_before_the_province_unless_the_phrase_says_so():
    city, province = links("Fighting shook Orva in Syria. It spread to Orva province.", "Orva", "Orva province")
    assert city.level is L.CITY
    assert province.level is L.ADM1
    assert (province.acled_precision, province.ucdp_precision) == (3, 4)
    assert "designated" in province.reason


def test_the_reports_country_decides_between_two_of_a_name():
    (syrian,) = links("Syrian troops took Tel Marun, Syrian state TV said.", "Tel Marun")
    (lebanese,) = links("Lebanese troops took Tel Marun, Lebanese state TV said.", "Tel Marun")
    assert (syrian.country, lebanese.country) == ("SYR", "LBN")
    assert {c.country for c in syrian.candidates} == {"SYR", "LBN"}


def test_another_place_of_the_report_decides_between_two_of_a_name():
    _, link = links("They left Orva. Later they reached Tel Marun.", "Orva", "Tel Marun")
    assert link.country == "SYR"


def test_what_follows_the_name_decides_between_two_of_a_name():
    (link,) = links("Syrian and Syrian-backed fighters, said Syrian media, entered Tel Marun, Lebanon.", "Tel Marun")
    assert link.country == "LBN"


def test_a_direction_moves_the_point():
    (link,) = links("A convoy was hit 30 km north of Orva.", "30 km north of Orva")
    assert distance_km(link.lat, link.lon, ORVA.lat, ORVA.lon) == pytest.approx(30, abs=0.5)
    assert link.lat > ORVA.lat
    assert link.relation == "30 km north of"
    assert link.acled_precision == 2


def test_between_two_places_lies_between_them():
    (link,) = links("The road between Orva and Tel Marun was cut in Syria.", "The road between Orva and Tel Marun")
    assert 35.0 <= link.lat <= 35.1
    assert link.ucdp_precision == 5


def test_a_part_of_a_city_stays_in_its_radius():
    (link,) = links("Rebels held eastern Orva.", "eastern Orva")
    assert link.lon > ORVA.lon
    assert distance_km(link.lat, link.lon, ORVA.lat, ORVA.lon) <= link.radius_km


def test_an_unknown_facility_gets_the_place_it_is_in():
    (link,) = links("A drone hit the Qirdal clinic in Orva.", "the Qirdal clinic in Orva")
    assert link.chosen.id == ORVA.id
    assert link.radius_km >= 3
    assert link.ucdp_precision == 2
    assert "Qirdal" in link.relation


def test_an_unknown_village_gets_the_place_named_beside_it_with_a_wide_radius():
    _, link = links("Troops left Orva. They entered Qirdalun.", "Orva", "Qirdalun")
    assert (link.lat, link.country) == (ORVA.lat, "SYR")
    assert link.radius_km >= 15
    assert "no gazetteer" in link.reason
    assert link.rule == "place-said-nearby"


def test_an_unknown_village_with_its_country_named_gets_the_country():
    (link,) = links("Gunmen raided Qirdalun in Chad.", "Qirdalun")
    assert link.country == "TCD"
    assert link.rule == "containing-place"
    assert link.acled_precision == 3


def test_nothing_known_is_nil():
    (link,) = links("They met in Qirdalun.", "Qirdalun")
    assert (link.chosen, link.lat, link.lon, link.country) == (None, None, None, None)
    assert link.rule == "nil"


def test_the_town_is_the_town_said_before():
    _, link = links("Rebels entered Orva in Syria. Residents fled the town.", "Orva", "the town")
    assert link.chosen.id == ORVA.id
    assert link.rule == "the-settlement"


def test_the_country_is_the_country_said_before():
    _, link = links("Troops massed in Chad. Aid cannot reach the country.", "Chad", "the country")
    assert link.country == "TCD"


def test_bare_words_without_anything_said_are_nil():
    (link,) = links("They fled the area.", "the area")
    assert link.chosen is None


def test_an_adjective_is_its_country_and_a_syrian_town_is_a_town_said_nearby_there():
    border, nearby, clash = links(
        "Near the Turkish border, fighters from Orva met. The Syrian town was calm.",
        "the Turkish border",
        "Orva",
        "The Syrian town",
    )
    assert border.country == "TUR"
    assert nearby.chosen.id == clash.chosen.id == ORVA.id


def test_water_of_no_country_is_international():
    (link,) = links("A ship burned in the Red Sea.", "the Red Sea", gazetteer=None)
    assert link.country is None
    assert link.ucdp_precision == 7


def test_order_and_number_of_links_follow_the_mentions():
    text = "From Orva they went to Tel Marun in Syria."
    first, second = spans(text, "Orva", "Tel Marun")
    assert [x.name for x in resolve_all(text, [second, first], gazetteer=WORLD)] == ["Tel Marun", "Orva"]
    assert resolve_all(text, [], gazetteer=WORLD) == ()


def test_boilerplate_before_the_report_changes_nothing():
    text = "Rebels entered Orva in Syria. Residents fled the town to Tel Marun."
    words = ("Orva", "the town", "Tel Marun")
    before = "skip to main content. "
    plain = resolve_all(text, spans(text, *words), gazetteer=WORLD)
    moved = resolve_all(before + text, spans(before + text, *words), gazetteer=WORLD)
    assert plain == moved


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_no_text_breaks_it_and_nothing_lies_at_zero(text):
    (link,) = resolve_all(text, [(Span(0, len(text)), None)])
    assert (link.lat is None) == (link.chosen is None)
    assert (link.lat, link.lon) != (0.0, 0.0)


@pytest.mark.parametrize(
    ("text", "words", "country", "lat", "lon"),
    [
        ("Shelling hit Khan Tuman, south of Aleppo.", "Khan Tuman", "SYR", 36.11, 37.05),
        ("Drones reached El Fasher in Sudan.", "El Fasher", "SDN", 13.63, 25.35),
        ("Russian missiles hit Kharkov.", "Kharkov", "UKR", 49.99, 36.23),
        ("M23 fighters entered Goma.", "Goma", "COD", -1.67, 29.23),
        ("A strike hit a house in Khan Younis.", "Khan Younis", "PSE", 31.34, 34.31),
        ("Militants attacked Djibo in Burkina Faso.", "Djibo", "BFA", 14.1, -1.63),
        ("A bomb went off in Quetta, Pakistan.", "Quetta", "PAK", 30.18, 67.0),
    ],
)
def test_well_known_places_with_what_ships(text, words, country, lat, lon):
    (link,) = resolve_all(text, spans(text, words))
    assert link.country == country
    assert distance_km(link.lat, link.lon, lat, lon) < 15


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        # A name that the reader cut short to its noun is no name of its own.
        ("Drones reached Moscow. Sheremetyevo International Airport was shut.", "Airport", "RUS"),
        # A camp is named after those who live in it, not after where it is.
        ("A raid hit Lebanon. It fell on Nahr Palestinian refugee camp.", "Nahr Palestinian refugee camp", "LBN"),
    ],
)
def test_what_looks_like_a_name_or_a_country_and_is_neither(text, words, country):
    said_before = text.split(".")[0].split()[-1]
    _, link = resolve_all(text, spans(text, said_before, words))
    assert link.country == country


@pytest.mark.parametrize("words", ["the Supreme Court of Iran", "Iran's parliament", "the Foreign Ministry of Iran"])
def test_what_a_state_has_one_of_stands_in_its_capital(words):
    (link,) = links(f"Two judges were shot outside {words}.", words, gazetteer=None)
    assert (link.name, link.rule) == ("Tehran", "the-capital")


def test_some_villages_by_a_town_are_not_the_town():
    _, village = links("Rebels reached Orva. They burnt two villages.", "Orva", "two villages")
    assert (village.name, village.relation) == ("Orva", "two villages")
    assert village.radius_km >= 15
    _, itself = links("Rebels reached Orva. They burnt the town.", "Orva", "the town")
    assert itself.relation == ""
