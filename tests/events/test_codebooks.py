"""What codebooks make of our types: a test a row, so that no row is shadowed, and the codebook's own examples."""

from __future__ import annotations

import pytest

from contested.events.codebooks import (
    Circumstance,
    acled_code,
    acled_sub_events,
    circumstances_in,
    says_lasting,
    ucdp_reasons,
)
from contested.resources.tables import load_table, values
from contested.types import EventType

C = Circumstance
ROWS = load_table("contested.events", "acled.tsv", ("type", "circumstances", "event_type", "sub_event_type", "why"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}-{row[1] or 'else'}")
def test_each_row_is_what_its_own_circumstances_lead_to(row):
    code = acled_code(EventType(row[0]), {Circumstance(c) for c in values(row[1])})
    assert (code.sub_event.event_type if code.sub_event else "") == row[2]
    assert (code.sub_event.sub_event_type if code.sub_event else "") == row[3]
    assert code.why == row[4]
    assert code.why


@pytest.mark.parametrize(
    ("event_type", "circumstances", "expected"),
    [
        (EventType.BATTLE, (), "Armed clash"),
        (EventType.AIRSTRIKE, (C.CIVILIANS_TARGETED, C.PEOPLE_HARMED), "Air/drone strike"),
        (EventType.TAKE_CONTROL, (C.FOUGHT, C.BY_STATE), "Government regains territory"),
        (EventType.TAKE_CONTROL, (C.FOUGHT, C.BY_NON_STATE), "Non-state actor overtakes territory"),
        (EventType.TAKE_CONTROL, (C.BY_NON_STATE,), "Non-violent transfer of territory"),  # no resistance is told of
        (EventType.BOMBING, (C.GRENADE,), "Grenade"),
        (EventType.BOMBING, (C.MOLOTOV,), "Looting/property destruction"),  # a petrol bomb is no grenade
        (EventType.BOMBING, (), "Remote explosive/landmine/IED"),
        (EventType.INTERCEPTION, (), "Disrupted weapons use"),
        (EventType.ATTACK, (C.ARMED_TARGETED, C.PEOPLE_HARMED), "Armed clash"),
        (EventType.ATTACK, (C.CIVILIANS_TARGETED,), "Attack"),
        (EventType.ABUSE, (C.SEXUAL, C.CIVILIANS_TARGETED), "Sexual violence"),
        (EventType.DETENTION, (C.BY_STATE,), "Arrests"),
        (EventType.DETENTION, (C.BY_NON_STATE,), "Abduction/forced disappearance"),
        (EventType.PROTEST, (), "Peaceful protest"),
        (EventType.PROTEST, (C.FORCE_MET,), "Protest with intervention"),
        (EventType.PROTEST, (C.FORCE_MET, C.PEOPLE_HARMED), "Excessive force against protesters"),
        (EventType.RIOT, (C.PROTESTERS_TAKE_PART,), "Violent demonstration"),
        (EventType.RIOT, (), "Mob violence"),
        (EventType.DISPLACEMENT, (), "Other"),
        (EventType.CEASEFIRE, (), "Agreement"),
        (EventType.ACCUSE, (), None),
        (EventType.AID, (), None),
    ],
)
def test_acled_codes_what_its_codebook_defines(event_type, circumstances, expected):
    code = acled_code(event_type, circumstances)
    assert (code.sub_event.sub_event_type if code.sub_event else None) == expected


def test_the_hierarchy_has_every_sub_event_once_and_battles_first():
    ranks = [s.rank for s in acled_sub_events().values()]
    assert ranks == list(range(1, 26))
    by_name = acled_sub_events()
    assert by_name["Armed clash"].rank < by_name["Air/drone strike"].rank < by_name["Attack"].rank
    assert by_name["Excessive force against protesters"].disorder_type == "Political violence; Demonstrations"
    assert by_name["Mob violence"].disorder_type == "Political violence"


def test_words_for_means_name_circumstances():
    assert circumstances_in("three hand grenades") == {C.GRENADE}
    assert circumstances_in("a rocket-propelled grenade") == set()
    assert circumstances_in("Molotov cocktails") == {C.MOLOTOV}


@pytest.mark.parametrize(
    ("words", "lasts"), [("for five days", True), ("from Monday to Friday", True), ("in May", False)]
)
def test_a_stretch_that_something_lasted_is_told_from_one_that_bounds_its_day(words, lasts):
    assert says_lasting(words) is lasts


@pytest.mark.parametrize("event_type", list(EventType))
def test_ucdp_has_an_answer_for_every_type(event_type):
    yes, why = ucdp_reasons()[event_type]
    assert why
    assert yes or event_type not in (EventType.BATTLE, EventType.AIRSTRIKE, EventType.ATTACK)
