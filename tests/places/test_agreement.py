from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from contested.places import compare
from contested.types import PlaceLevel, PlaceLink, Relation

CITY = PlaceLink("Orva", "SYR", PlaceLevel.CITY, 35.0, 37.0, "named", radius_km=8.0)
VILLAGE = PlaceLink("Tel Marun", "SYR", PlaceLevel.VILLAGE, 35.03, 37.0, "named", radius_km=2.0)
PROVINCE = PlaceLink("Orva Governorate", "SYR", PlaceLevel.ADM1, 35.2, 37.3, "named", radius_km=60.0)
NIL = PlaceLink("Qirdal", None, None, None, None, "nil")


def test_one_place_in_two_gazetteers_is_the_same():
    assert compare(CITY, replace(CITY, lat=35.01, name="Orva city")).relation is Relation.SAME


def test_a_place_in_a_larger_one_is_compatible():
    assert compare(CITY, PROVINCE).relation is Relation.COMPATIBLE
    assert compare(VILLAGE, CITY).relation is Relation.COMPATIBLE


def test_places_far_apart_conflict():
    agreement = compare(VILLAGE, replace(VILLAGE, name="Tel Dara", lat=36.5))
    assert agreement.relation is Relation.CONFLICT
    assert "km apart" in agreement.reason


def test_nil_says_nothing():
    assert compare(CITY, NIL).relation is Relation.UNKNOWN
    assert compare(replace(NIL, country="LBN"), CITY).relation is Relation.CONFLICT


points = st.builds(
    PlaceLink,
    name=st.just("A"),
    country=st.sampled_from(["SYR", "LBN", None]),
    level=st.sampled_from(list(PlaceLevel)),
    lat=st.floats(33, 36),
    lon=st.floats(35, 38),
    rule=st.just("named"),
    radius_km=st.floats(0.5, 200),
)


@given(points, points)
def test_agreement_does_not_depend_on_the_order(a, b):
    assert compare(a, b).relation is compare(b, a).relation


@given(points)
def test_a_place_agrees_with_itself(a):
    assert compare(a, a).relation is Relation.SAME
