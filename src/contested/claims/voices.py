"""Sources that the reader takes for one though the register knows them as two: "the agency said …, the monitor …".

Two outlets, aid bodies or monitors beside each other in a sentence look alike to a network, and once they are one
source nothing that they say can contradict. Armed sides are left alone: a report calls one army by many names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from contested import actors
from contested.types import ActorKind, ActorLink, Document, Mention, Reading, Relation, Span

_BODIES = frozenset({ActorKind.NGO, ActorKind.IGO, ActorKind.MEDIA})
# Rules by which a mention is no body by itself: "the agency" takes one up, a person speaks for the one he is read with.
_OF_ANOTHER = frozenset({"taken-up", "register-person", "register-speaker"})


def with_voices_apart(document: Document, reading: Reading) -> Reading:
    """Return the reading with each group of actors cut where it holds two bodies of the register.

    Mentions that name no body ("it", "the group", its head) stay with the one named last before them in the text.
    """
    mentions = {m.id: m for m in reading.mentions}
    sources = {a.source for a in reading.attributions if a.source is not None}
    groups: list[tuple[str, ...]] = []
    for group in reading.actor_groups:
        speaks = len(group) > 1 and any(m in sources for m in group)
        groups += _apart([mentions[m] for m in group], document) if speaks else [group]
    return reading if len(groups) == len(reading.actor_groups) else replace(reading, actor_groups=tuple(groups))


def _apart(group: Sequence[Mention], document: Document) -> list[tuple[str, ...]]:
    ordered = sorted(group, key=lambda m: m.span)
    links = _bodies(ordered, document)
    known = list(dict.fromkeys(link.entry for link in links if link is not None))
    if len(known) < 2:
        return [tuple(m.id for m in group)]
    parts: dict[str | None, list[str]] = {entry: [] for entry in known}
    last = known[0]
    for mention, link in zip(ordered, links, strict=True):
        last = link.entry if link is not None else last
        parts[last].append(mention.id)
    return [tuple(part) for part in parts.values()]


def _bodies(group: Sequence[Mention], document: Document) -> list[ActorLink | None]:
    """Return the body of the register that each mention names by itself; one that is part of another counts as it."""
    day = document.published.day if document.published else None
    alone: list[tuple[tuple[Span, ...], ActorKind | None]] = [((m.span,), None) for m in group]
    found: list[ActorLink | None] = []
    for link in actors.resolve_all(document.text, alone, published=day, sentences=document.sentences):
        if link.entry is None or link.kind not in _BODIES or link.rule in _OF_ANOTHER:
            found.append(None)
            continue
        near = (o for o in found if o is not None and actors.compare(o, link).relation is not Relation.CONFLICT)
        found.append(next(near, link))
    return found
