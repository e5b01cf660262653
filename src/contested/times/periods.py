"""Stretches of days and the calendar arithmetic over them. Nothing here knows a word of English."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

DAYS_IN_WEEK = 7
MONTHS_IN_YEAR = 12
DECADE = 10
CENTURY = 100
TWO_DIGIT_PIVOT = 70  # 69 -> 2069, 70 -> 1970, near how POSIX strptime reads two-digit years


class Edge(StrEnum):
    """Which end of what happened an expression names."""

    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included; None is an open end.

    `present`: the words say "now". `edge`: the words name the start or the end of what happened. `bound_days`: of an
    open interval, how long the named bound is ("since July": 31), so that it is written as precisely as it was said.
    """

    first: date | None
    last: date | None
    edge: Edge | None = None
    present: bool = False
    bound_days: int | None = None

    @property
    def days(self) -> int | None:
        """The number of days, None when an end is open."""
        return None if self.first is None or self.last is None else (self.last - self.first).days + 1

    def with_edge(self, edge: Edge) -> Period:
        """Return the same days as the start or the end of what happened."""
        return replace(self, edge=edge)


UNKNOWN = Period(None, None)


def open_from(bound: Period) -> Period:
    """Return from the start of `bound` on, without an end."""
    return Period(bound.first, None, Edge.START, bound_days=_bound_days(bound))


def open_until(bound: Period) -> Period:
    """Return up to the end of `bound`, without a start."""
    return Period(None, bound.last, Edge.END, bound_days=_bound_days(bound))


def _bound_days(bound: Period) -> int | None:
    whole = written(bound)
    return bound.days if len(whole) in (4, 7) else None


def single(day: date) -> Period:
    """Return one day."""
    return Period(day, day)


def shift_days(day: date, count: int) -> date:
    """Return the day `count` days later (earlier when negative), held inside the calendar's years 1 to 9999."""
    ordinal = min(max(day.toordinal() + count, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(ordinal)


def shift_months(day: date, count: int) -> date:
    """Return the same day `count` months later, or that month's last day when it is shorter."""
    index = day.year * MONTHS_IN_YEAR + day.month - 1 + count
    index = min(max(index, MONTHS_IN_YEAR), date.max.year * MONTHS_IN_YEAR + MONTHS_IN_YEAR - 1)
    year, month = divmod(index, MONTHS_IN_YEAR)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_of(day: date) -> Period:
    """Return the calendar month that holds the day."""
    return Period(day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1]))


def year_of(day: date) -> Period:
    """Return the calendar year that holds the day."""
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))


def week_of(day: date) -> Period:
    """Return the week, Monday to Sunday, that holds the day."""
    monday = shift_days(day, -day.weekday())
    return Period(monday, shift_days(monday, DAYS_IN_WEEK - 1))


def weekend_of(day: date) -> Period:
    """Return the Saturday and Sunday of the week that holds the day."""
    monday = shift_days(day, -day.weekday())
    return Period(shift_days(monday, 5), shift_days(monday, 6))


def months_from(year: int, month: int, count: int) -> Period:
    """Return `count` whole months from the given one on."""
    first = date(year, month, 1)
    return Period(first, shift_days(shift_months(first, count), -1))


def hull(one: Period, other: Period) -> Period:
    """Return the days from the start of the earlier period to the end of the later one; an open end stays open."""
    firsts, lasts = (one.first, other.first), (one.last, other.last)
    first = None if None in firsts else min(day for day in firsts if day is not None)
    last = None if None in lasts else max(day for day in lasts if day is not None)
    return Period(first, last)


def latest_weekday(day: date, weekday: int) -> date:
    """Return the last such weekday (Monday is 0) up to and including the day."""
    return shift_days(day, -((day.weekday() - weekday) % DAYS_IN_WEEK))


def next_weekday(day: date, weekday: int) -> date:
    """Return the first such weekday after the day."""
    return shift_days(day, (weekday - day.weekday() - 1) % DAYS_IN_WEEK + 1)


def safe_date(year: int, month: int, day: int) -> date | None:
    """Return the date, None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def full_year(year: int) -> int:
    """Return a year of two digits with its century."""
    return year if year >= CENTURY else year + (1900 if year >= TWO_DIGIT_PIVOT else 2000)


def written(period: Period) -> str:
    """Return a period in the corpus form: `2016-07-31`, `2016-07`, `2016`, `a/b`, `a/..`, `../b`, `PRESENT`, `?`."""
    if period.present:
        return "PRESENT"
    if period.first is None and period.last is None:
        return "?"
    length = _written_length(period)
    first = ".." if period.first is None else _iso(period.first)[:length]
    last = ".." if period.last is None else _iso(period.last)[:length]
    return first if first == last else f"{first}/{last}"


def _written_length(period: Period) -> int:
    """How many characters of `2016-07-31` say it without loss: 4, 7 or 10."""
    if period.bound_days is not None:
        return _LENGTHS.get(period.bound_days, 10)
    if period.first is None or period.last is None or period.first == period.last:
        return 10
    if (period.first.month, period.first.day, period.last.month, period.last.day) == (1, 1, 12, 31):
        return 4
    return 7 if period.first == month_of(period.first).first and period.last == month_of(period.last).last else 10


# The length in days of the named bound of an open interval -> how long it is written: "since 2014" is `2014/..`.
_LENGTHS = {28: 7, 29: 7, 30: 7, 31: 7, 365: 4, 366: 4}


def _iso(day: date) -> str:
    return day.isoformat()
