"""The tables of the room, read once: names of months and days, lengths, feasts, named periods."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import chain

from contested.resources.tables import load_table
from contested.times.periods import Period

_ROOM = "contested.times"


class Unit(StrEnum):
    """What lengths of time are counted in."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@cache
def months() -> dict[str, int]:
    """Return month names and short forms with their numbers, 1 to 12."""
    return {word: int(number) for word, number in load_table(_ROOM, "months.tsv", ("word", "number"))}


@cache
def weekdays() -> dict[str, int]:
    """Return weekday names and short forms with their numbers; Monday is 0."""
    return {word: int(number) for word, number in load_table(_ROOM, "weekdays.tsv", ("word", "number"))}


@cache
def ordinals() -> dict[str, int]:
    """Return ordinal words with their numbers."""
    return {word: int(number) for word, number in load_table(_ROOM, "ordinals.tsv", ("word", "number"))}


def read_ordinal(word: str) -> int | None:
    """Return the number of "third" or "3rd", None when it is none."""
    figure = re.match(r"\d+", word)
    return int(figure[0]) if figure else ordinals().get(word)


@cache
def seasons() -> dict[str, tuple[int, int]]:
    """Return seasons with their first month and their length in months."""
    rows = load_table(_ROOM, "seasons.tsv", ("word", "first_month", "months"))
    return {word: (int(first), int(length)) for word, first, length in rows}


@cache
def units() -> dict[str, tuple[Unit, int]]:
    """Return words for lengths of time with what they are made of: `fortnight` is 2 weeks."""
    rows = load_table(_ROOM, "units.tsv", ("word", "unit", "count"))
    return {word: (Unit(unit), int(count)) for word, unit, count in rows}


@cache
def vague_amounts() -> dict[str, tuple[int, int]]:
    """Return vague words with the fewest and the most that they stand for."""
    rows = load_table(_ROOM, "vague_amounts.tsv", ("word", "fewest", "most"))
    return {word: (int(fewest), int(most)) for word, fewest, most in rows}


@cache
def named_periods() -> dict[str, Period]:
    """Return wars and days with a name of their own."""
    rows = load_table(_ROOM, "named_periods.tsv", ("words", "first", "last", "source"))
    return {
        words: Period(date.fromisoformat(first), date.fromisoformat(last) if last else None)
        for words, first, last, _ in rows
    }


@dataclass(frozen=True, slots=True)
class War:
    """A war: how texts that speak of it are known, what they call it, and its first day."""

    words: re.Pattern[str]
    nouns: frozenset[str]
    first: date
    days: int | None

    def may_be_meant(self, noun: str, day: date | None) -> bool:
        """Whether a report of a day may mean it by "the war", "the offensive"."""
        if not self.nouns & {noun, noun.removesuffix("s")}:
            return False
        return day is None or (self.first <= day and (self.days is None or (day - self.first).days <= self.days))


@cache
def wars() -> tuple[War, ...]:
    """Return the wars of which a text may say just "the war", the earliest first."""
    rows = load_table(_ROOM, "wars.tsv", ("name", "words", "nouns", "first", "days", "source"))
    found = [
        War(
            re.compile(rf"\b(?:{words})", re.IGNORECASE),
            frozenset(nouns.split("|")),
            date.fromisoformat(first),
            int(days) if days else None,
        )
        for _, words, nouns, first, days, _ in rows
    ]
    return tuple(sorted(found, key=lambda war: war.first))


@cache
def presidencies() -> dict[tuple[str, str], Period]:
    """Return terms of office by (last name, "first" or "second")."""
    rows = load_table(_ROOM, "presidencies.tsv", ("who", "term", "first", "last"))
    return {(who, term): Period(date.fromisoformat(first), date.fromisoformat(last)) for who, term, first, last in rows}


@cache
def feasts() -> dict[str, tuple[Period, ...]]:
    """Return movable feasts by every name they go by, with their days year by year."""
    by_feast: dict[str, list[Period]] = {}
    days = (load_table(_ROOM, filename, ("feast", "first", "last")) for filename in ("feast_days.tsv", "games.tsv"))
    for feast, first, last in chain.from_iterable(days):
        by_feast.setdefault(feast, []).append(Period(date.fromisoformat(first), date.fromisoformat(last)))
    named = {feast: list(periods) for feast, periods in by_feast.items()}
    for words, feast in load_table(_ROOM, "feast_names.tsv", ("words", "feast")):
        named.setdefault(words, []).extend(by_feast[feast])
    return {
        words: tuple(sorted(periods, key=lambda period: period.first or date.min)) for words, periods in named.items()
    }


@cache
def fixed_feasts() -> dict[str, tuple[tuple[int, int], tuple[int, int]]]:
    """Return feasts that fall on the same days every year: first and last (month, day)."""

    def month_and_day(cell: str) -> tuple[int, int]:
        month, day = cell.split("-")
        return int(month), int(day)

    rows = load_table(_ROOM, "fixed_feasts.tsv", ("feast", "first", "last"))
    return {feast: (month_and_day(first), month_and_day(last)) for feast, first, last in rows}
