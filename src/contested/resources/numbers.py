"""English number words: what "two hundred and fifty", "1.5 million" and "a dozen" come to; how a number is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from functools import cache

from contested.resources.tables import load_table

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_CLOSES_A_GROUP = 1000  # "two thousand three hundred": a scale of this size or more ends a group that is then added up


class _Kind(StrEnum):
    UNIT = "unit"
    TEN = "ten"
    SCALE = "scale"
    ARTICLE = "article"


@cache
def _words() -> dict[str, tuple[_Kind, Decimal]]:
    rows = load_table("contested.resources", "number_words.tsv", ("word", "kind", "value"))
    return {word: (_Kind(kind), Decimal(value)) for word, kind, value in rows}


def is_number_word(word: str) -> bool:
    """Return whether a lower-case word is digits or a word that a number phrase is made of (articles are not)."""
    entry = _words().get(word)
    return bool(_DIGITS.fullmatch(word)) or (entry is not None and entry[0] is not _Kind.ARTICLE)


def read_number(phrase: str) -> float | None:
    """Return the number that a whole phrase states, None when any word of it is no part of a number.

    >>> read_number("two hundred and fifty"), read_number("1.5 million"), read_number("a dozen")
    (250.0, 1500000.0, 12.0)
    >>> read_number("several") is None, read_number("1st") is None
    (True, True)
    """
    words = phrase.lower().replace("-", " ").split()
    total = _add_up(words) if words else None
    return None if total is None else float(total)


def write_number(value: float) -> str:
    """Return a number for people to read, every figure of it.

    >>> write_number(1234567.0), write_number(2.5)
    ('1,234,567', '2.5')
    """
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0").rstrip(".")


def _add_up(words: Sequence[str]) -> Decimal | None:
    """Return the sum, exactly: in binary "8.2 million" falls short of itself."""
    total = group = Decimal(0)
    last: _Kind | None = None
    for position, word in enumerate(words):
        if word in ("and", "of") and 0 < position < len(words) - 1:
            continue
        if _DIGITS.fullmatch(word):
            kind, value = _Kind.UNIT, Decimal(word.replace(",", ""))
        elif word in _words():
            kind, value = _words()[word]
        else:
            return None
        if kind is _Kind.SCALE:
            group = (group if last is not None else 1) * value
            if value >= _CLOSES_A_GROUP:
                total, group = total + group, Decimal(0)
        elif kind is _Kind.ARTICLE:
            if last is not None:
                return None
            group = value
        elif last in (kind, _Kind.ARTICLE) or (last is _Kind.UNIT and kind is _Kind.TEN):
            return None  # "two three", "five twenty", "a 100": a list or a year, not one number
        else:
            group += value
        last = kind
    return None if last in (None, _Kind.ARTICLE) else total + group
