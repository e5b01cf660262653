"""All place spans of one report resolved together, so that each is evidence for the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from contested.places.bare import BarePhrase, parse_bare
from contested.places.evidence import ReportEvidence, gather_evidence
from contested.places.gazetteer import Entry, Gazetteer
from contested.places.names import fold, skeleton
from contested.places.phrases import Effect, Phrase, bare_name, parse_phrases
from contested.places.points import link_bare, link_named, link_nil, link_within
from contested.places.rank import (
    HOME_SHARE,
    LEAST_SCORE,
    SETTLEMENTS,
    Clues,
    Scored,
    home_share,
    lies_in,
    prominence,
    rank,
    score_entry,
)
from contested.places.tables import default_gazetteer, load_country_entries
from contested.resources.countries import Standing, load_countries
from contested.types import PlaceLevel, PlaceLink, Span

L = PlaceLevel
_CAPITALISED = re.compile(r"(?:\b(?:al|el|ar|as|ash|ad|an|at|az|de|la|le)[- ])?\b[^\W\d_a-z][\w'’.-]*(?: (?:(?:al|el|of|the|de|la|and)[- ])?[^\W\d_a-z][\w'’.-]*)*")
FAMOUS = 0.6  # a country, a first-level division, a city of 20,000 or more
_LARGER = frozenset({L.COUNTRY, L.REGION, L.ADM1, L.ADM2, L.CITY})
_AFTER = re.compile(
    r"(?:['’]s)?(?:,| \(|,? in| of|,? near|, inside| in the)(?: the)?(?: (?:[a-z-]+ ){0,3}(?:city|town|province|state|region|district|governorate|county"
    r"|oblast|department|municipality|territory|countryside|suburbs?|outskirts|part) of)?(?: the)?(?: (?:north|south|east|west|central)[a-z-]*)?"
    r" (?P<name>[^\W\d_a-z][\w'’-]*(?:[ -](?:(?:of|the|and|al|de|du|la)[ -])*[^\W\d_a-z][\w'’-]*){0,5})"
)
_FUZZY_LENGTH = 6  # shorter skeletons have too many neighbours one letter away
_FUZZY_SHARE = 0.15  # a misspelling is only believed in a country that the report is about


@dataclass
class _Mention:
    """A span on its way to a link."""

    span: Span
    text: str
    hint: PlaceLevel | None
    sentence: Span | None
    phrase: Phrase | None = None
    ranked: tuple[Scored, ...] = ()
    other: Scored | None = None
    parent: Entry | None = None
    bare: BarePhrase | None = None
    country: Entry | None = None  # of a bare phrase with an adjective: "a Syrian town"
    link: PlaceLink | None = None

    @property
    def entry(self) -> Entry | None:
        return self.ranked[0].entry if self.ranked else None


@dataclass
class _Report:
    """What the mentions of one report share."""

    text: str
    gazetteer: Gazetteer
    evidence: ReportEvidence
    mentions: list[_Mention] = field(default_factory=list)


def resolve_all(
    text: str,
    mentions: Sequence[tuple[Span, PlaceLevel | None]],
    *,
    sentences: Sequence[Span] = (),
    gazetteer: Gazetteer | None = None,
) -> tuple[PlaceLink, ...]:
    """Return what every place span of one report means, in the order of `mentions`.

    Args:
        text: the report's untouched text.
        mentions: place spans, each with the kind of place that the reader takes it for (a soft clue), or None.
        sentences: the report's sentences; a place without a name is looked for in its own sentence first.
        gazetteer: where names are looked up; what ships with the package if None.

    Returns:
        One link a mention. `chosen` None is NIL; the name is then the span's own words.
    """
    gazetteer = gazetteer or default_gazetteer()
    evidence = gather_evidence(text, gazetteer, [span for span, _ in mentions])
    report = _Report(text, gazetteer, evidence)
    for span, hint in mentions:
        sentence = next((s for s in sentences if s.start <= span.start < s.end), None)
        report.mentions.append(_Mention(span, span.of(text), hint, sentence))
    for mention in report.mentions:
        _read(mention, report, ())
    anchors = _anchors(report)
    for mention in report.mentions:
        if mention.phrase:
            _read(mention, report, tuple(a for a in anchors if mention.entry is None or a.name != mention.entry.name))
    for mention in report.mentions:
        if mention.phrase and mention.ranked:
            mention.link = link_named(mention.phrase, mention.ranked, mention.other, mention.hint)
    for mention in report.mentions:
        if mention.link is None:
            mention.link = _fill(mention, report)
    return tuple(m.link for m in report.mentions if m.link is not None)


def _read(mention: _Mention, report: _Report, anchors: tuple[Entry, ...]) -> None:
    """Choose how to take the phrase apart and rank what its name may mean."""
    mention.bare, mention.phrase = parse_bare(mention.text), None
    if mention.bare:
        return
    if mention.parent is None:
        mention.parent = _said_after(mention, report)
    clues = Clues(report.evidence, hint=mention.hint, anchors=anchors, parent=mention.parent)
    whole = Phrase(mention.text, Effect.NAMED, bare_name(mention.text), "named")
    ranked = _exact(rank(whole.name, report.gazetteer, clues), whole.name, report)
    if ranked:
        mention.phrase, mention.ranked = whole, ranked
        return
    for phrase in (*parse_phrases(mention.text), *_shorter(mention.text)):
        if _apply(mention, phrase, report, clues):
            return
    mention.ranked = _misspelt(whole.name, report, clues)
    mention.phrase = whole if mention.ranked else None


def _said_after(mention: _Mention, report: _Report) -> Entry | None:
    """Return the larger place named right after a mention: "Bara, North Kordofan", "Djibo in Burkina Faso"."""
    match = _AFTER.match(report.text, mention.span.end)
    if not match:
        return None
    for name in (match["name"], match["name"].split(",")[0]):
        for scored in rank(name, report.gazetteer, Clues(report.evidence)) or _adjective(name, report, Clues(report.evidence)):
            if scored.entry.level in _LARGER and scored.score >= LEAST_SCORE:
                return scored.entry
    return None


def _apply(mention: _Mention, phrase: Phrase, report: _Report, clues: Clues) -> bool:
    wanted = replace(clues, designated=phrase.level if phrase.effect in (Effect.NAMED, Effect.AT) else None)
    if phrase.effect is not Effect.NAMED and phrase.effect is not Effect.AT:
        wanted = replace(wanted, hint=None)
    outer = _good(rank(phrase.name, report.gazetteer, wanted)) or _adjective(phrase.name, report, wanted)
    if not outer or (phrase.rule == "part-of-name" and not _trustworthy(outer[0], report)):
        return False
    if _is_adjective(phrase.name, outer) and phrase.effect in (Effect.NAMED, Effect.AT):
        # "a Syrian town" names no place: it is one said nearby, in that country.
        noun = phrase.text.rsplit(" ", 1)[-1]
        mention.bare = parse_bare("the " + noun.lower()) or BarePhrase("no-name", "any", Effect.INSIDE)
        mention.country = outer[0].entry
        return True
    if phrase.inner:
        inner_clues = replace(clues, parent=outer[0].entry)
        inner = _inner(phrase.inner, report, inner_clues)
        if inner:
            mention.phrase, mention.ranked = inner
            return True
    mention.other = None
    if phrase.other:
        other = _good(rank(phrase.other, report.gazetteer, replace(wanted, parent=None))) or _adjective(phrase.other, report, wanted)
        mention.other = other[0] if other else None
    mention.phrase, mention.ranked = phrase, outer
    return True


def _trustworthy(scored: Scored, report: _Report) -> bool:
    """Return whether a place is large enough to be meant by part of a longer name ("Tabasco Reinsertion Centre")."""
    return prominence(scored.entry) >= FAMOUS and home_share(scored.entry, report.evidence) >= HOME_SHARE


def _inner(words: str, report: _Report, clues: Clues) -> tuple[Phrase, tuple[Scored, ...]] | None:
    """Return the reading of what lies inside a named place, when it has a name of its own that fits there."""
    if not any(c.isupper() for c in words):
        return None
    for phrase in (Phrase(words, Effect.NAMED, bare_name(words), "named-inside"), *parse_phrases(words)):
        ranked = _good(rank(phrase.name, report.gazetteer, replace(clues, designated=phrase.level)))
        if ranked and clues.parent and _fits_inside(ranked[0].entry, clues.parent):
            return phrase, ranked
    return None


def _fits_inside(entry: Entry, parent: Entry) -> bool:
    return lies_in(entry, parent) > 0.3


def _exact(ranked: tuple[Scored, ...], name: str, report: _Report) -> tuple[Scored, ...]:
    """Return a whole phrase's candidates if the phrase is a name; one capital word may be any name, more must be one."""
    return _good(ranked)


def _good(ranked: tuple[Scored, ...]) -> tuple[Scored, ...]:
    return ranked if ranked and ranked[0].score >= LEAST_SCORE else ()


def _shorter(text: str) -> list[Phrase]:
    """Return the phrases that look up only the capitalised words of a text, longest run first, then parts of the runs."""
    runs = sorted((bare_name(m.group()) for m in _CAPITALISED.finditer(text)), key=len, reverse=True)
    clean = bare_name(text)
    phrases = [Phrase(text, Effect.INSIDE, run, "name-in-phrase") for run in runs if len(run) > 2 and run != clean]
    for run in runs:
        words = run.split()
        parts = [" ".join(words[:i]) for i in range(len(words) - 1, 0, -1)] + [" ".join(words[i:]) for i in range(1, len(words))]
        phrases += [Phrase(text, Effect.INSIDE, bare_name(part), "part-of-name") for part in parts if len(part) > 2]
    return phrases


def _misspelt(name: str, report: _Report, clues: Clues) -> tuple[Scored, ...]:
    key, folded = skeleton(name), fold(name)
    if len(key) < _FUZZY_LENGTH:
        return ()
    scored = [
        score_entry(found, folded, clues)
        for found in report.gazetteer.close_to(key, 1)
        if report.evidence.share(found.entry.country) >= _FUZZY_SHARE
    ]
    return _good(tuple(sorted(scored, key=lambda s: (-s.score, s.entry.id))[:8]))


@cache
def _by_adjective() -> dict[str, str]:
    return {
        fold(word): country.iso3
        for country in load_countries()
        if country.standing is not Standing.PART
        for demonym in country.demonyms
        for word in (demonym, demonym + "s")
    }


def _is_adjective(name: str, ranked: tuple[Scored, ...]) -> bool:
    return fold(name) in _by_adjective() and fold(ranked[0].entry.name) != fold(name)


def _adjective(name: str, report: _Report, clues: Clues) -> tuple[Scored, ...]:
    """Return the country that an adjective stands for: "the Turkish border"."""
    folded = fold(name)
    iso3 = _by_adjective().get(folded)
    if iso3 is None:
        return ()
    for country in load_countries():
        if country.iso3 == iso3 and country.standing is not Standing.PART:
            key = fold(country.name)
            return tuple(
                score_entry(found, key, clues)
                for found in load_country_entries().named(skeleton(key))
                if found.folded == key and found.entry.level is L.COUNTRY
            )
    return ()


def _anchors(report: _Report) -> list[Entry]:
    """Return the places that other mentions clearly mean: evidence for where the unclear ones lie."""
    anchors = []
    for mention in report.mentions:
        if mention.ranked and mention.ranked[0].entry.level not in (L.COUNTRY, L.WATER):
            clear = len(mention.ranked) == 1 or mention.ranked[0].score - mention.ranked[1].score > 0.03
            if clear:
                anchors.append(mention.ranked[0].entry)
    return anchors


def _fill(mention: _Mention, report: _Report) -> PlaceLink:
    """Return the link of a mention without a known name: the place said nearby, by a named rule, or NIL."""
    bare = mention.bare
    if bare is None:
        if mention.parent:
            inside = Phrase(mention.text, Effect.INSIDE, "", "containing-place")
            return link_named(inside, (Scored(mention.parent, 0.5, "named right after it"),), None, mention.hint)
        near = _said_nearby(mention, report, "containing") or _country_link(report, mention)
        return link_within(mention.text, near, mention.hint, "containing-place") if near else link_nil(mention.text, mention.hint)
    if bare.antecedent == "capital":
        capital = _capital(report, mention)
        if capital:
            return capital
    if bare.antecedent == "country":
        country = _country_link(report, mention)
        if country:
            return country
    near = _said_nearby(mention, report, bare.antecedent)
    if near is None:
        near = _country_link(report, mention)
    if near is None:
        return link_nil(mention.text, mention.hint)
    return link_bare(mention.text, near, bare, mention.hint)


_WIDEST_CONTAINER_KM = 300.0  # "Europe" or "the Sahel" does not say where an unknown village is
_KINDS = {
    "settlement": SETTLEMENTS | {L.DISTRICT},
    "division": frozenset({L.ADM1, L.ADM2, L.REGION}),
    "country": frozenset({L.COUNTRY}),
    "any": frozenset(L) - {L.WATER},
    "containing": SETTLEMENTS | {L.ADM1, L.ADM2, L.REGION, L.DISTRICT, L.SITE},
    "capital": frozenset({L.COUNTRY}),
}


def _said_nearby(mention: _Mention, report: _Report, antecedent: str) -> PlaceLink | None:
    """Return the link of the place that a word without a name most likely means."""
    kinds = _KINDS[antecedent]
    best: tuple[float, PlaceLink] | None = None
    for other in report.mentions:
        if other is mention or other.link is None or other.link.chosen is None or other.phrase is None:
            continue
        if other.link.chosen.level not in kinds or (mention.country and other.link.country != mention.country.country):
            continue
        if antecedent == "containing" and (other.link.radius_km or 0.0) > _WIDEST_CONTAINER_KM:
            continue
        gap = mention.span.start - other.span.start
        cost = float(gap) if gap >= 0 else -2.0 * gap
        if mention.sentence and mention.sentence.contains(other.span):
            cost -= 150.0
        if best is None or cost < best[0]:
            best = (cost, other.link)
    for passing in report.evidence.passing:
        if passing.entry.level not in kinds or (mention.country and passing.entry.country != mention.country.country):
            continue
        if antecedent == "containing" and passing.entry.radius_km > _WIDEST_CONTAINER_KM:
            continue
        gap = mention.span.start - passing.start
        cost = float(gap) + 100.0 if gap >= 0 else -2.0 * gap + 100.0
        if best is None or cost < best[0]:
            phrase = Phrase(passing.entry.name, Effect.NAMED, passing.entry.name, "named")
            best = (cost, link_named(phrase, (Scored(passing.entry, 0.5, "named in passing"),), None, None))
    return best[1] if best else None


def _country_link(report: _Report, mention: _Mention) -> PlaceLink | None:
    """Return the country that the words nearest before the mention, or the whole report, speak of."""
    if mention.country and mention.country.country:
        return _link_country(mention.country.country, "country-adjective")
    iso3 = report.evidence.country_before(mention.span.start) or report.evidence.main_country()
    return _link_country(iso3, "report-country") if iso3 else None


def _link_country(iso3: str, rule: str) -> PlaceLink | None:
    for country in load_countries():
        if country.iso3 == iso3 and country.standing is not Standing.PART:
            key = fold(country.name)
            for found in load_country_entries().named(skeleton(key)):
                if found.folded == key and found.entry.level is L.COUNTRY:
                    phrase = Phrase(country.name, Effect.NAMED, country.name, rule)
                    return link_named(phrase, (Scored(found.entry, 0.5, "the report speaks of it most"),), None, None)
    return None


def _capital(report: _Report, mention: _Mention) -> PlaceLink | None:
    iso3 = mention.country.country if mention.country else report.evidence.main_country()
    for country in load_countries():
        if iso3 and country.iso3 == iso3 and country.standing is not Standing.PART and country.capitals:
            name = country.capitals[0]
            ranked = rank(name, report.gazetteer, Clues(report.evidence, designated=L.CITY))
            if ranked:
                return link_named(Phrase(mention.text, Effect.NAMED, name, "the-capital"), ranked, None, L.CITY)
    return None
