"""Who states a number where its own saying names nobody."""

import pytest

from contested.incidents import accounts_of
from contested.types import Role
from tests.incidents.reports_made import report


def speakers(claims):
    (account,) = accounts_of(claims)
    return [t.speaker.name for t in account.totals(Role.KILLED)]


def test_a_named_source_outweighs_a_nearer_word_that_nobody_is_named_with():
    claims = report(
        "The Hiran Watch group said the raid, believed to be by jets, killed nine people.",
        [("nine people", False)],
        claims=[("The Hiran Watch group", "said"), (None, "believed")],
        actors=[("The Hiran Watch group", "ngo", "Hiran Watch")],
    )
    assert speakers(claims) == ["Hiran Watch"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Somali Red Crescent, a group working in camps, said the suspected raid killed nine people.", "Red Crescent"),
        ("Nine people died in the suspected raid, according to the Somali Red Crescent.", "Red Crescent"),
        ("Nine people died in the suspected raid as was reported by the Somali Red Crescent.", "Red Crescent"),
    ],
)
def test_else_the_sentence_itself_says_who_speaks(text, name):
    number = "nine people" if "nine people" in text else "Nine people"
    (found,) = speakers(report(text, [(number, False)], claims=[(None, "suspected")]))
    assert name in found


def test_a_sentence_that_names_nobody_stays_so():
    claims = report("It said the suspected raid killed nine people.", [("nine people", False)], [(None, "suspected")])
    assert speakers(claims) == ["a source that is not named"]


def test_the_outlets_own_number_stays_its_own():
    claims = report("The army said nothing about it. A raid killed nine people.", [("nine people", False)])
    assert speakers(claims) == ["Post"]
