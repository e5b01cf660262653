"""One mention read: its phrase taken apart so that the name in it is one that the gazetteer knows."""

from __future__ import annotations

from dataclasses import replace

from contested.places.bare import BarePhrase, parse_bare
from contested.places.countries import country_named, country_of_adjective
from contested.places.cues import cue
from contested.places.gazetteer import Entry
from contested.places.mention import PlaceMention, Report
from contested.places.names import fold, skeleton
from contested.places.parents import said_after
from contested.places.phrases import Effect, Phrase, bare_name, parse_phrases
from contested.places.rank import (
    FITS_INSIDE,
    HOME_SHARE,
    LEAST_SCORE,
    Clues,
    Scored,
    home_share,
    lies_in,
    prominence,
    rank,
    score_entry,
)
from contested.types import PlaceLevel

L = PlaceLevel
FAMOUS = 0.75  # a country, a city of 200,000 or more: may be meant by part of a longer name; swept on train
_FUZZY_LENGTH = 6  # shorter skeletons have too many neighbours one letter away
_FUZZY_SHARE = 0.15  # a misspelling is only believed in a country that the report is about
_NAMED_OR_AT = frozenset({Effect.NAMED, Effect.AT})


def read_mention(mention: PlaceMention, report: Report, anchors: tuple[Entry, ...] = ()) -> None:
    """Set how a mention is taken apart and what its name may mean, best first."""
    mention.bare, mention.phrase, mention.ranked, mention.other = _bare(mention.text), None, (), None
    if capital := cue("capital-of").match(mention.text) or cue("seat-of-a-state").match(mention.text):
        country = country_named(capital["name"] or capital["name2"])
        if country is not None:
            mention.bare, mention.country = BarePhrase("the-capital", "capital", Effect.NAMED, ""), country
    if mention.bare:
        return
    if mention.parent is None:
        mention.parent, mention.within = said_after(mention, report)
    parent = mention.parent.id if mention.parent else None
    key = (mention.text, mention.hint, parent, *(anchor.id for anchor in anchors))
    alike = report.read.setdefault(key, mention)
    if alike is mention:
        _read_anew(mention, report, anchors)
    else:
        mention.bare, mention.phrase, mention.country = alike.bare, alike.phrase, alike.country
        mention.ranked, mention.other = alike.ranked, alike.other


def _bare(text: str) -> BarePhrase | None:
    """Return how the text names no place; a capital alone ("Airport", cut off its name) makes no name of it."""
    bare = parse_bare(text)
    if bare or not text.isalpha():
        return bare
    small = parse_bare("the " + text.lower())
    return small if small and small.rule == "the-facility" else None


def _read_anew(mention: PlaceMention, report: Report, anchors: tuple[Entry, ...]) -> None:
    clues = Clues(report.evidence, hint=mention.hint, anchors=anchors, parent=mention.parent, within=mention.within)
    whole = Phrase(mention.text, Effect.NAMED, bare_name(mention.text), "named")
    ranked = good(rank(whole.name, report.gazetteer, clues))
    country = country_of_adjective(whole.name)
    if country and not (
        ranked and prominence(ranked[0].entry) >= FAMOUS and fold(ranked[0].entry.name) == fold(whole.name)
    ):
        ranked = (Scored(country, 1.0, f"“{whole.name}” is of {country.name}"),)
    if ranked:
        mention.phrase, mention.ranked = whole, ranked
        return
    named = cue("people-of-a-camp").sub("", mention.text)
    for phrase in (*parse_phrases(named), *_parts(named)):
        if _apply(mention, phrase, report, clues):
            return
    mention.ranked = _misspelt(whole.name, report, clues)
    mention.phrase = whole if mention.ranked else None


def good(ranked: tuple[Scored, ...]) -> tuple[Scored, ...]:
    """Return the candidates if the best is good enough to be believed."""
    return ranked if ranked and ranked[0].score >= LEAST_SCORE else ()


def _apply(mention: PlaceMention, phrase: Phrase, report: Report, clues: Clues) -> bool:
    """Read a mention by one phrase; False when the phrase's name means nothing."""
    own = phrase.effect in _NAMED_OR_AT  # else the reader's guess is about the whole, not about the name in it
    clues = replace(clues, designated=phrase.level) if own else replace(clues, hint=None)
    outer = good(_meanings(phrase.name, report, clues))
    if not outer or (phrase.rule == "part-of-name" and not _trustworthy(outer[0], report)):
        return False
    if phrase.rule == "embassy" and outer[0].entry.level is L.COUNTRY:
        mention.bare = parse_bare("the embassy")  # in another country than the one it is named after
        return True
    if own and _is_adjective(phrase.name, outer[0].entry):
        # "a Syrian town" names no place: it is one said nearby, in that country.
        noun = phrase.text.rsplit(" ", 1)[-1]
        mention.bare = parse_bare("the " + noun.lower()) or BarePhrase("no-name", "any", Effect.INSIDE)
        mention.country = outer[0].entry
        return True
    inner = _inner(phrase.inner, report, replace(clues, parent=outer[0].entry))
    if inner:
        mention.phrase, mention.ranked = inner
        return True
    if phrase.other:
        other = good(_meanings(phrase.other, report, replace(clues, parent=None)))
        mention.other = other[0] if other else None
    mention.phrase, mention.ranked = phrase, outer
    return True


def _meanings(name: str, report: Report, clues: Clues) -> tuple[Scored, ...]:
    """Return what a name may mean, or the country that it is the adjective of."""
    ranked = rank(name, report.gazetteer, clues)
    country = None if good(ranked) else country_of_adjective(name)
    return (Scored(country, 1.0, f"“{name}” is of {country.name}"),) if country else ranked


def _is_adjective(name: str, entry: Entry) -> bool:
    return country_of_adjective(name) is not None and entry.level is L.COUNTRY and fold(entry.name) != fold(name)


def _trustworthy(scored: Scored, report: Report) -> bool:
    """Return whether a place may be meant by part of a longer name ("Tabasco Reinsertion Centre")."""
    return prominence(scored.entry) >= FAMOUS and home_share(scored.entry, report.evidence) >= HOME_SHARE


def _inner(words: str, report: Report, clues: Clues) -> tuple[Phrase, tuple[Scored, ...]] | None:
    """Return the reading of what lies inside a named place, when it has a name of its own that fits there."""
    if not any(c.isupper() for c in words):
        return None
    for phrase in (Phrase(words, Effect.NAMED, bare_name(words), "named-inside"), *parse_phrases(words)):
        ranked = good(rank(phrase.name, report.gazetteer, replace(clues, designated=phrase.level)))
        if ranked and clues.parent and lies_in(ranked[0].entry, clues.parent) > FITS_INSIDE:
            return phrase, ranked
    return None


def _parts(text: str) -> list[Phrase]:
    """Return the phrases that look up only the capitalised words: each run, longest first, then parts of runs."""
    runs = sorted((bare_name(m.group()) for m in cue("capital-run").finditer(text)), key=len, reverse=True)
    runs = [run for run in runs if not cue("direction").search(run)]
    clean = bare_name(text)
    phrases = [Phrase(text, Effect.INSIDE, run, "name-in-phrase") for run in runs if len(run) > 2 and run != clean]
    for run in runs:
        words = run.split()
        heads = [" ".join(words[:i]) for i in range(len(words) - 1, 0, -1)]
        tails = [" ".join(words[i:]) for i in range(1, len(words))]
        names = [bare_name(part) for part in heads + tails]
        phrases += [Phrase(text, Effect.INSIDE, name, "part-of-name") for name in names if len(name) > 2]
    return phrases


def _misspelt(name: str, report: Report, clues: Clues) -> tuple[Scored, ...]:
    """Return the entries one letter away, in the countries that the report is about."""
    key, folded = skeleton(name), fold(name)
    if len(key) < _FUZZY_LENGTH:
        return ()
    scored = [
        score_entry(found, folded, clues)
        for found in report.gazetteer.close_to(key, 1)
        if report.evidence.share(found.entry.country) >= _FUZZY_SHARE
    ]
    return good(tuple(sorted(scored, key=lambda s: (-s.score, s.entry.id))[:8]))
