"""Running totals: which numbers are none of one event, and how those of several reports come together."""

from dataclasses import replace

import pytest

from contested.incidents import Standing, find_incidents_of
from contested.incidents.totals import running
from contested.types import EventType, Role, Span
from tests.incidents.accounts_made import account, killed, outlet, place, speaker

MINISTRY = speaker("Health Ministry")
PAPER = outlet("paper")


def toll(number, text, *, cumulative=False, by=PAPER):
    """A number of dead where its digits stand in `text`."""
    digits = f"{number:,}"
    start = text.index(digits)
    made = killed(number, by=by, words=text)
    return replace(made, span=Span(start, start + len(digits)), amount=replace(made.amount, cumulative=cumulative))


@pytest.mark.parametrize(
    ("text", "numbers", "totals"),
    [
        ("Strikes killed 51 people, bringing the toll of the war to 52,243.", (51, 52_243), [52_243]),
        ("A raid killed 12 people, raising the toll to 14.", (12, 14), []),
        ("The strikes since September 2025 have killed 37 people.", (37,), [37]),
        ("It was the first raid since the gas attack on Tuesday that killed 87 people.", (87,), []),
        ("The monitor named 132 dead, totalling 1,225 since 6 March.", (132, 1_225), [1_225]),
        ("The monitor has the names of 1,628 people killed in the massacres.", (1_628,), [1_628]),
        ("The toll of the blast rose to 20.", (20,), []),
    ],
)
def test_which_numbers_add_up_a_war(text, numbers, totals):
    tolls = [toll(n, text, cumulative=n in totals) for n in numbers]
    assert [t.amount.low for t in running(tolls, text, is_of_a_day=False)] == totals


def test_so_many_dead_of_one_day_are_no_running_total():
    text = "The gas killed 1,300 people."
    assert running([toll(1_300, text)], text, is_of_a_day=True) == []


def total(name, number, told, *, at=None, words="the toll of the war has reached a new height", by=MINISTRY):
    made = account(
        name,
        name,
        EventType.ATTACK,
        told=told,
        when=None,
        at=at or place("Strip", 31.4, 34.4, 20.0),
        tolls=(replace(killed(number, by=by), running=True),),
        words=words,
    )
    return replace(made, is_total=True)


def linked(*accounts):
    return sorted(sorted(i.documents) for i in find_incidents_of(accounts, {}).incidents)


def test_totals_of_one_war_told_months_apart_are_one_and_each_supersedes_the_last():
    accounts = total("a", 52_243, "2025-04-27"), total("b", 55_000, "2025-06-11"), total("c", 58_386, "2025-07-13")
    (incident,) = find_incidents_of(accounts, {}).incidents
    found = {(r.a.document, r.b.document) for r in incident.relations if r.standing is Standing.UPDATE}
    assert found == {("a", "b"), ("a", "c"), ("b", "c")}


def test_a_total_that_falls_or_leaps_is_another_wars():
    first = total("a", 4_000, "2025-04-27", words="dead of the uprising in the north", by=PAPER)
    assert linked(first, total("b", 1_500, "2025-05-27", by=PAPER)) == [["a"], ["b"]]
    assert linked(first, total("b", 40_000, "2025-05-27", by=PAPER)) == [["a"], ["b"]]
    assert linked(first, total("b", 4_100, "2035-05-27", by=PAPER)) == [["a"], ["b"]]


def test_a_total_told_beside_a_raid_does_not_join_it():
    raid = account("a", "one", tolls=(killed(51, by=PAPER),))
    beside = replace(total("b", 52_243, "2020-05-02"), document="one", is_aside=True)
    assert len(find_incidents_of([raid, beside], {}).incidents) == 2


def test_wounded_alone_can_be_compared_too():
    hurt = [
        replace(a, tolls=tuple(replace(t, role=Role.WOUNDED) for t in a.tolls))
        for a in (total("a", 127_000, "2025-06-11"), total("b", 128_000, "2025-06-20"))
    ]
    assert linked(*hurt) == [["a", "b"]]
