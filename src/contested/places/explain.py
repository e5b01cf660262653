"""Why a name means what it means: the phrase taken apart, and every candidate with its score and reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contested.places.gazetteer import Gazetteer
from contested.places.resolve import resolve_all
from contested.types import PlaceLevel, PlaceLink, Span


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a name resolves to; `near` is what the places it was asked beside resolve to."""

    name: PlaceLink
    near: tuple[PlaceLink, ...]


def explain(name: str, gazetteer: Gazetteer | None = None, near: Sequence[str] = ()) -> Explanation:
    """Return what a name means in a report that names nothing else than the places in `near`.

    >>> explain("Khan Touman", near=("Aleppo",)).name.country
    'SYR'
    """
    text = ". ".join((name, *near))
    mentions: list[tuple[Span, PlaceLevel | None]] = []
    start = 0
    for words in (name, *near):
        mentions.append((Span(start, start + len(words)), None))
        start += len(words) + 2
    first, *others = resolve_all(text, mentions, gazetteer=gazetteer)
    return Explanation(first, tuple(others))
