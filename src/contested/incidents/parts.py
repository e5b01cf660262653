"""Whether a number counts a part of the dead of an event, by the words around it (`parts.toml`).

"Five of the dead were porters" is no toll of five. A reader that sees the number beside "dead" takes it for one, and
two sources then seem to contradict each other.
"""

from __future__ import annotations

import re

from contested.resources.rules import Rule, load_rules
from contested.types import Span


def is_part_of_the_dead(number: Span, sentence: Span, text: str, *, beside_more: bool) -> bool:
    """Return whether a number is a part of the dead.

    Args:
        number: the number.
        sentence: the sentence around it.
        text: the report's text.
        beside_more: whether the report gives a larger number of the same event: "including" alone makes no part.
    """
    rules = load_rules("contested.incidents", "parts.toml")
    return any(_finds(r, number, sentence, text) for r in rules if beside_more or "alone" in r.fields)


def _finds(rule: Rule, number: Span, sentence: Span, text: str) -> bool:
    if rule.fields["side"] == "from":
        found = rule.pattern.search(text[number.start : sentence.end]) is not None
        return found and not _is_excepted(rule, text[sentence.start : number.start])
    return rule.pattern.search(text[sentence.start : number.start]) is not None


def _is_excepted(rule: Rule, before: str) -> bool:
    """Whether the words before a number make it no part: "killing 26 of them" is a toll."""
    return "unless" in rule.fields and re.search(rule.fields["unless"], before) is not None
