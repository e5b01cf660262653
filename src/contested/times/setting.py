"""What an expression is read against: the report's day, the words around it, the tense, the times named before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache

from contested.resources import load_rules
from contested.types import Span

ROOM = "contested.times"
CONTEXT_CHARACTERS = 80  # words around a span that rules may read; the longest rule looks back nine words
ANCHOR_CHARACTERS = 600  # how far back a "two days later" may look for its day: about the paragraph before
_BEHIND = 2.0  # a tense marker behind the expression counts as this much further away: verbs of its clause come before


class Tense(StrEnum):
    """Whether the words around speak of what was or of what is to come."""

    PAST = "past"
    FUTURE = "future"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Setting:
    """What an expression is read against. `published` None: only what the text itself dates can be resolved.

    `said` is the tense where the caller knows it. `nested` is set while the time that an anchored expression hangs on
    is read, so that anchors do not chain.
    """

    published: date | None
    said: Tense | None
    text: str
    span: Span
    sentence: Span
    nested: bool = False

    @property
    def tense(self) -> Tense:
        """The tense that is said, else that of the sentence: looked for when a rule asks, as most do not."""
        return self.said or tense_around(self.text, self.span, self.sentence)

    def at(self, day: date) -> Setting:
        """Return the same setting as if the report were of another day and spoke of the past."""
        return replace(self, published=day, said=Tense.PAST)


def plain(words: str) -> str:
    """Return words as the rules expect them: lower case, plain quotes and hyphens, single spaces, no "the".

    >>> plain("the  Early hours of Sunday’s")
    "early hours of sunday's"
    """
    return _ARTICLE.sub("", _plain_with_articles(words))


def _plain_with_articles(words: str) -> str:
    words = words.translate(_PLAIN).lower()
    words = _ABBREVIATED_NOON.sub(r"\1m", words)
    words = _UNIT_AND_A_HALF.sub(r"one and a half \1s", words)
    return _SPACE.sub(" ", words)


_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "–": "-", "—": "-", "‑": "-", "−": "-", "“": None, "”": None, '"': None}
    | dict.fromkeys("()[]{}", None)
    | dict.fromkeys("\u200e\u200f\u202a\u202b\u202c\ufeff", None)
)
_ABBREVIATED_NOON = re.compile(r"\b([ap])\.\s?m\b\.?")
_UNIT_AND_A_HALF = re.compile(r"\b(?:an?|one) (hour|day|week|month|year|decade) and a half\b")
_ARTICLE = re.compile(r"\bthe\s+")
_SPACE = re.compile(r"\s+")


def words_around(text: str, span: Span, sentence: Span | None) -> tuple[str, str]:
    """Return the plain words before and after a span, within its sentence and `CONTEXT_CHARACTERS`."""
    start = max(span.start - CONTEXT_CHARACTERS, sentence.start if sentence else 0, 0)
    end = min(span.end + CONTEXT_CHARACTERS, sentence.end if sentence else len(text))
    return _plain_with_articles(text[start : span.start]).rstrip(" '"), plain(text[span.end : end])


def sentence_around(text: str, span: Span) -> Span:
    """Return the stretch around a span up to the nearest sentence marks or line breaks, when no sentence is given."""
    start = max((match.end() for match in _SENTENCE_END.finditer(text, 0, span.start)), default=0)
    following = _SENTENCE_END.search(text, span.end)
    return Span(start, following.start() + 1 if following else len(text))


_SENTENCE_END = re.compile(r"(?<![A-Z])(?<!\b[JFMASOND][a-z][a-z])(?<!\bSept)[.!?][\s\"”’]+(?=[A-Z\"“])|\n+")


@cache
def _tense_markers() -> tuple[tuple[re.Pattern[str], Tense, bool], ...]:
    return tuple(
        (rule.pattern, Tense(rule.fields["tense"]), rule.fields.get("side") != "before")
        for rule in load_rules(ROOM, "tense.toml")
        if rule.fields["tense"] != Tense.UNSAID
    )


@cache
def _false_markers() -> tuple[re.Pattern[str], ...]:
    return tuple(rule.pattern for rule in load_rules(ROOM, "tense.toml") if rule.fields["tense"] == Tense.UNSAID)


def _without_false_markers(words: str) -> str:
    """Return lower-case words with those blanked that look like a marker of tense and are none, at the same length."""
    for pattern in _false_markers():
        words = pattern.sub(lambda match: "#" * len(match[0]), words)
    return words


@lru_cache(maxsize=64)  # a rule may ask twice
def tense_around(text: str, span: Span, sentence: Span) -> Tense:
    """Return the tense of the marker of `tense.toml` nearest to the span in its sentence; unsaid when there is none.

    >>> words = "The truce will begin on Friday."
    >>> tense_around(words, Span(24, 30), Span(0, len(words))).value
    'future'
    """
    before = _without_false_markers(text[sentence.start : span.start].lower().replace("’", "'"))
    after = _without_false_markers(text[span.end : sentence.end].lower().replace("’", "'"))
    nearest, tense = float("inf"), Tense.UNSAID
    for pattern, said, counts_behind in _tense_markers():
        last_end = max((match.end() for match in pattern.finditer(before)), default=None)
        if last_end is not None and len(before) - last_end < nearest:
            nearest, tense = len(before) - last_end, said
        following = pattern.search(after) if counts_behind else None
        if following is not None and following.start() * _BEHIND < nearest:
            nearest, tense = following.start() * _BEHIND, said
    return tense
