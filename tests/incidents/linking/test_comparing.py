from dataclasses import replace

import pytest

from contested.incidents.linking.comparing import compare
from contested.incidents.linking.features import Describer
from contested.incidents.toll import Mark
from contested.types import ActorKind, EventType, PlaceCandidate, PlaceLevel, Span
from tests.incidents.accounts_made import account, actor, killed, outlet, place, speaker


def level(field, a, b):
    others = [account(f"x{n}", f"x{n}", words=f"word{n} other{n} thing{n}") for n in range(20)]
    describer = Describer([a, b, *others])
    return dict(compare(describer.features(a), describer.features(b)))[field]


def known(name, admin1, lat, lon, kind=PlaceLevel.CITY):
    link = place(name, lat, lon, level=kind)
    return replace(link, chosen=PlaceCandidate(name, name, "SYR", kind, lat, lon, 1.0, "test", admin1=admin1))


def test_a_city_that_names_its_province_is_not_apart_from_a_place_in_it():
    city, town = known("Idlib", "Idlib Governorate", 35.93, 36.63), known("Saraqib", "Idlib", 35.3, 36.8)
    assert level("place", account("a", "one", at=city), account("b", "two", at=town)) == "city-or-province"
    elsewhere = known("Hama", "Hama Governorate", 35.13, 36.75)
    assert level("place", account("a", "one", at=elsewhere), account("b", "two", at=town)) == "near"


def test_a_crossing_and_the_town_nearby_are_beside_each_other():
    crossing, town = place("Salama crossing", 36.65, 37.1), place("Azaz", 36.585, 37.05)
    assert level("place", account("a", "one", at=crossing), account("b", "two", at=town)) == "beside"


@pytest.mark.parametrize(
    ("told", "expected"),
    [("2020-05-02", "told-together"), ("2020-05-04", "told-near"), ("2020-05-07", "told-apart")],
)
def test_undated_events_are_as_near_as_their_reports(told, expected):
    one, other = account("a", "one", when=None, told="2020-05-02"), account("b", "two", when=None, told=told)
    assert level("time", one, other) == expected


def test_what_has_happened_was_not_tomorrow():
    one = account("a", "one", when="2020-05-09", told="2020-05-03")  # "on Saturday", misread for the coming one
    assert level("time", one, account("b", "two", when="2020-05-03", told="2020-05-03")) == "told-together"


def test_a_stock_phrase_with_another_number_on_another_day_says_little():
    first = account("a", "one", when=None, told="2020-05-02", tolls=(killed(40, by=outlet("one")),))
    second = account("b", "two", when=None, told="2020-05-03", tolls=(killed(52, by=outlet("two")),))
    assert level("wording", first, second) == "formula"
    assert level("wording", first, replace(second, tolls=first.tolls)) == "copied"
    dated = account("c", "three", when="2020-05-02", told="2020-05-03", tolls=second.tolls)
    assert level("wording", first, dated) == "copied"  # of the very day on which the other was told


def test_a_toll_that_is_said_to_have_risen_takes_up_a_lower_one():
    first = account("a", "one", told="2020-05-02", tolls=(killed(40, by=outlet("one")),))
    rose = killed(75, by=outlet("two"), words="The death toll has risen to 75.")
    assert level("killed", first, account("b", "two", told="2020-05-03", tolls=(rose,))) == "risen"
    assert level("killed", first, account("b", "two", told="2020-05-01", tolls=(rose,))) == "differ"
    assert level("killed", first, account("b", "two", told="2020-05-03", tolls=(replace(rose, words=""),))) == "differ"


def test_one_report_that_blames_two_sides_tells_of_two_events():
    army, rebels = actor("North Army"), actor("River Front", ActorKind.REBEL)
    raid = account("a", "one", doer=army)
    shelling = replace(account("b", "one", EventType.SHELLING, doer=rebels), spans=(Span(300, 330),), sentence=2)
    assert level("report", raid, shelling) == "told-of-two"
    assert level("report", raid, replace(shelling, doers=())) == "told-as-two"


def test_what_was_counted_earlier_is_what_was_told_before():
    first = account("a", "one", tolls=(killed(12, by=speaker("Agency")),))
    earlier = killed(
        5, by=speaker("Police"), at=300, words="According to earlier information from the police five died."
    )
    again = replace(account("b", "one", tolls=(earlier,)), sentence=2, spans=(Span(300, 330),))
    assert level("report", first, again) == "told-again"


def test_a_report_comes_back_to_an_event_with_its_toll_or_with_words_that_point_back():
    headline = account("a", "one", tolls=(killed(4, by=outlet("one")),))
    again = replace(headline, id="b", sentence=1, spans=(replace(headline.spans[0], start=40, end=80),))
    assert level("report", headline, again) == "told-again"
    other = replace(again, tolls=(killed(9, by=outlet("one")),))
    assert level("report", headline, other) == "told-apart"
    back = replace(again, type=EventType.ATTACK, tolls=(), points_back=True, places=(), when=None)
    assert level("report", headline, back) == "told-again"
    assert level("report", headline, replace(back, points_back=False)) == "told-as-two"


def test_another_named_source_that_counts_the_dead_of_the_raid_tells_of_the_same_one():
    first = account("a", "one", tolls=(killed(25, by=speaker("Agency")),))
    again = replace(
        account("b", "one", tolls=(killed(21, by=speaker("Monitor"), at=300),)),
        points_back=True,
        sentence=2,
        spans=(Span(300, 330),),
    )
    assert level("report", first, again) == "counted-anew"
    far_down = replace(again, points_back=False, sentence=8)
    assert level("report", first, far_down) == "counted-anew"
    assert level("report", first, replace(far_down, sentence=9)) == "told-apart"
    elsewhere = replace(again, points_back=False, places=(place("Rih", 36.9, 37.9),))
    assert level("report", first, elsewhere) == "told-apart"
    by_the_same = replace(again, tolls=(killed(21, by=speaker("Agency"), at=300),))
    assert level("report", first, by_the_same) == "told-apart"


def test_numbers_of_two_days_from_a_wide_area_are_daily_news():
    wide = place("Strip", 31.4, 34.4, 20.0, PlaceLevel.REGION)
    words = "strikes across the territory killed people"
    first = account("a", "one", when=None, at=wide, tolls=(killed(83, by=outlet("one")),), words=words)
    second = account(
        "b", "two", when=None, told="2020-05-03", at=wide, tolls=(killed(50, by=outlet("two")),), words=words
    )
    assert level("wording", first, second) == "formula"
    assert level("killed", first, replace(second, places=())) == "another-day"
    assert level("killed", first, replace(second, places=(), points_back=True)) == "differ"


def unknown(name):
    return replace(place(name, 0, 0), lat=None, lon=None, country=None)


def test_a_village_that_no_gazetteer_knows_is_one_by_its_name():
    here, there = account("a", "one", at=unknown("Tayetkan")), account("b", "two", at=unknown("Tayetkan"))
    assert level("place", here, there) == "one-name"
    assert level("place", here, account("b", "two", at=unknown("Kyi Su"))) == "same-country"
    inside = replace(place("Sahel", 14.1, -1.6), relation="Namsiguia")  # its own name stands as the relation
    assert level("place", account("a", "one", at=inside), account("b", "two", at=unknown("Namsiguia"))) == "one-name"


@pytest.mark.parametrize("spelt", ["Thayetkan village", "Thayetkan Township", "the town of Thayetkan"])
def test_a_town_and_its_district_are_called_alike(spelt):
    def called(name):
        named = replace(account(name, name), places=(), place_words=(name,), where_told=None)
        return Describer([named]).features(named).names

    assert called(spelt) == called("Thayetkan")
    assert called("Thayetkan hospital") != called("Thayetkan")


def test_a_name_that_stands_as_a_place_says_a_little_on_the_same_days():
    hinted = replace(account("a", "one"), places=(), place_hints=("Bat Yam",))
    known_by_name = account("b", "two", at=place("Bat Yam", 32.0, 34.7))
    assert level("place", hinted, known_by_name) == "setting-name"
    later = account("b", "two", at=place("Bat Yam", 32.0, 34.7), when="2020-05-20", told="2020-05-20")
    assert level("place", hinted, later) == "unknown"


def test_numbered_places_are_not_one_place():
    one, eleven = account("a", "one", at=unknown("Block 1")), account("b", "two", at=unknown("Block 11"))
    assert level("place", one, eleven) == "same-country"


def test_one_name_looked_up_in_two_countries_was_read_wrong_in_one():
    here, there = place("Hangu", 33.5, 71.1), replace(place("Hangu", 39.2, 117.8), country="CHN")
    assert level("place", account("a", "one", at=here), account("b", "two", at=there)) == "name-abroad"
    other = replace(place("Kohat", 39.2, 117.8), country="CHN")
    assert level("place", account("a", "one", at=here), account("b", "two", at=other)) == "other-country"


def test_places_around_an_event_need_not_lie_in_its_country():
    aside = replace(account("a", "one"), places=(), setting=(replace(place("Doha", 25.3, 51.5), country="QAT"),))
    aside = replace(aside, where_told="QAT")
    assert level("place", aside, account("b", "two")) == "setting-abroad"


def test_a_name_at_a_reports_head_meets_the_province_that_another_report_names():
    province = place("Sinai", 29.5, 33.8, 150.0, PlaceLevel.ADM1)
    hinted = replace(account("a", "one", at=province), place_hints=("Kharouba",))
    assert level("place", hinted, account("b", "two", at=place("Kharouba", 31.2, 34.0))) == "one-name"
    assert (
        level("place", account("a", "one", at=province), account("b", "two", at=place("Rafah", 31.2, 34.0)))
        == "within-wide"
    )


def test_a_number_that_the_other_report_names_leads_to_it():
    first = account("a", "one", tolls=(killed(40, by=outlet("one")),))
    said = replace(killed(40, by=outlet("two"), at=60), mark=Mark.AGAINST)
    assert level("killed", first, account("b", "two", tolls=(killed(50, by=outlet("two")), said))) == "quoted"


def test_the_day_of_a_report_may_be_that_of_its_saying_where_it_comes_back_to_what_was_told():
    first = account("a", "one", when="2020-05-01")
    later = account("b", "two", when="2020-05-03", told="2020-05-03")
    assert level("time", first, later) == "few-days"
    assert level("time", first, replace(later, points_back=True)) == "few-days-told"


def test_a_report_without_a_day_comes_back_to_what_was_told_weeks_ago():
    first = account("a", "one", when="2020-05-01")
    later = account("b", "two", when=None, told="2020-05-20")
    assert level("time", first, later) == "apart"
    assert level("time", first, replace(later, points_back=True)) == "told-back"
