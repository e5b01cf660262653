"""Two times of one thing: the same, compatible, in conflict, or not to be told."""

from __future__ import annotations

from datetime import date

from contested.types import Agreement, Relation, When


def compare(a: When, b: When) -> Agreement:
    """Return how two times of the same event stand to each other, with the reason in one sentence.

    Equal days agree. Days of which one lies within the other, or that overlap, can both be right. Days apart conflict.
    A time without any known end says nothing.

    >>> sunday = When(date(2016, 7, 31), date(2016, 7, 31), "2016-07-31", rule="weekday")
    >>> july = When(date(2016, 7, 1), date(2016, 7, 31), "2016-07", rule="month-alone")
    >>> compare(sunday, july).reason
    '2016-07-31 lies within 2016-07.'
    """
    if not a.is_known or not b.is_known:
        unknown = a if not a.is_known else b
        return Agreement(Relation.UNKNOWN, f"The days of {unknown.value!r} are not known.")
    if (a.earliest, a.latest) == (b.earliest, b.latest):
        return Agreement(Relation.SAME, f"Both name {a.value}.")
    if _first(a) > _last(b) or _first(b) > _last(a):
        earlier, later = (a, b) if _last(a) < _first(b) else (b, a)
        gap = (_first(later) - _last(earlier)).days
        days = f"{gap} day" + "s" * (gap != 1)
        return Agreement(Relation.CONFLICT, f"{later.value} begins {days} after {earlier.value} ends.")
    if _first(b) <= _first(a) and _last(a) <= _last(b):
        return Agreement(Relation.COMPATIBLE, f"{a.value} lies within {b.value}.")
    if _first(a) <= _first(b) and _last(b) <= _last(a):
        return Agreement(Relation.COMPATIBLE, f"{b.value} lies within {a.value}.")
    return Agreement(Relation.COMPATIBLE, f"{a.value} and {b.value} overlap.")


def _first(when: When) -> date:
    return when.earliest or date.min


def _last(when: When) -> date:
    return when.latest or date.max
