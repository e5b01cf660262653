"""Meanings that name a place in the calendar: dates, weekdays, months, years, seasons, feasts, named periods.

Every function returns None when it cannot tell (no publication day, no such date): the rule then steps aside.
"""

from __future__ import annotations

import re
from datetime import date

from contested.resources import load_rules
from contested.times import tables
from contested.times.found import Found, Meaning
from contested.times.periods import (
    CENTURY,
    DAYS_IN_WEEK,
    DECADE,
    MONTHS_IN_YEAR,
    TWO_DIGIT_PIVOT,
    UNKNOWN,
    Period,
    full_year,
    latest_weekday,
    month_of,
    months_from,
    next_weekday,
    safe_date,
    shift_days,
    shift_months,
    single,
    week_of,
    year_of,
)
from contested.times.setting import ROOM

# A date without a year lies behind the report unless that is so far back that the writer would have given the year:
# with these, "15 April" in a report of 14 April is tomorrow and "20 December" in one of January is last month.
FARTHEST_BACK_DAYS = 300  # swept on the 70 such dates of train: flat from 180 to 350, worse outside
FARTHEST_AHEAD_DAYS = 240  # swept on the same: flat from 120 up; a plan further ahead is given with its year
YEAR_CONTEXT_CHARACTERS = 1500  # without a publication day, a year is taken from dates this near before the expression
_NEAR_DAYS = 31  # news tells of the last month: of 5 March and 3 May, a report of 10 May means the latter
_WEEKDAY_YEARS_BACK = 12  # a date and a weekday agree in one year of five to eleven; within this a match is found


def fixed(found: Found) -> Period | None:
    """Return the days that the rule itself names."""
    return Period(date.fromisoformat(found.fields["first"]), date.fromisoformat(found.fields["last"]))


def written_date(found: Found) -> Period | None:
    """Return a date that gives day, month and year."""
    month = tables.months().get(found.word("month")) or int(found.word("month"))
    day = safe_date(full_year(int(found.word("year"))), month, int(found.word("day")))
    return single(day) if day else None


def numeric_date(found: Found) -> Period | None:
    """Return a date in figures: with dots day first, with slashes the one reading that the report's day allows."""
    first, second, year = int(found.word("day")), int(found.word("month")), full_year(int(found.word("year")))
    day_first, month_first = safe_date(year, second, first), safe_date(year, first, second)
    read = sorted({day for day in (day_first, month_first) if day})
    if day_first and (len(read) == 1 or found.word("between") == "."):
        return single(day_first)
    return single(read[0]) if len(read) == 1 else _told_one(found, read) if read else None


def _told_one(found: Found, days: list[date]) -> Period:
    """The day of two that lies on the told side of the report, the near one when the other is far; else unknown."""
    published = found.published
    if published is None:
        return UNKNOWN
    told = [day for day in days if (day >= published if found.is_ahead else day <= published)]
    near = [day for day in told if abs((day - published).days) <= _NEAR_DAYS]
    for left in (told, near):
        if len(left) == 1:
            return single(left[0])
    return UNKNOWN


def _year_in_text(found: Found) -> int | None:
    """Without a publication day, the year of the nearest date of the text that gives one, earlier dates first."""
    text, span = found.setting.text, found.setting.span
    pattern = load_rules(ROOM, "years.toml")[0].pattern
    earlier = pattern.findall(text, max(0, span.start - YEAR_CONTEXT_CHARACTERS), span.start)
    if earlier:
        return int(earlier[-1])
    later = pattern.search(text, span.end, span.end + YEAR_CONTEXT_CHARACTERS)
    return int(later[1]) if later else None


def _nearest_date(found: Found, month: int, day: int) -> date | None:
    """The nearest date of that name: behind the report, ahead when the tense or the distance says so."""
    published = found.published
    if published is None:
        year = _year_in_text(found)
        return safe_date(year, month, day) if year else None
    years = range(published.year - 4, published.year + 5)  # 29 February comes every fourth year
    dates = [candidate for year in years if (candidate := safe_date(year, month, day))]
    behind = max((candidate for candidate in dates if candidate <= published), default=None)
    ahead = min((candidate for candidate in dates if candidate >= published), default=None)
    if behind is None or ahead is None:
        return behind or ahead
    which = found.word("which")
    if which:
        return {"last": behind, "this past": behind}.get(which, ahead)
    if found.is_ahead:
        return ahead if (ahead - published).days <= FARTHEST_AHEAD_DAYS else behind
    return behind if (published - behind).days <= FARTHEST_BACK_DAYS else ahead


def month_day(found: Found) -> Period | None:
    """Return a date without a year; a weekday that stands with it decides which year it was."""
    month, number = tables.months()[found.word("month", "month2")], int(found.word("day", "day2"))
    day = _nearest_date(found, month, number)
    if day is None:
        return None
    if weekday := found.word("weekday"):
        wanted = tables.weekdays()[weekday]
        years = [day.year, *range(day.year + 1, day.year - _WEEKDAY_YEARS_BACK, -1)]
        dates = [candidate for year in years if (candidate := safe_date(year, month, number))]
        day = next((candidate for candidate in dates if candidate.weekday() == wanted), day)
    return single(day)


def month_day_of_year(found: Found) -> Period | None:
    """Return a date of "last year", "this year" or the year the text named last."""
    year = _named_year(found)
    if year is None:
        return None
    day = safe_date(year, tables.months()[found.word("month", "month2")], int(found.word("day", "day2")))
    return single(day) if day else None


def days_of_month(found: Found) -> Period | None:
    """Return several days of one month, with or without a year."""
    month = tables.months()[found.word("month", "month2")]
    numbers = int(found.word("day", "day2")), int(found.word("last_day", "last_day2"))
    year = found.word("year")
    first = safe_date(int(year), month, numbers[0]) if year else _nearest_date(found, month, numbers[0])
    last = safe_date(first.year, month, numbers[1]) if first else None
    return Period(first, last) if first and last and first <= last else None


def day_of_month(found: Found) -> Period | None:
    """Return "the 21st": of the month that is named, else the nearest in the past."""
    if found.published is None:
        return None
    shift = {"last": -1, "next": 1}.get(found.word("which"), 0)
    month = shift_months(found.published.replace(day=1), shift)
    number = int(found.word("day"))
    day = safe_date(month.year, month.month, number)
    if not found.word("which") and not found.is_ahead and (day is None or day > found.published):
        month = shift_months(month, -1)
        day = safe_date(month.year, month.month, number)
    return single(day) if day else None


def _named_year(found: Found) -> int | None:
    which = found.word("which")
    if which in ("same", "that"):
        anchor = found.anchor()
        return anchor.first.year if anchor and anchor.first else None
    if found.published is None:
        return None
    return found.published.year + {"last": -1, "previous": -1, "next": 1, "following": 1}.get(which, 0)


def month(found: Found) -> Period | None:
    """Return a month: of the year that is given, else the nearest by tense and "last", "this" or "next"."""
    number = tables.months().get(found.word("month")) or int(found.word("month"))
    if year := found.word("year"):
        return months_from(int(year), number, 1)
    if found.published is None:
        said = _year_in_text(found)
        return months_from(said, number, 1) if said else None
    today, which = found.published, found.word("which").replace("this ", "")
    if which in ("last", "past", "previous"):
        return months_from(today.year - (number >= today.month), number, 1)
    if which == "next":
        return months_from(today.year + (number <= today.month), number, 1)
    if which == "this":
        return months_from(today.year, number, 1)
    if which == "coming" or found.is_ahead:
        ahead = months_from(today.year + (number < today.month), number, 1)
        if which == "coming" or ahead.first is None or (ahead.first - today).days <= FARTHEST_AHEAD_DAYS:
            return ahead
    return months_from(today.year - (number > today.month), number, 1)


def month_of_year(found: Found) -> Period | None:
    """Return a month of "last year", "this year" or the year the text named last."""
    year = _named_year(found)
    return months_from(year, tables.months()[found.word("month")], 1) if year else None


def year(found: Found) -> Period | None:
    """Return a calendar year."""
    return year_of(date(int(found.word("year")), 1, 1))


def years(found: Found) -> Period | None:
    """Return calendar years from the first to the last; "2008-10" shares its century."""
    first, last = int(found.word("year")), found.word("last_year")
    last_year = int(last) if len(last) == 4 else first // CENTURY * CENTURY + int(last)
    return Period(date(first, 1, 1), date(last_year, 12, 31)) if first < last_year else None


def decade(found: Found) -> Period | None:
    """Return ten years; without a century the one nearest in the past."""
    words, tens = found.match.string, int(found.word("decade"))
    century = re.match(r"\d\d(?=\d\d)", words)
    if century:
        first = int(century[0]) * CENTURY + tens
    else:
        today = found.published.year if found.published else 2000 + TWO_DIGIT_PIVOT
        first = today // CENTURY * CENTURY + tens
        first -= CENTURY if first > today else 0
    return Period(date(first, 1, 1), date(first + DECADE - 1, 12, 31))


def century(found: Found) -> Period | None:
    """Return a hundred years: the 20th century is 1901 to 2000."""
    number = int(found.word("century"))
    return (
        Period(date((number - 1) * CENTURY + 1, 1, 1), date(number * CENTURY, 12, 31)) if 0 < number < CENTURY else None
    )


def season(found: Found) -> Period | None:
    """Return a season as whole months, northern; winter is named by the year it begins in."""
    first_month, length = tables.seasons()[found.word("season")]
    if said := found.word("year"):
        return months_from(int(said), first_month, length)
    today, which = found.published, found.word("which").replace("this ", "")
    if "year" in found.match.string:
        named = _named_year(found)
        return months_from(named, first_month, length) if named else None
    if today is None:
        said_year = _year_in_text(found)
        return months_from(said_year, first_month, length) if said_year else None
    runs = [months_from(today.year + shift, first_month, length) for shift in (-2, -1, 0, 1)]
    begun = [run for run in runs if run.first and run.first <= today]
    over = [run for run in runs if run.last and run.last < today]
    to_come = [run for run in runs if run.first and run.first > today]
    if which in ("last", "past", "previous"):
        return over[-1]
    if which in ("next", "coming") or (not which and found.is_ahead and to_come):
        return to_come[0]
    return months_from(today.year, first_month, length) if which == "this" else begun[-1]


def quarter(found: Found) -> Period | None:
    """Return three months of the year that is named, else of the nearest past one."""
    word = found.word("nth", "nth2")
    nth = tables.read_ordinal(word.removeprefix("q"))
    whole = found.inner()
    if whole is None and found.word("inner"):
        return None
    if nth is None and whole is not None:
        nth = 4  # "the last quarter of 2015"
    if nth is None:
        return _last_quarter(found.published) if found.published else None
    if whole is not None and whole.first is not None:
        return months_from(whole.first.year, nth * 3 - 2, 3)
    if found.published is None:
        return None
    this = months_from(found.published.year, nth * 3 - 2, 3)
    if this.first and this.first > found.published and not found.is_ahead:
        return months_from(found.published.year - 1, nth * 3 - 2, 3)
    return this


def _last_quarter(today: date) -> Period:
    return months_from(today.year - (today.month <= 3), ((today.month - 1) // 3 - 1) % 4 * 3 + 1, 3)


def weekday(found: Found) -> Period | None:
    """Return the nearest such day up to the report's, ahead of it by tense or "next"; "last" is never that day."""
    today, which = found.published, found.word("which").replace("this ", "")
    number = tables.weekdays()[found.word("weekday")]
    if which in ("same", "that", "following"):
        anchor = found.anchor_day()
        if anchor is None:
            return None
        return single(next_weekday(anchor, number) if which == "following" else latest_weekday(anchor, number))
    if today is None:
        return _weekday_named(found, number)
    if which in ("last", "past", "previous"):
        return single(latest_weekday(shift_days(today, -1), number))
    if which in ("next", "coming"):
        return single(next_weekday(today, number))
    if found.is_ahead:
        return single(next_weekday(shift_days(today, -1), number))
    return single(latest_weekday(today, number))


def _weekday_named(found: Found, number: int) -> Period | None:
    """Without a publication day, the date that the text named last, when it is of that weekday: the story's own day."""
    day = found.anchor_day()
    return single(day) if day is not None and day.weekday() == number else None


def weekday_of_week(found: Found) -> Period | None:
    """Return that day of last, this or next week."""
    if found.published is None:
        return None
    which = found.word("which", "which2")
    weeks = {"last": -1, "previous": -1, "next": 1, "following": 1}.get(which, 0)
    monday = week_of(found.published).first
    number = tables.weekdays()[found.word("weekday", "weekday2")]
    return single(shift_days(monday, weeks * DAYS_IN_WEEK + number)) if monday else None


def weekday_week_ago(found: Found) -> Period | None:
    """Return that day, a week before the nearest one."""
    if found.published is None:
        return None
    number = tables.weekdays()[found.word("weekday", "weekday2")]
    return single(shift_days(latest_weekday(found.published, number), -DAYS_IN_WEEK))


def anchor(found: Found) -> Period | None:
    """Return the time that the text named last; known to be unknown when it named none."""
    return found.anchor() or UNKNOWN


def same_unit(found: Found) -> Period | None:
    """Return the day, week, month or year of the time that the text named last, else the report's."""
    anchored, unit = found.anchor(), found.word("unit")
    around = anchored if anchored is not None and anchored.first is not None else None
    day = around.first if around else found.published
    if unit in ("time", "period") or day is None:
        return anchored
    if unit in ("week", "weekend"):
        return (
            week_of(day)
            if unit == "week"
            else Period(shift_days(day, 5 - day.weekday()), shift_days(day, 6 - day.weekday()))
        )
    if unit == "month":
        return month_of(day) if around is None or (around.days or 0) <= 31 else None  # a month, at the longest
    if unit == "year" or (around and (around.days or MONTHS_IN_YEAR) > 1):
        return year_of(day) if unit == "year" else around
    return single(day)


MEANINGS: dict[str, Meaning] = {
    "fixed": fixed,
    "date": written_date,
    "numeric_date": numeric_date,
    "month_day": month_day,
    "month_day_of_year": month_day_of_year,
    "days_of_month": days_of_month,
    "day_of_month": day_of_month,
    "month": month,
    "month_of_year": month_of_year,
    "year": year,
    "years": years,
    "decade": decade,
    "century": century,
    "season": season,
    "quarter": quarter,
    "weekday": weekday,
    "weekday_of_week": weekday_of_week,
    "weekday_week_ago": weekday_week_ago,
    "anchor": anchor,
    "same_unit": same_unit,
}
