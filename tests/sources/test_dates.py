"""Dates of columns, addresses and file names."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.sources.dates import find_date, read_date

DAY = date(2016, 7, 31)


@pytest.mark.parametrize(
    "value",
    [
        DAY,
        datetime(2016, 7, 31, 23, 30, tzinfo=UTC),
        "2016-07-31",
        "2016-07-31T23:30:00+02:00",
        "20160731",
        "20160731233000",
        20160731,
        "31 July 2016",
        "31 JUL 16",
        "31-Jul-16",
        "31.7.2016",
        "31st of July, 2016",
        "July 31, 2016",
        "Sun, 31 Jul 2016 10:00:00 GMT",
        "31/07/2016",
        "07/31/2016",
        1469959200,
        1469959200000,
        "1469959200",
    ],
)
def test_a_date_field_is_read(value: object) -> None:
    assert read_date(value) == DAY


@pytest.mark.parametrize(
    "value", [None, "", "04/07/2016", "July 2016", "2016", "soon", 7, True, [DAY], "31 June 2016", "2016-02-30"]
)
def test_what_is_no_full_date_or_could_be_two_is_none(value: object) -> None:
    assert read_date(value) is None


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_back_from_its_usual_forms(day: date) -> None:
    forms = [day.isoformat(), f"{day:%Y%m%d}", f"{day:%d %B %Y}", f"{day:%B} {day.day}, {day.year}", f"{day:%d-%b-%Y}"]
    assert [read_date(form) for form in forms] == [day] * len(forms)
    assert find_date(f"https://example.org/{day:%Y/%m/%d}/village", "url") == day
    assert find_date(f"{day.isoformat()}-village.txt", "file name") == day


@pytest.mark.parametrize(
    "url", ["https://example.org/2016/07/village", "https://example.org/20167/31", "https://example.org/2016/13/31/x"]
)
def test_an_address_without_a_full_date_has_none(url: str) -> None:
    assert find_date(url, "url") is None


def test_with_dots_the_day_stands_first() -> None:
    assert read_date("04.07.2016") == date(2016, 7, 4)
