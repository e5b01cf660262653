"""Numbers of one sentence that make one number: “two women and two soldiers were killed” are four dead.

A reader marks each number by itself, and the later ones of a list as parts of a larger number. Across reports only the
whole can be compared: another report says “four people”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from contested.claims import Index
from contested.incidents.parts import is_part_of_the_dead
from contested.incidents.populations import EVERYBODY, is_apart, population
from contested.resources.rules import load_rules
from contested.types import Amount, Argument, Role, Span


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {rule.name: rule.pattern for rule in load_rules("contested.incidents", "wholes.toml")}


def with_wholes(arguments: Sequence[Argument], index: Index) -> list[Argument]:
    """Return the numbers of one mention of an event, with what a list adds up to, and parts only where a whole is told.

    The members of a list become parts of their sum. Not added up are numbers of those who are counted apart (attackers
    beside victims), lists beside a number that is no smaller than their sum, numbers that are not said, and what the
    words make a part of the dead (`parts.py`).
    """
    found: list[Argument] = []
    for sentence in _by_sentence(arguments, index):
        for role in dict.fromkeys(a.role for a in sentence):
            found += _of_one_role([a for a in sentence if a.role is role], index)
    return sorted(found, key=lambda a: a.span)


def add_besides(before: Amount, besides: Amount, after: str) -> Amount | None:
    """Return what two numbers of one speaker come to, where the words behind the second say that it comes on top.

    "The raid killed 22 pupils. Six teachers also died." None where they do not say so, or a number is not said.
    """
    return _total([before, besides]) if _patterns()["besides"].search(after) else None


def _by_sentence(arguments: Sequence[Argument], index: Index) -> Iterator[list[Argument]]:
    by_number: dict[int, list[Argument]] = {}
    for argument in sorted(arguments, key=lambda a: a.span):
        by_number.setdefault(index.sentence_number(argument.span), []).append(argument)
    yield from by_number.values()


def _of_one_role(arguments: list[Argument], index: Index) -> list[Argument]:
    arguments = [_as_worded(a, arguments, index) for a in arguments]
    inside = {a.span for a in arguments if _is_said_part(a, index, beside_more=False)}
    largest = max((_size(a) for a in arguments if not a.part), default=-1.0)
    found: list[Argument] = []
    for members in _lists(arguments, index):
        if inside.intersection(a.span for a in members):
            found += [replace(a, part=a.part or a.span in inside) for a in members]
            continue
        is_list = len(members) > 1 and not _is_breakdown(members)
        total = _total([a.amount for a in members if a.amount is not None]) if is_list else None
        others = max((_size(a) for a in arguments if not a.part and a not in members), default=-1.0)
        if total is not None and (total.low or 0) > others:
            found += [replace(a, part=True) for a in members]
            span = Span(members[0].span.start, members[-1].span.end)
            found.append(replace(members[0], part=False, span=span, amount=total))
        else:
            # a part of nothing is a number by itself: "two members of the guard were killed"
            found += [replace(a, part=a.part and largest > _size(a)) for a in members]
    return found


def _as_worded(argument: Argument, beside: Sequence[Argument], index: Index) -> Argument:
    more = any(not a.part and _size(a) > _size(argument) for a in beside)
    return replace(argument, part=True) if _is_said_part(argument, index, beside_more=more) else argument


def _is_said_part(argument: Argument, index: Index, *, beside_more: bool) -> bool:
    sentence = index.claims.document.sentence_at(argument.span)
    if argument.role is not Role.KILLED or sentence is None:
        return False
    return is_part_of_the_dead(argument.span, sentence, index.text, beside_more=beside_more)


def _lists(arguments: Sequence[Argument], index: Index) -> Iterator[list[Argument]]:
    """Yield the numbers that words join to a list, one by one where none do."""
    members: list[Argument] = []
    for argument in arguments:
        if members and not _are_joined(members[-1], argument, index):
            yield members
            members = []
        members.append(argument)
    if members:
        yield members


def _is_breakdown(members: Sequence[Argument]) -> bool:
    """Whether a list breaks its first number down: "five people, two women and three guards"."""
    return len(members) > 2 and _size(members[0]) == sum(_size(a) for a in members[1:])


def _are_joined(a: Argument, b: Argument, index: Index) -> bool:
    if a.span.end > b.span.start or a.amount is None or b.amount is None:
        return False
    if is_apart(population(a.amount.of_whom)) != is_apart(population(b.amount.of_whom)):
        return False
    between = index.text[a.span.end : b.span.start].strip()
    known = _patterns()
    joined = known["joined"].match(between) or (not between and known["ends-with-join"].search(index.words(a.span)))
    aside = (joined.groupdict().get("aside") if joined else None) or ""
    return bool(joined) and not known["breaks"].search(aside)


def _total(amounts: Sequence[Amount]) -> Amount | None:
    """Return the sum; None where a member's number is not said. Its people are everybody if the members' differ."""
    lows, highs = [a.low for a in amounts if a.low is not None], [a.high for a in amounts if a.high is not None]
    if len(lows) < len(amounts):
        return None
    whom = {population(a.of_whom) for a in amounts}
    return replace(
        amounts[0],
        low=sum(lows),
        high=sum(highs) if len(highs) == len(amounts) else None,
        rule="sum",
        reason=f"{len(amounts)} numbers of one list added up.",
        of_whom=amounts[0].of_whom if len(whom) == 1 else EVERYBODY,
    )


def _size(argument: Argument) -> float:
    amount = argument.amount
    known = [n for n in (amount.low, amount.high) if n is not None] if amount else []
    return max(known, default=-1.0)
