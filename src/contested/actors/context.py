"""What a report says around its actors: its day, its countries, which of them is near, whose "its forces" are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from contested.actors.lexicon import CountryForm, Lexicon
from contested.actors.words import function_words, split
from contested.types import Span

_LONGEST_WORD = 12  # letters of "whose" and of what may stand between it and what is owned
_CAPITALISED = re.compile(r"(?:[A-Z][\w.'’]*)(?:[ -][A-Z][\w.'’]*)*")
_NAME = r"[A-Z][\w.]{0,30}"
# A country that only a border is called after: what happens there may as well happen on the other side.
_OF_A_BORDER = (
    re.compile(
        rf"(?<![\w.])(?P<name>{_NAME}(?: {_NAME}){{0,2}})(?:['’]s)? (?:borders?|frontiers?)\b"
        r"(?! (?:guard|police|force|patrol|troop))"
    ),
    re.compile(r"\b(?:borders?|frontiers?) with (?:the )?(?P<name>[A-Z])"),
)


@dataclass(slots=True)
class ReportContext:
    """The report that mentions stand in.

    `countries`: ISO3 codes it is about, most frequent first. `located`: place spans and their countries.
    """

    text: str
    lexicon: Lexicon
    published: date | None = None
    countries: tuple[str, ...] = ()
    sentences: tuple[Span, ...] = ()
    located: tuple[tuple[Span, str], ...] = ()
    _spoken_of: frozenset[str] | None = field(default=None, init=False)

    @property
    def home(self) -> str | None:
        """The country that the report is most about: of its places, else the one it names most."""
        return self.countries[0] if self.countries else _named_most(self.text, self.lexicon)

    def named_countries(self) -> tuple[tuple[int, str, CountryForm], ...]:
        """Return where the text names a country, in text order: offset, ISO3, form."""
        return _countries_named(self.text, self.lexicon)

    def speaks_of(self, iso3: str) -> bool:
        """Return whether the report is about a country or names it."""
        if self._spoken_of is None:
            self._spoken_of = frozenset(self.countries) | {named for _, named, _ in self.named_countries()}
        return iso3 in self._spoken_of

    def country_near(self, span: Span) -> tuple[str, str] | None:
        """Return the country of what happens around a span, and why: a place in its sentence, else the report's own."""
        sentence = self.sentence_of(span)
        near = [(abs(place.start - span.start), iso3) for place, iso3 in self.located if sentence.contains(place)]
        if near:
            return min(near)[1], "a place in the same sentence"
        if self.home:
            return self.home, "the country that the report is most about"
        return None

    def owner_before(self, span: Span) -> str | None:
        """Return the country named last before a span, in its sentence or the one before: whose "its forces" are."""
        start = self.sentence_of(span).start
        earlier = [s.start for s in self.sentences if s.end <= start]
        floor = earlier[-1] if earlier else start
        before = [iso3 for at, iso3, _ in self.named_countries() if floor <= at < span.start]
        return before[-1] if before else None

    def is_owned(self, span: Span) -> bool:
        """Whether the word before a span says whose it is: "Israel, whose army denied it"."""
        words = self.text[max(span.start - _LONGEST_WORD, 0) : span.start].split()
        return bool(words) and words[-1].lower() in function_words().possessives

    def sentence_of(self, span: Span) -> Span:
        """Return the sentence in which a span starts; the whole text when the sentences are not known."""
        for sentence in self.sentences:
            if sentence.start <= span.start < sentence.end:
                return sentence
        return Span(0, max(len(self.text), 1))


@lru_cache(maxsize=8)  # a report's groups of mentions are looked at one by one, and then together
def _countries_named(text: str, lexicon: Lexicon) -> tuple[tuple[int, str, CountryForm], ...]:
    return tuple(
        (match.start() + at, iso3, form)
        for match in _CAPITALISED.finditer(text)
        for at, iso3, form in _countries_in(match[0], lexicon)
    )


@lru_cache(maxsize=8)  # likewise
def _named_most(text: str, lexicon: Lexicon) -> str | None:
    names = [match.span("name") for pattern in _OF_A_BORDER for match in pattern.finditer(text)]
    borders = {a + word.start() for a, z in names for word in re.finditer(r"\S+", text[a:z])}
    named = Counter(iso3 for at, iso3, _ in _countries_named(text, lexicon) if at not in borders)
    return named.most_common(1)[0][0] if named else None


@lru_cache(maxsize=1 << 14)  # the names of an archive come again and again
def _countries_in(phrase: str, lexicon: Lexicon) -> tuple[tuple[int, str, CountryForm], ...]:
    """Return where a run of capitalised words names a country: offset, ISO3, form."""
    words = split(phrase)
    found = [(words[piece.start].start, piece.lexeme.countries[:1]) for piece in lexicon.scan(words)]
    return tuple((at, country.iso3, form) for at, first in found for country, form in first)


def report_context(
    text: str,
    lexicon: Lexicon,
    published: date | None,
    sentences: Sequence[Span],
    countries: Sequence[str],
    located: Sequence[tuple[Span, str]],
) -> ReportContext:
    """Return the context of a report."""
    return ReportContext(text, lexicon, published, tuple(countries), tuple(sentences), tuple(located))
