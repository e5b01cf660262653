"""What a report says about where it plays: the countries it speaks of and the well-known places it names in passing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from contested.places.cues import cue
from contested.places.gazetteer import Entry, Gazetteer
from contested.places.names import fold, skeleton
from contested.resources.countries import Standing, load_countries
from contested.resources.tables import load_table, values
from contested.types import PlaceLevel, Span

# How much one mention says about where a report plays. A country's name says most; people of a country act abroad.
WEIGHT_NAME = 1.0
WEIGHT_DEMONYM = 0.6
WEIGHT_SIGNAL = 0.7  # an organisation or leader that acts in few countries
WEIGHT_CAPITAL = 0.4  # often stands for the government
ABOUT = 0.5  # a report is about a country with this share of what it says of countries; swept on train
LONGEST_NAME_WORDS = 6

_WORD = re.compile(r"[^\W_][\w.'’]*(?:-\w+)*")
_LOOK_BACK = 30  # characters; the longest "around the village of "
_CONTEXT_POPULATION = 100_000  # smaller places named in passing are too often something else


@dataclass(frozen=True, slots=True)
class NamedInPassing:
    """A well-known place that the text names, whether or not an event happens there."""

    start: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class ReportEvidence:
    """`shares` sums to 1 over the countries that the report speaks of, `total` mentions; `passing` is in text order."""

    shares: Mapping[str, float]
    country_mentions: tuple[tuple[int, str], ...]
    passing: tuple[NamedInPassing, ...]
    total: float = 0.0

    def share(self, country: str | None) -> float:
        """Return how much of the report is about a country, 0 to 1."""
        return self.shares.get(country, 0.0) if country else 0.0

    def country_before(self, position: int) -> str | None:
        """Return the country named last before a position, if the report is about it."""
        for start, country in reversed(self.country_mentions):
            if start < position and self.shares[country] >= ABOUT:
                return country
        return None

    def with_votes(self, countries: Sequence[str], weight: float) -> ReportEvidence:
        """Return the evidence with places of known country counted as `weight` mentions each."""
        counts = {country: share * self.total for country, share in self.shares.items()}
        for country in countries:
            counts[country] = counts.get(country, 0.0) + weight
        return _evidence(counts, self.country_mentions, self.passing)

    def main_country(self) -> str | None:
        """Return the country that the report speaks of most, or None."""
        return max(self.shares, key=lambda c: (self.shares[c], c)) if self.shares else None


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
    words = [(m.start(), m.end(), m.group()) for m in _WORD.finditer(text)]
    counts: defaultdict[str, float] = defaultdict(float)
    mentions: list[tuple[int, str]] = []
    passing: list[NamedInPassing] = []
    taken = sorted((s.start, s.end) for s in skip)
    known, ahead = country_words(), cue("place-ahead")
    i = 0
    while i < len(words):
        start, _, word = words[i]
        if not word[0].isupper():
            i += 1
            continue
        length, hit = _longest(words, i, text, known)
        if hit:
            countries, weight = hit
            for country in countries:
                counts[country] += weight / len(countries)
                if weight == WEIGHT_NAME:
                    mentions.append((start, country))
            i += length
            continue
        run = _capital_run(words, i, text)
        if ahead.search(text, max(0, start - _LOOK_BACK), start) and not any(
            a < words[i][1] and start < b for a, b in taken
        ):
            entry = _well_known(text[start : words[i + run - 1][1]], gazetteer)
            if entry:
                passing.append(NamedInPassing(start, entry))
                if entry.country:
                    counts[entry.country] += WEIGHT_CAPITAL
        i += 1
    return _evidence(counts, tuple(mentions), tuple(passing))


def _evidence(
    counts: Mapping[str, float], mentions: tuple[tuple[int, str], ...], passing: tuple[NamedInPassing, ...]
) -> ReportEvidence:
    total = sum(counts.values())
    shares = {country: count / total for country, count in counts.items()} if total else {}
    return ReportEvidence(shares, mentions, passing, total)


def _longest(
    words: Sequence[tuple[int, int, str]], i: int, text: str, known: Mapping[str, tuple[tuple[str, ...], float]]
) -> tuple[int, tuple[tuple[str, ...], float] | None]:
    """Return the longest known phrase that begins at word `i`, as its length in words and what it betrays."""
    for length in range(min(LONGEST_NAME_WORDS, len(words) - i), 0, -1):
        last = words[i + length - 1][2]
        if not last[0].isupper():
            continue
        phrase = text[words[i][0] : words[i + length - 1][1]]
        hit = known.get(fold(phrase)) or (
            known.get(fold(re.sub(r"['’]s?$", "", phrase))) if "’" in last or "'" in last else None
        )
        if hit:
            return length, hit
    first, _, rest = words[i][2].partition("-")  # Israeli-backed, Iraqi-Syrian
    hit = known.get(fold(first)) if rest else None
    return 1, hit


def _capital_run(words: Sequence[tuple[int, int, str]], i: int, text: str) -> int:
    run = 1
    while (
        i + run < len(words)
        and run < 4
        and words[i + run][2][0].isupper()
        and text[words[i + run - 1][1] : words[i + run][0]] == " "
    ):
        run += 1
    return run


def _well_known(name: str, gazetteer: Gazetteer) -> Entry | None:
    folded = fold(re.sub(r"['’]s$", "", name))
    best = None
    for found in gazetteer.named(skeleton(folded)):
        entry = found.entry
        if found.folded != folded or entry.level is PlaceLevel.WATER:
            continue
        weight = entry.population or (_CONTEXT_POPULATION if entry.source == "contested" else 0)
        if weight >= _CONTEXT_POPULATION and (best is None or weight > best[0]):
            best = (weight, entry)
    return best[1] if best else None
