"""The whole of a time expression of which the reader found a part: "[two] years ago", "April [2]", "[since] May".

A word too many at its end is cut off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from contested.resources import load_rules
from contested.times.expressions import read_strictly
from contested.times.periods import Period
from contested.times.setting import CONTEXT_CHARACTERS, ROOM, Setting, Tense, plain, sentence_around
from contested.types import Span

LONGEST_GROWTH = 5  # words on either side: "the last three days of [July]" needs four and a joint
_ANY_DAY = date(2016, 8, 18)  # whether words can be read does not hang on the day they are counted from
_TOKEN = re.compile(
    r"\d{1,2}[:.]\d\d|[ap]\.m\.?|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.|[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+[a-z]{0,2}",
    re.IGNORECASE,
)


def whole(text: str, span: Span, *, sentence: Span | None = None) -> Span:
    """Return the time expression around `span`, which may be a part of it; `span` itself when it is not.

    It grows by words that times are made of, to the longest stretch that the rules read as one time; over "and", "to"
    and "or", which bring in a second time, only where the span itself begins or ends with one.

    Args:
        text: the document's untouched text.
        span: what the reader found.
        sentence: the sentence around it; found from the text when not given.

    >>> report = "They fled two years ago."
    >>> whole(report, Span(10, 13)).of(report)
    'two years ago'
    """
    around = sentence or sentence_around(text, span)
    snapped = _snapped(text, span, around)
    read = None if _is("dangling", snapped.of(text).lower()) else _read(text, snapped, around)
    for wider in _wider(text, snapped, around, is_complete=read is not None):
        longer = _read(text, wider, around)
        if longer is not None and (read is None or _is_known(longer) or not _is_known(read)):
            return _without_lead(text, snapped, wider)
    return snapped if read is not None else _without_tail(text, snapped, around)


def _without_tail(text: str, found: Span, around: Span) -> Span:
    """Return the span without a last word that leads on, when the rest is a time: "the past two days [to]"."""
    tail = _patterns()["tail"].search(found.of(text))
    shorter = Span(found.start, found.start + tail.start()) if tail and tail.start() else found
    return shorter if shorter != found and _read(text, shorter, around) is not None else found


def _without_lead(text: str, found: Span, wider: Span) -> Span:
    """Return the longer span without the preposition that was all the reader had found of it."""
    if found.start == wider.start and _is("lead", found.of(text).lower()):
        rest = _TOKEN.search(text, found.end, wider.end)
        return Span(rest.start(), wider.end) if rest else wider
    return wider


def _snapped(text: str, span: Span, around: Span) -> Span:
    """Return the span with the words whose middle it begins or ends in taken whole."""
    start, end = span.start, span.end
    while start > around.start and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < around.end and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Span(start, end)


def _wider(text: str, span: Span, around: Span, *, is_complete: bool) -> Iterator[Span]:
    """Yield longer stretches around the span, the longest first."""
    starts = [span.start, *_edges(text, span, around, is_complete, leftward=True)]
    ends = [span.end, *_edges(text, span, around, is_complete, leftward=False)]
    reach = [(i + j, start, end) for i, start in enumerate(starts) for j, end in enumerate(ends) if i + j]
    for _, start, end in sorted(reach, key=lambda r: (-r[0], r[1])):
        yield Span(start, end)


def _edges(text: str, span: Span, around: Span, is_complete: bool, *, leftward: bool) -> list[int]:
    """Return where a longer expression may begin (or end), the nearest place first."""
    edges: list[int] = []
    at = span.start if leftward else span.end
    for token in _tokens_beside(text, span, around, leftward=leftward)[:LONGEST_GROWTH]:
        word = token[0].lower()
        gap = text[token.end() : at] if leftward else text[at : token.start()]
        if not _is("gap", gap) or not _belongs(word, is_complete):
            break
        at = token.start() if leftward else token.end()
        if _is("part", word) or (leftward and _is("article", word)):
            edges.append(at)
    return edges


def _belongs(word: str, is_complete: bool) -> bool:
    if is_complete:
        return _is("firm", word)
    return _is("part", word) or (_is("joint", word) and not _is("second-time", word))


def _tokens_beside(text: str, span: Span, around: Span, *, leftward: bool) -> list[re.Match[str]]:
    if leftward:
        first = max(around.start, span.start - CONTEXT_CHARACTERS)
        return list(_TOKEN.finditer(text, first, span.start))[::-1]
    return list(_TOKEN.finditer(text, span.end, min(around.end, span.end + CONTEXT_CHARACTERS)))


def _read(text: str, span: Span, around: Span) -> Period | None:
    """Return what a stretch means as one time, None when it is none or holds two things side by side."""
    words = span.of(text).lower()
    period = read_strictly(plain(words).strip(), Setting(_ANY_DAY, Tense.PAST, text, span, around))
    if period is None:  # as most stretches are: the sentence around is only looked at for the others
        return None
    before, after = text[around.start : span.start].lower(), text[span.end : around.end].lower()
    return None if _is("side-by-side", f"{before}[{words}]{after}") else period


def _is_known(period: Period) -> bool:
    return period.present or period.first is not None or period.last is not None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {rule.name: rule.pattern for rule in load_rules(ROOM, "whole.toml")}


def _is(kind: str, words: str) -> bool:
    return _patterns()[kind].search(words) is not None
