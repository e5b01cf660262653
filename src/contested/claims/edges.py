"""Ends of spans that the reader cut a word too late or a bracket too early; a span without a letter is none."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from contested.resources.rules import load_rules
from contested.types import Document, Layer, Mention, Reading, Span

_NAMES = frozenset({Layer.PARTICIPANT, Layer.PLACE})
_BRACKETS = (("(", ")"), ("[", "]"))


def with_clean_ends(document: Document, reading: Reading) -> Reading:
    """Return the reading with its actors' and places' spans cut to what they name, those that name nothing left out."""
    whole = {m.id: clean(document.text, m.span) for m in reading.mentions if m.layer in _NAMES}
    if all(m.id not in whole or whole[m.id] == m.span for m in reading.mentions):
        return reading
    gone = {id_ for id_, span in whole.items() if span is None}
    return replace(
        reading,
        mentions=tuple(_cut(m, whole.get(m.id)) for m in reading.mentions if m.id not in gone),
        arguments=tuple(a for a in reading.arguments if a.mention not in gone),
        attributions=tuple(
            replace(a, source=None if a.source in gone else a.source, via=None if a.via in gone else a.via)
            for a in reading.attributions
        ),
        actor_groups=tuple(
            left for group in reading.actor_groups if (left := tuple(id_ for id_ in group if id_ not in gone))
        ),
    )


def clean(text: str, span: Span) -> Span | None:
    """Return a span without what no name begins or ends with; None when nothing is left of it."""
    start, end = span.start, span.end
    while start < end:
        words = text[start:end]
        cut = _pattern("left").search(words)
        left = cut.end() if cut else 0
        cut = _pattern("right").search(words, left)
        right = len(words) - cut.start() if cut else 0
        opened = any(words.startswith(opening) and closing not in words for opening, closing in _BRACKETS)
        closed = any(words.endswith(closing) and opening not in words for opening, closing in _BRACKETS)
        left, right = max(left, int(opened)), max(right, int(closed))
        if not left and not right:
            return Span(start, end) if re.search(r"\w", words) else None
        start, end = start + left, end - right
    return None


def _cut(mention: Mention, span: Span | None) -> Mention:
    return replace(mention, span=span) if span is not None else mention


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return next(rule.pattern for rule in load_rules("contested.claims", "edges.toml") if rule.name == name)
