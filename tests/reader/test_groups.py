"""Groups: mentions of one event, mentions of one actor."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from contested.reader.groups import fillers, join, keep_apart
from contested.types import ArgumentArc, Role


def never(_a: int, _b: int) -> bool:
    return False


def joined(
    members: list[int], rows: list[tuple[int, int, float]], clash: Callable[[int, int], bool] = never
) -> list[list[int]]:
    first, second = (np.array([r[k] for r in rows], dtype=np.int64) for k in (0, 1))
    return join(members, first, second, np.array([r[2] for r in rows], dtype=np.float32), 0.5, clash)


def test_a_mention_joins_its_likeliest_earlier_one() -> None:
    assert joined([0, 1, 2], [(1, 0, 0.2), (2, 0, 0.6), (2, 1, 0.7)]) == [[0], [1, 2]]


def test_joining_is_passed_on() -> None:
    assert joined([0, 1, 2], [(1, 0, 0.9), (2, 1, 0.9)]) == [[0, 1, 2]]


def test_a_clash_with_any_member_keeps_a_mention_out_and_the_next_best_is_tried() -> None:
    rows = [(1, 0, 0.9), (3, 1, 0.9), (3, 2, 0.6)]
    assert joined([0, 1, 2, 3], rows, clash=lambda a, b: {a, b} == {0, 3}) == [[0, 1], [2, 3]]


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
        ({Role.BY: {"rebels"}}, {Role.BY: {"they"}}, False),
    ],
)
def test_keep_apart(a: dict[Role, set[str]], b: dict[Role, set[str]], apart: bool) -> None:
    assert keep_apart(a, b) is apart
    assert keep_apart(b, a) is apart


def test_fillers_are_the_words_of_each_role() -> None:
    arcs = [ArgumentArc("t0", "m1", Role.BY), ArgumentArc("t0", "m2", Role.BY), ArgumentArc("t3", "m1", Role.ON)]
    assert fillers(arcs, ["hit", "army", "police", "raid"]) == {
        0: {Role.BY: {"army", "police"}},
        3: {Role.ON: {"army"}},
    }
