"""The day that a report prints at its head."""

from datetime import date

import pytest

from contested.times import resolve
from contested.times.heading import printed_day
from contested.types import Span

FILED = date(2014, 3, 11)


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("Bomb kills six AFP Monday 17 Mar 2014 Six people were killed", date(2014, 3, 17)),
        ("Thu Feb 27 2014 title: Rockets on the capital", date(2014, 2, 27)),
        ("Published March 12 2014 Air strikes hit a school", date(2014, 3, 12)),
        ("13 March 2014 Air strikes hit a school", date(2014, 3, 13)),
        ("Bomb kills six AFP Sunday 17 Mar 2014", None),  # it was a Monday
        ("Bomb kills six AFP Monday 17 Mar 2008", None),  # too far from the day it is filed under
        ("The town was taken on Monday 17 March 2014, he said", None),  # told, not printed
        ("Bomb kills six in the north of the country", None),
        ("31 February 2014 Air strikes hit a school", None),
    ],
)
def test_a_day_is_printed_or_told(head, day):
    assert printed_day(head, FILED) == day


@pytest.mark.parametrize("filed", [None, date(1989, 4, 13)])
def test_an_agencys_head_may_give_its_year_in_two_figures(filed):
    head = "SAN MARTIN, 12 APR 89 (ACME-PRESS) -- [TEXT] REBELS ATTACKED A POST LAST NIGHT."
    assert printed_day(head, filed) == date(1989, 4, 12)
    assert printed_day(head.replace("(ACME-PRESS) --", "REBELS"), filed) is None


def test_what_stands_further_down_is_told():
    assert printed_day("A word. " * 40 + "Monday 17 Mar 2014", FILED) is None


def test_weekdays_are_counted_from_the_printed_day():
    text = "Bomb kills six AFP Monday 17 Mar 2014 Six people were killed Monday by a car bomb."
    span = Span(text.index("Monday by"), text.index(" by a"))
    assert resolve(text, span, published=FILED).earliest == date(2014, 3, 17)
    assert resolve(text, span, published=None).earliest == date(2014, 3, 17)
    assert resolve(text.replace("AFP Monday 17 Mar 2014 ", ""), span, published=None).earliest is None
