"""Numbers that the words around them make a part of the dead: no second toll."""

import pytest

from contested.incidents import accounts_of
from contested.incidents.parts import is_part_of_the_dead
from contested.types import Role, Span
from tests.incidents.reports_made import report


def is_part(text, words, *, beside_more=False):
    start = text.index(words)
    return is_part_of_the_dead(Span(start, start + len(words)), Span(0, len(text)), text, beside_more=beside_more)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The watch group said five of the dead were porters.", "five"),
        ("It said at least 14 of those killed were guards.", "at least 14"),
        ("The watch group said three girls and two porters were among the dead.", "three girls"),
        ("The watch group said three girls and two porters were among the dead.", "two porters"),
        ("Among the dead were three girls and two porters.", "two porters"),
        ("Those killed in the two raids include 14 porters.", "14 porters"),
        ("A nurse was among those killed in the raid.", "A nurse"),
    ],
)
def test_words_make_a_number_a_part(text, words):
    assert is_part(text, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The raid killed nine porters.", "nine porters"),
        ("Nine members of the guard were killed.", "Nine members"),
        ("Nine porters were killed, among them a nurse.", "Nine porters"),
        ("A nurse was among the dead, and the clinic said that 12 were killed.", "12"),
    ],
)
def test_a_toll_is_no_part(text, words):
    assert not is_part(text, words)


def test_including_makes_a_part_only_beside_a_larger_number():
    text = "The raid killed 20 people including two porters."
    assert is_part(text, "two porters", beside_more=True)
    assert not is_part(text, "two porters")


def test_a_part_is_neither_a_toll_nor_added_up_to_one():
    text = "A raid killed nine people. Three girls and two porters were among the dead of the raid."
    claims = report(text, [("nine people", False), ("Three girls", False), ("two porters", False)])
    (account,) = accounts_of(claims)
    assert [t.amount.low for t in account.totals(Role.KILLED)] == [9.0]
