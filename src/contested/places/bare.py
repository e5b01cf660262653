"""Place words that name nothing ("the town", "eastern districts") and which place said nearby they stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from contested.places.phrases import Effect, bare_name
from contested.resources.rules import load_rules
from contested.resources.tables import load_table

_NAME_LIKE = re.compile(r"(?<!^)(?<![.!?] )\b[^\W\d_a-z]")


@dataclass(frozen=True, slots=True)
class BarePhrase:
    """A phrase without a name: what kind of place it stands for and what it does to that place's point."""

    rule: str
    antecedent: str
    effect: Effect
    direction: str = ""


@cache
def _opening_words() -> frozenset[str]:
    """Return words that are capitalised because a sentence begins with them, not because they name a place."""
    return frozenset(row[0] for row in load_table("contested.places", "data/opening_words.tsv", ("word",)))


@lru_cache(maxsize=2048)
def parse_bare(text: str) -> BarePhrase | None:
    """Return how a phrase without a name is to be read, None when it holds one.

    >>> parse_bare("the eastern districts").antecedent
    'any'
    >>> parse_bare("the district of Jobar") is None
    True
    """
    text = text.strip()
    opening = text.split()[0].lower() if text else ""
    if _NAME_LIKE.search(text) or (text[:1].isupper() and opening not in _opening_words()):
        return None
    words = bare_name(text)
    lowered = words.lower()
    for rule in load_rules("contested.places", "bare.toml"):
        match = rule.pattern.search(lowered)
        if match:
            direction = match.groupdict().get("dir") or ""
            return BarePhrase(rule.name, rule.fields["antecedent"], Effect(rule.fields["effect"]), direction)
    if words[:1].islower() or opening in _opening_words():
        return BarePhrase("no-name", "any", Effect.INSIDE)
    return None
