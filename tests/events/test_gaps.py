from __future__ import annotations

from dataclasses import replace
from datetime import date

from contested.events import Gaps, Unsaid, gaps
from contested.types import (
    Actor,
    ActorKind,
    ActorLink,
    Amount,
    Argument,
    Event,
    EventMention,
    EventType,
    Place,
    PlaceCandidate,
    PlaceLevel,
    PlaceLink,
    Role,
    Span,
    Status,
    When,
)

TRIGGER, DOER, TARGET, TOWN, NUMBER = Span(0, 6), Span(10, 16), Span(20, 26), Span(30, 36), Span(40, 46)


def event(
    *arguments: Argument,
    kind: EventType = EventType.SHELLING,
    status: Status = Status.ACTUAL,
    when: When | None = None,
    when_rule: str = "",
) -> Event:
    return Event("E1", kind, status, (EventMention(TRIGGER, arguments),), when=when, when_rule=when_rule)


def days(earliest: date | None, latest: date | None) -> When:
    return When(earliest, latest, "said", "rule")


def place(level: PlaceLevel, rule: str = "gazetteer") -> Place:
    return Place("P1", (TOWN,), PlaceLink("Somewhere", "SYR", level, 1.0, 2.0, rule))


def unsaid(found: Gaps) -> set[Unsaid]:
    return {gap.unsaid for gap in found.unsaid}


def test_a_bare_trigger_leaves_everything_unsaid() -> None:
    assert unsaid(gaps(event())) == {Unsaid.WHO, Unsaid.WHOM, Unsaid.HOW_MANY, Unsaid.WHERE, Unsaid.WHEN}


def test_a_full_event_leaves_nothing_unsaid() -> None:
    full = event(
        Argument(Role.BY, DOER),
        Argument(Role.ON, TARGET),
        Argument(Role.PLACE, TOWN),
        Argument(Role.KILLED, NUMBER, amount=Amount(3, 3, "digits")),
        when=days(date(2020, 5, 1), date(2020, 5, 1)),
        when_rule="own time",
    )
    found = gaps(full, places=[place(PlaceLevel.TOWN)])
    assert found.unsaid == ()
    assert found.filled == ()


def test_what_has_not_happened_is_not_asked_for_its_toll() -> None:
    assert Unsaid.HOW_MANY not in unsaid(gaps(event(status=Status.FUTURE)))


def test_a_vague_number_is_still_a_gap() -> None:
    vague = Argument(Role.KILLED, NUMBER, amount=Amount(None, None, "vague", vague="dozens"))
    [gap] = [gap for gap in gaps(event(vague)).unsaid if gap.unsaid is Unsaid.HOW_MANY]
    assert "vague" in gap.reason


def test_a_province_is_not_below_province() -> None:
    found = gaps(event(Argument(Role.PLACE, TOWN)), places=[place(PlaceLevel.ADM1)])
    assert Unsaid.WHERE_BELOW_PROVINCE in unsaid(found)
    assert Unsaid.WHERE not in unsaid(found)


def test_the_border_of_a_country_is_not_below_province() -> None:
    turkey = PlaceCandidate("country:TUR", "Turkey", "TUR", PlaceLevel.COUNTRY, 39.0, 35.0, 1.0, "why")
    link = replace(place(PlaceLevel.SITE, "front").link, name="Turkey", chosen=turkey, radius_km=498.0)
    [gap] = [
        gap
        for gap in gaps(event(Argument(Role.PLACE, TOWN)), places=[Place("P1", (TOWN,), link)]).unsaid
        if gap.unsaid is Unsaid.WHERE_BELOW_PROVINCE
    ]
    assert "Turkey" in gap.reason


def test_a_place_that_no_gazetteer_knows_leaves_where_open() -> None:
    nil = PlaceLink("Xyzzy", None, None, None, None, "nil")
    [gap] = [
        gap
        for gap in gaps(event(Argument(Role.PLACE, TOWN)), places=[Place("P1", (TOWN,), nil)]).unsaid
        if gap.unsaid is Unsaid.WHERE
    ]
    assert "Xyzzy is in no gazetteer" in gap.reason


def test_an_unknown_name_put_at_the_place_beside_it_is_filled_in() -> None:
    found = gaps(event(Argument(Role.PLACE, TOWN)), places=[place(PlaceLevel.SITE, rule="place-said-nearby")])
    assert [(filled.field, filled.rule) for filled in found.filled] == [("where", "place-said-nearby")]


def test_a_month_does_not_say_which_day() -> None:
    found = gaps(event(when=days(date(2020, 5, 1), date(2020, 5, 31))))
    assert Unsaid.WHICH_DAY in unsaid(found)


def test_a_doer_who_is_only_described_is_a_gap() -> None:
    gunmen = Actor("A1", (DOER,), ActorLink("gunmen", ActorKind.GUNMEN, None, "description"))
    assert Unsaid.WHO in unsaid(gaps(event(Argument(Role.BY, DOER)), actors=[gunmen]))


def test_values_from_rules_are_listed_apart() -> None:
    link = ActorLink("Army", ActorKind.MILITARY, "SYR", "organ-in-context", "why", entry="SYR:army")
    army = Actor("A1", (DOER,), link)
    found = gaps(
        event(
            Argument(Role.BY, DOER),
            Argument(Role.PLACE, TOWN),
            when=days(date(2020, 5, 1), date(2020, 5, 1)),
            when_rule="same sentence",
        ),
        actors=[army],
        places=[place(PlaceLevel.TOWN, rule="the-settlement")],
    )
    assert [(filled.field, filled.rule) for filled in found.filled] == [
        ("when", "same sentence"),
        ("who", "organ-in-context"),
        ("where", "the-settlement"),
    ]


def test_two_sides_of_a_battle_need_no_target() -> None:
    battle = event(Argument(Role.BY, DOER), Argument(Role.BY, TARGET), kind=EventType.BATTLE)
    assert Unsaid.WHOM not in unsaid(gaps(battle))
