"""Reports printed in small letters, as old archives hold: their places get the capitals that names are known by."""

from __future__ import annotations

from collections.abc import Sequence

from contested.places.bare import parse_bare
from contested.places.cues import cue
from contested.places.evidence import is_country_word
from contested.types import Span

_NO_NAME = "no-name"  # the rule for words that are no name only because they are small


def with_capitals(text: str, places: Sequence[Span], sentences: Sequence[Span]) -> str:
    """Return a text in small letters with capitals on its places and countries, any other text as it is.

    Every character stays in its place. In small letters is what has no capital but at the beginnings of sentences.
    Words that name no place ("the town", "northern", "of") stay small, so that they are still read as such.
    """
    starts = {s.start for s in sentences} | {0}
    if any(c.isupper() and i not in starts for i, c in enumerate(text)):
        return text
    letters = list(text)
    inside = {i for span in places for i in range(span.start, span.end)}
    for word in cue("word").finditer(text):
        first = word[0][0].upper()
        named = _may_be_named(word[0].lower()) if word.start() in inside else is_country_word(word[0])
        if named and len(first) == 1:
            letters[word.start()] = first
    return "".join(letters)


def _may_be_named(word: str) -> bool:
    if cue("joining-word").fullmatch(word):
        return False
    bare = parse_bare(f"the {word}")
    return bare is None or bare.rule == _NO_NAME
