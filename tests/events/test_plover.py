from __future__ import annotations

import csv
from pathlib import Path

import pytest

from contested.events.plover import (
    Auxiliary,
    Quad,
    plover_code,
    plover_contexts,
    plover_sector,
    plover_sectors,
    plover_types,
    why_not_coded,
)
from contested.resources.tables import load_table
from contested.types import ActorKind, EventType, Status

_COLUMNS = ("type", "status", "doers", "targets", "words", "topics", "event", "mode", "contexts", "why")
with (Path(__file__).parent / "plover_cases.tsv").open(encoding="utf-8") as file:
    CASES = list(csv.DictReader(file, delimiter="\t"))
ROWS = load_table("contested.events", "plover.tsv", _COLUMNS)


def code_of(case, **more):
    return plover_code(
        EventType(case["type"]),
        Status(case["status"]),
        doers=[ActorKind(k) for k in case["doers"].split("|") if k],
        targets=[ActorKind(k) for k in case["targets"].split("|") if k],
        words=case["words"].split("|"),
        topic=EventType(case["topic"]) if case["topic"] else None,
        **more,
    )


@pytest.mark.parametrize(("case", "row"), list(zip(CASES, ROWS, strict=True)), ids=lambda x: "")
def test_every_row_of_the_table_decides_its_own_case(case, row):
    assert (case["type"], case["event"]) == (row[0], row[6])
    code = code_of(case)
    if case["event"] == "-":
        assert code is None
        return
    assert (code.event.name, " ".join(code.modes)) == (case["event"], case["modes"])
    assert (code.mode, code.why) == (row[7], row[9])  # this row, and none before it


def test_every_type_ends_in_a_row_that_asks_for_nothing():
    last = {row[0]: row[1:6] for row in ROWS}
    assert set(last) == {t.value for t in EventType}
    assert all(row == ["*"] * 5 for row in last.values())


@pytest.mark.parametrize(
    ("status", "auxiliary"),
    [
        (Status.ACTUAL, ()),
        (Status.NEGATED, (Auxiliary.NEGATION,)),
        (Status.FUTURE, (Auxiliary.FUTURE,)),
        (Status.HYPOTHETICAL, (Auxiliary.HYPOTHETICAL,)),
    ],
)
def test_auxiliary_modes_follow_the_status(status, auxiliary):
    assert plover_code(EventType.SHELLING, status).auxiliary == auxiliary


def test_what_was_over_long_before_is_historical_even_where_it_is_denied_but_never_the_future():
    old = plover_code(EventType.SHELLING, Status.NEGATED, long_over=True)
    assert old.auxiliary == (Auxiliary.HISTORICAL, Auxiliary.NEGATION)
    assert plover_code(EventType.SHELLING, Status.FUTURE, long_over=True).auxiliary == (Auxiliary.FUTURE,)


def test_words_match_whole_words_only():
    assert plover_code(EventType.ATTACK, words=["shotgun wedding"]).mode == ""
    assert plover_code(EventType.ATTACK, words=["Shot Dead"]).mode == "firearms"


def test_scores_are_those_of_the_mode_and_fall_into_the_quad_class():
    assert plover_code(EventType.AIRSTRIKE).score == -9.5
    assert plover_code(EventType.PLEDGE).score == 2.5
    for kind in plover_types().values():
        cooperative = kind.quad in (Quad.VERBAL_COOPERATION, Quad.MATERIAL_COOPERATION)
        assert all((score > 0) == cooperative for score in kind.modes.values() if abs(score) > 1)
        assert all(-10 <= score <= 10 for score in (kind.score, *kind.modes.values()))


def test_the_lists_are_as_long_as_the_manuals():
    assert (len(plover_types()), len(plover_contexts()), len(plover_sectors())) == (16, 37, 25)


def test_a_kind_stands_for_one_sector_and_the_registers_sector_goes_first():
    kinds = [kind for kinds in plover_sectors().values() for kind in kinds]
    assert len(kinds) == len(set(kinds))
    assert plover_sector(ActorKind.NGO, "NGO") == ""
    assert plover_sector(ActorKind.NGO, "MED") == "MED"
    assert plover_sector(ActorKind.CIVILIANS) == "CVL"


def test_what_is_not_coded_has_a_reason():
    assert why_not_coded(EventType.HOLD) == "a state of control is no act"
