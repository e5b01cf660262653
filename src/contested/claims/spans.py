"""What the spans of a report mean: its places and actors, resolved together because they explain each other."""

from __future__ import annotations

from collections import Counter

from contested import actors, places
from contested.types import Actor, ActorKind, Document, Mention, Place, PlaceLink, Span


def resolve_places(
    document: Document, mentions: list[Mention], gazetteer: places.Gazetteer | None = None
) -> tuple[Place, ...]:
    """Return the report's places in text order; spans that mean one place are one `Place`.

    Two spans mean one place when they link to the same gazetteer entry in the same relation to it ("Aleppo" and "the
    city", not "Aleppo" and "south of Aleppo"), or, where nothing is known, when they are the same words.
    """
    links = places.resolve_all(
        document.text, [(m.span, m.level) for m in mentions], sentences=document.sentences, gazetteer=gazetteer
    )
    grouped: dict[tuple[str, str, str], list[tuple[Span, PlaceLink]]] = {}
    for mention, link in zip(mentions, links, strict=True):
        entry = link.chosen.id if link.chosen else ""
        words = mention.span.of(document.text).casefold() if not entry or link.relation else ""
        grouped.setdefault((entry, link.relation, words), []).append((mention.span, link))
    return tuple(
        Place(f"P{number}", tuple(dict.fromkeys(span for span, _ in same)), same[0][1])
        for number, same in enumerate(grouped.values(), start=1)
    )


def resolve_actors(
    document: Document, groups: list[list[Mention]], report_places: tuple[Place, ...]
) -> tuple[Actor, ...]:
    """Return the report's actors in text order, one for each group of spans that denote the same people."""
    groups = _parted(document, groups)
    spans = [tuple(dict.fromkeys(m.span for m in group)) for group in groups]
    clear = tuple(p for p in report_places if not places.is_on_named_side(p.link))
    links = actors.resolve_all(
        document.text,
        [(of_group, _likeliest_kind(group)) for of_group, group in zip(spans, groups, strict=True)],
        published=document.published.day if document.published else None,
        sentences=document.sentences,
        countries=_countries(clear),
        located=[(span, p.link.country) for p in clear if p.link.country for span in p.spans],
    )
    return tuple(
        Actor(f"A{number}", of_group, link)
        for number, (of_group, link) in enumerate(zip(spans, links, strict=True), start=1)
    )


def _parted(document: Document, groups: list[list[Mention]]) -> list[list[Mention]]:
    """Return the groups in text order, those that name two states taken apart."""
    asked = [(tuple(m.span for m in group), _likeliest_kind(group)) for group in groups]
    day = document.published.day if document.published else None
    parts: list[list[Mention]] = []
    found = actors.part(document.text, asked, published=day, sentences=document.sentences)
    for group, numbers in zip(groups, found, strict=True):
        parts += [[m for m, n in zip(group, numbers, strict=True) if n == number] for number in dict.fromkeys(numbers)]
    return sorted(parts, key=lambda group: group[0].span)


def _likeliest_kind(group: list[Mention]) -> ActorKind:
    tally: dict[ActorKind, float] = {}
    for mention in group:
        if mention.kind is not None:
            tally[mention.kind] = tally.get(mention.kind, 0.0) + mention.score
    return max(tally, key=lambda kind: tally[kind])


def _countries(report_places: tuple[Place, ...]) -> tuple[str, ...]:
    """Return the countries of the report's places, the most often named first."""
    named = Counter(p.link.country for p in report_places for _ in p.spans if p.link.country)
    return tuple(country for country, _ in named.most_common())
