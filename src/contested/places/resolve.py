"""All place spans of one report resolved together, so that each is evidence for the others."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from contested.places.borders import take_side
from contested.places.distances import with_distance
from contested.places.evidence import ReportEvidence, gather_evidence
from contested.places.gazetteer import Entry, Gazetteer
from contested.places.mention import PlaceMention, Report
from contested.places.nearby import resolve_unnamed
from contested.places.points import link_named
from contested.places.reading import read_mention
from contested.places.small_letters import with_capitals
from contested.places.tables import default_gazetteer
from contested.types import PlaceLevel, PlaceLink, Span

VOTE = 0.5  # what a place of the report says about its countries, in mentions of a country's name
CLEAR = 0.03  # the best candidate's lead from which on it is evidence for the others


def resolve_all(
    text: str,
    mentions: Sequence[tuple[Span, PlaceLevel | None]],
    *,
    sentences: Sequence[Span] = (),
    gazetteer: Gazetteer | None = None,
) -> tuple[PlaceLink, ...]:
    """Return what every place span of one report means, in the order of `mentions`.

    Names are looked up first, each for itself; then again with the clear ones as evidence for where the others lie;
    at last words without a name, and names nobody knows, get the place said nearby.

    Args:
        text: the report's untouched text.
        mentions: place spans, each with the kind of place that the reader takes it for (a soft clue), or None.
        sentences: the report's sentences; a place without a name is looked for in its own sentence first.
        gazetteer: where names are looked up; what ships with the package if None.

    Returns:
        One link a mention. `chosen` None is NIL; the name is then the span's own words.
    """
    gazetteer = gazetteer or default_gazetteer()
    text = with_capitals(text, [span for span, _ in mentions], sentences)
    report = Report(text, gazetteer, gather_evidence(text, gazetteer, [span for span, _ in mentions]))
    for span, hint in mentions:
        sentence = next((s for s in sentences if s.start <= span.start < s.end), None)
        report.mentions.append(PlaceMention(span, with_distance(text, span), hint, sentence))
    for mention in report.mentions:
        read_mention(mention, report)
    anchors = _anchors(report)
    distinct = {anchor.id: anchor.country for anchor in anchors if anchor.country}
    said = report.evidence
    # What a name was taken for is no evidence of itself: each anchor is read without its own vote.
    apart: dict[tuple[str, ...], tuple[ReportEvidence, dict[Hashable, PlaceMention]]] = {}
    for mention in report.mentions:
        if mention.phrase or (anchors and mention.bare is None):  # an unknown name may lie in a country known by now
            own = mention.entry
            votes = tuple(country for id_, country in distinct.items() if own is None or id_ != own.id)
            if votes not in apart:
                apart[votes] = (said.with_votes(votes, VOTE), {})
            report.evidence, report.read = apart[votes]
            read_mention(mention, report, tuple(a for a in anchors if own is None or a.name != own.name))
    report.evidence = said.with_votes(tuple(distinct.values()), VOTE)
    for mention in report.mentions:
        take_side(mention, report)
    for mention in report.mentions:
        if mention.phrase and mention.ranked:
            mention.link = link_named(mention.phrase, mention.ranked, mention.other, mention.hint)
    return tuple(mention.link or resolve_unnamed(mention, report) for mention in report.mentions)


def _anchors(report: Report) -> list[Entry]:
    """Return the places that mentions clearly mean: evidence for where the unclear ones lie."""
    anchors = []
    for mention in report.mentions:
        entry = mention.entry
        if entry is None or entry.level in (PlaceLevel.COUNTRY, PlaceLevel.WATER):
            continue
        if len(mention.ranked) == 1 or mention.ranked[0].score - mention.ranked[1].score > CLEAR:
            anchors.append(entry)
    return list({anchor.id: anchor for anchor in anchors}.values())
