"""Numbers of one sentence that make one number."""

import pytest

from contested.incidents import accounts_of
from contested.types import Role
from tests.incidents.reports_made import report


def killed(text, *counts):
    claims = report(text, counts)
    (account,) = accounts_of(claims)
    return [(t.amount.low, t.amount.high, t.part) for t in account.tolls if t.role is Role.KILLED]


def test_a_list_of_dead_is_added_up():
    found = killed("The raid killed two women and three guards.", ("two women", False), ("three guards", True))
    assert (5.0, 5.0, False) in found
    assert [part for low, _, part in found if low != 5.0] == [True, True]


def test_at_least_stays_open_when_added_up():
    assert (7.0, None, False) in killed(
        "The raid killed at least four men, two women and a child.",
        ("at least four men", False),
        ("two women", False),
        ("a child", False),
    )


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        # a part of a larger number
        ("The raid killed nine people including two children.", (("nine people", False), ("two children", True))),
        # a list that only breaks a number down
        (
            "The raid killed five people, two women and three guards.",
            (("five people", False), ("two women", True), ("three guards", True)),
        ),
        # those who attacked are counted apart
        ("The raid killed four villagers and six militants.", (("four villagers", False), ("six militants", False))),
        # another place
        ("The raid killed four in Marka and six in Afgoye.", (("four", False), ("six", False))),
    ],
)
def test_what_is_no_list_is_left_as_it_is(text, counts):
    assert [part for _, _, part in killed(text, *counts)] == [part for _, part in counts]


def test_a_part_of_no_whole_is_a_number_by_itself():
    assert killed("The raid killed two members of the guard.", ("two members", True)) == [(2.0, 2.0, False)]


def test_those_who_also_died_come_on_top():
    text = "The raid killed 22 pupils. The raid also hit a gate. Six teachers also died in the raid."
    assert (28.0, 28.0, False) in killed(
        text.replace(" The raid also hit a gate.", ""), ("22 pupils", False), ("Six teachers", False)
    )
    assert all(low != 28.0 for low, _, _ in killed(text, ("22 pupils", False), ("Six teachers", False)))
