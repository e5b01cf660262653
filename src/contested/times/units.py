"""Meanings that name a unit of the calendar: "last week", "this month", "the weekend", "for a fifth day".

Every function returns None when it cannot tell; the rule then steps aside.
"""

from __future__ import annotations

import re
from datetime import date

from contested.resources import read_number
from contested.times import tables
from contested.times.found import Found, Meaning
from contested.times.lengths import moved, read_length
from contested.times.periods import (
    DAYS_IN_WEEK,
    DECADE,
    MONTHS_IN_YEAR,
    Period,
    month_of,
    shift_days,
    shift_months,
    single,
    week_of,
    weekend_of,
    year_of,
)
from contested.times.tables import Unit

LAST_YEAR = 2100  # beyond it a count of years was no count
_RETURNED_DAYS = 330  # a day that lies less than a year back was read as the nearest of its name


def calendar_unit(found: Found) -> Period | None:
    """Return the calendar's week, month or year; on a Saturday or Sunday "last week" is the one just ending."""
    today, which, unit = found.published, found.word("which").replace("this ", ""), found.word("unit")
    if which in ("following", "preceding", "previous"):  # of the story, where it has reached a day
        today = found.anchor_day()
    if today is None:
        return None
    step = {"last": -1, "previous": -1, "preceding": -1, "past": -1, "next": 1, "following": 1, "coming": 1}.get(
        which, 0
    )
    if unit == "week":
        ends = today.weekday() >= 5 and which in ("last", "past")
        return week_of(shift_days(today, 0 if ends else step * DAYS_IN_WEEK))
    if unit == "weekend":
        return _weekend(found, today, step, which)
    if unit == "month":
        return month_of(shift_months(today, step))
    if unit == "quarter":
        first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
        return Period(shift_months(first, 3 * step), shift_days(shift_months(first, 3 * step + 3), -1))
    if unit in ("decade", "century"):
        span = DECADE if unit == "decade" else DECADE * DECADE
        start = date(today.year - span, 1, 1) if step < 0 else today
        return Period(start, year_of(today).last if step <= 0 else shift_months(today, 12 * span))
    return year_of(shift_months(today, 12 * step)) if unit == "year" else None


def _weekend(found: Found, today: date, step: int, which: str) -> Period:
    """The weekend that is meant: of "this", the one that runs, was yesterday or the day before, or is to come."""
    in_weekend = today.weekday() >= 5
    if step > 0:
        return weekend_of(shift_days(today, DAYS_IN_WEEK if in_weekend else 0))
    if step < 0:
        return weekend_of(shift_days(today, -DAYS_IN_WEEK))
    just_over = today.weekday() <= 1  # Monday, Tuesday: "this weekend" is still the one just gone
    if in_weekend or found.is_ahead or (which and not just_over):
        return weekend_of(today)
    return weekend_of(shift_days(today, -DAYS_IN_WEEK))


def running_unit(found: Found) -> Period | None:
    """Return the week, month or year that the report falls in; of weekends the nearest by tense."""
    today, unit = found.published or found.anchor_day(), found.word("unit")
    if today is None:
        return None
    if unit == "weekend":
        return _weekend(found, today, 0, "")
    whole = {"week": week_of, "month": month_of, "year": year_of, "new year": year_of}[unit](today)
    return Period(whole.first, today) if unit == "week" and found.is_past else whole


def unit_before_last(found: Found) -> Period | None:
    """Return the week, weekend, month or year before the last."""
    today = found.published
    if today is None:
        return None
    unit = found.word("unit")
    if unit in ("week", "weekend"):
        moved = shift_days(today, -2 * DAYS_IN_WEEK)
        return week_of(moved) if unit == "week" else weekend_of(moved)
    return month_of(shift_months(today, -2)) if unit == "month" else year_of(shift_months(today, -24))


def unit_end(found: Found) -> Period | None:
    """Return the last month of the year, or the last ten days of the month."""
    unit = "month" if "month" in found.match.string else "year"
    return found.read(f"end of {found.word('which') or 'this '}{unit}", found.setting)


def years_before(found: Found) -> Period | None:
    """Return a named time so many years before."""
    measured, inner = read_length(found.word("count"), "years"), found.inner()
    if measured is None or inner is None or inner.first is None or inner.last is None:
        return None
    months = -12 * round(measured.most)
    first, last = shift_months(inner.first, months), shift_months(inner.last, months)
    return month_of(first) if inner.first == month_of(inner.first).first and inner.days != 1 else Period(first, last)


def anniversary(found: Found) -> Period | None:
    """Return the return of a day: as many years on as are counted, else the one nearest to the report by tense."""
    words = found.word("inner")
    day = found.inner()
    if day is None or day.first is None:
        day = found.read(f"{words} began", found.setting)  # "of the war"
    if day is None or day.first is None or day.days != 1:
        return None
    word = re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", found.word("nth"))
    number = tables.ordinals().get(word) or read_number(word)
    if number and (day.first.year + number <= LAST_YEAR) and _says_year(found, day):
        return single(shift_months(day.first, MONTHS_IN_YEAR * int(number)))
    if found.published is None:
        return None
    returns = [
        shift_months(day.first, MONTHS_IN_YEAR * (year - day.first.year)) for year in _years_around(found.published)
    ]
    ahead = [date_ for date_ in returns if date_ >= found.published]
    return single(ahead[0] if found.is_ahead and ahead else [d for d in returns if d <= found.published][-1])


def _says_year(found: Found, day: Period) -> bool:
    """Whether the day has a year of its own: "3 May" is read as the nearest and has already returned."""
    return found.published is None or not day.first or (found.published - day.first).days > _RETURNED_DAYS


def _years_around(day: date) -> range:
    return range(day.year - 1, day.year + 2)


def nth_unit(found: Found) -> Period | None:
    """Return the day that "the third day" is; "for a third day" covers the days before it too."""
    number = tables.read_ordinal(found.word("nth"))
    day = found.anchor_day(in_sentence=True)
    measured = read_length("one", found.word("unit"))
    if number is None or day is None or measured is None:
        return None
    if found.word("lasting"):
        days_before = number - 1 if measured.unit is Unit.DAY else number
        return Period(moved(day, -days_before, measured.unit), day)
    if measured.unit is Unit.DAY:
        return single(day)
    return {Unit.WEEK: week_of, Unit.MONTH: month_of, Unit.YEAR: year_of}[measured.unit](day)


MEANINGS: dict[str, Meaning] = {
    "anniversary": anniversary,
    "calendar_unit": calendar_unit,
    "running_unit": running_unit,
    "unit_before_last": unit_before_last,
    "unit_end": unit_end,
    "years_before": years_before,
    "nth_unit": nth_unit,
}
