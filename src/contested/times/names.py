"""Meanings with a name of their own: feasts, wars and their first days, presidencies."""

from __future__ import annotations

import re
from datetime import date

from contested.times import tables
from contested.times.days import FARTHEST_BACK_DAYS
from contested.times.found import Found, Meaning
from contested.times.lengths import read_length
from contested.times.periods import (
    DAYS_IN_WEEK,
    MONTHS_IN_YEAR,
    Period,
    hull,
    shift_days,
    shift_months,
    single,
)
from contested.times.tables import Unit


def feast(found: Found) -> Period | None:
    """Return the days of a feast: of the year that is given, else the nearest by tense."""
    name = found.word("feast").strip()
    name = re.sub(r"^(?:first day|last day|eve) of ", "", name)
    if name in tables.fixed_feasts():
        first, last = tables.fixed_feasts()[name]
        span = range(1900, 2100)
        runs = tuple(Period(date(year, *first), date(year, *last)) for year in span)
    elif name in tables.feasts():
        runs = tables.feasts()[name]
    else:
        return None
    which, said = found.word("which").strip(), found.word("year")
    if said or "year" in which:
        wanted = int(said) if said else _named_feast_year(found, which)
        return next((run for run in runs if run.first and run.first.year == wanted), None)
    if found.published is None:
        return None
    return _nearest_run(runs, found.published, ahead=which == "next" or (found.is_ahead and which != "last"))


def _named_feast_year(found: Found, which: str) -> int | None:
    return None if found.published is None else found.published.year - which.startswith("last")


def _nearest_run(runs: tuple[Period, ...], today: date, ahead: bool) -> Period | None:
    begun = [run for run in runs if run.first and run.first <= today]
    to_come = [run for run in runs if run.first and run.last and run.last >= today]
    if ahead and to_come:
        return to_come[0]
    if not begun:
        return to_come[0] if to_come else None
    behind = (today - begun[-1].first).days if begun[-1].first else 0
    return to_come[0] if behind > FARTHEST_BACK_DAYS and to_come else begun[-1]


def named(found: Found) -> Period | None:
    """Return a war or a day with a name of its own."""
    return tables.named_periods().get(found.word("words"))


def presidency(found: Found) -> Period | None:
    """Return a president's term, or all terms that had begun by the report's day."""
    who, nth = found.word("who"), found.word("nth")
    terms = [tables.presidencies().get((who, term)) for term in ((nth,) if nth else ("first", "second"))]
    today = found.published
    begun = [term for term in terms if term and term.first and (today is None or term.first <= today)]
    if not begun:
        return None
    consecutive = len(begun) == 2 and begun[0].last == begun[1].first
    return hull(begun[0], begun[1]) if consecutive else begun[-1]


_FIRST_DAYS = 30  # what "the outset" and "the first days" of a war of years take in


def war_began(found: Found) -> Period | None:
    """Return the first day of the war that the text is about."""
    first = _first_day(found)
    return single(first) if first else None


def war_start(found: Found) -> Period | None:
    """Return the first days of the war that the text is about: as many as are said, or about a month."""
    first = _first_day(found)
    if first is None:
        return None
    unit = found.word("unit")
    count = found.word("count").strip() or ("" if unit.endswith("s") else "one")  # "the first year", "the first days"
    said = read_length(count, unit) if unit else None
    if said is None or said.unit is Unit.HOUR:
        return Period(first, shift_days(first, _FIRST_DAYS))
    size = max(round(said.most), 1)
    if said.unit in (Unit.MONTH, Unit.YEAR):
        months = size * (MONTHS_IN_YEAR if said.unit is Unit.YEAR else 1)
        return Period(first, shift_days(shift_months(first, months), -1))
    return Period(first, shift_days(first, size * (DAYS_IN_WEEK if said.unit is Unit.WEEK else 1) - 1))


def _first_day(found: Found) -> date | None:
    """Return the first day of the war whose words the sentence, else the text, has most of; of two the later."""
    setting, noun = found.setting, found.word("noun")
    begun = [war for war in tables.wars() if war.may_be_meant(noun, found.published)]
    for words in (found.match[0], setting.sentence.of(setting.text), setting.text):
        counts = [len(war.words.findall(words)) for war in begun]
        if any(counts):
            return max(zip(counts, (war.first for war in begun), strict=True))[1]
    return None


MEANINGS: dict[str, Meaning] = {
    "feast": feast,
    "named": named,
    "presidency": presidency,
    "war_began": war_began,
    "war_start": war_start,
}
