"""Numbers of different people: the armed among the people, or those who did it."""

from __future__ import annotations

import pytest

from contested.incidents import find_incidents_of
from contested.incidents.agreement import relate
from contested.incidents.form import range_of
from contested.types import ActorKind, EventType, Role
from tests.incidents.accounts_made import account, actor, killed, speaker

CLINIC, ARMY = speaker("Clinic"), speaker("Army")


def raid(doer, inner, few=8, many=25):
    tolls = (killed(many, by=CLINIC, of="people"), killed(few, by=ARMY, of=inner, at=90))
    return account("a", "one", EventType.ATTACK, doer=doer, tolls=tolls)


def rule(told):
    return next(r.rule for r in relate([told]) if r.field == "killed")


@pytest.mark.parametrize(
    ("kind", "inner", "expected", "least"),
    [
        (ActorKind.MILITARY, "fighters", "part-of-the-people", 25),  # the army's strike: its enemy's men
        (ActorKind.REBEL, "soldiers", "part-of-the-people", 25),
        (ActorKind.MILITARY, "soldiers", "armed-beside-people", 8),  # its own
        (ActorKind.REBEL, "fighters", "armed-beside-people", 8),
    ],
)
def test_armed_dead_are_the_doers_own_only_if_they_are_of_their_kind(kind, inner, expected, least):
    told = raid(actor("Side", kind), inner)
    assert rule(told) == expected
    (incident,) = find_incidents_of([told], {}).incidents
    assert range_of(incident, Role.KILLED) == (least, 25)


def test_where_nobody_says_who_did_it_the_armed_stand_beside_the_people():
    assert rule(raid(None, "fighters")) == "armed-beside-people"


def test_more_fighters_than_people_are_no_part_of_them():
    assert rule(raid(actor("Army"), "fighters", few=40, many=25)) == "armed-beside-people"
