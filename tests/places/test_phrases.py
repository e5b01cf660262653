import pytest

from contested.places.bare import parse_bare
from contested.places.phrases import Effect, bare_name, parse_phrases


@pytest.mark.parametrize(
    ("text", "effect", "name"),
    [
        ("12 km north of Homs", Effect.OFFSET, "Homs"),
        ("south-west of the city of Hama", Effect.OFFSET, "Hama"),
        ("near Khan Touman", Effect.NEAR, "Khan Touman"),
        ("outside the town of Azaz", Effect.NEAR, "Azaz"),
        ("the northern countryside of Aleppo", Effect.AROUND, "Aleppo"),
        ("Hama's western countryside", Effect.AROUND, "Hama"),
        ("rural Damascus", Effect.AROUND, "Damascus"),
        ("eastern neighbourhoods of Aleppo", Effect.PART, "Aleppo"),
        ("southwest Aleppo", Effect.PART, "Aleppo"),
        ("north-eastern Syria", Effect.PART, "Syria"),
        ("the road between Rastan and Talbiseh", Effect.BETWEEN, "Talbiseh"),
        ("the Aleppo-Damascus highway", Effect.BETWEEN, "Damascus"),
        ("the Pokrovsk front", Effect.NEAR, "Pokrovsk"),
        ("Idlib province", Effect.NAMED, "Idlib"),
        ("the village of Um Rawaba", Effect.NAMED, "Um Rawaba"),
        ("Jobar neighbourhood", Effect.AT, "Jobar"),
        ("Aleppo central prison", Effect.AT, "Aleppo"),
        ("a school in Gaza City", Effect.INSIDE, "Gaza City"),
    ],
)
def test_a_phrase_is_taken_apart(text, effect, name):
    first = parse_phrases(text)[0]
    assert (first.effect, first.name) == (effect, name)


def test_distance_and_direction_are_kept():
    phrase = parse_phrases("20 miles north-east of Goma")[0]
    assert phrase.direction == "north-east"
    assert phrase.distance_km == pytest.approx(32.2, abs=0.1)


def test_both_ends_of_a_road_are_kept():
    phrase = parse_phrases("the highway linking Aleppo to Latakia")[0]
    assert {phrase.name, phrase.other} == {"Aleppo", "Latakia"}


def test_the_relation_is_what_stands_beside_the_name():
    assert parse_phrases("12 km north of Homs")[0].relation == "12 km north of"


@pytest.mark.parametrize(
    ("text", "antecedent"),
    [
        ("the town", "settlement"),
        ("its eastern districts", "any"),
        ("the country", "country"),
        ("the capital", "capital"),
        ("the province", "division"),
        ("rebel-held territory", "any"),
        ("two hospitals", "settlement"),
        ("The besieged enclave", "any"),
        ("the front line", "any"),
    ],
)
def test_words_without_a_name_say_what_they_stand_for(text, antecedent):
    assert parse_bare(text).antecedent == antecedent


@pytest.mark.parametrize("text", ["Iranian airspace", "Afrin district", "the district of Jobar", "Homs", "al-Rai"])
def test_a_phrase_with_a_name_is_not_bare(text):
    assert parse_bare(text) is None or "al-" in text


def test_bare_name_drops_the_frame():
    assert bare_name("in the Nineveh Plains’") == "Nineveh Plains’"
    assert bare_name("across the Gaza Strip") == "Gaza Strip"
