from __future__ import annotations

import itertools

import pytest

from contested.events import Family, ontology, opposes
from contested.types import EventType, Role


def test_every_type_is_defined_in_words_of_its_own() -> None:
    definitions = [definition.definition for definition in ontology().values()]
    assert set(ontology()) == set(EventType)
    assert len(set(definitions)) == len(EventType)
    assert all(definition.endswith(".") for definition in definitions)


def test_families_keep_the_order_of_the_labels() -> None:
    families = [ontology()[event_type].family for event_type in EventType]
    assert [family for family, _ in itertools.groupby(families)] == list(Family)


@pytest.mark.parametrize("event_type", EventType)
def test_every_type_takes_a_doer_a_place_and_a_time(event_type: EventType) -> None:
    assert {Role.BY, Role.PLACE, Role.TIME} <= ontology()[event_type].roles


def test_only_violent_types_expect_the_dead() -> None:
    for definition in ontology().values():
        if Role.KILLED in definition.expects:
            assert definition.violent


def test_opposition_holds_both_ways_and_never_with_itself() -> None:
    for a, b in itertools.product(EventType, repeat=2):
        assert opposes(a, b) == opposes(b, a)
        if a is b:
            assert opposes(a, b) is None


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (EventType.TAKE_CONTROL, EventType.REPEL),
        (EventType.OPEN_ACCESS, EventType.BLOCK_ACCESS),
        (EventType.WITHDRAW, EventType.HOLD),
    ],
)
def test_outcomes_that_exclude_each_other(a: EventType, b: EventType) -> None:
    assert opposes(a, b)


def test_two_ways_of_striking_do_not_exclude_each_other() -> None:
    assert opposes(EventType.AIRSTRIKE, EventType.SHELLING) is None
