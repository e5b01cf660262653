"""The day that a report prints at its head ("AFP Monday 17 Mar 2014"): its weekdays are counted from it."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from contested.resources import load_rules
from contested.times.periods import full_year
from contested.times.setting import ROOM
from contested.times.tables import months, weekdays

HEAD_CHARACTERS = 200  # headline, outlet and date; further on a full date is of what is told
MOST_DAYS = 31  # between what is printed and the day the report is filed under; further apart, it is another's day


def printed_day(text: str, published: date | None) -> date | None:
    """Return the day printed at the head of a report, None where there is none that can be the day it came out.

    Archives file reports under the day of an event or of a crawl, and the report itself knows better. It must lie near
    the day that it is filed under, if it is filed under one, and bear the right weekday, if it bears one.

    >>> printed_day("Car bomb kills six AFP Monday 17 Mar 2014 Six people were killed", date(2014, 3, 11))
    datetime.date(2014, 3, 17)
    >>> printed_day("The raid of Monday 17 March 2014 is remembered here", date(2014, 3, 20)) is None
    True
    """
    return _printed(text[:HEAD_CHARACTERS], published)


@lru_cache(maxsize=64)  # asked for every time of a report
def _printed(head: str, published: date | None) -> date | None:
    for rule in load_rules(ROOM, "heading.toml"):
        for match in rule.pattern.finditer(head):
            day = _day(match["year"], match["month"], match["day"])
            said = match.groupdict().get("weekday")
            if day is None or (said and weekdays()[said.casefold()] != day.weekday()):
                continue
            if published is None or abs((day - published).days) <= MOST_DAYS:
                return day
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(full_year(int(year)), months()[month.casefold().rstrip(".")], int(day))
    except ValueError:
        return None
