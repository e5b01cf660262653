"""What a place is said to lie in: the larger one named right after it, and whether that shuts out other countries."""

from __future__ import annotations

from contested.places.countries import country_named, country_of_adjective
from contested.places.cues import cue
from contested.places.gazetteer import Entry
from contested.places.mention import PlaceMention, Report
from contested.places.phrases import bare_name
from contested.places.rank import FITS_INSIDE, HOME_SHARE, LEAST_SCORE, Clues, home_share, lies_in, rank
from contested.types import PlaceLevel

L = PlaceLevel
_LARGER = frozenset({L.COUNTRY, L.REGION, L.ADM1, L.ADM2, L.CITY})
_ALL = 1000  # candidates: more than any name has
_LOOK_AHEAD = 120  # characters; the longest "in the eastern province of …" with its name


def said_after(mention: PlaceMention, report: Report) -> tuple[Entry | None, str | None]:
    """Return the larger place named right after a mention ("Bara, North Kordofan") and the country that confines it to.

    Nothing after a country, which lies in nothing ("Bahrain, Kuwait and Qatar"); when somebody is named who speaks
    or acts (", Davis said", ", the Russian army"); when it is near something that nothing lies in ("near the Turkish
    border"). No country when it only lies near, or beside a name that may be another's.
    """
    text, end = report.text, mention.span.end
    match = cue("named-after").match(text[end : end + _LOOK_AHEAD])
    if not match or country_named(bare_name(mention.span.of(text))):
        return None, None
    rest = text[end + match.end() : end + match.end() + _LOOK_AHEAD]
    name, is_near, is_beside = match["name"], bool(match["near"]), bool(match["beside"])
    people = country_of_adjective(name)
    if people is not None and country_named(name) is None:
        return (
            (people, people.country)
            if not (is_near or is_beside) and cue("of-a-division").match(rest)
            else (None, None)
        )
    if cue("direction").search(name) or cue("something-of-a-country").match(rest):
        return None, None
    told = L.ADM1 if cue("as-a-province").search(match[0] + rest) else None
    entry, is_home = _larger(name, told, bare_name(mention.span.of(text)), report)
    if entry is None or (is_near and entry.level is L.COUNTRY):
        return None, None
    may_be_list = is_beside and (not cue("name-ends").match(rest) or cue("list-goes-on").match(rest))
    return entry, entry.country if is_home and not is_near and not may_be_list else None


def _larger(name: str, told: PlaceLevel | None, inner: str, report: Report) -> tuple[Entry | None, bool]:
    """Return the larger place of this name, of several the likeliest that has a place called `inner` in it.

    And whether it is to be believed: it is a country, has such a place, or lies where the report plays. `told`: the
    kind of place that the report calls it.
    """
    evidence = report.evidence
    larger = [
        scored.entry
        for scored in rank(name, report.gazetteer, Clues(evidence, designated=told))
        if scored.entry.level in _LARGER and scored.score >= LEAST_SCORE
    ]
    if not larger:
        return None, False
    if larger[0].level is L.COUNTRY:
        return larger[0], True
    smaller = [scored.entry for scored in rank(inner, report.gazetteer, Clues(evidence), _ALL)]
    for entry in larger:
        if any(lies_in(other, entry) > FITS_INSIDE for other in smaller):
            return entry, True
    return larger[0], not evidence.total or home_share(larger[0], evidence) >= HOME_SHARE
