"""Words without a name of their own, and names that no gazetteer knows: the place said nearby that they stand for."""

from __future__ import annotations

from collections.abc import Iterator

from contested.places.borders import is_on_named_side
from contested.places.countries import capital_of, country_entry
from contested.places.mention import PlaceMention, Report
from contested.places.phrases import Effect, Phrase
from contested.places.points import link_bare, link_named, link_nil, link_within
from contested.places.rank import SETTLEMENTS, Clues, Scored, rank
from contested.types import PlaceLevel, PlaceLink

L = PlaceLevel
# Which kinds of place a word can stand for.
_KINDS = {
    "settlement": SETTLEMENTS | {L.DISTRICT},
    "division": frozenset({L.ADM1, L.ADM2, L.REGION}),
    "country": frozenset({L.COUNTRY}),
    "any": frozenset(L) - {L.WATER},
    "containing": SETTLEMENTS | {L.ADM1, L.ADM2, L.REGION, L.DISTRICT, L.SITE},
    "capital": frozenset({L.COUNTRY}),
}
_WIDEST_CONTAINER_KM = 300.0  # "Europe" or "the Sahel" does not say where an unknown village is
# Characters between a word and the place it may stand for; the least counts. English looks back: what comes after
# counts double. The same sentence is worth a sentence's length; a place only named in passing is a little less likely.
_AHEAD_FACTOR = 2.0
_SAME_SENTENCE = 150.0
_PASSING = 100.0


def resolve_unnamed(mention: PlaceMention, report: Report) -> PlaceLink:
    """Return the link of a mention without a known name, by a named rule, or NIL."""
    if mention.bare is None:
        return _unknown_name(mention, report)
    antecedent = mention.bare.antecedent
    near = _capital(mention, report) if antecedent == "capital" else None
    if antecedent == "country":
        near = _country(mention, report)
    near = near or _said_nearby(mention, report, antecedent) or _country(mention, report)
    if near is None:
        return link_nil(mention.text, mention.hint)
    return link_bare(mention.text, near, mention.bare, mention.hint)


def _unknown_name(mention: PlaceMention, report: Report) -> PlaceLink:
    if mention.parent:
        inside = Phrase(mention.text, Effect.INSIDE, "", "containing-place")
        near = link_named(inside, (Scored(mention.parent, 0.5, "named right after it"),), None, mention.hint)
        return link_within(mention.text, near, mention.hint, "containing-place")
    near_said = _said_nearby(mention, report, "containing")
    if near_said:
        return link_within(mention.text, near_said, mention.hint, "place-said-nearby")
    country = _country(mention, report)
    return (
        link_within(mention.text, country, mention.hint, "report-country")
        if country
        else link_nil(mention.text, mention.hint)
    )


def _said_nearby(mention: PlaceMention, report: Report, antecedent: str) -> PlaceLink | None:
    """Return the link of the place that a word without a name most likely stands for."""
    kinds = _KINDS[antecedent]
    best: tuple[float, PlaceLink] | None = None
    for start, extra, level, link in _places_said(mention, report):
        if level not in kinds or (mention.country and link.country != mention.country.country):
            continue
        if antecedent == "containing" and ((link.radius_km or 0.0) > _WIDEST_CONTAINER_KM or is_on_named_side(link)):
            continue
        gap = mention.span.start - start
        cost = (gap if gap >= 0 else -_AHEAD_FACTOR * gap) + extra
        if best is None or cost < best[0]:
            best = (cost, link)
    return best[1] if best else None


def _places_said(mention: PlaceMention, report: Report) -> Iterator[tuple[int, float, PlaceLevel, PlaceLink]]:
    """Yield where each place is said, a cost beside its distance, the level of the entry, and its link."""
    for other in report.mentions:
        if other is not mention and other.phrase and other.link and other.link.chosen:
            together = mention.sentence is not None and mention.sentence.contains(other.span)
            yield other.span.start, -_SAME_SENTENCE if together else 0.0, other.link.chosen.level, other.link
    for passing in report.evidence.passing:
        phrase = Phrase(passing.entry.name, Effect.NAMED, passing.entry.name, "named")
        link = link_named(phrase, (Scored(passing.entry, 0.5, "named in passing"),), None, None)
        yield passing.start, _PASSING, passing.entry.level, link


def _country(mention: PlaceMention, report: Report) -> PlaceLink | None:
    """Return the country of the mention's adjective, the one named last before it, or the one the report is about."""
    if mention.country:
        iso3, rule, why = mention.country.country, "country-adjective", "said by an adjective"
    else:
        evidence = report.evidence
        iso3 = evidence.country_before(mention.span.start) or evidence.main_country()
        rule, why = "report-country", "the report is about it"
    entry = country_entry(iso3) if iso3 else None
    if entry is None:
        return None
    return link_named(Phrase(entry.name, Effect.NAMED, entry.name, rule), (Scored(entry, 0.5, why),), None, None)


def _capital(mention: PlaceMention, report: Report) -> PlaceLink | None:
    iso3 = mention.country.country if mention.country else report.evidence.main_country()
    name = capital_of(iso3) if iso3 else None
    ranked = rank(name, report.gazetteer, Clues(report.evidence, designated=L.CITY)) if name else ()
    if not name or not ranked:
        return None
    return link_named(Phrase(mention.text, Effect.NAMED, name, "the-capital"), ranked, None, L.CITY)
