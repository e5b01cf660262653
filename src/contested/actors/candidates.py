"""Which of several register entries with one name is meant: country, day and kind decide, and say so."""

from __future__ import annotations

from collections.abc import Sequence

from contested.actors.context import ReportContext
from contested.actors.register import Entry, EntryClass
from contested.types import ActorKind

# Points for each sign. Only their order matters: a country said beside the name outweighs the report's countries,
# an actor that did not exist on the day needs such a word to win, kind only breaks ties.
_COUNTRY_SAID = 4.0
_COUNTRY_OF_REPORT = 2.0
_COUNTRY_NAMED = 1.0
_NOT_ON_THIS_DAY = -3.0
_SAME_KIND = 0.75
_SHORT_ACRONYM = 3  # letters; so many groups share them that a foreign one is more likely not meant


def choose(
    entries: Sequence[Entry],
    alias: str,
    said: Sequence[str],
    kind: ActorKind | None,
    context: ReportContext,
    is_common: bool = False,
) -> tuple[Entry, float, str] | None:
    """Return the entry meant by `alias`, a score from 0 to 1 and why; None when none of them fits.

    Args:
        entries: the entries that bear the name.
        alias: the name as written.
        said: ISO3 codes of countries in the mention's own words.
        kind: the reader's kind, None when not known.
        context: the report.
        is_common: every state may have an organ of this name ("National Guard").
    """
    if not entries:
        return None
    ranked = sorted(((_points(entry, said, kind, context), -i, entry) for i, entry in enumerate(entries)), reverse=True)
    points, _, best = ranked[0]
    if not _fits(best, alias, said, context, is_common):
        return None
    if len(entries) == 1:
        return best, 1.0 if points >= 0 else 0.7, "the only entry with this name"
    margin = points - ranked[1][0]
    why = f"of {len(entries)} entries with this name it fits the report's country, day and kind best"
    return best, min(1.0, 0.5 + margin / 8), why


def _points(entry: Entry, said: Sequence[str], kind: ActorKind | None, context: ReportContext) -> float:
    points = 0.0
    if any(iso3 in entry.countries for iso3 in said):
        points += _COUNTRY_SAID
    for rank, iso3 in enumerate(context.countries):
        if iso3 in entry.countries:
            points += _COUNTRY_OF_REPORT / (1 + rank)
            break
    else:
        if any(context.speaks_of(iso3) for iso3 in entry.countries):
            points += _COUNTRY_NAMED
    if not entry.exists_on(context.published):
        points += _NOT_ON_THIS_DAY
    if kind is not None and entry.kind is kind:
        points += _SAME_KIND
    return points


def _fits(entry: Entry, alias: str, said: Sequence[str], context: ReportContext, is_common: bool) -> bool:
    """Whether a name that many bear may be read as this entry: a short acronym or a lone surname needs a sign."""
    connected = not entry.countries or any(iso3 in said or context.speaks_of(iso3) for iso3 in entry.countries)
    if is_common and context.home is not None:
        return connected
    if entry.entry_class is EntryClass.PERSON and " " not in alias.strip():
        return connected or entry.exists_on(context.published)
    if entry.entry_class is EntryClass.GROUP and alias.isupper() and len(alias) <= _SHORT_ACRONYM:
        return connected or not context.countries
    return True
