"""A rule file must keep its promises."""

from __future__ import annotations

import pytest

from contested.errors import ResourceError
from contested.resources import load_rules, parse_rules

GOOD = """
schema = 1
[fragments]
weekday = "(?:Mon|Tues)day"
[[rule]]
name = "last-weekday"
pattern = '^last <<weekday>>$'
examples = ["last Monday"]
counterexamples = ["last week", "at last Monday"]
edge = "start"
days = 7
"""


def test_a_good_file_is_read_with_its_extra_keys_as_text() -> None:
    (rule,) = parse_rules(GOOD, "here")
    assert rule.name == "last-weekday"
    assert rule.pattern.search("last Tuesday")
    assert rule.fields == {"edge": "start", "days": "7"}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (('["last Monday"]', '["last Friday"]'), "does not match its example 'last Friday'"),
        (('"last week"', '"last Tuesday"'), "matches its counterexample 'last Tuesday'"),
        (('["last Monday"]', "[]"), "at least one example"),
        (("schema = 1", "schema = 9"), "expected schema = 1"),
        (("<<weekday>>", "<<month>>"), "no fragment is named <<month>>"),
        (('"(?:Mon|Tues)day"', '"<<weekday>>"'), "circle"),
        (("^last", "^(last"), "not a regular expression"),
        (("[[rule]]", "[[rules]]"), "holds no"),
        (("schema = 1", "schema = "), "is not TOML"),
        (('name = "last-weekday"', ""), "needs a name"),
        (('["last Monday"]', '"last Monday"'), "must be a list"),
    ],
)
def test_a_broken_file_is_refused_and_the_message_says_why(change: tuple[str, str], complaint: str) -> None:
    with pytest.raises(ResourceError, match=complaint):
        parse_rules(GOOD.replace(*change, 1), "here")


def test_two_rules_of_one_name_are_refused() -> None:
    twice = GOOD + GOOD[GOOD.index("[[rule]]") :]
    with pytest.raises(ResourceError, match="two rules are named 'last-weekday'"):
        parse_rules(twice, "here")


def test_a_missing_file_is_named() -> None:
    with pytest.raises(ResourceError, match=r"contested.resources/no-such.toml"):
        load_rules("contested.resources", "no-such.toml")
