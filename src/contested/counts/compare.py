"""Two statements of one number: the same, compatible, in conflict, or not to be told."""

from __future__ import annotations

import math

from contested.counts.grammar import fewest_meant
from contested.resources import write_number
from contested.types import Agreement, Amount, Relation


def compare(a: Amount, b: Amount) -> Agreement:
    """Return how two amounts of the same thing stand to each other, with the reason in one sentence.

    Equal bounds agree. Ranges that share a number can both be right ("at least 15" and 20). Ranges that share none
    conflict (15 and 20), unless one is a running total and the other is not: these count different things. A vague word
    is compatible with what it can mean and says nothing about the rest.

    >>> at_least_15 = Amount(15.0, None, rule="number > at-least")
    >>> compare(at_least_15, Amount(20.0, 20.0, rule="number")).reason
    'at least 15 allows 20.'
    """
    if _is_open(a) or _is_open(b):
        return _compare_vague(a, b)
    if a.cumulative != b.cumulative:
        return Agreement(Relation.UNKNOWN, "One is a running total, the other is not.")
    if a.mixed != b.mixed and 0 not in (a.high, b.high):  # "no casualties" is said of the dead and the wounded
        return Agreement(Relation.UNKNOWN, "One mixes dead and wounded, the other does not.")
    if (a.low, a.high) == (b.low, b.high):
        if a.low == a.high:
            return Agreement(Relation.SAME, f"Both say {_said(a)}.")
        return Agreement(Relation.SAME, f"Both say {_said(a)}; the true numbers may still differ.")
    if _low(a) <= _high(b) and _low(b) <= _high(a):
        wide, narrow = (a, b) if _high(a) - _low(a) >= _high(b) - _low(b) else (b, a)
        return Agreement(Relation.COMPATIBLE, f"{_said(wide)} allows {_said(narrow)}.")
    smaller, larger = (a, b) if _high(a) < _low(b) else (b, a)
    return Agreement(Relation.CONFLICT, f"{_said(smaller)} and {_said(larger)} share no number.")


def _is_open(amount: Amount) -> bool:
    return amount.low is None and amount.high is None


def _compare_vague(a: Amount, b: Amount) -> Agreement:
    vague, other = (a, b) if _is_open(a) else (b, a)
    words = vague.vague or "an unsaid number"
    fewest = max((number for word, number in fewest_meant().items() if word in words), default=None)
    if _is_open(other):
        return Agreement(
            Relation.UNKNOWN, f"Neither {words!r} nor {other.vague or 'an unsaid number'!r} states a number."
        )
    if fewest is None:
        return Agreement(Relation.UNKNOWN, f"{words!r} states no number to hold against {_said(other)}.")
    if _high(other) < fewest:
        return Agreement(Relation.UNKNOWN, f"{words!r} is commonly more than {_said(other)}, but states no number.")
    return Agreement(Relation.COMPATIBLE, f"{words!r} can be {_said(other)}.")


def _low(amount: Amount) -> float:
    return 0.0 if amount.low is None else amount.low


def _high(amount: Amount) -> float:
    return math.inf if amount.high is None else amount.high


def _said(amount: Amount) -> str:
    if amount.low is None:
        return f"at most {write_number(amount.high)}" if amount.high is not None else amount.vague
    low = write_number(amount.low)
    if amount.high is None:
        return f"at least {low}"
    return low if amount.low == amount.high else f"{low} to {write_number(amount.high)}"
