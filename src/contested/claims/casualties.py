"""Whether a number counts dead or wounded, where the words right beside it say (`casualties.toml`).

A reader takes the sentence as a whole, and now and then puts the 19 of "19 people were injured" among the dead. Checked
on gold: of 1,168 numbers that the rules decide, 1,166 are what they say. And those told behind "including" shared the
fate of all: so it is in 121 of 124 such pairs of gold ("315 people, including 12 teachers, were abducted").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from contested.resources import load_rules
from contested.types import ArgumentArc, Document, Reading, Role, Span

_DEAD_OR_WOUNDED = frozenset({Role.KILLED, Role.WOUNDED})
_FATES = _DEAD_OR_WOUNDED | {Role.ABDUCTED, Role.DETAINED, Role.DISPLACED, Role.MISSING, Role.RELEASED}
_LONGEST_LIST = 60  # characters between the whole and its last part


def with_casualties(document: Document, reading: Reading) -> Reading:
    """Return the reading with each number of dead or wounded in the role that the words beside it give it."""
    spans = {m.id: m.span for m in reading.mentions}
    settled = tuple(_settled(arc, spans[arc.mention], document) for arc in reading.arguments)
    settled = tuple(_with_its_whole(arc, settled, spans, document) for arc in settled)
    return reading if settled == reading.arguments else replace(reading, arguments=settled)


def _settled(arc: ArgumentArc, number: Span, document: Document) -> ArgumentArc:
    if arc.role not in _DEAD_OR_WOUNDED:
        return arc
    sentence = document.sentence_at(number) or number
    role = _said_by(document.text[sentence.start : number.start], document.text[number.end : sentence.end])
    return arc if role is None or role is arc.role else replace(arc, role=role)


def _with_its_whole(
    arc: ArgumentArc, arcs: Sequence[ArgumentArc], spans: dict[str, Span], document: Document
) -> ArgumentArc:
    """Return the arc of a number behind "including" with the fate, and of the event, of the number it is a part of."""
    number = spans[arc.mention]
    if arc.role not in _FATES or _pattern_of("number").search(number.of(document.text)):
        return arc
    part_of = _pattern_of("between")
    wholes = [
        other
        for other in arcs
        if other.role in _FATES
        and 0 < number.start - spans[other.mention].end <= _LONGEST_LIST
        and part_of.search(document.text[spans[other.mention].end : number.start])
    ]
    if len(wholes) != 1 or wholes[0].role is arc.role:
        return arc
    sentence = document.sentence_at(number) or number
    if _said_by(document.text[sentence.start : number.start], document.text[number.end : sentence.end]) is not None:
        return arc
    return replace(arc, role=wholes[0].role, trigger=wholes[0].trigger)


@lru_cache(maxsize=2)
def _pattern_of(side: str) -> re.Pattern[str]:
    """Return the one pattern that is asked about what stands "between" a whole and its part, or about the "number"."""
    (rule,) = (r for r in load_rules("contested.claims", "casualties.toml") if r.fields["side"] == side)
    return rule.pattern


@lru_cache(maxsize=256)  # one number is often an argument of several triggers
def _said_by(before: str, after: str) -> Role | None:
    """Return the role that the words on both sides of a number give it, None where they give none or several."""
    sides = {"before": before, "after": after}
    rules = load_rules("contested.claims", "casualties.toml")
    said = {r.fields["role"] for r in rules if r.fields["side"] in sides and r.pattern.search(sides[r.fields["side"]])}
    return Role(said.pop()) if len(said) == 1 and said != {""} else None
