"""ACLED's days and deaths: atomic by day, deaths split over the days, the lowest number, vague words by its table.

Source: ACLED codebook, event dates, time precision and fatalities.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from contested.events.codebooks import says_lasting
from contested.export.numbers import Chosen, choose
from contested.export.options import KilledRule
from contested.export.view import Case
from contested.incidents.agreement.figures import Figure
from contested.incidents.form import holding
from contested.resources.tables import load_table
from contested.types import EventType, Role, When

MOST_DAYS = 31  # a month: nothing coarser is coded
_LARGE_SCALE = 10  # wounded from which on "several dead" is read as ten, the codebook's figure for a larger scale
_SMALL, _LARGE = 3, 10
_WORDS_BEFORE = 12  # characters before a time: "over the", "for", "from"


@dataclass(frozen=True, slots=True)
class Days:
    """The days of an event's rows with their precision; no days: it is not coded, for the reason in `why`.

    `note`: what the row must say of them.
    """

    days: tuple[date, ...]
    precision: int
    why: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fatalities:
    """The number of dead, how it was reached, and the choice behind it."""

    number: int
    note: str
    chosen: Chosen


def days_of(case: Case, *, by_report: bool = False) -> Days:
    """Return the days on which an incident is coded.

    A stretch that it is said to have lasted gives a row a day; one that only bounds its day gives the middle, with
    precision 2 within a week and 3 within a month.

    Args:
        case: the incident.
        by_report: whether one whose day nobody says bears the day of its first report, with precision 2.
    """
    when = case.incident.when
    reported = case.first_published
    if by_report and reported is not None and (when is None or not when.is_known):
        return Days((reported,), 2, note="Nobody says the day: dated by the first report.")
    if when is None or when.earliest is None or when.latest is None:
        return Days((), 0, "no day is given, or an end of the days is open")
    length = (when.latest - when.earliest).days + 1
    if length == 1:
        return Days((when.earliest,), 1)
    if length > MOST_DAYS:
        return Days((), 0, "the day is not known to the month")
    if _lasted(case, when):
        return Days(tuple(when.earliest + timedelta(days=n) for n in range(length)), 1)
    middle = when.earliest + timedelta(days=(length - 1) // 2)
    return Days((middle,), when.acled_precision if when.acled_precision in (2, 3) else (2 if length <= 7 else 3))


def _lasted(case: Case, when: When) -> bool:
    for telling in case.tellings:
        span = telling.event.when_span
        if span is None or telling.event.when != when:
            continue
        text = telling.told.document.text
        words = " ".join(span.of(text).split())
        before = text[max(0, span.start - _WORDS_BEFORE) : span.start].split()
        if any(says_lasting(" ".join([*before[-n:], words])) for n in range(1, 3)) or says_lasting(words):
            return True
    return False


def split(number: int, days: int) -> list[int]:
    """Return the dead of each day: as even as can be, what is left over on the first day.

    >>> split(10, 4)
    [4, 2, 2, 2]
    """
    each = number // days
    return [number - each * (days - 1), *[each] * (days - 1)]


def fatalities(case: Case, rule: KilledRule) -> Fatalities:
    """Return the number of dead by ACLED's rules: the lowest that still stands, unless another rule is asked for.

    "Killed or wounded" and running totals of a war are not counted. A vague word counts where nobody gives a number.
    """
    rule = KilledRule.LOWEST if rule is KilledRule.RANGE else rule
    chosen = choose(case, Role.KILLED, rule, _is_of_the_dead)
    if chosen.value is not None:
        return Fatalities(chosen.value, f"rule {rule.value}", chosen)
    held = [f for ours in holding(case.incident, Role.KILLED).values() for f in ours]
    vague = [f.amount.vague for f in held if f.amount.vague and _is_of_the_dead(f)]
    for words in vague:
        number = _read_vague(words, case)
        if number is not None:
            return Fatalities(number, f"“{words}” counted as {number}", chosen)
    if any(t.account.type is EventType.SUICIDE_BOMBING for t in case.tellings):
        return Fatalities(1, "the bomber; nobody gives a number", chosen)
    return Fatalities(0, "nobody gives a number of dead", chosen)


def _is_of_the_dead(figure: Figure) -> bool:
    return not figure.amount.mixed and not figure.is_running


def _read_vague(words: str, case: Case) -> int | None:
    for word, number in _vague_numbers():
        if word in words.casefold():
            return int(number) if number != "small" else (_LARGE if _is_large(case) else _SMALL)
    return None


def _is_large(case: Case) -> bool:
    wounded = choose(case, Role.WOUNDED, KilledRule.LOWEST)
    return (wounded.value or 0) >= _LARGE_SCALE


@cache
def _vague_numbers() -> tuple[tuple[str, str], ...]:
    return tuple((row[0], row[1]) for row in load_table("contested.export", "acled_numbers.tsv", ("word", "number")))
