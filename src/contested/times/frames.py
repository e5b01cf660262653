"""Meanings of the words around an expression: "since X", "early X", "from X to Y", "the first week of X"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from contested.times import tables
from contested.times.found import Found, Meaning
from contested.times.lengths import read_length
from contested.times.periods import (
    DAYS_IN_WEEK,
    DECADE,
    MONTHS_IN_YEAR,
    UNKNOWN,
    Edge,
    Period,
    hull,
    month_of,
    months_from,
    open_from,
    open_until,
    shift_days,
    shift_months,
    single,
    week_of,
)
from contested.times.setting import Tense
from contested.times.tables import Unit

_MONTH_DAYS = 28  # the shortest month
_SEASON_DAYS = 92
_YEAR_DAYS = 365
_EARLY_UNTIL, _MIDDLE_UNTIL = 10, 20  # days of a month: the convention of the corpus and of newsrooms, thirds by tens


def inner(found: Found) -> Period | None:
    """Return the inner expression, unchanged."""
    return found.inner()


def inner_day(found: Found) -> Period | None:
    """Return the inner expression when it names a day or two; a part of the day belongs to no month or year."""
    period = found.inner()
    return period if period is not None and period.days is not None and period.days <= 2 else None


def since(found: Found) -> Period | None:
    """Return from the start of the inner expression on."""
    period = found.inner()
    if period is None or period.first is None:
        return period
    return open_from(period)


def since_to_report(found: Found) -> Period | None:
    """Return from the start of the inner expression to the report's day."""
    period = found.inner()
    if period is None or period.first is None or found.published is None or period.first > found.published:
        return None
    return Period(period.first, found.published, Edge.START)


def after(found: Found) -> Period | None:
    """Return from a longer time on; after a single day, that day, which the event follows closely."""
    period = found.inner()
    return open_from(period) if period is not None and period.first is not None and period.days != 1 else period


def from_(found: Found) -> Period | None:
    """Return the inner expression as the start of what happens."""
    period = found.inner()
    return period.with_edge(Edge.START) if period is not None else None


def ending(found: Found) -> Period | None:
    """Return the inner expression as the end of what happened; a limit lies ahead unless the tense is past."""
    setting = found.setting if found.is_past else replace(found.setting, said=Tense.FUTURE)
    period = found.read(found.word("inner"), setting)
    return period.with_edge(Edge.END) if period is not None else None


def until(found: Found) -> Period | None:
    """Return up to the end of the inner expression; an end that lies ahead is counted from the report's day."""
    setting, published = found.setting, found.published
    period = found.read(found.word("inner"), setting)
    if period is None or period.last is None:
        return period
    if published is not None and period.last > published:
        return Period(published, period.last, Edge.END)
    return open_until(period)


def before(found: Found) -> Period | None:
    """Return everything up to the inner expression, which is not included."""
    period = found.inner()
    if period is None or period.last is None:
        return period
    if period.first is None:
        return period
    return Period(None, shift_days(period.first, -1), Edge.END)


def range_(found: Found) -> Period | None:
    """Return from the first to the last of two; the second is read first and gives the first its year."""
    right = found.inner("right")
    if right is None or right.last is None or right.present:
        return None
    left = found.read(found.word("left"), found.setting.at(right.last))
    if left is None or left.first is None or left.present:
        return None
    return hull(left, right) if left.first <= right.last else None


def night_into(found: Found) -> Period | None:
    """Return the night that ends on the inner day: that day and the one before."""
    period = found.inner()
    if period is None or period.first is None or period.days != 1:
        return None
    return Period(shift_days(period.first, -1), period.first)


def night_after(found: Found) -> Period | None:
    """Return the night that begins on the inner day: that day and the next."""
    period = found.inner()
    if period is None or period.first is None or period.days != 1:
        return None
    return Period(period.first, shift_days(period.first, 1))


def so_far(found: Found) -> Period | None:
    """Return the part of a running week, month or year up to the report's day."""
    period = found.inner() or found.inner("before")
    published = found.published
    if period is None or published is None or period.first is None or period.last is None:
        return period
    return Period(period.first, published) if period.first <= published <= period.last else period


def from_now_on(found: Found) -> Period | None:
    """Return the part of a running week, month or year from the report's day on."""
    period = found.inner()
    published = found.published
    if period is None or published is None or period.first is None or period.last is None:
        return period
    return Period(published, period.last) if period.first <= published <= period.last else period


def day_beside(found: Found) -> Period | None:
    """Return the day after, or before, a named time of a few days."""
    period, side = found.inner(), found.word("side")
    if period is None or period.first is None or period.last is None or (period.days or 0) > DAYS_IN_WEEK:
        return None
    return single(shift_days(period.last, 1) if side in ("after", "following") else shift_days(period.first, -1))


def part(found: Found) -> Period | None:
    """Return the early, middle or late part of a week, month, season, year or decade; a day stays whole."""
    period = found.inner()
    if period is None or period.first is None or period.last is None or period.days is None or period.present:
        return period
    cut = _part_of(found, period)
    is_bare = found.word("inner") in ("year", "month", "week")
    if is_bare and found.is_past and found.published and cut.first and cut.first > found.published:
        earlier = found.read("last " + found.word("inner"), found.setting)  # "at the end of the year", told in June
        return _part_of(found, earlier) if earlier is not None else cut
    return cut


def _part_of(found: Found, period: Period) -> Period:
    if period.first is None or period.last is None or period.days is None:
        return period
    which, words = found.fields["part"], found.match.string
    if period.days <= 3:
        return period
    if period.days <= DAYS_IN_WEEK:
        bounds = {"early": (0, 2), "middle": (2, 3), "late": (4, 6)}[which]
        return Period(shift_days(period.first, bounds[0]), shift_days(period.first, bounds[1]))
    if period.days < _SEASON_DAYS - _MONTH_DAYS:
        of_month = period.days >= _MONTH_DAYS
        return (_part_of_month if of_month else _part_of_days)(period.first, period.last, which, "half" in words)
    months = round(period.days * MONTHS_IN_YEAR / _YEAR_DAYS)
    if "half" in words:
        cut = months // 2
        return _months(period.first, 0, cut) if which == "early" else _months(period.first, cut, months - cut)
    if period.days < 2 * _YEAR_DAYS and (
        "end of" in words or "start" in words or "beginning" in words or "turn" in words
    ):
        return month_of(period.first if which == "early" else period.last)  # "the end of 2016" is its last month
    if months <= MONTHS_IN_YEAR:
        third = max(months // 3, 1)
        middle = (5, 3) if months == MONTHS_IN_YEAR else (third, third)  # "mid-2015" is its summer
        start, length = {"early": (0, third), "middle": middle, "late": (months - third, third)}[which]
        return _months(period.first, start, length)
    years = months // MONTHS_IN_YEAR  # of a decade: 0-3, 4-6, 7-9
    third_years = (years * 4 // DECADE, years * 7 // DECADE)
    start, end = {"early": (0, third_years[0]), "middle": third_years, "late": (third_years[1], years)}[which]
    return _months(period.first, start * MONTHS_IN_YEAR, (end - start) * MONTHS_IN_YEAR)


def _part_of_month(first: date, last: date, which: str, halves: bool) -> Period:
    if halves:
        middle = shift_days(first, 14)
        return Period(first, middle) if which == "early" else Period(shift_days(middle, 1), last)
    early, middle = shift_days(first, _EARLY_UNTIL - 1), shift_days(first, _MIDDLE_UNTIL - 1)
    bounds = {"early": (first, early), "middle": (shift_days(early, 1), middle), "late": (shift_days(middle, 1), last)}
    return Period(*bounds[which])


def _part_of_days(first: date, last: date, which: str, halves: bool) -> Period:
    days, parts = (last - first).days + 1, 2 if halves else 3
    ends = [shift_days(first, days * nth // parts) for nth in range(parts + 1)]
    nth = {"early": 0, "middle": 1, "late": parts - 1}[which]
    return Period(ends[nth], shift_days(ends[nth + 1], -1))


def _months(first: date, skipped: int, count: int) -> Period:
    start = shift_months(first.replace(day=1), skipped)
    return months_from(start.year, start.month, max(count, 1))


def edge_units_of(found: Found) -> Period | None:
    """Return so many units from the start or the end of the inner expression."""
    period = found.inner()
    count = found.word("count").strip() or ("one" if not found.word("unit").endswith("s") else "")
    measured = read_length(count, found.word("unit"))
    if period is None or measured is None:
        return None
    if period.first is None or period.last is None or period.days == 1:
        return UNKNOWN
    size = round(measured.most)
    from_start = found.word("which") in ("first", "opening", "initial")
    if measured.unit in (Unit.MONTH, Unit.YEAR):
        months = size * (MONTHS_IN_YEAR if measured.unit is Unit.YEAR else 1)
        if from_start:
            return _clipped(Period(period.first, shift_days(shift_months(period.first, months), -1)), period)
        start = shift_months(period.last.replace(day=1), 1 - months)
        return _clipped(Period(start, period.last), period)
    days = size * (DAYS_IN_WEEK if measured.unit is Unit.WEEK else 1) if measured.unit is not Unit.HOUR else 1
    if from_start:
        return _clipped(Period(period.first, shift_days(period.first, days - 1)), period)
    return _clipped(Period(shift_days(period.last, 1 - days), period.last), period)


def _clipped(part_of: Period, whole: Period) -> Period:
    if part_of.first is None or part_of.last is None or whole.first is None or whole.last is None:
        return part_of
    first, last = max(part_of.first, whole.first), min(part_of.last, whole.last)
    return Period(first, last) if first <= last else single(first)


def week_up_to(found: Found) -> Period | None:
    """Return the seven days up to the inner day."""
    period = found.inner()
    if period is None or period.first is None or period.days != 1:
        return None
    return Period(shift_days(period.first, 1 - DAYS_IN_WEEK), period.first)


def week_around(found: Found) -> Period | None:
    """Return the calendar week of the inner day."""
    period = found.inner()
    return week_of(period.first) if period is not None and period.first is not None and period.days == 1 else None


def nth_day_of(found: Found) -> Period | None:
    """Return the day of that number in an inner expression of several days."""
    period, number = found.inner(), tables.read_ordinal(found.word("nth"))
    if period is None or period.first is None or period.days is None or number is None:
        return None
    return single(shift_days(period.first, number - 1)) if 1 < period.days >= number > 0 else None


MEANINGS: dict[str, Meaning] = {
    "inner": inner,
    "inner_day": inner_day,
    "since": since,
    "since_to_report": since_to_report,
    "after": after,
    "from": from_,
    "ending": ending,
    "until": until,
    "before": before,
    "range": range_,
    "night_into": night_into,
    "night_after": night_after,
    "so_far": so_far,
    "from_now_on": from_now_on,
    "day_beside": day_beside,
    "part": part,
    "edge_units_of": edge_units_of,
    "week_up_to": week_up_to,
    "week_around": week_around,
    "nth_day_of": nth_day_of,
}
