"""From one mention to a proposal: small rules, tried in order; the first that has something to say decides."""

from __future__ import annotations

from collections.abc import Callable

from contested.actors.context import ReportContext
from contested.actors.descriptions import description, nobody, opponent, words
from contested.actors.mention import Mention
from contested.actors.named import (
    in_theatre,
    named_with_title,
    numbered_unit,
    office_holder,
    organisation,
    person,
    several,
    unknown_name,
)
from contested.actors.parts import Parts, read_parts
from contested.actors.proposal import Proposal
from contested.actors.states import organ_in_context, organ_of_state, state, the_country
from contested.types import ActorKind, Span

_RULES: tuple[Callable[[Parts], Proposal | None], ...] = (
    several,
    numbered_unit,
    person,
    organisation,
    organ_of_state,
    opponent,
    named_with_title,
    office_holder,
    state,
    the_country,
    in_theatre,
    description,
    unknown_name,
    organ_in_context,
)


def interpret(mention: Mention, span: Span, kind: ActorKind | None, context: ReportContext) -> Proposal:
    """Return what a mention says; `kind` is the reader's. Never None: words that say nothing give `Telling.NOTHING`."""
    if mention.is_pronoun or not mention.words:
        return nobody(mention, span, kind, context)
    parts = read_parts(mention, span, kind, context)
    for rule in _RULES:
        proposal = rule(parts)
        if proposal is not None:
            return proposal
    return words(parts)
