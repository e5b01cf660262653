"""Groups: mentions of one event, mentions of one actor."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from contested.reader.groups import Joining, Told, fillers, join, join_events, keep_apart
from contested.types import ArgumentArc, Role


def joined(members: list[int], rows: list[tuple[int, int, float]]) -> list[list[int]]:
    return join(members, *columns(rows), 0.5)


def columns(rows: list[tuple[int, int, float]]) -> tuple[Any, Any, Any]:
    first, second = (np.array([r[k] for r in rows], dtype=np.int64) for k in (0, 1))
    return first, second, np.array([r[2] for r in rows], dtype=np.float32)


AIRSTRIKE, ATTACK, TALKS = np.eye(3, dtype=np.float32)


def told(
    types: list[Any],
    actual: list[float] | None = None,
    fillers: dict[int, dict[Role, set[str]]] | None = None,
    sides: dict[int, set[str]] | None = None,
) -> Told:
    real = actual or [1.0] * len(types)
    return Told(np.array(types, dtype=np.float32), list(real), fillers or {}, sides or {})


def test_a_mention_joins_its_likeliest_earlier_one() -> None:
    assert joined([0, 1, 2], [(1, 0, 0.2), (2, 0, 0.6), (2, 1, 0.7)]) == [[0], [1, 2]]


def test_joining_is_passed_on() -> None:
    assert joined([0, 1, 2], [(1, 0, 0.9), (2, 1, 0.9)]) == [[0, 1, 2]]


def test_events_are_joined_by_what_both_mentions_tell() -> None:
    likely = columns([(1, 0, 0.6)])
    assert join_events([0, 1], *likely, told([AIRSTRIKE, AIRSTRIKE]), Joining()) == [[0, 1]]
    assert join_events([0, 1], *likely, told([AIRSTRIKE, TALKS]), Joining()) == [[0], [1]]


def test_a_mention_of_unsure_type_joins() -> None:
    unsure = 0.3 * AIRSTRIKE + 0.7 * ATTACK
    assert join_events([0, 1], *columns([(1, 0, 0.6)]), told([AIRSTRIKE, unsure]), Joining()) == [[0, 1]]


@pytest.mark.parametrize(
    "differing",
    [
        {"actual": [1.0, 0.01]},
        {"fillers": {0: {Role.KILLED: {"ten"}}, 1: {Role.KILLED: {"three"}}}},
        {"fillers": {0: {Role.PLACE: {"hama"}}, 1: {Role.PLACE: {"homs"}}}},
        {"sides": {0: {"state"}, 1: {"rebels"}}},
    ],
)
def test_what_differs_keeps_events_apart(differing: dict[str, Any]) -> None:
    assert join_events([0, 1], *columns([(1, 0, 0.6)]), told([TALKS, TALKS], **differing), Joining()) == [[0], [1]]


def test_the_chances_of_a_group_add_up() -> None:
    rows = columns([(1, 0, 0.9), (2, 0, 0.08), (2, 1, 0.08)])  # each alone lies below the least, both above
    assert join_events([0, 1, 2], *rows, told([TALKS] * 3), Joining()) == [[0, 1, 2]]


def test_the_likelier_group_is_joined() -> None:
    rows = columns([(2, 0, 0.3), (2, 1, 0.5)])
    assert join_events([0, 1, 2], *rows, told([TALKS] * 3), Joining()) == [[0], [1, 2]]


def test_every_member_is_in_one_group() -> None:
    assert joined([4, 7], []) == [[4], [7]]


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        ({Role.PLACE: {"hama"}}, {Role.PLACE: {"homs"}}, True),
        ({Role.PLACE: {"hama"}}, {Role.PLACE: {"eastern hama"}}, False),
        ({Role.PLACE: {"hama"}}, {}, False),
        ({Role.KILLED: {"ten"}}, {Role.KILLED: {"three"}}, True),
        ({Role.KILLED: {"ten"}}, {Role.WOUNDED: {"three"}}, False),
        ({Role.BY: {"rebels"}}, {Role.ON: {"they"}}, False),
    ],
)
def test_keep_apart(a: dict[Role, set[str]], b: dict[Role, set[str]], apart: bool) -> None:
    assert keep_apart(a, b, tuple(Role)) is apart
    assert keep_apart(b, a, tuple(Role)) is apart


def test_fillers_are_the_words_of_each_role() -> None:
    arcs = [ArgumentArc("t0", "m1", Role.BY), ArgumentArc("t0", "m2", Role.BY), ArgumentArc("t3", "m1", Role.ON)]
    assert fillers(arcs, ["hit", "army", "police", "raid"]) == {
        0: {Role.BY: {"army", "police"}},
        3: {Role.ON: {"army"}},
    }
