"""Finds the numbers in a phrase and what joins them. Nothing here knows about bounds or about what is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from contested.counts.grammar import grammar
from contested.resources import is_number_word, read_number

_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|[a-z]+|\S")
_ARTICLES = ("a", "an")
_LONGEST_NUMBER = 9  # words: "two hundred and fifty-three thousand and twenty" is nine
_LARGEST = 1e15  # more counts nothing, and a float no longer holds every number
_WIDEST = 10  # from low to high: "10-15,000" starts at 10,000, but "1 to 15,000" at one
_JOINS_INSIDE = ("-", "and")  # "twenty-four", "two hundred and five"


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a phrase: its value, where it stands, and the scale word it ends in ("dozen", "million"), if any."""

    value: float
    start: int
    end: int
    scale: float = 1.0


def find_numerals(phrase: str) -> list[Numeral]:
    """Return the numbers of a lower-case phrase in text order; the longest reading of each wins.

    >>> [n.value for n in find_numerals("twenty-four men and two hundred and five women")]
    [24.0, 205.0]
    """
    tokens = [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(phrase)]
    found, position = [], 0
    while position < len(tokens):
        numeral, used = _longest(tokens, position)
        if numeral is not None:
            found.append(numeral)
        position += used
    return found


def _longest(tokens: list[tuple[str, int, int]], begin: int) -> tuple[Numeral | None, int]:
    word = tokens[begin][0]
    if not (is_number_word(word) or word in _ARTICLES):
        return None, 1
    best, used = None, 1
    for end in range(begin + 1, min(begin + _LONGEST_NUMBER, len(tokens)) + 1):
        last = tokens[end - 1][0]
        if end - 1 > begin and last in _JOINS_INSIDE:
            continue
        if end - 1 > begin and not is_number_word(last):
            break
        words = [token for token, _, _ in tokens[begin:end] if token != "-"]
        if "-" in (token for token, _, _ in tokens[begin:end]) and any(token[0].isdigit() for token in words):
            break  # "10-12" is a range, not one number
        if "and" in words and not _and_belongs(words):
            break
        value = read_number(" ".join(words))
        if value is not None and value <= _LARGEST:
            scale = read_number("one " + last) if not last[0].isdigit() and len(words) > 1 else None
            best, used = Numeral(value, tokens[begin][1], tokens[end - 1][2], scale or 1.0), end - begin
    return best, used


def _and_belongs(words: list[str]) -> bool:
    """Whether each "and" follows a hundred or more: "two hundred and five", but not "two and five"."""
    return all(
        (read_number("one " + words[at - 1]) or 0) >= 100 for at, word in enumerate(words) if word == "and" and at
    )


def is_fraction(phrase: str, numerals: list[Numeral]) -> bool:
    """Return whether the numbers state a share ("40%", "one in three") and no amount."""
    if any(grammar("percent").match(phrase[numeral.end :]) for numeral in numerals):
        return True
    return len(numerals) > 1 and bool(grammar("one-in").match(phrase[numerals[0].end : numerals[1].start]))


def read_range(phrase: str, numerals: list[Numeral]) -> tuple[float, float] | None:
    """Return the two ends when the first two numbers form a range: "10-12", "two to three dozen", "10-15,000"."""
    if len(numerals) < 2:
        return None
    first, second = numerals[:2]
    between = phrase[first.end : second.start]
    is_between = between.strip() == "and" and grammar("opens-a-range").search(phrase[: first.start])
    if not (grammar("between-the-ends-of-a-range").match(between) or is_between):
        return None
    low = first.value
    scale = second.scale
    if grammar("thousands-in-figures").match(phrase[second.start : second.end]):
        scale = 1000 if second.value <= low * _WIDEST * 1000 else 1
    if scale > 1 and first.scale == 1 and low * scale < second.value:
        low *= scale
    return (low, second.value) if low < second.value else None


def is_part_of(phrase: str, numerals: list[Numeral]) -> bool:
    """Return whether the second number is the whole that the first is part of: "four of the 28 hostages"."""
    return len(numerals) > 1 and bool(grammar("part-of").match(phrase[numerals[0].end : numerals[1].start]))
