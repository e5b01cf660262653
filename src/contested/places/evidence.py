"""What a report says about where it plays: the countries it speaks of and the well-known places it names in passing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from contested.places.cues import cue
from contested.places.gazetteer import Entry, Gazetteer
from contested.places.names import ABBREVIATIONS, fold, skeleton
from contested.resources.countries import Standing, load_countries
from contested.resources.tables import load_table, values
from contested.types import PlaceLevel, Span

# How much one mention says about where a report plays. A country's name says most; people of a country act abroad.
WEIGHT_PLACED = 1.5  # "in Somalia"
WEIGHT_NAME = 1.0  # "Somalia": often its government
WEIGHT_DEMONYM = 0.6
WEIGHT_SIGNAL = 0.7  # an organisation or leader that acts in few countries
WEIGHT_CAPITAL = 0.4  # often stands for the government
ABOUT = 0.25  # a report is about a country with this share of what it says of countries; flat from 0.1 to 0.5 on train
SELF_DISCOUNT = 0.6  # of a name's own mentions: swept 0 to 1 on train; all of it costs other names for one country
LONGEST_NAME_WORDS = 6

_WORD = re.compile(r"[^\W_][\w.'’]*(?:-\w+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_ENDS_OF_POSSESSIVE = ("s", "'", "’")
_LONGEST_RUN = 4  # capitalised words in the name of a well-known place
_LOOK_BACK = 30  # characters; the longest "around the village of "
_WRITTEN_OUT = frozenset({"the", *ABBREVIATIONS})  # `fold` leaves these out, or writes them out, before other words
_CONTEXT_POPULATION = 100_000  # smaller places named in passing are too often something else


@dataclass(frozen=True, slots=True)
class NamedInPassing:
    """A well-known place that the text names, whether or not an event happens there."""

    start: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class ReportEvidence:
    """Which countries a report speaks of, in mentions: `counts` by country, and `by_word` what each word adds to them.

    `country_mentions` are names of countries with their places in the text, `passing` well-known places; in text order.
    """

    counts: Mapping[str, float]
    by_word: Mapping[str, Mapping[str, float]]
    country_mentions: tuple[tuple[int, str], ...]
    passing: tuple[NamedInPassing, ...]

    total: float = field(init=False)

    def __post_init__(self) -> None:
        """Sum the counts once: shares are asked for by the thousand."""
        object.__setattr__(self, "total", sum(self.counts.values()))

    def share(self, country: str | None) -> float:
        """Return how much of the report is about a country, 0 to 1."""
        return self.counts.get(country, 0.0) / self.total if country and self.total > 0 else 0.0

    def without(self, folded: str) -> ReportEvidence:
        """Return the evidence with one word discounted: a name says little about what it means itself ("Georgia")."""
        said = self.by_word.get(folded)
        if not said:
            return self
        counts = {country: count - SELF_DISCOUNT * said.get(country, 0.0) for country, count in self.counts.items()}
        return replace(self, counts=counts)

    def with_votes(self, countries: Sequence[str], weight: float) -> ReportEvidence:
        """Return the evidence with places of known country counted as `weight` mentions each."""
        counts = dict(self.counts)
        for country in countries:
            counts[country] = counts.get(country, 0.0) + weight
        return replace(self, counts=counts)

    def country_before(self, position: int) -> str | None:
        """Return the country named last before a position, if the report is about it."""
        before = [c for start, c in self.country_mentions if start < position]
        if before and self.share(before[-1]) >= ABOUT:
            return before[-1]
        return None

    def main_country(self) -> str | None:
        """Return the country that the report speaks of most, or None."""
        return max(self.counts, key=lambda c: (self.counts[c], c)) if self.counts else None


@cache
def country_words() -> dict[str, tuple[tuple[str, ...], float]]:
    """Return folded words that betray countries: names, demonyms, capitals, and the signals of `signals.tsv`."""
    words: dict[str, tuple[tuple[str, ...], float]] = {}

    def add(word: str, countries: tuple[str, ...], weight: float) -> None:
        key = fold(word)
        if key not in words or weight > words[key][1]:
            words[key] = (countries, weight)

    for row in load_table("contested.places", "data/signals.tsv", ("word", "countries")):
        add(row[0], values(row[1]), WEIGHT_SIGNAL)
    for country in load_countries():
        whole = country.standing is not Standing.PART
        for name in (country.name, *country.aliases):
            add(name, (country.iso3,), WEIGHT_NAME)
        for demonym in country.demonyms:
            add(demonym, (country.iso3,), WEIGHT_DEMONYM)
            add(demonym + "s", (country.iso3,), WEIGHT_DEMONYM)
        for capital in country.capitals if whole else ():
            add(capital, (country.iso3,), WEIGHT_CAPITAL)
    return words


def gather_evidence(text: str, gazetteer: Gazetteer, skip: Sequence[Span] = ()) -> ReportEvidence:
    """Return the countries and well-known places that a text names, those inside `skip` left to their own spans."""
    words = list(_WORD.finditer(text))
    capitals = [i for i, word in enumerate(words) if text[word.start()].isupper()]
    by_word: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    mentions: list[tuple[int, str]] = []
    passing: list[NamedInPassing] = []
    known = country_words()
    read = 0  # words before this one belong to a name found already
    for i in capitals:
        if i < read:
            continue
        start = words[i].start()
        length, key = _longest(words, i, text, known)
        read = i + length
        if key:
            countries, weight = known[key]
            if weight == WEIGHT_NAME and _announced(text, start):
                weight = WEIGHT_PLACED
                mentions += [(start, country) for country in countries]
            for country in countries:
                by_word[key][country] += weight / len(countries)
        else:
            name, entry = _named_in_passing(words, i, text, gazetteer, skip)
            if entry:
                passing.append(NamedInPassing(start, entry))
                if entry.country:
                    by_word[name][entry.country] += WEIGHT_CAPITAL
    counts: defaultdict[str, float] = defaultdict(float)
    for said in by_word.values():
        for country, weight in said.items():
            counts[country] += weight
    return ReportEvidence(counts, by_word, tuple(mentions), tuple(passing))


def _longest(
    words: Sequence[re.Match[str]], i: int, text: str, known: Mapping[str, tuple[tuple[str, ...], float]]
) -> tuple[int, str]:
    """Return the longest known phrase that begins at word `i`: its length in words and its folded form, "" if none."""
    longest = min(LONGEST_NAME_WORDS, len(words) - i) if _may_begin(words[i][0]) else 1
    for length in range(longest, 1, -1):
        last = words[i + length - 1]
        if not text[last.start()].isupper():
            continue
        phrase = text[words[i].start() : last.end()]
        key = fold(phrase)
        if key in known:
            return length, key
        if phrase.endswith(_ENDS_OF_POSSESSIVE) and fold(_POSSESSIVE.sub("", phrase)) in known:
            return length, fold(_POSSESSIVE.sub("", phrase))
    return 1, _known_word(words[i][0])


def is_country_word(word: str) -> bool:
    """Return whether a word, whatever its case, is a country's name, its people's or its capital's."""
    return bool(_known_word(word))


@lru_cache(maxsize=1 << 14)  # as below
def _known_word(word: str) -> str:
    """Return the folded form of a known word, of one with a possessive, or of the first half of two; "" if none."""
    known = country_words()
    first, _, rest = word.partition("-")  # Israeli-backed, Iraqi-Syrian
    forms = (word, _POSSESSIVE.sub("", word), first if rest else "")
    return next((folded for folded in map(fold, forms) if folded in known), "")


@lru_cache(maxsize=1 << 14)  # the capitalised words of an archive, of which most begin nothing
def _may_begin(word: str) -> bool:
    """Return whether a known phrase of several words may begin with this one, however it goes on."""
    folded = fold(word)
    if not folded or folded in _WRITTEN_OUT:
        return True
    phrases = _phrases()
    at = bisect_left(phrases, folded)
    return at < len(phrases) and phrases[at].startswith(folded)


@cache
def _phrases() -> list[str]:
    return sorted(key for key in country_words() if " " in key)


def _announced(text: str, start: int) -> bool:
    """Return whether the words before a name say that it is a place where something is or happens: "in", "from"."""
    return cue("place-ahead").search(text, max(0, start - _LOOK_BACK), start) is not None


def _named_in_passing(
    words: Sequence[re.Match[str]], i: int, text: str, gazetteer: Gazetteer, skip: Sequence[Span]
) -> tuple[str, Entry | None]:
    """Return the capitalised words at `i`, folded, and the well-known place they name, if words announce a place."""
    start, end = words[i].span()
    if not _announced(text, start) or any(span.start < end and start < span.end for span in skip):
        return "", None
    for word in words[i + 1 : i + _LONGEST_RUN]:
        if not text[word.start()].isupper() or text[end : word.start()] != " ":
            break
        end = word.end()
    folded = fold(_POSSESSIVE.sub("", text[start:end]))
    return folded, _well_known(folded, gazetteer)


def _well_known(folded: str, gazetteer: Gazetteer) -> Entry | None:
    best = None
    for found in gazetteer.named(skeleton(folded)):
        entry = found.entry
        if found.folded != folded or entry.level is PlaceLevel.WATER:
            continue
        weight = entry.population or (_CONTEXT_POPULATION if entry.source == "contested" else 0)
        if weight >= _CONTEXT_POPULATION and (best is None or weight > best[0]):
            best = (weight, entry)
    return best[1] if best else None
