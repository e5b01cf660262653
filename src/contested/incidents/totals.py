"""Running totals: numbers of dead and hurt over a war, a campaign or months (`totals.toml`), told beside an event.

"51 were killed, bringing the toll of the war to 52,243": the second number is no number of the day's event.
"""

from __future__ import annotations

from collections.abc import Sequence

from contested.incidents.toll import DAY_DEAD, WAR_DEAD, Toll
from contested.resources.rules import Rule, load_rules
from contested.types import Role, Span

COUNTED = (Role.KILLED, Role.WOUNDED)
_DWARFS = 10.0  # times: a rise to a number that dwarfs all others of its sentence is not of one day
_LEAST = 20  # … but a rise from two to twenty is of one raid
_LONG_DEAD = 100  # … and so is one to so many since a day long past, or in weeks of war
_BEFORE = 60  # characters before a number in which such a word stands


def running(tolls: Sequence[Toll], text: str, *, is_of_a_day: bool) -> list[Toll]:
    """Return those of one event's numbers that are running totals.

    Args:
        tolls: all numbers of the event.
        text: the report's text.
        is_of_a_day: whether the report says on which day the event was.
    """
    least = DAY_DEAD if is_of_a_day else WAR_DEAD
    found = [t for t in tolls if t.role in COUNTED and not t.part and _adds_up(t, tolls, least)]
    return [t for t in found if not _leads_to_another(t, found, text)]


def _leads_to_another(toll: Toll, found: Sequence[Toll], text: str) -> bool:
    """Whether its sentence adds up to another number: “the killings of 132, totalling 1,225 since 6 March”."""
    beside = [t for t in found if t.role is toll.role and t.words == toll.words]
    totalled = [t for t in beside if _is_totalled(t.span, text)]
    return bool(totalled) and toll not in totalled


def _is_totalled(number: Span, text: str) -> bool:
    before = text[max(0, number.start - _BEFORE) : number.start]
    return any(rule.pattern.search(before) for rule in _rules(totalling=True))


def _adds_up(toll: Toll, tolls: Sequence[Toll], least: float) -> bool:
    """Whether a number is a running total, by the words of its sentence or by its size beside the others there."""
    if toll.is_outdated or not toll.words:
        return False
    if toll.role is Role.KILLED and _size(toll) >= least:
        return True
    rules = [r for r in _rules(totalling=False) if r.pattern.search(toll.words)]
    if toll.is_newer:
        # "raised the toll to 11" adds up one incident
        return _dwarfs_all(toll, tolls) or (_size(toll) >= _LONG_DEAD and any("long" in r.fields for r in rules))
    return any("alone" in r.fields for r in rules) or (bool(rules) and toll.amount.cumulative)


def _dwarfs_all(toll: Toll, tolls: Sequence[Toll]) -> bool:
    of_its_sentence = [t for t in tolls if t.role is toll.role and t.words == toll.words and t is not toll]
    beside = [_size(t) for t in of_its_sentence if not t.part and _size(t) > 0]
    return bool(beside) and _size(toll) >= max(_LEAST, _DWARFS * max(beside))


def _size(toll: Toll) -> float:
    return max(toll.amount.low or 0.0, toll.amount.high or 0.0)


def _rules(*, totalling: bool) -> list[Rule]:
    rules = load_rules("contested.incidents", "totals.toml")
    return [r for r in rules if ("totalling" in r.fields) is totalling]
