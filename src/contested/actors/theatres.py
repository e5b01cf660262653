"""Words that mean one actor in one theatre at one time: "the coalition" in Syria since 2014, in Yemen since 2015."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from contested.actors.context import ReportContext
from contested.actors.mention import Mention
from contested.actors.register import read_day, read_end
from contested.actors.words import level
from contested.resources.tables import load_table, values

_COLUMNS = ("entry", "phrases", "theatres", "since", "until")


@dataclass(frozen=True, slots=True)
class Theatre:
    """A register entry's id, the countries and the days in which a phrase means it."""

    entry: str
    countries: tuple[str, ...]
    since: date | None
    until: date | None

    def lasts_on(self, day: date | None) -> bool:
        """Return whether the phrase has this meaning on a day; an unknown day excludes nothing."""
        if day is None:
            return True
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@cache
def theatres() -> dict[str, tuple[Theatre, ...]]:
    """Return by levelled phrase what it means where (`in_context.tsv`)."""
    by_phrase: dict[str, tuple[Theatre, ...]] = {}
    for entry, phrases, countries, since, until in load_table("contested.actors", "in_context.tsv", _COLUMNS):
        where = f"in_context.tsv, {entry}"
        theatre = Theatre(entry, values(countries), read_day(since, where), read_end(until, where))
        for phrase in values(phrases):
            by_phrase[level(phrase)] = (*by_phrase.get(level(phrase), ()), theatre)
    return by_phrase


def meant_here(mention: Mention, context: ReportContext) -> Theatre | None:
    """Return what a whole mention means in the report's country on its day; None when it has no such meaning there."""
    phrase = " ".join(word.folded for word in mention.words)
    known = theatres().get(phrase)
    if known is None or mention.is_qualified or context.home is None:
        return None
    for theatre in known:
        day = context.published
        begun = day is None or theatre.since is None or theatre.since <= day
        if (
            context.home in theatre.countries
            and begun
            and (day is None or theatre.until is None or day < theatre.until)
        ):
            return theatre
    return None
