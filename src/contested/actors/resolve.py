"""From groups of mentions to actors: the most telling mention of a group says who it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from contested.actors.context import ReportContext, report_context
from contested.actors.interpret import interpret
from contested.actors.lexicon import lexicon
from contested.actors.mention import read_mention
from contested.actors.proposal import Proposal, Telling
from contested.actors.words import function_words, split
from contested.types import ActorKind, ActorLink, Span


def resolve_all(
    text: str,
    groups: Sequence[tuple[tuple[Span, ...], ActorKind | None]],
    *,
    published: date | None,
    sentences: Sequence[Span] = (),
    countries: Sequence[str] = (),
    located: Sequence[tuple[Span, str]] = (),
) -> tuple[ActorLink, ...]:
    """Return one link a group, in the order given.

    Args:
        text: the report, untouched.
        groups: all spans of the report that denote one actor, and the reader's kind for it.
        published: the report's day; names through time depend on it.
        sentences: the report's sentences, for what stands near.
        countries: ISO3 codes that the report is about, most frequent first.
        located: place spans with their ISO3 code, where known: victims and soldiers belong where they are.
    """
    context = report_context(text, lexicon(), published, sentences, countries, located)
    proposals = [_propose(spans, kind, context) for spans, kind in groups]
    links = [_link(proposal, kind) for (_, kind), proposal in zip(groups, proposals, strict=True)]
    return tuple(
        _taken_up(link, spans, kind, groups, links, context) for link, (spans, kind) in zip(links, groups, strict=True)
    )


def _propose(spans: tuple[Span, ...], kind: ActorKind | None, context: ReportContext) -> Proposal:
    """Return the most telling proposal of a group; of equal ones the first in the text."""
    best: Proposal | None = None
    for span in spans:
        proposal = interpret(read_mention(span.of(context.text), context.lexicon), span, kind, context)
        if best is None or proposal.telling > best.telling:
            best = proposal
    if best is None:
        raise ValueError("an actor group needs at least one span")
    return best


def _link(proposal: Proposal, kind: ActorKind | None) -> ActorLink:
    """Return the link of a proposal. The register knows an actor's kind better than the reader, words alone do not."""
    own = proposal.entry.kind if proposal.entry is not None else None
    if proposal.kind_decides:
        own = proposal.kind
    final = own or kind or proposal.kind or ActorKind.OTHER
    country = proposal.country
    if proposal.telling <= Telling.WORDS and final in _PLACELESS:
        country = None
    return ActorLink(
        name=proposal.name,
        kind=final,
        country=country,
        rule=proposal.rule,
        reason=proposal.reason,
        entry=proposal.entry.id if proposal.entry is not None else None,
        score=round(proposal.score, 3),
        candidates=proposal.candidates,
    )


# Analysts, sources and bodies between states have no country unless one is said.
_PLACELESS = frozenset({ActorKind.OTHER, ActorKind.IGO, ActorKind.NGO})


def _taken_up(
    link: ActorLink,
    spans: tuple[Span, ...],
    kind: ActorKind | None,
    groups: Sequence[tuple[tuple[Span, ...], ActorKind | None]],
    links: Sequence[ActorLink],
    context: ReportContext,
) -> ActorLink:
    """Return for "the group", "the ministry" alone the actor of that kind named last before it, if there is one.

    "It" and "they" take up one only where their sentence names no second one of the kind before them.
    """
    if link.entry is not None:
        return link
    words = spans[0].of(context.text)
    is_pronoun = words.lower() in function_words().stand_ins and len(spans) == 1 and kind is not None
    if not is_pronoun and not all(_is_anaphor(span.of(context.text)) for span in spans):
        return link
    start, floor = spans[0].start, context.sentence_of(spans[0]).start if is_pronoun else 0
    before = [
        (max(span.start for span in other_spans if floor <= span.start < start), other)
        for (other_spans, _), other in zip(groups, links, strict=True)
        if other.entry is not None
        and (kind is None or other.kind is kind)
        and any(floor <= span.start < start for span in other_spans)
    ]
    if not before or (is_pronoun and len({other.entry for _, other in before}) > 1):
        return link
    _, named = max(before, key=lambda pair: pair[0])
    return ActorLink(
        name=named.name,
        kind=named.kind,
        country=named.country,
        rule="taken-up",
        reason=f"“{words}” takes up the {named.kind.value} actor named last before it",
        entry=named.entry,
        score=0.5,
    )


def _is_anaphor(words: str) -> bool:
    folded = [word.folded for word in split(words)]
    return len(folded) == 2 and folded[0] in ("the", "this", "that") and folded[1] in function_words().anaphors
