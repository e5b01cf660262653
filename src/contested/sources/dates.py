"""The publication date and where it was found: given, metadata, URL, text, file name, or none. Never invented."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import PurePath
from urllib.parse import urlsplit

from contested.resources import Rule, load_rules
from contested.types import DateOrigin, Published

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Unix times between 1971 and 2100, in seconds; smaller numbers are years, days or ids.
_EPOCH_SECONDS = range(31_536_000, 4_102_444_800)
_SHORT_YEAR_PIVOT = 70  # "89" is 1989 and "16" is 2016, near how POSIX strptime reads two figures
_EPOCH = re.compile(r"(\d{8,10})(\d{3})?(?:\.\d+)?$")


def _rules(where: str) -> list[Rule]:
    return [rule for rule in load_rules("contested.sources", "dates.toml") if rule.fields["where"] == where]


def read_date(value: object) -> date | None:
    """Return the day that a date column or a metadata field holds, or None when it holds none or an ambiguous one.

    Reads ISO dates and times, "31 July 2016", "July 31, 2016", 20160731, 31/07/2016 (never 04/07/2016), RFC 2822
    dates and Unix times. Of a time with a zone, the day is the one written.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return None
    text = str(value).strip()
    found = find_date(text, "text")
    if found is None and (epoch := _EPOCH.match(text)) and int(epoch[1]) in _EPOCH_SECONDS:
        return datetime.fromtimestamp(int(epoch[1]), tz=UTC).date()
    return found


def find_date(text: str, where: str) -> date | None:
    """Return the earliest-standing full date in a short text, or None.

    Args:
        text: a line, a URL or a file name.
        where: which rules apply: "text", "url" or "file name".
    """
    found: list[tuple[int, date]] = []
    for rule in _rules(where):
        match = rule.pattern.search(text)
        day = _to_date(match) if match else None
        if match and day:
            found.append((match.start(), day))
    return min(found)[1] if found else None


def _to_date(match: re.Match[str]) -> date | None:
    month = match["month"]
    try:
        number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
        return date(_full_year(match["year"]), number, int(match["day"]))
    except ValueError:  # no such month or day: not a date after all
        return None


def _full_year(year: str) -> int:
    if len(year) > 2:
        return int(year)
    return int(year) + (1900 if int(year) >= _SHORT_YEAR_PIVOT else 2000)


def find_published(
    given: date | None, metadata: date | None, url: str | None, lines: Iterable[str], file_name: str
) -> Published | None:
    """Return the publication day from the most trustworthy place that has one, or None.

    Args:
        given: the day the user gave.
        metadata: the day the page's or the table's own fields give.
        url: the report's address.
        lines: lines of the text that hold the publication date, best first ("Published: 31 July 2016", datelines).
        file_name: the name of the file that holds this report alone.
    """
    if given:
        return Published(given, DateOrigin.GIVEN)
    if metadata:
        return Published(metadata, DateOrigin.METADATA)
    if url and (day := find_date(urlsplit(url).path, "url")):
        return Published(day, DateOrigin.URL)
    for line in lines:
        if day := find_date(line, "text"):
            return Published(day, DateOrigin.TEXT)
    if file_name and (day := find_date(PurePath(file_name).name, "file name")):
        return Published(day, DateOrigin.FILE_NAME)
    return None
