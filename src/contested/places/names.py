"""One normaliser for the table's names and the text's: `fold` undoes marks of spelling, `skeleton` transliteration."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

from contested.resources.rules import load_rules
from contested.resources.tables import load_table

_PACKAGE = "contested.places"

# Letters that NFKD leaves whole, and apostrophe-like marks of transliteration (ayn, hamza), which reports drop.
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("'’‘`´ʿʾʻʼʹʺˈ′“”\"", ""),
        **{"ł": "l", "ı": "i", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"},
        **{"ə": "a", "ŋ": "ng", "ħ": "h", "ŧ": "t", "ĸ": "k", ".": "", "&": " and "},
    }
)
ABBREVIATIONS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_NOT_WORD = re.compile(r"[^\w]+|_")


@lru_cache(maxsize=1 << 13)
def fold(name: str) -> str:
    """Return a name without case, diacritics, apostrophes, hyphens and a leading "the"; its words apart by one space.

    >>> fold("The Ţarţūs"), fold("Sana’a"), fold("Deir ez-Zor")
    ('tartus', 'sanaa', 'deir ez zor')
    """
    bare = name.casefold().translate(_LETTERS)
    if not bare.isascii():
        decomposed = unicodedata.normalize("NFKD", bare).casefold()  # again: a letter of mathematics becomes a capital
        bare = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)
    words = _NOT_WORD.sub(" ", bare).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    if words[-1:] == ["airport"] and "international" in words[1:]:
        words.remove("international")  # said of an airport as often as not
    if len(words) > 1 and not ABBREVIATIONS.keys().isdisjoint(words):
        words = [ABBREVIATIONS.get(w, w) for w in words]
    return " ".join(words)


@lru_cache(maxsize=1 << 13)
def skeleton(name: str) -> str:
    """Return what the transliterations of a name share: no article, no spaces, three vowels, no doubled letters.

    >>> skeleton("Khan Touman") == skeleton("Khan Tuman"), skeleton("Al-Fashir") == skeleton("El Fasher")
    (True, True)
    >>> skeleton("Kyiv") == skeleton("Kharkiv")
    False
    """
    words = fold(name).split()
    sound = "".join([w for w in words if w not in _articles()] or words)
    for respell in _sounds():
        sound = respell(sound)
    return sound


@cache
def _articles() -> frozenset[str]:
    """Return the Arabic article, also assimilated to a sun letter: it comes and goes between reports of one place."""
    return frozenset(row[0] for row in load_table(_PACKAGE, "data/articles.tsv", ("word",)))


@cache
def _sounds() -> tuple[Callable[[str], str], ...]:
    return tuple(_respelling(rule.pattern, rule.fields["becomes"]) for rule in load_rules(_PACKAGE, "spelling.toml"))


def _respelling(pattern: re.Pattern[str], becomes: str) -> Callable[[str], str]:
    """Return what a rule does to a name; letters alone need no search, which counts over millions of names."""
    if pattern.pattern.isalpha():
        return lambda name: name.replace(pattern.pattern, becomes)
    return lambda name: pattern.sub(becomes, name)


@lru_cache(maxsize=16384)
def similarity(left: str, right: str) -> float:
    """Return how alike two folded names are, 0 to 1: one minus the edit distance over the longer length.

    >>> similarity("idlib", "idleb")
    0.8
    """
    if left == right:
        return 1.0
    longest = max(len(left), len(right))
    return 1.0 - edit_distance(left, right, longest) / longest


def edit_distance(left: str, right: str, limit: int) -> int:
    """Return the number of letters to insert, delete or replace; `limit + 1` as soon as it must exceed `limit`."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    left, right = _without_shared_ends(left, right)
    if not left or not right:
        return len(left) + len(right)
    if limit == 1 and len(left) + len(right) > 2:  # they differ at both ends: one letter could only stand for one
        return 2
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        above, row[0] = row[0], i
        for j, b in enumerate(right, start=1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (a != b))
        if min(row) > limit:
            return limit + 1
    return row[-1]


def _without_shared_ends(left: str, right: str) -> tuple[str, str]:
    """Return two words without the letters that both begin and both end with, which no edit has to touch."""
    start = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        start += 1
    left, right = left[start:], right[start:]
    end = 0
    for a, b in zip(reversed(left), reversed(right), strict=False):
        if a != b:
            break
        end += 1
    return left[: len(left) - end], right[: len(right) - end]
