"""Meanings that measure time: "past two days", "three weeks ago", "within 24 hours", "last month", "for a fifth day".

A length is taken at the precision of its unit: "two months ago" names a month, "two years ago" a year.
Every function returns None when it cannot tell; the rule then steps aside.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date

from contested.resources import load_rules, read_number
from contested.times import tables
from contested.times.found import Found, Meaning
from contested.times.periods import (
    DAYS_IN_WEEK,
    MONTHS_IN_YEAR,
    UNKNOWN,
    Period,
    month_of,
    shift_days,
    shift_months,
    single,
    week_of,
    year_of,
)
from contested.times.setting import ROOM
from contested.times.tables import Unit

_HOURS_IN_DAY = 24
_SAME_DAY_HOURS = 6  # "the past few hours" of a report mostly fall on its own day; longer stretches reach back further
# How far "recent" and "coming" reach, by unit, when no number is said: a week of days, four weeks, a season of months.
_FEW = {Unit.HOUR: 1, Unit.DAY: 7, Unit.WEEK: 4, Unit.MONTH: 3, Unit.YEAR: 5}
_FEW_UNITS = (
    2  # "more than a year after", told in January, began in the year before last, not in the calendar's last one
)
_YEARS_WITHOUT_MONTHS = 5  # "the past two years" is told by its months, "the past five years" no longer is
_FEW_DAYS_BACK = 4  # "recent days": gold of train goes back three to six; days to come are promised for a week


@dataclass(frozen=True, slots=True)
class Length:
    """From `fewest` to `most` of a unit."""

    fewest: float
    most: float
    unit: Unit

    @property
    def is_vague(self) -> bool:
        """Whether fewest and most differ."""
        return self.fewest != self.most


def read_length(count: str, unit: str) -> Length | None:
    """Return what a count and a unit come to, None when the count is no number.

    >>> read_length("two", "fortnights")
    Length(fewest=4.0, most=4.0, unit=<Unit.WEEK: 'week'>)
    """
    singular = unit if unit in tables.units() else unit.replace("centuries", "century").removesuffix("s")
    if singular not in tables.units():
        return None
    base, per = tables.units()[singular]
    counted = _read_count(count.replace(",", ""))
    return Length(counted[0] * per, counted[1] * per, base) if counted else None


def _read_count(words: str) -> tuple[float, float] | None:
    words = words.strip()
    for rule in load_rules(ROOM, "amounts.toml"):
        words = rule.pattern.sub(rule.fields["becomes"], words)
    if words in tables.vague_amounts():
        fewest, most = tables.vague_amounts()[words]
        return float(fewest), float(most)
    ends = [read_number(word.removesuffix(" and a half")) for word in words.split(_TO)]
    numbers = [end + 0.5 * words.endswith(" and a half") for end in ends if end is not None]
    if not numbers or len(numbers) != len(ends) or numbers != sorted(numbers):
        return None
    return numbers[0], numbers[-1]


_TO = " .. "  # what amounts.toml puts between the two ends of a range


def moved(day: date, amount: float, unit: Unit) -> date:
    """Return the day so much later (earlier when negative), to the day; parts of a day count as a whole one."""
    sign = -1 if amount < 0 else 1
    if unit is Unit.HOUR:
        hours = abs(amount)
        return day if hours <= _SAME_DAY_HOURS else shift_days(day, sign * math.ceil(hours / _HOURS_IN_DAY))
    if unit is Unit.DAY:
        return shift_days(day, sign * math.ceil(abs(amount)))
    if unit is Unit.WEEK:
        return shift_days(day, round(amount * DAYS_IN_WEEK))
    return shift_months(day, round(amount * (12 if unit is Unit.YEAR else 1)))


def _back(today: date, amount: float, unit: Unit, in_years: bool = False) -> Period:
    """So long up to today, at the precision of the unit: several months or years are told by their months."""
    first = moved(today, -amount, unit)
    if unit is Unit.YEAR and ((in_years and amount >= 1) or amount >= _YEARS_WITHOUT_MONTHS):
        return Period(year_of(first).first, year_of(today).last)
    if unit is Unit.YEAR or (unit is Unit.MONTH and amount > 1):
        return Period(month_of(first).first, month_of(today).last)
    return Period(first, today)


def _point(day: date, amount: float, unit: Unit) -> Period:
    """The time so far from a day, at the precision of the unit."""
    point = moved(day, amount, unit)
    if unit is Unit.YEAR:
        return year_of(point)
    if unit is Unit.MONTH:
        return month_of(point)
    return week_of(point) if unit is Unit.WEEK and abs(amount) > 1 else single(point)


def _length_of(found: Found) -> Length | None:
    return read_length(found.word("count", "count2", "count3"), found.word("unit", "unit2", "unit3"))


_NIGHT = 2  # days: "overnight into Monday" is still a day of the story
_IN_DAYS = {Unit.HOUR: 1 / _HOURS_IN_DAY, Unit.DAY: 1, Unit.WEEK: DAYS_IN_WEEK}


def _one_unit_before(day: date, length: Length) -> Period:
    """The unit before so long ago: what is "over two months ago" is not yet three."""
    return Period(moved(day, -length.most - 1, length.unit), moved(day, -length.most, length.unit))


# Its first day is meant, not its first weeks.
_BEGUN = re.compile(r"(?:start|beginning|outbreak|onset|outset|launch) of ")


def offset(found: Found) -> Period | None:
    """Return the days so far from the report's as the rule says."""
    if found.published is None:
        return None
    return Period(
        shift_days(found.published, int(found.fields["first"])), shift_days(found.published, int(found.fields["last"]))
    )


def present(found: Found) -> Period | None:
    """Return "now"; its day is the report's."""
    return Period(found.published, found.published, present=True)


def this_day(found: Found) -> Period | None:
    """Return the day that the sentence named last, else the report's."""
    day = found.anchor_day(in_sentence=found.published is not None)
    return single(day) if day else None


def this_day_or_before(found: Found) -> Period | None:
    """Return the day that is named, or that the sentence named last, else the report's and the night before."""
    named = found.inner()
    if named is not None and named.first is not None and (named.days == 1 or _BEGUN.match(found.word("inner"))):
        return single(named.first)
    anchor = found.anchor(in_sentence=True)
    if anchor is not None and anchor.days == 1:
        return anchor
    return Period(shift_days(found.published, -1), found.published) if found.published else None


def anchored_days(found: Found) -> Period | None:
    """Return the day so many days from the one that the text named last, else from the report's.

    Beside a longer time ("in 2014 … a day later") it lies in that; the day after an unnamed past one is unknown.
    """
    count, anchor = int(found.fields["count"]), found.anchor()
    if anchor is None or anchor.first is None or anchor.last is None:
        ahead_of_report = count > 0 and found.is_past
        return UNKNOWN if ahead_of_report or not found.published else single(shift_days(found.published, count))
    if anchor.days is not None and anchor.days <= _NIGHT:
        return single(shift_days(anchor.last if count > 0 else anchor.first, count))
    return Period(anchor.first, anchor.last)


def rolling(found: Found) -> Period | None:
    """Return so long up to the report's day; "the past two days" are that day and the one before."""
    if found.published is None:
        return None
    length = read_length(found.word("count") or "one", found.word("unit", "unit2"))
    if length is None:
        return None
    if length.unit is Unit.HOUR and length.most > _SAME_DAY_HOURS:
        return Period(moved(found.published, -length.most, Unit.HOUR), found.published)
    if found.word("unit", "unit2") == "day":
        return Period(shift_days(found.published, -1), found.published)
    if length.unit is Unit.DAY:
        return Period(shift_days(found.published, 1 - math.ceil(length.most)), found.published)
    return _back(found.published, length.most, length.unit)


def recent(found: Found) -> Period | None:
    """Return a few units up to the report's day."""
    if found.published is None:
        return None
    length = read_length("one", found.word("unit"))
    if length is None:
        return None
    if length.unit is Unit.YEAR:
        return Period(None, found.published)
    if length.unit is Unit.DAY:
        return Period(shift_days(found.published, -_FEW_DAYS_BACK), found.published)
    return _back(found.published, _FEW[length.unit] * length.most, length.unit)


def before_report(found: Found) -> Period | None:
    """Return everything up to the report's day: the words give no start."""
    return Period(None, found.published) if found.published else UNKNOWN


def after_report(found: Found) -> Period | None:
    """Return everything from the report's day on: the words give no end."""
    return Period(found.published, None) if found.published else UNKNOWN


def rolling_ahead(found: Found) -> Period | None:
    """Return so long from the report's day on."""
    length = _length_of(found)
    if found.published is None or length is None:
        return None
    promised = _FEW[Unit.DAY] if length.is_vague and length.unit is Unit.DAY else 0
    reach = max(promised, length.most)  # "the next few days" are a week, "the next 60 to 100 days" what they say
    return Period(found.published, moved(found.published, reach, length.unit))


def coming(found: Found) -> Period | None:
    """Return a few units from the report's day on."""
    word = found.word("unit", "unit2", "unit3", "unit4", "unit5")
    length = read_length("one", word)
    if found.published is None or length is None:
        return None
    count = 1 if word == found.word("unit5") else _FEW[length.unit]
    hours_reach = _HOURS_IN_DAY if length.unit is Unit.HOUR else count
    return Period(found.published, moved(found.published, hours_reach, length.unit))


def ago(found: Found) -> Period | None:
    """Return the time so long before the report, at the precision of its unit."""
    length = _length_of(found)
    if found.published is None or length is None:
        return None
    if found.word("over"):
        return _one_unit_before(found.published, length)
    if found.word("under"):
        return Period(moved(found.published, -length.most, length.unit), found.published)
    if length.is_vague:
        far, near = (
            _point(found.published, -length.most, length.unit),
            _point(found.published, -length.fewest, length.unit),
        )
        if length.unit is Unit.WEEK:
            return Period(
                moved(found.published, -length.most, Unit.WEEK), moved(found.published, -length.fewest, Unit.WEEK)
            )
        return Period(far.first, near.last)
    return _point(found.published, -length.most, length.unit)


def units_ago(found: Found) -> Period | None:
    """Return "days ago": from the most to the fewest that may be meant; of years only that they lie behind."""
    length = read_length("", found.word("unit"))
    if found.published is None or length is None:
        return None
    near = moved(found.published, -length.fewest, length.unit)
    return Period(None if length.unit is Unit.YEAR else moved(found.published, -length.most, length.unit), near)


def in_length(found: Found) -> Period | None:
    """Return the time so long ahead when the tense says so, else so long up to the report's day."""
    length = _length_of(found)
    if found.published is None or length is None:
        return None
    if found.word("count2", "count3") or (found.is_ahead and found.match.string.startswith("in")):
        near = moved(found.published, length.fewest, length.unit)
        return Period(near, moved(found.published, length.most, length.unit))
    return _back(found.published, length.most, length.unit, in_years=True)


def within(found: Found) -> Period | None:
    """Return anywhere in so long: behind when the tense is past, else ahead, where limits are mostly set."""
    length = _length_of(found)
    if found.published is None or length is None:
        return None
    if not found.is_past:
        return Period(found.published, moved(found.published, length.most, length.unit))
    return _back(found.published, length.most, length.unit)


def length(found: Found) -> Period | None:
    """Return so long up to the report's day; ahead of it when the tense says so."""
    measured = _length_of(found)
    if found.published is None or measured is None:
        return None
    if found.is_ahead:
        return Period(found.published, moved(found.published, measured.most, measured.unit))
    if measured.unit is Unit.HOUR and measured.most <= _SAME_DAY_HOURS:
        return None  # "two hours of talks" is a length and no day
    return _back(found.published, measured.most, measured.unit, in_years=True)


def just_under_years(found: Found) -> Period | None:
    """Return not quite so many years up to the report's day: by months, one short of them."""
    measured = read_length(found.word("count"), "years")
    if found.published is None or measured is None or measured.is_vague or measured.most > _YEARS_WITHOUT_MONTHS:
        return None
    months = round(measured.most * MONTHS_IN_YEAR) - 1
    return Period(month_of(shift_months(found.published, -months)).first, month_of(found.published).last)


def anchored_length(found: Found) -> Period | None:
    """Return the time so far from the one that the text named last, else from the report's day."""
    measured = _length_of(found)
    if measured is None:
        return None
    sign = -1 if found.word("back") != "" else 1
    anchor = found.anchor()
    if anchor is not None and anchor.first is not None:
        point = moved(anchor.first, sign * measured.most, measured.unit)
        days = anchor.days or 1
        if anchor.last and days > max(_NIGHT, measured.most * _IN_DAYS.get(measured.unit, days)):
            return Period(anchor.first, anchor.last)  # "in 2014 … three days later": somewhere in 2014
        if measured.unit is Unit.YEAR or days >= 365:
            return year_of(point)
        return month_of(point) if days > DAYS_IN_WEEK or measured.unit is Unit.MONTH else single(point)
    if found.published is None:
        return None
    return single(moved(found.published, -measured.most, measured.unit)) if sign < 0 else UNKNOWN


def vague_later(found: Found) -> Period | None:
    """Return "months earlier": behind the time that the text named last, else behind the report's day."""
    anchor = found.anchor(in_sentence=True)
    day = anchor.first if anchor is not None and anchor.days == 1 else found.published
    if day is None or not found.word("back"):
        return UNKNOWN
    return Period(None, day)


def length_from(found: Found) -> Period | None:
    """Return the time so far from the one that is named; of "nine days after" it, how far back that event lies."""
    measured = _length_of(found)
    if measured is None:
        return None
    backwards = found.word("back") != ""
    bound = found.read(found.word("rest"), found.setting) if found.word("rest") else None
    if bound is not None and bound.first is not None and bound.days == 1:
        sign = -1 if backwards else 1
        return single(moved(bound.first, sign * measured.most, measured.unit))
    day = found.anchor_day(in_sentence=True)
    if day and found.word("over") and not backwards and measured.most <= _FEW_UNITS:
        return _one_unit_before(day, measured)
    return _point(day, measured.most if backwards else -measured.most, measured.unit) if day else None


def lasting_from(found: Found) -> Period | None:
    """Return so long from the start of the time that is named; "a week from Monday" is a point and read elsewhere."""
    measured = read_length(found.word("count", "count2"), found.word("unit", "unit2"))
    begun = found.read(found.word("rest", "rest2"), found.setting)
    if measured is None or begun is None or begun.first is None:
        return None
    if begun.days == 1 and not found.match[0].startswith(("for ", "from ", "beginning ", "starting ")):
        return None
    last = moved(begun.first, measured.most, measured.unit)
    by_months = measured.unit in (Unit.MONTH, Unit.YEAR)
    return Period(begun.first, month_of(last).last if by_months else last)


MEANINGS: dict[str, Meaning] = {
    "lasting_from": lasting_from,
    "offset": offset,
    "present": present,
    "this_day": this_day,
    "this_day_or_before": this_day_or_before,
    "anchored_days": anchored_days,
    "rolling": rolling,
    "recent": recent,
    "before_report": before_report,
    "after_report": after_report,
    "rolling_ahead": rolling_ahead,
    "coming": coming,
    "ago": ago,
    "units_ago": units_ago,
    "in_length": in_length,
    "within": within,
    "length": length,
    "just_under_years": just_under_years,
    "anchored_length": anchored_length,
    "vague_later": vague_later,
    "length_from": length_from,
    "unknown": lambda _: UNKNOWN,  # the days cannot be told from the words
}
